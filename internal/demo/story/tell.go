package story

import (
	"unicode/utf8"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Case tells a case. The same generator, leaf, number, scene and wishes give
// the same texts, in whatever order they are asked. An unknown leaf, or an
// outcome that its kind cannot have, is a fault.
func (g *Generator) Case(ask Ask) (Case, error) {
	themes, ok := g.themes[ask.Leaf]
	if !ok {
		return Case{}, fault.Field("leaf", i18n.T("没有分类“%s”", "There is no category %q"), ask.Leaf)
	}
	w := g.desks.Get().(*writer) //nolint:errcheck,forcetypeassert // the pool makes writers
	defer g.desks.Put(w)
	seed := mix(g.seed, ask.Number)
	*w = writer{buf: w.buf[:0], seed: seed, dice: dice(seed), scene: ask.Scene}
	w.leaf = one(&w.dice, themes)
	c := g.book.classes[w.leaf.leaf.Kind]
	outcome := ask.Outcome
	if outcome == "" {
		outcome = one(&w.dice, c.outcomes)
	}
	a, ok := c.answers[outcome]
	if !ok {
		return Case{}, fault.Field("outcome", i18n.T("%s不会有“%s”这种结论", "%s cannot end as %q"), string(w.leaf.leaf.Kind), string(outcome))
	}
	w.fill(c, a, g.book.cast)
	rating := ask.Rating
	if rating == "" {
		rating = w.rate(outcome)
	}
	return g.tell(w, c, a, outcome, rating), nil
}

// fill decides who is in the case and what happens.
func (w *writer) fill(c *class, a *answer, cast cast) {
	w.voice = one(&w.dice, c.voices)
	events := w.leaf.events
	if a.denies && len(w.leaf.deniable) > 0 {
		events = w.leaf.deniable
	}
	w.event = &events[w.dice.below(len(events))]
	w.cause = &w.leaf.causes[w.dice.below(len(w.leaf.causes))]
	w.treatment = cast.department(&w.dice, w.scene.Department)
	department := w.scene.Department
	if department == "" {
		department = w.treatment[departmentColumn].plain()
	}
	w.patient = cast.patient(&w.dice, department, w.voice.old)
}

// rate decides how the person takes the outcome.
func (w *writer) rate(o Outcome) Rating {
	content, fair := 80, 14
	switch o {
	case True, Solved:
	case Untrue, Unproven:
		content, fair = 38, 30
	case Explained, Partly:
		content, fair = 62, 25
	}
	switch throw := w.dice.below(100); {
	case throw < content:
		return Content
	case throw < content+fair:
		return Fair
	}
	return Unhappy
}

// tell writes every text and cuts the strings out of one.
func (g *Generator) tell(w *writer, c *class, a *answer, o Outcome, r Rating) Case {
	w.title = w.text(w.voice.title)
	narrative := g.narrative(w)
	wish := w.sentence(pWish)
	finding := w.text(a.find)
	root := w.sentence(pCause)
	steps := w.text(a.steps)
	reply := w.text(a.reply)
	remark := w.text(g.book.remarks[r])
	talk := w.talk(one(&w.dice, c.talks))
	all := string(w.buf)
	return Case{
		Leaf: w.leaf.leaf, Outcome: o, Rating: r,
		Title: w.title.in(all), Narrative: narrative.in(all), Wish: wish.in(all),
		Finding: finding.in(all), Cause: w.cause.class, RootCause: root.in(all),
		Measures: steps.in(all), Reply: reply.in(all), Dialogue: lines(all, talk),
		CallbackRemark: remark.in(all),
	}
}

// sentence writes a piece as a text of its own.
func (w *writer) sentence(p piece) span {
	from := w.begin()
	w.piece(p)
	w.buf = append(w.buf, "。"...)
	return w.end(from)
}

// narrative writes what happened, in the voice of the person.
func (g *Generator) narrative(w *writer) span {
	from := w.begin()
	w.write(one(&w.dice, w.voice.shapes))
	if text := w.buf[from:]; len(text) < utf8.UTFMax*MinNarrative && utf8.RuneCount(text) < MinNarrative {
		w.piece(pMore)
	}
	w.shorten(from, MaxNarrative)
	if w.dice.chance(w.voice.typos) {
		w.slip(from, g.book.slips)
	}
	if w.voice.bare {
		w.bare(from)
	}
	if w.voice.shout {
		w.shout(from)
	}
	return w.end(from)
}

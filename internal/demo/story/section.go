package story

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// parts is what separates the parts of a line: a title from its narrative, a
// question from its answer.
const parts = " // "

func (s *section) themeLine(key, text string) error {
	t := s.theme
	switch key {
	case "*":
		return s.event(text)
	case "more":
		return s.add(text, into(&t.more))
	case "wish":
		return s.add(text, into(&t.wish))
	case "fix":
		return s.add(text, into(&t.fix))
	case "no":
		return s.add(text, into(&t.no))
	case "cause":
		class, text, ok := strings.Cut(text, parts)
		if !ok {
			return fmt.Errorf("a cause is “class // sentence”, not %q", text)
		}
		return s.add(text, func(c template) { t.causes = append(t.causes, cause{Cause(class), c}) })
	case "ask":
		script, err := s.script(text)
		t.talks = append(t.talks, script)
		return err
	}
	return fmt.Errorf("a theme has no %q", key)
}

// event reads “title // narrative // true // untrue”; the last may be left
// out, the group then says why it is not true.
func (s *section) event(text string) error {
	fields := strings.Split(text, parts)
	if len(fields) < 3 || len(fields) > 4 {
		return fmt.Errorf("an event has three or four parts, not %d", len(fields))
	}
	var e event
	for i, into := range []*template{&e.head, &e.say, &e.yes, &e.no}[:len(fields)] {
		t, err := s.compile(strings.TrimSpace(fields[i]))
		if err != nil {
			return err
		}
		*into = t
	}
	s.theme.events = append(s.theme.events, e)
	return nil
}

// script reads a dialogue: lines separated by //, each beginning with who
// speaks, 办 (the handler) or 群 (the person). “ask” alone stands for the
// questions of the theme.
func (s *section) script(text string) ([]turn, error) {
	var out []turn
	for line := range strings.SplitSeq(text, parts) {
		who, words, ok := strings.Cut(line, "：")
		from, known := map[string]Speaker{"办": Handler, "群": Reporter}[who]
		switch {
		case line == "ask":
			out = append(out, turn{})
			continue
		case !ok || !known:
			return nil, fmt.Errorf("a line of a dialogue begins with 办： or 群：, not %q", line)
		}
		t, err := s.compile(words)
		if err != nil {
			return nil, err
		}
		out = append(out, turn{from, t})
	}
	return out, nil
}

func (s *section) voiceLine(key, text string) error {
	v := s.voice
	switch key {
	case "title":
		return s.add(text, into(&v.title))
	case "open":
		return s.add(text, into(&v.open))
	case "feel":
		return s.add(text, into(&v.feel))
	case "close":
		return s.add(text, into(&v.close))
	case "shape":
		weight, text, _ := strings.Cut(text, " ")
		n, err := strconv.Atoi(weight)
		for range n {
			err = s.add(text, into(&v.shapes))
		}
		return err
	case "typos":
		return count(text, &v.typos)
	case "style":
		v.bare, v.shout, v.old = text == "bare", text == "shout", text == "old"
		return nil
	}
	return fmt.Errorf("a voice has no %q", key)
}

func count(text string, n *int) (err error) {
	*n, err = strconv.Atoi(text)
	return err
}

func (s *section) answerLine(key, text string) error {
	switch key {
	case "find":
		return s.add(text, into(&s.answer.find))
	case "reply":
		return s.add(text, func(t template) {
			s.answer.reply = append(s.answer.reply, t)
			s.answer.denies = s.answer.denies || t.mentions(pNo)
		})
	case "steps":
		return s.add(text, into(&s.answer.steps))
	}
	return fmt.Errorf("a reply has no %q", key)
}

func (s *section) classLine(key, text string) error {
	weight, err := strconv.Atoi(key)
	if err != nil {
		return fmt.Errorf("a dialogue begins with its weight: %w", err)
	}
	var script []turn
	if text != "-" {
		if script, err = s.script(text); err != nil {
			return err
		}
	}
	for range weight {
		s.class.talks = append(s.class.talks, script)
	}
	return nil
}

// either returns the leaf's own list, or that of its group.
func either[T any](own, group []T) []T {
	if len(own) > 0 {
		return own
	}
	return group
}

// inherit gives every leaf what it does not say itself and its group does, and
// checks that nothing is missing.
func (b *book) inherit() error {
	for _, l := range b.leaves {
		g, ok := b.groups[l.leaf.Group]
		if !ok {
			return fmt.Errorf("leaf %s has no group", l.leaf.Code)
		}
		l.leaf.Kind, l.leaf.GroupName = cmp.Or(l.leaf.Kind, g.leaf.Kind), g.leaf.Name
		l.more, l.wish, l.fix, l.no = either(l.more, g.more), either(l.wish, g.wish), either(l.fix, g.fix), either(l.no, g.no)
		l.causes, l.talks = either(l.causes, g.causes), either(l.talks, g.talks)
		l.deniable = slices.DeleteFunc(slices.Clone(l.events), func(e event) bool { return e.no == nil })
		if err := b.complete(l); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) complete(l *theme) error {
	c, ok := b.classes[l.leaf.Kind]
	if !ok || len(c.voices) == 0 || len(c.outcomes) == 0 || len(c.talks) == 0 {
		return fmt.Errorf("leaf %s: nobody writes about kind %q", l.leaf.Code, l.leaf.Kind)
	}
	for name, n := range map[string]int{
		"event": len(l.events), "more": len(l.more), "wish": len(l.wish), "fix": len(l.fix),
		"no": len(l.no), "cause": len(l.causes), "ask": len(l.talks),
	} {
		if n == 0 {
			return fmt.Errorf("leaf %s has no %q", l.leaf.Code, name)
		}
	}
	return nil
}

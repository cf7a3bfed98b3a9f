package story

// said is a line of a dialogue in the buffer.
type said struct {
	from Speaker
	span
}

// talk writes a dialogue. An empty turn of the script stands for the next
// question that belongs to the leaf.
func (w *writer) talk(script []turn) []said {
	if len(script) == 0 {
		return nil
	}
	out := make([]said, 0, 2*len(script))
	asked := w.dice.below(len(w.leaf.talks))
	for _, t := range script {
		if t.text != nil {
			out = w.say(out, t)
			continue
		}
		for _, inner := range w.leaf.talks[asked%len(w.leaf.talks)] {
			out = w.say(out, inner)
		}
		asked++
	}
	return out
}

func (w *writer) say(out []said, t turn) []said {
	from := w.begin()
	w.write(t.text)
	return append(out, said{t.from, w.end(from)})
}

// lines cuts the dialogue out of all.
func lines(all string, talk []said) []Line {
	if len(talk) == 0 {
		return nil
	}
	out := make([]Line, len(talk))
	for i, s := range talk {
		out[i] = Line{s.from, s.in(all)}
	}
	return out
}

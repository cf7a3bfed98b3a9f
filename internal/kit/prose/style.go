package prose

import (
	"encoding/xml"
	"strconv"
)

// style is how a style of Word numbers its paragraphs, and which one it is made from.
type style struct{ list, level, base string }

// styles is the part of a docx that says what its styles are, on its way in.
type styles struct {
	all  map[string]style // by name
	name string           // that is being read
}

// begin takes in the beginning of an element.
func (s *styles) begin(e xml.StartElement) {
	x := s.all[s.name]
	switch e.Name.Local {
	case "style":
		s.name, x = attribute(e, "styleId"), style{}
	case "basedOn":
		x.base = value(e)
	case "numId":
		x.list = value(e)
	case "ilvl":
		x.level = value(e)
	default:
		return
	}
	s.all[s.name] = x
}

// ofStyle is the list that a style puts its paragraphs in, and the level: the one that
// it says, or the one of the list that names it. Empty where it numbers nothing.
func (l *lists) ofStyle(name string) (list string, at int) {
	for id, steps := name, 0; steps < mostLevels; steps++ {
		s, known := l.styles[id]
		switch {
		case !known:
			return "", 0
		case s.list != "":
			return s.list, l.levelOf(s, name, id)
		}
		id = s.base
	}
	return "", 0
}

// levelOf is the level of a style's list that the style says, or that names it.
func (l *lists) levelOf(s style, names ...string) int {
	if n, err := strconv.Atoi(s.level); err == nil {
		return n
	}
	for _, name := range names {
		for n, x := range l.levels[s.list] {
			if x.style == name {
				return n
			}
		}
	}
	return 0
}

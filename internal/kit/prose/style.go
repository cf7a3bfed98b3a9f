package prose

import (
	"encoding/xml"
	"strconv"
)

// style is how a style of Word numbers its paragraphs, and which one it is made from.
type style struct{ list, level, base string }

// styles is the part of a docx that says what its styles are.
type styles struct {
	Styles []struct {
		ID    string `xml:"styleId,attr"`
		Base  val    `xml:"basedOn"`
		List  val    `xml:"pPr>numPr>numId"`
		Level val    `xml:"pPr>numPr>ilvl"`
	} `xml:"style"`
}

// readStyles reads the part.
func readStyles(part []byte) map[string]style {
	all := map[string]style{}
	var s styles
	if part == nil || xml.Unmarshal(part, &s) != nil {
		return all
	}
	for _, x := range s.Styles {
		all[x.ID] = style{x.List.Val, x.Level.Val, x.Base.Val}
	}
	return all
}

// ofStyle is the list that a style puts its paragraphs in, and the level: the one that
// it says, or the one of the list that names it. Empty where it numbers nothing.
func (l *lists) ofStyle(name string) (list string, at int) {
	for id, steps := name, 0; steps < mostLevels; steps++ {
		s, known := l.styles[id]
		if !known {
			return "", 0
		}
		if s.list == "" {
			id = s.base
			continue
		}
		if n, err := strconv.Atoi(s.level); err == nil {
			return s.list, n
		}
		for n, x := range l.levels[s.list] {
			if x.style == name || x.style == id {
				return s.list, n
			}
		}
		return s.list, 0
	}
	return "", 0
}

package prose

import (
	"context"
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"qingfeng/internal/kit/ooxml"
	"qingfeng/internal/kit/outline"
)

// lists make the numbers of paragraphs that Word numbers by itself.
type lists struct {
	levels map[string]map[int]level // by list
	counts map[string][]int         // by list: where each level stands
}

// level is how one level of a list is numbered.
type level struct {
	format, text string
	start        int
}

// mostLevels is how many levels a list of Word has.
const mostLevels = 9

// mostTemplate is how many characters the text of a level may have; of a longer one no
// number is written. Word itself takes 31, with the numbers in it (MS-OI29500, 2.1.283).
const mostTemplate = 100

// numbering is the part of a docx that says how lists are numbered, on its way in.
type numbering struct {
	abstract   map[string]map[int]level // by what lists are made of
	of         map[string]string        // what each list is made of
	made, list string                   // that is being read; empty where none is
	at         int                      // the level that is being read
}

// newLists reads the part; without one, or with a damaged one, nothing is numbered.
func newLists(ctx context.Context, archive *ooxml.Archive) (*lists, error) {
	l := &lists{levels: map[string]map[int]level{}, counts: map[string][]int{}}
	n := numbering{abstract: map[string]map[int]level{}, of: map[string]string{}}
	err := archive.Each(ctx, "word/numbering.xml", func(_ *xml.Decoder, token xml.Token) error {
		if e, ok := token.(xml.StartElement); ok {
			n.begin(e)
		}
		return nil
	})
	if err != nil {
		if ctx.Err() != nil || errors.Is(err, ooxml.ErrTooLarge) {
			return nil, err
		}
		return l, nil
	}
	for id, made := range n.of {
		l.levels[id] = n.abstract[made]
	}
	return l, nil
}

// begin takes in the beginning of an element.
func (n *numbering) begin(e xml.StartElement) {
	switch e.Name.Local {
	case "abstractNum":
		n.made, n.list = attribute(e, "abstractNumId"), ""
	case "num":
		n.made, n.list = "", attribute(e, "numId")
	case "abstractNumId":
		if n.list != "" {
			n.of[n.list] = value(e)
		}
	case "lvl":
		n.at = whole(attribute(e, "ilvl"), -1)
		n.change(func(l *level) { *l = level{start: 1} })
	case "start":
		n.change(func(l *level) { l.start = whole(value(e), 1) })
	case "numFmt":
		n.change(func(l *level) { l.format = value(e) })
	case "lvlText":
		if text := value(e); utf8.RuneCountInString(text) <= mostTemplate {
			n.change(func(l *level) { l.text = text })
		}
	}
}

// change changes the level that is being read, where there is such a one.
func (n *numbering) change(do func(*level)) {
	if n.list != "" || n.at < 0 || n.at >= mostLevels {
		return
	}
	if n.abstract[n.made] == nil {
		n.abstract[n.made] = map[int]level{}
	}
	l := n.abstract[n.made][n.at]
	do(&l)
	n.abstract[n.made][n.at] = l
}

// whole is a number, or another one where there is none.
func whole(s string, otherwise int) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return otherwise
	}
	return n
}

// next is the number of the next paragraph of a list, as "（一）"; empty for one
// that has bullets or is not known.
func (l *lists) next(list string, at int) string {
	levels := l.levels[list]
	if at < 0 || at >= mostLevels || levels == nil || levels[at].format == "" || levels[at].format == "bullet" || levels[at].format == "none" {
		return ""
	}
	counts := l.counts[list]
	if counts == nil {
		counts = make([]int, mostLevels)
		l.counts[list] = counts
	}
	if counts[at]++; counts[at] < levels[at].start {
		counts[at] = levels[at].start
	}
	clear(counts[at+1:])
	text := levels[at].text
	for i := range at + 1 {
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), written(max(counts[i], levels[i].start), levels[i].format))
	}
	return text
}

// written is a number in a format of Word; what is not Chinese is written in digits.
func written(n int, format string) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting", "taiwaneseCountingThousand":
		return outline.Chinese(n)
	}
	return strconv.Itoa(n)
}

package prose

import (
	"encoding/xml"
	"strconv"
	"strings"

	"qingfeng/internal/kit/outline"
)

// lists make the numbers of paragraphs that Word numbers by itself.
type lists struct {
	levels map[string]map[int]level // by list
	styles map[string]style         // by name: those that number their paragraphs
	counts map[string][]int         // by list: where each level stands
}

// level is how one level of a list is numbered.
type level struct {
	format, text string
	style        string // whose paragraphs are numbered so
	start        int
}

// mostLevels is how many levels a list of Word has.
const mostLevels = 9

// numbering is the part of a docx that says how lists are numbered.
type numbering struct {
	Abstract []struct {
		ID     string `xml:"abstractNumId,attr"`
		Levels []struct {
			N      int `xml:"ilvl,attr"`
			Start  val `xml:"start"`
			Format val `xml:"numFmt"`
			Text   val `xml:"lvlText"`
			Style  val `xml:"pStyle"`
		} `xml:"lvl"`
	} `xml:"abstractNum"`
	Lists []struct {
		ID string `xml:"numId,attr"`
		Of val    `xml:"abstractNumId"`
	} `xml:"num"`
}

type val struct {
	Val string `xml:"val,attr"`
}

// newLists reads the parts about lists and styles; without them, or with damaged ones,
// nothing is numbered.
func newLists(part, styles []byte) *lists {
	l := &lists{levels: map[string]map[int]level{}, counts: map[string][]int{}, styles: readStyles(styles)}
	var n numbering
	if part == nil || xml.Unmarshal(part, &n) != nil {
		return l
	}
	abstract := map[string]map[int]level{}
	for _, a := range n.Abstract {
		abstract[a.ID] = map[int]level{}
		for _, x := range a.Levels {
			start, err := strconv.Atoi(x.Start.Val)
			if err != nil {
				start = 1
			}
			abstract[a.ID][x.N] = level{x.Format.Val, x.Text.Val, x.Style.Val, start}
		}
	}
	for _, x := range n.Lists {
		l.levels[x.ID] = abstract[x.Of.Val]
	}
	return l
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

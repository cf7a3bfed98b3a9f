package campaign

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// marks finds the marks of a text, whatever they are called.
var marks = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\[\[([^\[\]\n]*)\]\]`) })

// marked is the mark of a figure.
func marked(name string) string { return "[[" + name + "]]" }

// unmarked is a text of the plan or the table, as a brief tells it: what looks like a mark there
// is none.
func unmarked(text string) string {
	return strings.NewReplacer("[[", "［［", "]]", "］］").Replace(text)
}

// replaceMarks is a text with something in the place of each of its marks, by name.
func replaceMarks(text string, by func(name string) string) string {
	return marks().ReplaceAllStringFunc(text, func(mark string) string { return by(strings.TrimSpace(strings.Trim(mark, "[]"))) })
}

// filledIn is a text with what by has in the place of its marks; a mark that it lacks stays.
func filledIn(text string, by map[string]string) string {
	return replaceMarks(text, func(name string) string {
		if value, known := by[name]; known {
			return value
		}
		return marked(name)
	})
}

// used are the names of the marks that stand in the blocks.
func used(blocks []Block) map[string]bool {
	names := map[string]bool{}
	for _, b := range blocks {
		replaceMarks(b.Text, func(name string) string { names[name] = true; return "" })
	}
	return names
}

// knowsAll reports whether the figures that its text tells were known when they were taken.
func (b Brief) knowsAll() bool {
	for name := range used(b.Blocks) {
		if _, known := b.Facts[name]; !known {
			return false
		}
	}
	return true
}

// vocabulary is what the figures of a brief are called. A mark is stored by the name of
// its figure; people read and write it in their language, and may write either.
type vocabulary []factName

// stored are blocks with their marks as they are stored; what is no figure stays as it is.
func (v vocabulary) stored(blocks []Block) []Block {
	by := map[string]string{}
	for _, f := range v {
		by[f.Mark] = marked(f.Name)
	}
	return allFilledIn(blocks, by)
}

// shown are blocks as somebody reads them.
func (v vocabulary) shown(in i18n.Lang, blocks []Block) []Block {
	return allFilledIn(blocks, v.marks(in))
}

// text is what a text that is stored says in each language.
func (v vocabulary) text(stored string) i18n.Text {
	return i18n.T(filledIn(stored, v.marks(i18n.ZH)), filledIn(stored, v.marks(i18n.EN)))
}

// marks are the marks of the figures in a language, by name.
func (v vocabulary) marks(in i18n.Lang) map[string]string {
	by := map[string]string{}
	for _, f := range v {
		by[f.Name] = marked(f.mark().In(in))
	}
	return by
}

func allFilledIn(blocks []Block, by map[string]string) []Block {
	out := make([]Block, len(blocks))
	for i, b := range blocks {
		out[i] = Block{b.Heading, filledIn(b.Text, by)}
	}
	return out
}

// checkBlocks refuses what cannot be printed: nothing at all, headings that are
// missing, marks of figures that there are none of.
func checkBlocks(title string, blocks []Block, known map[string]string) error {
	var bad fault.Fields
	bad.Refuse(strings.TrimSpace(title) == "", "title", i18n.T("请填写标题", "please give it a title"))
	bad.Refuse(len(blocks) == 0, "blocks", i18n.T("请至少写一节", "please write one section at least"))
	for i, b := range blocks {
		bad.Refuse(strings.TrimSpace(b.Heading) == "", fmt.Sprintf("blocks[%d].heading", i), i18n.T("请填写小标题", "please give the section a heading"))
		field := fmt.Sprintf("blocks[%d].text", i)
		rest := replaceMarks(b.Text, func(name string) string {
			_, ok := known[name]
			bad.Refuse(!ok, field, i18n.T("没有“[[%s]]”这项数据，请从“插入数据”中选", "there is no figure [[%s]]; please choose one under “Put in a figure”"), name)
			return ""
		})
		bad.Refuse(strings.Contains(rest, "[["), field, i18n.T("“[[”后面没有“]]”，请写成“[[阶段]]”这样，或删去", "there is no ]] after [[; please write it like [[stage]], or delete it"))
	}
	return bad.Err()
}

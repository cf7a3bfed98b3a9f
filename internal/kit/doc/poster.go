package doc

import (
	"cmp"
	"io"
	"runtime"
	"sync"
	"time"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Poster is the content of one page. URL and Heading must be given; whatever
// else is empty leaves its place empty. No text may be longer than MaxText
// characters.
type Poster struct {
	Title          i18n.Text // the call in the band: what the code is for
	Heading        string    // whose place it is
	Subheading     string    // where the poster hangs
	Sentence       i18n.Text // one sentence of explanation under the code
	URL            string    // what the code opens
	CheckLabel     i18n.Text // why the check words are there
	CheckWords     string    // the words that the opened page shows too
	TelephoneLabel i18n.Text // when to call
	Telephone      string
	Footer         i18n.Text // who put the poster up
}

// MaxText is the longest text of a poster, in characters. What is longer
// would be too small to read.
const MaxText = 80

// minModule is the narrowest module, in mm, that a cheap telephone still
// reads from paper.
const minModule = 0.5

// Posters writes a PDF with one page per poster to w. Nothing is written when
// anything is refused, for the reasons of Check, or because the program lacks
// its fonts.
func Posters(w io.Writer, size Size, posters []Poster) (err error) {
	defer fault.Wrap(&err, "doc.Posters(%s, %d)", size, len(posters))
	if err := Check(size, posters); err != nil {
		return err
	}
	l, _ := size.layout()
	grids, err := grids(posters, l)
	if err != nil {
		return err
	}
	s, err := newSheet(l)
	if err != nil {
		return err
	}
	for i, p := range posters {
		s.poster(p, grids[i])
	}
	return s.pdf.Output(w)
}

// Check refuses what cannot be printed well: an unknown size, no posters, a
// poster without URL or heading, a text longer than MaxText, an address too
// long for a readable code. It draws next to nothing, so that a caller can
// refuse before the first byte of a long answer.
func Check(size Size, posters []Poster) error {
	l, ok := size.layout()
	if !ok {
		return fault.Field("size", i18n.T("没有这种纸张规格", "There is no such size of paper"))
	}
	if len(posters) == 0 {
		return fault.Field("posters", i18n.T("没有要打印的内容", "There is nothing to print"))
	}
	longest := 0
	for i, p := range posters {
		if err := p.validate(i + 1); err != nil {
			return err
		}
		if len(p.URL) > len(posters[longest].URL) {
			longest = i
		}
	}
	_, err := posters[longest].grid(longest+1, l)
	return err
}

// grids draws the code of every poster. Codes take most of the time of a large
// print, so they are drawn side by side.
func grids(posters []Poster, l layout) ([][][]bool, error) {
	out := make([][][]bool, len(posters))
	refused := make([]error, len(posters))
	var drawn sync.WaitGroup
	share := (len(posters) + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0)
	for from := 0; from < len(posters); from += share {
		drawn.Go(func() {
			for i := from; i < min(from+share, len(posters)); i++ {
				out[i], refused[i] = posters[i].grid(i+1, l)
			}
		})
	}
	drawn.Wait()
	return out, cmp.Or(refused...)
}

// grid draws the code of poster n, or refuses an address that is too long.
func (p Poster) grid(n int, l layout) ([][]bool, error) {
	grid, err := modules(p.URL)
	if err != nil || l.code.w*l.scale/float64(len(grid)) < minModule {
		return nil, fault.Field("url",
			i18n.T("第 %d 张：网址太长（%d 字节），这种规格印出的二维码手机难以识别", "Poster %d: the address is too long (%d bytes) for a code that a telephone reads at this size"), n, len(p.URL)).
			WithFix(i18n.T("请缩短网址，或选用更大的纸张", "Use a shorter address or a larger paper"))
	}
	return grid, nil
}

// validate refuses what cannot be printed well; n is the poster's place in
// the order, from 1.
func (p Poster) validate(n int) error {
	var bad fault.Fields
	empty := i18n.T("第 %d 张：不能为空", "Poster %d: must not be empty")
	bad.Refuse(p.URL == "", "url", empty, n)
	bad.Refuse(p.Heading == "", "heading", empty, n)
	for _, t := range p.texts() {
		chars := utf8.RuneCountInString(t.text)
		bad.Refuse(chars > t.most, t.field,
			i18n.T("第 %d 张：有 %d 个字，最多 %d 个，再多就看不清了", "Poster %d: %d characters are more than the %d that can be read"), n, chars, t.most)
	}
	return bad.Err()
}

// limited is a text with its name in faults and its longest length.
type limited struct {
	field, text string
	most        int
}

// english is how many English letters stand in the place of one Chinese
// character.
const english = 2

func (p Poster) texts() []limited {
	out := []limited{
		{"heading", p.Heading, MaxText},
		{"subheading", p.Subheading, MaxText},
		{"check_words", p.CheckWords, MaxText},
		{"telephone", p.Telephone, MaxText},
	}
	for _, pair := range []struct {
		field string
		text  i18n.Text
	}{
		{"title", p.Title}, {"sentence", p.Sentence}, {"check_label", p.CheckLabel},
		{"telephone_label", p.TelephoneLabel}, {"footer", p.Footer},
	} {
		out = append(out, limited{pair.field, pair.text.ZH, MaxText}, limited{pair.field, pair.text.EN, english * MaxText})
	}
	return out
}

// newSheet begins a document in the drawing l.
func newSheet(l layout) (*sheet, error) {
	s := &sheet{layout: l, memo: map[memo]block{}}
	s.pdf = fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: l.width, Ht: l.height}})
	s.pdf.SetAutoPageBreak(false, 0)
	s.pdf.SetMargins(0, 0, 0)
	s.pdf.SetCatalogSort(true)
	// A fixed time, so that the same posters give the same bytes.
	never := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	s.pdf.SetCreationDate(never)
	s.pdf.SetModificationDate(never)
	s.pdf.SetLang(string(i18n.ZH))
	for _, weight := range []Weight{Regular, Bold} {
		f, err := newFace(weight)
		if err != nil {
			return nil, err
		}
		s.faces[weight] = f
		s.pdf.AddUTF8FontFromBytes(family, weight.style(), f.ttf)
	}
	return s, s.pdf.Error()
}

package media_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"qingfeng/internal/kit/ooxml/ooxmltest"

	"qingfeng/internal/kit/book"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/media"
	"qingfeng/internal/kit/tooltest"
)

// pdf is a document of so many pages, each with a black square at the top left
// and everything around it that a page can do behind a reader's back.
func pdf(pages int) []byte {
	var b bytes.Buffer
	var at []int
	object := func(form string, args ...any) {
		at = append(at, b.Len())
		_, _ = fmt.Fprintf(&b, "%d 0 obj\n"+form+"\nendobj\n", append([]any{len(at)}, args...)...)
	}
	b.WriteString("%PDF-1.7\n")
	stream := func(text string) string { return fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(text), text) }
	object("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert('%[2]s'))>>/Names<</EmbeddedFiles<</Names[(%[2]s)<</Type/Filespec/F(%[2]s)/EF<</F 5 0 R>>>>]>>>>/Metadata 5 0 R>>", mark)
	kids := make([]string, pages)
	for i := range kids {
		kids[i] = fmt.Sprintf("%d 0 R", 6+i)
	}
	object("<</Type/Pages/Count %d/Kids[%s]>>", pages, strings.Join(kids, " "))
	object("%s", stream("0 0 0 rg 0 421 297 421 re f"))
	object("<</Title(%[2]s\nPages: 1\n)/Author(%[2]s)>>", mark)
	object("%s", stream(mark))
	for range pages {
		object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://127.0.0.1/%s)>>>>]>>", mark)
	}
	table := b.Len()
	_, _ = fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		_, _ = fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	_, _ = fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}

// paper is a word document of these paragraphs, whose parts may be replaced.
func paper(t testing.TB, body string, more map[string]string) []byte {
	t.Helper()
	parts := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>` +
			body + `</w:body></w:document>`,
	}
	maps.Copy(parts, more)
	return ooxmltest.Pack(t, parts)
}

// leaves returns the pages of a copy.
func (s *studio) leaves(d media.Derived) (pages []image.Image) {
	s.t.Helper()
	b := must[*book.Book](s.t)(book.Open(bytes.NewReader(s.read(d.Copy))))
	for i := range b.Pages() {
		pages = append(pages, must[image.Image](s.t)(jpeg.Decode(bytes.NewReader(must[[]byte](s.t)(b.Page(i))))))
	}
	if d.Kind != media.Document || d.DownloadOnly || d.Copy.MIME != "application/pdf" || d.Pages != len(pages) || d.Thumb == (media.File{}) {
		s.t.Errorf("%d pages, but %+v was said", len(pages), d)
	}
	return pages
}

// ink is the share of a page that is not white, in thousandths.
func ink(page image.Image) int {
	dark, b := 0, page.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			if r, _, _, _ := page.At(x, y).RGBA(); r < 0x8000 {
				dark++
			}
		}
	}
	return dark * 1000 / (b.Dx() * b.Dy())
}

func TestDocumentsBecomePictures(t *testing.T) {
	tooltest.Need(t, "pdfinfo", "pdftoppm", "prlimit", "nice")
	s := newStudio(t)
	for _, n := range []int{1, 8, 9, 17} {
		d := s.make("a.pdf", pdf(n))
		s.clean("a.pdf", d)
		for _, sign := range []string{"JavaScript", "/URI", "/Annot", "EmbeddedFile", "/Font", "/Info", "/Metadata"} {
			if bytes.Contains(s.read(d.Copy), []byte(sign)) {
				t.Errorf("%d pages: the copy holds %s", n, sign)
			}
		}
		pages := s.leaves(d)
		if len(pages) != n {
			t.Errorf("%d pages of %d", len(pages), n)
		}
		for i, p := range pages {
			if _, grey := p.(*image.Gray); !grey || p.Bounds().Dy() != 1754 || ink(p) < 220 || ink(p) > 280 {
				t.Errorf("page %d: %T, %v, %d ‰ of ink", i+1, p, p.Bounds(), ink(p))
			}
		}
	}
	if _, _, err := s.try("a.pdf", pdf(201)); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "200") {
		t.Errorf("too many pages: %v", err)
	}
	newStudio(t).truncated(map[string][]byte{"a.pdf": pdf(3)}, 1, 30, 60)
}

func TestWithoutConvertersDocumentsPass(t *testing.T) {
	s := newStudio(t, func(o *media.Options) { o.Tools.PDFPages, o.Tools.Office = "", "" })
	for name, data := range map[string][]byte{"a.docx": docx(t), "a.xlsx": xlsx(t), "a.txt": []byte("收了红包"), "a.pdf": []byte("%PDF-1.7\n")} {
		kind, d, err := s.try(name, data)
		if err != nil || !d.DownloadOnly || d.Kind != media.Document || d.Copy.MIME != kind.MIME || d.Thumb != (media.File{}) || d.Pages != 0 {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
		if !bytes.Equal(s.read(d.Copy), data) {
			t.Errorf("%s changed", name)
		}
	}
}

// A converter that hangs, crashes, draws too little or fills the disk leaves no
// copy, and says so to a person.
func TestBrokenConvertersFail(t *testing.T) {
	tooltest.Need(t, "pdfinfo", "prlimit", "nice")
	for lines, kind := range map[string]fault.Kind{
		"sleep 1000":    fault.Unavailable,
		"kill -SEGV $$": fault.Invalid,
		"exit 0":        fault.Invalid,
		"head -c 900000000 /dev/zero > page-1.ppm":           fault.Unavailable, // or invalid, on a fast disk
		"echo no picture > page-1.ppm":                       fault.Invalid,
		"printf 'P6\\n90000 90000\\n255\\nabc' > page-1.ppm": fault.Invalid,
		"printf 'P6\\n2 2\\n255\\nabc' > page-1.ppm":         fault.Invalid,
	} {
		for _, spoil := range []func(*media.Tools, string){
			func(o *media.Tools, path string) { o.PDFPages = path },
			func(o *media.Tools, path string) { o.Office, o.PDFPages = path, "/x" },
			func(o *media.Tools, path string) { o.PDFInfo = path },
		} {
			s := newStudio(t, func(o *media.Options) { spoil(&o.Tools, script(t, lines)); o.Time = 2 * time.Second })
			name, data := "a.pdf", pdf(1)
			if o := (media.Tools{}); true {
				spoil(&o, "x")
				if o.Office != "" {
					name, data = "a.docx", docx(t)
				}
			}
			_, _, err := s.try(name, data)
			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Kind != kind && f.Kind != fault.Invalid || f.Fix.Zero() {
				t.Errorf("%s: %v", lines, err)
			}
		}
	}
}

// needOffice makes sure that the office program is there, and what it needs.
func needOffice(t *testing.T) {
	t.Helper()
	tooltest.Need(t, "pdfinfo", "pdftoppm", "prlimit", "nice", "soffice")
}

func TestOfficeDocumentsBecomePictures(t *testing.T) {
	needOffice(t)
	s := newStudio(t)
	word := strings.Repeat(`<w:p><w:r><w:t>手术前主刀暗示要送红包 `+mark+`</w:t></w:r></w:p>`, 80)
	sheet := map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>转账记录</t></is></c><c r="B1"><v>2000</v></c></row></sheetData></worksheet>`,
	}
	table := ooxmltest.Pack(t, sheet)
	for name, data := range map[string][]byte{"a.docx": paper(t, word, nil), "a.xlsx": table, "a.txt": []byte("收了红包 " + mark), "gb.txt": []byte("\xca\xd5\xc1\xcb\xba\xec\xb0\xfc")} {
		d := s.make(name, data)
		s.clean(name, d)
		pages := s.leaves(d)
		if want := map[string]int{"a.docx": 2}[name]; len(pages) < max(1, want) || blank(pages[0]) {
			t.Errorf("%s: %d pages, %d ‰ of ink", name, len(pages), ink(pages[0]))
		}
	}
	if _, _, err := s.try("a.docx", docx(t)); !fault.Is(err, fault.Invalid) {
		t.Errorf("an empty shell: %v", err)
	}
}

// blank reports whether nothing dark stands on a page.
func blank(page image.Image) bool {
	b := page.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			if r, _, _, _ := page.At(x, y).RGBA(); r < 0x6000 {
				return false
			}
		}
	}
	return true
}

// A document that asks for a picture or a text from elsewhere, from the network
// or from this machine, gets nothing.
func TestOfficeFetchesNothing(t *testing.T) {
	needOffice(t)
	var asked atomic.Int32
	far := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		must[int](t)(w.Write(pngOf(t, image.NewGray(image.Rect(0, 0, 900, 900)))))
	}))
	far.Config.ConnState = func(net.Conn, http.ConnState) { asked.Add(1) }
	far.Start()
	defer far.Close()
	near := filepath.Join(t.TempDir(), "black.png")
	if err := os.WriteFile(near, pngOf(t, image.NewGray(image.Rect(0, 0, 900, 900))), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newStudio(t)
	for _, target := range []string{far.URL + "/a.png", "file://" + near} {
		linked := `<w:p><w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="5000000"/><wp:docPr id="1" name="a"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="a"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="r9"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5000000" cy="5000000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>` +
			`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> INCLUDEPICTURE "` + target + `" \d </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`
		rels := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="` + target + `" TargetMode="External"/></Relationships>`
		d := s.make("a.docx", paper(t, linked, map[string]string{"word/_rels/document.xml.rels": rels}))
		for i, p := range s.leaves(d) {
			if ink(p) > 50 {
				t.Errorf("%s: page %d shows what it asked for: %d ‰ of ink", target, i+1, ink(p))
			}
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the network was asked %d times", n)
	}
}

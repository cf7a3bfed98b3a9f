package book

import (
	"bytes"
	"errors"
	"fmt"
	"image/color"
	"image/jpeg"
	"io"
)

// longer is the longer side of a page, in points: that of A4.
const longer = 842.0

// The objects of a book: a catalog, the list of pages, then three for each page.
const (
	catalog   = 1
	list      = 2
	firstPage = 3
	perPage   = 3
)

// Writer writes a book.
type Writer struct {
	w     io.Writer
	at    int64
	begin []int64 // where the objects of pages begin, in their order
	err   error
}

// NewWriter begins a book in w.
func NewWriter(w io.Writer) *Writer {
	b := &Writer{w: w}
	b.printf("%%PDF-1.4\n%%\xE2\xE3\xCF\xD3\n")
	return b
}

// Add adds a page: a picture as JPEG, of one colour or of three.
func (b *Writer) Add(picture []byte) error {
	c, err := jpeg.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		return fmt.Errorf("book: page %d: %w", len(b.begin)/perPage+1, err)
	}
	space := "DeviceRGB"
	switch c.ColorModel {
	case color.GrayModel:
		space = "DeviceGray"
	case color.YCbCrModel:
	default:
		return errors.New("book: a page must be grey or of three colours")
	}
	scale := longer / float64(max(c.Width, c.Height))
	wide, high := float64(c.Width)*scale, float64(c.Height)*scale
	image := b.object()
	b.printf(imageHead, image, c.Width, c.Height, space, len(picture))
	b.write(picture)
	b.printf("\nendstream\nendobj\n")
	draw := fmt.Sprintf("q %.2f 0 0 %.2f 0 0 cm /P Do Q", wide, high)
	content := b.object()
	b.printf("%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n", content, len(draw), draw)
	page := b.object()
	b.printf("%d 0 obj\n<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.2f %.2f]/Resources<</XObject<</P %d 0 R>>>>/Contents %d 0 R>>\nendobj\n",
		page, list, wide, high, image, content)
	return b.err
}

// imageHead stands before the bytes of a picture; Open reads it again.
const imageHead = "%d 0 obj\n<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent 8/Filter/DCTDecode/Length %d>>\nstream\n"

// object begins the next object of a page and returns its number.
func (b *Writer) object() int {
	b.begin = append(b.begin, b.at)
	return firstPage + len(b.begin) - 1
}

// Close writes the list of pages. It does not close what it writes to. A book
// without a page is an error.
func (b *Writer) Close() error {
	if b.err == nil && len(b.begin) == 0 {
		b.err = errors.New("book: no page")
	}
	pages := b.at
	b.printf("%d 0 obj\n<</Type/Pages/Count %d/Kids[", list, len(b.begin)/perPage)
	for i := perPage - 1; i < len(b.begin); i += perPage {
		b.printf("%d 0 R ", firstPage+i)
	}
	b.printf("]>>\nendobj\n")
	root := b.at
	b.printf("%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n", catalog, list)
	table := b.at
	b.printf("xref\n0 %d\n0000000000 65535 f \n", firstPage+len(b.begin))
	for _, at := range append([]int64{root, pages}, b.begin...) {
		b.printf(entryForm, at)
	}
	b.printf("trailer\n<</Size %d/Root %d 0 R>>\n"+tailForm, firstPage+len(b.begin), catalog, table)
	return b.err
}

// The forms by which Open finds its way from the end of a book.
const (
	entryForm = "%010d 00000 n \n"
	entrySize = 20
	tailForm  = "startxref\n%d\n%%%%EOF\n"
)

func (b *Writer) printf(form string, args ...any) { b.write(fmt.Appendf(nil, form, args...)) }

func (b *Writer) write(data []byte) {
	if b.err != nil {
		return
	}
	n, err := b.w.Write(data)
	b.at, b.err = b.at+int64(n), err
}

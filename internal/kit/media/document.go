package media

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"qingfeng/internal/kit/book"
	"qingfeng/internal/kit/charset"
)

const (
	mimePDF  = "application/pdf"
	mimeText = "text/plain"

	mostPages = 200     // of a document
	pageSide  = 1754    // pixels of the longer side of a page: A4 at 150 dots an inch
	pageBatch = 8       // pages that one call of the tool draws
	mostBook  = 1 << 28 // bytes of a finished book
	pageCost  = 64 << 20
	pageFine  = 80 // quality of JPEG, of 100
)

// prints reports whether the tools are there that turn a document into pages.
func (s *Sanitiser) prints(t Type) bool {
	return s.tools.PDFInfo != "" && s.tools.PDFPages != "" && (t.MIME == mimePDF || s.tools.Office != "")
}

// document draws the pages of a document and binds the pictures to a book.
func (s *Sanitiser) document(ctx context.Context, t Type, in io.ReadSeeker, dir string) (draft, error) {
	file := "in.pdf"
	if err := s.printed(ctx, t, in, dir, file); err != nil {
		return draft{}, err
	}
	n, err := s.countPages(ctx, dir, file)
	if err != nil {
		return draft{}, err
	}
	path := filepath.Join(dir, "copy")
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return draft{}, err
	}
	buffered := bufio.NewWriter(out)
	d := draft{copy: path, Derived: Derived{Kind: Document, Copy: File{MIME: mimePDF}, Pages: n}}
	b := binding{s: s, draft: &d, book: book.NewWriter(buffered), dir: dir}
	err = b.bind(ctx, file)
	if err = errors.Join(err, buffered.Flush(), out.Close()); err != nil {
		return draft{}, err
	}
	return d, nil
}

// printed leaves a document as a PDF under this name.
func (s *Sanitiser) printed(ctx context.Context, t Type, in io.ReadSeeker, dir, name string) error {
	if t.MIME == mimePDF {
		return save(in, filepath.Join(dir, name))
	}
	f, ok := formatOf(t.MIME)
	if !ok {
		return errUndecodable(errors.New("no way to print " + t.MIME))
	}
	source, from := io.Reader(in), []string{}
	if t.MIME == mimeText {
		text, err := plain(in)
		if err != nil {
			return err
		}
		source, from = text, []string{"--infilter=Text (encoded):UTF8,LF,,,"}
	}
	if err := save(source, filepath.Join(dir, "in"+f.Ext)); err != nil {
		return err
	}
	if err := settings(filepath.Join(dir, "office")); err != nil {
		return err
	}
	args := slices.Concat([]string{"--headless", "--norestore", "--nologo", "-env:UserInstallation=file://" + filepath.Join(dir, "office")}, from,
		[]string{"--convert-to", "pdf", "--outdir", dir, "in" + f.Ext})
	if _, err := s.run(ctx, dir, "soffice", s.tools.Office, args...); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, name)); err != nil { // it says that all is well where it could not read
		return errUndecodable(err)
	}
	return nil
}

// plain reads a text as UTF-8. A character that is lost costs only itself: whoever
// sent it is not asked again.
func plain(in io.Reader) (io.Reader, error) {
	content, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	text, err := charset.Decode(content)
	if errors.Is(err, charset.ErrBinary) {
		return nil, errUndecodable(err)
	}
	return strings.NewReader(text), nil
}

// officeSettings have the office program run nothing and fetch nothing: no
// macro, no linked picture or table from the network or from this machine, and
// a proxy that answers nobody for whatever else would ask.
const officeSettings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
`

// settings makes the folder from which the office program reads who it works for.
func settings(profile string) error {
	user := filepath.Join(profile, "user")
	if err := os.MkdirAll(user, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(officeSettings), 0o600)
}

// countPages asks how many pages a PDF has, and refuses too many.
func (s *Sanitiser) countPages(ctx context.Context, dir, file string) (int, error) {
	said, err := s.run(ctx, dir, "pdfinfo", s.tools.PDFInfo, file)
	if err != nil {
		return 0, err
	}
	// What the document says of itself stands before the count, and may look like one.
	lines := regexp.MustCompile(`(?m)^Pages:\s+(\d+)$`).FindAllSubmatch(said, -1)
	if len(lines) == 0 {
		return 0, errUndecodable(errors.New("pdfinfo counts no pages"))
	}
	n, err := strconv.Atoi(string(lines[len(lines)-1][1]))
	switch {
	case err != nil || n < 1:
		return 0, errUndecodable(errors.New("a document without pages"))
	case n > mostPages:
		return 0, errTooManyPages(mostPages)
	}
	return n, nil
}

// binding is a book in the making.
type binding struct {
	s     *Sanitiser
	draft *draft
	book  *book.Writer
	dir   string
	bytes int
}

// bind draws all pages, some at a time, so that their pictures fill no disk.
func (b *binding) bind(ctx context.Context, file string) error {
	if err := b.s.memory.Acquire(ctx, pageCost); err != nil {
		return errTakesTooLong(err)
	}
	defer b.s.memory.Release(pageCost)
	for first := 1; first <= b.draft.Pages; first += pageBatch {
		last := min(first+pageBatch-1, b.draft.Pages)
		if _, err := b.s.run(ctx, b.dir, "pdftoppm", b.s.tools.PDFPages, "-q", "-cropbox", "-scale-to", strconv.Itoa(pageSide),
			"-f", strconv.Itoa(first), "-l", strconv.Itoa(last), file, "page"); err != nil {
			return err
		}
		drawn, err := filepath.Glob(filepath.Join(b.dir, "page-*.ppm"))
		if err != nil || len(drawn) != last-first+1 {
			return errUndecodable(errors.Join(err, fmt.Errorf("pdftoppm drew %d pages of %d", len(drawn), last-first+1)))
		}
		slices.Sort(drawn)
		for i, path := range drawn {
			if err := ctx.Err(); err != nil {
				return errTakesTooLong(err)
			}
			if err := b.add(path, first+i == 1); err != nil {
				return err
			}
		}
	}
	return b.book.Close()
}

// add binds one page and removes its picture. The first is the thumbnail.
func (b *binding) add(path string, cover bool) error {
	img, err := readPPM(path)
	if err = errors.Join(err, os.Remove(path)); err != nil {
		return errUndecodable(err)
	}
	if cover {
		if b.draft.thumb, b.draft.Thumb, err = thumbnail(img, b.dir); err != nil {
			return err
		}
	}
	var data bytes.Buffer
	if err := jpeg.Encode(&data, img, &jpeg.Options{Quality: pageFine}); err != nil {
		return err
	}
	if b.bytes += data.Len(); b.bytes > mostBook {
		return errTooManyPages(b.draft.Pages - 1)
	}
	return b.book.Add(data.Bytes())
}

// readPPM reads what pdftoppm draws: a binary PPM of 8 bits a colour. A page
// without colour becomes grey, which is half the work from then on.
func readPPM(path string) (image.Image, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	in := bytes.NewReader(data)
	var w, h, depth int
	if _, err := fmt.Fscanf(in, "P6\n%d %d\n%d\n", &w, &h, &depth); err != nil {
		return nil, err
	}
	pixels := data[len(data)-in.Len():]
	if w < 1 || h < 1 || max(w, h) > pageSide || depth != 255 || len(pixels) != 3*w*h {
		return nil, fmt.Errorf("a page of %d × %d with %d bytes", w, h, len(pixels))
	}
	if grey(pixels) {
		img := image.NewGray(image.Rect(0, 0, w, h))
		for i := range img.Pix {
			img.Pix[i] = pixels[3*i]
		}
		return img, nil
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		copy(img.Pix[4*i:], pixels[3*i:3*i+3])
		img.Pix[4*i+3] = 255
	}
	return img, nil
}

func grey(pixels []byte) bool {
	for i := 0; i < len(pixels); i += 3 {
		if pixels[i] != pixels[i+1] || pixels[i] != pixels[i+2] {
			return false
		}
	}
	return true
}

package media

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"
)

// mostDirectory is how many bytes of an archive are read to learn what is in
// it; a directory larger than that is there to fill the memory of its reader.
const mostDirectory = 4 << 20

// office tells a text and a table from other archives by the list of what is
// in them. Nothing is unpacked.
func office(p *probe) (format, error) {
	z, err := zip.NewReader(&ration{p, mostDirectory}, p.size)
	if err != nil {
		return format{}, errUnwanted()
	}
	has := map[string]bool{}
	for _, f := range z.File {
		has[f.Name] = true
		if strings.EqualFold(path.Base(f.Name), "vbaProject.bin") {
			return format{}, errMacros()
		}
	}
	for _, kind := range [...]struct{ part, mime string }{{"word/document.xml", mimeDOCX}, {"xl/workbook.xml", mimeXLSX}} {
		if has["[Content_Types].xml"] && has[kind.part] {
			f, _ := formatOf(kind.mime) // it is on the list
			return f, nil
		}
	}
	return format{}, errUnwanted()
}

// ration reads no more than so many bytes in all.
type ration struct {
	in   io.ReaderAt
	left int
}

var errRation = errors.New("media: the directory of the archive is too long")

// ReadAt implements io.ReaderAt.
func (r *ration) ReadAt(b []byte, at int64) (int, error) {
	if r.left -= len(b); r.left < 0 {
		return 0, errRation
	}
	return r.in.ReadAt(b, at)
}

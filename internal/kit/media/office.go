package media

import (
	"path"
	"strings"

	"qingfeng/internal/kit/ooxml"
)

// office tells a text and a table from other archives by the list of what is
// in them. Nothing is unpacked.
func office(p *probe) (format, error) {
	z, err := ooxml.List(p, p.size)
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

package official

import (
	"archive/zip"
	"bytes"
	"io"
	"time"

	"qingfeng/internal/kit/fault"
)

// Names of the parts of the file (ECMA-376).
const (
	nsWord     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPackage  = "http://schemas.openxmlformats.org/package/2006/"
	mimeWord   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	relOdd     = "rId1"
	relEven    = "rId2"
)

// ContentType is that of the file.
const ContentType = mimeWord + "document"

// part is a part of the file.
type part struct {
	name, mime string
	node       node
}

// Write writes a document as a docx. Faults: Invalid, for each field that
// cannot be laid out.
func Write(w io.Writer, d Document) (err error) {
	defer fault.Wrap(&err, "official.Write")
	if err := d.check(); err != nil {
		return err
	}
	parts := []part{
		{"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", d.properties()},
		{"word/document.xml", mimeWord + "document.main+xml", d.layOut()},
		{"word/fontTable.xml", mimeWord + "fontTable+xml", fonts()},
		{"word/footer1.xml", mimeWord + "footer+xml", foot(true)},
		{"word/footer2.xml", mimeWord + "footer+xml", foot(false)},
		{"word/settings.xml", mimeWord + "settings+xml", settings()},
		{"word/styles.xml", mimeWord + "styles+xml", styles()},
	}
	all := []part{
		{name: "[Content_Types].xml", node: contentTypes(parts)},
		{name: "_rels/.rels", node: relations(
			relation{"rId1", nsRelation + "/officeDocument", "word/document.xml"},
			relation{"rId2", nsPackage + "relationships/metadata/core-properties", "docProps/core.xml"})},
		{name: "word/_rels/document.xml.rels", node: relations(
			relation{relOdd, nsRelation + "/footer", "footer1.xml"}, relation{relEven, nsRelation + "/footer", "footer2.xml"},
			relation{"rId3", nsRelation + "/fontTable", "fontTable.xml"}, relation{"rId4", nsRelation + "/settings", "settings.xml"},
			relation{"rId5", nsRelation + "/styles", "styles.xml"})},
	}
	return pack(w, append(all, parts...), d.Date)
}

// pack writes parts in their order, at the time of the document.
func pack(w io.Writer, parts []part, at time.Time) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: at.UTC()})
		if err != nil {
			return err
		}
		if _, err := io.Copy(f, bytes.NewReader(p.node.part())); err != nil {
			return err
		}
	}
	return z.Close()
}

func contentTypes(parts []part) node {
	types := el(":Types", ":xmlns", nsPackage+"content-types").with(
		el(":Default", ":Extension", "rels", ":ContentType", "application/vnd.openxmlformats-package.relationships+xml"))
	for _, p := range parts {
		types = types.with(el(":Override", ":PartName", "/"+p.name, ":ContentType", p.mime))
	}
	return types
}

type relation struct{ id, kind, target string }

func relations(all ...relation) node {
	out := el(":Relationships", ":xmlns", nsPackage+"relationships")
	for _, r := range all {
		out = out.with(el(":Relationship", ":Id", r.id, ":Type", r.kind, ":Target", r.target))
	}
	return out
}

// properties are those of the file. They name no person and no program.
func (d Document) properties() node {
	at := d.Date.UTC().Format(time.RFC3339)
	when := func(name string) node {
		return el(name, "xsi:type", "dcterms:W3CDTF").with(node{text: at})
	}
	return el("cp:coreProperties", "xmlns:cp", nsPackage+"metadata/core-properties", "xmlns:dc", "http://purl.org/dc/elements/1.1/",
		"xmlns:dcterms", "http://purl.org/dc/terms/", "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").with(
		el("dc:title").with(node{text: d.Title}), when("dcterms:created"), when("dcterms:modified"), el("dc:language").with(node{text: "zh-CN"}))
}

// settings say that odd and even pages have feet of their own, and that lines
// are laid out as Word 2013 and later do.
func settings() node {
	return el("settings", "xmlns:w", nsWord).with(
		el("evenAndOddHeaders"),
		val("characterSpacingControl", "doNotCompress"),
		el("compat").with(
			el("compatSetting", "name", "compatibilityMode", "uri", "http://schemas.microsoft.com/office/word", "val", "15")),
		el("themeFontLang", "val", "en-US", "eastAsia", "zh-CN"))
}

// foot is the number of the page between dashes, one character from the outer
// edge (7.5).
func foot(odd bool) node {
	p := el("p").with(el("pPr").with(val("pStyle", lookFoot), el("ind", "left", itoa(size4*10), "right", itoa(size4*10)), val("jc", outer(odd))))
	field := func(kind string) node { return el("r").with(el("fldChar", "fldCharType", kind)) }
	return el("ftr", "xmlns:w", nsWord).with(p.with(
		el("r").with(words("— ")), field("begin"), el("r").with(el("instrText", "xml:space", "preserve").with(node{text: " PAGE "})),
		field("separate"), el("r").with(words("1")), field("end"), el("r").with(words(" —"))))
}

func outer(odd bool) string {
	if odd {
		return "right"
	}
	return "left"
}

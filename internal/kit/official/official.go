package official

import "time"

// Kind is what a document looks like; the words are the document's own.
type Kind string

// The kinds.
const (
	Notice   Kind = "notice"   // 通知, 通报: red head, number, line
	Report   Kind = "report"   // 报告, 请示: as a notice, the number at the left and who signed at the right
	Bulletin Kind = "bulletin" // 简报: red name, issue, editors and date over the line
	Summary  Kind = "summary"  // 总结: black, without a head
)

// Document is an official document before it is laid out. No text holds a line
// break: a paragraph is a Paragraph.
type Document struct {
	Kind       Kind
	Issuer     string // 发文机关标志, as 某市卫生健康委员会文件; of a bulletin its name
	Number     string // 发文字号, as 某卫发〔2026〕12号; empty leaves room to write it in
	Issue      int    // 期号 of a bulletin
	Editor     string // who edits a bulletin: an office, not a person
	Signer     string // 签发人 of a report; empty leaves room
	Title      string
	Addressees string // 主送机关, without the colon
	Body       Text
	Enclosed   []Enclosure // 附件
	Signature  string      // 署名
	Date       time.Time   // 成文日期; the day in Shanghai
	Copies     string      // 抄送机关, without the full stop
	PrintedBy  string      // 印发机关; printed on the day of Date
}

// Text is what stands below a heading: first its own paragraphs and tables, then
// headings of the next level.
type Text struct {
	Content  []Block
	Sections []Section
}

// Section is a heading, whose number comes from its place, and what stands below it.
type Section struct {
	Heading string
	Text
}

// Enclosure is a thing that goes with a document. One without a text is only
// named: a file that is sent beside it.
type Enclosure struct {
	Title string
	Text
}

func (e Enclosure) empty() bool { return len(e.Content)+len(e.Sections) == 0 }

// Block is a Paragraph or a Table.
type Block interface{ block() }

// Paragraph is a paragraph of text.
type Paragraph string

// Table is a table with a header that is repeated on every page.
type Table struct {
	Caption string
	Columns []Column
	Rows    [][]string
}

// Column is a column of a table.
type Column struct {
	Name   string
	Unit   string // shown in the header, as （%）
	Number bool   // to the right, and never broken over lines
}

func (c Column) header() string { return c.Name + c.unit() }

func (c Column) unit() string {
	if c.Unit == "" {
		return ""
	}
	return "（" + c.Unit + "）"
}

func (Paragraph) block() {}
func (Table) block()     {}

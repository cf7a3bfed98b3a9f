package official

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Bounds of what is laid out, in characters where not said otherwise.
const (
	MostTitle     = 120
	mostIssuer    = 40
	mostLine      = 60
	mostNames     = 2000
	mostParagraph = 20_000
	mostColumns   = 20
	mostRows      = 5000
	mostEnclosed  = 99
	mostNumbered  = 99 // headings below one
	mostLevels    = 4
	firstYear     = 1980 // before it the file could not bear its date
)

// check names every field that cannot be laid out.
func (d Document) check() error {
	c := &checker{}
	c.must("title", d.Title, MostTitle)
	c.may("addressees", d.Addressees, mostNames)
	c.may("signature", d.Signature, mostLine)
	c.may("copies", d.Copies, mostNames)
	c.may("printed_by", d.PrintedBy, mostLine)
	y := d.Date.Year()
	c.Refuse(y < firstYear || y > 9999, "date", i18n.T("请填写成文日期", "give the date of the document"))
	c.head(d)
	c.Refuse(len(d.Body.Content)+len(d.Body.Sections) == 0, "body", i18n.T("正文是空的", "there is no text"))
	c.text("body", d.Body, 1)
	c.Refuse(len(d.Enclosed) > mostEnclosed, "enclosed", i18n.T("最多 %d 个附件", "at most %d enclosures"), mostEnclosed)
	for i, e := range d.Enclosed {
		at := place("enclosed", i)
		c.must(at+".title", e.Title, MostTitle)
		c.text(at, e.Text, 1)
	}
	return c.Err()
}

// checker collects complaints.
type checker struct{ fault.Fields }

// head checks what stands above the title of each kind.
func (c *checker) head(d Document) {
	switch d.Kind {
	case Notice, Report:
		c.must("issuer", d.Issuer, mostIssuer)
		c.Refuse(d.Number != "" && !documentNumber.MatchString(d.Number), "number",
			i18n.T("发文字号应写成“甘卫发〔2026〕12号”：机关代字、六角括号括起的四位年份、不带“第”字和前导零的序号，再加“号”",
				"a document number is written as 甘卫发〔2026〕12号: the letters of the body, the whole year in 〔〕, the number without 第 and leading zeros, 号"))
		c.may("signer", d.Signer, mostLine/4)
	case Bulletin:
		c.must("issuer", d.Issuer, mostIssuer)
		c.must("editor", d.Editor, mostLine/3)
		c.Refuse(d.Issue < 1 || d.Issue > 9999, "issue", i18n.T("期号从 1 开始，最多四位", "issues are numbered from 1, with at most four digits"))
	case Summary:
	default:
		c.Refuse(true, "kind", i18n.T("没有这种公文", "there is no such kind of document"))
	}
}

// text checks a text and the headings below it, whose level is given.
func (c *checker) text(at string, t Text, level int) {
	for i, block := range t.Content {
		at := place(at+".content", i)
		switch x := block.(type) {
		case Paragraph:
			c.must(at, string(x), mostParagraph)
		case Table:
			c.table(at, x)
		default:
			c.Refuse(true, at, i18n.T("只能是段落或表格", "must be a paragraph or a table"))
		}
	}
	sections := at + ".sections"
	if len(t.Sections) > 0 && level > mostLevels {
		c.Refuse(true, sections, i18n.T("标题最多四级", "headings have at most four levels"))
		return
	}
	c.Refuse(len(t.Sections) > mostNumbered, sections, i18n.T("同一级标题最多 %d 个", "at most %d headings below one"), mostNumbered)
	for i, s := range t.Sections {
		at := place(sections, i)
		c.must(at+".heading", s.Heading, MostTitle)
		c.text(at, s.Text, level+1)
	}
}

func (c *checker) table(at string, t Table) {
	c.may(at+".caption", t.Caption, MostTitle)
	n := len(t.Columns)
	c.Refuse(n == 0 || n > mostColumns, at+".columns", i18n.T("表格要有 1 到 %d 列", "a table has 1 to %d columns"), mostColumns)
	c.Refuse(len(t.Rows) > mostRows, at+".rows", i18n.T("表格最多 %d 行，现在有 %d 行", "a table has at most %d rows; there are %d"), mostRows, len(t.Rows))
	for i, column := range t.Columns {
		at := place(at+".columns", i)
		c.must(at+".name", column.Name, mostLine)
		c.may(at+".unit", column.Unit, mostLine/3)
	}
	even := true
	for i, row := range t.Rows {
		at := place(at+".rows", i)
		c.Refuse(len(row) != n, at, i18n.T("这一行有 %d 格，表头有 %d 列", "this row has %d cells, the header %d columns"), len(row), n)
		even = even && len(row) == n
		for k, cell := range row {
			c.may(place(at, k), cell, mostParagraph)
		}
	}
	if n == 0 || !even {
		return
	}
	_, ok := t.fit()
	c.Refuse(!ok, at+".columns", i18n.T("表格太宽，横排也放不下：请拆成几张表，或缩短数字列", "the table is too wide even for a turned page: split it, or shorten its columns of numbers"))
}

// must checks a text that has to be there, may one that can be empty.
func (c *checker) must(field, text string, most int) {
	c.Refuse(strings.TrimSpace(text) == "", field, i18n.T("不能为空", "must not be empty"))
	c.may(field, text, most)
}

func (c *checker) may(field, text string, most int) {
	c.AtMost(most, field, text)
	c.Refuse(!utf8.ValidString(text) || strings.ContainsFunc(text, unfit), field,
		i18n.T("不能有换行、制表符或其他控制字符", "must not hold line breaks, tabs or other control characters"))
}

func place(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }

// unfit reports whether a character has no place in a text: it ends lines, XML
// 1.0 cannot carry it, or it turns the direction of what follows.
func unfit(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufffe' || r == '\uffff' || unicode.Is(unicode.Bidi_Control, r)
}

// Clean makes a text fit that was written for another place, such as a record:
// line breaks and tabs become spaces, other unfit characters are dropped.
func Clean(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) && unfit(r):
			return ' '
		case unfit(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
}

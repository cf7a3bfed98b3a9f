package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/i18n"
)

// understand reads a cell as a value of a kind, or says what is wrong with it.
// An empty cell is neither.
func understand(k Kind, unit Unit, r raw) (v cell, wrong i18n.Text) {
	r.text = strings.TrimFunc(r.text, blank)
	switch {
	case r.form == formula:
		return v, i18n.T("是公式，请复制后“粘贴为数值”", "this is a formula; please copy it and paste it as a value")
	case r.form == broken:
		return v, i18n.T("是 Excel 的错误值，请改正", "this is an error of Excel; please correct it")
	case r.text == "":
		return v, wrong
	}
	if k != Text && len(r.text) > mostValue {
		return v, i18n.T("内容太长", "this is too long")
	}
	switch k {
	case Integer:
		return integer(r)
	case Money:
		return money(unit, r)
	case Day:
		return date(r, true)
	case Moment:
		return date(r, false)
	case Flag:
		return flag(r)
	case Text:
	}
	return text(r)
}

// blank are the characters that people do not see at the ends of a cell.
func blank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// mostValue is how many bytes a number, a date or a yes may take.
const mostValue = 600

// mostText is how many characters a cell of Excel holds, and so a text here.
const mostText = 32_767

// shortened is how a spreadsheet writes a long number into csv, its last
// digits being lost: 3.70202E+17.
var shortened = regexp.MustCompile(`^\d(\.\d+)?E\+\d{2}$`)

func text(r raw) (v cell, wrong i18n.Text) {
	switch {
	case r.form == serial:
		return v, i18n.T("被 Excel 当成了日期，请把单元格格式设为“文本”后重新填写", "Excel took this for a date; please format the cell as text and fill it in again")
	case r.form == number:
		shown, exact := plainNumber(r.text)
		if !exact {
			return v, lost()
		}
		return cell{text: shown, set: true}, wrong
	case shortened.MatchString(r.text):
		return v, lost()
	}
	s := export.Unguard(r.text)
	if len(s) > utf8.UTFMax*mostText || utf8.RuneCountInString(s) > mostText {
		return v, i18n.T("文字太长，最多 %d 个字", "the text is too long: %d characters at most").With(mostText)
	}
	return cell{text: s, set: true}, wrong
}

func lost() i18n.Text {
	return i18n.T("Excel 已把长数字缩短，末尾几位丢失，请把单元格格式设为“文本”后重新填写", "Excel has shortened this number and lost its last digits; please format the cell as text and fill it in again")
}

// plainNumber writes a number of Excel without an exponent. It is exact when
// it has no more than the 15 digits that Excel keeps.
func plainNumber(s string) (shown string, exact bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(f, 0) || math.Abs(f) >= 1e15 {
		return "", false
	}
	// Excel stores 0.1+0.2 as 0.30000000000000004 and shows 15 digits of it.
	short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	return strconv.FormatFloat(short, 'f', -1, 64), err == nil
}

// digits are whole numbers with or without commas between groups of three.
var digits = regexp.MustCompile(`^[+-]?(\d+|\d{1,3}(,\d{3})+)$`)

func integer(r raw) (v cell, wrong i18n.Text) {
	s, ok := numeral(r)
	if !ok || !digits.MatchString(s) {
		return v, i18n.T("应为整数", "this must be a whole number")
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(s, ",", ""), 10, 64)
	if err != nil {
		return v, i18n.T("数字太大", "this number is too large")
	}
	return cell{num: n, set: true}, wrong
}

// numeral returns what is written in a cell that should hold a number, in
// ordinary digits.
func numeral(r raw) (s string, ok bool) {
	switch r.form {
	case number:
		return plainNumber(r.text)
	case words:
		return strings.TrimSpace(norm.NFKC.String(r.text)), true
	case serial, formula, broken:
	}
	return "", false
}

func flag(r raw) (v cell, wrong i18n.Text) {
	switch strings.ToLower(norm.NFKC.String(r.text)) {
	case "是", "有", "对", "真", "yes", "y", "true", "1", "√", "✓", "✔":
		return cell{num: 1, set: true}, wrong
	case "否", "无", "不", "假", "no", "n", "false", "0", "×", "✗":
		return cell{set: true}, wrong
	}
	return v, i18n.T("应填“是”或“否”", "this must be yes or no")
}

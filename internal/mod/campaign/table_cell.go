package campaign

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

// Cell is a number of the table, in the smallest unit of its row, or nothing.
type Cell struct {
	N   int64
	Set bool
}

// Cells are the numbers of a table, row by row.
type Cells [][width]Cell

// encode writes numbers as 12,40,9;0,0,;… in the order of the rows.
func (c Cells) encode() string {
	b := make([]byte, 0, len(c)*12)
	for i, row := range c {
		if i > 0 {
			b = append(b, ';')
		}
		for j, x := range row {
			if j > 0 {
				b = append(b, ',')
			}
			if x.Set {
				b = strconv.AppendInt(b, x.N, 10)
			}
		}
	}
	return string(b)
}

// decode calls f with each number that is there.
func decode(text string, f func(row, column int, n int64)) {
	row, column, n, set, minus := 0, 0, int64(0), false, false
	done := func() {
		if minus {
			n = -n
		}
		if set {
			f(row, column, n)
		}
		n, set, minus = 0, false, false
	}
	for i := range len(text) {
		switch c := text[i]; c {
		case ',':
			done()
			column++
		case ';':
			done()
			row, column = row+1, 0
		case '-':
			minus = true
		default:
			n, set = n*10+int64(c-'0'), true
		}
	}
	done()
}

// cellsOf reads what encode wrote, for a table of some rows.
func cellsOf(text string, rows int) Cells {
	c := make(Cells, rows)
	decode(text, func(row, column int, n int64) {
		if row < rows && column < width {
			c[row][column] = Cell{n, true}
		}
	})
	return c
}

// places is how many decimal places the smallest unit lies below the row's.
func (r Row) places() int {
	switch r.Money {
	case Yuan:
		return 2
	case WanYuan:
		return 6
	case NoMoney:
	}
	return r.Decimals
}

// text writes a number in the unit of the row, exactly.
func (r Row) text(n int64) string {
	p, minus := r.places(), ""
	if n < 0 {
		n, minus = -n, "-"
	}
	digits := strconv.FormatInt(n, 10)
	if len(digits) <= p {
		digits = strings.Repeat("0", p-len(digits)+1) + digits
	}
	whole, rest := digits[:len(digits)-p], strings.TrimRight(digits[len(digits)-p:], "0")
	if rest != "" {
		rest = "." + rest
	}
	return minus + whole + rest
}

// typed is a number with an optional unit behind it.
var typed = regexp.MustCompile(`^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?\s*(\D*)$`)

// mostDigits is as many as a number may have; sums of all units stay far below
// what an integer holds.
const mostDigits = 15

// read takes what somebody typed or pasted. A unit that is not the row's is
// asked about: wrong says what was meant and what to type then.
func (r Row) read(s string) (c Cell, wrong i18n.Text) {
	s = strings.TrimSpace(norm.NFKC.String(s))
	if s == "" {
		return c, wrong
	}
	m := typed.FindStringSubmatch(s)
	if m == nil {
		return c, i18n.T("“%s”不是数字，请只填数字，如 %s", "“%s” is no number; please type digits alone, such as %s").With(s, "1234")
	}
	whole, rest, unit := strings.ReplaceAll(m[1], ",", ""), strings.TrimRight(m[2], "0"), strings.TrimSpace(m[3])
	if ask := r.askUnit(s, whole, rest, unit); !ask.Zero() {
		return c, ask
	}
	n, fits := shifted(whole, rest, r.places())
	switch {
	case len(rest) > r.places() && r.places() == 0:
		return c, i18n.T("“%s”应为整数", "“%s” must be a whole number").With(s)
	case len(rest) > r.places():
		return c, i18n.T("“%s”的小数超过 %d 位", "“%s” has more than %d decimals").With(s, r.places())
	case !fits:
		return c, i18n.T("“%s”太大，请核对单位（本行为%s）", "“%s” is too large; look at the unit (this row is in %s)").With(s, r.Unit)
	}
	return Cell{n, true}, wrong
}

// shifted moves the decimal point.
func shifted(whole, rest string, places int) (int64, bool) {
	if len(rest) > places {
		return 0, false
	}
	digits := strings.TrimLeft(whole+rest+strings.Repeat("0", places-len(rest)), "0")
	if len(digits) > mostDigits {
		return 0, false
	}
	n, err := strconv.ParseInt("0"+digits, 10, 64)
	return n, err == nil
}

// tenThousand alone is a unit in speech and a factor in writing.
const tenThousand = "万"

// askUnit asks what is meant by a number in another unit; nothing where it is in
// the row's.
func (r Row) askUnit(s, whole, rest, unit string) (ask i18n.Text) {
	if unit == "" || unit == norm.NFKC.String(r.Unit) {
		return ask
	}
	if r.Money != NoMoney {
		ask, money := sheet.InWhich(sheet.Unit(r.Unit), sheet.Unit(unit), whole, rest)
		if ask.Zero() && unit == tenThousand {
			return i18n.T("本行单位已是%[1]s，“%[2]s”里的“万”看不出是单位还是倍数；请只填数字，若为 %[3]s %[1]s，请填 %[3]s", "this row is in %[1]s already, and “万” in “%[2]s” may be the unit or a factor; please type the number alone: %[3]s for %[3]s %[1]s").
				With(r.Unit, s, strings.TrimSpace(strings.TrimSuffix(s, unit)))
		}
		if money {
			return ask
		}
	}
	return i18n.T("本行单位是%s，您填的是“%s”。请换算成%[1]s，只填数字", "this row is in %s and you typed “%s”; please convert it to %[1]s and type the number alone").With(r.Unit, s)
}

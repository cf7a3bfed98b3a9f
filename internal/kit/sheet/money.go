package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"qingfeng/internal/kit/i18n"
)

// measure is a unit of money and how many decimal places it is above 分.
type measure struct {
	name   Unit
	places int
}

// units are the units as a cell or a header may spell them.
var units = map[Unit]measure{
	Fen: {Fen, 0}, "fen": {Fen, 0},
	"角":  {"角", 1},
	Yuan: {Yuan, 2}, "圆": {Yuan, 2}, "块": {Yuan, 2}, "人民币元": {Yuan, 2}, "yuan": {Yuan, 2}, "rmb": {Yuan, 2}, "cny": {Yuan, 2}, "¥": {Yuan, 2},
	"千元":    {"千元", 5},
	WanYuan: {WanYuan, 6}, "万": {WanYuan, 6},
	"亿元": {"亿元", 10}, "亿": {"亿元", 10},
}

// amount is a number with an optional unit before or behind it.
var amount = regexp.MustCompile(`^(¥|rmb|cny)?\s*([+-]?)\s*(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?\s*(\D*)$`)

func money(unit Unit, r raw) (v cell, wrong i18n.Text) {
	s, ok := numeral(r)
	m := amount.FindStringSubmatch(strings.ToLower(s))
	if !ok || m == nil {
		return v, i18n.T("应为金额，如 1234.50", "this must be an amount such as 1234.50")
	}
	before, sign, whole, fraction, behind := m[1], m[2], m[3], m[4], strings.TrimSpace(m[5])
	spoken := slices.DeleteFunc([]string{before, behind}, func(s string) bool { return s == "" })
	if len(spoken) == 0 && unit == "" {
		return v, i18n.T("没有写明单位，请在表头或单元格里注明，如“金额（元）”", "the unit is missing; please name it in the header or the cell, as in \"amount (yuan)\"")
	}
	said := units[unit]
	for _, s := range spoken { // of ¥1.2万 the last counts
		u, known := units[Unit(s)]
		if !known {
			return v, i18n.T("不认识金额的单位", "the unit of this amount is not known")
		}
		said = u
	}
	whole, fraction = strings.ReplaceAll(whole, ",", ""), strings.TrimRight(fraction, "0")
	if wrong, _ = InWhich(unit, said.name, sign+whole, fraction); !wrong.Zero() {
		return v, wrong
	}
	return fen(sign, whole, fraction, said.places)
}

// InWhich asks about an amount that names another unit of money than the place
// where it stands: it is shown as both, with what to type for each. There is no
// question where the two are one. It reports whether both are units of money.
func InWhich(place, said Unit, whole, fraction string) (question i18n.Text, money bool) {
	here, known := units[place]
	there, spoken := units[said]
	if !known || !spoken || here.places == there.places {
		return question, known && spoken
	}
	number := whole
	if fraction != "" {
		number += "." + fraction
	}
	return i18n.T("此处单位是%[1]s，写的却是%[2]s，请核实后只填数字：若为 %[3]s %[2]s，请填 %[4]s；若为 %[3]s %[1]s，请填 %[3]s",
		"amounts are in %[1]s here and this one says %[2]s; please find out which it is and type the number alone: %[4]s for %[3]s %[2]s, %[3]s for %[3]s %[1]s").
		With(string(here.name), string(there.name), number, shift(whole, fraction, there.places-here.places)), true
}

// shift moves the decimal point to the right, or to the left when by is negative.
func shift(whole, fraction string, by int) string {
	digits := strings.TrimLeft(whole, "+-")
	point := len(digits) + by
	digits += fraction
	if point <= 0 {
		digits, point = strings.Repeat("0", 1-point)+digits, 1
	}
	digits += strings.Repeat("0", max(0, point-len(digits)))
	shifted := strings.TrimLeft(digits[:point-1], "0") + digits[point-1:point]
	if rest := strings.TrimRight(digits[point:], "0"); rest != "" {
		shifted += "." + rest
	}
	if strings.HasPrefix(whole, "-") {
		return "-" + shifted
	}
	return shifted
}

// fen moves the decimal point of an amount to 分, without rounding.
func fen(sign, whole, fraction string, places int) (v cell, wrong i18n.Text) {
	if len(fraction) > places {
		return v, i18n.T("金额精确到了分以下", "this amount is finer than one fen")
	}
	n, err := strconv.ParseInt(sign+whole+fraction+strings.Repeat("0", places-len(fraction)), 10, 64)
	if err != nil {
		return v, i18n.T("数字太大", "this number is too large")
	}
	return cell{num: n, set: true}, wrong
}

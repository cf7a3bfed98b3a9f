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
	places := units[unit].places
	for _, s := range spoken { // of ¥1.2万 the last counts
		u, known := units[Unit(s)]
		if !known {
			return v, i18n.T("不认识金额的单位", "the unit of this amount is not known")
		}
		places = u.places
	}
	return fen(sign, strings.ReplaceAll(whole, ",", ""), strings.TrimRight(fraction, "0"), places)
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

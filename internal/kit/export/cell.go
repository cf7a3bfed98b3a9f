package export

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/i18n"
)

// cents is money in 分, written in 元.
type cents int64

// String shows the amount in 元.
func (c cents) String() string {
	sign, n := "", uint64(c)
	if c < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

// moment and day are times in Shanghai.
type (
	moment time.Time
	day    time.Time
)

// String shows the moment to the second.
func (m moment) String() string { return time.Time(m).Format(time.DateTime) }

// String shows the date.
func (d day) String() string { return time.Time(d).Format(time.DateOnly) }

// cell turns a value into what is written for it, or refuses one that is not
// of the column's kind.
func (c Column) cell(v any, lang i18n.Lang) (any, error) {
	if v == nil {
		return nil, nil //nolint:nilnil // nil is the empty cell
	}
	switch rv := reflect.ValueOf(v); {
	case c.Kind == Text:
		return Guard(text(v, lang)), nil
	case c.Kind == Flag && rv.Kind() == reflect.Bool:
		return flag(rv.Bool()).In(lang), nil
	case c.Kind == Money && rv.Kind() == reflect.Int64:
		return cents(rv.Int()), nil
	case c.Kind == Integer && rv.CanInt():
		return rv.Int(), nil
	case c.Kind == Number && rv.CanInt():
		return float64(rv.Int()), nil
	case c.Kind == Number && rv.CanFloat() && !math.IsNaN(rv.Float()) && !math.IsInf(rv.Float(), 0):
		return rv.Float(), nil
	}
	return c.time(v)
}

func (c Column) time(v any) (any, error) {
	t, ok := v.(time.Time)
	t = t.In(clock.Shanghai)
	switch {
	case ok && c.Kind == Moment && !t.IsZero():
		return moment(t.Truncate(time.Second)), nil
	case ok && c.Kind == Day && !t.IsZero():
		return day(clock.Day(t)), nil
	case ok && (c.Kind == Moment || c.Kind == Day):
		return nil, nil //nolint:nilnil // an unset time is the empty cell
	}
	return nil, fmt.Errorf("a %T cannot stand here", v)
}

func flag(b bool) i18n.Text {
	if b {
		return i18n.T("是", "yes")
	}
	return i18n.T("否", "no")
}

func text(v any, lang i18n.Lang) string {
	if t, ok := v.(i18n.Text); ok {
		return t.In(lang)
	}
	return strings.ToValidUTF8(fmt.Sprint(v), "\uFFFD")
}

// written shows a cell as text.
func written(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(cell)
}

// active are the characters with which a formula may begin. Some spreadsheets
// drop a leading tabulator or line break and look at what follows.
const active = "=+-@\t\r\n＝＋－＠"

// Guard puts an apostrophe before a text that a spreadsheet might calculate,
// and before one that Unguard would take for guarded.
func Guard(s string) string {
	if isActive(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// Unguard takes away what Guard has put before a text.
func Unguard(s string) string {
	rest, found := strings.CutPrefix(s, "'")
	if found && isActive(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return s
}

func isActive(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune(active, first)
}

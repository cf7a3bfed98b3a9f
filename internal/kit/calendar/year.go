package calendar

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Year is what the State Council announced for one year. As text, in the
// embedded table and wherever an imported year is kept, it is one line:
//
//	2019 off <12-30..01-01 02-04..02-10 work <12-29 02-02 from https://…
//
// where "<" marks a day of the year before.
type Year struct {
	Year   int
	Off    []time.Time // days off, weekends inside a holiday included; any instant of the day
	Work   []time.Time // Saturdays and Sundays that are worked
	Source []string    // addresses of the notices
}

// The years that a notice may be for, and how many days it may name; so far
// no year named more than 41.
const (
	firstYear = 2000
	lastYear  = 2099
	maxNamed  = 100
)

// Check returns an Invalid fault that names every impossible day of the year.
func (y Year) Check() error {
	if y.Year < firstYear || y.Year > lastYear {
		return fault.Field("year", i18n.T("年份须在 %d 至 %d 之间", "the year must lie between %d and %d"), firstYear, lastYear)
	}
	if len(y.Off) == 0 {
		return fault.Field("days", i18n.T("没有任何放假日期，%d 年的安排可能尚未公布", "no day off is named; %d may not be announced yet"), y.Year).
			WithFix(i18n.T("请等国务院办公厅通知发布后再导入", "Import it once the State Council has published its notice"))
	}
	if len(y.Off)+len(y.Work) > maxNamed {
		return fault.Field("days", i18n.T("一年最多列 %d 天", "a year may name at most %d days"), maxNamed)
	}
	return y.checkDays()
}

func (y Year) checkDays() error {
	var bad fault.Fields
	seen := map[day]bool{}
	for d, works := range y.named() {
		field := d.String()
		bad.Refuse(!y.covers(d), field, i18n.T("%s 不属于 %d 年的安排", "%s does not belong to the notice for %d"), d, y.Year)
		bad.Refuse(seen[d], field, i18n.T("%s 出现了两次", "%s is named twice"), d)
		bad.Refuse(works && !d.weekend(), field, i18n.T("%s 不是周末，不能是调休上班日", "%s is not on a weekend and cannot be a make-up day"), d)
		bad.Refuse(works && d.statutory(), field, i18n.T("%s 是法定节假日，不能上班", "%s is a statutory holiday and cannot be worked"), d)
		seen[d] = true
	}
	for _, d := range statutory(y.Year) {
		bad.Refuse(!seen[d], d.String(), i18n.T("缺少法定节假日 %s", "the statutory holiday %s is missing"), d)
	}
	return bad.Err()
}

// covers reports whether the notice may speak of d.
func (y Year) covers(d day) bool {
	return d.year() == y.Year || d.year() == y.Year-1 && d.lastWeek()
}

// named yields every day that the notice names, and whether it is worked.
func (y Year) named() iter.Seq2[day, bool] {
	return func(yield func(day, bool) bool) {
		for i, t := range slices.Concat(y.Off, y.Work) {
			if !yield(dayOf(t), i >= len(y.Off)) {
				return
			}
		}
	}
}

// MarshalText writes the one-line form, or fails as Check does.
func (y Year) MarshalText() ([]byte, error) {
	if err := y.Check(); err != nil {
		return nil, err
	}
	words := slices.Concat([]string{strconv.Itoa(y.Year), "off"}, y.ranges(y.Off), []string{"work"}, y.ranges(y.Work), []string{"from"}, y.Source)
	return []byte(strings.Join(words, " ")), nil
}

// ranges writes days as "02-04..02-10", or "02-04" where one stands alone.
func (y Year) ranges(ts []time.Time) (words []string) {
	var days []day
	for _, t := range ts {
		days = append(days, dayOf(t))
	}
	slices.Sort(days)
	for len(days) > 0 {
		n := 1
		for n < len(days) && days[n] == days[0]+day(n) {
			n++
		}
		word := y.short(days[0])
		if n > 1 {
			word += ".." + y.short(days[n-1])
		}
		words, days = append(words, word), days[n:]
	}
	return words
}

func (y Year) short(d day) string {
	s := d.start().Format("01-02")
	if d.year() < y.Year {
		return "<" + s
	}
	return s
}

// UnmarshalText reads the one-line form and fails as Check does.
func (y *Year) UnmarshalText(b []byte) error {
	head, rest, _ := strings.Cut(strings.TrimSpace(string(b)), " off ")
	off, rest, okWork := strings.Cut(rest+" ", " work ")
	work, from, okFrom := strings.Cut(" "+rest, " from ")
	n, err := strconv.Atoi(head)
	if err != nil || !okWork || !okFrom {
		return unreadable(string(b))
	}
	got := Year{Year: n, Source: strings.Fields(from)}
	if got.Off, err = got.expand(off); err != nil {
		return err
	}
	if got.Work, err = got.expand(work); err != nil {
		return err
	}
	if err = got.Check(); err == nil {
		*y = got
	}
	return err
}

func unreadable(s string) error {
	return fault.Field("days", i18n.T("看不懂放假安排“%s”", `cannot read the holidays "%s"`), s)
}

// expand reads what ranges writes.
func (y Year) expand(words string) (ts []time.Time, err error) {
	for word := range strings.FieldsSeq(words) {
		first, last, isRange := strings.Cut(word, "..")
		if !isRange {
			last = first
		}
		a, errA := y.long(first)
		z, errZ := y.long(last)
		if errA != nil || errZ != nil || z < a {
			return nil, unreadable(word)
		}
		for d := a; d <= z; d++ {
			ts = append(ts, d.start())
		}
	}
	return ts, nil
}

func (y Year) long(short string) (day, error) {
	year := y.Year
	if s, before := strings.CutPrefix(short, "<"); before {
		short, year = s, year-1
	}
	t, err := time.Parse(time.DateOnly, fmt.Sprintf("%04d-%s", year, short))
	return dayAt(t.Date()), err
}

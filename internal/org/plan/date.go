package plan

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"qingfeng/internal/kit/outline"
)

// blank is what stands for a number that somebody will fill in.
const blank = `[_＿xX×*]`

const (
	digits = `(?:\d|` + blank + `)`
	// writtenDate is 2021年3月5日 or a part of it, digitDate 2021.3.5.
	writtenDate = `(?:(` + digits + `{2,4})\s*年\s*)?(` + digits + `{1,4})\s*月\s*(?:(` + digits + `{1,4})\s*[日号])?`
	digitDate   = `(\d{4})[.．/-](\d{1,2})[.．/-](\d{1,2})`
	dateForm    = `(?:` + digitDate + `|` + writtenDate + `)`
	// dayAlone is the end of a range in the month that it begins in: 3月1日至15日.
	dayAlone = `(\d{1,2})\s*[日号]`
	part     = `[初末底旬上中下]*`
	until    = `\s*(?:至|到|—+|–|-+|－|~|～)\s*`
)

// anyDate is a date, or a part of one, with or without its numbers: groups of year,
// month and day, in digits alone or with their words.
var anyDate = regexp.MustCompile(dateForm)

// day is a date as the document writes it.
type day struct {
	at               outline.Span
	year, month, day int  // 0: not said
	blank            bool // a number is left to be filled in
}

// days finds the dates of a place.
func (r *reading) days(within outline.Span) (all []day) {
	for _, m := range r.text.FindAll(within, anyDate, -1) {
		groups := m[1:4]
		if groups[0].Empty() {
			groups = m[4:7]
		}
		all = append(all, r.dayOf(m[0], groups))
	}
	return all
}

// dayOf is the date of groups of year, month and day.
func (r *reading) dayOf(at outline.Span, groups []outline.Span) day {
	d := day{at: r.text.Trim(at)}
	for i, part := range []*int{&d.year, &d.month, &d.day} {
		text := r.text.At(groups[i])
		n, err := strconv.Atoi(text)
		*part = n
		d.blank = d.blank || text != "" && err != nil
	}
	return d
}

// said reports whether the document says the whole of it: a month of a year, at
// the least.
func (d day) said() bool { return !d.blank && d.year >= 1949 }

// value is a date in digits: a day or a month; empty where the document does not
// say it, or says one that there is not.
func (d day) value() string {
	if !d.said() || d.month < 1 || d.month > 12 {
		return ""
	}
	if d.day == 0 {
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	}
	t := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	if t.Day() != d.day {
		return ""
	}
	return t.Format(time.DateOnly)
}

// since fills in the year of a date by that of the beginning of its range.
func (d day) since(begin day) day {
	if d.year == 0 {
		d.year = begin.year
	}
	return d
}

// keepDay keeps a date as a value; nil where the document leaves it open, and
// where it says one that no calendar has, which is a doubt.
func (r *reading) keepDay(d day, pointer string, parts ...any) *string {
	if d.value() == "" {
		if d.said() {
			r.plan.Doubts = append(r.plan.Doubts, Doubt{Pointer: fmt.Sprintf(pointer, parts...), Text: r.text.At(d.at), At: Span{d.at.Start, d.at.End}})
		}
		return nil
	}
	return r.keep(d.value(), d.at, pointer, parts...)
}

// ofMonth is a day alone that ends a range: its month and year are those of the
// beginning, and it stands in both.
func (r *reading) ofMonth(begin day, alone outline.Span) day {
	d := r.dayOf(alone, []outline.Span{{}, {}, alone})
	d.year, d.month, d.at.Start = begin.year, begin.month, begin.at.Start
	return d
}

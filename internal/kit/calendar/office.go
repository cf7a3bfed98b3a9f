package calendar

import (
	"fmt"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Rules are the parameters that differ by place. The zero Rules are the
// defaults: limits end at 24:00, nothing rolls, and office hours are
// StandardOffice.
type Rules struct {
	// Roll moves the end of a limit of days from a day that is no working day
	// to the next working day (民法典 art. 203).
	Roll bool `json:"roll"`
	// AtClose ends limits of working days at close of business, not at 24:00.
	AtClose bool `json:"at_close"`
	// LateNextDay counts what arrives after close of business, or on a day that
	// is no working day, as received on the next working day. It concerns
	// limits of working days only.
	LateNextDay bool `json:"late_next_day"`
	// Office is when people work on a working day, in order, with the breaks
	// left out.
	Office []Span `json:"office,omitempty"`
}

// Span is a stretch of a day, as time since midnight; To is excluded and may
// be 24 hours. As text it reads "08:30-12:00".
type Span struct{ From, To time.Duration }

// StandardOffice is eight hours with a lunch break: 08:30-12:00, 13:30-18:00.
func StandardOffice() []Span {
	return []Span{{8*time.Hour + 30*time.Minute, 12 * time.Hour}, {13*time.Hour + 30*time.Minute, 18 * time.Hour}}
}

// Check returns an Invalid fault when office hours are empty, overlap, run
// backwards or leave the day.
func (r Rules) Check() error {
	var bad fault.Fields
	var end time.Duration
	for i, s := range r.Office {
		bad.Refuse(s.From < end || s.To <= s.From || s.To > wholeDay, fmt.Sprintf("office[%d]", i),
			i18n.T("办公时间 %s 不成立：须先后有序、互不重叠、不超过 24:00", "office hours %s cannot be: they must be in order, without overlap, up to 24:00"), s)
		end = s.To
	}
	return bad.Err()
}

func (r Rules) office() []Span {
	if len(r.Office) == 0 {
		return StandardOffice()
	}
	return r.Office
}

// ending is when a working day ends for a limit of working days.
func (r Rules) ending() time.Duration {
	if !r.AtClose {
		return wholeDay
	}
	return r.closing()
}

// closing is close of business.
func (r Rules) closing() time.Duration {
	spans := r.office()
	return spans[len(spans)-1].To
}

// String returns the form that UnmarshalText reads.
func (s Span) String() string { return hourMinute(s.From) + "-" + hourMinute(s.To) }

func hourMinute(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
}

// MarshalText writes "08:30-12:00".
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads "08:30-12:00"; the fault is Invalid and says so.
func (s *Span) UnmarshalText(b []byte) error {
	var h1, m1, h2, m2 int
	n, err := fmt.Sscanf(string(b), "%02d:%02d-%02d:%02d", &h1, &m1, &h2, &m2)
	minutes := func(h, m int) time.Duration { return time.Duration(h*60+m) * time.Minute }
	got := Span{minutes(h1, m1), minutes(h2, m2)}
	if err != nil || n != 4 || got.String() != string(b) {
		return fault.Field("office", i18n.T("看不懂办公时间“%s”，请写成 08:30-12:00", `cannot read the office hours "%s"; write 08:30-12:00`), b)
	}
	*s = got
	return nil
}

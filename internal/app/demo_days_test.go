package app

import (
	"bytes"
	"context"
	"testing"
	"time"

	"qingfeng/internal/demo"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/verify"
)

// On whatever day somebody first starts the demo: the first of a year, of a month that
// is a Sunday, the last of a month, a leap day; by night, when the date of UTC is
// still that of the day before.
func TestDemoCityVerifiesOnEveryDay(t *testing.T) {
	for _, day := range []time.Time{
		time.Date(2027, 1, 1, 0, 5, 0, 0, clock.Shanghai), time.Date(2026, 3, 1, 23, 50, 0, 0, clock.Shanghai),
		time.Date(2026, 8, 31, 17, 0, 0, 0, clock.Shanghai), time.Date(2028, 2, 29, 7, 0, 0, 0, clock.Shanghai),
	} {
		t.Run(day.Format(time.DateOnly), func(t *testing.T) {
			s, _ := cityOn(t, Place{Data: t.TempDir()}, day.UTC(), demo.Plan{Seed: 1, Institutions: 20, Cases: 5, Days: 30})
			var out bytes.Buffer
			if wrong, err := verify.All(context.Background(), s.DB, &out, s.Checks()); err != nil || wrong > 0 {
				t.Errorf("%d wrong, %v\n%s", wrong, err, out.String())
			}
			if x := s.summed(t, "医疗乱象", "半年"); x.State != "signed" || x.Lines[0].Values[0] == "" {
				t.Errorf("the half year is %s, %v", x.State, x.Lines[0])
			}
		})
	}
}

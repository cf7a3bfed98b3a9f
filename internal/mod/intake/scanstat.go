package intake

import (
	"context"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// longestPeriod is how many days one scan statistic covers.
const longestPeriod = 366

// ScanPeriod chooses scans.
type ScanPeriod struct {
	From        string `query:"from" maxLength:"10" doc:"First day, as 2026-07-01; 30 days before the last when absent."`
	To          string `query:"to" maxLength:"10" doc:"Last day; today when absent."`
	Region      string `query:"region" maxLength:"6"`
	Institution string `query:"institution" maxLength:"64"`
	Place       string `query:"place" maxLength:"64"`
}

// DayScans is the scans of a day.
type DayScans struct {
	Day   string `json:"day"`
	Scans int64  `json:"scans"`
}

// PlaceScans is the scans at a place, whatever code hung there.
type PlaceScans struct {
	Place           string `json:"place"`
	Name            string `json:"name"`
	Institution     string `json:"institution"`
	InstitutionName string `json:"institution_name"`
	Scans           int64  `json:"scans"`
	Last            string `json:"last" doc:"Day."`
}

// ScanFigures is how often codes were scanned in a period.
type ScanFigures struct {
	From   string       `json:"from"`
	To     string       `json:"to"`
	Total  int64        `json:"total"`
	Days   []DayScans   `json:"days" doc:"Every day of the period, those without a scan too."`
	Places []PlaceScans `json:"places" doc:"The hundred places that were scanned most."`
}

const mostScanned = 100

// Scans counts the scans of the actor's scope by day and by place. Nothing is
// known of who scanned. Faults: Invalid for a period that is none or longer
// than 366 days, NotFound for a region that does not exist.
func (s *Service) Scans(ctx context.Context, in ScanPeriod) (f ScanFigures, err error) {
	defer fault.Wrap(&err, "intake.Scans")
	days, err := in.days(s.now())
	if err != nil {
		return f, err
	}
	f.From, f.To = days[0], days[len(days)-1]
	err = s.DB.Read(ctx, func(r db.Reader) error {
		var w db.Where
		if err := withinRegion(ctx, r, &w, "p.path", ReadCodes, in.Region); err != nil {
			return err
		}
		w.And("x.day >= ? and x.day <= ?", f.From, f.To)
		w.AndIf(in.Institution != "", "c.institution = ?", in.Institution)
		w.AndIf(in.Place != "", "c.place = ?", in.Place)
		byDay, err := scansByDay(r, w)
		if err != nil {
			return err
		}
		for _, d := range days {
			f.Days = append(f.Days, DayScans{d, byDay[d]})
			f.Total += byDay[d]
		}
		f.Places, err = scansByPlace(r, w, mostScanned)
		return err
	})
	return f, err
}

// days lists the days of the period.
func (p ScanPeriod) days(now time.Time) ([]string, error) {
	to, err := dayOr(p.To, "to", clock.Day(now))
	if err != nil {
		return nil, err
	}
	from, err := dayOr(p.From, "from", to.AddDate(0, 0, -29))
	switch {
	case err != nil:
		return nil, err
	case from.After(to):
		return nil, fault.Field("from", i18n.T("开始日期不能晚于结束日期", "the first day is after the last"))
	case from.AddDate(0, 0, longestPeriod).Before(to.AddDate(0, 0, 1)):
		return nil, fault.Field("from", i18n.T("一次最多查 %d 天", "at most %d days at a time"), longestPeriod)
	}
	var days []string
	for d := from; !d.After(to); d = d.AddDate(0, 0, 1) {
		days = append(days, d.Format(time.DateOnly))
	}
	return days, nil
}

// dayOr reads a day of a filter.
func dayOr(text, field string, otherwise time.Time) (time.Time, error) {
	if text == "" {
		return otherwise, nil
	}
	return clock.ParseDay(field, text)
}

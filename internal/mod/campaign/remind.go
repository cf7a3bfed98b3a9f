package campaign

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/org"
)

// Notifier tells staff something.
type Notifier interface {
	Send(ctx context.Context, tx *db.Tx, to []string, kind string, text i18n.Text, link string) error
}

// Working is the calendar of working days, as it was known at a time.
type Working func(ctx context.Context, began, knew time.Time) calendar.Calendar

// warnBefore is how many working days before its day a return is asked for.
const warnBefore = 3

// The roles of those who are told.
const (
	roleOffice      = "campaign"
	roleCoordinator = "coordinator"
	roleDirector    = "director"
)

// remind tells those who owe three working days before, and them and the owner
// when the day is over.
func (s *Service) remind(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "campaign.remind")
	now := s.Now()
	soon := s.soon(ctx, now)
	return job.Sweep(ctx, s.DB, func(r db.Reader, after string) ([]Return, error) {
		var w db.Where
		w.And("id > ?", after)
		return untold(r, &w, soon, DayOf(now))
	}, func(x Return) string { return x.ID }, func(ctx context.Context, stale Return) error {
		return s.DB.InTx(ctx, func(tx *db.Tx) error {
			var w db.Where
			w.And("id = ?", stale.ID)
			found, err := untold(tx.Reader, &w, soon, DayOf(now))
			if err != nil || len(found) == 0 { // somebody acted meanwhile
				return err
			}
			return s.remindOf(ctx, tx, found[0], now)
		})
	})
}

// soon is the last day of which people are told now that it comes.
func (s *Service) soon(ctx context.Context, now time.Time) Day {
	days, soon := s.Calendar(ctx, now, now), DayOf(now)
	for d := now; days.WorkingDays(now, d) <= warnBefore; d = d.AddDate(0, 0, 1) {
		soon = DayOf(d)
	}
	return soon
}

// untold are returns of campaigns that run of which nobody was told that they are due
// soon, or were.
func untold(r db.Reader, w *db.Where, soon, today Day) ([]Return, error) {
	w.And("state in ('owed', 'returned') and submitted_at is null and due <= ? and (warned_at is null or alarmed_at is null and due < ?)", soon, today)
	w.And("exists (select 1 from campaign c where c.id = campaign_return.campaign and c.state = 'running')")
	return db.All[Return](r, `select `+returnColumns+` from campaign_return `+w.String()+` order by id `+w.Bind("limit ?", atOnce), w.Args()...)
}

// remindOf tells about one return.
func (s *Service) remindOf(ctx context.Context, tx *db.Tx, x Return, now time.Time) error {
	c, err := db.One[Campaign](tx.Reader, `select `+columns+` from campaign where id = $1`, x.Campaign)
	if err != nil {
		return err
	}
	unit, err := org.UnitByID(tx.Reader, x.Unit)
	if err != nil {
		return err
	}
	owe, err := staffOf(tx.Reader, unit, roleOffice, roleCoordinator)
	if err != nil {
		return err
	}
	link := "/campaign/list/" + x.Campaign + "/returns/" + x.ID
	text := i18n.T("“%s”%s应于 %s 前报送，请及时填报", "“%s”: %s is due by %s; please fill it in").With(c.Title, x.Title, string(x.Due))
	x.WarnedAt = now
	if x.over(now) {
		x.AlarmedAt = now
		text = i18n.T("“%s”%s已于 %s 到期，尚未报送", "“%s”: %s was due on %s and is missing").With(c.Title, x.Title, string(x.Due))
		if err := s.escalate(ctx, tx, c, x, unit, link); err != nil {
			return err
		}
	}
	return fault.First(func() error { return s.tell(ctx, tx, owe, "campaign.return", text, link) }, func() error { return updateReturn(tx, x) })
}

// escalate tells the owner that a unit is late.
func (s *Service) escalate(ctx context.Context, tx *db.Tx, c Campaign, x Return, unit org.Unit, link string) error {
	owner, err := org.UnitByID(tx.Reader, c.Owner)
	if err != nil {
		return err
	}
	to, err := staffOf(tx.Reader, owner, roleOffice, roleDirector)
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, to, "campaign.late", i18n.T("%s逾期未报“%s”%s", "%s has not sent what was due: “%s”, %s").With(unit.Name, c.Title, x.Title), link)
}

func (s *Service) tell(ctx context.Context, tx *db.Tx, to []string, kind string, text i18n.Text, link string) error {
	if len(to) == 0 {
		return nil
	}
	return s.Notify.Send(ctx, tx, to, kind, text, link)
}

// staffOf are the people of a unit in some roles.
func staffOf(r db.Reader, u org.Unit, roles ...string) ([]string, error) {
	holders, err := org.HoldersOf(r, u.Path, roles...)
	ids := []string{}
	for _, h := range holders {
		if h.UnitID == u.ID && !slices.Contains(ids, h.ID) {
			ids = append(ids, h.ID)
		}
	}
	return ids, err
}

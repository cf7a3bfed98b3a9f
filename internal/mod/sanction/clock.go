package sanction

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// ClockKind tells which step a limit is for.
type ClockKind string

// The clocks.
const (
	ClockDecide   ClockKind = "decide"
	ClockHearing  ClockKind = "hearing" // the party's, not ours: nobody is reminded
	ClockServe    ClockKind = "serve"
	ClockPay      ClockKind = "pay"
	ClockPublish  ClockKind = "publish"
	ClockWithdraw ClockKind = "withdraw"
	ClockNotice   ClockKind = "notice"
	ClockReceipt  ClockKind = "receipt"
	ClockResult   ClockKind = "result"
)

// Clocks lists them.
func Clocks() []Word[ClockKind] {
	return []Word[ClockKind]{word(ClockDecide, "作出决定", "Decision"), word(ClockHearing, "听证申请", "Asking for a hearing"), word(ClockServe, "送达", "Service"),
		word(ClockPay, "缴纳罚款", "Payment"), word(ClockPublish, "公示", "Publication"), word(ClockWithdraw, "撤回公示", "Withdrawal of the publication"),
		word(ClockNotice, "记分告知", "Notice of points"), word(ClockReceipt, "移送回执", "Receipt of the transfer"), word(ClockResult, "移送结果", "Result of the transfer")}
}

// Clock is a limit that a record has to keep.
type Clock struct {
	ID          string    `json:"id"`
	Record      string    `json:"-"`
	Kind        ClockKind `json:"kind"`
	Path        string    `json:"-"`
	Number      string    `json:"-"`
	Link        string    `json:"-"`
	StartedOn   time.Time `json:"started_on"`
	TimeLimit   string    `json:"time_limit"`
	Version     string    `json:"version" doc:"Version of the setting."`
	DueAt       time.Time `json:"due_at" doc:"The first instant that is too late."`
	Provisional bool      `json:"provisional" doc:"Rests on a year whose holidays are not announced."`
	MetOn       time.Time `json:"met_on,omitzero"`
	Level       int       `json:"level" doc:"100: those responsible were told that it passed; 80: that it will soon."`
	NextAt      time.Time `json:"-"`
}

// late reports whether a limit was, or is, missed.
func (k Clock) late(now time.Time) bool {
	if !k.MetOn.IsZero() {
		return !k.MetOn.Before(k.DueAt)
	}
	return !now.Before(k.DueAt)
}

// timed is a record as its clocks know it.
type timed struct{ id, path, number, link string }

// start begins a clock of a record on a day.
func (s *Service) start(ctx context.Context, tx *db.Tx, x timed, kind ClockKind, key config.Key[calendar.Limit], on time.Time) error {
	limit, version, err := config.At(ctx, s.Settings, key, x.path, on)
	if err != nil {
		return err
	}
	due := s.Calendar(ctx, on, s.Now()).Due(on, limit)
	k := Clock{ID: db.NewID(), Record: x.id, Kind: kind, Path: x.path, Number: x.number, Link: x.link, StartedOn: on, TimeLimit: limit.String(), Version: version,
		DueAt: due.At, Provisional: due.Provisional}
	if kind != ClockHearing {
		k.NextAt = k.warnAt()
	}
	return save(tx, clockTable, k.ID, k)
}

// Levels of a clock.
const (
	levelSoon = 80
	levelDue  = 100
)

// warnAt is when four fifths of the limit are over.
func (k Clock) warnAt() time.Time {
	return stampOf(k.StartedOn.Add(k.DueAt.Sub(k.StartedOn) / 100 * levelSoon))
}

// meet stops the running clocks of a record, those of one kind or all.
func meet(tx *db.Tx, record string, on time.Time, kinds ...ClockKind) error {
	ks, err := clocksOf(tx.Reader, record)
	for i := 0; err == nil && i < len(ks); i++ {
		if k := ks[i]; k.MetOn.IsZero() && (len(kinds) == 0 || slices.Contains(kinds, k.Kind)) {
			k.MetOn, k.NextAt = on, time.Time{}
			err = save(tx, clockTable, k.ID, k)
		}
	}
	return err
}

// clocksOf returns the clocks of a record, the first one first.
func clocksOf(r db.Reader, record string) ([]Clock, error) {
	return all[Clock](r, clockTable, `where record = $1 order by id`, record)
}

// dueOf is when the newest clock of a kind ends; the zero time without one.
func dueOf(ks []Clock, kind ClockKind) (due time.Time) {
	for _, k := range ks {
		if k.Kind == kind {
			due = k.DueAt
		}
	}
	return due
}

const (
	jobAlarms  = "sanction.alarms"
	alarmEvery = 10 * time.Minute
)

// alarms tells those responsible of limits that end soon or have passed, once
// each: after a stop of the program not twice.
func (s *Service) alarms(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "sanction.alarms")
	due := func(r db.Reader, after string) ([]string, error) {
		return db.Values[string](r, `select id from `+clockTable+` where next_at is not null and next_at <= $1 and id > $2 order by id limit $3`, s.Now(), after, sweepBatch)
	}
	return s.each(ctx, due, s.ring)
}

// ring raises the level of one clock and tells who answers for it, unless its step was
// taken meanwhile.
func (s *Service) ring(ctx context.Context, tx *db.Tx, id string) error {
	k, err := byID[Clock](tx.Reader, clockTable, i18n.T("期限", "limit"), id)
	if err != nil || k.NextAt.IsZero() || k.NextAt.After(s.Now()) {
		return err
	}
	text := i18n.T("%[1]s：%[2]s的期限将至", "%[1]s: the limit for %[2]s ends soon")
	roles := []string{RoleCampaign}
	k.Level, k.NextAt = levelSoon, k.DueAt
	if k.late(s.Now()) {
		text = i18n.T("%[1]s：%[2]s已超期", "%[1]s: %[2]s is overdue")
		roles = append(roles, RoleDirector)
		k.Level, k.NextAt = levelDue, time.Time{}
	}
	if err := save(tx, clockTable, k.ID, k); err != nil {
		return err
	}
	return s.tell(ctx, tx, k.Path, "sanction.alarm", text.With(k.Number, nameOf(Clocks(), k.Kind)), k.Link, roles...)
}

// The roles that are told; their permissions are the program's.
const (
	RoleCampaign = "campaign"
	RoleDirector = "director"
)

// tell tells who holds roles at a path something inside the program.
func (s *Service) tell(ctx context.Context, tx *db.Tx, path, kind string, text i18n.Text, link string, roles ...string) error {
	staff, err := org.HoldersOf(tx.Reader, path, roles...)
	if err != nil || len(staff) == 0 {
		return err
	}
	ids := make([]string, len(staff))
	for i, p := range staff {
		ids[i] = p.ID
	}
	return s.Notify.Send(ctx, tx, ids, kind, text, link)
}

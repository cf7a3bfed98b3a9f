package system

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// rules is how time limits are reckoned. It holds everywhere: one case may run
// through units of several places, and has one deadline.
var rules = config.Define("calendar.rules", calendar.Rules{},
	i18n.T("期限计算规则：末日是否顺延、下班是否即止、下班后收件是否算次日、办公时间",
		"How time limits are reckoned: whether they roll past holidays, end at close of business, whether late arrivals count as the next working day, and office hours"),
	i18n.Text{}, calendar.Rules.Check)

// notice is a year as it was imported.
type notice struct {
	ID             string
	Year           int
	Line           string
	Reason         string
	ImportedBy     string
	ImportedByName string
	ImportedAt     time.Time
}

// known is the announced years, built in and imported.
type known struct {
	calendar calendar.Calendar
	imported map[int]notice
	steps    []step // by when they were imported
}

// step is the announced years as they were known from an import on.
type step struct {
	from     time.Time
	calendar calendar.Calendar
}

// at returns the years as they were known at t.
func (k *known) at(t time.Time) calendar.Calendar {
	for _, x := range slices.Backward(k.steps) {
		if !x.from.After(t) {
			return x.calendar
		}
	}
	return calendar.Builtin()
}

func (s *Service) loadYears(ctx context.Context) (*known, error) {
	var ns []notice
	err := s.DB.Read(ctx, func(r db.Reader) (err error) {
		ns, err = notices(r)
		return err
	})
	if err != nil {
		return nil, err
	}
	return follow(ns)
}

// follow adds the imported years to those built in.
func follow(ns []notice) (*known, error) {
	k := known{calendar: calendar.Builtin(), imported: map[int]notice{}}
	for _, n := range ns {
		y, err := n.year()
		if err != nil {
			return nil, err
		}
		if k.calendar, err = k.calendar.With(y); err != nil {
			return nil, err
		}
		k.imported[n.Year] = n
		k.steps = append(k.steps, step{n.ImportedAt, k.calendar})
	}
	return &k, nil
}

func (n notice) year() (y calendar.Year, err error) {
	if err := y.UnmarshalText([]byte(n.Line)); err != nil {
		return y, fmt.Errorf("system: notice %s of %d: %w", n.ID, n.Year, err)
	}
	return y, nil
}

// Calendar returns the working days and rules that hold now; what another
// process imported is seen within two seconds. Where the database does not
// answer, it is the last that was known: whoever asks is about to store what
// follows from it, and that fails then too.
func (s *Service) Calendar(ctx context.Context) calendar.Calendar {
	return s.CalendarOf(ctx, s.Now(), s.Now())
}

// CalendarOf returns the working days as they were known at one time, under
// the rules of another: a limit keeps the rules under which it began, and its
// deadline follows what is announced while it runs.
func (s *Service) CalendarOf(ctx context.Context, began, knew time.Time) calendar.Calendar {
	k, err := s.years.Get(ctx, s.loadYears)
	if k == nil {
		k = &known{}
	}
	c := k.at(knew)
	if err == nil {
		c, err = s.under(ctx, c, began)
	}
	if err != nil {
		slog.ErrorContext(ctx, "calendar not renewed", "err", err)
	}
	return c
}

func (s *Service) under(ctx context.Context, c calendar.Calendar, at time.Time) (calendar.Calendar, error) {
	r, _, err := config.At(ctx, s.Settings, rules, "/", at)
	if err != nil {
		return c, err
	}
	return c.Under(r)
}

// Holidays tells whether the holidays of a year are known, and from where.
type Holidays struct {
	Year           int       `json:"year"`
	Announced      bool      `json:"announced"`
	WorkingDays    int       `json:"working_days"`
	Imported       bool      `json:"imported" doc:"By an administrator; otherwise it came with the program."`
	Sources        []string  `json:"sources" doc:"Addresses of the notices of an imported year."`
	Reason         string    `json:"reason"`
	ImportedBy     string    `json:"imported_by"`
	ImportedByName string    `json:"imported_by_name"`
	ImportedAt     time.Time `json:"imported_at,omitzero"`
	Warning        i18n.Text `json:"warning" doc:"What to be careful about while the year is not announced; empty otherwise."`
}

// The years that a notice can be for.
const (
	firstYear = 2000
	lastYear  = 2099
)

// Years is the announced years, this one and the next, in order.
type Years struct {
	Items []Holidays `json:"items"`
}

// ListYears tells which years are announced. This year and the next are in the
// list whether they are or not.
func (s *Service) ListYears(ctx context.Context, _ struct{}) (out Years, err error) {
	defer fault.Wrap(&err, "system.ListYears")
	k, err := s.years.Get(ctx, s.loadYears)
	if err != nil {
		return out, err
	}
	this := s.thisYear()
	for y := firstYear; y <= lastYear; y++ {
		if k.calendar.Announced(y) || y == this || y == this+1 {
			out.Items = append(out.Items, k.year(y))
		}
	}
	return out, nil
}

func (s *Service) thisYear() int { return s.Now().In(clock.Shanghai).Year() }

func (k *known) year(year int) Holidays {
	y := Holidays{Year: year, Announced: k.calendar.Announced(year), WorkingDays: k.calendar.InYear(year), Sources: []string{}}
	if !y.Announced {
		y.Warning = unannounced(year)
	}
	n, ok := k.imported[year]
	if !ok {
		return y
	}
	y.Imported, y.Reason, y.ImportedBy, y.ImportedByName, y.ImportedAt = true, n.Reason, n.ImportedBy, n.ImportedByName, n.ImportedAt
	if line, err := n.year(); err == nil {
		y.Sources = append(y.Sources, line.Source...)
	}
	return y
}

func unannounced(year int) i18n.Text {
	return i18n.T("%d 年放假安排未发布：涉及该年的期限暂按周末和固定日期的法定节假日计算，国务院办公厅通知发布后请尽快导入",
		"the holidays of %d are not announced: limits that reach into it are reckoned with weekends and holidays of fixed date for now; import the notice of the State Council as soon as it is out").With(year)
}

// OfYear is a request about one year.
type OfYear struct {
	Year int `path:"year" minimum:"2000" maximum:"2099"`
}

// Day is a day of the calendar.
type Day struct {
	Date string `json:"date" example:"2026-02-14"`
	Kind string `json:"kind" enum:"work,makeup,holiday,weekend" doc:"makeup is a Saturday or Sunday that is worked; a weekend inside a holiday is weekend."`
}

// Days is a year day by day.
type Days struct {
	Holidays
	Days []Day `json:"days"`
}

// Year returns the days of a year; those of one that is not announced are
// provisional, and the warning says so.
func (s *Service) Year(ctx context.Context, in OfYear) (out Days, err error) {
	defer fault.Wrap(&err, "system.Year(%d)", in.Year)
	k, err := s.years.Get(ctx, s.loadYears)
	if err != nil {
		return out, err
	}
	out.Holidays = k.year(in.Year)
	for d := time.Date(in.Year, time.January, 1, 0, 0, 0, 0, clock.Shanghai); d.Year() == in.Year; d = d.AddDate(0, 0, 1) {
		out.Days = append(out.Days, Day{d.Format(time.DateOnly), kind(d.Weekday(), k.calendar.Working(d))})
	}
	return out, nil
}

func kind(w time.Weekday, working bool) string {
	weekend := w == time.Saturday || w == time.Sunday
	switch {
	case working && weekend:
		return "makeup"
	case working:
		return "work"
	case weekend:
		return "weekend"
	}
	return "holiday"
}

// Import is the holidays of a year as they come in.
type Import struct {
	Body ImportBody
}

// ImportBody is either a file or lists of days.
type ImportBody struct {
	Year    int      `json:"year" minimum:"2000" maximum:"2099"`
	File    string   `json:"file,omitempty" maxLength:"100000" doc:"Text of the holiday-cn JSON file of the year."`
	Off     []string `json:"off,omitempty" maxItems:"100" doc:"Where there is no file: the days off, weekends inside a holiday included." example:"[\"2027-02-05\"]"`
	Makeup  []string `json:"makeup,omitempty" maxItems:"100" doc:"Where there is no file: the Saturdays and Sundays that are worked."`
	Sources []string `json:"sources,omitempty" maxItems:"10" doc:"Addresses of the notices; those of a file are in it."`
	Correct bool     `json:"correct,omitempty" doc:"Replace what is known of the year."`
	Reason  string   `json:"reason" minLength:"1" maxLength:"500"`
}

// ImportYear takes the holidays of a year, whole or not at all. Faults:
// Forbidden below the top of the tree, Invalid with every day that is wrong,
// Conflict when the year is known and the import does not say that it corrects.
func (s *Service) ImportYear(ctx context.Context, in Import) (out Holidays, err error) {
	defer fault.Wrap(&err, "system.ImportYear(%d)", in.Body.Year)
	if err := needEverywhere(ctx, ManageSettings); err != nil {
		return out, err
	}
	y, err := in.Body.read()
	if err != nil {
		return out, err
	}
	line, err := y.MarshalText()
	if err != nil {
		return out, err
	}
	n := notice{ID: db.NewID(), Year: y.Year, Line: string(line), Reason: in.Body.Reason, ImportedBy: authz.From(ctx).ID, ImportedAt: s.now()}
	if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return s.keep(ctx, tx, n, in.Body.Correct) }); err != nil {
		return out, err
	}
	k, err := s.loadYears(ctx)
	if err != nil {
		return out, err
	}
	return k.year(y.Year), nil
}

// read returns the year that the input describes.
func (b ImportBody) read() (y calendar.Year, err error) {
	switch lists := len(b.Off) + len(b.Makeup); {
	case b.File != "" && lists > 0:
		return y, fault.Field("file", i18n.T("文件和日期列表只能选一种", "give either a file or lists of days, not both"))
	case b.File != "":
		if y, err = calendar.ParseYear(b.Year, []byte(b.File)); err != nil {
			return y, err
		}
	default:
		if y, err = b.lists(); err != nil {
			return y, err
		}
	}
	y.Source = append(y.Source, b.Sources...)
	return y, checkSources(y.Source)
}

func (b ImportBody) lists() (calendar.Year, error) {
	y := calendar.Year{Year: b.Year}
	var bad fault.Fields
	for field, texts := range map[string][]string{"off": b.Off, "makeup": b.Makeup} {
		for i, text := range texts {
			d, err := clock.ParseDay(field, text)
			bad.Refuse(err != nil || d.IsZero(), fmt.Sprintf("%s[%d]", field, i), i18n.T("没有“%s”这一天，应如 2027-02-05", `there is no day "%s"; write it like 2027-02-05`), text)
			if field == "off" {
				y.Off = append(y.Off, d)
			} else {
				y.Work = append(y.Work, d)
			}
		}
	}
	return y, bad.Err()
}

// checkSources refuses what is no address: the stored line would not tell
// where one ends.
func checkSources(sources []string) error {
	var bad fault.Fields
	for i, text := range sources {
		u, err := url.Parse(text)
		bad.Refuse(err != nil || !slices.Contains([]string{"http", "https"}, u.Scheme) || u.Host == "" || strings.ContainsAny(text, " \t\r\n　") || len(text) > 500,
			fmt.Sprintf("sources[%d]", i), i18n.T("应为通知的网址，以 https:// 开头", "must be the address of a notice, beginning with https://"))
	}
	return bad.Err()
}

// keep stores a year, unless it is known already and this is no correction.
func (s *Service) keep(ctx context.Context, tx *db.Tx, n notice, correct bool) error {
	before, err := imported(tx.Reader, n.Year)
	if err != nil {
		return err
	}
	if !correct && (before || calendar.Builtin().Announced(n.Year)) {
		return fault.New(fault.Conflict, i18n.T("%d 年的放假安排已经有了", "the holidays of %d are known already"), n.Year).
			WithFix(i18n.T("如需更正，请选择“更正已有安排”后再导入", "to correct them, say so and import again"))
	}
	if err := insertNotice(tx, n); err != nil {
		return err
	}
	if err := s.Audit.Append(ctx, tx, "calendar.import", n.ID, n.Reason, "year", n.Year, "correct", correct); err != nil {
		return err
	}
	tx.AfterCommit(s.years.Forget)
	if s.Tell == nil {
		return nil
	}
	return s.Tell(tx, n.Year)
}

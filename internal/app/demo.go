package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"qingfeng/internal/demo"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/doc"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

type demoCommand struct {
	Place     `embed:""`
	Web       `embed:""`
	PrintJSON bool   `help:"Print one line of JSON once the demo is ready." name:"print-json"`
	At        string `help:"Instant at which the demo begins, as 2026-07-28T09:00; the present when absent."`
	Seed      uint64 `help:"The same seed gives the same city." default:"20260728"`
	Scale     string `help:"town: 60 institutions and 900 cases. city: 2,567 institutions and 500,000 cases of a year." enum:"town,city" default:"town"`
	Cases     int    `help:"How many cases; 0 for as many as the scale has." default:"0"`
}

// Run makes the demo city when the data folder holds none, and serves it.
func (c *demoCommand) Run(ctx context.Context, w io.Writer) error {
	begin, err := c.begin()
	if err != nil {
		return err
	}
	city, err := c.city(ctx, begin)
	if err != nil {
		return err
	}
	s, err := Open(ctx, c.Place, c.Web, clock.Starting(begin))
	if err != nil {
		return err
	}
	return s.Serve(ctx, func(base string) { c.show(w, base, city) })
}

func (c *demoCommand) begin() (time.Time, error) {
	if c.At == "" {
		return clock.System(), nil
	}
	return minuteOf("at", c.At)
}

// minuteOf reads an instant that was given on the command line.
func minuteOf(flag, text string) (time.Time, error) {
	t, err := time.ParseInLocation("2006-01-02T15:04", text, clock.Shanghai)
	if err != nil {
		return t, fault.Field(flag, i18n.T("时间应写成 2026-07-28T09:00", "write the time as 2026-07-28T09:00"))
	}
	return t, nil
}

// city returns the demo of the data folder, making it at the first start.
func (c *demoCommand) city(ctx context.Context, begin time.Time) (city demo.City, err error) {
	defer fault.Wrap(&err, "demo")
	path := filepath.Join(c.Data, "demo.json")
	text, err := os.ReadFile(path) //nolint:gosec // the path is the operator's
	switch {
	case err == nil:
		err = json.Unmarshal(text, &city)
		return city, err
	case !errors.Is(err, fs.ErrNotExist):
		return city, err
	}
	if city, err = c.build(ctx, begin); err != nil {
		return city, err
	}
	if text, err = json.Marshal(city); err != nil {
		return city, err
	}
	return city, os.WriteFile(path, text, 0o600)
}

// build makes the city. It need not survive a power cut until it is done, so
// it does not wait for the disk at each of its many steps.
func (c *demoCommand) build(ctx context.Context, begin time.Time) (demo.City, error) {
	now := demo.NewClock(begin)
	place := c.Place
	place.options = []db.Option{db.Unsynced}
	s, err := Open(ctx, place, c.Web, now.Now)
	if err != nil {
		return demo.City{}, err
	}
	plan := demo.Small()
	if c.Scale == "city" {
		plan = demo.Large()
	}
	plan.Seed = c.Seed
	if c.Cases > 0 {
		plan.Cases = c.Cases
	}
	// The rates need not hear of every step: they look at each case once, when
	// the past is over.
	s.Casework.Tell = func(*db.Tx, string) error { return nil }
	city, err := demo.Build(ctx, s.parts(now, progress(os.Stderr)), plan)
	if err == nil && c.Scale != "city" {
		err = s.giveFiles(ctx)
	}
	if err == nil {
		err = s.Log.Sequence(ctx)
	}
	return city, errors.Join(err, s.Close())
}

// parts are the pieces of s that a demo works with.
func (s *System) parts(now *demo.Clock, progress func(done, all int)) demo.Parts {
	return demo.Parts{DB: s.DB, Queue: s.Queue, Org: s.Org, Intake: s.Intake, Casework: s.Casework, Rates: s.Rates, Campaign: s.Campaign, Inspections: s.Inspections, Sanction: s.Sanction, Rectify: s.Rectify, Photo: s.photographer(), Sketch: s.sketch,
		Notify: s.Notify, Forms: s.Forms, Upload: s.inventedUpload, Begin: s.Log.Adopt, Sign: s.Log.Sequence,
		Progress: progress, Figures: s.Rates.Module().Periodic, Observe: s.observe, Opening: inCasework, Record: s.recordPast, Clock: now}
}

// progress writes a line at each tenth of the work, for who waits.
func progress(w io.Writer) func(done, all int) {
	said := -1
	return func(done, all int) {
		tenth := int(float64(done) / float64(all) * 10)
		if tenth <= said {
			return
		}
		said = tenth
		line := i18n.T("正在生成示例城市：%d%%", "making the demo city: %d %%").In(terminalLang())
		_, _ = fmt.Fprintf(w, line+"\n", tenth*10)
	}
}

func (c *demoCommand) show(w io.Writer, base string, city demo.City) {
	if c.PrintJSON {
		line, err := json.Marshal(struct {
			BaseURL string `json:"base_url"`
			demo.City
		}{base, city})
		if err == nil {
			_, _ = fmt.Fprintln(w, string(line))
		}
		return
	}
	link := base + "/q/" + city.Token
	text := i18n.T("\n清江市（虚构的示例城市）\n\n  首页      %s/\n  反映页面  %s\n  工作台    %s/console/\n\n%s\n",
		"\n清江市, a fictional city\n\n  Public page   %s/\n  Report page   %s\n  Console       %s/console/\n\n%s\n").In(terminalLang())
	_, _ = fmt.Fprintf(w, text, base, link, base, doc.Terminal(link))
	for _, l := range city.Logins {
		_, _ = fmt.Fprintf(w, "  %-16s %-16s %s\n", l.Role, l.Username, l.Password)
	}
}

package system_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/system"
)

// lists2027 is an invented notice as lists of days; 27 December belongs to it.
func lists2027() system.Import {
	body := system.ImportBody{Year: 2027, Makeup: []string{"2026-12-27", "2027-02-20", "2027-10-09"}, Sources: []string{"https://www.gov.cn/x"}, Reason: "通知已发布"}
	for _, r := range [][2]string{{"2027-01-01", "2027-01-03"}, {"2027-02-05", "2027-02-12"}, {"2027-05-01", "2027-05-05"}, {"2027-10-01", "2027-10-07"}} {
		for d := at(r[0] + "T00:00:00+08:00"); !d.After(at(r[1] + "T00:00:00+08:00")); d = d.AddDate(0, 0, 1) {
			body.Off = append(body.Off, d.Format(time.DateOnly))
		}
	}
	return system.Import{Body: body}
}

// file2027 is the same as a holiday-cn file.
func file2027(t *testing.T) system.Import {
	t.Helper()
	in := lists2027()
	type day struct {
		Name  string `json:"name"`
		Date  string `json:"date"`
		IsOff bool   `json:"isOffDay"`
	}
	var days []day
	for _, d := range in.Body.Off {
		days = append(days, day{"假", d, true})
	}
	for _, d := range in.Body.Makeup {
		days = append(days, day{"班", d, false})
	}
	text, err := json.Marshal(map[string]any{"year": 2027, "papers": in.Body.Sources, "days": days})
	if err != nil {
		t.Fatal(err)
	}
	return system.Import{Body: system.ImportBody{Year: 2027, File: string(text), Reason: "通知已发布"}}
}

func (w *world) working(day string) bool {
	w.Helper()
	return w.Calendar(w.Context()).Working(at(day + "T12:00:00+08:00"))
}

// year returns what is known of a year.
func (w *world) year(year int) system.Holidays {
	w.Helper()
	list, err := w.ListYears(w.Context(), struct{}{})
	w.must(err)
	i := slices.IndexFunc(list.Items, func(h system.Holidays) bool { return h.Year == year })
	if i < 0 {
		w.Fatalf("%d is not in the list", year)
	}
	return list.Items[i]
}

func TestImportedYearIsFollowedAtOnce(t *testing.T) {
	each(t, func(w *world) {
		if w.working("2027-02-20") {
			w.Error("a Saturday is worked before anybody says so")
		}
		again := file2027(t)
		again.Body.Correct = true
		for i, in := range []system.Import{lists2027(), again} {
			h, err := w.ImportYear(w.top(), in)
			w.must(err)
			if !h.Announced || !h.Imported || h.ImportedByName != "清风市卫生健康委的人" || h.Reason != "通知已发布" || !slices.Equal(h.Sources, []string{"https://www.gov.cn/x"}) || !h.Warning.Zero() {
				w.Errorf("import %d: got %+v", i, h)
			}
			for day, want := range map[string]bool{"2027-02-05": false, "2027-02-20": true, "2026-12-27": true, "2027-10-09": true, "2027-10-11": true} {
				if w.working(day) != want {
					w.Errorf("import %d: %s is worked: %v", i, day, !want)
				}
			}
		}
	})
}

func TestUnannouncedYearCarriesAWarning(t *testing.T) {
	each(t, func(w *world) {
		list, err := w.ListYears(w.Context(), struct{}{})
		w.must(err)
		first, last := list.Items[0], list.Items[len(list.Items)-1]
		if first.Year != 2007 || !first.Announced || first.Imported || last.Year != 2027 || last.Announced {
			w.Errorf("from %+v to %+v", first, last)
		}
		if !strings.Contains(last.Warning.ZH, "2027 年放假安排未发布") || !strings.Contains(last.Warning.EN, "2027 are not announced") {
			w.Errorf("warning %+v", last.Warning)
		}
		if h := w.year(2026); h.WorkingDays != 248 || !h.Warning.Zero() {
			w.Errorf("2026: %+v", h)
		}
		w.time = at("2026-12-31T16:00:00Z") // New Year in Shanghai
		if h := w.year(2028); h.Announced {
			w.Errorf("2028: %+v", h)
		}
	})
}

func TestDaysOfAYear(t *testing.T) {
	each(t, func(w *world) {
		out, err := w.Year(w.Context(), system.OfYear{Year: 2026})
		w.must(err)
		kinds, working := map[string]string{}, 0
		for _, d := range out.Days {
			kinds[d.Date] = d.Kind
			if d.Kind == "work" || d.Kind == "makeup" {
				working++
			}
		}
		if len(out.Days) != 365 || working != 248 || out.WorkingDays != 248 {
			w.Errorf("%d days, %d worked, %d said", len(out.Days), working, out.WorkingDays)
		}
		for day, want := range map[string]string{"2026-01-01": "holiday", "2026-02-14": "makeup", "2026-02-16": "holiday", "2026-07-28": "work", "2026-08-01": "weekend", "2026-12-31": "work"} {
			if kinds[day] != want {
				w.Errorf("%s is %q, want %q", day, kinds[day], want)
			}
		}
		leap, err := w.Year(w.Context(), system.OfYear{Year: 2028})
		if err != nil || len(leap.Days) != 366 || leap.Announced || leap.Warning.Zero() {
			w.Errorf("2028: %d days, %v", len(leap.Days), err)
		}
	})
}

func TestKnownYearIsReplacedOnlyByACorrection(t *testing.T) {
	each(t, func(w *world) {
		_, err := w.ImportYear(w.top(), lists2027())
		w.must(err)
		_, err = w.ImportYear(w.top(), lists2027())
		w.want(fault.Conflict, err, "a second import")
		builtIn := lists2027()
		builtIn.Body.Year = 2026
		builtIn.Body.Makeup = nil
		for i, d := range builtIn.Body.Off {
			builtIn.Body.Off[i] = "2026" + d[4:]
		}
		_, err = w.ImportYear(w.top(), builtIn)
		w.want(fault.Conflict, err, "a year that came with the program")

		correction := lists2027()
		correction.Body.Makeup, correction.Body.Correct, correction.Body.Reason = []string{"2027-02-21"}, true, "更正"
		h, err := w.ImportYear(w.top(), correction)
		w.must(err)
		if h.Reason != "更正" || w.working("2027-02-20") || !w.working("2027-02-21") || w.working("2026-12-27") {
			w.Errorf("after the correction: %+v", h)
		}
		w.must(w.DB.Read(w.Context(), func(r db.Reader) error {
			n, err := db.Value[int64](r, `select count(*) from calendar_notice where year = 2027`)
			if n != 2 {
				w.Errorf("%d notices are kept, want both", n)
			}
			return err
		}))
		if got := w.actions(); len(got) != 2 || !strings.HasPrefix(got[1], "calendar.import ") {
			w.Errorf("the log says %v", got)
		}
	})
}

func TestImportRefusals(t *testing.T) {
	each(t, func(w *world) {
		for name, c := range map[string]struct {
			spoil func(*system.ImportBody)
			field string
		}{
			"file and lists":        {func(b *system.ImportBody) { b.File = "{}" }, "file"},
			"neither":               {func(b *system.ImportBody) { b.Off, b.Makeup = nil, nil }, "days"},
			"no day off":            {func(b *system.ImportBody) { b.Off = nil }, "days"},
			"a day that is none":    {func(b *system.ImportBody) { b.Off[0] = "2027-02-30" }, "off[0]"},
			"a day in words":        {func(b *system.ImportBody) { b.Makeup[1] = "周六" }, "makeup[1]"},
			"a day left empty":      {func(b *system.ImportBody) { b.Off[0] = "" }, "off[0]"},
			"a day twice":           {func(b *system.ImportBody) { b.Off = append(b.Off, "2027-10-01") }, "2027-10-01"},
			"off and worked":        {func(b *system.ImportBody) { b.Makeup = append(b.Makeup, "2027-10-02") }, "2027-10-02"},
			"make-up on a Monday":   {func(b *system.ImportBody) { b.Makeup = append(b.Makeup, "2027-10-11") }, "2027-10-11"},
			"another year":          {func(b *system.ImportBody) { b.Off = append(b.Off, "2028-01-01") }, "2028-01-01"},
			"a holiday missing":     {func(b *system.ImportBody) { b.Off = b.Off[1:] }, "2027-01-01"},
			"a source in words":     {func(b *system.ImportBody) { b.Sources = []string{"国办发明电 3号"} }, "sources[0]"},
			"a source with a blank": {func(b *system.ImportBody) { b.Sources = []string{"https://a/b work 01-01"} }, "sources[0]"},
			"a script as a source":  {func(b *system.ImportBody) { b.Sources = []string{"javascript:alert(1)"} }, "sources[0]"},
		} {
			in := lists2027()
			c.spoil(&in.Body)
			_, err := w.ImportYear(w.top(), in)
			w.want(fault.Invalid, err, name)
			if e, ok := errors.AsType[*fault.Error](err); ok && e.Field != c.field {
				w.Errorf("%s: about %q, want %q", name, e.Field, c.field)
			}
		}
		for name, text := range map[string]string{
			"not JSON": "2027,01-01", "another year": `{"year":2026,"days":[]}`, "empty": `{"year":2027,"days":[]}`, "a list": `[]`,
			"a source in words": strings.Replace(file2027(t).Body.File, "https://www.gov.cn/x", "国办 3号", 1),
		} {
			_, err := w.ImportYear(w.top(), system.Import{Body: system.ImportBody{Year: 2027, File: text, Reason: "x"}})
			w.want(fault.Invalid, err, "file: "+name)
		}
		if w.year(2027).Announced || len(w.actions()) != 0 {
			w.Errorf("a refused import left %+v and %v", w.year(2027), w.actions())
		}
	})
}

func TestYearsConcernTheWholeSystem(t *testing.T) {
	each(t, func(w *world) {
		for _, path := range []string{w.hospital, w.city} {
			_, err := w.ImportYear(w.as("of-hospital", path), lists2027())
			w.want(fault.Forbidden, err, "importing at "+path)
		}
	})
}

// Of several who import a year at once exactly one wins; the others are told.
func TestRaceToImport(t *testing.T) {
	each(t, func(w *world) {
		var mu sync.Mutex
		var won, told int
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				_, err := w.ImportYear(w.top(), lists2027())
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					won++
				case fault.Is(err, fault.Conflict):
					told++
				default:
					w.Error(err)
				}
			})
		}
		wg.Wait()
		if won != 1 || told != 3 {
			w.Errorf("%d won, %d told", won, told)
		}
	})
}

// Those who keep deadlines are told in the transaction; when they fail, nothing
// is imported.
func TestImportTellsThoseWhoKeepDeadlines(t *testing.T) {
	each(t, func(w *world) {
		boom := errors.New("boom")
		w.Tell = func(*db.Tx, int) error { return boom }
		if _, err := w.ImportYear(w.top(), lists2027()); !errors.Is(err, boom) || w.year(2027).Announced {
			w.Errorf("%v, %+v", err, w.year(2027))
		}
		told := 0
		w.Tell = func(_ *db.Tx, year int) error { told = year; return nil }
		_, err := w.ImportYear(w.top(), lists2027())
		if err != nil || told != 2027 {
			w.Errorf("told of %d, %v", told, err)
		}
	})
}

// Another process sees the year as soon as it looks.
func TestOtherProcessSeesTheYear(t *testing.T) {
	each(t, func(w *world) {
		_, err := w.ImportYear(w.top(), lists2027())
		w.must(err)
		other := &system.Service{DB: w.DB, Now: w.Now, Settings: config.New(w.DB, w.Now)}
		if !other.Calendar(w.Context()).Announced(2027) {
			w.Error("the other process does not know the year")
		}
	})
}

// The rules of the calendar are a setting that changes deadlines, for everybody.
func TestRulesChangeDeadlines(t *testing.T) {
	each(t, func(w *world) {
		due := func() time.Time {
			return w.Calendar(w.Context()).Due(at("2026-07-28T20:00:00+08:00"), calendar.Limit{N: 1, Unit: calendar.WorkingDays}).At
		}
		if got := due(); !got.Equal(at("2026-07-30T00:00:00+08:00")) {
			w.Errorf("by default %s", got)
		}
		c := change(`{"roll": true, "at_close": true, "late_next_day": true, "office": ["09:00-12:00", "13:00-17:30"]}`, "/")
		c.Key = "calendar.rules"
		w.set(w.top(), c)
		if got := due(); !got.Equal(at("2026-07-30T17:30:00+08:00")) {
			w.Errorf("by the new rules %s", got)
		}
	})
}

func TestRulesRefusals(t *testing.T) {
	each(t, func(w *world) {
		for _, value := range []string{`{"rolls": true}`, `{"roll": 1}`, `{"office": ["9-12"]}`, `{"office": ["13:00-17:00", "09:00-12:00"]}`, `{"office": ["09:00-25:00"]}`, `[]`} {
			c := change(value, "/")
			c.Key = "calendar.rules"
			_, err := w.ChangeSetting(w.top(), c)
			w.want(fault.Invalid, err, value)
		}
		c := change(`{"roll": true}`, w.hospital)
		c.Key = "calendar.rules"
		_, err := w.ChangeSetting(w.top(), c)
		w.want(fault.Invalid, err, "rules for one hospital")
	})
}

func TestVerifyFindsADamagedNotice(t *testing.T) {
	each(t, func(w *world) {
		_, err := w.ImportYear(w.top(), lists2027())
		w.must(err)
		if wrong, said := w.judge(); wrong != 0 || !strings.Contains(said, "1 checked, 0 wrong") {
			w.Error(said)
		}
		w.exec(`update calendar_notice set year = 2028`)
		if wrong, said := w.judge(); wrong != 1 {
			w.Error(said)
		}
		w.exec(`update calendar_notice set line = '2028 off'`)
		if wrong, said := w.judge(); wrong != 1 {
			w.Error(said)
		}
	})
}

// A calendar that cannot be renewed is the one that came with the program.
func TestDamagedNoticeLeavesTheBuiltInYears(t *testing.T) {
	each(t, func(w *world) {
		w.exec(`insert into calendar_notice (id, year, line, reason, imported_by, imported_at) values ('x', 2027, 'damaged', '', '', 0)`)
		if c := w.Calendar(w.Context()); !c.Announced(2026) || c.Announced(2027) {
			w.Error("2026 is not announced, or 2027 is")
		}
		if _, err := w.ListYears(w.Context(), struct{}{}); err == nil {
			w.Error("the list hides the damage")
		}
	})
}

// Each file that the world has published so far is taken as it is.
func TestPublishedFilesAreTaken(t *testing.T) {
	const folder = "../../../../shared/data/ref/holiday_cn/"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the published files are not on this machine")
	}
	each(t, func(w *world) {
		for year := 2007; year <= 2026; year++ {
			text, err := os.ReadFile(fmt.Sprint(folder, year, ".json"))
			w.must(err)
			before := w.year(year).WorkingDays
			h, err := w.ImportYear(w.top(), system.Import{Body: system.ImportBody{Year: year, File: string(text), Correct: true, Reason: "核对"}})
			if err != nil || h.WorkingDays != before {
				w.Errorf("%d: %d working days, %d before, %v", year, h.WorkingDays, before, err)
			}
		}
	})
}

func TestStatus(t *testing.T) {
	each(t, func(w *world) {
		out, err := w.Status(w.top(), struct{}{})
		w.must(err)
		if out.Version != "1.2.3" || out.Engine != w.DB.Dialect() || out.UptimeSeconds != 3600 || !out.Now.Equal(w.time) || len(out.Warnings) != 0 {
			w.Errorf("got %+v", out)
		}
		w.fail()
		for when, want := range map[string]int{
			"2026-10-31T23:59:59+08:00": 1, // the dead job
			"2026-11-01T00:00:00+08:00": 2, // and 2027, whose notice should be out
			"2027-01-01T00:00:00+08:00": 2, // and 2027
			"2027-11-01T00:00:00+08:00": 3, // and 2027 and 2028
		} {
			w.time = at(when)
			out, err := w.Status(w.top(), struct{}{})
			if err != nil || len(out.Warnings) != want || out.Jobs.Dead != 1 {
				w.Errorf("%s: %+v, %v", when, out, err)
			}
		}
		w.time = at("2026-11-01T00:00:00+08:00")
		_, err = w.ImportYear(w.top(), lists2027())
		w.must(err)
		if out, err := w.Status(w.top(), struct{}{}); err != nil || len(out.Warnings) != 1 {
			w.Errorf("after the import: %+v, %v", out.Warnings, err)
		}
	})
}

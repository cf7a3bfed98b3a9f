package system_test

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/system"
)

// happened writes what the people of the world did, one a minute.
func (w *world) happened() {
	w.Helper()
	for i, e := range []struct {
		actor           authz.Actor
		action, subject string
	}{
		{authz.Actor{ID: "of-commission", Session: "s1"}, "case.dispatch", "c1"},
		{authz.Actor{ID: "of-hospital"}, "case.sign", "c1"},
		{authz.Actor{ID: "of-ward"}, "case.submit", "c2"},
		{authz.System(), "case.close", "c1"},
		{authz.Actor{}, "session.refuse", "of-ward"},
		{authz.Actor{ID: "of-ward"}, "caseload", "c2"},
	} {
		w.time = at("2026-07-28T08:00:00+08:00").Add(time.Duration(i) * time.Minute)
		ctx := authz.With(w.Context(), e.actor)
		w.must(w.DB.InTx(ctx, func(tx *db.Tx) error { return w.Audit.Append(ctx, tx, e.action, e.subject, "=1+1", "n", i) }))
	}
	w.time = at("2026-07-28T09:00:00+08:00")
}

// read returns the actions that a filter shows, the newest first, without the
// traces of reading.
func (w *world) read(ctx context.Context, f system.Filter) (got []string) {
	w.Helper()
	page, err := w.ReadLog(ctx, system.LogInput{Query: list.Query{Limit: 50}, Filter: f})
	w.must(err)
	for _, e := range page.Items {
		if e.Action != "audit.read" {
			got = append(got, e.Action)
		}
	}
	return got
}

func TestLogIsFiltered(t *testing.T) {
	each(t, func(w *world) {
		w.happened()
		eight := at("2026-07-28T08:00:00+08:00")
		for name, c := range map[string]struct {
			filter system.Filter
			want   string
		}{
			"all":                 {system.Filter{}, "caseload session.refuse case.close case.submit case.sign case.dispatch"},
			"by person":           {system.Filter{Actor: "of-ward"}, "caseload case.submit"},
			"by name":             {system.Filter{Actor: " 内科的人 "}, "caseload case.submit"},
			"by number":           {system.Filter{Subject: "QF-1"}, "case.close case.sign case.dispatch"},
			"by the unit's name":  {system.Filter{Subject: "内科"}, ""},
			"by the system":       {system.Filter{Actor: "system"}, "case.close"},
			"by action":           {system.Filter{Action: "case."}, "case.close case.submit case.sign case.dispatch"},
			"by whole action":     {system.Filter{Action: "case.sign"}, "case.sign"},
			"wildcards are signs": {system.Filter{Action: "case_"}, ""},
			"by subject":          {system.Filter{Subject: "c2"}, "caseload case.submit"},
			"from":                {system.Filter{From: eight.Add(4 * time.Minute)}, "caseload session.refuse"},
			"to":                  {system.Filter{To: eight.Add(time.Minute)}, "case.dispatch"},
			"together":            {system.Filter{Actor: "of-ward", Action: "case.", From: eight, To: eight.Add(time.Hour)}, "case.submit"},
			"nobody's":            {system.Filter{Actor: "' or 1=1 --"}, ""},
		} {
			if got := strings.Join(w.read(w.top(), c.filter), " "); got != c.want {
				w.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
	})
}

func TestEntriesNameWhoActed(t *testing.T) {
	each(t, func(w *world) {
		w.happened()
		page, err := w.ReadLog(i18n.WithLang(w.top(), i18n.EN), system.LogInput{Query: list.Query{Limit: 50}})
		w.must(err)
		var names []string
		for _, e := range page.Items {
			names = append(names, e.ActorName)
		}
		want := []string{"清风市卫生健康委的人", "内科的人", "Not signed in", "System", "内科的人", "东区医院的人", "清风市卫生健康委的人"}
		if !slices.Equal(names, want) {
			w.Errorf("got %q", names)
		}
		if e := page.Items[6]; e.Session != "s1" || e.Reason != "=1+1" || e.Detail["n"] != 0.0 || !e.At.Equal(at("2026-07-28T08:00:00+08:00")) {
			w.Errorf("got %+v", e)
		}
	})
}

// Who reads the log at a hospital reads what its people did, and nothing of
// the commission, the system or strangers.
func TestLogOfAPlaceIsThatOfItsPeople(t *testing.T) {
	each(t, func(w *world) {
		w.happened()
		for path, want := range map[string]string{
			w.hospital:                "caseload case.submit case.sign",
			w.hospital + "ward/":      "caseload case.submit",
			w.city:                    "caseload case.submit case.sign case.dispatch",
			"/990000/990100/990103/":  "",
			"/990000/990100/99010/":   "",
			w.hospital + "ward/attic": "",
		} {
			if got := strings.Join(w.read(w.as("of-hospital", path), system.Filter{To: at("2026-07-28T08:59:00+08:00")}), " "); got != want {
				w.Errorf("at %s: %q, want %q", path, got, want)
			}
		}
		nobody := authz.With(w.Context(), authz.Actor{ID: "of-ward"})
		if got := w.read(nobody, system.Filter{}); len(got) != 0 {
			w.Errorf("without permission: %v", got)
		}
	})
}

func TestReadingTheLogIsInTheLog(t *testing.T) {
	each(t, func(w *world) {
		w.read(w.top(), system.Filter{Actor: "of-ward", From: w.time})
		_, err := w.ExportLog(w.top(), system.LogExport{Query: export.Query{Format: export.AsCSV}})
		w.must(err)
		if got := w.actions(); !slices.Equal(got, []string{"audit.read audit", "audit.export audit"}) {
			w.Errorf("the log says %v", got)
		}
		page, err := w.ReadLog(w.top(), system.LogInput{Query: list.Query{Limit: 50}})
		w.must(err)
		if d := page.Items[2].Detail; len(d) != 2 || d["actor"] != "of-ward" || d["from"] != "2026-07-28T09:00:00+08:00" {
			w.Errorf("the filter was kept as %v", d)
		}
	})
}

func TestPagesOfTheLogMissNothing(t *testing.T) {
	each(t, func(w *world) {
		w.happened() // and each page adds an entry of its own in front
		var got []string
		in := system.LogInput{Query: list.Query{Limit: 2}}
		for {
			page, err := w.ReadLog(w.top(), in)
			w.must(err)
			for _, e := range page.Items {
				got = append(got, e.Action)
			}
			if in.Cursor = page.Next; page.Next == "" {
				break
			}
		}
		want := []string{"audit.read", "caseload", "session.refuse", "case.close", "case.submit", "case.sign", "case.dispatch"}
		if !slices.Equal(got, want) {
			w.Errorf("got %v", got)
		}
	})
}

func (w *world) export(ctx context.Context, f export.Format, filter system.Filter) []byte {
	w.Helper()
	file, err := w.ExportLog(ctx, system.LogExport{Query: export.Query{Format: f}, Filter: filter})
	w.must(err)
	var out bytes.Buffer
	w.must(file.Write(&out))
	return out.Bytes()
}

func TestLogIsExported(t *testing.T) {
	each(t, func(w *world) {
		w.happened()
		filter := system.Filter{Subject: "c1", To: at("2026-07-28T08:02:00+08:00")}
		lines := strings.Split(strings.TrimSpace(string(w.export(w.top(), export.AsCSV, filter))), "\r\n")
		if len(lines) != 3 || !strings.HasPrefix(lines[0], "\ufeff时间,人员,") || !strings.HasPrefix(lines[1], "2026-07-28 08:01:00,东区医院的人,of-hospital,,case.sign,c1,'=1+1,\"{\"\"n\"\":1}\",") {
			w.Errorf("got %q", lines)
		}
		book, err := excelize.OpenReader(bytes.NewReader(w.export(i18n.WithLang(w.top(), i18n.EN), export.AsXLSX, filter)))
		w.must(err)
		rows, err := book.GetRows("Audit log")
		if err != nil || len(rows) != 3 || rows[0][1] != "Person" || rows[2][1] != "清风市卫生健康委的人" {
			w.Errorf("%v, %v", rows, err)
		}
	})
}

func TestExportOfAPlaceIsThatOfItsPeople(t *testing.T) {
	each(t, func(w *world) {
		w.happened()
		text := string(w.export(w.as("of-ward", w.hospital), export.AsCSV, system.Filter{}))
		for action, want := range map[string]bool{"case.sign": true, "case.dispatch": false, "case.close": false, "session.refuse": false} {
			if strings.Contains(text, action) != want {
				w.Errorf("%s is there: %v", action, !want)
			}
		}
	})
}

func TestFilterRefusals(t *testing.T) {
	noon := at("2026-07-28T12:00:00+08:00")
	for name, c := range map[string]struct {
		f  system.Filter
		ok bool
	}{
		"open":      {system.Filter{}, true},
		"from only": {system.Filter{From: noon}, true},
		"to only":   {system.Filter{To: noon}, true},
		"an hour":   {system.Filter{From: noon, To: noon.Add(time.Hour)}, true},
		"nothing":   {system.Filter{From: noon, To: noon}, false},
		"backwards": {system.Filter{From: noon, To: noon.Add(-1)}, false},
	} {
		if err := c.f.Validate(); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Of what the reader may not know the log shows that somebody acted on it, and
// neither which it was nor anything about it; nobody finds it by its identifier.
func TestSealedSubjectsAreNotNamed(t *testing.T) {
	each(t, func(w *world) {
		w.Sealed = func(_ context.Context, q *db.Where, id string) string { return q.Bind("("+id+" = ?)", "c2") }
		w.happened()
		page, err := w.ReadLog(w.top(), system.LogInput{Query: list.Query{Limit: 50}, Filter: system.Filter{Actor: "of-ward"}})
		w.must(err)
		if len(page.Items) != 2 {
			w.Fatalf("%d entries of the ward, want both", len(page.Items))
		}
		for _, e := range page.Items {
			if e.Subject != "" || e.Reason != "" || len(e.Detail) != 0 || e.ActorName == "" || e.At.IsZero() {
				w.Errorf("it shows %+v", e)
			}
		}
		if got := w.read(w.top(), system.Filter{Subject: "c2"}); len(got) != 0 {
			w.Errorf("found %q by the identifier", got)
		}
		if got := w.read(w.top(), system.Filter{Subject: "c1"}); len(got) != 3 {
			w.Errorf("of what is not sealed it found %q", got)
		}
		if text := string(w.export(w.top(), export.AsCSV, system.Filter{Action: "case"})); strings.Contains(text, ",c2,") || !strings.Contains(text, "case.submit") || !strings.Contains(text, ",c1,") {
			w.Errorf("the file says %s", text)
		}
	})
}

// Which case somebody asked the log about is not for those who read the log and
// may not know the case: a number that some case has is noted like one of none.
func TestReadingTheLogNamesNoCase(t *testing.T) {
	each(t, func(w *world) {
		for subject, want := range map[string]map[string]any{"QF-1": {"searched": true}, "QF-2": {"searched": true}, "c1": {"searched": true}, "内科": {"subject": "内科"}} {
			w.read(w.top(), system.Filter{Subject: subject})
			page, err := w.ReadLog(w.top(), system.LogInput{Query: list.Query{Limit: 2}})
			w.must(err)
			if got := page.Items[1].Detail; !maps.Equal(got, want) {
				w.Errorf("of %s the log says %v, want %v", subject, got, want)
			}
		}
	})
}

package app

import (
	"context"
	"reflect"
	"strings"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/verify"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/intake"
)

// perCheck is how many rows a check reads at a time.
const perCheck = 500

// between are the invariants that hold between modules.
func (s *System) between() []verify.Check {
	return []verify.Check{
		{Name: "cases say what their reports say", Run: checkFrames},
		{Name: "what was destroyed was due", Run: s.checkDestroyed},
	}
}

// checkFrames compares each report, which the log protects, with what stands in
// its case, which officials see and rates count.
func checkFrames(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	for after := ""; ; {
		frames, err := intake.Frames(r, after, perCheck)
		if err != nil {
			return n, err
		}
		ids := make([]string, len(frames))
		for i, f := range frames {
			ids[i] = f.ID
		}
		cases, all, err := casework.Frames(r, ids)
		if err != nil {
			return n, err
		}
		if len(frames) == 0 {
			if all != int64(n) {
				report("there are %d reports and %d cases", n, all)
			}
			return n, nil
		}
		for _, f := range frames {
			if c, there := cases[f.ID]; !there {
				report("report %s has no case", f.Number)
			} else if differ := differing(casework.Frame(f), c); len(differ) > 0 {
				report("case %s says another %s than its report", f.Number, strings.Join(differ, ", "))
			}
		}
		n, after = n+len(frames), ids[len(ids)-1]
	}
}

// differing names the fields in which two frames differ.
func differing(a, b casework.Frame) (names []string) {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	for i := range x.NumField() {
		if x.Field(i).Interface() != y.Field(i).Interface() {
			names = append(names, strings.ToLower(x.Type().Field(i).Name))
		}
	}
	return names
}

// checkDestroyed looks whether each key that was destroyed was so by a step of its
// case: nobody destroys one file, or one name, and calls it the rule.
func (s *System) checkDestroyed(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	for after := ""; ; {
		gone, err := crypt.DestroyedAfter(r, after, perCheck)
		if err != nil || len(gone) == 0 {
			return n, err
		}
		cases, err := casesOf(r, gone)
		if err != nil {
			return n, err
		}
		ids := make([]string, 0, len(cases))
		for _, id := range cases {
			ids = append(ids, id)
		}
		ended, err := s.Casework.Expired(r, ids)
		if err != nil {
			return n, err
		}
		for _, x := range gone {
			said := ended[cases[x.Record]].Words
			if strings.HasPrefix(x.Record, "reporter/") {
				said = ended[cases[x.Record]].Identity
			}
			if !said.Equal(x.DestroyedAt) {
				report("the key of %s was destroyed on %s, and no step says so", keyName(x.Record), x.DestroyedAt.UTC().Format(time.RFC3339Nano))
			}
		}
		n, after = n+len(gone), gone[len(gone)-1].Record
	}
}

// keyName is a key's name for people: that of an upload opens it, so that only its
// beginning is written.
func keyName(record string) string {
	if upload, ok := strings.CutPrefix(record, "upload/"); ok && len(upload) > 6 {
		return "upload " + upload[:6] + "…"
	}
	return record
}

// casesOf returns to which cases keys belong, by key.
func casesOf(r db.Reader, keys []crypt.Destroyed) (map[string]string, error) {
	of, uploads := map[string]string{}, []string{}
	for _, x := range keys {
		kind, id, _ := strings.Cut(x.Record, "/")
		if kind == "upload" {
			uploads = append(uploads, id)
			continue
		}
		of[x.Record] = id
	}
	owners, err := attach.OwnersOf(r, "report", uploads)
	for upload, report := range owners {
		of["upload/"+upload] = report
	}
	return of, err
}

package web_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// Every bad form comes back with a complaint beside the field, everything
// typed and every file that arrived; nothing of it is stored as a report.
func TestBadForms(t *testing.T) {
	story := "窗口态度差 <b>&amp;"
	good := fields{{name: "category", value: "F02"}, {name: "narrative", value: story}, {name: "about", value: "Dr X"}, {name: "answers.amount", value: "300"},
		{name: "mode", value: "confidential"}, {name: "reporter_phone", value: "13900000000"}}
	cases := map[string]struct {
		f     fields
		field string
	}{
		"nothing at all":          {fields{}, "narrative"},
		"blank narrative":         {good.with("narrative", " \n\t"), "narrative"},
		"over-long narrative":     {good.with("narrative", strings.Repeat("长", 5001)), "narrative"},
		"a million characters":    {good.with("narrative", strings.Repeat("长", 1_000_000)), "narrative"},
		"more than there is room": {good.with("narrative", strings.Repeat("x", 5<<20)), "narrative"},
		"no category":             {good.without("category"), "category"},
		"unknown category":        {good.with("category", "X9"), "category"},
		"category that is long":   {good.with("category", strings.Repeat("F", 500)), "category"},
		"unknown mode":            {good.with("mode", "shy"), "mode"},
		"no mode":                 {good.without("mode"), "mode"},
		"named without a name":    {good.with("mode", "named", "reporter_phone", "13900000000"), "reporter_name"},
		"named without a number":  {good.with("mode", "named", "reporter_name", "Li", "reporter_phone", ""), "reporter_phone"},
		"not a number":            {good.with("reporter_phone", "call me"), "reporter_phone"},
		"over-long name":          {good.with("reporter_name", strings.Repeat("n", 51)), "reporter_name"},
		"over-long about":         {good.with("about", strings.Repeat("n", 201)), "about"},
		"over-long answer":        {good.with("answers.amount", strings.Repeat("9", 201)), "answers.amount"},
		"a day to come":           {good.with("occurred_on", "2026-07-29"), "occurred_on"},
		"a day that is none":      {good.with("occurred_on", "2026-02-30"), "occurred_on"},
		"not UTF-8":               {good.with("narrative", "bad \xff\xfe text"), "narrative"},
		"not UTF-8 elsewhere":     {good.with("occurred_on", "\xc3"), "occurred_on"},
		"null character":          {good.with("about", "a\x00b"), "about"},
		"null in the region":      {good.with("region", "99\x000101"), "region"},
		"null in a key":           {good.with("category", "F\x00"), "category"},
		"file too large":          {good.file("big.txt", strings.Repeat("x", largest+1)), "files"},
		"html named .jpg":         {good.file("page.jpg", "<html><script>alert(1)</script></html>"), "files"},
		"zip named .jpg":          {good.file("zip.jpg", "PK\x03\x04"+strings.Repeat("z", 100)), "files"},
		"image bomb":              {good.file("bomb.png", bomb()), "files"},
		"empty file":              {good.file("empty.txt", ""), "files"},
		"too many files":          {manyFiles(good, 21), "files"},
		"upload nobody knows":     {good.with("upload", "NOSUCHUPLOAD gone.jpg"), "files"},
		"upload that is no text":  {good.with("upload", "\xff\xff x"), "upload"},
		"unknown institution":     {good.with("institution", "x"), "institution"},
	}
	each(t, func(w *world) {
		for name, c := range cases {
			path := w.form()
			if c.field == "institution" || c.field == "region" {
				path = "/q/"
			}
			a := w.post(path, c.f.file("kept.txt", "kept"))
			if a.status != http.StatusUnprocessableEntity || a.page == nil || a.page.wrong(c.field) == "" {
				t.Errorf("%s: %d, complaint %q", name, a.status, a.said())
				continue
			}
			if link := a.page.all(func(e *element) bool { return strings.HasPrefix(e.attrs["href"], "#f-") }); len(link) == 0 || a.page.id(link[0].attrs["href"][1:]) == nil {
				t.Errorf("%s: the summary does not lead to the field", name)
			}
			w.checkKept(name, c.f, a)
		}
		for _, table := range []string{"report", "receipt", "reporter", "attachment", "case_file"} {
			if n := w.count(table); n != 0 {
				t.Errorf("%d rows in %s", n, table)
			}
		}
	})
}

// bomb is the beginning of a picture of 50,000 × 50,000 pixels.
func bomb() string {
	head := []byte("\x00\x00\x00\rIHDR")
	head = binary.BigEndian.AppendUint32(head, 50_000)
	head = binary.BigEndian.AppendUint32(head, 50_000)
	head = append(head, 8, 6, 0, 0, 0)
	return "\x89PNG\r\n\x1a\n" + string(binary.BigEndian.AppendUint32(head, crc32.ChecksumIEEE(head[4:])))
}

func manyFiles(f fields, n int) fields {
	for i := range n {
		f = f.file(fmt.Sprintf("%d.txt", i), "content")
	}
	return f
}

// checkKept compares what was sent with what a browser would send again.
func (w *world) checkKept(name string, sent fields, a answer) {
	w.t.Helper()
	_, again := a.page.filled(w.t, "id", "report")
	for _, field := range []string{"narrative", "about", "answers.amount", "reporter_phone", "reporter_name"} {
		want := sent.value(field)
		if !utf8.ValidString(want) || strings.ContainsRune(want, 0) || len(want) > 4<<20 {
			continue // what cannot be read cannot be shown
		}
		if got := again.value(field); got != want {
			w.t.Errorf("%s: %s came back as %.40q, want %.40q", name, field, got, want)
		}
	}
	kept := slices.ContainsFunc(again, func(p pair) bool { return p.name == "upload" && strings.HasSuffix(p.value, " kept.txt") })
	if !kept && name != "too many files" {
		w.t.Errorf("%s: the file that arrived is not kept", name)
	}
}

// A file that arrived with a refused form goes with the next one; one that has
// expired meanwhile is named and left out.
func TestFilesSurviveARefusedForm(t *testing.T) {
	each(t, func(w *world) {
		first := w.post(w.form(), w.told().with("narrative", "").file("a.txt", "a").file("b.txt", "b"))
		action, f := first.page.filled(t, "id", "report")
		w.accepted(w.post(action, f.with("narrative", "with two pictures")))
		if n := w.count("attachment"); n != 2 {
			t.Fatalf("%d files attached", n)
		}
		lost := w.post(w.form(), w.told().with("narrative", "").file("c.txt", "c"))
		action, f = lost.page.filled(t, "id", "report")
		w.at = w.at.AddDate(0, 0, 3)
		again := w.post(action, f.with("narrative", "much later"))
		if !strings.Contains(again.page.wrong("upload"), "c.txt") {
			t.Fatalf("the lost file is not named: %s", again.said())
		}
		action, f = again.page.filled(t, "id", "report")
		w.accepted(w.post(action, f))
	})
}

// What breaks on the way is said, and what arrived before is kept.
func TestBrokenForms(t *testing.T) {
	each(t, func(w *world) {
		contentType, whole := w.told().file("a.txt", "content").encode(t)
		cut := whole[:bytes.Index(whole, []byte("content"))+3]
		twoType, two := w.told().file("a.txt", "one").file("b.txt", "content").encode(t)
		flood := fields{}
		for i := range 201 {
			flood = append(flood, pair{fmt.Sprintf("f%d", i), "x", ""})
		}
		floodType, floodBody := flood.encode(t)
		cases := map[string]struct {
			contentType string
			body        []byte
			kept        bool
		}{
			"cut off in a file": {contentType, cut, true},
			"cut off later on":  {twoType, two[:bytes.Index(two, []byte("content"))+3], true},
			"cut off in a text": {contentType, whole[:100], false},
			"no boundary":       {"multipart/form-data", whole, false},
			"not a form":        {"application/json", []byte(`{"narrative":"x"}`), false},
			"no type":           {"", whole, false},
			"too many parts":    {floodType, floodBody, false},
			"bad escapes":       {"application/x-www-form-urlencoded", []byte("narrative=%zz"), false},
		}
		for name, c := range cases {
			a := w.postRaw(w.form(), c.contentType, c.body)
			if a.status != http.StatusUnprocessableEntity || a.page == nil || a.page.id("wrong") == nil {
				t.Errorf("%s: %d %.200s", name, a.status, a.said())
				continue
			}
			_, again := a.page.filled(t, "id", "report")
			if got := again.value("narrative") != ""; got != c.kept {
				t.Errorf("%s: the story is kept: %v", name, got)
			}
		}
		if n := w.count("report") + w.count("upload"); n != 0 {
			t.Errorf("%d rows left behind", n)
		}
		a := w.postRaw(w.form(), "application/x-www-form-urlencoded", []byte("category=A&mode=anonymous&narrative=as+pairs"))
		w.accepted(a)
	})
}

// Where a place is flooded the form asks for work: it comes back filled in,
// with the puzzle for the script and plain words for everybody else.
func TestFlood(t *testing.T) {
	each(t, func(w *world) {
		for i := range 3 {
			w.accepted(w.post(w.form(), w.told().with("narrative", fmt.Sprint("report ", i))))
		}
		a := w.post(w.form(), w.told().with("narrative", "one too many").file("a.txt", "a"))
		if a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") == "" {
			t.Fatalf("a flood: %d", a.status)
		}
		form := a.page.id("report")
		if form.attrs["data-challenge"] == "" || form.attrs["data-bits"] != "8" || !strings.Contains(a.text, "请等一分钟") {
			t.Errorf("puzzle %v", form.attrs)
		}
		action, f := a.page.filled(t, "id", "report")
		if f.value("narrative") != "one too many" || f.value("upload") != "" || !strings.Contains(a.page.wrong("upload"), "a.txt") || w.count("upload") != 0 {
			t.Errorf("%d files stored of who has not paid: %s", w.count("upload"), a.said())
		}
		solved := f.with("challenge", form.attrs["data-challenge"], "counter", solve(form.attrs["data-challenge"], 8))
		w.accepted(w.post(action, solved.file("a.txt", "a")))
		if n := w.count("attachment"); n != 1 {
			t.Errorf("%d files attached", n)
		}
		spent := w.post(action, solved.with("idempotency_key", "another", "narrative", "again").file("b.txt", "b"))
		if spent.status != http.StatusTooManyRequests || w.count("upload") != 1 {
			t.Errorf("a solution twice: %d, %d files", spent.status, w.count("upload"))
		}
		w.at = w.at.Add(121 * 1e9)
		w.accepted(w.post(action, f.without("upload").with("narrative", "a minute later")))
	})
}

// The files of a form count like other uploads of their sender, and a form that
// brings too many leaves none behind but those of an earlier one.
func TestTooManyFilesOfOneSender(t *testing.T) {
	each(t, func(w *world) {
		first := w.post(w.form(), w.told().with("narrative", "").file("first.txt", "a"))
		action, f := first.page.filled(t, "id", "report")
		for range mostUploads - 1 - 5 {
			w.must(w.uploads.Allow("upload", "one"))
		}
		a := w.post(action, manyFiles(f.with("narrative", "six more"), 6).with("about", "behind the files"))
		if a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") == "" || w.count("upload") != 1 {
			t.Fatalf("%d, %d files stored", a.status, w.count("upload"))
		}
		action, f = a.page.filled(t, "id", "report")
		if f.value("narrative") != "six more" || f.value("about") != "behind the files" || !strings.Contains(a.page.wrong("upload"), ".txt") {
			t.Errorf("comes back as %v", f)
		}
		w.accepted(w.post(action, f))
		if n := w.count("attachment"); n != 1 {
			t.Errorf("%d files attached", n)
		}
	})
}

// Files come in where files belong, of people who have a receipt.
func TestFilesWithoutAReceipt(t *testing.T) {
	each(t, func(w *world) {
		receipt := w.accepted(w.post(w.form(), w.told()))
		named := func(number string) fields { return fields{{name: "receipt", value: number}}.file("a.txt", "a") }
		for path, f := range map[string]fields{
			"/r": named(receipt), "/r/slip": named(receipt), "/r/file": named(receipt), "/r/message": named(receipt),
			"/r/evidence":   named("1234567890123456"),
			"/r/withdrawal": named(receipt),
		} {
			if a := w.post(path, f); w.count("upload") != 0 {
				t.Errorf("%s: %d files stored, %d", path, w.count("upload"), a.status)
			}
		}
		early := append(fields{}.file("a.txt", "a"), pair{name: "receipt", value: receipt})
		if a := w.post("/r/evidence", early); a.status == http.StatusOK || w.count("upload") != 0 {
			t.Errorf("a file before its receipt: %d, %d stored", a.status, w.count("upload"))
		}
	})
}

// A wrong receipt is answered the same way, whatever is wrong with it, and is
// kept in the field.
func TestWrongReceipts(t *testing.T) {
	each(t, func(w *world) {
		for receipt, status := range map[string]int{
			"0000000000000000": http.StatusNotFound,
			"１２３４ ５６７８ ９０１２ ３４５６": http.StatusNotFound,
			"123":                    http.StatusUnprocessableEntity,
			"":                       http.StatusUnprocessableEntity,
			"12345678901234567":      http.StatusUnprocessableEntity,
			"abcd' or 1=1":           http.StatusUnprocessableEntity,
			strings.Repeat("1", 9e5): http.StatusUnprocessableEntity,
			"\xff\x00":               http.StatusUnprocessableEntity,
		} {
			for _, path := range []string{"/r", "/r/slip", "/r/message", "/r/callback"} {
				a := w.post(path, fields{{name: "receipt", value: receipt}})
				if a.status != status || a.page.id("wrong") == nil || a.page.id("r") == nil {
					t.Errorf("%s with %.20q: %d", path, receipt, a.status)
				}
			}
		}
		if a := w.post("/r/nothing", fields{{name: "receipt", value: "0000000000000000"}}); a.status != http.StatusNotFound {
			t.Errorf("an action that does not exist: %d", a.status)
		}
	})
}

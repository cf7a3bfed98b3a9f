package inspection

import (
	"io"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
)

// handed is the record of a draw as a stranger hands it in.
func (w *world) handed(f httpapi.File) []byte {
	w.t.Helper()
	text, err := io.ReadAll(f.Content)
	if err != nil {
		w.t.Fatal(err)
	}
	return text
}

// A stranger learns that a record holds, whose it is, and whether it is the one that
// is published.
func TestStrangersExamineRecords(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		w.set(`[{"per_10000": 5000}]`)
		d := w.drawn()
		early := must(w.DrawRecord(w.office(), idOf(d.ID)))(w)
		text := w.handed(early)
		v := must(w.Examine(t.Context(), text))(w)
		if v.Same || v.Draw.ID != d.ID || v.Draw.State != Made {
			t.Errorf("before it is published: %v, %+v", v.Same, v.Draw)
		}
		must(w.PublishDraw(w.office(), idOf(d.ID)))(w)
		v = must(w.Examine(t.Context(), text))(w)
		if !v.Same || v.Draw.ID != d.ID || len(v.Record.Result) != d.Drawn {
			t.Errorf("the published one: %v, %+v", v.Same, v.Draw)
		}
		rec := must(w.PublishedRecord(t.Context(), idOf(d.ID)))(w)
		rec.DrawnAt = "2026-07-28T10:00:00+08:00"
		v = must(w.Examine(t.Context(), redrawn(t, rec)))(w)
		if v.Same || v.Draw.ID != d.ID {
			t.Errorf("drawn at another time: %v, %+v", v.Same, v.Draw)
		}
		rec.List.Targets[0].Name = "另一家"
		v = must(w.Examine(t.Context(), redrawn(t, rec)))(w)
		if v.Same || v.Draw.ID != "" {
			t.Errorf("of another list: %v, %+v", v.Same, v.Draw)
		}
	})
}

// redrawn is a record that was made up, and holds in itself.
func redrawn(t *testing.T, rec Record) []byte {
	t.Helper()
	rec.List.Sort()
	rec.ListHash = rec.List.Hash()
	seed, err := rec.Seed()
	if err == nil {
		rec.Result, err = Draw(rec.List, seed, rec.Replacements...)
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := rec.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// What does not hold, is no record, or would take forever is refused.
func TestRefusedRecords(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		w.set(`[{"per_10000": 5000}]`)
		d := w.drawn()
		must(w.PublishDraw(w.office(), idOf(d.ID)))(w)
		for name, c := range map[string]struct {
			alter func(*Record)
			kind  fault.Kind
			says  string
		}{
			"list":         {func(r *Record) { r.List.Targets[0].Name = "x" }, fault.Invalid, "changed after the draw"},
			"result":       {func(r *Record) { r.Result[0].Target = r.Result[1].Target }, fault.Invalid, "item 1"},
			"result short": {func(r *Record) { r.Result = r.Result[:0] }, fault.Invalid, "item 1"},
			"secret":       {func(r *Record) { r.Witnesses[0].Secret = "other" }, fault.Invalid, "not the one committed to"},
			"witnesses":    {func(r *Record) { r.Witnesses = make([]Witness, mostWitnesses+1) }, fault.TooLarge, "too large"},
			"replacements": {func(r *Record) { r.Replacements = make([]Replacement, mostReplaced+1) }, fault.TooLarge, "too large"},
			"inspectors":   {func(r *Record) { r.List.Inspectors = make([]Inspector, mostOfficers+1) }, fault.TooLarge, "too large"},
			"last":         {func(r *Record) { r.List.Targets[0].Last = slices.Repeat([]string{"a"}, mostLast+1) }, fault.TooLarge, "too large"},
		} {
			rec := must(w.PublishedRecord(t.Context(), idOf(d.ID)))(w)
			c.alter(&rec)
			text, err := rec.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			_, err = w.Examine(t.Context(), text)
			if !fault.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v", name, err)
			}
		}
		good := w.handed(must(w.PublicRecord(t.Context(), idOf(d.ID)))(w))
		for text, none := range map[string]bool{
			"": true, " \n": true, "{}": true, "[]": true, "null": true, "7": true, "a record": true, `{"algorithm":1}`: true, `{"name":"a list","items":[]}`: true, string(good[:len(good)-9]): true,
			string(good) + " {}": false, strings.Replace(string(good), "{", `{"more":1,`, 1): false, strings.Replace(string(good), `"algorithm": "`, `"algorithm": 7, "drawn_at": "`, 1): false, strings.ToLower(string(good)): false,
		} {
			if _, err := w.Examine(t.Context(), []byte(text)); !fault.Is(err, fault.Invalid) || NoRecord(err) != none {
				t.Errorf("%.40q… is no record: %v, %v", text, NoRecord(err), err)
			}
		}
		if _, err := w.Examine(t.Context(), []byte(strings.Repeat(" ", MaxExamined+1))); !fault.Is(err, fault.TooLarge) {
			t.Error(err)
		}
		if _, err := w.PublishedRecord(t.Context(), idOf("none")); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

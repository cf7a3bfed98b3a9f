package rates

import (
	"bytes"
	"context"
	"encoding/csv"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org/demand"
)

func TestSignedWindowIsFrozen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		bad := w.fact("2026-05-06 10:00:00", answered(false, false, Unsatisfied))
		w.observe(w.fact("2026-05-06 10:00:00"), bad)
		signed := w.sign("990101.month.20260501")
		if signed.SignedBy != "director" || signed.Policy.Versions["rates.weights"] != "built-in" {
			t.Errorf("signed as %+v", signed.Window)
		}
		before := w.table(w.analyst(), ByInstitution, "")
		bad.Exclusions = []Exclusion{{Reason: "groundless"}}
		w.observe(bad, w.fact("2026-05-20 10:00:00", concerning(hospitalTwo, district)))
		after := w.table(w.analyst(), ByInstitution, "")
		r := after.row(hospitalOne)
		if r.Assessed.Resolution.Value != 50 || r.Raw.Counts.Received != 2 || r.Correction == nil || r.Correction.Assessed.Resolution.Value != 100 {
			t.Errorf("row %+v, correction %+v", r.Assessed, r.Correction)
		}
		if c := after.row(hospitalTwo); c.Raw.Counts.Received != 0 || c.Correction == nil || c.Correction.Raw.Counts.Received != 1 {
			t.Errorf("who had no case: %+v", c)
		}
		if s := after.Summary; s.Raw.Counts.Received != 2 || s.Correction.Raw.Counts.Received != 3 {
			t.Errorf("summary %+v, correction %+v", s.Raw.Counts, s.Correction)
		}
		// What was undone needs no correction any more.
		bad.Exclusions = nil
		w.observe(bad)
		r = w.table(w.analyst(), ByInstitution, "").row(hospitalOne)
		if r.Correction != nil || !reflect.DeepEqual(r, before.row(hospitalOne)) {
			t.Errorf("row %+v, want as it was signed", r)
		}
		w.sound()
		if city := w.table(w.mayor(), ByInstitution, "990100").row(hospitalTwo); city.Raw.Counts.Received != 1 || city.Correction != nil {
			t.Errorf("the city has not signed, but has %+v", city)
		}
	})
}

func TestReservedChangeShowsNoCorrection(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-05-06 10:00:00"))
		w.sign("990101.month.20260501")
		w.observe(w.fact("2026-05-20 10:00:00", reserved))
		if r := w.table(w.leader(), ByInstitution, "").row(hospitalOne); r.Correction != nil {
			t.Errorf("a correction tells of a case that nobody may know: %+v", r.Correction)
		}
		w.sound()
	})
}

func TestSigningRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-05-06 10:00:00"), w.fact("2026-06-06 10:00:00"))
		sign := func(ctx context.Context, id string) error {
			_, err := w.Sign(ctx, SignInput{ID: id})
			return err
		}
		refused(t, sign(w.director(), "990101.month.20260601"), fault.Conflict)
		refused(t, sign(w.director(), "990101.month.20250601"), fault.NotFound)
		refused(t, sign(w.director(), "990100.month.20260501"), fault.Forbidden)
		refused(t, sign(w.as("director", otherDist, SignOff), "990101.month.20260501"), fault.NotFound)
		refused(t, sign(w.analyst(), "990101.month.20260501"), fault.Forbidden)
		w.sign("990101.month.20260501")
		refused(t, sign(w.director(), "990101.month.20260501"), fault.Conflict)
		n := int64(0)
		w.read(func(r db.Reader) (err error) {
			n, err = db.Value[int64](r, `select count(*) from audit where action = 'rates.sign'`)
			return err
		})
		if n != 1 {
			t.Errorf("%d signatures in the audit log, want 1", n)
		}
	})
}

func (w *world) read(f func(db.Reader) error) {
	w.t.Helper()
	if err := w.DB.Read(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

func TestTwoSignAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-05-06 10:00:00"))
		var group sync.WaitGroup
		outcome := make([]error, 4)
		for i := range outcome {
			group.Go(func() { _, outcome[i] = w.Sign(w.director(), SignInput{ID: "990101.month.20260501"}) })
		}
		group.Wait()
		won := 0
		for _, err := range outcome {
			if err == nil {
				won++
			} else {
				refused(t, err, fault.Conflict)
			}
		}
		if won != 1 {
			t.Errorf("%d signed, want 1", won)
		}
		w.sound()
	})
}

// Facts change while several processes count; in the end the figures are right.
func TestManyCountAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-05-06 10:00:00"))
		var group sync.WaitGroup
		for i := range 3 {
			group.Go(func() {
				for range 4 {
					w.tx(func(tx *db.Tx) error {
						return w.Record(tx, w.fact("2026-05-07 10:00:00", answered(true, i > 0, Basic)))
					})
					if err := w.Sweep(t.Context()); err != nil && !fault.Is(err, fault.Unavailable) {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		if err := w.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if c := w.table(w.analyst(), ByInstitution, "").row(hospitalOne).Raw.Counts; c.Received != 13 || c.Solved != 9 {
			t.Errorf("%+v, want 13 received and 9 solved", *c)
		}
		w.facts = nil
		for _, c := range []string{"rates: results as counted anew", "rates: counts nested"} {
			w.holds(c)
		}
	})
}

// holds runs one check.
func (w *world) holds(name string) {
	w.t.Helper()
	for _, c := range w.checks() {
		if c.Name == name {
			w.read(func(r db.Reader) error {
				_, err := c.Run(w.t.Context(), r, w.t.Errorf)
				return err
			})
		}
	}
}

// An older snapshot must not overwrite a newer result.
func TestSlowCountLosesToTheFasterOne(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-05-06 10:00:00"))
		slow, err := w.draft(t.Context(), monthWindow(district, moment(t, "2026-05-01 00:00:00")), w.at)
		if err != nil {
			t.Fatal(err)
		}
		w.observe(w.fact("2026-05-07 10:00:00"))
		w.tx(func(tx *db.Tx) error {
			won, err := slow.save(tx, w.at)
			if won {
				t.Error("the older count was stored")
			}
			return err
		})
		w.sound()
	})
}

func TestChecksFindWhatWasAltered(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.fact("2026-05-06 10:00:00")
		w.observe(f, w.fact("2026-04-06 10:00:00"))
		w.sign("990101.month.20260401")
		w.sound()
		alter := func(q string, args ...any) {
			w.tx(func(tx *db.Tx) error {
				n, err := tx.Exec(q, args...)
				if n == 0 {
					t.Errorf("%s touched nothing", q)
				}
				return err
			})
		}
		alter(`update rate_result set figures = replace(figures, '"solved":1', '"solved":2') where window_id = '990101.month.20260501' and id = $1 and subject = 'unit'`, hospitalOne)
		alter(`update rate_extract set lines = replace(lines, '"solved":true', '"solved":false')`)
		f.Returns = 2
		w.facts[f.CaseID] = f
		complaints := strings.Join(w.wrong(), "\n")
		for _, want := range []string{"counted anew: window 990101.month.20260501", "their extract: window 990101.month.20260401", "counts nested: window 990101.month.20260501", f.Number} {
			if !strings.Contains(complaints, want) {
				t.Errorf("nobody complains of %s:\n%s", want, complaints)
			}
		}
	})
}

// The extract alone, read by a program that knows domain.md 1.1 and nothing of
// this package, gives every figure of every institution.
func TestFiguresRecomputedFromTheExtract(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var fs []Fact
		for i := range 40 {
			fs = append(fs, w.fact("2026-05-06 10:00:00", answered(i%7 != 0, i%3 != 0, []Satisfaction{Satisfied, Basic, Fair, Unsatisfied}[i%4]), func(f *Fact) {
				if i%2 == 0 {
					concerning(hospitalTwo, district)(f)
				}
				if i%10 == 9 {
					f.Exclusions = []Exclusion{{Reason: "elsewhere"}}
				}
				if i%8 == 5 {
					f.Class = demand.Consultation
				}
				if i%9 == 4 {
					unanswered(f)
				}
			}))
		}
		fs = append(fs, w.fact("2026-05-06 10:00:00", reserved), w.fact("2026-04-29 10:00:00"))
		w.observe(fs...)
		w.sign("990101.month.20260501")
		late := w.fact("2026-05-06 10:00:00")
		w.observe(late) // after signing: in the correction, not in the extract
		records := w.extract(w.analyst())
		if len(records) != 42 {
			t.Fatalf("%d lines, want 41 and the header", len(records))
		}
		text := strings.Join(slices.Concat(records...), " ")
		if strings.Contains(text, "QF-") || strings.Contains(text, fs[0].CaseID) || strings.Contains(text, "2026") || strings.Contains(text, " F ") {
			t.Error("the extract tells which case is which")
		}
		for id, want := range recompute(t, records) {
			line := w.table(w.analyst(), ByInstitution, "").row(id).Assessed
			got := [5]string{number(float64(line.Counts.Received)), number(line.Response.Value), number(line.Resolution.Value), number(line.Satisfaction.Value), number(*line.Score)}
			if got != want {
				t.Errorf("%s: the table says %v, the extract %v", id, got, want)
			}
		}
		_, err := w.Extract(w.leader(), ExtractInput{Choice: may("2026-05-01"), Format: export.AsCSV})
		refused(t, err, fault.Forbidden)
		w.set("rates.published", "true")
		if got := w.extract(w.leader()); len(got) != 42 {
			t.Errorf("%d lines once published", len(got))
		}
	})
}

func (w *world) extract(ctx context.Context) [][]string {
	w.t.Helper()
	f, err := w.Extract(ctx, ExtractInput{Choice: may("2026-05-01"), Format: export.AsCSV})
	if err != nil {
		w.t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		w.t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b.Bytes(), []byte("\uFEFF")))).ReadAll()
	if err != nil {
		w.t.Fatal(err)
	}
	return records
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// recompute adds an extract up by institution: received, the three rates, score.
func recompute(t *testing.T, records [][]string) map[string][5]string {
	t.Helper()
	type sums struct{ received, sample, contacted, solved, satisfied, basic float64 }
	by := map[string]*sums{}
	for _, record := range records[1:] {
		get := func(name string) string { return record[slices.Index(records[0], name)] }
		if get("received") == "0" || get("excluded") != "" || get("class") == "consultation" {
			continue
		}
		s := by[get("institution")]
		if s == nil {
			s = &sums{}
			by[get("institution")] = s
		}
		s.received++
		if get("valid") == "1" || get("waiting") == "1" {
			s.sample++
		}
		for name, sum := range map[string]*float64{"contacted": &s.contacted, "reached": &s.contacted, "solved": &s.solved} {
			if get(name) == "1" {
				*sum++
			}
		}
		switch get("satisfied") {
		case "satisfied":
			s.satisfied++
		case "basic":
			s.basic++
		}
	}
	out := map[string][5]string{}
	for id, s := range by {
		a, b, c := s.contacted/s.sample, s.solved/s.sample, (s.satisfied+0.9*s.basic)/s.sample
		score, err := strconv.ParseFloat(strconv.FormatFloat(100*(0.1*a+0.5*b+0.4*c)+1e-9, 'f', 1, 64), 64)
		if err != nil {
			t.Fatal(err)
		}
		out[id] = [5]string{number(s.received), number(100 * a), number(100 * b), number(100 * c), number(score)}
	}
	return out
}

package verify_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/verify"
)

func check(name string, looked int, wrong ...string) verify.Check {
	return verify.Check{Name: name, Run: func(_ context.Context, r db.Reader, report func(string, ...any)) (int, error) {
		if _, err := db.Value[int64](r, `select 1`); err != nil {
			return 0, err
		}
		for _, w := range wrong {
			report("%s is wrong", w)
		}
		return looked, nil
	}}
}

func TestAllCountsAndNamesWhatIsWrong(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var out strings.Builder
		wrong, err := verify.All(t.Context(), d, &out, []verify.Check{check("digests", 3, "a", "b"), check("deadlines", 0), check("counts", 9, "100%")})
		if err != nil || wrong != 3 {
			t.Errorf("%d wrong, %v", wrong, err)
		}
		for _, want := range []string{"WRONG digests: a is wrong\n", "WRONG digests: b is wrong\n", "WRONG counts: 100% is wrong\n",
			"digests                                                   3 checked, 2 wrong\n",
			"deadlines                                                 0 checked, 0 wrong\n"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%q is missing in\n%s", want, out.String())
			}
		}
	})
}

// A check that breaks off is no check that passed, and hides none of the others.
func TestBrokenCheckIsAnError(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t))
	boom := errors.New("boom")
	broken := verify.Check{Name: "broken", Run: func(context.Context, db.Reader, func(string, ...any)) (int, error) { return 1, boom }}
	var out strings.Builder
	wrong, err := verify.All(t.Context(), d, &out, []verify.Check{check("digests", 3, "a"), broken, check("later", 1, "b")})
	if !errors.Is(err, boom) || wrong != 3 || !strings.Contains(err.Error(), "verify broken") {
		t.Errorf("%d wrong, %v", wrong, err)
	}
	for _, want := range []string{"WRONG broken: it could not be finished: boom\n", "WRONG later: b is wrong\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
}

// Several invariants of the same rows have a line each, and one that breaks off
// says so by itself.
func TestInvariantsOfTheSameRows(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t))
	boom := errors.New("boom")
	walk := verify.Check{Names: []string{"states", "clocks", "parts"}, Walk: func(_ context.Context, _ db.Reader, report func(int, string, ...any)) (int, []string, []error) {
		report(2, "%s has no unit", "a")
		return 7, []string{"", "", "2 passed over"}, []error{nil, boom, nil}
	}}
	var out strings.Builder
	wrong, err := verify.All(t.Context(), d, &out, []verify.Check{walk})
	if wrong != 2 || !errors.Is(err, boom) || !strings.Contains(err.Error(), "verify clocks") {
		t.Errorf("%d wrong, %v", wrong, err)
	}
	var numbers []string
	for line := range strings.SplitSeq(strings.TrimSpace(out.String()), "\n") {
		numbers = append(numbers, strings.Join(strings.Fields(line), " "))
	}
	want := []string{"states 7 checked, 0 wrong", "WRONG clocks: it could not be finished: boom", "clocks 7 checked, 1 wrong", "WRONG parts: a has no unit", "parts 7 checked, 1 wrong", "2 passed over"}
	if !slices.Equal(numbers, want) {
		t.Errorf("%q", numbers)
	}
}

// A thousand violations of one invariant are said, all are counted.
func TestManyViolationsAreCounted(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t))
	var out strings.Builder
	wrong, err := verify.All(t.Context(), d, &out, []verify.Check{check("few", 3, slices.Repeat([]string{"a"}, 1000)...), check("many", 3, slices.Repeat([]string{"b"}, 1002)...)})
	if wrong != 2002 || err != nil {
		t.Errorf("%d wrong, %v", wrong, err)
	}
	if text := out.String(); strings.Count(text, "a is wrong") != 1000 || strings.Count(text, "b is wrong") != 1000 || !strings.Contains(text, "WRONG many: and 2 more\n") || strings.Contains(text, "few: and") {
		t.Errorf("%d %d", strings.Count(text, "a is wrong"), strings.Count(text, "b is wrong"))
	}
}

// Checks run side by side, and are printed in their order.
func TestChecksRunSideBySide(t *testing.T) {
	processors := runtime.GOMAXPROCS(max(2, runtime.GOMAXPROCS(0)))
	t.Cleanup(func() { runtime.GOMAXPROCS(processors) })
	d := dbtest.Open(t, dbtest.SQLiteURL(t))
	second := make(chan struct{})
	waits := verify.Check{Name: "first", Run: func(context.Context, db.Reader, func(string, ...any)) (int, error) {
		<-second
		return 1, nil
	}}
	ends := verify.Check{Name: "second", Run: func(context.Context, db.Reader, func(string, ...any)) (int, error) {
		close(second)
		return 2, nil
	}}
	var out strings.Builder
	if wrong, err := verify.All(t.Context(), d, &out, []verify.Check{waits, ends}); wrong != 0 || err != nil || strings.Index(out.String(), "first") > strings.Index(out.String(), "second") {
		t.Errorf("%d %v\n%s", wrong, err, out.String())
	}
}

// What a check passed over is said below its line.
func TestACheckSaysWhatItPassedOver(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t))
	noting := func(note string) verify.Check {
		return verify.Check{Name: "words", Noting: func(_ context.Context, _ db.Reader, report func(string, ...any)) (int, string, error) {
			report("x")
			return 5, note, nil
		}}
	}
	var out strings.Builder
	wrong, err := verify.All(t.Context(), d, &out, []verify.Check{noting("3 destroyed"), noting("")})
	if wrong != 2 || err != nil || strings.Count(out.String(), "\n") != 5 || !strings.Contains(out.String(), "5 checked, 1 wrong\n"+strings.Repeat(" ", 49)+"3 destroyed\n") {
		t.Errorf("%d %v\n%s", wrong, err, out.String())
	}
}

type full struct{}

var errFull = errors.New("disk full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestResultThatCannotBeWrittenIsAnError(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t))
	if _, err := verify.All(t.Context(), d, full{}, []verify.Check{check("digests", 1)}); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

// A check sees a snapshot that it cannot change.
func TestCheckCannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := verify.Check{Name: "writes", Run: func(_ context.Context, r db.Reader, _ func(string, ...any)) (int, error) {
			_, err := db.Values[int64](r, `create table planted (x bigint)`)
			return 1, err
		}}
		if _, err := verify.All(t.Context(), d, &strings.Builder{}, []verify.Check{c}); err == nil {
			t.Error("a check made a table")
		}
	})
}

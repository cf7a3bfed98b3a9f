package config_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

var tables = dbtest.Migration{Module: "setting", Files: config.Migrations()}

// These tests happen on one morning.
func present() time.Time { return time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai) }

func today() time.Time { return clock.Day(present()) }

// days is a setting; define it anew for each test, for the package keeps no state.
func days() config.Key[int] {
	return config.Define("gift.days", 30, i18n.T("登记期限", "Days to register"), i18n.T("天", "days"), config.Between(1, 90))
}

func open(d *db.DB) *config.Settings {
	s := config.New(d, clock.Fixed(present()))
	s.Declare(days().Setting)
	return s
}

func version(scope, value string, from time.Time) config.Version {
	return config.Version{Key: "gift.days", Scope: scope, Value: value, EffectiveFrom: from, Source: "文件", Reason: "试行"}
}

func set(t *testing.T, d *db.DB, s *config.Settings, v config.Version) (out config.Version, err error) {
	t.Helper()
	ctx := authz.With(t.Context(), authz.Actor{ID: "zhang"})
	err = d.InTx(ctx, func(tx *db.Tx) (err error) {
		out, err = s.Set(ctx, tx, v)
		return err
	})
	return out, err
}

func mustSet(t *testing.T, d *db.DB, s *config.Settings, v config.Version) config.Version {
	t.Helper()
	out, err := set(t, d, s, v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func wantAt(t *testing.T, s *config.Settings, path string, at time.Time, want int, id string) {
	t.Helper()
	v, got, err := config.At(t.Context(), s, days(), path, at)
	if err != nil || v != want || got != id {
		t.Errorf("at %s on %s: %d of %s, %v; want %d of %s", path, at.Format(time.DateTime), v, got, err, want, id)
	}
}

func TestDefaultHoldsUntilSomebodyChangesIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open(d)
		wantAt(t, s, "/99/", present(), 30, config.BuiltIn)
		v := mustSet(t, d, s, version("/", "45", today()))
		wantAt(t, s, "/99/", present(), 45, v.ID)
		wantAt(t, s, "/99/", today().Add(-1), 30, config.BuiltIn)
		if v.ChangedBy != "zhang" || !v.CreatedAt.Equal(present()) {
			t.Errorf("changed by %q at %s", v.ChangedBy, v.CreatedAt)
		}
	}, tables)
}

func TestLongestScopeWinsThenTheLatestDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open(d)
		tomorrow := today().AddDate(0, 0, 1)
		city := mustSet(t, d, s, version("/99/", "40", today()))
		district := mustSet(t, d, s, version("/99/9901/", "50", today()))
		everywhere := mustSet(t, d, s, version("/", "60", tomorrow))
		later := mustSet(t, d, s, version("/99/9901/", "55", tomorrow))
		for _, c := range []struct {
			path string
			at   time.Time
			want int
			id   string
		}{
			{"/99/9901/hospital/", present(), 50, district.ID},
			{"/99/9901/hospital/", tomorrow.Add(-1), 50, district.ID},
			{"/99/9901/hospital/", tomorrow, 55, later.ID},
			{"/99/9902/", tomorrow, 40, city.ID},   // narrower beats newer
			{"/99/99010/", present(), 40, city.ID}, // a neighbour that begins alike
			{"/98/", present(), 30, config.BuiltIn},
			{"/98/", tomorrow, 60, everywhere.ID},
		} {
			wantAt(t, s, c.path, c.at, c.want, c.id)
		}
	}, tables)
}

// Of two versions for one place and day the one that was written last holds.
func TestSameDayLastWordHolds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open(d)
		mustSet(t, d, s, version("/", "40", today()))
		second := mustSet(t, d, s, version("/", "41", today()))
		wantAt(t, s, "/", present(), 41, second.ID)
		err := d.Read(t.Context(), func(r db.Reader) error {
			vs, err := s.History(r, "gift.days")
			if len(vs) != 2 || vs[0].ID != second.ID || vs[0].Reason != "试行" || vs[0].Source != "文件" {
				t.Errorf("history %+v", vs)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}, tables)
}

func TestSetRefusals(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open(d)
		for name, c := range map[string]struct {
			change func(*config.Version)
			kind   fault.Kind
			field  string
		}{
			"unknown key":      {func(v *config.Version) { v.Key = "gift.dayz" }, fault.NotFound, ""},
			"no reason":        {func(v *config.Version) { v.Reason = " " }, fault.Invalid, "reason"},
			"no scope":         {func(v *config.Version) { v.Scope = "" }, fault.Invalid, "scope"},
			"half a scope":     {func(v *config.Version) { v.Scope = "/99" }, fault.Invalid, "scope"},
			"in the past":      {func(v *config.Version) { v.EffectiveFrom = today().Add(-1) }, fault.Invalid, "effective_from"},
			"no day":           {func(v *config.Version) { v.EffectiveFrom = time.Time{} }, fault.Invalid, "effective_from"},
			"too small":        {func(v *config.Version) { v.Value = "0" }, fault.Invalid, "value"},
			"too large":        {func(v *config.Version) { v.Value = "91" }, fault.Invalid, "value"},
			"not JSON":         {func(v *config.Version) { v.Value = "thirty" }, fault.Invalid, "value"},
			"another type":     {func(v *config.Version) { v.Value = `"30"` }, fault.Invalid, "value"},
			"a fraction":       {func(v *config.Version) { v.Value = "30.5" }, fault.Invalid, "value"},
			"null":             {func(v *config.Version) { v.Value = " null " }, fault.Invalid, "value"},
			"nothing":          {func(v *config.Version) { v.Value = "" }, fault.Invalid, "value"},
			"two values":       {func(v *config.Version) { v.Value = "30 31" }, fault.Invalid, "value"},
			"larger than int":  {func(v *config.Version) { v.Value = "1e30" }, fault.Invalid, "value"},
			"garbage after it": {func(v *config.Version) { v.Value = "30]" }, fault.Invalid, "value"},
		} {
			v := version("/", "45", today())
			c.change(&v)
			_, err := set(t, d, s, v)
			if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != c.kind || e.Field != c.field {
				t.Errorf("%s: got %v", name, err)
			}
		}
		wantAt(t, s, "/", present(), 30, config.BuiltIn)
	}, tables)
}

func TestSetAcceptsTheBoundaries(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open(d)
		for _, value := range []string{"1", "90", " 45\n"} {
			if _, err := set(t, d, s, version("/", value, today())); err != nil {
				t.Errorf("%q: %v", value, err)
			}
		}
	}, tables)
}

func TestRefusedTransactionChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open(d)
		wantAt(t, s, "/", present(), 30, config.BuiltIn)
		boom := errors.New("boom")
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			if _, err := s.Set(t.Context(), tx, version("/", "45", today())); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Errorf("got %v", err)
		}
		wantAt(t, s, "/", present(), 30, config.BuiltIn)
	}, tables)
}

func TestInForceNamesTheVersionOrTheDefault(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open(d)
		v, err := s.InForce(t.Context(), "gift.days", "/99/", present())
		if err != nil || v.ID != config.BuiltIn || v.Value != "30" || v.Scope != "" {
			t.Errorf("got %+v, %v", v, err)
		}
		set := mustSet(t, d, s, version("/99/", "45", today()))
		v, err = s.InForce(t.Context(), "gift.days", "/99/9901/", present())
		if err != nil || v.ID != set.ID || v.Value != "45" || v.Scope != "/99/" {
			t.Errorf("got %+v, %v", v, err)
		}
		if _, err := s.InForce(t.Context(), "gift.dayz", "/", present()); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v, want NotFound", err)
		}
	}, tables)
}

// Snapshots that hold every connection of the pool still learn the value: the
// reading that needs one more never blocks them for good.
func TestAskedFromWithinEveryConnection(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open(d)
		wantAt(t, s, "/", present(), 30, config.BuiltIn)
		mustSet(t, d, s, version("/", "31", today())) // so that the next to ask reads anew
		var wg sync.WaitGroup
		for range 64 {
			wg.Go(func() {
				err := d.Read(context.Background(), func(r db.Reader) error {
					if _, err := s.History(r, "gift.days"); err != nil { // on PostgreSQL the transaction begins here
						return err
					}
					v, _, err := config.At(t.Context(), s, days(), "/", present())
					if v != 30 && v != 31 {
						t.Errorf("got %d", v)
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}, tables)
}

func TestKnownIsSortedByKey(t *testing.T) {
	s := config.New(nil, clock.System)
	for _, key := range []string{"b.x", "a.y", "a.x"} {
		s.Declare(config.Define(key, true, i18n.T("开", "on"), i18n.Text{}).Setting)
	}
	var keys []string
	for _, k := range s.Known() {
		keys = append(keys, k.Key)
	}
	if !slices.Equal(keys, []string{"a.x", "a.y", "b.x"}) {
		t.Errorf("got %v", keys)
	}
}

func panics(f func()) (p any) {
	defer func() { p = recover() }()
	f()
	return nil
}

func TestDeclarationsThatCannotBeMeantPanic(t *testing.T) {
	text := i18n.T("值", "value")
	s := config.New(nil, clock.System)
	s.Declare(days().Setting)
	for name, f := range map[string]func(){
		"the same key twice":            func() { s.Declare(days().Setting) },
		"a default that is refused":     func() { config.Define("x", 0, text, text, config.Between(1, 2)) },
		"a default without a value":     func() { config.Define[[]int]("x", nil, text, text) },
		"a default that JSON has not":   func() { config.Define("x", func() {}, text, text) },
		"a list that could not be read": func() { config.Define("x", make(chan int), text, text) },
	} {
		if panics(f) == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

type shape struct {
	Days  int      `json:"days"`
	Names []string `json:"names,omitempty"`
}

func TestMisspeltFieldIsRefused(t *testing.T) {
	k := config.Define("x", shape{Days: 1}, i18n.T("值", "value"), i18n.Text{})
	if err := k.Check(`{"days": 2, "names": ["a"]}`); err != nil {
		t.Error(err)
	}
	for _, value := range []string{`{"day": 2}`, `{"days": "2"}`, `[]`, `{"days": 2`} {
		if err := k.Check(value); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v, want Invalid", value, err)
		}
	}
}

// level is a type that says itself how it is written.
type level string

func (l *level) UnmarshalText(b []byte) error {
	if *l = level(b); !strings.HasPrefix(string(b), "L") {
		return fault.Field("level", i18n.T("应如 L1", "write it like L1"))
	}
	return nil
}

func TestTypeMayExplainItself(t *testing.T) {
	k := config.Define("x", level("L1"), i18n.T("值", "value"), i18n.Text{})
	e, ok := errors.AsType[*fault.Error](k.Check(`"1"`))
	if !ok || e.Text.EN != "write it like L1" {
		t.Errorf("got %v", e)
	}
}

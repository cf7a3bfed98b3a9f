package system_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/system"
)

// change is a change of gift.days that is right in everything.
func change(value, scope string) system.Change {
	return system.Change{Key: "gift.days", Body: system.ChangeBody{Value: json.RawMessage(value), Scope: scope, Reason: "试行", Seen: config.BuiltIn}}
}

// shown returns gift.days as the actor of ctx sees it at scope.
func (w *world) shown(ctx context.Context, scope string) system.Setting {
	w.Helper()
	list, err := w.ListSettings(ctx, system.AtScope{Scope: scope})
	w.must(err)
	i := slices.IndexFunc(list.Items, func(s system.Setting) bool { return s.Key == "gift.days" })
	return list.Items[i]
}

func (w *world) set(ctx context.Context, c system.Change) system.Version {
	w.Helper()
	v, err := w.ChangeSetting(ctx, c)
	w.must(err)
	return v
}

func TestSettingIsShownWithWhatHoldsAtThePlace(t *testing.T) {
	each(t, func(w *world) {
		s := w.shown(w.top(), "/")
		if s.Text.EN != "Days to register" || s.Unit.ZH != "天" || string(s.Default) != "30" || s.InForce.ID != config.BuiltIn || s.Latest != config.BuiltIn {
			w.Errorf("got %+v", s)
		}
		v := w.set(w.as("of-hospital", w.hospital), change(" 45 ", w.hospital))
		if v.ChangedByName != "东区医院的人" || string(v.Value) != "45" || !v.EffectiveFrom.Equal(w.time) {
			w.Errorf("got %+v", v)
		}
		if s := w.shown(w.top(), w.hospital); s.InForce.ID != v.ID || s.Latest != v.ID || s.InForce.Reason != "试行" {
			w.Errorf("at the hospital %+v", s)
		}
		if s := w.shown(w.top(), w.hospital+"ward/"); s.InForce.ID != v.ID || s.Latest != config.BuiltIn {
			w.Errorf("in the ward %+v", s)
		}
		if s := w.shown(w.top(), w.district); s.InForce.ID != config.BuiltIn || s.Latest != config.BuiltIn {
			w.Errorf("in the district %+v", s)
		}
		if got := w.actions(); !slices.Equal(got, []string{"setting.change gift.days"}) {
			w.Errorf("the log says %v", got)
		}
	})
}

func TestScopeIsTheTopmostOneUnlessAskedFor(t *testing.T) {
	each(t, func(w *world) {
		list, err := w.ListSettings(w.as("of-hospital", w.hospital), system.AtScope{})
		if err != nil || list.Scope != w.hospital || len(list.Items) != 2 {
			w.Errorf("%q, %d settings, %v", list.Scope, len(list.Items), err)
		}
	})
}

func TestSettingsAreSeenAndChangedOnlyWhereGranted(t *testing.T) {
	each(t, func(w *world) {
		hospital := w.as("of-hospital", w.hospital)
		for _, scope := range []string{"/", w.city, w.district, "/990000/990100/990103/", strings.TrimSuffix(w.hospital, "/"), "", "nowhere"} {
			if scope != "" {
				_, err := w.ListSettings(hospital, system.AtScope{Scope: scope})
				w.want(fault.Forbidden, err, "seeing at "+scope)
			}
			_, err := w.ChangeSetting(hospital, change("45", scope))
			w.want(fault.Forbidden, err, "changing at "+scope)
		}
		_, err := w.ListSettings(authz.With(w.Context(), authz.Actor{ID: "x"}), system.AtScope{})
		w.want(fault.Forbidden, err, "without permission")
		if got := w.actions(); len(got) != 0 {
			w.Errorf("the log says %v", got)
		}
	})
}

func TestChangeRefusals(t *testing.T) {
	each(t, func(w *world) {
		for name, c := range map[string]struct {
			spoil func(*system.Change)
			kind  fault.Kind
			field string
		}{
			"unknown setting":     {func(c *system.Change) { c.Key = "gift.dayz" }, fault.NotFound, ""},
			"no node":             {func(c *system.Change) { c.Body.Scope = w.hospital + "attic/" }, fault.NotFound, ""},
			"a node elsewhere":    {func(c *system.Change) { c.Body.Scope = "/990000/hospital/" }, fault.NotFound, ""},
			"two slashes":         {func(c *system.Change) { c.Body.Scope = "/990000//990100/" }, fault.NotFound, ""},
			"out of range":        {func(c *system.Change) { c.Body.Value = json.RawMessage("91") }, fault.Invalid, "value"},
			"another type":        {func(c *system.Change) { c.Body.Value = json.RawMessage(`"45"`) }, fault.Invalid, "value"},
			"null":                {func(c *system.Change) { c.Body.Value = json.RawMessage(`null`) }, fault.Invalid, "value"},
			"nothing":             {func(c *system.Change) { c.Body.Value = nil }, fault.Invalid, "value"},
			"no JSON":             {func(c *system.Change) { c.Body.Value = json.RawMessage(`4 5`) }, fault.Invalid, "value"},
			"no reason":           {func(c *system.Change) { c.Body.Reason = " \t" }, fault.Invalid, "reason"},
			"a day that is none":  {func(c *system.Change) { c.Body.EffectiveFrom = "2026-02-30" }, fault.Invalid, "effective_from"},
			"a day in words":      {func(c *system.Change) { c.Body.EffectiveFrom = "tomorrow" }, fault.Invalid, "effective_from"},
			"yesterday":           {func(c *system.Change) { c.Body.EffectiveFrom = "2026-07-27" }, fault.Invalid, "effective_from"},
			"seen something else": {func(c *system.Change) { c.Body.Seen = "0198" }, fault.Conflict, ""},
			"seen nothing":        {func(c *system.Change) { c.Body.Seen = "" }, fault.Conflict, ""},
		} {
			in := change("45", w.hospital)
			c.spoil(&in)
			_, err := w.ChangeSetting(w.top(), in)
			w.want(c.kind, err, name)
			if e, ok := errors.AsType[*fault.Error](err); ok && e.Field != c.field {
				w.Errorf("%s: about %q", name, e.Field)
			}
		}
		if s := w.shown(w.top(), w.hospital); s.InForce.ID != config.BuiltIn || len(w.actions()) != 0 {
			w.Errorf("a refused change left %+v and %v", s, w.actions())
		}
	})
}

func TestChangeHoldsFromItsDay(t *testing.T) {
	each(t, func(w *world) {
		in := change("45", "/")
		in.Body.EffectiveFrom = "2026-08-01"
		v := w.set(w.top(), in)
		if !v.EffectiveFrom.Equal(at("2026-08-01T00:00:00+08:00")) {
			w.Errorf("from %s", v.EffectiveFrom)
		}
		w.time = at("2026-07-31T23:59:59+08:00")
		if s := w.shown(w.top(), "/"); s.InForce.ID != config.BuiltIn || s.Latest != v.ID {
			w.Errorf("the evening before: %+v", s)
		}
		w.time = at("2026-08-01T00:00:00+08:00")
		if s := w.shown(w.top(), "/"); s.InForce.ID != v.ID {
			w.Errorf("at midnight: %+v", s)
		}
	})
}

func TestHistoryShowsWhatConcernsThePlace(t *testing.T) {
	each(t, func(w *world) {
		var ids []string
		for _, scope := range []string{"/", w.city, w.hospital, w.hospital + "ward/", "/990000/990100/990103/"} {
			ids = append(ids, w.set(w.top(), change("45", scope)).ID)
		}
		for path, want := range map[string][]string{
			"/":                       ids,
			w.hospital:                ids[:4],
			"/990000/990100/990103/":  {ids[0], ids[1], ids[4]},
			w.city + "commission/":    ids[:2],
			"/990000/990100/9901030/": ids[:2], // a neighbour that begins alike
		} {
			h, err := w.SettingHistory(w.as("of-hospital", path), system.OfKey{Key: "gift.days"})
			w.must(err)
			var got []string
			for _, v := range h.Items {
				got = append(got, v.ID)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				w.Errorf("at %s: %v, want %v", path, got, want)
			}
		}
		_, err := w.SettingHistory(w.top(), system.OfKey{Key: "gift.dayz"})
		w.want(fault.NotFound, err, "history of an unknown setting")
	})
}

// Of two who change the same setting at once exactly one wins; the other is told.
func TestRaceToChange(t *testing.T) {
	each(t, func(w *world) {
		var mu sync.Mutex
		var won, told int
		var wg sync.WaitGroup
		for _, staff := range []string{"of-hospital", "of-commission", "of-ward"} {
			wg.Go(func() {
				_, err := w.ChangeSetting(w.as(staff, "/"), change("45", "/"))
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
		if won != 1 || told != 2 || len(w.actions()) != 1 {
			w.Errorf("%d won, %d told, log %v", won, told, w.actions())
		}
	})
}

func TestVerifyFindsValuesThatAreNoMore(t *testing.T) {
	each(t, func(w *world) {
		w.set(w.top(), change("45", "/"))
		if wrong, said := w.judge(); wrong != 0 || !strings.Contains(said, "1 checked, 0 wrong") {
			w.Errorf("%s", said)
		}
		w.exec(`update setting_version set value = '900'`)
		if wrong, said := w.judge(); wrong != 1 {
			w.Errorf("%s", said)
		}
	})
}

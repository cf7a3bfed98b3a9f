package app

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/org"
)

// drawnAt makes a draw in a place and returns its result and its witnesses.
func drawnAt(ctx context.Context, t *testing.T, place Place, draw string) string {
	t.Helper()
	s, err := Open(t.Context(), place, Web{Limits: "off"}, clock.System)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	d, err := s.Inspections.Draw(ctx, org.ByID{ID: draw})
	if err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprint(d.Result)
	for _, w := range d.Witnesses {
		said += " " + w.Secret
	}
	return said
}

// A backup between freezing and drawing has the secret of the program: restored with
// the key ring, the draw is made there, and is the same.
func TestRestoredDrawIsMade(t *testing.T) {
	t.Setenv("LANG", "en_GB.UTF-8")
	engines(t, func(t *testing.T, place Place) {
		if code, said := command(t, append([]string{"setup", "370200"}, flags(place)...)...); code != 0 {
			t.Fatal(said)
		}
		s, err := Open(t.Context(), place, Web{Limits: "off"}, clock.System)
		if err != nil {
			t.Fatal(err)
		}
		office := authz.With(t.Context(), authz.Actor{ID: "office", Grants: []authz.Grant{{Path: "/", Permissions: []authz.Permission{inspection.Read, inspection.Manage}}}})
		d, err := s.Inspections.Freeze(office, org.Posted[inspection.FreezeInput]{Body: inspection.FreezeInput{Of: inspection.OfDays, Title: "随机日期", Region: "370200", Count: 3,
			From: "2026-08-03", To: "2026-10-30", Witnesses: []string{"甲", "乙"}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range d.Links {
			if _, err := s.Inspections.CommitSecret(t.Context(), l.Token, inspection.Commit("secret of "+l.Witness)); err != nil {
				t.Fatal(err)
			}
		}
		for _, l := range d.Links {
			if _, err := s.Inspections.RevealSecret(t.Context(), l.Token, "secret of "+l.Witness); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		target, to := filepath.Join(t.TempDir(), "backups"), Place{Data: t.TempDir()}
		for _, args := range [][]string{append([]string{"backup", target, "--with-keys"}, flags(place)...), append([]string{"restore", target}, flags(to)...)} {
			if code, said := command(t, args...); code != 0 {
				t.Fatalf("%v: %s", args[0], said)
			}
		}
		here, there := drawnAt(office, t, place, d.ID), drawnAt(office, t, to, d.ID)
		if here != there {
			t.Errorf("drawn here %s, from the backup %s", here, there)
		}
	})
}

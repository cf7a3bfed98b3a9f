package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/intake"
)

// emptied takes everything out of the log of a place and has the program believe
// that it never began, as somebody could who can write the tables.
func emptied(t *testing.T, s *System) {
	t.Helper()
	err := s.DB.InTx(t.Context(), func(tx *db.Tx) error {
		for _, q := range []string{`delete from log_leaf`, `delete from log_place`, `delete from log_tile`, `delete from log_cosignature`, `delete from log_checkpoint`, `delete from log_remark`,
			`update log_head set size = 0, adopted = 0`} {
			if _, err := tx.Exec(q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whoever empties the log does not get another signed, by no command and by no
// server. People go on reporting; whoever looks at the server sees the alarm.
// A restore that is accepted is a leaf of the log.
func TestAnEmptiedLogIsNotBegunAgain(t *testing.T) {
	t.Setenv("LANG", "en_GB.UTF-8")
	engines(t, func(t *testing.T, place Place) {
		at := []string{"--data", place.Data, "--database", place.Database}
		if code, _, complaint := run(t, append([]string{"setup", "370200"}, at...)...); code != 0 {
			t.Fatal(complaint)
		}
		s, err := Open(t.Context(), place, Web{Limits: "off"}, clock.System)
		if err != nil {
			t.Fatal(err)
		}
		report := func(s *System) {
			t.Helper()
			if _, err := s.Intake.Submit(t.Context(), intake.Submission{Region: "370200", Category: "A", Narrative: "等了两个小时", Mode: "anonymous"}, intake.Origin{}); err != nil {
				t.Fatal(err)
			}
		}
		s.adopt(t.Context())
		report(s)
		if err := s.Log.Sequence(t.Context()); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(filepath.Join(place.Data, "keys", "ring.log")); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v %v", info, err)
		}
		emptied(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			args []string
			want string
		}{
			{[]string{"verify"}, "WRONG log: goes on from what was signed: the log is stopped: the database says that the log has not begun"},
			{[]string{"migrate"}, "the log is stopped"}, {[]string{"log", "key"}, "qingfeng.log/"}, {[]string{"log", "checkpoint"}, "the log is stopped"},
			{[]string{"log", "accept-restore", "--size", "1", "--reason", "the disk broke"}, "the log of this database has 0 leaves, not 1"},
		} {
			if _, out, complaint := run(t, append(c.args, at...)...); !strings.Contains(out+complaint, c.want) {
				t.Errorf("%v: want %q in\n%s%s", c.args, c.want, out, complaint)
			}
		}
		if s, err = Open(t.Context(), place, Web{Limits: "off"}, clock.System); err != nil {
			t.Fatal(err)
		}
		s.adopt(t.Context())
		report(s)
		if err := s.Log.Sequence(t.Context()); !fault.Is(err, fault.Conflict) {
			t.Errorf("signed: %v", err)
		}
		h := s.Handler()
		for path, want := range map[string]string{"/readyz": "ALARM: the log is stopped", "/metrics": "qingfeng_log_stopped 1", "/log/checkpoint": "the log is not served", "/log": "The public log stands still"} {
			rec := httptest.NewRecorder()
			req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
			req.Header.Set("Accept-Language", "en")
			req.RemoteAddr, req.Host = "127.0.0.1:4711", "127.0.0.1" // of whoever watches the server
			if h.ServeHTTP(rec, req); !strings.Contains(rec.Body.String(), want) {
				t.Errorf("%s: want %q in %s", path, want, rec.Body.String())
			}
		}
		if st, err := s.System.Status(t.Context(), struct{}{}); err != nil || !strings.Contains(fmt.Sprint(st.Warnings), "the log is stopped") {
			t.Errorf("%v %v", st.Warnings, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if code, out, complaint := run(t, append([]string{"log", "accept-restore", "--size", "0", "--reason", "the disk broke"}, at...)...); code != 0 || !strings.Contains(out, "The log goes on from 0 leaves; ") {
			t.Errorf("%d %s%s", code, out, complaint)
		}
		for _, args := range [][]string{{"migrate"}, {"log", "checkpoint"}, {"verify"}} {
			if code, out, complaint := run(t, append(args, at...)...); code != 0 {
				t.Errorf("%v afterwards: %s%s", args, out, complaint)
			}
		}
	})
}

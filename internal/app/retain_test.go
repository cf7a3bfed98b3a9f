package app

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/verify"
)

// When the time for keeping a case is over, nobody reads any more who reported
// it, what was said, or a file, and everything that is stored still holds
// together.
func TestNothingIsReadAfterItsTime(t *testing.T) {
	engines(t, func(t *testing.T, place Place) {
		city, made := city(t, place, 0, false)
		at := city.Now()
		s, err := Open(t.Context(), city.Place, Web{Limits: "off", Workers: 2}, func() time.Time { return at })
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		server := httptest.NewServer(s.Handler())
		t.Cleanup(server.Close)
		var a acknowledged
		in := map[string]any{"token": made.Token, "category": "A", "mode": "named", "narrative": "护士态度不好", "reporter_name": "张三", "reporter_phone": "13800000000",
			"files": []string{sendPhoto(t, server.URL, 1)}}
		if err := json.Unmarshal(must(t, client(t), http.StatusCreated, http.MethodPost, server.URL+"/api/v1/public/reports", in), &a); err != nil {
			t.Fatal(err)
		}
		if err := s.Queue.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		must(t, client(t), http.StatusOK, http.MethodPost, server.URL+"/api/v1/public/receipts/"+a.Receipt+"/withdrawal", map[string]string{"reason": "已当面解决"})
		id, err := s.Intake.Resolve(t.Context(), a.Receipt)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Log.Sequence(t.Context()); err != nil {
			t.Fatal(err)
		}
		at = at.AddDate(15, 0, 0)
		if err := s.DB.InTx(t.Context(), func(tx *db.Tx) error { return s.Queue.Enqueue(tx, "casework.retain", struct{}{}) }); err != nil {
			t.Fatal(err)
		}
		if err := s.Queue.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx := authz.With(t.Context(), authz.System())
		err = s.DB.Read(ctx, func(r db.Reader) error {
			said, err := s.Intake.Read(ctx, r, id)
			if who, err := s.Intake.OpenIdentity(ctx, r, id, false); !said.Gone || said.Narrative != "" || who.Name != "" || !fault.Is(err, fault.Gone) {
				t.Errorf("still read: %+v, %+v, %v", said, who, err)
			}
			if err != nil {
				return err
			}
			files, err := s.Files.List(r, attach.Owner{Kind: "report", ID: id})
			for _, f := range files {
				if _, err := s.Files.Open(ctx, f, attach.Look{Variant: attach.Whole}); !fault.Is(err, fault.Gone) || f.Name != "" {
					t.Errorf("the file %q opens: %v", f.Name, err)
				}
			}
			if len(files) != 1 {
				t.Errorf("%d files are known, want 1", len(files))
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		must(t, client(t), http.StatusOK, http.MethodGet, server.URL+"/api/v1/public/receipts/"+a.Receipt, nil)
		var out bytes.Buffer
		if wrong, err := verify.All(t.Context(), s.DB, &out, s.Checks()); err != nil || wrong > 0 {
			t.Errorf("%d wrong, %v\n%s", wrong, err, out.String())
		}
		for _, what := range []string{"reports", "case events"} {
			if !regexp.MustCompile(`log: leaves of ` + what + ` .* 0 wrong\n +\d+ in the log, destroyed on ` + at.In(clock.Shanghai).Format(time.DateOnly) + `, not compared\n`).Match(out.Bytes()) {
				t.Errorf("of destroyed %s nothing is said:\n%s", what, out.String())
			}
		}
	})
}

package attach_test

import (
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
)

// What is taken away is noted each time, what is seen once for a person and a while
// where that is asked for, a small picture never; a file of another record is none.
func TestReadingIsNamedAndNoted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if err := w.hang("c", w.sent("good.png", picture(t))); err != nil {
			t.Fatal(err)
		}
		w.work()
		f := w.list("c")[0]
		reading := attach.Reading{DB: w.db, Audit: audit.New(w.now), Now: w.now}
		ctx := authz.With(t.Context(), authz.Actor{ID: "reader", Name: "李督办"})
		var words string
		open := func(of attach.Sight, wanted attach.Wanted, owners ...attach.Owner) error {
			of.Record, of.Number, of.Took, wanted.File = "r", "QF-1", "took", f.ID
			out, err := reading.Open(ctx, wanted, of, func(l attach.Look) (httpapi.File, error) {
				words = l.Words
				return w.OpenOf(ctx, f.ID, l, owners...)
			})
			if err == nil {
				w.bytes(out)
			}
			return err
		}
		noted := func(action string, want int) {
			t.Helper()
			err := w.db.Read(t.Context(), func(r db.Reader) error {
				entries, err := audit.About(r, "r", time.Time{}, action)
				if len(entries) != want {
					t.Errorf("%s is noted %d times, want %d", action, len(entries), want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		mine := attach.Owner{Kind: f.OwnerKind, ID: f.OwnerID}
		saw := attach.Sight{Saw: "saw", Within: time.Minute, Place: "市卫生健康委"}
		for _, look := range []struct {
			of     attach.Sight
			wanted attach.Wanted
		}{
			{saw, attach.Wanted{Variant: attach.Thumb}}, {saw, attach.Wanted{Variant: attach.Whole}}, {saw, attach.Wanted{Variant: attach.Whole}},
			{attach.Sight{}, attach.Wanted{Variant: attach.Whole}}, {saw, attach.Wanted{Variant: attach.Whole, Download: true}}, {attach.Sight{}, attach.Wanted{Variant: attach.Whole, Download: true}},
		} {
			if err := open(look.of, look.wanted, attach.Owner{Kind: "other", ID: f.OwnerID}, mine); err != nil {
				t.Fatal(err)
			}
		}
		noted("saw", 1)
		noted("took", 2)
		if !strings.HasPrefix(words, "李督办 20") || !strings.HasSuffix(words, " QF-1") {
			t.Errorf("across it stands %q", words)
		}
		if err := open(saw, attach.Wanted{Variant: attach.Whole, Download: true}, attach.Owner{Kind: f.OwnerKind, ID: "another"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a file of another record: %v", err)
		}
		noted("took", 2)
	})
}

package attach_test

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/blob/blobtest"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/media"
	"qingfeng/internal/kit/stamp"
	"qingfeng/internal/kit/upload"
)

// world is a place to hang files on.
type world struct {
	*attach.Service
	t       *testing.T
	db      *db.DB
	uploads *upload.Service
	queue   *job.Queue
	now     clock.Clock
}

// remake makes the attachments anew, with other tools.
func (w *world) remake(tools media.Tools) {
	w.t.Helper()
	copies, err := media.New(media.Options{Limits: media.DefaultLimits(), Tools: tools, Scratch: w.t.TempDir()})
	if err != nil {
		w.t.Fatal(err)
	}
	w.queue = job.New(w.db, w.now)
	w.Service = attach.New(w.db, w.uploads, attach.Made{Media: copies, Stamp: stamp.New()}, w.queue, audit.New(w.now), w.now)
	w.queue.Handle(w.Jobs()...)
}

func each(t *testing.T, f func(*testing.T, *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := func() time.Time { return time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai) }
		store := blobtest.Open(t, t.TempDir())
		w := &world{t: t, db: d, now: now, uploads: upload.New(d, store, crypttest.Vault(t, now), now, upload.DefaultRules())}
		w.remake(media.FindTools())
		f(t, w)
	},
		dbtest.Migration{Module: "job", Files: job.Migrations()}, dbtest.Migration{Module: "audit", Files: audit.Migrations()}, dbtest.Migration{Module: "upload", Files: upload.Migrations()}, crypttest.Tables(),
		dbtest.Migration{Module: "attach", Files: attach.Migrations()})
}

// sent uploads a file and makes it ready to be attached.
func (w *world) sent(name string, data []byte) string {
	w.t.Helper()
	id, err := w.uploads.Receive(w.t.Context(), name, "", bytes.NewReader(data))
	if err == nil {
		_, err = w.Prepare(w.t.Context(), []string{id})
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// picture is one that no copy is stored like: copies are compressed.
func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.NoCompression}).Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (w *world) hang(to string, uploads ...string) error {
	ctx := authz.With(w.t.Context(), authz.Actor{ID: "zhang"})
	return w.db.InTx(ctx, func(tx *db.Tx) error {
		return w.Attach(ctx, tx, attach.Handed{Owner: attach.Owner{Kind: "case", ID: to}, From: attach.FromStaff}, uploads)
	})
}

func (w *world) list(of string) (fs []attach.File) {
	w.t.Helper()
	err := w.db.Read(w.t.Context(), func(r db.Reader) (err error) {
		fs, err = w.List(r, attach.Owner{Kind: "case", ID: of})
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return fs
}

func (w *world) retry(id string) error {
	return w.db.InTx(w.t.Context(), func(tx *db.Tx) error { return w.Retry(w.t.Context(), tx, attach.File{ID: id, OwnerID: "c"}) })
}

// work makes the copies that wait.
func (w *world) work() {
	w.t.Helper()
	if err := w.queue.RunDue(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func want(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: got %v, want kind %d", what, err, kind)
	}
}

// Only the copy is ever shown, and only once it is ready: a file that waits or
// failed shows nothing, and a failed one may be tried again.
func TestOnlyCopiesAreShown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		good, bad := picture(t), []byte("no picture at all")
		if err := w.hang("c", w.sent("good.png", good), w.sent("bad.png", bad)); err != nil {
			t.Fatal(err)
		}
		for _, f := range w.list("c") {
			_, err := w.Open(t.Context(), f, look(attach.Whole))
			want(t, "open before the copy is made", err, fault.Unavailable)
			want(t, "retry before the copy is made", w.retry(f.ID), fault.Conflict)
		}
		w.work()
		fs := w.list("c")
		if fs[0].State != attach.Ready || fs[1].State != attach.Failed || fs[0].Staff != "zhang" || fs[1].Error == "" {
			t.Fatalf("after work: %+v", fs)
		}
		for _, v := range []attach.Variant{attach.Whole, attach.Thumb} {
			w.shown(fs[0], v, good)
			_, err := w.Open(t.Context(), fs[1], look(v))
			want(t, "open what failed", err, fault.Conflict)
		}
		want(t, "retry what is ready", w.retry(fs[0].ID), fault.Conflict)
		want(t, "retry nothing", w.retry("nothing"), fault.Conflict)
		if err := w.retry(fs[1].ID); err != nil {
			t.Fatal(err)
		}
		if f := w.list("c")[1]; f.State != attach.Pending || f.Error != "" {
			t.Errorf("after the retry: %+v", f)
		}
		if w.work(); w.list("c")[1].State != attach.Failed {
			t.Error("what is no picture became one")
		}
	})
}

// shown opens a copy and compares it with the original, which it must not be.
func (w *world) shown(f attach.File, v attach.Variant, original []byte) {
	w.t.Helper()
	out, err := w.Open(w.t.Context(), f, look(v))
	if err != nil {
		w.t.Fatalf("%s: %v", v, err)
	}
	data := w.bytes(out)
	if _, _, err := image.DecodeConfig(bytes.NewReader(data)); err != nil || bytes.Equal(data, original) || !out.Inline {
		w.t.Errorf("%s: %d bytes, inline %t (%v)", v, len(data), out.Inline, err)
	}
}

// look is a look at a file by somebody.
func look(v attach.Variant) attach.Look {
	return attach.Look{Variant: v, Page: 1, Words: "李督办 市卫生健康委 2026-07-28 09:15 QF-1", Suffix: "李督办 0728"}
}

// bytes returns what an answer holds.
func (w *world) bytes(out httpapi.File) []byte {
	w.t.Helper()
	if out.Content == nil {
		var b bytes.Buffer
		if err := out.Write(&b); err != nil {
			w.t.Fatal(err)
		}
		return b.Bytes()
	}
	data, err := io.ReadAll(out.Content)
	if err != nil || out.Content.Close() != nil {
		w.t.Fatal(err)
	}
	return data
}

// An upload belongs to one record. The same record may take it again, which
// changes nothing.
func TestAnUploadHangsOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.sent("good.png", picture(t))
		for range 2 {
			if err := w.hang("c", id); err != nil {
				t.Fatal(err)
			}
		}
		want(t, "another record", w.hang("d", id), fault.Conflict)
		want(t, "unknown", w.hang("c", "nothing"), fault.NotFound)
		_, err := w.Prepare(t.Context(), []string{"nothing"})
		want(t, "unknown", err, fault.Invalid)
		if len(w.list("c")) != 1 || len(w.list("d")) != 0 {
			t.Errorf("%d and %d files", len(w.list("c")), len(w.list("d")))
		}
	})
}

// Two records take one upload at once: one has it.
func TestAttachRace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range 5 {
			id := w.sent("good.png", picture(t))
			owners := []string{"c" + id, "d" + id}
			errs := make([]error, len(owners))
			var wg sync.WaitGroup
			for i, owner := range owners {
				wg.Go(func() { errs[i] = w.hang(owner, id) })
			}
			wg.Wait()
			for i, owner := range owners {
				if (errs[i] == nil) != (len(w.list(owner)) == 1) {
					t.Errorf("%v, %d files", errs[i], len(w.list(owner)))
				}
			}
			if (errs[0] == nil) == (errs[1] == nil) {
				t.Errorf("both or none: %v", errs)
			}
		}
	})
}

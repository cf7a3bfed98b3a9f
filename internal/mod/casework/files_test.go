package casework_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/casework"
)

// theFile is the one file that each case of these tests has.
const theFile = "file-1"

// drawer stands for where files are kept.
type drawer struct {
	masked  map[string]bool
	looks   []attach.Look
	retried int
	broken  bool // the original is not what was received
}

func (w *world) files() *drawer {
	w.drawer = &drawer{masked: map[string]bool{}}
	return w.drawer
}

// Open implements casework.Files.
func (x *drawer) Open(_ context.Context, _, file string, l attach.Look) (httpapi.File, error) {
	if file != theFile {
		return httpapi.File{}, fault.Missing(i18n.T("附件", "file"))
	}
	x.looks = append(x.looks, l)
	return httpapi.File{Inline: !l.Download, ContentType: "image/jpeg"}, nil
}

// Retry implements casework.Files.
func (x *drawer) Retry(context.Context, *db.Tx, string, string) error {
	x.retried++
	return nil
}

type opened struct{ *strings.Reader }

// Close implements io.Closer.
func (opened) Close() error { return nil }

// Original implements casework.Files.
func (x *drawer) Original(context.Context, string, string) (io.ReadSeekCloser, error) {
	if x.broken {
		return nil, fault.New(fault.Conflict, i18n.T("原件与记录不符", "the original differs"))
	}
	return opened{strings.NewReader("原声")}, nil
}

// Given implements casework.Files.
func (x *drawer) Given(_ db.Reader, id string) ([]casework.File, error) {
	return []casework.File{{ID: theFile, Name: "录音.m4a", Kind: "audio", State: "ready", SHA256: strings.Repeat("ab", 32), Masked: x.masked[id]}}, nil
}

// Mask implements casework.Files.
func (x *drawer) Mask(_ context.Context, _ *db.Tx, id string) error {
	x.masked[id] = true
	return nil
}

// Masked implements casework.Files.
func (x *drawer) Masked(_ db.Reader, id string) (bool, error) { return x.masked[id], nil }

// Whoever looks is named in full, and a look is noted once for a person, a file
// and a quarter of an hour, a download each time, a small picture never.
func TestLooksAreNamedAndNoted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("A")
		look := func(ctx context.Context, in casework.FileInput) {
			in.ID, in.File = id, theFile
			if _, err := w.OpenFile(ctx, in); err != nil {
				t.Fatal(err)
			}
		}
		noted := func() (views, downloads int) {
			err := w.DB.Read(t.Context(), func(r db.Reader) error {
				v, err1 := audit.About(r, id, time.Time{}, "case.file")
				d, err2 := audit.About(r, id, time.Time{}, "case.file_download")
				views, downloads = len(v), len(d)
				return errors.Join(err1, err2)
			})
			if err != nil {
				t.Fatal(err)
			}
			return views, downloads
		}
		look(w.coordinator(), casework.FileInput{Wanted: attach.Wanted{Variant: "thumb"}})
		if v, d := noted(); v+d != 0 {
			t.Errorf("a small picture: %d looks, %d downloads", v, d)
		}
		look(w.coordinator(), casework.FileInput{Wanted: attach.Wanted{Variant: "copy"}})
		look(w.coordinator(), casework.FileInput{Wanted: attach.Wanted{Variant: "page", Page: 2}})
		look(w.coordinator(), casework.FileInput{Wanted: attach.Wanted{Variant: "copy", Download: true}})
		look(w.coordinator(), casework.FileInput{Wanted: attach.Wanted{Variant: "copy", Download: true}})
		look(w.supervisor(), casework.FileInput{Wanted: attach.Wanted{Variant: "copy"}})
		if v, d := noted(); v != 2 || d != 2 {
			t.Errorf("%d looks, %d downloads", v, d)
		}
		w.at = w.at.Add(15 * time.Minute)
		look(w.coordinator(), casework.FileInput{Wanted: attach.Wanted{Variant: "copy"}})
		if v, _ := noted(); v != 3 {
			t.Errorf("%d looks after a quarter of an hour", v)
		}
		number := w.read(id).Number
		last := w.drawer.looks[len(w.drawer.looks)-1]
		if last.Words != "coordinator 清江市第一人民医院 2026-07-28 09:15 "+number || last.Suffix != "coordinator 20260728-0915" {
			t.Errorf("%+v", last)
		}
		_, err := w.OpenFile(w.stranger(), casework.FileInput{ID: id, Wanted: attach.Wanted{File: theFile, Variant: "copy"}})
		want(t, err, fault.NotFound)
		_, err = w.OpenFile(w.coordinator(), casework.FileInput{ID: id, Wanted: attach.Wanted{File: "other", Variant: "copy"}})
		want(t, err, fault.NotFound)
	})
}

// The chain of a file is told from its receipt to its last download, in order.
func TestCustodyTellsEverything(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("A")
		note := func(ctx context.Context, action, file string) {
			w.at = w.at.Add(time.Minute)
			w.tx(func(tx *db.Tx) error { return w.Audit.Append(ctx, tx, action, id, "", "file", file) })
		}
		system := authz.With(t.Context(), authz.System())
		note(system, "file.failed", theFile)
		note(w.coordinator(), "file.retried", theFile)
		note(system, "file.copied", theFile)
		note(system, "file.copied", "another")
		w.at = w.at.Add(time.Minute)
		if _, err := w.OpenFile(w.coordinator(), casework.FileInput{ID: id, Wanted: attach.Wanted{File: theFile, Variant: "copy"}}); err != nil {
			t.Fatal(err)
		}
		w.at = w.at.Add(time.Minute)
		w.release(w.discipline(), id)
		w.at = w.at.Add(time.Minute)
		if _, err := w.MaskVoice(w.discipline(), reasoned(id, "声音容易辨认。")); err != nil {
			t.Fatal(err)
		}
		for who, ctx := range map[string]context.Context{"discipline": w.discipline(), "coordinator": w.coordinator()} {
			c, err := w.CustodyOf(ctx, casework.OfFile{ID: id, File: theFile})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range c.Steps {
				got = append(got, s.What+" "+s.Actor+" "+s.Reason)
			}
			want := "received reporter ; sealed system ; failed system ; retried coordinator ; copied system ; opened coordinator ; released discipline 鉴定需要。; masked discipline 声音容易辨认。"
			if strings.Join(got, "; ") != want || c.MayRelease != (who == "discipline") {
				t.Errorf("%s: %s, may release %t", who, strings.Join(got, "; "), c.MayRelease)
			}
		}
		_, err := w.CustodyOf(w.stranger(), casework.OfFile{ID: id, File: theFile})
		want(t, err, fault.NotFound)
		_, err = w.CustodyOf(w.coordinator(), casework.OfFile{ID: id, File: "other"})
		want(t, err, fault.NotFound)
	})
}

// release asks for the original and returns the parts of what is handed out.
func (w *world) release(ctx context.Context, id string) map[string]string {
	w.t.Helper()
	in := casework.ReleaseInput{OfFile: casework.OfFile{ID: id, File: theFile}}
	in.Body.Reason = "鉴定需要。"
	f, err := w.ReleaseOriginal(ctx, in)
	if err != nil {
		w.t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		w.t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		w.t.Fatal(err)
	}
	parts := map[string]string{"": f.Name}
	for _, p := range z.File {
		in, err := p.Open()
		if err != nil {
			w.t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			w.t.Fatal(err)
		}
		parts[p.Name] = string(data)
	}
	return parts
}

// Only the discipline line has an original, with a reason, which is in the
// history before anything leaves; one that differs from what was received is not
// handed out.
func TestOnlyTheDisciplineLineHasAnOriginal(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("A")
		parts := w.release(w.discipline(), id)
		statement := parts["说明 statement.txt"]
		if parts["original.jpg"] != "原声" || !strings.Contains(statement, strings.Repeat("ab", 32)) || !strings.Contains(statement, "鉴定需要。") ||
			!strings.HasSuffix(parts[""], " 原件 abababababababab.zip") {
			t.Errorf("%q", parts)
		}
		if e := w.last(id); e.Action != "release_original" || e.Reason != "鉴定需要。" || e.Detail["file"] != theFile || e.Actor != "discipline" {
			t.Errorf("%+v", e)
		}
		events := len(w.detail(w.discipline(), id).Timeline)
		in := casework.ReleaseInput{OfFile: casework.OfFile{ID: id, File: theFile}}
		in.Body.Reason = "  "
		_, err := w.ReleaseOriginal(w.discipline(), in)
		want(t, err, fault.Invalid)
		in.Body.Reason = "想听。"
		for _, ctx := range []context.Context{w.coordinator(), w.supervisor()} {
			_, err = w.ReleaseOriginal(ctx, in)
			want(t, err, fault.Forbidden)
		}
		_, err = w.ReleaseOriginal(w.stranger(), in)
		want(t, err, fault.NotFound)
		w.drawer.broken = true
		_, err = w.ReleaseOriginal(w.discipline(), in)
		want(t, err, fault.Conflict)
		in.File = "other"
		_, err = w.ReleaseOriginal(w.discipline(), in)
		want(t, err, fault.NotFound)
		if n := len(w.detail(w.discipline(), id).Timeline); n != events {
			t.Errorf("what was refused left %d events", n-events)
		}
	})
}

// Voices are changed once, by the discipline line or the reporter, and the step is
// offered to nobody for whom it would be refused.
func TestVoicesAreMaskedOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("A")
		w.offers(w.discipline(), id, []string{"mask_voice"})
		w.offers(w.coordinator(), id, nil, "mask_voice")
		_, err := w.MaskVoice(w.coordinator(), reasoned(id, "要求。"))
		want(t, err, fault.Forbidden)
		_, err = w.MaskVoice(w.discipline(), reasoned(id, " "))
		want(t, err, fault.Invalid)
		if w.drawer.masked[id] {
			t.Fatal("masked by a refusal")
		}
		if _, err := w.MaskVoice(w.discipline(), reasoned(id, "要求。")); err != nil || !w.drawer.masked[id] {
			t.Fatal(err)
		}
		_, err = w.MaskVoice(w.discipline(), reasoned(id, "要求。"))
		want(t, err, fault.Conflict)
		w.offers(w.discipline(), id, nil, "mask_voice")
	})
}

// The reporter sees what was given, and may have voices changed with what is
// added; who joined another case, in what comes by the own one.
func TestReportersFiles(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.routed("A")
		w.at = w.at.Add(time.Minute)
		second := w.routed("A")
		in := casework.MergeInput{ID: second}
		in.Body.Into, in.Body.Reason = first, "同一件事。"
		if _, err := w.Merge(w.dispatcher(), in); err != nil {
			t.Fatal(err)
		}
		more := casework.AddEvidenceInput{ByReceipt: casework.ByReceipt{Receipt: second}}
		more.Body.Files, more.Body.MaskVoice = []string{"u1"}, true
		p, err := w.AddEvidence(t.Context(), more)
		if err != nil || !p.Masked || len(p.Files) != 1 || !p.Files[0].Masked || p.Files[0].Name != "录音.m4a" {
			t.Errorf("%+v, %v", p, err)
		}
		if w.drawer.masked[first] || !w.drawer.masked[second] || !slices.Contains(w.attached, first+" u1 "+second) {
			t.Errorf("masked %v, attached %q", w.drawer.masked, w.attached)
		}
		if p, err := w.ReadReceipt(t.Context(), casework.ByReceipt{Receipt: first}); err != nil || p.Masked {
			t.Error("the wish of one is that of another")
		}
	})
}

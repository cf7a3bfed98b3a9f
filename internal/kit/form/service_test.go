package form_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/blob/blobtest"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/media"
	"qingfeng/internal/kit/stamp"
	"qingfeng/internal/kit/upload"
)

const (
	manage authz.Permission = "forms.manage"
	read   authz.Permission = "forms.read"
)

// world is a place with forms.
type world struct {
	*form.Service
	t       *testing.T
	db      *db.DB
	uploads *upload.Service
	at      time.Time
}

func each(t *testing.T, f func(*testing.T, *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := &world{t: t, db: d, at: time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai)}
		now := func() time.Time { return w.at }
		copies, err := media.New(media.Options{Limits: media.DefaultLimits(), Tools: media.FindTools(), Scratch: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		log := audit.New(now)
		w.uploads = upload.New(d, blobtest.Open(t, t.TempDir()), crypttest.Vault(t, now), now, upload.DefaultRules())
		w.Service = &form.Service{DB: d, Now: now, Audit: log, Manage: manage, ReadAnswers: read,
			Files: attach.New(d, w.uploads, attach.Made{Media: copies, Stamp: stamp.New()}, job.New(d, now), log, now),
			Names: func(_ db.Reader, ids []string) (map[string]string, error) {
				all := map[string]string{"zhang": "张三", "hospital": "清河医院"}
				maps.DeleteFunc(all, func(id, _ string) bool { return !strings.Contains(strings.Join(ids, " "), id) })
				return all, nil
			}}
		f(t, w)
	},
		dbtest.Migration{Module: "job", Files: job.Migrations()}, dbtest.Migration{Module: "audit", Files: audit.Migrations()}, dbtest.Migration{Module: "upload", Files: upload.Migrations()}, crypttest.Tables(),
		dbtest.Migration{Module: "attach", Files: attach.Migrations()}, dbtest.Migration{Module: "form", Files: form.Migrations()})
}

// as is somebody who manages the forms of a region, and reads its answers.
func (w *world) as(path string) context.Context {
	return authz.With(w.t.Context(), authz.Actor{ID: "zhang", Path: path, Grants: []authz.Grant{{Path: path, Permissions: []authz.Permission{manage, read}}}})
}

func (w *world) ctx() context.Context { return w.as("/37/") }

func must[T any](v T, err error) func(*world) T {
	return func(w *world) T {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
		return v
	}
}

// asked is a draft of some fields, one after the other.
func asked(fields ...string) map[string]any {
	props, order := map[string]any{}, []any{}
	for _, f := range fields {
		id, said, _ := strings.Cut(f, " ")
		props[id] = object(`{"x-label":{"zh":"` + id + `","en":"` + id + `"},` + said + `}`)
		order = append(order, id)
	}
	return map[string]any{"x-title": object(`{"zh":"依法执业检查","en":"Inspection"}`), "x-sections": []any{map[string]any{"zh": "一", "en": "One", "fields": order}}, "properties": props}
}

// with adds a keyword to a draft.
func with(draft map[string]any, key string, v any) map[string]any {
	draft = maps.Clone(draft)
	draft[key] = v
	return draft
}

const (
	yesNo  = `"x-kind":"choice","x-options":[{"code":"yes","zh":"是","en":"yes"},{"code":"no","zh":"否","en":"no"}]`
	amount = `"x-kind":"money"`
)

// begun is a form with a draft.
func (w *world) begun(draft map[string]any) form.Detail {
	w.t.Helper()
	in := form.Posted[form.NewForm]{Body: form.NewForm{OwnerPath: "/37/", Purpose: "inspection", NameZH: "检查", NameEN: "Inspection", Draft: draft}}
	return must(w.Create(w.ctx(), in))(w)
}

func (w *world) publish(d form.Detail) (form.Detail, error) {
	return w.Publish(w.ctx(), form.PostedTo[form.Publication]{One: form.One{ID: d.ID}, Body: form.Publication{Revision: d.Revision, Reason: "按通知要求。"}})
}

func (w *world) save(d form.Detail, draft map[string]any) form.Detail {
	w.t.Helper()
	return must(w.SaveDraft(w.ctx(), form.PostedTo[form.Draft]{One: form.One{ID: d.ID}, Body: form.Draft{Draft: draft, Revision: d.Revision}}))(w)
}

// published is a form in force.
func (w *world) published(fields ...string) form.Detail {
	w.t.Helper()
	return must(w.publish(w.begun(asked(fields...))))(w)
}

// answer hands in answers.
func (w *world) answer(in form.Given) (a form.Answer, fresh bool, err error) {
	y, err := w.Prepare(w.ctx(), in)
	if err != nil {
		return a, false, err
	}
	err = w.db.InTx(w.ctx(), func(tx *db.Tx) error {
		a, fresh, err = w.Answer(w.ctx(), tx, y)
		return err
	})
	return a, fresh, err
}

// given are answers to a form about a hospital.
func given(d form.Detail, answers map[string]any) form.Given {
	return form.Given{ID: uuid.NewString(), FormID: d.ID, Path: "/37/02/", Subject: "visit:1", Answers: answers}
}

// refused fails the test unless err is a fault of a kind that says something of a
// field.
func (w *world) refused(err error, k fault.Kind, field, says string) {
	w.t.Helper()
	for _, d := range fault.Details(err) {
		if fault.Is(err, k) && (field == "" || d.Field == field) && strings.Contains(d.Text.EN, says) {
			return
		}
	}
	w.t.Errorf("want kind %d at %q saying %q, got %v", k, field, says, err)
}

func TestDraftBecomesVersion(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.begun(nil)
		if len(d.Problems) == 0 || d.Current != 0 {
			t.Errorf("an empty form: %+v", d)
		}
		_, err := w.publish(d)
		w.refused(err, fault.Invalid, "/properties", "1 to 200")
		d = w.save(d, asked("ok "+yesNo))
		if len(d.Problems) != 0 {
			t.Errorf("a sound draft: %v", d.Problems)
		}
		_, err = w.SaveDraft(w.ctx(), form.PostedTo[form.Draft]{One: form.One{ID: d.ID}, Body: form.Draft{Draft: asked(), Revision: 1}})
		w.refused(err, fault.Conflict, "", "somebody else")
		_, err = w.Publish(w.ctx(), form.PostedTo[form.Publication]{One: form.One{ID: d.ID}, Body: form.Publication{Revision: d.Revision, Reason: " "}})
		w.refused(err, fault.Invalid, "reason", "say why")
		d = must(w.publish(d))(w)
		if d.Current != 1 || d.NameZH != "依法执业检查" || len(d.Versions) != 1 || d.Document == nil {
			t.Errorf("published: %+v", d)
		}
		_, err = w.publish(d)
		w.refused(err, fault.Conflict, "", "nothing has changed")
		v := must(w.GetVersion(w.ctx(), form.OneVersion{One: form.One{ID: d.ID}, N: 1}))(w)
		if v.Document["additionalProperties"] != false {
			t.Errorf("got %v", v.Document)
		}
		_, err = w.GetVersion(w.ctx(), form.OneVersion{One: form.One{ID: d.ID}, N: 2})
		w.refused(err, fault.NotFound, "", "version")
	})
}

func TestForms(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.published("ok " + yesNo)
		stranger := w.as("/44/")
		seen := must(w.Get(stranger, form.One{ID: d.ID}))(w)
		if seen.Draft != nil || seen.Document == nil {
			t.Errorf("a stranger sees %+v", seen)
		}
		_, err := w.Retire(stranger, form.PostedTo[form.Reason]{One: form.One{ID: d.ID}, Body: form.Reason{Reason: "过时。"}})
		w.refused(err, fault.Forbidden, "", "may not")
		_, err = w.Create(stranger, form.Posted[form.NewForm]{Body: form.NewForm{OwnerPath: "/37/", Purpose: "x", NameZH: "甲", NameEN: "A"}})
		w.refused(err, fault.Forbidden, "", "may not")
		_, err = w.Create(w.ctx(), form.Posted[form.NewForm]{Body: form.NewForm{OwnerPath: "37"}})
		for _, field := range []string{"name_zh", "name_en", "owner_path"} {
			w.refused(err, fault.Invalid, field, "please")
		}
		_, err = w.Get(w.ctx(), form.One{ID: "none"})
		w.refused(err, fault.NotFound, "", "form")
		list := func(in form.ListForms) int { return len(must(w.List(w.ctx(), in))(w).Items) }
		if list(form.ListForms{Q: "依法", Purpose: "inspection"}) != 1 || list(form.ListForms{Q: "回访"}) != 0 || list(form.ListForms{Purpose: "followup"}) != 0 {
			t.Error("the list is not narrowed")
		}
		must(w.Retire(w.ctx(), form.PostedTo[form.Reason]{One: form.One{ID: d.ID}, Body: form.Reason{Reason: "过时。"}}))(w)
		if list(form.ListForms{}) != 0 || list(form.ListForms{Retired: true}) != 1 {
			t.Error("a retired form is listed as the others")
		}
		_, err = w.Retire(w.ctx(), form.PostedTo[form.Reason]{One: form.One{ID: d.ID}, Body: form.Reason{Reason: "过时。"}})
		w.refused(err, fault.Conflict, "", "retired")
		_, _, err = w.answer(given(d, nil))
		if err != nil { // it was filled in at the moment of retiring
			t.Error(err)
		}
		w.at = w.at.Add(time.Minute)
		_, _, err = w.answer(given(d, nil))
		w.refused(err, fault.Conflict, "", "retired")
		late := given(d, nil)
		late.FilledAt = w.at.Add(-time.Hour)
		must(w.Prepare(w.ctx(), late))(w)
	})
}

func TestTry(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := must(w.Try(w.ctx(), form.Posted[form.Tried]{Body: form.Tried{Schema: map[string]any{}}}))(w)
		if len(v.Schema) == 0 {
			t.Error("nothing is wrong with nothing")
		}
		v = must(w.Try(w.ctx(), form.Posted[form.Tried]{Body: form.Tried{Schema: with(asked("ok "+yesNo, "n "+amount), "required", []any{"ok"}), Answers: map[string]any{"n": "3万元"}}}))(w)
		if len(v.Schema) != 0 || len(v.Answers) != 2 || v.Answers[0].At != "answers.ok" || v.Document == nil {
			t.Errorf("got %+v", v)
		}
	})
}

func TestAnswerIsKeptOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.published("ok "+yesNo, "n "+amount)
		in := given(d, map[string]any{"ok": "yes", "n": 100.0})
		a, fresh, err := w.answer(in)
		if err != nil || !fresh {
			t.Fatalf("%v %v", fresh, err)
		}
		again, fresh, err := w.answer(in)
		if diff := cmp.Diff(a.Content, again.Content); err != nil || fresh || diff != "" {
			t.Errorf("the second time: %v %v %s", fresh, err, diff)
		}
		other := in
		other.Answers = map[string]any{"ok": "no"}
		_, _, err = w.answer(other)
		w.refused(err, fault.Conflict, "", "something else")
		other = in
		other.ID = "1"
		_, _, err = w.answer(other)
		w.refused(err, fault.Invalid, "id", "UUID")
		other = given(d, map[string]any{"ok": "perhaps", "n": -1.0})
		_, _, err = w.answer(other)
		w.refused(err, fault.Invalid, "answers.ok", "choose one")
		w.refused(err, fault.Invalid, "answers.n", "at least 0 yuan")
		if n := w.count(); n != 1 {
			t.Errorf("%d answers are kept", n)
		}
	})
}

func (w *world) count() (n int64) {
	w.t.Helper()
	err := w.db.Read(w.ctx(), func(r db.Reader) (err error) {
		n, err = db.Value[int64](r, `select count(*) from form_answer`)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// Of several who send one answer at once, one has it kept, and all get it back.
func TestAnswerRace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.published("n " + amount)
		in := given(d, map[string]any{"n": 100.0})
		fresh, same, errs := make([]bool, 4), make([]form.Answer, 4), make([]error, 4)
		var wg sync.WaitGroup
		for i := range fresh {
			wg.Go(func() { same[i], fresh[i], errs[i] = w.answer(in) })
		}
		wg.Wait()
		first := 0
		for i := range fresh {
			if fresh[i] {
				first++
			}
			if same[i].Content != `{"n":100}` {
				t.Errorf("got %q", same[i].Content)
			}
		}
		if err := errors.Join(errs...); err != nil || first != 1 || w.count() != 1 {
			t.Errorf("%d were first, %d are kept, %v", first, w.count(), err)
		}
	})
}

// Of two who publish one draft at once, one does.
func TestPublishRace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.begun(asked("n " + amount))
		errs := make([]error, 3)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() { _, errs[i] = w.publish(d) })
		}
		wg.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else {
				w.refused(err, fault.Conflict, "", "nothing has changed")
			}
		}
		if got := must(w.Get(w.ctx(), form.One{ID: d.ID}))(w); done != 1 || got.Current != 1 {
			t.Errorf("%d published, version %d", done, got.Current)
		}
	})
}

func TestCorrection(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.published("n " + amount)
		a := must(w.kept(given(d, map[string]any{"n": 100.0})))(w)
		better := given(d, map[string]any{"n": 200.0})
		better.Replaces = a.ID
		must(w.kept(better))(w)
		third := given(d, map[string]any{"n": 300.0})
		third.Replaces = a.ID
		_, _, err := w.answer(third)
		w.refused(err, fault.Conflict, "", "corrected already")
		elsewhere := given(d, map[string]any{"n": 300.0})
		elsewhere.Replaces, elsewhere.Subject = better.ID, "visit:2"
		_, _, err = w.answer(elsewhere)
		w.refused(err, fault.Conflict, "", "does not exist")
		w.look(func(r db.Reader) error {
			list, err := form.AnswersOf(r, "visit:1")
			if len(list) != 1 || list[0].ID != better.ID {
				t.Errorf("got %+v", list)
			}
			sum, err2 := form.Sum(r, d.ID, "n", nil)
			if sum != (form.Total{Answers: 1, Sum: 200}) {
				t.Errorf("got %+v", sum)
			}
			return errors.Join(err, err2)
		})
	})
}

// kept is answer for one that must be new.
func (w *world) kept(in form.Given) (form.Answer, error) {
	a, fresh, err := w.answer(in)
	if err == nil && !fresh {
		err = errors.New("it was there")
	}
	return a, err
}

func (w *world) look(f func(db.Reader) error) {
	w.t.Helper()
	if err := w.db.Read(w.ctx(), f); err != nil {
		w.t.Fatal(err)
	}
}

func TestReferencesAndFiles(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.published(`u "x-kind":"institution"`, `p "x-kind":"person"`, `f "x-kind":"file"`, `s "x-kind":"signature"`)
		_, _, err := w.answer(given(d, map[string]any{"u": "nowhere", "p": map[string]any{"staff": "nobody"}}))
		w.refused(err, fault.Invalid, "answers.u", "institution")
		w.refused(err, fault.Invalid, "answers.p", "person")
		_, _, err = w.answer(given(d, map[string]any{"f": []any{"gone"}}))
		w.refused(err, fault.Invalid, "files", "upload it again")
		in := given(d, map[string]any{"u": "hospital", "p": map[string]any{"staff": "zhang"}, "f": []any{w.sent("照片.png")}, "s": map[string]any{"file": w.sent("签名.png")}})
		a := must(w.kept(in))(w)
		if _, fresh, err := w.answer(in); fresh || err != nil {
			t.Errorf("the second time: %v %v", fresh, err)
		}
		w.look(func(r db.Reader) error {
			files, err := w.Files.List(r, attach.Owner{Kind: form.OwnerKind, ID: a.ID})
			if len(files) != 2 {
				t.Errorf("%d files hang on the answer", len(files))
			}
			return err
		})
		stolen := given(d, map[string]any{"f": in.Answers["f"]})
		_, _, err = w.answer(stolen)
		if fault.KindOf(err) == fault.Internal {
			t.Errorf("a file that hangs elsewhere: %v", err)
		}
	})
}

// sent uploads a picture.
func (w *world) sent(name string) string {
	w.t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		w.t.Fatal(err)
	}
	return must(w.uploads.Receive(w.t.Context(), name, "", &b))(w)
}

func TestExport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.published("ok "+yesNo, "n "+amount, `day "x-kind":"date"`, `p "x-kind":"person"`, `t "x-kind":"text"`, `many `+strings.Replace(yesNo, `"x-options"`, `"x-many":true,"x-options"`, 1))
		must(w.kept(given(d, map[string]any{"ok": "yes", "n": 12345.0, "day": "2020-02-29", "p": map[string]any{"staff": "zhang"}, "t": "=1+1", "many": []any{"no", "yes"}})))(w)
		d = must(w.publish(w.save(d, with(asked("ok "+yesNo), "x-retired", []any{"n", "day", "p", "t", "many"}))))(w)
		w.at = w.at.Add(time.Second)
		must(w.kept(given(d, map[string]any{"ok": "no"})))(w)
		far := given(d, map[string]any{"ok": "no"})
		far.Path = "/37020/"
		must(w.kept(far))(w)
		file := must(w.Export(w.ctx(), form.ExportAnswers{ListAnswers: form.ListAnswers{One: form.One{ID: d.ID}}, Query: export.Query{Format: export.AsCSV}}))(w)
		var b bytes.Buffer
		if err := file.Write(&b); err != nil {
			t.Fatal(err)
		}
		want := "\ufeff所属记录,版本,填写人,填写时间,ok,n（元）,day,p,t,many\r\n" +
			"visit:1,1,张三,2026-07-28 09:00:00,是,123.45,2020-02-29,张三,'=1+1,否、是\r\n" +
			"visit:1,2,张三,2026-07-28 09:00:01,否,,,,,\r\n"
		if diff := cmp.Diff(want, b.String()); diff != "" {
			t.Error(diff)
		}
		page := must(w.ListAnswers(w.ctx(), form.ListAnswers{One: form.One{ID: d.ID}, Version: 1}))(w)
		if len(page.Items) != 1 || page.Items[0].Values["ok"] != "yes" {
			t.Errorf("got %+v", page)
		}
		if page := must(w.ListAnswers(w.as("/44/"), form.ListAnswers{One: form.One{ID: d.ID}}))(w); len(page.Items) != 0 {
			t.Errorf("elsewhere one sees %+v", page)
		}
		w.look(func(r db.Reader) error {
			said, err := form.Tally(r, d.ID, "ok", func(q *db.Where) { q.AndBelow("a.path", "/37/") })
			if diff := cmp.Diff([]form.Said{{Text: "no", Answers: 1}, {Text: "yes", Answers: 1}}, said); diff != "" {
				t.Error(diff)
			}
			return err
		})
	})
}

// What is changed behind the back of the program is found.
func TestChecks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.published("n "+amount, `t "x-kind":"text"`, `day "x-kind":"date"`)
		must(w.kept(given(d, map[string]any{"n": 100.0, "t": "甲", "day": "2026-07-28"})))(w)
		wrong := func(q string) (n int) {
			err := w.db.InTx(w.ctx(), func(tx *db.Tx) error {
				if _, err := tx.Exec(q); err != nil {
					return err
				}
				n = 0
				for _, c := range form.Checks() {
					for _, l := range c.Look(w.ctx(), tx.Reader) {
						n += l.Wrong
					}
				}
				return errUndone
			})
			if !errors.Is(err, errUndone) {
				t.Fatal(err)
			}
			return n
		}
		if n := wrong(`update form set purpose = purpose`); n != 0 {
			t.Errorf("%d are wrong", n)
		}
		for _, q := range []string{`update form_value set number = 5 where field = 'n'`, `update form_value set text = 'x' where field = 't'`, `delete from form_value where field = 'day'`,
			`update form_value set at = 0 where field = 'day'`, `update form_value set ref = 'x'`, `update form_answer set content = '{"n":-1}'`, `update form set current = 2`} {
			if wrong(q) == 0 {
				t.Errorf("nobody says so: %s", q)
			}
		}
	})
}

var errUndone = errors.New("undone")

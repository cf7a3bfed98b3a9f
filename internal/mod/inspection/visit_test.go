package inspection

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

	"github.com/google/uuid"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/org"
)

// checklist is a form in force with one question, whether the licence hangs there, and
// room for files and a signature.
func (w *world) checklist() string {
	w.t.Helper()
	words := func(zh, en string) map[string]any { return map[string]any{"zh": zh, "en": en} }
	licence := map[string]any{"x-kind": "choice", "x-label": words("是否悬挂执业许可证", "Does the licence hang there"),
		"x-options": []any{map[string]any{"code": "yes", "zh": "是", "en": "yes"}, map[string]any{"code": "no", "zh": "否", "en": "no"}}}
	bill, sign := map[string]any{"x-kind": "file", "x-label": words("票据", "Bills")}, map[string]any{"x-kind": "signature", "x-label": words("陪同人员签名", "Signed by who came along")}
	draft := map[string]any{"x-title": words("检查表", "Checklist"), "x-sections": []any{map[string]any{"zh": "一", "en": "One", "fields": []any{"licence", "bill", "sign"}}},
		"properties": map[string]any{"licence": licence, "bill": bill, "sign": sign}, "required": []any{"licence"}}
	in := form.NewForm{OwnerPath: district, Purpose: "inspection", NameZH: "检查表", NameEN: "Checklist", Draft: draft}
	d := must(w.Forms.Create(w.office(), form.Posted[form.NewForm]{Body: in}))(w)
	must(w.publish(d))(w)
	return d.ID
}

func (w *world) publish(d form.Detail) (form.Detail, error) {
	return w.Forms.Publish(w.office(), form.PostedTo[form.Publication]{One: form.One{ID: d.ID}, Body: form.Publication{Revision: d.Revision, Reason: "按通知要求。"}})
}

// visited is a task with a checklist.
func (w *world) visited() TaskDetail {
	w.t.Helper()
	in := w.assignment()
	in.FormID = w.checklist()
	return must(w.Assign(w.office(), posted(in)))(w)
}

// visit is one that both inspectors have signed: the first, who hands it in, by name.
func (w *world) visit() VisitInput {
	w.t.Helper()
	return VisitInput{ID: uuid.NewString(), FormVersion: 1, Answers: map[string]any{"licence": "no"}, BeganAt: w.at.Add(-2 * time.Hour), EndedAt: w.at.Add(-time.Hour), SentAt: w.at,
		Problems: []ProblemInput{{Category: "V0606", Text: "未公示收费标准", DueOn: "2026-08-28"}}, Latitude: "36.0671", Longitude: "120.3826",
		Signatures: []Signature{{OfficerID: w.officers[0].ID, Name: w.officers[0].Name}, {OfficerID: w.officers[1].ID, Upload: w.photo()}}}
}

// byPartner is the same visit as the second inspector hands it in.
func (w *world) byPartner(in VisitInput) VisitInput {
	w.t.Helper()
	in.Signatures = []Signature{{OfficerID: w.officers[0].ID, Upload: w.photo()}, {OfficerID: w.officers[1].ID, Name: w.officers[1].Name}}
	return in
}

// photo is a picture that was sent ahead.
func (w *world) photo() string {
	w.t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		w.t.Fatal(err)
	}
	return must(w.uploads.Receive(w.t.Context(), "现场.png", "", &b))(w)
}

func (w *world) partner() context.Context { return w.as("member", district, Read, Visit) }

func (w *world) versions(task string) []VisitDetail {
	w.t.Helper()
	return must(w.ListVisits(w.office(), idOf(task)))(w)
}

func TestVisitArrivesOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.visited()
		in := w.visit()
		in.Photos = []string{w.photo(), w.photo()}
		in.ChangedAt = in.EndedAt
		in.Signatures[0] = Signature{OfficerID: w.officers[0].ID, Upload: w.photo(), SignedAt: in.ChangedAt}
		in.Signatures[1].SignedAt = in.ChangedAt
		got := must(w.HandIn(w.lead(), postedTo(x.ID, in)))(w)
		if got.Number != 1 || got.Answers["licence"] != "no" || len(got.Files) != 4 || got.Skewed || got.ByName != "lead" || !got.Signatures[1].SignedAt.Equal(in.ChangedAt) {
			t.Errorf("kept as %+v", got)
		}
		whose := map[string]string{}
		for _, f := range got.Files {
			whose[f.Upload] = f.OfficerID
		}
		if want := map[string]string{in.Photos[0]: "", in.Photos[1]: "", in.Signatures[0].Upload: w.officers[0].ID, in.Signatures[1].Upload: w.officers[1].ID}; !maps.Equal(whose, want) {
			t.Errorf("files are of %v, want %v", whose, want)
		}
		w.at = w.at.Add(time.Minute)
		in.SentAt = w.at
		if again := must(w.HandIn(w.lead(), postedTo(x.ID, in)))(w); !again.ReceivedAt.Equal(got.ReceivedAt) {
			t.Errorf("the same again arrived at %v", again.ReceivedAt)
		}
		if n := len(w.versions(x.ID)); n != 1 {
			t.Errorf("%d versions", n)
		}
		task := must(w.GetTask(w.office(), idOf(x.ID)))(w)
		if last := task.Events[len(task.Events)-1]; task.State != Running || last.Act != "visit" || task.StartedAt.IsZero() {
			t.Errorf("stands at %s after %s", task.State, last.Act)
		}
		w.verified()
	})
}

// What is there is told, so that the phone can show both; what was filled in is
// handed in as the next version, under the identifier that it has.
func TestVisitInConflict(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.visited()
		first, second := w.visit(), w.byPartner(w.visit())
		must(w.HandIn(w.lead(), postedTo(x.ID, first)))(w)

		other := first
		other.Answers = map[string]any{"licence": "yes"}
		told(w.lead(), w, x.ID, other, first.ID)
		told(w.partner(), w, x.ID, second, first.ID)

		second.BasedOn = 1
		refused(w.HandIn(w.partner(), postedTo(x.ID, second)))(w, fault.Invalid) // no reason
		second.Reason = "补充复查情况"
		if got := must(w.HandIn(w.partner(), postedTo(x.ID, second)))(w); got.Number != 2 || got.Reason != second.Reason {
			t.Errorf("kept as %+v", got)
		}
		late := w.visit()
		late.BasedOn, late.Reason = 1, "另有补充"
		told(w.lead(), w, x.ID, late, second.ID)
		if n := len(w.versions(x.ID)); n != 2 {
			t.Errorf("%d versions", n)
		}
		w.verified()
	})
}

// told hands in what must be refused with a version that is there.
func told(who context.Context, w *world, task string, in VisitInput, there string) {
	w.t.Helper()
	_, err := w.HandIn(who, postedTo(task, in))
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != fault.Conflict {
		w.t.Errorf("%v, want a conflict", err)
		return
	}
	if got, ok := e.Hint.(There); !ok || got.ID != there || got.ByName == "" || got.ReceivedAt.IsZero() {
		w.t.Errorf("told of %+v, want %s", e.Hint, there)
	}
}

func TestRefusedVisits(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.visited()
		for _, c := range []struct {
			what, at string
			change   func(*VisitInput)
		}{
			{"no UUID", "id", func(in *VisitInput) { in.ID = "1" }},
			{"never begun", "began_at", func(in *VisitInput) { in.BeganAt = time.Time{} }},
			{"ends before it begins", "ended_at", func(in *VisitInput) { in.EndedAt = in.BeganAt.Add(-time.Millisecond) }},
			{"never sent", "sent_at", func(in *VisitInput) { in.SentAt = time.Time{} }},
			{"half a place", "latitude", func(in *VisitInput) { in.Longitude = "" }},
			{"beyond the pole", "latitude", func(in *VisitInput) { in.Latitude = "90.1" }},
			{"no number", "longitude", func(in *VisitInput) { in.Longitude = "east" }},
			{"not a number", "longitude", func(in *VisitInput) { in.Longitude = "NaN" }},
			{"one signature", "signatures", func(in *VisitInput) { in.Signatures = in.Signatures[:1] }},
			{"the same twice", "signatures[1]", func(in *VisitInput) { in.Signatures[1] = in.Signatures[0] }},
			{"a stranger", "signatures[1]", func(in *VisitInput) { in.Signatures[1].OfficerID = w.officers[2].ID }},
			{"another's name", "signatures[0].name", func(in *VisitInput) { in.Signatures[0].Name = "别人" }},
			{"the other's name typed", "signatures[1].name", func(in *VisitInput) {
				in.Signatures[1] = Signature{OfficerID: w.officers[1].ID, Name: w.officers[1].Name}
			}},
			{"neither drawn nor said", "signatures[0]", func(in *VisitInput) { in.Signatures[0].Name = "" }},
			{"both drawn and said", "signatures[0]", func(in *VisitInput) { in.Signatures[0].Upload = "u" }},
			{"one drawing for two", "signatures[1]", func(in *VisitInput) {
				in.Signatures[0] = Signature{in.Signatures[0].OfficerID, in.Signatures[1].Upload, "", time.Time{}}
			}},
			{"a photo for a signature", "signatures[1]", func(in *VisitInput) { in.Photos = []string{in.Signatures[1].Upload} }},
			{"no such photo", "files", func(in *VisitInput) { in.Photos = []string{"gone"} }},
			{"a photo twice", "photos[1]", func(in *VisitInput) { in.Photos = []string{"p", "p"} }},
			{"no version", "form_version", func(in *VisitInput) { in.FormVersion = 0 }},
			{"an answer that is none", "answers.licence", func(in *VisitInput) { in.Answers["licence"] = "maybe" }},
			{"not answered", "answers.licence", func(in *VisitInput) { in.Answers = nil }},
			{"unknown violation", "problems[0].category", func(in *VisitInput) { in.Problems[0].Category = "V99" }},
			{"problem without words", "problems[0].text", func(in *VisitInput) { in.Problems[0].Text = "脏" }},
			{"29 February", "problems[0].due_on", func(in *VisitInput) { in.Problems[0].DueOn = "2018-02-29" }},
			{"changed after it was signed", "signatures[1].signed_at", func(in *VisitInput) {
				in.ChangedAt = in.EndedAt
				in.Signatures[0].SignedAt, in.Signatures[1].SignedAt = in.EndedAt, in.EndedAt.Add(-time.Millisecond)
			}},
			{"changed, and nobody knows when it was signed", "signatures[0].signed_at", func(in *VisitInput) { in.ChangedAt = in.EndedAt }},
			{"put right before", "problems[0].due_on", func(in *VisitInput) { in.Problems[0].DueOn = "2026-07-27" }},
			{"nothing to correct", "based_on", func(in *VisitInput) { in.BasedOn, in.Reason = 1, "补充" }},
		} {
			in := w.visit()
			c.change(&in)
			_, err := w.HandIn(w.lead(), postedTo(x.ID, in))
			w.refusedAt(c.what, c.at, err)
		}
		unknown := w.visit()
		unknown.FormVersion = 7
		refused(w.HandIn(w.lead(), postedTo(x.ID, unknown)))(w, fault.NotFound)
		if task := must(w.GetTask(w.office(), idOf(x.ID)))(w); task.State != Pending || len(w.versions(x.ID)) > 0 {
			t.Errorf("something was stored: %s", task.State)
		}
	})
}

func TestVisitIsOfTheTeam(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.visited()
		refused(w.HandIn(w.office(), postedTo(x.ID, w.visit())))(w, fault.Forbidden)
		refused(w.HandIn(w.as("stranger", beyond, Read, Visit), postedTo(x.ID, w.visit())))(w, fault.NotFound)
		refused(w.HandIn(w.as("lead", district, Read), postedTo(x.ID, w.visit())))(w, fault.Forbidden)
		in := w.visit()
		must(w.HandIn(w.lead(), postedTo(x.ID, in)))(w)
		y := must(w.Assign(w.office(), posted(w.assignment())))(w)
		refused(w.HandIn(w.lead(), postedTo(y.ID, w.visit())))(w, fault.Invalid) // no checklist goes with it
		in.FormVersion, in.Answers = 0, nil
		refused(w.HandIn(w.lead(), postedTo(y.ID, in)))(w, fault.Invalid) // the identifier of another's

		must(w.Conclude(w.lead(), postedTo(x.ID, w.corrected())))(w)
		refused(w.HandIn(w.lead(), postedTo(x.ID, w.visit())))(w, fault.Conflict)
		leader := w.as("leader", district+x.UnitID+"/", Read)
		must(w.GetTask(leader, idOf(x.ID)))(w)
		refused(w.ListVisits(leader, idOf(x.ID)))(w, fault.NotFound)
	})
}

// A clock that is off by days is kept and flagged: the visit has been made.
func TestClockOfThePhoneIsOff(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		for name, c := range map[string]struct {
			off    time.Duration
			skewed bool
		}{"on the edge": {clockOff, false}, "beyond": {clockOff + time.Millisecond, true}, "days behind": {72 * time.Hour, true}, "days ahead": {-72 * time.Hour, true}} {
			x := must(w.Assign(w.office(), posted(w.assignment())))(w)
			in := w.visit()
			in.FormVersion, in.Answers = 0, nil
			in.BeganAt, in.EndedAt, in.SentAt = in.BeganAt.Add(-c.off), in.EndedAt.Add(-c.off), w.at.Add(-c.off)
			if got := must(w.HandIn(w.lead(), postedTo(x.ID, in)))(w); got.Skewed != c.skewed || !got.EndedAt.Equal(in.EndedAt) || !got.ReceivedAt.Equal(w.at) {
				t.Errorf("%s: %+v", name, got)
			}
		}
		w.verified()
	})
}

func TestTwoPhonesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.visited()
		in, other := w.visit(), w.byPartner(w.visit())
		for range 2 { // the same visit from one phone, twice each time, against another
			errs := make([]error, 3)
			var wg sync.WaitGroup
			wg.Go(func() { _, errs[0] = w.HandIn(w.lead(), postedTo(x.ID, in)) })
			wg.Go(func() { _, errs[1] = w.HandIn(w.lead(), postedTo(x.ID, in)) })
			wg.Go(func() { _, errs[2] = w.HandIn(w.partner(), postedTo(x.ID, other)) })
			wg.Wait()
			if (errs[0] == nil) != (errs[1] == nil) || (errs[0] == nil) == (errs[2] == nil) {
				t.Errorf("%v", errs)
			}
			for _, err := range errs {
				if err != nil && !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			}
		}
		if n := len(w.versions(x.ID)); n != 1 {
			t.Errorf("%d versions", n)
		}
		w.verified()
	})
}

// places are an open place of a clinic, one that is closed, and one of another.
func (w *world) places() {
	w.t.Helper()
	unit, other := w.targets[0].UnitID, w.targets[1].UnitID
	at := func(id, of string, closed time.Time) org.Place {
		return org.Place{ID: id, UnitID: of, Institution: of, Path: district + of + "/", Kind: "window", Name: "收费处", Location: "一楼", ClosedAt: closed, CreatedAt: w.at}
	}
	w.tx(func(tx *db.Tx) error {
		return org.InsertPlace(tx, at("p1", unit, time.Time{}), at("p2", unit, w.at), at("p3", other, time.Time{}))
	})
}

func TestPackHasWhatAPhoneNeeds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries().places()
		id := w.checklist()
		item := must(w.SaveItem(w.office(), posted(ItemInput{Region: "990102", Code: "SX1", Name: "机构资质", Tier: "general", Active: true, FormID: id})))(w)
		in := w.assignment()
		in.Items = []string{item.ID}
		x := must(w.Assign(w.office(), posted(in)))(w)
		if x.FormID != id {
			t.Errorf("the checklist is %q, want that of the item", x.FormID)
		}
		must(w.HandIn(w.lead(), postedTo(x.ID, w.visit())))(w)
		p := must(w.MyPack(w.lead(), struct{}{}))(w)
		if len(p.Tasks) != 1 || len(p.Forms) != 1 || p.Tasks[0].Version != 1 || p.Tasks[0].Items[0] != "机构资质" || len(p.Tasks[0].Team) != 2 || p.Forms[0].Version != 1 {
			t.Errorf("packed %+v", p)
		}
		if len(p.Institutions) != 1 || p.Institutions[0].Name != x.TargetName || len(p.People) != 2 || len(p.Places) != 1 || p.Places[0].Name != "收费处 · 一楼" {
			t.Errorf("names that checklists ask for: %+v, %+v, %+v", p.Institutions, p.Places, p.People)
		}
		must(w.Conclude(w.lead(), postedTo(x.ID, w.corrected())))(w)
		if p := must(w.MyPack(w.lead(), struct{}{}))(w); len(p.Tasks)+len(p.Forms)+len(p.Institutions)+len(p.Places)+len(p.People) > 0 {
			t.Errorf("packed what is over: %+v", p)
		}
		in.FormID = "none"
		if _, err := w.Assign(w.office(), posted(in)); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "form_id") {
			t.Errorf("a checklist that is not there: %v", err)
		}
	})
}

// A photo is looked at by those who may read the visit, under the visit that it
// belongs to, and taken away with a note.
func TestFilesOfAVisitAreLookedAt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.visited()
		in := w.visit()
		in.Photos = []string{w.photo()}
		first := must(w.HandIn(w.lead(), postedTo(x.ID, in)))(w)
		second := w.visit()
		second.BasedOn, second.Reason = 1, "补充"
		must(w.HandIn(w.lead(), postedTo(x.ID, second)))(w)
		file := first.Files[0].ID
		look := func(visit, file string) VisitFileInput {
			return VisitFileInput{ID: visit, Wanted: attach.Wanted{File: file, Variant: attach.Whole, Page: 1}}
		}
		// The copy is made by a job, which nobody runs here.
		refused(w.OpenVisitFile(w.lead(), look(first.ID, file)))(w, fault.Unavailable)
		refused(w.OpenVisitFile(w.office(), look(first.ID, file)))(w, fault.Unavailable)
		refused(w.OpenVisitFile(w.lead(), look(second.ID, file)))(w, fault.NotFound)
		refused(w.OpenVisitFile(w.lead(), look(first.ID, "none")))(w, fault.NotFound)
		refused(w.OpenVisitFile(w.lead(), look("none", file)))(w, fault.NotFound)
		refused(w.OpenVisitFile(w.as("x", beyond, Read, Visit), look(first.ID, file)))(w, fault.NotFound)
		refused(w.OpenVisitFile(w.as("other", district, Visit), look(first.ID, file)))(w, fault.NotFound)
	})
}

// What the checklist asked for is looked at as the photos are, under the version that
// brought it.
func TestFilesOfAnswersAreLookedAt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		x := w.libraries().visited()
		in := w.visit()
		bills, signature := []any{w.photo(), w.photo()}, w.photo() // as JSON is read
		in.Answers["bill"], in.Answers["sign"] = bills, map[string]any{"file": signature}
		first := must(w.HandIn(w.lead(), postedTo(x.ID, in)))(w)
		if len(first.Answered) != 3 || len(first.Files) != 1 {
			t.Fatalf("%d files of answers, %d others", len(first.Answered), len(first.Files))
		}
		plain := w.visit()
		plain.BasedOn, plain.Reason = 1, "补充"
		second := must(w.HandIn(w.lead(), postedTo(x.ID, plain)))(w)
		if second.Answered == nil || len(second.Answered) > 0 {
			t.Errorf("another version has %+v", second.Answered)
		}
		for i, upload := range append(bills, any(signature)) {
			f := first.Answered[i]
			if f.Answer != upload || f.Name != "现场.png" {
				t.Errorf("%+v, want it named by %s", f, upload)
			}
			look := VisitFileInput{ID: first.ID, Wanted: attach.Wanted{File: f.ID, Variant: attach.Whole, Page: 1}}
			refused(w.OpenVisitFile(w.partner(), look))(w, fault.Unavailable) // the copy is made by a job
			refused(w.OpenVisitFile(w.as("x", beyond, Read, Visit), look))(w, fault.NotFound)
			look.ID = second.ID
			refused(w.OpenVisitFile(w.partner(), look))(w, fault.NotFound)
		}
		if got := w.versions(x.ID); len(got[1].Answered) != 3 {
			t.Errorf("read back with %+v", got[1].Answered)
		}
		w.verified()
	})
}

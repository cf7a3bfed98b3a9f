package app

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/intake"
)

// The markers: what a thief looks for. Names and narratives are Chinese in the
// program, so one of them is.
const (
	planted      = "zzqmarkerqzz"
	plantedName  = "魑魅罔象"
	plantedPhone = "15527364519"
	inTheOpen    = "zzqordinaryqzz" // in a report that everybody may read
)

// planting is a program in which markers are planted, with all that leaves it.
type planting struct {
	t     *testing.T
	s     *System
	url   string
	left  said // logs, and what the webhook was called with
	token string
	n     int
}

// said collects what many write.
type said struct {
	mu  sync.Mutex
	all bytes.Buffer
}

// Write implements io.Writer.
func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.Write(p)
}

// Whoever steals the database, the blob folder, the logs and the notifications
// together finds no identity, no word of a sensitive, confidential or leader's
// case, and no file of anybody. What an ordinary report says is there: the test
// can fail.
func TestStolenDataTellsNothing(t *testing.T) {
	engines(t, func(t *testing.T, place Place) {
		p := plant(t, place)
		ordinary := p.report(map[string]any{"category": "A", "mode": "named", "narrative": inTheOpen, "reporter_name": plantedName, "reporter_phone": plantedPhone,
			"files": []string{p.file()}})
		for _, about := range []map[string]any{
			{"category": "F", "mode": "named"}, {"category": "D", "mode": "confidential"}, {"category": "D", "mode": "named", "about_leader": true},
		} {
			p.life(p.report(p.sensitive(about)))
		}
		confidential := func() string { return p.report(p.sensitive(map[string]any{"category": "D", "mode": "confidential"})) }
		p.withdrawn(confidential())
		p.joined(confidential(), confidential())
		p.look(ordinary)
		p.fail()
		found := p.stolen()
		for _, word := range []string{planted, plantedName, plantedPhone} {
			for place, text := range found {
				for form, coded := range forms(word) {
					if at := strings.Index(text, coded); at >= 0 {
						t.Errorf("%s lies in %s as %s: …%q…", word, place, form, text[max(0, at-80):min(len(text), at+80)])
					}
				}
			}
		}
		for place, text := range found {
			if open := strings.HasPrefix(place, "tables") || strings.HasPrefix(place, "qingfeng.db"); open && place != "qingfeng.db-shm" && len(text) > 0 && strings.Contains(text, inTheOpen) {
				return
			}
		}
		t.Error("the words of an ordinary report are not found: the test sees nothing")
	})
}

// forms are the ways in which a word may be written.
func forms(word string) map[string]string {
	all := map[string]string{"text": word, "hex": hex.EncodeToString([]byte(word)), "JSON": strings.Trim(fmt.Sprintf("%+q", word), `"`)}
	for shift := range 3 { // base64 in whatever place of a text
		coded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("a", shift) + word))
		all[fmt.Sprint("base64+", shift)] = coded[4 : len(coded)-4]
	}
	return all
}

// plant starts a program that logs and notifies into memory.
func plant(t *testing.T, place Place) *planting {
	t.Helper()
	city, made := city(t, place, 0, false)
	p := &planting{t: t, token: made.Token}
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	slog.SetDefault(slog.New(slog.NewJSONHandler(&p.left, &slog.HandlerOptions{Level: slog.LevelDebug})))
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(&p.left, r.Body) }))
	t.Cleanup(hook.Close)
	var err error
	p.s, err = Open(t.Context(), city.Place, Web{Limits: "off", Workers: 2, URL: "https://12345.example.org", Webhook: hook.URL,
		WebhookSecret: "a secret of the test", WebhookPrivate: true}, city.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.s.Close() })
	server := httptest.NewServer(p.s.Handler())
	t.Cleanup(server.Close)
	p.url = server.URL
	return p
}

// say returns a sentence with the marker in it.
func (p *planting) say() string {
	p.n++
	return fmt.Sprintf("第 %d 句 %s %s %s", p.n, planted, plantedName, plantedPhone)
}

// file uploads a picture whose name and comment hold the marker.
func (p *planting) file() string {
	p.t.Helper()
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 640, 480)), nil); err != nil {
		p.t.Fatal(err)
	}
	comment := p.say()
	head := []byte{0xff, 0xd8, 0xff, 0xfe, 0, byte(len(comment) + 2)}
	return sendFile(p.t, p.url, p.say()+".jpg", append(append(head, comment...), photo.Bytes()[2:]...))
}

// sensitive fills in a report that must be sealed.
func (p *planting) sensitive(in map[string]any) map[string]any {
	in["narrative"], in["wish"], in["about"] = p.say(), p.say(), p.say()
	in["reporter_name"], in["reporter_phone"] = plantedName, plantedPhone
	in["answers"] = map[string]string{"amount": p.say()}
	in["files"] = []string{p.file()}
	in["idempotency_key"] = p.say()
	return in
}

// report sends a report and returns its receipt.
func (p *planting) report(in map[string]any) (receipt string) {
	p.t.Helper()
	in["token"] = p.token
	var a acknowledged
	if err := json.Unmarshal(must(p.t, client(p.t), http.StatusCreated, http.MethodPost, p.url+"/api/v1/public/reports", in), &a); err != nil {
		p.t.Fatal(err)
	}
	p.work()
	return a.Receipt
}

// work does what is due in the background; what fails there fails there.
func (p *planting) work() { _ = p.s.Queue.RunDue(p.t.Context()) }

// public sends something by the holder of a receipt.
func (p *planting) public(receipt, what string, body any) {
	p.t.Helper()
	must(p.t, client(p.t), http.StatusOK, http.MethodPost, p.url+"/api/v1/public/receipts/"+receipt+"/"+what, body)
}

// does acts as a person who may do everything with a case, wherever it lies.
func (p *planting) does(id, who string) context.Context {
	p.t.Helper()
	var units []string
	if err := p.s.DB.Read(p.t.Context(), func(r db.Reader) (err error) {
		units, err = db.Values[string](r, `select unit_path from case_assignment where case_id = $1`, id)
		return err
	}); err != nil {
		p.t.Fatal(err)
	}
	a := authz.Actor{ID: who, Name: who, Grants: []authz.Grant{{Path: "/", Permissions: []authz.Permission{casework.Read, casework.Discipline, casework.Review,
		casework.Triage, casework.Dispatch, casework.CallBack, casework.Supervise, casework.Dispose, casework.Export, intake.SeeIdentity, casework.ApproveIdentity}}}}
	for _, u := range units {
		a.Grants = append(a.Grants, authz.Grant{Path: u, Permissions: []authz.Permission{casework.Read, casework.Handle}})
	}
	return authz.With(p.t.Context(), a)
}

// stepped fails the test where a step was refused.
func (p *planting) stepped(_ any, err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// life leads a case through every step that takes words, to the archive.
func (p *planting) life(receipt string) {
	p.t.Helper()
	id := p.caseOf(receipt)
	p.sentAnew(id)
	w, me, other := p.s.Casework, p.does(id, "me"), p.does(id, "other")
	p.public(receipt, "messages", map[string]string{"text": p.say()})
	p.public(receipt, "evidence", map[string]any{"files": []string{p.file()}})
	hello, met, remark := casework.WriteInput{ID: id}, casework.ContactInput{ID: id}, casework.NoteInput{ID: id}
	hello.Body.Text, met.Body.Method, met.Body.Note, remark.Body.Text = p.say(), "visit", p.say(), p.say()
	p.stepped(w.Write(me, hello))
	p.stepped(w.Contact(me, met))
	p.stepped(w.Note(me, remark))
	look := casework.InvestigateInput{ID: id}
	look.Body.Kind, look.Body.At, look.Body.Place, look.Body.Summary = "talk", p.s.Now(), p.say(), p.say()
	look.Body.People = []string{p.say(), p.say()}
	p.stepped(w.Investigate(me, look))
	p.supervised(id)
	p.asked(id)
	p.disclosed(id)
	p.result(id)
	p.public(receipt, "callback", casework.Answers{Contacted: "yes", Solved: "yes", Satisfied: "fair", Remark: p.say()})
	p.public(receipt, "objection", map[string]string{"reason": p.say()})
	p.read(other, receipt, id, 3)
}

// caseOf returns the case of a receipt.
func (p *planting) caseOf(receipt string) string {
	p.t.Helper()
	id, err := p.s.Intake.Resolve(p.t.Context(), receipt)
	p.stepped(id, err)
	return id
}

// sentAnew takes a case back, sends it on with a reason, takes it back again, and
// sends and signs for it among several.
func (p *planting) sentAnew(id string) {
	p.t.Helper()
	w, other := p.s.Casework, p.does(id, "other")
	back, on := casework.Reasoned{ID: id}, casework.DispatchInput{ID: id}
	d, err := w.Get(other, casework.ByID{ID: id})
	p.stepped(d, err)
	back.Body.Reason, on.Body.Lead, on.Body.Reason = p.say(), d.Case.LeadUnit, p.say()
	p.stepped(w.TakeBack(other, back))
	p.stepped(w.Dispatch(other, on))
	p.stepped(w.TakeBack(other, back))
	for _, action := range []string{"dispatch", "sign"} {
		in := casework.TakeStepsInput{}
		in.Body.IDs, in.Body.Action = []string{id}, action
		taken, err := w.TakeSteps(p.does(id, "me"), in)
		p.stepped(taken, err)
		if r := taken.Items[0].Refused; r != nil {
			p.t.Fatalf("%s: %+v", action, r)
		}
	}
}

// supervised has an order reported on, sent back, reported on again and closed.
func (p *planting) supervised(id string) {
	p.t.Helper()
	w, me, other := p.s.Casework, p.does(id, "me"), p.does(id, p.one(`select id from staff order by id limit 1`)) // who is told of the report
	order := casework.SuperviseInput{ID: id}
	order.Body.Level, order.Body.Demand, order.Body.Due = 1, p.say(), p.s.Now().AddDate(0, 0, 2).Format("2006-01-02")
	p.stepped(w.Supervise(other, order))
	d, err := w.Get(other, casework.ByID{ID: id})
	p.stepped(d, err)
	answer := casework.AnswerSupervisionInput{ID: id, Supervision: d.Supervisions[0].ID}
	end := casework.EndSupervisionInput{ID: id, Supervision: answer.Supervision}
	for _, decide := range []func(context.Context, casework.EndSupervisionInput) (casework.Supervision, error){w.ReturnReport, w.EndSupervision} {
		answer.Body.Text, end.Body.Reason = p.say(), p.say()
		p.stepped(w.AnswerSupervision(me, answer))
		p.stepped(decide(other, end))
	}
}

// asked has a hard listing and an exclusion with a file asked for and granted.
func (p *planting) asked(id string) {
	p.t.Helper()
	w, me, other := p.s.Casework, p.does(id, "me"), p.does(id, "other")
	hard, out := casework.AskInput{ID: id}, casework.AskInput{ID: id}
	hard.Body.Kind, hard.Body.Reason, hard.Body.Review = casework.AskHard, p.say(), p.s.Now().AddDate(0, 1, 0).Format("2006-01-02")
	out.Body.Kind, out.Body.Reason, out.Body.Exclusion, out.Body.Files = casework.AskExclusion, p.say(), "unlawful", []string{p.file()}
	for i, ask := range []casework.AskInput{hard, out} {
		p.stepped(w.Ask(me, ask))
		d, err := w.Get(other, casework.ByID{ID: id})
		p.stepped(d, err)
		decide := casework.DecideInput{ID: id, Request: d.Requests[i].ID}
		decide.Body.Grant, decide.Body.Reason = true, p.say()
		p.stepped(w.Decide(other, decide))
	}
}

// result hands the result of a case in and approves it.
func (p *planting) result(id string) {
	p.t.Helper()
	done := casework.SubmitInput{ID: id}
	done.Body.Outcome, done.Body.Findings, done.Body.Measures, done.Body.Reply = "true", p.say(), p.say(), p.say()
	p.stepped(p.s.Casework.Submit(p.does(id, "me"), done))
	p.stepped(p.s.Casework.Approve(p.does(id, "other"), casework.Reasoned{ID: id}))
	p.work()
}

// withdrawn has the office record that a reporter withdrew, who denies it, and
// withdraws after all.
func (p *planting) withdrawn(receipt string) {
	p.t.Helper()
	id := p.caseOf(receipt)
	gone := casework.RetractInput{ID: id}
	gone.Body.Method, gone.Body.Reason = "phone", p.say()
	p.stepped(p.s.Casework.Retract(p.does(id, "other"), gone))
	p.public(receipt, "objection", map[string]string{"reason": p.say()})
	p.public(receipt, "withdrawal", map[string]string{"reason": p.say()})
	p.read(p.does(id, "other"), receipt, id, 1)
}

// joined merges two reports, and has the reporter of the second write, send files
// and answer after the first has withdrawn.
func (p *planting) joined(first, second string) {
	p.t.Helper()
	into, id := p.caseOf(first), p.caseOf(second)
	w, join, out := p.s.Casework, casework.MergeInput{ID: id}, casework.KeepOutInput{ID: into}
	join.Body.Into, join.Body.Reason = into, p.say()
	p.stepped(w.Merge(p.does(id, "other"), join))
	d, err := w.Get(p.does(into, "other"), casework.ByID{ID: into})
	p.stepped(d, err)
	p.public(second, "messages", map[string]string{"text": p.say()})
	p.public(second, "evidence", map[string]any{"files": []string{p.file()}})
	p.public(first, "withdrawal", map[string]string{"reason": p.say()})
	elsewhere := p.one(`select id from unit where path not like $1 || '%' and $1 not like path || '%' order by id limit 1`, d.Case.Path)
	out.Body.Unit, out.Body.Reason = elsewhere, p.say()
	p.stepped(w.KeepOut(p.does(into, "other"), out))
	p.stepped(w.Sign(p.does(into, "me"), casework.ByID{ID: into}))
	p.result(into)
	p.public(second, "callback", casework.Answers{Contacted: "yes", Solved: "yes", Satisfied: "fair", Remark: p.say()})
	p.read(p.does(into, "other"), second, into, 2)
}

// one returns the one value that a question finds.
func (p *planting) one(q string, args ...any) (found string) {
	p.t.Helper()
	if err := p.s.DB.Read(p.t.Context(), func(r db.Reader) (err error) {
		found, err = db.Value[string](r, q, args...)
		return err
	}); err != nil {
		p.t.Fatal(err)
	}
	return found
}

// read has everything shown that can be: the pages, the file, the list. files is
// how many lie with the case.
func (p *planting) read(ctx context.Context, receipt, id string, files int) {
	p.t.Helper()
	page := must(p.t, client(p.t), http.StatusOK, http.MethodGet, p.url+"/api/v1/public/receipts/"+receipt, nil)
	d, err := p.s.Casework.Get(ctx, casework.ByID{ID: id})
	if err != nil || !bytes.Contains(page, []byte(planted)) || !strings.Contains(d.Content.Narrative, planted) ||
		len(d.Content.Files) != files || !strings.Contains(d.Content.Files[0].Name, planted) || d.Content.Files[0].State != "ready" {
		p.t.Errorf("who may read it reads %+v, %v", d.Content, err)
	}
	in := casework.ExportInput{}
	in.Format = "csv"
	for name, make := range map[string]func() (func(io.Writer) error, error){
		"archive": func() (func(io.Writer) error, error) {
			f, err := p.s.Casework.Archive(ctx, casework.ByID{ID: id})
			return f.Write, err
		},
		"export": func() (func(io.Writer) error, error) {
			f, err := p.s.Casework.ExportList(ctx, in)
			return f.Write, err
		},
	} {
		write, err := make()
		if err == nil {
			err = write(io.Discard)
		}
		if err != nil {
			p.t.Errorf("%s: %v", name, err)
		}
	}
	p.work()
}

// look searches for the markers as somebody who sees every case.
func (p *planting) look(receipt string) {
	p.t.Helper()
	id := p.caseOf(receipt)
	for q, want := range map[string]int{planted: 0, plantedName: 0, inTheOpen: 1} {
		in := casework.ListInput{Filter: casework.Filter{Q: q}}
		in.Limit = 10
		if page, err := p.s.Casework.List(p.does(id, "searcher"), in); err != nil || len(page.Items) != want {
			p.t.Errorf("a search for %s finds %d, want %d; %v", q, len(page.Items), want, err)
		}
	}
}

// fail has requests refused, and one request and one job fail for reasons of
// ours, each with the marker in hand.
func (p *planting) fail() {
	p.t.Helper()
	bad := p.sensitive(map[string]any{"category": "F", "mode": planted})
	status, _, err := send(p.t, client(p.t), http.MethodPost, p.url+"/api/v1/public/reports", bad)
	if err != nil || status != http.StatusUnprocessableEntity {
		p.t.Errorf("a bad report: %d, %v", status, err)
	}
	in := p.sensitive(map[string]any{"category": "F", "mode": "named", "token": p.token})
	var a acknowledged
	if err := json.Unmarshal(must(p.t, client(p.t), http.StatusCreated, http.MethodPost, p.url+"/api/v1/public/reports", in), &a); err != nil {
		p.t.Fatal(err)
	}
	id, err := p.s.Intake.Resolve(p.t.Context(), a.Receipt)
	p.stepped(id, err)
	p.public(a.Receipt, "messages", map[string]string{"text": p.say()})
	var at string
	if err := p.s.DB.InTx(p.t.Context(), func(tx *db.Tx) (err error) {
		if err = tx.Add(`update case_message set body = 'sealed:AAAA' where case_id = $1`, id); err == nil {
			at, err = db.Value[string](tx.Reader, `select original_at from attachment where owner_id = $1`, id)
		}
		return err
	}); err != nil {
		p.t.Fatal(err)
	}
	damage(p.t, filepath.Join(p.s.Place.Blob, "blob", at[:2], at))
	p.work()
	if status, _, err := send(p.t, client(p.t), http.MethodGet, p.url+"/api/v1/public/receipts/"+a.Receipt, nil); err != nil || status != http.StatusInternalServerError {
		p.t.Errorf("a page whose words were altered: %d, %v", status, err)
	}
	if log := p.log(); !strings.Contains(log, "job failed") || !strings.Contains(log, "request failed") {
		p.t.Errorf("the failures are not in the log: the test sees nothing\n%s", log)
	}
}

// damage changes a byte of a file.
func damage(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path) //nolint:gosec // of this test
	if err == nil {
		content[len(content)/2] ^= 1
		err = os.WriteFile(path, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (p *planting) log() string {
	p.left.mu.Lock()
	defer p.left.mu.Unlock()
	return p.left.all.String()
}

// stolen is all that the program has left behind, by where it lies: every table
// with its indexes, every file but the key ring, what was logged and sent.
func (p *planting) stolen() map[string]string {
	p.t.Helper()
	found := map[string]string{"tables": dbtest.Dump(p.t, p.s.DB), "logs and notifications": p.log()}
	keys := filepath.Join(p.s.Place.Data, "keys")
	err := filepath.WalkDir(p.s.Place.Data, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(path, keys) {
			return err
		}
		content, err := os.ReadFile(path) //nolint:gosec // of this test
		name, _ := filepath.Rel(p.s.Place.Data, path)
		found[name] = string(content)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return found
}

package app

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/mod/system"
	"qingfeng/internal/org/demand"
)

// unheard is what nobody of the people ever hears of: from whom a case is kept
// before anybody is told.
func (u *unaware) unheard() {
	u.t.Helper()
	at := u.sites[own]
	u.pictured(at)
	u.joined(at)
	u.clueAbout(at)
	u.gone(at)
	u.passed(10)
}

// takenBack is what everybody is told of and sees in figures, until somebody sees
// whom it is about.
func (u *unaware) takenBack() {
	u.t.Helper()
	at := u.sites[own]
	plainly, sub := u.reported("known", u.submission(at), 11), clue()
	sub.Region, sub.Institution = at.region.Code, at.hospital.ID
	line := u.reported("clue that was known", sub, 12)
	u.work()
	for _, x := range []secret{plainly, line} {
		u.lead(at, x)
	}
	u.disclosure(at, line.id) // which the custodian is told of
	u.passed(13)
	for _, x := range []secret{plainly, line} {
		u.keptFrom(x.id)
		u.ended(at, x)
	}
	u.passed(15)
}

// passed lets others look at what is hidden, has all done that is due so many
// minutes after everybody looked, and turns the clock back to then.
func (u *unaware) passed(minutes int) {
	u.t.Helper()
	for _, x := range u.hidden {
		u.looked(x)
	}
	u.rest(lookedAt().Add(time.Duration(minutes) * time.Minute))
	u.clock.Set(lookedAt())
}

// pictured is one with a file, led to its end.
func (u *unaware) pictured(at site) {
	u.t.Helper()
	x := u.reported("pictured", u.submission(at), 1)
	u.keptFrom(x.id)
	x.file = u.attached(x.id)
	u.hidden[len(u.hidden)-1] = x
	u.lead(at, x)
	u.ended(at, x)
}

// joined are two about the same matter.
func (u *unaware) joined(at site) {
	u.t.Helper()
	first, second := u.reported("first", u.submission(at), 4), u.reported("second", u.submission(at), 5)
	u.keptFrom(first.id)
	u.keptFrom(second.id)
	in := casework.MergeInput{ID: second.id}
	in.Body.Into, in.Body.Reason = first.id, "同一件事。"
	got(u.s.Casework.Merge(u.root(), in))(u.matrix)
	u.says(second)
	u.work()
}

// clueAbout is one of the discipline line, from which its officer is kept too.
func (u *unaware) clueAbout(at site) {
	u.t.Helper()
	sub := clue()
	sub.Region, sub.Institution = at.region.Code, at.hospital.ID
	x := u.reported("clue", sub, 6)
	u.keptFrom(x.id)
	u.work()
	u.lead(at, x)
	u.disclosed(at, x)
	u.ended(at, x)
}

// disclosed has a colleague ask who reported a clue, and another approve it; the
// first looks.
func (u *unaware) disclosed(at site, x secret) {
	u.t.Helper()
	in := casework.IdentityInput{ID: x.id}
	in.Body.Purpose, in.Body.Reason = casework.PurposeVerify, "须当面核实。"+whispered
	yes := casework.DecideIdentityInput{Request: u.disclosure(at, x.id)}
	yes.Body.Grant, yes.Body.Reason = true, "确有必要。"+whispered
	got(u.s.Casework.DecideIdentity(u.root(), yes))(u.matrix)
	got(u.s.Casework.OpenIdentity(u.by(at), in))(u.matrix)
	u.work()
}

// gone was said in confidence, and is withdrawn by its reporter.
func (u *unaware) gone(at site) {
	u.t.Helper()
	sub := u.submission(at)
	sub.Mode = demand.Confidential
	x := u.reported("gone", sub, 7)
	u.keptFrom(x.id)
	u.work()
	got(u.s.Casework.Withdraw(u.t.Context(), casework.WithdrawInput{ByReceipt: casework.ByReceipt{Receipt: x.receipt}}))(u.matrix)
	u.work()
}

// reported sends a report some minutes after everybody looked.
func (u *unaware) reported(name string, sub intake.Submission, minutes int) secret {
	u.t.Helper()
	u.clock.Set(lookedAt().Add(time.Duration(minutes) * time.Minute))
	sub.Narrative += whispered
	a := got(u.s.Intake.Submit(u.t.Context(), sub, intake.Origin{}))(u.matrix)
	x := secret{name: name, id: a.CaseID, number: a.CaseNumber, receipt: a.Receipt, file: db.NewID()}
	u.hidden = append(u.hidden, x)
	return x
}

// says has the reporter write.
func (u *unaware) says(x secret) {
	u.t.Helper()
	in := casework.SayInput{ByReceipt: casework.ByReceipt{Receipt: x.receipt}}
	in.Body.Text = "请问到哪一步了？" + whispered
	got(u.s.Casework.Say(u.t.Context(), in))(u.matrix)
}

// lead takes a case to where somebody works on it under supervision, and asks for
// something.
func (u *unaware) lead(at site, x secret) {
	u.t.Helper()
	w := u.s.Casework
	if u.detail(x.id).Case.State == casework.Received {
		got(w.Accept(u.root(), casework.Reasoned{ID: x.id}))(u.matrix)
	}
	if u.detail(x.id).Case.State == casework.Accepted {
		in := casework.DispatchInput{ID: x.id}
		in.Body.Lead = at.hospital.ID
		got(w.Dispatch(u.root(), in))(u.matrix)
	}
	got(w.Sign(u.root(), casework.ByID{ID: x.id}))(u.matrix)
	u.says(x)
	u.supervised(at, x.id)
	hard := casework.DecideInput{ID: x.id, Request: u.request(x.id, casework.AskHard)}
	hard.Body.Grant, hard.Body.Reason = true, "同意。"
	got(w.Decide(u.by(at), hard))(u.matrix)
	u.work()
}

// ended takes it to the archive, by the answers of its reporter.
func (u *unaware) ended(at site, x secret) {
	u.t.Helper()
	w := u.s.Casework
	got(w.Submit(u.root(), result(x.id)))(u.matrix)
	got(w.Approve(u.by(at), casework.Reasoned{ID: x.id}))(u.matrix)
	in := casework.AnswerInput{ByReceipt: casework.ByReceipt{Receipt: x.receipt}, Body: casework.Answers{Contacted: "yes", Solved: "yes", Satisfied: "fair"}}
	got(w.Answer(u.t.Context(), in))(u.matrix)
	u.work()
}

// looked has others look at what is hidden: a colleague reads it and prints it,
// and an auditor asks the log for its number.
func (u *unaware) looked(x secret) {
	u.t.Helper()
	got(u.s.Casework.Get(u.root(), casework.ByID{ID: x.id}))(u.matrix)
	got(u.s.Casework.Archive(u.root(), casework.ByID{ID: x.id}))(u.matrix)
	auditor := authz.Actor{ID: u.sites[own].reviewer, Unit: u.sites[own].commission.ID, Path: u.sites[own].commission.Path,
		Grants: []authz.Grant{{Path: "/", Permissions: []authz.Permission{system.ReadAudit}}}}
	for _, word := range []string{x.number, x.id} {
		in := system.LogInput{Filter: system.Filter{Subject: word}}
		in.Limit = 10
		got(u.s.System.ReadLog(authz.With(u.t.Context(), auditor), in))(u.matrix)
	}
}

// counted is when figures were counted. Of cases that were in them and are taken
// out it tells no more than their going, which everybody saw.
var counted = regexp.MustCompile(`"(as_of|computed_at)":"[^"]*"`)

// mask takes out of an answer what may differ.
func (u *unaware) mask(op, answer string) string {
	head, body, _ := strings.Cut(answer, "\n\n")
	switch {
	case op == "GET /audit":
		body = u.unmarked(body)
	case op == "GET /audit/export":
		body = u.unmarkedLines(body)
	case strings.HasPrefix(body, "PK"):
		body = u.unpacked(body)
	}
	if u.known {
		body = counted.ReplaceAllString(body, "")
	}
	return head + "\n\n" + body
}

// unpacked is what lies in a workbook, the parts of which come in any order.
func (u *unaware) unpacked(book string) string {
	files := got(zip.NewReader(strings.NewReader(book), int64(len(book))))(u.matrix).File
	slices.SortFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	var all strings.Builder
	for _, f := range files {
		r := got(f.Open())(u.matrix)
		fmt.Fprintf(&all, "%s\n%s\n", f.Name, got(io.ReadAll(r))(u.matrix))
	}
	return all.String()
}

// unmarked is a page of the log without the entries that show only who did
// something and when: that it was done is seen by who keeps the log, or it would
// have holes; not to what. That somebody read the log is seen as well, but
// nothing of which case it was asked.
func (u *unaware) unmarked(page string) string {
	var p struct {
		Items []map[string]any `json:"items"`
	}
	if json.Unmarshal([]byte(page), &p) != nil || p.Items == nil {
		return page
	}
	var b bytes.Buffer
	for _, e := range p.Items {
		detail, _ := e["detail"].(map[string]any)
		if e["subject"] == "audit" && detail["subject"] == nil {
			continue
		}
		if e["subject"] != "" || e["reason"] != "" || len(detail) > 0 {
			text := got(json.Marshal(e))(u.matrix)
			b.Write(append(text, '\n'))
		}
	}
	return b.String()
}

// unmarkedLines is the same of the log as a file.
func (u *unaware) unmarkedLines(file string) string {
	lines, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil {
		return file
	}
	var b strings.Builder
	for _, l := range lines {
		if len(l) < 8 || l[5]+l[6]+l[7] != "" && (l[5] != "audit" || strings.Contains(l[7], `"subject"`)) {
			b.WriteString(strings.Join(l, ",") + "\n")
		}
	}
	return b.String()
}

package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/campaign"
)

// The fields of a self-examination. A line's answer goes by the key of the line; of
// a problem, by its key, a point and one of these.
const (
	fieldSeen        = "seen" // the revision that is corrected
	fieldSigner      = "signer"
	fieldPost        = "post"
	fieldBeside      = "beside" // how many problems beside the checklist are shown
	ofResult         = ".result"
	ofDescription    = ".description"
	ofViolation      = ".category"
	ofMeasures       = ".measures"
	ofDue            = ".due"
	ofPerson         = ".person"
	ofWhy            = ".why" // a line does not apply
	doSaveDraft      = "save"
	doAddProblem     = "add"
	mostSelfParts    = 2500 // of the form of a plan with three hundred tasks
	shownFromTheLine = 1    // problems beside the checklist that are offered at first
)

// selfPage is all that the page of a self-examination shows.
type selfPage struct {
	view
	Form    campaign.SelfForm
	Typed   filled
	Problem *httpapi.Problem
	Kept    bool // the draft was kept just now
	Beside  int  // problems beside the checklist that are shown
}

// selfForm shows the self-examination of an institution: as it was typed and kept,
// as it was sent last, or empty.
func (p *Pages) selfForm(w http.ResponseWriter, r *http.Request) error {
	page, err := p.selfPage(r, newFilled())
	if err != nil {
		return err
	}
	page.Typed.text = typedBefore(page.Form)
	page.Beside = besideOf(page.Typed.text)
	return p.show(w, r, http.StatusOK, selfcheckPage(page))
}

func (p *Pages) selfPage(r *http.Request, typed filled) (page selfPage, err error) {
	page = selfPage{view: p.view(r), Typed: typed, Beside: besideOf(typed.text)}
	page.Again = "selfcheck"
	page.Form, err = p.Campaigns.SelfForm(r.Context(), r.PathValue("token"))
	return page, err
}

// typedBefore puts what was kept or sent into the fields of the page.
func typedBefore(f campaign.SelfForm) map[string]string {
	if len(f.Draft) > 0 {
		return f.Draft
	}
	text := map[string]string{fieldSigner: f.Answers.Signer, fieldPost: f.Answers.Post}
	for key, result := range f.Answers.Lines {
		text[key], text[key+ofWhy] = string(result), f.Answers.Reasons[key]
	}
	for _, q := range f.Answers.Problems {
		for of, value := range map[string]string{ofResult: string(q.Result), ofDescription: q.Description, ofViolation: q.Category, ofMeasures: q.Measures, ofDue: string(q.Due), ofPerson: q.Person} {
			text[q.Key+of] = value
		}
	}
	return text
}

// tells reports whether problems beside the checklist are shown at once: some were
// told, or asked for, or refused.
func (page selfPage) tells() bool {
	if page.Beside > shownFromTheLine {
		return true
	}
	for _, of := range []string{"", ofResult, ofViolation, ofDescription, ofMeasures, ofPerson, ofDue} {
		name := campaign.Beside(0) + of
		if page.Typed.text[name] != "" || !page.Typed.wrong.of(name).Zero() {
			return true
		}
	}
	return false
}

// besideOf is how many problems beside the checklist are shown: those that hold
// something, and as many as were asked for.
func besideOf(text map[string]string) int {
	shown, _ := strconv.Atoi(text[fieldBeside]) // what is no number asks for none
	shown = min(max(shown, shownFromTheLine), campaign.MaxSelfProblems)
	for n := range campaign.MaxSelfProblems {
		for _, of := range []string{ofDescription, ofMeasures, ofPerson} {
			if text[campaign.Beside(n)+of] != "" {
				shown = max(shown, n+1)
			}
		}
	}
	return shown
}

// sendSelf takes the answers of an institution, or shows the page again with
// everything that was typed and what is wrong with it.
func (p *Pages) sendSelf(w http.ResponseWriter, r *http.Request) error {
	ctx, token := r.Context(), r.PathValue("token")
	d := p.door(r, func(map[string]string) error { return p.Campaigns.MaySend(ctx, token) })
	d.parts = mostSelfParts
	f, broken := p.read(w, r, d)
	page, err := p.selfPage(r, f)
	if err != nil {
		p.dropRefused(ctx, &f, err)
		return err
	}
	if broken != nil {
		return p.selfAgain(w, r, page, broken)
	}
	switch f.text[fieldDo] {
	case "":
	case doSaveDraft:
		return p.keepSelf(w, r, page)
	case doAddProblem:
		page.Beside = min(page.Beside+1, campaign.MaxSelfProblems)
		return p.show(w, r, http.StatusOK, selfcheckPage(page))
	default: // asked for another language or size
		return p.show(w, r, http.StatusOK, selfcheckPage(page))
	}
	if len(f.wrong) > 0 {
		return p.selfAgain(w, r, page, nil)
	}
	sent, err := p.Campaigns.Send(ctx, token, page.answers())
	if err != nil {
		return p.selfAgain(w, r, page, err)
	}
	page.Again = ""
	return p.show(w, r, http.StatusOK, selfSentPage(page.view, token, sent))
}

// keepSelf keeps a draft, to go on later.
func (p *Pages) keepSelf(w http.ResponseWriter, r *http.Request, page selfPage) error {
	typed := map[string]string{}
	for name, value := range page.Typed.text {
		if name != fieldDo && name != fieldSeen && value != "" {
			typed[name] = value
		}
	}
	if err := p.Campaigns.KeepDraft(r.Context(), r.PathValue("token"), typed); err != nil {
		return p.selfAgain(w, r, page, err)
	}
	page.Kept = true
	return p.show(w, r, http.StatusOK, selfcheckPage(page))
}

// selfAgain shows a refused page as it was filled in.
func (p *Pages) selfAgain(w http.ResponseWriter, r *http.Request, page selfPage, why error) error {
	status := http.StatusUnprocessableEntity
	if why != nil {
		page.Typed.wrong, page.Problem = blame(r.Context(), page.Typed.wrong, why)
	}
	if page.Problem != nil {
		status = page.Problem.Status
		copyHeaders(w, page.Problem)
	}
	if !fault.Is(why, fault.Conflict) { // what somebody else sent in between can be corrected
		p.dropRefused(r.Context(), &page.Typed, why)
	}
	p.dropLost(r.Context(), &page.Typed)
	return p.show(w, r, status, selfcheckPage(page))
}

// answers puts the page into campaign's words.
func (page selfPage) answers() campaign.SelfSend {
	text := page.Typed.text
	in := campaign.SelfSend{Answers: campaign.Answers{Lines: map[string]campaign.Result{}, Reasons: map[string]string{}, Signer: text[fieldSigner], Post: text[fieldPost]}, Files: page.Typed.ids()}
	in.Seen, _ = strconv.Atoi(text[fieldSeen]) // what is no number is no revision
	for _, l := range page.Form.Lines {
		in.Lines[l.Key], in.Reasons[l.Key] = campaign.Result(text[l.Key]), text[l.Key+ofWhy]
		if in.Lines[l.Key] == campaign.Corrected || in.Lines[l.Key] == campaign.Planned {
			in.Problems = append(in.Problems, selfProblem(text, l.Key))
		}
	}
	for n := range campaign.MaxSelfProblems {
		if q := selfProblem(text, campaign.Beside(n)); q.Description+q.Category+q.Measures+q.Person != "" {
			in.Problems = append(in.Problems, q)
		}
	}
	return in
}

func selfProblem(text map[string]string, key string) campaign.SelfProblem {
	return campaign.SelfProblem{Key: key, Category: text[key+ofViolation], Description: text[key+ofDescription], Result: campaign.Result(text[key+ofResult]),
		Measures: text[key+ofMeasures], Due: campaign.Day(strings.TrimSpace(text[key+ofDue])), Person: text[key+ofPerson]}
}

// selfLabels say what the fields of a problem are called.
var selfLabels = map[string]i18n.Text{
	ofResult:      i18n.T("是否已整改", "Put right or not"),
	ofDescription: i18n.T("问题", "Problem"),
	ofViolation:   i18n.T("问题类别", "Kind of problem"),
	ofMeasures:    i18n.T("整改措施", "Measures"),
	ofDue:         i18n.T("整改期限", "By which day"),
	ofPerson:      i18n.T("责任人", "Responsible"),
	ofWhy:         i18n.T("不适用的理由", "Why it does not apply"),
}

// selfLabel is the name of a field of a problem; false for other fields.
func selfLabel(ctx context.Context, field string) (string, bool) {
	at := strings.LastIndex(field, ".")
	if at < 0 {
		return "", false
	}
	text, ok := selfLabels[field[at:]]
	return text.Here(ctx), ok
}

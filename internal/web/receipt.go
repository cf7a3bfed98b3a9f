package web

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/doc"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/intake"
)

// The fields of the receipt page.
const (
	fieldReceipt   = "receipt"
	fieldText      = "text"
	fieldReason    = "reason"
	fieldWithdraw  = "withdraw_reason"
	fieldContacted = "contacted"
	fieldSolved    = "solved"
	fieldSatisfied = "satisfied"
	fieldRemark    = "remark"
)

// mostRemark is the length of a remark or reason in characters, as in the API.
const mostRemark = 2000

// slip is the receipt, to be written down.
type slip struct {
	view
	Receipt    string // sixteen digits
	CaseNumber string
	Deadline   time.Time
	New        bool // the report was accepted just now
	Code       string
	Key        string // public, of the log
	Now        time.Time
}

// slip shows a receipt with its code.
func (p *Pages) slip(w http.ResponseWriter, r *http.Request, s slip) error {
	s.view, s.Now = p.view(r), p.Now()
	s.path, s.Again = "/r/slip", "slip"
	s.Key = p.Intake.Log.Key()
	s.Code = doc.SVG(p.base(r) + "/r#" + s.Receipt)
	return p.show(w, r, http.StatusOK, slipPage(s))
}

// showSlip shows the receipt of a report that was made before.
func (p *Pages) showSlip(w http.ResponseWriter, r *http.Request) error {
	page, err := p.progressOf(w, r, door{})
	if err != nil {
		return p.askAgain(w, r, page, err)
	}
	return p.slip(w, r, slip{Receipt: page.Receipt, CaseNumber: page.P.CaseNumber, Deadline: page.P.Deadline})
}

// saveFile answers with the receipt file of a report, to be saved.
func (p *Pages) saveFile(w http.ResponseWriter, r *http.Request) error {
	page, err := p.progressOf(w, r, door{})
	if err != nil {
		return p.askAgain(w, r, page, err)
	}
	f, err := p.Intake.ReceiptFile(r.Context(), page.Receipt)
	if err != nil {
		return p.askAgain(w, r, page, err)
	}
	httpapi.Serve(w, r, f.File())
	return nil
}

// progress is all that the receipt page shows.
type progress struct {
	view
	Receipt string
	P       casework.Progress
	Key     string // public, of the log
	Log     intake.InLog
	Typed   filled
	Problem *httpapi.Problem
	Done    i18n.Text // what was done just now
	Now     time.Time
}

// may reports whether the reporter can do a thing now.
func (pg progress) may(what string) bool { return slices.Contains(pg.P.May, what) }

// entry is the page that asks for a receipt.
type entry struct {
	view
	Typed   string
	Problem *httpapi.Problem
}

func (p *Pages) askReceipt(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, http.StatusOK, entryPage(entry{view: p.view(r)}))
}

// backToReceipt leads whoever opens the address of an action by hand to the
// page where the receipt is typed.
func (p *Pages) backToReceipt(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, p.view(r).to("/r"), http.StatusSeeOther)
	return nil
}

// askAgain shows the page that asks for a receipt with what is wrong.
func (p *Pages) askAgain(w http.ResponseWriter, r *http.Request, page progress, why error) error {
	problem := httpapi.ProblemOf(r.Context(), why)
	copyHeaders(w, problem)
	v := page.view
	v.path, v.Again = "/r", "" // there is no case whose page could be shown anew
	return p.show(w, r, problem.Status, entryPage(entry{view: v, Typed: page.Typed.text[fieldReceipt], Problem: problem}))
}

// progressOf reads a form that names a receipt, and how its case stands.
func (p *Pages) progressOf(w http.ResponseWriter, r *http.Request, d door) (page progress, err error) {
	page = progress{view: p.view(r), Now: p.Now(), Key: p.Intake.Log.Key()}
	page.path, page.Again = "/r", "again"
	if page.Typed, err = p.read(w, r, d); err != nil {
		return page, err
	}
	receipt, ok := intake.ParseReceipt(page.Typed.text[fieldReceipt])
	if !ok {
		return page, badReceipt()
	}
	page.Receipt = string(receipt)
	page.P, err = p.Casework.ReadReceipt(r.Context(), casework.ByReceipt{Receipt: page.Receipt})
	return page, err
}

func (p *Pages) showProgress(w http.ResponseWriter, r *http.Request) error {
	page, err := p.progressOf(w, r, door{})
	if err != nil {
		return p.askAgain(w, r, page, err)
	}
	return p.progress(w, r, http.StatusOK, page)
}

// progress shows how a case stands, with what the public log knows of it. That
// nothing can be proven is said there, and takes nobody's page away.
func (p *Pages) progress(w http.ResponseWriter, r *http.Request, status int, page progress) error {
	var err error
	if page.Log, err = p.Intake.InLog(r.Context(), page.Receipt); err != nil {
		slog.ErrorContext(r.Context(), "a report cannot be proven", "err", err)
	}
	return p.show(w, r, status, progressPage(page))
}

// action is something that a reporter does on the receipt page.
type action struct {
	done i18n.Text
	do   func(*Pages, context.Context, progress) (casework.Progress, error)
	uses []string // fields that are empty again once it is done
	// brings says that files come with it.
	brings bool
}

var actions = map[string]action{
	"message":    {i18n.T("留言已送出", "Your message was sent"), (*Pages).sendMessage, []string{fieldText}, false},
	"evidence":   {i18n.T("材料已补充", "Your files were added"), (*Pages).addEvidence, []string{fieldMask}, true},
	"callback":   {i18n.T("谢谢您的评价", "Thank you for your answer"), (*Pages).answer, []string{fieldRemark}, false},
	"objection":  {i18n.T("您的意见已提交", "Your objection was filed"), (*Pages).object, []string{fieldReason}, false},
	"withdrawal": {i18n.T("已按您的意思撤回", "It was withdrawn as you asked"), (*Pages).withdraw, []string{fieldWithdraw}, false},
}

// act does what a form of the receipt page asks for and shows how the case
// stands then, or the same page with what is wrong and everything typed.
func (p *Pages) act(w http.ResponseWriter, r *http.Request) error {
	a, ok := actions[r.PathValue("act")]
	if !ok {
		return errNowhere()
	}
	var d door
	if a.brings {
		d = p.door(r, func(text map[string]string) error { return p.hasReceipt(r, text) })
	}
	page, err := p.progressOf(w, r, d)
	if err != nil {
		return p.askAgain(w, r, page, err)
	}
	if len(page.Typed.wrong) > 0 {
		return p.progress(w, r, http.StatusUnprocessableEntity, page)
	}
	now, err := a.do(p, r.Context(), page)
	if err != nil {
		page.Typed.wrong, page.Problem = blame(r.Context(), page.Typed.wrong, err)
		p.dropRefused(r.Context(), &page.Typed, err)
		p.dropLost(r.Context(), &page.Typed)
		return p.progress(w, r, httpapi.Status(fault.KindOf(err)), page)
	}
	page.P, page.Done, page.Typed.files = now, a.done, nil
	for _, field := range a.uses {
		delete(page.Typed.text, field)
	}
	return p.progress(w, r, http.StatusOK, page)
}

func (pg progress) by() casework.ByReceipt { return casework.ByReceipt{Receipt: pg.Receipt} }

// sendMessage sends a message, unless it is the one that was sent last: a reload
// repeats a form.
func (p *Pages) sendMessage(ctx context.Context, page progress) (casework.Progress, error) {
	text := strings.TrimSpace(page.Typed.text[fieldText])
	if said := page.P.Messages; len(said) > 0 {
		if last := said[len(said)-1]; last.Author == "reporter" && last.Body == text {
			return page.P, nil
		}
	}
	in := casework.SayInput{ByReceipt: page.by()}
	in.Body.Text = text
	return p.Casework.Say(ctx, in)
}

func (p *Pages) addEvidence(ctx context.Context, page progress) (casework.Progress, error) {
	if len(page.Typed.files) == 0 {
		return page.P, fault.Field(fieldFiles, i18n.T("请先选择文件", "please choose a file first"))
	}
	in := casework.AddEvidenceInput{ByReceipt: page.by()}
	in.Body.Files, in.Body.MaskVoice = page.Typed.ids(), page.Typed.text[fieldMask] != ""
	return p.Casework.AddEvidence(ctx, in)
}

func (p *Pages) answer(ctx context.Context, page progress) (casework.Progress, error) {
	text := page.Typed.text
	var bad fault.Fields
	for _, q := range threeQuestions {
		bad.Refuse(!slices.ContainsFunc(q.answers, func(a option) bool { return a.value == text[q.field] }), q.field, i18n.T("请选一个答案", "please choose an answer"))
	}
	bad.AtMost(mostRemark, fieldRemark, text[fieldRemark])
	if err := bad.Err(); err != nil {
		return page.P, err
	}
	return p.Casework.Answer(ctx, casework.AnswerInput{ByReceipt: page.by(), Body: casework.Answers{
		Contacted: text[fieldContacted], Solved: text[fieldSolved], Satisfied: text[fieldSatisfied], Remark: strings.TrimSpace(text[fieldRemark]),
	}})
}

// question is one of the three that a reporter is asked about the answer.
type question struct {
	field   string
	ask     i18n.Text
	answers []option
}

type option struct {
	value string
	text  i18n.Text
}

// threeQuestions are those of the call-back (casework.Answers): the three
// rates rest on them.
var threeQuestions = []question{
	{fieldContacted, i18n.T("有没有人与您联系过？", "Did anybody get in touch with you?"), []option{
		{"yes", i18n.T("联系过", "Yes")}, {"no", i18n.T("没有", "No")}}},
	{fieldSolved, i18n.T("问题解决了吗？", "Is it solved?"), []option{
		{"yes", i18n.T("解决了", "Yes")}, {"partly", i18n.T("解决了一部分", "Partly")}, {"no", i18n.T("没有解决", "No")}}},
	{fieldSatisfied, i18n.T("您对处理满意吗？", "Are you satisfied with how it was handled?"), []option{
		{"satisfied", i18n.T("满意", "Satisfied")}, {"basic", i18n.T("基本满意", "Basically satisfied")},
		{"fair", i18n.T("一般", "Fair")}, {"unsatisfied", i18n.T("不满意", "Not satisfied")}}},
}

func (p *Pages) object(ctx context.Context, page progress) (casework.Progress, error) {
	in := casework.ObjectInput{ByReceipt: page.by()}
	in.Body.Reason = strings.TrimSpace(page.Typed.text[fieldReason])
	return p.Casework.Object(ctx, in)
}

func (p *Pages) withdraw(ctx context.Context, page progress) (casework.Progress, error) {
	in := casework.WithdrawInput{ByReceipt: page.by()}
	in.Body.Reason = strings.TrimSpace(page.Typed.text[fieldWithdraw])
	var bad fault.Fields
	bad.AtMost(mostRemark, fieldWithdraw, in.Body.Reason)
	if err := bad.Err(); err != nil {
		return page.P, err
	}
	return p.Casework.Withdraw(ctx, in)
}

package casework

import (
	"context"
	"errors"
	"slices"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// ByReceipt names a case by its receipt.
type ByReceipt struct {
	Receipt string `path:"receipt" maxLength:"40"`
}

// Progress is what the reporter reads about a case.
type Progress struct {
	CaseNumber string       `json:"case_number"`
	State      State        `json:"state"`
	StateText  string       `json:"state_text"`
	ReceivedAt time.Time    `json:"received_at"`
	Deadline   time.Time    `json:"deadline,omitzero"`
	Paused     bool         `json:"paused"`
	Overdue    bool         `json:"overdue"`
	Unit       string       `json:"unit" doc:"Who handles it, where the reporter may know."`
	Helpers    []string     `json:"helpers" doc:"Which units help."`
	Promised   time.Time    `json:"promised,omitzero" doc:"The deadline that the reporter was told before the report was merged, where it is another one now."`
	Merged     bool         `json:"merged" doc:"The report goes on under another one of the same matter; state, deadline, unit and reply are those of that."`
	Reply      string       `json:"reply"`
	Gone       bool         `json:"gone" doc:"The time for keeping it is over: the words were destroyed, the steps are still told."`
	Timeline   []PublicStep `json:"timeline"`
	Messages   []Message    `json:"messages"`
	Answered   *Answers     `json:"answered,omitempty" doc:"What the reporter answered about the reply that stands."`
	Recorded   bool         `json:"recorded" doc:"It is withdrawn because the office recorded that the reporter said so."`
	Objecting  bool         `json:"objecting" doc:"An objection waits for a decision."`
	Files      []GivenFile  `json:"files" doc:"Which files the reporter gave, and what staff see of them."`
	Masked     bool         `json:"masked" doc:"Staff hear changed voices in what the reporter gave."`
	May        []string     `json:"may" doc:"What the reporter can do now: message, evidence, callback, object, withdraw."`
}

// PublicStep is a step in plain words.
type PublicStep struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"`
	Note string    `json:"note"`
}

// hearing is a case as its reporter stands towards it.
type hearing struct {
	own       Case      // the reporter's
	shown     Case      // the one that goes on: own, or the one that own joined
	answered  *Callback // what was answered about the reply that stands
	objecting bool      // an objection waits for a decision
	events    []Event   // of own, as far as its reporter follows them
	// The office recorded that the reporter withdrew, who may still say that this
	// is not so.
	recorded, disownable bool
}

// hear reads how the reporter of a case stands towards it.
func hear(r db.Reader, id string, now time.Time) (h hearing, err error) {
	if h.own, err = CaseByID(r, id); err != nil {
		return h, err
	}
	if h.shown = h.own; h.joined() {
		if h.shown, err = CaseByID(r, h.own.MergedInto); err != nil {
			return h, err
		}
	}
	ks, err := callbacks(r, id)
	if err != nil {
		return h, err
	}
	qs, err := requests(r, h.shown.ID)
	if err != nil {
		return h, err
	}
	h.listen(ks, qs)
	if h.events, err = events(r, id); err != nil {
		return h, err
	}
	h.leave(now)
	return h, nil
}

// leave shows a case to a reporter who withdrew from it as it was then, although
// it may go on for others.
func (h *hearing) leave(now time.Time) {
	e, gone := departure(h.events)
	if !gone {
		return
	}
	h.own.State, h.own.Outcome, h.own.ClosedAt, h.own.Reply = Withdrawn, demand.WithdrawnByOwn, e.At, ""
	h.shown, h.answered, h.objecting = h.own, nil, false
	last := 1 + slices.IndexFunc(h.events, func(x Event) bool { return x.ID == e.ID })
	h.events = append(h.events[:last:last], aboutIdentity(h.events[last:])...)
	_, h.recorded = retraction(h.events)
	h.disownable = mayDisown(h.events, now)
}

// listen takes in what was answered and asked for.
func (h *hearing) listen(ks []Callback, qs []Request) {
	for i, k := range ks {
		if k.CaseID == h.own.ID && k.Valid && k.Round == h.shown.Reworks {
			h.answered = &ks[i]
		}
	}
	h.objecting = awaits(qs, AskReopen)
}

// joined reports whether the case goes on under another one.
func (h hearing) joined() bool { return h.own.State == Merged }

// may lists what the reporter can do now.
func (h hearing) may() []string {
	can := []string{}
	switch {
	case h.joined():
		if h.shown.State.Open() {
			can = append(can, "message", "evidence")
		}
	case h.own.State == Calling || h.own.State == Reviewing:
		can = append(can, "message", "evidence")
	case h.own.State.Open():
		can = append(can, "message", "evidence", "withdraw")
	}
	if h.answered == nil && (h.shown.State == Calling || h.joined() && h.shown.State == Archived) {
		can = append(can, "callback")
	}
	if enteredByInstitution(h.events) { // the receipt lies with the institution: the commission asks the reporter
		can = slices.DeleteFunc(can, func(what string) bool { return what == "callback" || what == "withdraw" })
	}
	if h.mayObject() && !h.objecting {
		can = append(can, "object")
	}
	return can
}

// mayObject reports whether there is a result that the reporter can object to:
// the case is over, or the answer was that it is not solved.
func (h hearing) mayObject() bool {
	switch h.shown.State {
	case Archived, Rejected:
		return true
	case Withdrawn:
		return h.disownable
	case Calling:
		return h.answered != nil && h.answered.Solved == "no"
	default:
		return false
	}
}

// allows refuses what the reporter cannot do now.
func (h hearing) allows(what string) error {
	switch {
	case slices.Contains(h.may(), what):
		return nil
	case what == "callback" && h.answered != nil:
		return fault.New(fault.Conflict, i18n.T("您已经评价过了，谢谢", "you have answered already, thank you"))
	case what == "object" && h.objecting:
		return alreadyAsked()
	}
	return fault.New(fault.Conflict, i18n.T("本件现在为“%s”，不能进行这项操作", `the case is "%s" now; this is not possible`), life().Text(h.shown.State))
}

// ReadReceipt returns how a case stands, for its reporter.
func (s *Service) ReadReceipt(ctx context.Context, in ByReceipt) (p Progress, err error) {
	id, err := s.Receipts.Resolve(ctx, in.Receipt)
	if err != nil {
		return p, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		h, err := hear(r, id, s.Now())
		if err != nil {
			return err
		}
		p, err = s.progress(ctx, r, h)
		return err
	})
	return p, err
}

// progress is what the reporter reads. Number, date of receipt and dialogue are
// the reporter's own; how far it is stands in the case that goes on.
func (s *Service) progress(ctx context.Context, r db.Reader, h hearing) (p Progress, err error) {
	c := h.shown
	p = Progress{CaseNumber: h.own.Number, State: c.State, StateText: life().Text(c.State).Here(ctx), ReceivedAt: h.own.ReceivedAt, Deadline: c.DueAt,
		Paused: !c.PausedAt.IsZero(), Overdue: c.overdue(s.Now()), Merged: h.joined(), Recorded: h.recorded, Objecting: h.objecting, May: h.may(), Timeline: []PublicStep{}}
	if h.joined() && !h.own.DueAt.Equal(c.DueAt) {
		p.Promised = h.own.DueAt
	}
	es, err := stepsOf(r, h)
	if err != nil {
		return p, err
	}
	if err := p.talk(r, h.own.ID); err != nil {
		return p, err
	}
	rows := slices.Concat([]saying{&c}, sayings(es), sayings(p.Messages))
	if h.answered != nil {
		rows = append(rows, h.answered)
	}
	if p.Gone, err = s.reveal(r, c, rows...); err != nil {
		return p, err
	}
	if h.answered != nil {
		k := h.answered
		p.Answered = &Answers{Contacted: k.Contacted, Solved: k.Solved, Satisfied: k.Satisfied, Remark: k.Remark}
	}
	if c.State == Calling || c.State == Archived || c.State == Rejected {
		p.Reply = c.Reply
	}
	if p.Files, err = s.given(r, h.own.ID); err != nil {
		return p, err
	}
	if p.Masked, err = s.Files.Masked(r, h.own.ID); err != nil {
		return p, err
	}
	return p, errors.Join(p.steps(ctx, r, h, es), p.units(r, c.ID))
}

// units names who leads and who helps.
func (p *Progress) units(r db.Reader, id string) error {
	as, err := assignments(r, id)
	if err != nil {
		return err
	}
	p.Helpers = []string{}
	for _, a := range as {
		if !a.EndedAt.IsZero() {
			continue
		}
		u, err := org.UnitByID(r, a.UnitID)
		if err != nil {
			return err
		}
		if a.Part == Lead {
			p.Unit = u.Name
		} else {
			p.Helpers = append(p.Helpers, u.Name)
		}
	}
	return nil
}

// stepsOf returns what happened, as far as a reporter is told of it. Of cases
// that were joined only the office's own steps are, each for as long as the
// report went on under it: what their reporters did is not.
func stepsOf(r db.Reader, h hearing) ([]Event, error) {
	es := slices.Clone(h.events)
	for last := es; h.joined(); {
		into, since := mergedBy(last)
		if into == "" {
			break
		}
		var err error
		if last, err = events(r, into); err != nil {
			return nil, err
		}
		for _, e := range last {
			if !e.At.Before(since) && slices.Contains(shared(), e.Action) {
				es = append(es, e)
			}
		}
	}
	slices.SortStableFunc(es, func(a, b Event) int { return a.At.Compare(b.At) }) // looks at who reported go on beside
	return es, nil
}

// steps writes the timeline.
func (p *Progress) steps(ctx context.Context, r db.Reader, h hearing, es []Event) error {
	for _, e := range es {
		text, ok := publicWords[e.said()]
		if (e.Action == string(doWithdraw) || e.Action == string(doLeave)) && e.Actor != "reporter" {
			var err error
			if text, err = retractedBy(r, e); err != nil {
				return err
			}
		}
		if slices.Contains(identitySteps(), e.Action) {
			var err error
			if text, err = identityWords(r, e); err != nil {
				return err
			}
			ok = true
		}
		if ok {
			p.Timeline = append(p.Timeline, PublicStep{e.At, e.filled(text).Here(ctx), p.note(h, e)})
		}
	}
	return nil
}

// mergedBy returns the case under which another one goes on, and since when; the
// empty identifier where it stands by itself.
func mergedBy(es []Event) (into string, since time.Time) {
	for _, e := range es {
		if e.Action == string(doMerge) {
			into, since = detailText(e.Detail, "into"), e.At
		}
	}
	return into, since
}

// said is under what a step stands in the words for the reporter: who gave a case
// back is the unit, not the office.
func (e Event) said() string {
	if e.Action == string(doTakeBack) && detailText(e.Detail, "returned_by") != "" {
		return "returned"
	}
	return e.Action
}

// filled puts into the words of a step what its event counts, and until when.
func (e Event) filled(words i18n.Text) i18n.Text {
	if due, err := time.Parse(time.RFC3339, detailText(e.Detail, "due")); err == nil && e.said() == string(AskExtension)+"_"+granted {
		day := due.Add(-time.Hour).In(clock.Shanghai) // a midnight is the end of the day before
		return i18n.T("经批准延期，最迟 %s 答复", "More time was granted, until %s").With(i18n.T(day.Format("1月2日"), day.Format("2 January")))
	}
	if n, ok := e.Detail["files"].(float64); ok && e.Action == string(doEvidence) {
		return words.With(int(n))
	}
	return words
}

// note is what stands beside a step, but for the reply, which is shown above. Of
// a case that was joined it is the names of units alone: what else stands there
// was written to its reporter.
func (p *Progress) note(h hearing, e Event) string {
	names := e.Action == string(doDispatch) || e.Action == string(doAddHelper)
	if e.Public == p.Reply || e.CaseID != h.own.ID && !names {
		return ""
	}
	return e.Public
}

// shared are the steps of a case that also those read whose reports joined it:
// none that its reporter takes, and none that answers its reporter.
func shared() []string {
	return []string{"dispatch", "add_helper", "take_back", "sign", "submit", "send_back", "approve", "resume", "rework", "close", "pause_granted", "extension_granted", "hard_granted"}
}

// talk reads the dialogue; the reporter is not told which of the staff wrote.
func (p *Progress) talk(r db.Reader, id string) (err error) {
	p.Messages, err = messages(r, id)
	for i := range p.Messages {
		if p.Messages[i].Author != "reporter" {
			p.Messages[i].Author = "staff"
		}
		p.Messages[i].UnitID = ""
	}
	return err
}

// publicWords says in plain words what a step means for the reporter. A step
// that is not here is the office's own business.
var publicWords = map[string]i18n.Text{
	"open":              i18n.T("已收到您的反映", "We received your report"),
	"accept":            i18n.T("已受理", "It was accepted"),
	"reject":            i18n.T("不予受理，原因见下", "It was not accepted; the reason is below"),
	"merge":             i18n.T("与您或他人此前的同一反映合并办理", "It goes on together with an earlier report of the same matter"),
	"dispatch":          i18n.T("已交办", "It was sent to"),
	"add_helper":        i18n.T("增派协办单位", "Another unit was sent to help"),
	"attempt":           i18n.T("承办单位联系您，没有联系上", "The unit tried to reach you, without success"),
	"evidence":          i18n.T("您补充了材料：%d 份", "You added files: %d"),
	"returned":          i18n.T("承办单位退回，将重新交办", "The unit gave it back; it will be sent on anew"),
	"take_back":         i18n.T("已收回，将重新交办", "It was taken back and will be sent on anew"),
	"sign":              i18n.T("承办单位已签收，开始办理", "The unit has signed for it and begins"),
	"contact":           i18n.T("承办单位与您联系", "The unit contacted you"),
	"submit":            i18n.T("承办单位已提交结果，正在审核", "The unit handed in its result; it is being reviewed"),
	"send_back":         i18n.T("结果未通过审核，继续办理", "The result did not pass; the work goes on"),
	"approve":           i18n.T("已有结果，请您评价", "There is a result; please tell us what you think of it"),
	"close":             i18n.T("已归档", "It was archived"),
	"rework":            i18n.T("重新办理", "It is being handled again"),
	"reopen":            i18n.T("已重新打开，继续办理", "It was reopened and goes on"),
	"leave":             i18n.T("您已撤回", "You withdrew it"),
	"rejoin":            i18n.T("您没有撤回，继续办理", "You had not withdrawn; it goes on"),
	"withdraw":          i18n.T("您已撤回", "You withdrew it"),
	"resume":            i18n.T("恢复计时", "The clock runs again"),
	"pause_granted":     i18n.T("经批准暂停计时", "The clock was stopped, with approval"),
	"extension_granted": i18n.T("经批准延期", "More time was granted"),
	"hard_granted":      i18n.T("列为疑难诉求，将继续跟进", "It was listed as a hard case and will be followed up"),
	"expired":           i18n.T("保存期已满，有关内容已按规定销毁", "The time for keeping it is over; what was kept was destroyed"),
	"reopen_refused":    i18n.T("对您的异议已作出答复", "Your objection was answered"),
}

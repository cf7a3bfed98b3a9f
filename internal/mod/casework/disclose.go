package casework

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
)

// IdentityInput names a report of a case and what for its reporter is needed.
type IdentityInput struct {
	ID   string `path:"id"`
	Body struct {
		Report  string  `json:"report,omitempty" maxLength:"40" doc:"One that joined the case; the case's own when absent."`
		Purpose Purpose `json:"purpose,omitempty" enum:"contact,verify,reply,callback,evidence,reward,other" doc:"Not wanted where it was approved."`
		Reason  string  `json:"reason,omitempty" maxLength:"2000" doc:"In words: for another purpose, and for whoever approves it."`
	}
}

// OpenIdentity opens who gave a report, for a purpose, to whoever works on the
// case; on the discipline line only to whom somebody else approved it. Each
// opening is an event of the case, of which its reporter reads; while it holds,
// the page of the case shows who it is, and opening it again is nothing new.
// Faults: Forbidden, Invalid, Conflict where nobody knows who it is, Gone.
func (s *Service) OpenIdentity(ctx context.Context, in IdentityInput) (x Standing, err error) {
	err = s.withReporter(ctx, in, "OpenIdentity", func(tx *db.Tx, f looking) error {
		who, err := s.Content.Identity(ctx, tx.Reader, f.report)
		if err != nil {
			return err
		}
		d, err := s.look(ctx, tx, f, in)
		x = Standing{Report: f.report.ID, Number: f.report.Number, Mode: f.report.Mode, Likely: f.shown.likely(), State: "open", Until: d.EndsAt, Name: who.Name, Phone: who.Phone}
		return err
	})
	return x, err
}

// AskIdentity asks the custodian to let somebody know who gave a report of the
// discipline line. Faults: Conflict where nothing has to be asked.
func (s *Service) AskIdentity(ctx context.Context, in IdentityInput) (x Standing, err error) {
	err = s.withReporter(ctx, in, "AskIdentity", func(tx *db.Tx, f looking) error {
		if !f.report.guarded() {
			return fault.New(fault.Conflict, i18n.T("本件不需要审批", "this needs nobody's approval")).
				WithFix(i18n.T("请直接选择用途查看", "choose what it is for and open it"))
		}
		if err := checkPurpose(in.Body.Purpose, in.Body.Reason, true); err != nil {
			return err
		}
		d, err := s.request(ctx, tx, f, in)
		x = Standing{Report: f.report.ID, Number: f.report.Number, Mode: f.report.Mode, Likely: f.shown.likely(), State: "waiting", Until: d.LapsesAt}
		return err
	})
	return x, err
}

// looking is a person who needs to know who gave a report.
type looking struct {
	shown  Case         // on which the person works
	report Case         // whose reporter it is: shown, or one that joined it
	mine   []Disclosure // what the person asked for and opened of it before
	at     time.Time
}

// held returns what lets the person look now.
func (f looking) held() (Disclosure, bool) {
	i := slices.IndexFunc(f.mine, func(d Disclosure) bool { return d.holds(f.at) })
	if i < 0 {
		return Disclosure{}, false
	}
	return f.mine[i], true
}

// withReporter is the frame of what is done about who gave a report: find the
// case and the report, refuse whom it is not for, do it.
func (s *Service) withReporter(ctx context.Context, in IdentityInput, what string, do func(tx *db.Tx, f looking) error) (err error) {
	defer fault.Wrap(&err, "casework.%s(%s)", what, in.ID)
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		f := looking{at: s.Now()}
		if f.shown, err = seen(ctx, tx.Reader, in.ID); err != nil {
			return err
		}
		if f.report, err = reportIn(tx.Reader, f.shown, in.Body.Report); err != nil {
			return err
		}
		as, err := assignments(tx.Reader, f.shown.ID)
		if err != nil {
			return err
		}
		x, err := s.standing(ctx, tx.Reader, f.shown, f.report, as)
		if err != nil {
			return err
		}
		if err := x.mayBeKnown(); err != nil {
			return err
		}
		if f.mine, err = disclosuresOf(tx.Reader, f.report.ID, authz.From(ctx).ID); err != nil {
			return err
		}
		return do(tx, f)
	})
}

// mayBeKnown refuses whom the reporter is not for, and what nobody can know.
func (x Standing) mayBeKnown() error {
	switch x.State {
	case "hidden":
		return fault.New(fault.Forbidden, i18n.T("诉求人的身份对您不公开", "who reported is not disclosed to you")).
			WithFix(i18n.T("需要时请在对话中联系诉求人", "reach the reporter in the dialogue if you need to"))
	case "none":
		return fault.New(fault.Conflict, i18n.T("诉求人没有留下姓名和电话", "the reporter left neither name nor telephone")).
			WithFix(i18n.T("请在对话中联系诉求人", "reach the reporter in the dialogue"))
	case "gone":
		return identityGone()
	}
	return nil
}

// identityGone says that who reported was destroyed.
func identityGone() error {
	return fault.New(fault.Gone, i18n.T("保存期已满，诉求人的姓名和电话已经销毁", "the time for keeping it is over: the name and the telephone of the reporter were destroyed"))
}

// look lets a person look and writes down the first time. Two looks at once are
// one: the event of either holds the case.
func (s *Service) look(ctx context.Context, tx *db.Tx, f looking, in IdentityInput) (Disclosure, error) {
	d, held := f.held()
	switch {
	case held && !d.OpenedAt.IsZero():
		return d, nil
	case held:
		d.OpenedAt = f.at
		return d, fault.First(func() error { return markOpened(tx, d) }, func() error { return s.disclosed(ctx, tx, f.report, d, doOpenIdentity, "") })
	case f.report.guarded():
		return d, fault.New(fault.Forbidden, i18n.T("廉洁线索的诉求人身份须经身份保管人批准才能查看", "on the discipline line the identity custodian has to approve it first")).
			WithFix(i18n.T("请先申请，写明理由", "ask for it first, and say why"))
	}
	if err := checkPurpose(in.Body.Purpose, in.Body.Reason, false); err != nil {
		return d, err
	}
	hours, _, err := config.At(ctx, s.Settings, lookHours, f.report.Path, f.at)
	if err != nil {
		return d, err
	}
	d = f.disclosure(ctx, in)
	d.State, d.OpenedAt, d.EndsAt = granted, f.at, f.at.Add(time.Duration(hours)*time.Hour)
	return d, s.addDisclosure(ctx, tx, f.report, d, doOpenIdentity)
}

// request files a request and tells those who decide. One that has lapsed
// without anybody noticing makes room for it.
func (s *Service) request(ctx context.Context, tx *db.Tx, f looking, in IdentityInput) (d Disclosure, err error) {
	if _, held := f.held(); held {
		return d, fault.New(fault.Conflict, i18n.T("您的申请已经批准，可以直接查看", "it was approved already; you may open it"))
	}
	for _, old := range f.mine {
		switch {
		case old.waits(f.at):
			return d, alreadyAsked()
		case old.State == pending:
			if err := s.lapse(ctx, tx, f.report, old, "time"); err != nil {
				return d, err
			}
		}
	}
	days, _, err := config.At(ctx, s.Settings, askDays, f.report.Path, f.at)
	if err != nil {
		return d, err
	}
	d = f.disclosure(ctx, in)
	d.Guarded, d.State, d.LapsesAt = true, pending, f.at.AddDate(0, 0, days)
	err = s.addDisclosure(ctx, tx, f.report, d, doAskIdentity)
	if errors.Is(err, db.ErrTaken) {
		return d, alreadyAsked()
	}
	if err != nil {
		return d, err
	}
	return d, s.tellCustodians(ctx, tx, f.report, d)
}

// disclosure is what somebody asks for or takes, before it is known whether.
func (f looking) disclosure(ctx context.Context, in IdentityInput) Disclosure {
	a := authz.From(ctx)
	return Disclosure{ID: db.NewID(), CaseID: f.report.ID, Path: regionPath(f.report.Path, f.report.Institution), AskedBy: a.ID, UnitID: a.Unit,
		Purpose: in.Body.Purpose, Reason: strings.TrimSpace(in.Body.Reason), AskedAt: f.at}
}

// addDisclosure stores what is new, and what happened by it.
func (s *Service) addDisclosure(ctx context.Context, tx *db.Tx, rep Case, d Disclosure, a flow.Action) error {
	if err := writeSealed(s, tx, rep, d, insertDisclosure); err != nil {
		return err
	}
	return s.disclosed(ctx, tx, rep, d, a, d.Reason)
}

// disclosed is the one place where what happens to who reported becomes an event
// of the report's case. It says by which words why; the reporter reads the unit
// and the purpose alone (progress.go).
func (s *Service) disclosed(ctx context.Context, tx *db.Tx, rep Case, d Disclosure, a flow.Action, words string) error {
	at := cmp.Or(map[flow.Action]time.Time{doAskIdentity: d.AskedAt, doOpenIdentity: d.OpenedAt}[a], d.DecidedAt)
	detail := map[string]any{"disclosure": d.ID, "purpose": string(d.Purpose)}
	if a == doGrantIdentity || a == doOpenIdentity {
		detail["until"] = d.EndsAt.UTC().Format(time.RFC3339Nano)
	}
	if a == doLapseIdentity {
		detail["why"], words = words, "" // a code: nobody wrote it
	}
	return s.happened(ctx, tx, rep, Event{At: at, Action: string(a), Reason: words, Detail: detail})
}

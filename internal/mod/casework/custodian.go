package casework

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// ApproveIdentity decides on requests to learn who gave a report of the
// discipline line. Whoever holds it need not see a case.
const ApproveIdentity authz.Permission = "identity.approve"

// RoleCustodian is the role that holds it.
const RoleCustodian = "custodian"

const (
	jobLapse   = "casework.lapse"
	lapseEvery = 10 * time.Minute
)

// Asked is a request as its custodian sees it: nothing of who reported, and not
// a word of the case.
type Asked struct {
	ID        string    `json:"id"`
	Number    string    `json:"number"`
	Category  string    `json:"category" doc:"Letter of the category."`
	Unit      string    `json:"unit" doc:"Of who asked."`
	Requester string    `json:"requester"`
	Own       bool      `json:"own" doc:"The actor asked, and does not decide."`
	Purpose   Purpose   `json:"purpose" enum:"contact,verify,reply,callback,evidence,reward,other"`
	Reason    string    `json:"reason"`
	AskedAt   time.Time `json:"asked_at"`
	LapsesAt  time.Time `json:"lapses_at"`
	State     string    `json:"state" enum:"pending,granted,refused,lapsed"`
	DecidedBy string    `json:"decided_by" doc:"Name."`
	DecidedAt time.Time `json:"decided_at,omitzero"`
	Decision  string    `json:"decision"`
	EndsAt    time.Time `json:"ends_at,omitzero" doc:"Until when the approval holds."`
	OpenedAt  time.Time `json:"opened_at,omitzero" doc:"When it was made use of."`
}

// AskedInput chooses requests.
type AskedInput struct {
	list.Query
	Over bool `query:"over" doc:"Those that were decided on or lapsed, instead of those that wait."`
}

// ListAsked returns the requests on which the actor decides, the newest first.
func (s *Service) ListAsked(ctx context.Context, in AskedInput) (page list.Page[Asked], err error) {
	defer fault.Wrap(&err, "casework.ListAsked")
	a := authz.From(ctx)
	q, args, err := askedText(a, in, s.Now())
	if err != nil {
		return page, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		rows, err := db.All[askedRow](r, q, args...)
		if err != nil {
			return err
		}
		cut := list.Cut(in.Query, rows, func(x askedRow) list.Key { return list.Key{At: x.AskedAt.UnixMilli(), ID: x.ID} })
		page.Next = cut.Next
		page.Items, err = s.shownTo(r, a, cut.Items)
		return err
	})
	return page, err
}

// shownTo opens the reasons of requests for their custodian.
func (s *Service) shownTo(r db.Reader, a authz.Actor, rows []askedRow) ([]Asked, error) {
	ids := []string{}
	for _, x := range rows {
		if x.Sealed {
			ids = append(ids, x.CaseID)
		}
	}
	slices.Sort(ids)
	keys, err := s.Vault.Keys(r, keysOf(slices.Compact(ids)))
	if err != nil {
		return nil, err
	}
	items := make([]Asked, len(rows))
	for i, x := range rows {
		if items[i], err = x.shown(a, keys, s.Now()); err != nil {
			return nil, err
		}
	}
	return items, nil
}

func (x askedRow) shown(a authz.Actor, keys map[string]crypt.Key, now time.Time) (Asked, error) {
	d := x.Disclosure
	if x.Sealed {
		if _, err := unlock(keys, &d); err != nil {
			return Asked{}, err
		}
	}
	if d.State == pending && !d.waits(now) {
		d.State = lapsed // the job has not come by yet
	}
	return Asked{ID: d.ID, Number: x.Number, Category: x.Category, Unit: x.UnitName, Requester: x.AskedName, Own: d.AskedBy == a.ID, Purpose: d.Purpose, Reason: d.Reason,
		AskedAt: d.AskedAt, LapsesAt: d.LapsesAt, State: d.State, DecidedBy: x.DecidedName, DecidedAt: d.DecidedAt, Decision: d.Decision, EndsAt: d.EndsAt, OpenedAt: d.OpenedAt}, nil
}

// DecideIdentityInput decides on a request.
type DecideIdentityInput struct {
	Request string `path:"request"`
	Body    struct {
		Grant  bool   `json:"grant"`
		Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	}
}

// DecideIdentity approves or refuses that somebody learns who gave a report. An
// approval holds for who asked alone, and for some hours. Faults: NotFound for a
// request over which the actor has no such right or about a case that keeps the
// actor out, Forbidden for an own one, Conflict for one that was decided on, has
// lapsed, or whose person is kept out by now.
func (s *Service) DecideIdentity(ctx context.Context, in DecideIdentityInput) (out Decided, err error) {
	defer fault.Wrap(&err, "casework.DecideIdentity(%s)", in.Request)
	if err := needReason(in.Body.Reason); err != nil {
		return out, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		d, err := inCustody(ctx, tx.Reader, in.Request)
		if err != nil {
			return err
		}
		rep, err := CaseByID(tx.Reader, d.CaseID)
		if err != nil {
			return err
		}
		d.DecidedAt = s.Now()
		if err := s.mayDecideIdentity(ctx, tx.Reader, rep, d); err != nil {
			return err
		}
		a := doRefuseIdentity
		d.State, d.DecidedBy, d.Decision = refused, authz.From(ctx).ID, in.Body.Reason
		if in.Body.Grant {
			hours, _, err := config.At(ctx, s.Settings, approvedHours, rep.Path, d.DecidedAt)
			if err != nil {
				return err
			}
			a, d.State, d.EndsAt = doGrantIdentity, granted, d.DecidedAt.Add(time.Duration(hours)*time.Hour)
		}
		out = Decided{State: d.State, EndsAt: d.EndsAt}
		return s.settled(ctx, tx, rep, d, a, in.Body.Reason)
	})
	return out, err
}

// Decided is what became of a request.
type Decided struct {
	State  string    `json:"state" enum:"granted,refused"`
	EndsAt time.Time `json:"ends_at,omitzero" doc:"Until when the approval holds."`
}

// inCustody returns a request on which the actor decides; any other is missing
// like one that does not exist.
func inCustody(ctx context.Context, r db.Reader, id string) (Disclosure, error) {
	a, missing := authz.From(ctx), fault.Missing(i18n.T("申请", "request"))
	d, err := disclosureByID(r, id)
	if err != nil {
		return d, err
	}
	if !a.Covers(ApproveIdentity, d.Path) {
		return d, missing
	}
	out, err := barredAny(r, d.CaseID, a.Lineage())
	if err == nil && out && !a.IsSystem() {
		err = missing
	}
	return d, err
}

// mayDecideIdentity refuses who asked, the three administrators, and a request
// that is over or whose person may not know any more. d says when.
func (s *Service) mayDecideIdentity(ctx context.Context, r db.Reader, rep Case, d Disclosure) error {
	a := authz.From(ctx)
	switch {
	case d.State != pending:
		return fault.New(fault.Conflict, i18n.T("这项申请已经有了结论", "this request has been decided"))
	case d.AskedBy == a.ID:
		return fault.New(fault.Forbidden, i18n.T("不能审批自己提出的申请", "nobody decides on an own request"))
	case slices.ContainsFunc(a.Grants, func(g authz.Grant) bool { return org.IsAdmin(g.Role) }):
		return fault.New(fault.Forbidden, i18n.T("三员不能审批身份查看", "none of the three administrators decides who learns who reported"))
	case !d.waits(d.DecidedAt):
		return fault.New(fault.Conflict, i18n.T("这项申请已经过期失效", "this request has lapsed")).
			WithFix(i18n.T("需要时请申请人重新申请", "whoever asked may ask again"))
	}
	who, err := org.StaffByID(r, d.AskedBy)
	if fault.Is(err, fault.NotFound) {
		return nil // the program itself asked
	}
	if err != nil {
		return err
	}
	may, err := unbarred(r, rep.ID, []org.Staff{who})
	if err == nil && (len(may) == 0 || !who.ClosedAt.IsZero()) {
		err = fault.New(fault.Conflict, i18n.T("申请人已不能办理本件", "whoever asked may not work on the case any more"))
	}
	return err
}

// settled writes down what became of a request and tells who asked.
func (s *Service) settled(ctx context.Context, tx *db.Tx, rep Case, d Disclosure, a flow.Action, words string) error {
	kept, err := seal(s, tx, rep, Disclosure{ID: d.ID, CaseID: d.CaseID, Decision: d.Decision})
	if err != nil {
		return err
	}
	stored := d
	stored.Decision = kept.Decision
	return fault.First(
		func() error { return markDecided(tx, stored) },
		func() error { return s.disclosed(ctx, tx, rep, d, a, words) },
		func() error { return s.tellRequester(ctx, tx, rep, d) },
	)
}

// lapse ends a request on which nobody decided; why is time, excluded or
// destroyed.
func (s *Service) lapse(ctx context.Context, tx *db.Tx, rep Case, d Disclosure, why string) error {
	d.State, d.DecidedBy, d.DecidedAt = lapsed, system, s.Now()
	return s.settled(authz.With(ctx, authz.System()), tx, rep, d, doLapseIdentity, why)
}

// lapseOverdue is the job that ends requests whose time is over.
func (s *Service) lapseOverdue(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "casework.lapseOverdue")
	var due []Disclosure
	err = s.DB.Read(ctx, func(r db.Reader) error {
		due, err = overdueDisclosures(r, s.Now())
		return err
	})
	failed := []error{err}
	for _, d := range due {
		failed = append(failed, s.DB.InTx(ctx, func(tx *db.Tx) error {
			return s.lapseThose(ctx, tx, d.CaseID, "time", func(x Disclosure) (bool, error) { return x.ID == d.ID, nil })
		}))
	}
	return errors.Join(failed...)
}

// lapseThose ends those requests about a report that a condition picks.
func (s *Service) lapseThose(ctx context.Context, tx *db.Tx, report, why string, pick func(Disclosure) (bool, error)) error {
	rep, err := CaseByID(tx.Reader, report)
	if err != nil {
		return err
	}
	all, err := pendingDisclosures(tx.Reader, report)
	for _, d := range all {
		picked, failed := pick(d)
		if err == nil {
			err = failed
		}
		if err == nil && picked {
			err = s.lapse(ctx, tx, rep, d, why)
		}
	}
	return err
}

// lapseBarred ends the requests of those whom a case keeps out by now, and takes
// from them what they were told as custodians.
func (s *Service) lapseBarred(ctx context.Context, tx *db.Tx, c Case) error {
	barred := barredAmong(tx.Reader, c.ID)
	return fault.First(
		func() error { return s.Notify.Forget(tx, custodyLink(c), barred) },
		func() error {
			return s.lapseThose(ctx, tx, c.ID, "excluded", func(d Disclosure) (bool, error) {
				out, err := barred([]string{d.AskedBy})
				if fault.Is(err, fault.NotFound) {
					return false, nil // the program itself asked
				}
				return len(out) > 0, err
			})
		},
	)
}

// custodyLink is where custodians are led: they do not see the case.
func custodyLink(c Case) string { return "/identity/" + c.ID }

// tellCustodians tells those who decide that a request waits.
func (s *Service) tellCustodians(ctx context.Context, tx *db.Tx, rep Case, d Disclosure) error {
	staff, err := org.HoldersOf(tx.Reader, d.Path, RoleCustodian)
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(staff, func(p org.Staff) bool { return p.ID == d.AskedBy })
	return s.tellAt(ctx, tx, rep, others, "case.identity", i18n.T("诉求 %s：有查看诉求人身份的申请待审批", "Case %s: a request to see who reported waits for you").With(rep.Number), custodyLink(rep))
}

// tellRequester tells who asked what became of it; nobody whom the case keeps out.
func (s *Service) tellRequester(ctx context.Context, tx *db.Tx, rep Case, d Disclosure) error {
	who, err := org.StaffByID(tx.Reader, d.AskedBy)
	if fault.Is(err, fault.NotFound) {
		return nil // the program itself asked
	}
	if err != nil {
		return err
	}
	text := map[string]i18n.Text{
		granted: i18n.T("诉求 %s：查看诉求人身份的申请已批准", "Case %s: you may now open who reported"),
		refused: i18n.T("诉求 %s：查看诉求人身份的申请未获批准", "Case %s: your request to see who reported was refused"),
		lapsed:  i18n.T("诉求 %s：查看诉求人身份的申请已失效", "Case %s: your request to see who reported has lapsed"),
	}[d.State]
	link := "/cases/" + cmp.Or(rep.MergedInto, rep.ID) // one that was joined is read there
	return s.tellAt(ctx, tx, rep, []org.Staff{who}, "case.identity", text.With(rep.Number), link)
}

package casework

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// RequestKind tells what is asked for.
type RequestKind string

// What may be asked for.
const (
	AskReturn    RequestKind = "return"    // 退单
	AskExtension RequestKind = "extension" // 延期
	AskPause     RequestKind = "pause"     // 暂停计时
	AskHard      RequestKind = "hard"      // 疑难挂账
	AskExclusion RequestKind = "exclusion" // 剔除
	AskReopen    RequestKind = "reopen"    // the reporter's objection
)

// Request asks the supervising side for something about a case.
type Request struct {
	ID        string         `json:"id"`
	CaseID    string         `json:"case_id"`
	Kind      RequestKind    `json:"kind"`
	AskedBy   string         `json:"asked_by" doc:"Staff identifier, or reporter."`
	UnitID    string         `json:"unit_id"`
	Reason    string         `json:"reason"`
	Detail    map[string]any `json:"detail"`
	AskedAt   time.Time      `json:"asked_at"`
	State     string         `json:"state" enum:"pending,granted,refused"`
	DecidedBy string         `json:"decided_by"`
	DecidedAt time.Time      `json:"decided_at,omitzero"`
	Decision  string         `json:"decision" doc:"Why."`
	EndedAt   time.Time      `json:"-"` // of a pause that was granted: when time ran on
}

// The states of a request.
const (
	pending = "pending"
	granted = "granted"
	refused = "refused"
)

// AskInput asks for a return, an extension, a pause, a hard listing or an
// exclusion.
type AskInput struct {
	ID   string `path:"id"`
	Body struct {
		Kind      RequestKind            `json:"kind" enum:"return,extension,pause,hard,exclusion"`
		Reason    string                 `json:"reason" minLength:"1" maxLength:"2000"`
		Extension calendar.Limit         `json:"extension,omitzero" doc:"For an extension: how much more time."`
		Exclusion demand.ExclusionReason `json:"exclusion,omitempty" doc:"For an exclusion: one of the thirteen reasons."`
		Review    string                 `json:"review,omitempty" maxLength:"10" doc:"For a pause or a hard listing: day on which it is looked at again."`
		Other     string                 `json:"other,omitempty" maxLength:"40" doc:"For an exclusion as a repeat: number of the other case."`
		Files     []string               `json:"files,omitempty" maxItems:"10" doc:"Completed uploads that prove it; an exclusion needs one unless it names another case."`
	}
}

// action returns the action that stands for a kind of request.
func (k RequestKind) action() flow.Action {
	switch k {
	case AskReturn:
		return doAskReturn
	case AskExtension:
		return doAskExtend
	case AskPause:
		return doAskPause
	case AskHard:
		return doAskHard
	case AskExclusion:
		return doAskExclude
	default:
		return doReopen
	}
}

// requestKinds lists what may be asked for.
func requestKinds() []RequestKind {
	return []RequestKind{AskReturn, AskExtension, AskPause, AskHard, AskExclusion, AskReopen}
}

// kindOf returns the kind of request that an action stands for.
func kindOf(a flow.Action) RequestKind {
	kinds := requestKinds()
	return kinds[slices.IndexFunc(kinds, func(k RequestKind) bool { return k.action() == a })]
}

// Ask files a request. While the return of a case is under review its clocks
// stand still.
func (s *Service) Ask(ctx context.Context, in AskInput) (Case, error) {
	b := in.Body
	hashes, err := s.Evidence.Prepare(ctx, b.Files)
	if err != nil {
		return Case{}, err
	}
	return s.change(ctx, in.ID, b.Kind.action(), Event{Reason: b.Reason}, func(tx *db.Tx, c *Case, ev *Event) (err error) {
		if ev.Detail, err = s.checkAsk(ctx, tx.Reader, *c, in); err != nil {
			return err
		}
		if n := len(b.Files); n > 0 {
			ev.Detail["files"], ev.Detail["sha256"] = n, hashes
			if err := s.Evidence.Attach(ctx, tx, c.ID, "", b.Files); err != nil {
				return err
			}
		}
		actor := authz.From(ctx)
		if err := s.file(ctx, tx, *c, Request{Kind: b.Kind, AskedBy: actor.ID, UnitID: actor.Unit, Reason: b.Reason, Detail: ev.Detail, AskedAt: ev.At}); err != nil {
			return err
		}
		return s.keepTime(ctx, tx, c, ev.At)
	})
}

// checkAsk refuses a request that makes no sense, and returns what stands
// in it.
func (s *Service) checkAsk(ctx context.Context, r db.Reader, c Case, in AskInput) (map[string]any, error) {
	b, detail := in.Body, map[string]any{"kind": in.Body.Kind}
	qs, err := requests(r, c.ID)
	if err != nil {
		return nil, err
	}
	ks, err := clocks(r, c.ID)
	if err != nil {
		return nil, err
	}
	if err := mayAsk(b.Kind, c, qs, ks); err != nil {
		return nil, err
	}
	switch b.Kind {
	default: // the reason says all
	case AskExtension:
		detail["extension"] = b.Extension.String()
		return detail, checkExtension(ks, b.Extension)
	case AskExclusion:
		return detail, s.checkExclusion(ctx, r, c, in, detail)
	case AskHard, AskPause:
		day, err := time.ParseInLocation(time.DateOnly, b.Review, clock.Shanghai)
		if err != nil || !day.After(s.Now()) {
			return nil, fault.Field("review", i18n.T("请填写将来的复查日期", "please give a day in the future on which it is looked at again"))
		}
		detail["review"] = b.Review
	}
	return detail, nil
}

// checkExtension allows an extension that is at most as long as the limit
// itself (domain.md 1.4).
func checkExtension(ks []Clock, by calendar.Limit) error {
	for _, k := range ks {
		if k.isFinal() && k.MetAt.IsZero() && (!by.Valid() || by.Unit != k.TimeLimit.Unit || by.N > k.TimeLimit.N) {
			return fault.Field("extension", i18n.T("延期最多与原时限相同：%s", "at most as long as the limit itself: %s"), k.TimeLimit.Text())
		}
	}
	return nil
}

// file stores a request and tells those who decide.
func (s *Service) file(ctx context.Context, tx *db.Tx, c Case, q Request) error {
	q.ID, q.CaseID = db.NewID(), c.ID
	q, err := seal(s, tx, c, q)
	if err != nil {
		return err
	}
	err = insertRequest(tx, q)
	if errors.Is(err, db.ErrTaken) {
		return alreadyAsked()
	}
	if err != nil {
		return err
	}
	return s.tellHolders(ctx, tx, c, regionPath(c.Path, c.Institution), "case.request", i18n.T("诉求 %s 有申请待审批", "Case %s: a request waits for a decision").With(c.Number),
		roleFor(c, RoleSupervisor, RoleDispatcher)...)
}

// DecideInput decides on a request.
type DecideInput struct {
	ID      string `path:"id"`
	Request string `path:"request"`
	Body    struct {
		Grant  bool   `json:"grant"`
		Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	}
}

// Decide grants or refuses a request. Nobody decides on an own one.
func (s *Service) Decide(ctx context.Context, in DecideInput) (Case, error) {
	return s.onCase(ctx, in.ID, "Decide", func(tx *db.Tx, c Case) (Case, error) {
		q, err := s.decided(ctx, tx, c, in)
		if err != nil {
			return c, err
		}
		return s.carryOut(ctx, tx, c, q)
	})
}

// decided writes the decision down and returns the request with it.
func (s *Service) decided(ctx context.Context, tx *db.Tx, c Case, in DecideInput) (Request, error) {
	q, err := db.Find[Request](tx.Reader, i18n.T("申请", "request"), `select * from case_request where id = $1 and case_id = $2`, in.Request, c.ID)
	if err != nil {
		return q, err
	}
	if err := mayDecide(ctx, c, q); err != nil {
		return q, err
	}
	if _, err := s.reveal(tx.Reader, c, &q); err != nil {
		return q, err
	}
	q.State, q.DecidedBy, q.DecidedAt, q.Decision = refused, authz.From(ctx).ID, s.Now(), in.Body.Reason
	if in.Body.Grant {
		q.State = granted
	}
	kept, err := seal(s, tx, c, q)
	if err != nil {
		return q, err
	}
	_, err = tx.Exec(`update case_request set state = $2, decided_by = $3, decided_at = $4, decision = $5 where id = $1`,
		q.ID, q.State, q.DecidedBy, q.DecidedAt, kept.Decision)
	return q, err
}

// carryOut does what a decision means. The step that it takes is the
// program's: the person decided, the table moves.
func (s *Service) carryOut(ctx context.Context, tx *db.Tx, c Case, q Request) (Case, error) {
	switch {
	case q.Kind == AskReturn:
		return s.decideReturn(ctx, tx, c, q)
	case q.State != granted:
		return s.remark(ctx, tx, c, q)
	case q.Kind == AskReopen:
		return s.reopen(ctx, tx, c, q)
	}
	if err := fault.First(
		func() error { return mayGrant(c, q) },
		func() error { return s.grant(ctx, tx, &c, q) },
	); err != nil {
		return c, err
	}
	return s.remark(ctx, tx, c, q)
}

// grant gives what was asked for and leaves the case where it is.
func (s *Service) grant(ctx context.Context, tx *db.Tx, c *Case, q Request) error {
	switch q.Kind {
	case AskPause:
		return s.keepTime(ctx, tx, c, q.DecidedAt)
	case AskExtension:
		by, err := calendar.ParseLimit(detailText(q.Detail, "extension"))
		if err != nil {
			return err
		}
		return s.extendFinish(ctx, tx, c, by)
	case AskHard:
		c.Hard = true
	default: // what is left out of the rates leaves the case as it is
	}
	return nil
}

// remark writes a decision into the timeline; pauses and extensions show on
// the reporter's page with their reason, and a refused objection with its.
func (s *Service) remark(ctx context.Context, tx *db.Tx, c Case, q Request) (Case, error) {
	ev := Event{At: q.DecidedAt, Action: string(q.Kind) + "_" + q.State, Reason: q.Decision, Detail: maps.Clone(q.Detail)}
	if q.State == granted && q.Kind == AskExtension {
		ev.Detail["due"] = c.DueAt.Format(time.RFC3339)
	}
	switch {
	case q.State == granted && (q.Kind == AskPause || q.Kind == AskExtension || q.Kind == AskHard):
		ev.Public = q.Reason
	case q.State == refused && q.Kind == AskReopen:
		ev.Public = q.Decision // who objected reads why not
	}
	if err := updateCase(tx, c); err != nil {
		return c, err
	}
	return c, s.happened(ctx, tx, c, ev)
}

// decideReturn lets the clocks run on and, when the return is granted, takes
// the case back to be dispatched anew; at the third return the commission
// must designate.
func (s *Service) decideReturn(ctx context.Context, tx *db.Tx, c Case, q Request) (Case, error) {
	if q.State != granted {
		if err := s.keepTime(ctx, tx, &c, q.DecidedAt); err != nil {
			return c, err
		}
		return s.remark(ctx, tx, c, q)
	}
	if err := s.wake(ctx, tx, &c, q.DecidedAt); err != nil {
		return c, err
	}
	c.Returns++
	if err := s.backToOffice(ctx, tx, &c, "returned", q.DecidedAt); err != nil {
		return c, err
	}
	must, err := s.mustDesignate(ctx, c)
	if err != nil {
		return c, err
	}
	c, err = s.step(authz.With(ctx, authz.System()), tx, c, doTakeBack,
		Event{At: q.DecidedAt, Actor: q.DecidedBy, Reason: q.Decision, Detail: map[string]any{"returned_by": q.UnitID, "reason": q.Reason, "must_designate": must}})
	if err != nil {
		return c, err
	}
	return c, s.tellDispatchers(ctx, tx, c)
}

func detailText(detail map[string]any, key string) string {
	t, _ := detail[key].(string)
	return t
}

// Resume lets the clock of a paused case run on.
func (s *Service) Resume(ctx context.Context, in Reasoned) (Case, error) {
	return s.change(ctx, in.ID, doResume, Event{Reason: in.Body.Reason}, func(tx *db.Tx, c *Case, ev *Event) error {
		qs, err := requests(tx.Reader, c.ID)
		if err != nil {
			return err
		}
		if err := mayResume(*c, qs); err != nil {
			return err
		}
		return s.wake(ctx, tx, c, ev.At)
	})
}

// endPauses ends the pause that holds the time of a case.
func endPauses(tx *db.Tx, id string, at time.Time) error {
	_, err := tx.Exec(`update case_request set ended_at = $2 where case_id = $1 and kind = 'pause' and state = 'granted' and ended_at is null`, id, at)
	return err
}

// dropRequests refuses what nobody can decide on any more because the case is
// over. What remains is what outlives it: exclusions and objections.
func dropRequests(tx *db.Tx, id string, at time.Time) error {
	_, err := tx.Exec(`update case_request set state = 'refused', decided_by = 'system', decided_at = $2, decision = 'closed'
		where case_id = $1 and state = 'pending' and kind not in ('exclusion', 'reopen')`, id, at)
	return err
}

// requests returns what was asked for in a case.
func requests(r db.Reader, id string) ([]Request, error) {
	return db.All[Request](r, `select * from case_request where case_id = $1 order by asked_at, id`, id)
}

func insertRequest(tx *db.Tx, q Request) error {
	_, err := tx.Exec(`insert into case_request (id, case_id, kind, asked_by, unit_id, reason, detail, asked_at, state)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, q.ID, q.CaseID, q.Kind, q.AskedBy, q.UnitID, q.Reason, q.Detail, q.AskedAt, pending)
	return err
}

func (q *Request) rewrite(tx *db.Tx) error {
	return tx.Add(`update case_request set reason = $2, decision = $3 where id = $1`, q.ID, q.Reason, q.Decision)
}

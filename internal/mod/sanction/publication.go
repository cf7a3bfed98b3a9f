package sanction

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"

	"qingfeng/internal/org"
)

// Publication is what the public reads of a penalty or of a blacklist entry.
// Somebody writes it, somebody else approves it.
type Publication struct {
	ID          string          `json:"id"`
	Kind        string          `json:"kind" enum:"penalty,blacklist"`
	Record      string          `json:"record" doc:"The penalty or the entry."`
	SubjectID   string          `json:"-"`
	SubjectKind Kind            `json:"subject_kind"`
	Path        string          `json:"-"`
	Region      string          `json:"region"`
	Institution string          `json:"institution"`
	Name        string          `json:"name" doc:"As the public reads it."`
	Title       string          `json:"title"`
	Text        string          `json:"text"`
	Basis       string          `json:"basis"`
	Number      string          `json:"number" doc:"Of the decision or entry."`
	DecidedOn   time.Time       `json:"decided_on"`
	ServedOn    time.Time       `json:"served_on,omitzero" doc:"Of a penalty: when the decision was served."`
	Measures    []PublicMeasure `json:"measures" doc:"Of a penalty: what it imposes."`
	Gravity     string          `json:"gravity"`
	FromOn      time.Time       `json:"from_on" doc:"The day of the approval; of a proposal its own."`
	UntilOn     time.Time       `json:"until_on" doc:"The first day on which it is not public any more; of a proposal, were it approved at once."`
	State       State           `json:"state"`
	Replaces    string          `json:"replaces" doc:"The publication that this one corrects."`
	ProposedBy  string          `json:"proposed_by"`
	ProposedAt  time.Time       `json:"proposed_at"`
	ApprovedBy  string          `json:"approved_by"`
	ApprovedAt  time.Time       `json:"approved_at,omitzero"`
	WithdrawnBy string          `json:"withdrawn_by"`
	WithdrawnAt time.Time       `json:"withdrawn_at,omitzero"`
	Reason      string          `json:"reason" doc:"Why it was refused or withdrawn."`
}

// The kinds of publication are those of the records that they tell of.
const (
	OfPenalty   = kindPenalty
	OfBlacklist = kindBlack
)

var publicationWord = i18n.T("公示", "publication")

func (p Publication) record() record { return record{kindPublication, p.ID, p.Path, p.State} }

func (p Publication) timed() timed {
	return timed{p.ID, p.Path, p.Number, "/publish/sanctions/" + p.ID}
}

// Proposal is what is to be made public.
type Proposal struct {
	Kind     string `json:"kind" enum:"penalty,blacklist"`
	Record   string `json:"record" minLength:"1" maxLength:"40"`
	Title    string `json:"title" minLength:"1" maxLength:"200"`
	Text     string `json:"text" minLength:"1" maxLength:"5000"`
	Basis    string `json:"basis,omitempty" maxLength:"1000" doc:"Of a penalty, as the public reads it; empty is what its file says."`
	Gravity  string `json:"gravity,omitempty" maxLength:"40" doc:"Of a penalty; an entry has one."`
	Months   int    `json:"months,omitempty" minimum:"0" maximum:"120" doc:"Of a penalty; an entry has its last day."`
	Replaces string `json:"replaces,omitempty" maxLength:"40" doc:"The publication that this one corrects; it is withdrawn when this one is approved."`
}

// Propose writes what is to be made public.
func (s *Service) Propose(ctx context.Context, in org.Posted[Proposal]) (p Publication, err error) {
	defer fault.Wrap(&err, "sanction.Propose")
	b := in.Body
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if p, err = s.draft(ctx, tx.Reader, b); err != nil {
			return err
		}
		p.ID, p.Title, p.Text, p.Replaces = db.NewID(), strings.TrimSpace(b.Title), strings.TrimSpace(b.Text), b.Replaces
		p.ProposedBy, p.ProposedAt = authz.From(ctx).ID, s.now()
		if err := s.fitForPublic(ctx, tx.Reader, &p); err != nil {
			return err
		}
		if err := alone(tx.Reader, p); err != nil {
			return err
		}
		if p.State, err = s.step(ctx, tx, publications(), p.record(), "propose", ""); err != nil {
			return err
		}
		if err := save(tx, publicationTable, p.ID, p); err != nil {
			return err
		}
		return s.tell(ctx, tx, p.Path, "sanction.publication", i18n.T("“%s”待审批公示", `"%s" waits to be approved for the public`).With(p.Title), p.timed().link, RoleDirector)
	})
	return p, err
}

// draft is a publication with what its record says.
func (s *Service) draft(ctx context.Context, r db.Reader, b Proposal) (p Publication, err error) {
	if b.Kind == OfBlacklist {
		e, err := managed[Black](ctx, r, blackTable, blackWord, b.Record)
		if err != nil {
			return p, err
		}
		if e.State != Listed {
			return p, unfounded()
		}
		return Publication{Kind: b.Kind, Record: e.ID, SubjectID: e.SubjectID, SubjectKind: e.SubjectKind, Path: e.Path, Region: e.Region, Institution: e.Institution, Name: e.Name,
			Number: e.Number, DecidedOn: e.FromOn, Measures: []PublicMeasure{}, Gravity: e.Gravity, FromOn: clock.Day(s.Now()), UntilOn: e.UntilOn}, nil
	}
	pen, err := managed[Penalty](ctx, r, penaltyTable, penaltyWord, b.Record)
	if err != nil {
		return p, err
	}
	measures, err := publishable(r, pen)
	if err != nil {
		return p, err
	}
	periods, err := setting(ctx, s, displayPeriods, pen.Path, pen.DecidedOn)
	if err != nil {
		return p, err
	}
	from, basis := s.today(), pen.Basis
	if said := strings.TrimSpace(b.Basis); said != "" {
		basis = said
	}
	return Publication{Kind: OfPenalty, Record: pen.ID, SubjectID: pen.SubjectID, SubjectKind: pen.SubjectKind, Path: pen.Path, Region: pen.Region, Institution: pen.Institution, Name: pen.Name,
		Basis: basis, Number: pen.DecisionNo, DecidedOn: pen.DecidedOn, ServedOn: pen.ServedOn, Measures: measures, Gravity: b.Gravity, FromOn: from, UntilOn: addMonths(from, b.Months)}, within(periods, b.Gravity, b.Months)
}

// inForce reports whether a decision was made and stands.
func (p Penalty) inForce() bool {
	switch p.State {
	case Decided, Served, Executed, Closed:
		return true
	default:
		return false
	}
}

// publishable returns what a penalty imposes, where the public may read of it: there is
// a decision, it stands, and it was served.
func publishable(r db.Reader, p Penalty) ([]PublicMeasure, error) {
	switch {
	case !p.inForce():
		return nil, unfounded()
	case p.ServedOn.IsZero():
		return nil, fault.New(fault.Conflict, i18n.T("决定书还没有送达，不能公示", "the decision was not served yet: it cannot be public")).
			WithFix(i18n.T("请先登记送达，再拟公示", "please record the service first"))
	}
	ms, err := measuresOf(r, p.ID)
	return imposedBy(ms), err
}

func unfounded() error {
	return fault.New(fault.Conflict, i18n.T("决定尚未作出、已撤销或已到期，不能公示", "there is no decision, or it was annulled or is over: it cannot be public")).
		WithFix(i18n.T("请核对处罚案件或黑名单记录的状态", "look at the state of the penalty or entry"))
}

// fitForPublic refuses what is empty or tells too much.
func (s *Service) fitForPublic(ctx context.Context, r db.Reader, p *Publication) error {
	var bad fault.Fields
	bad.Refuse(p.Title == "", "title", i18n.T("请填写标题", "please give a title"))
	bad.Refuse(p.Text == "", "text", i18n.T("请填写公示内容", "please write the text"))
	if err := bad.Err(); err != nil {
		return err
	}
	return s.discreet(ctx, r, p, passage{"title", p.Title}, passage{"text", p.Text}, passage{"basis", p.Basis}, passage{"number", p.Number})
}

// alone refuses a second publication of a record, unless it corrects the one that
// is there.
func alone(r db.Reader, p Publication) error {
	known, err := livesOf(r, p.Record)
	for _, x := range known {
		if x.State == Proposed || x.ID != p.Replaces {
			return fault.New(fault.Conflict, i18n.T("已有待审批或公示中的内容", "there is one already that waits or is public")).
				WithFix(i18n.T("更正请从公示中的那一条发起", "to correct it, begin from the one that is public"))
		}
	}
	if err == nil && p.Replaces != "" && len(known) == 0 {
		return fault.Field("replaces", i18n.T("要更正的公示已不在公示中", "the one that is to be corrected is not public any more"))
	}
	return err
}

// livesOf are the publications of a record that wait or are public.
func livesOf(r db.Reader, record string) ([]Publication, error) {
	return all[Publication](r, publicationTable, `where record = $1 and state in ('proposed', 'published') order by id`, record)
}

// onPublication has f change a publication whose publishing is the actor's.
func (s *Service) onPublication(ctx context.Context, id string, f func(*db.Tx, Publication) (Publication, error)) (p Publication, err error) {
	defer fault.Wrap(&err, "sanction.onPublication(%s)", id)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if p, err = readable[Publication](ctx, tx.Reader, publicationTable, publicationWord, id); err != nil {
			return err
		}
		if err := authz.Need(ctx, Publish, p.Path); err != nil {
			return err
		}
		if p, err = f(tx, p); err != nil {
			return err
		}
		return save(tx, publicationTable, p.ID, p)
	})
	return p, err
}

// Approve makes a proposal public. Whoever proposed it may not.
func (s *Service) Approve(ctx context.Context, in org.ByID) (Publication, error) {
	return s.onPublication(ctx, in.ID, func(tx *db.Tx, p Publication) (_ Publication, err error) {
		me := authz.From(ctx).ID
		if p.State, err = s.step(ctx, tx, publications(), p.record(), "approve", "", holding(me != p.ProposedBy, otherPerson)...); err != nil {
			return p, err
		}
		if err := fault.First(func() error { return s.stands(tx.Reader, p) }, func() error { return s.fitForPublic(ctx, tx.Reader, &p) }); err != nil {
			return p, err
		}
		p.ApprovedBy, p.ApprovedAt = me, s.now()
		p.begin(s.today())
		return p, fault.First(func() error { return s.replace(ctx, tx, p) },
			func() error { return meet(tx, p.Record, clock.Day(s.Now()), ClockPublish) },
			func() error { return s.Audit.Append(ctx, tx, "sanction.publish", p.ID, "") })
	})
}

// begin has the time in public begin on a day: as long as was proposed, or until
// the entry is over.
func (p *Publication) begin(day time.Time) {
	if p.Kind == OfPenalty {
		p.UntilOn = addMonths(day, monthsBetween(p.FromOn, p.UntilOn))
	}
	p.FromOn = day
}

// stands refuses what rests on a decision that is not what it was when it was
// proposed.
func (s *Service) stands(r db.Reader, p Publication) error {
	if p.Kind == OfBlacklist {
		b, err := byID[Black](r, blackTable, blackWord, p.Record)
		if err == nil && (b.State != Listed || !b.UntilOn.After(s.Now())) {
			return unfounded()
		}
		return err
	}
	pen, err := byID[Penalty](r, penaltyTable, penaltyWord, p.Record)
	if err != nil {
		return err
	}
	measures, err := publishable(r, pen)
	if err == nil && len(p.Measures) == 0 {
		return fault.New(fault.Conflict, i18n.T("申请公示时没有记下处罚内容，不能核准", "the proposal does not say what the penalty imposes, so that it cannot be approved")).
			WithFix(i18n.T("请不同意这条申请，再重新申请公示", "refuse it, and propose the publication again"))
	}
	if err == nil && (pen.DecisionNo != p.Number || !pen.DecidedOn.Equal(p.DecidedOn) || !slices.Equal(measures, p.Measures)) {
		return unfounded()
	}
	return err
}

// replace withdraws the publication that another one corrects.
func (s *Service) replace(ctx context.Context, tx *db.Tx, by Publication) error {
	if by.Replaces == "" {
		return nil
	}
	old, err := byID[Publication](tx.Reader, publicationTable, publicationWord, by.Replaces)
	if err != nil || old.State != Published {
		return err
	}
	if old, err = s.withdrawn(ctx, tx, old, "更正 / corrected"); err != nil {
		return err
	}
	return save(tx, publicationTable, old.ID, old)
}

// withdrawn is a publication that is not public any more.
func (s *Service) withdrawn(ctx context.Context, tx *db.Tx, p Publication, reason string) (_ Publication, err error) {
	p.WithdrawnBy, p.WithdrawnAt, p.Reason = authz.From(ctx).ID, s.now(), reason
	if p.State, err = s.step(ctx, tx, publications(), p.record(), "withdraw", reason); err != nil {
		return p, err
	}
	return p, fault.First(func() error { return meet(tx, p.ID, clock.Day(s.Now())) }, func() error { return s.Audit.Append(ctx, tx, "sanction.withdraw", p.ID, reason) })
}

// Refuse sends a proposal back for good.
func (s *Service) Refuse(ctx context.Context, in org.PostedTo[Reasoned]) (Publication, error) {
	return s.onPublication(ctx, in.ID, func(tx *db.Tx, p Publication) (_ Publication, err error) {
		if err := needReason(in.Body.Reason); err != nil {
			return p, err
		}
		p.Reason = strings.TrimSpace(in.Body.Reason)
		p.State, err = s.step(ctx, tx, publications(), p.record(), "refuse", p.Reason)
		return p, err
	})
}

// Withdraw takes something away from the public, for a reason that it may read.
func (s *Service) Withdraw(ctx context.Context, in org.PostedTo[Reasoned]) (Publication, error) {
	return s.onPublication(ctx, in.ID, func(tx *db.Tx, p Publication) (_ Publication, err error) {
		if err := needReason(in.Body.Reason); err != nil {
			return p, err
		}
		if err := s.discreet(ctx, tx.Reader, &p, passage{"reason", in.Body.Reason}); err != nil { // the public reads it
			return p, err
		}
		return s.withdrawn(ctx, tx, p, strings.TrimSpace(in.Body.Reason))
	})
}

// mustWithdraw starts the limit within which what is public of a record has to be
// withdrawn, because the record was changed or annulled on a day. A proposal of
// it can no longer be approved.
func (s *Service) mustWithdraw(ctx context.Context, tx *db.Tx, record string, on time.Time) error {
	lives, err := livesOf(tx.Reader, record)
	for i := 0; err == nil && i < len(lives); i++ {
		p := lives[i]
		if p.State != Published {
			continue
		}
		if err = s.start(ctx, tx, p.timed(), ClockWithdraw, withdrawLimit, on); err == nil {
			err = s.tell(ctx, tx, p.Path, "sanction.withdraw", i18n.T("“%s”所依据的决定已变更或撤销，请撤回公示", `The decision behind "%s" was changed or annulled: please withdraw it`).With(p.Title), p.timed().link, RoleDirector)
		}
	}
	return err
}

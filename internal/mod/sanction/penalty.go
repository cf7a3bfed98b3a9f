package sanction

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/violation"
)

// Officer is who enforces the law, with the number of the enforcement
// certificate.
type Officer struct {
	Name        string `json:"name" minLength:"1" maxLength:"100"`
	Certificate string `json:"certificate" minLength:"1" maxLength:"40"`
}

// Penalty is a case of punishment. Days are midnights in Shanghai.
type Penalty struct {
	ID          string    `json:"id"`
	Number      string    `json:"number"`
	SubjectID   string    `json:"subject_id"`
	SubjectKind Kind      `json:"subject_kind" enum:"institution,practitioner,person"`
	Name        string    `json:"name" doc:"Of the subject, as it was called when the case was filed."`
	Path        string    `json:"path"`
	Region      string    `json:"region"`
	Institution string    `json:"institution"`
	Violations  []string  `json:"violations" doc:"Codes of the taxonomy, the main one first."`
	Violation   string    `json:"-"` // the main one
	Basis       string    `json:"basis" doc:"Clauses of the law."`
	Facts       string    `json:"facts"`
	EndedOn     time.Time `json:"ended_on,omitzero" doc:"When the act ended; absent where it goes on."`
	FoundOn     time.Time `json:"found_on"`
	Grave       bool      `json:"grave" doc:"Life, health or financial safety was harmed: five years instead of two."`
	Officers    []Officer `json:"officers"`
	Spot        bool      `json:"spot" doc:"Punished on the spot."`
	Source      string    `json:"source"`
	SourceID    string    `json:"source_id"`
	CampaignID  string    `json:"campaign_id"`
	State       State     `json:"state"`
	FiledOn     time.Time `json:"filed_on"`
	NoticeOn    time.Time `json:"notice_on,omitzero"`
	Waived      bool      `json:"waived" doc:"The party waived the hearing in writing."`
	HearingOn   time.Time `json:"hearing_on,omitzero"`
	DecidedOn   time.Time `json:"decided_on,omitzero"`
	DecisionNo  string    `json:"decision_no"`
	LateReason  string    `json:"late_reason" doc:"Why it was decided after the limit."`
	ServedOn    time.Time `json:"served_on,omitzero"`
	PaidOn      time.Time `json:"paid_on,omitzero"`
	PaidFen     int64     `json:"paid_fen"`
	LateFen     int64     `json:"late_fen" doc:"What was added because it was paid late."`
	LatePaidFen int64     `json:"late_paid_fen"`
	ExecutedOn  time.Time `json:"executed_on,omitzero"`
	ClosedOn    time.Time `json:"closed_on,omitzero"`
	AnnulledOn  time.Time `json:"annulled_on,omitzero"`
	Unpublished string    `json:"unpublished" doc:"Why it is not made public."`
	CreatedBy   string    `json:"created_by"`
	CreatedAt   time.Time `json:"created_at"`
}

var penaltyWord = i18n.T("处罚案件", "penalty")

func (p Penalty) record() record { return record{kindPenalty, p.ID, p.Path, p.State} }

func (p Penalty) timed() timed { return timed{p.ID, p.Path, p.Number, "/inspection/penalties/" + p.ID} }

// fresh is a penalty before it has an identifier, with what all have in common.
func (x Subject) penalty(by string) Penalty {
	return Penalty{SubjectID: x.ID, SubjectKind: x.Kind, Name: x.Name, Path: x.Path, Region: x.Region, Institution: x.institution(), CreatedBy: by}
}

// Origin says from which record another came, and to which campaign it belongs.
type Origin struct {
	Source     string `json:"source,omitempty" maxLength:"40" doc:"Kind of the record that it comes from, such as visit, problem or case."`
	SourceID   string `json:"source_id,omitempty" maxLength:"40"`
	CampaignID string `json:"campaign_id,omitempty" maxLength:"40"`
}

// Filing is what all ways of opening a penalty ask.
type Filing struct {
	Subject    Who       `json:"subject"`
	Violations []string  `json:"violations" minItems:"1" maxItems:"20" doc:"Codes of the taxonomy, the main one first."`
	Basis      string    `json:"basis" minLength:"1" maxLength:"1000"`
	Facts      string    `json:"facts" minLength:"1" maxLength:"5000"`
	EndedOn    string    `json:"ended_on,omitempty" maxLength:"10" doc:"When the act ended; empty where it goes on."`
	FoundOn    string    `json:"found_on" maxLength:"10"`
	Grave      bool      `json:"grave,omitempty"`
	Officers   []Officer `json:"officers" maxItems:"20"`
	On         string    `json:"on,omitempty" maxLength:"10" doc:"Day; empty is today."`
	Origin
}

func (f Filing) check() error {
	var bad fault.Fields
	for _, v := range f.Violations {
		if violation.Check("violations", v) != nil {
			bad.Refuse(true, "violations", i18n.T("没有“%s”这个违规类别，请从列表中选择", "there is no violation %s; please choose one from the list"), v)
		}
	}
	bad.Refuse(strings.TrimSpace(f.Basis) == "", "basis", i18n.T("请写明法律依据", "please name the law"))
	bad.Refuse(strings.TrimSpace(f.Facts) == "", "facts", i18n.T("请写明违法事实", "please say what was done"))
	return bad.Err()
}

// opened is a penalty as a filing says, under the rules that hold on that day.
func (s *Service) opened(ctx context.Context, f Filing, p Penalty) (_ Penalty, err error) {
	if p.FoundOn, err = s.dayIn("found_on", f.FoundOn, time.Time{}); err != nil {
		return p, err
	}
	if f.EndedOn != "" {
		if p.EndedOn, err = s.dayIn("ended_on", f.EndedOn, time.Time{}); err != nil {
			return p, err
		}
	}
	if p.FiledOn, err = s.dayIn("on", f.On, p.FoundOn); err != nil {
		return p, err
	}
	p.ID, p.CreatedAt, p.Violations, p.Violation = db.NewID(), s.now(), f.Violations, f.Violations[0]
	p.Basis, p.Facts, p.Grave = strings.TrimSpace(f.Basis), strings.TrimSpace(f.Facts), f.Grave
	p.Officers, p.Source, p.SourceID, p.CampaignID = f.Officers, f.Source, f.SourceID, f.CampaignID
	if err := s.inTime(ctx, p); err != nil {
		return p, err
	}
	return p, s.enforced(ctx, p)
}

// inTime refuses an act that was found too late to be punished.
func (s *Service) inTime(ctx context.Context, p Penalty) error {
	key := limitationYears
	if p.Grave {
		key = graveYears
	}
	years, err := setting(ctx, s, key, p.Path, p.FiledOn)
	if err != nil || p.EndedOn.IsZero() {
		return err
	}
	var bad fault.Fields
	bad.Refuse(p.FoundOn.Before(p.EndedOn), "found_on", i18n.T("发现日期不能早于行为终了日期；仍在继续的行为请不填终了日期", "it cannot be found before it ended; leave the end empty where the act goes on"))
	if err := bad.Err(); err != nil {
		return err
	}
	if lapsed(p.EndedOn, p.FoundOn, years) {
		return fault.Field("found_on", i18n.T("违法行为终了已满%d年才被发现，已过处罚时效", "the act was found more than %d years after it ended and can no longer be punished"), years).
			WithFix(i18n.T("涉及生命健康安全、金融安全且有危害后果的，请勾选后再提交；否则改用责令改正等其他措施", "tick the box where life, health or financial safety was harmed; otherwise use another measure"))
	}
	return nil
}

// enforced refuses fewer officers than the law asks for, or one of them twice.
func (s *Service) enforced(ctx context.Context, p Penalty) error {
	least, err := setting(ctx, s, officersNeeded, p.Path, p.FiledOn)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, o := range p.Officers {
		if cert := strings.TrimSpace(o.Certificate); cert != "" && strings.TrimSpace(o.Name) != "" {
			seen[cert] = true
		}
	}
	var bad fault.Fields
	bad.Refuse(len(seen) < least, "officers", i18n.T("至少要有%d名执法人员，各有执法证号", "there must be at least %d officers, each with an enforcement certificate"), least)
	bad.Refuse(len(seen) < len(p.Officers) && len(seen) >= least, "officers", i18n.T("执法人员或证号重复、不全", "an officer stands twice, or without name or number"))
	return bad.Err()
}

// allowedOnSpot refuses what may not be decided on the spot: more than a
// warning or a small fine.
func (s *Service) allowedOnSpot(ctx context.Context, p Penalty, ms []NewMeasure) error {
	key := spotPerson
	if p.SubjectKind == Institution {
		key = spotUnit
	}
	most, err := setting(ctx, s, key, p.Path, p.FiledOn)
	if err != nil {
		return err
	}
	var bad fault.Fields
	for _, m := range ms {
		known, _ := imposable(m.Kind)
		bad.Refuse(known.Penal && m.Kind != Warning && m.Kind != Fine, "measures", i18n.T("“%s”不能当场决定，请立案办理", `"%s" cannot be decided on the spot; please file a case`), known.Name)
		bad.Refuse(m.Kind == Fine && m.AmountFen > int64(most), "measures", i18n.T("当场罚款最多 %s，请立案办理", "a fine on the spot is at most %s; please file a case"), Money(int64(most)))
	}
	return bad.Err()
}

// lateOf is what is to be paid with a fine on a day because it is late, and the
// version of the rule.
func (s *Service) lateOf(ctx context.Context, p Penalty, fine int64, due, on time.Time) (int64, error) {
	percent, _, err := config.At(ctx, s.Settings, latePercent, p.Path, p.ServedOn)
	if err != nil {
		return 0, err
	}
	most, err := setting(ctx, s, lateCap, p.Path, p.ServedOn)
	return lateFee(fine, due, on, percent, most), err
}

// rows are the measures of a decision, as they are counted.
func (p Penalty) rows(ms []NewMeasure) []Measure {
	out := make([]Measure, len(ms))
	for i, m := range ms {
		known, _ := imposable(m.Kind)
		out[i] = Measure{ID: db.NewID(), PenaltyID: p.ID, SubjectID: p.SubjectID, SubjectKind: p.SubjectKind, Path: p.Path, Region: p.Region, Institution: p.Institution,
			Violation: p.Violation, CampaignID: p.CampaignID, Kind: m.Kind, Penal: known.Penal, AmountFen: m.AmountFen, Months: m.Months, Note: strings.TrimSpace(m.Note), DecidedOn: p.DecidedOn}
	}
	return out
}

// measuresOf returns the measures of a penalty, those that were revoked too.
func measuresOf(r db.Reader, penalty string) ([]Measure, error) {
	ms, err := all[Measure](r, measureTable, `where penalty_id = $1 order by id`, penalty)
	for i := range ms {
		ms[i].AmountText = Money(ms[i].AmountFen)
	}
	return ms, err
}

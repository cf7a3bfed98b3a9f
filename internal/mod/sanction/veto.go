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

// Use is what a veto rules out (domain.md 0.11).
type Use struct {
	Word[string]
	For []Kind `json:"for,omitempty" doc:"About whom it can be; empty is everybody."`
}

// Uses lists them.
func Uses() []Use {
	people := []Kind{Practitioner, Person}
	return []Use{{word("hospital_review", "医院评审", "Review of the hospital"), []Kind{Institution}}, {word("specialty", "重点专科评审", "Review of key specialties"), nil},
		{word("post", "岗位聘用", "Appointment"), people}, {word("title", "职称晋升", "Promotion of title"), people}, {word("pay", "绩效", "Performance pay"), nil},
		{word("training", "外出进修", "Training elsewhere"), people}, {word("honours", "评优", "Honours"), nil}}
}

// Veto rules out some uses for a time (一票否决).
type Veto struct {
	ID          string    `json:"id"`
	SubjectID   string    `json:"subject_id"`
	SubjectKind Kind      `json:"subject_kind"`
	Name        string    `json:"name"`
	Path        string    `json:"-"`
	Region      string    `json:"region"`
	Institution string    `json:"institution"`
	PenaltyID   string    `json:"penalty_id"`
	Uses        []string  `json:"uses"`
	Reason      string    `json:"reason"`
	FromOn      time.Time `json:"from_on"`
	UntilOn     time.Time `json:"until_on" doc:"The first day on which it is over."`
	LiftedOn    time.Time `json:"lifted_on,omitzero"`
	LiftReason  string    `json:"lift_reason"`
	CreatedBy   string    `json:"created_by"`
	CreatedAt   time.Time `json:"created_at"`
}

var vetoWord = i18n.T("一票否决", "veto")

func (v Veto) record() record {
	x := record{kindVeto, v.ID, v.Path, InForce}
	if !v.LiftedOn.IsZero() {
		x.state = Lifted
	}
	return x
}

// holds reports whether a veto rules a use out on a day.
func (v Veto) holds(use string, on time.Time) bool {
	return slices.Contains(v.Uses, use) && !on.Before(v.FromOn) && on.Before(v.UntilOn) && (v.LiftedOn.IsZero() || on.Before(v.LiftedOn))
}

// NewVeto is a veto to be recorded.
type NewVeto struct {
	Dated
	Subject   Who      `json:"subject"`
	PenaltyID string   `json:"penalty_id,omitempty" maxLength:"40"`
	Uses      []string `json:"uses" minItems:"1" maxItems:"10"`
	Months    int      `json:"months" minimum:"1" maximum:"120"`
	Reason    string   `json:"reason" minLength:"1" maxLength:"1000"`
}

// Veto records a veto.
func (s *Service) Veto(ctx context.Context, in org.Posted[NewVeto]) (v Veto, err error) {
	defer fault.Wrap(&err, "sanction.Veto")
	n := in.Body
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		x, err := s.subjectOf(ctx, tx, n.Subject)
		if err != nil {
			return err
		}
		v = Veto{ID: db.NewID(), SubjectID: x.ID, SubjectKind: x.Kind, Name: x.Name, Path: x.Path, Region: x.Region, Institution: x.institution(), PenaltyID: n.PenaltyID, Uses: n.Uses,
			Reason: strings.TrimSpace(n.Reason), CreatedBy: authz.From(ctx).ID, CreatedAt: s.now()}
		if err := fault.First(func() error { return needReason(v.Reason) }, v.check); err != nil {
			return err
		}
		if n.PenaltyID != "" {
			if err := s.sameSubject(ctx, tx.Reader, n.PenaltyID, x.ID); err != nil {
				return err
			}
		}
		if v.FromOn, err = s.dayIn("on", n.On, time.Time{}); err != nil {
			return err
		}
		v.UntilOn = addMonths(v.FromOn, n.Months)
		begun := v.record()
		begun.state = ""
		if _, err := s.step(ctx, tx, vetoes(), begun, "veto", v.Reason); err != nil {
			return err
		}
		return fault.First(func() error { return save(tx, vetoTable, v.ID, v) }, func() error { return s.Audit.Append(ctx, tx, "sanction.veto", v.ID, v.Reason) })
	})
	return v, err
}

// check refuses uses that there are not, or not for this kind of subject.
func (v Veto) check() error {
	var bad fault.Fields
	bad.Refuse(len(v.Uses) == 0, "uses", i18n.T("请至少选择一项用途", "please choose at least one use"))
	known := Uses()
	for i, u := range v.Uses {
		at := slices.IndexFunc(known, func(x Use) bool { return x.Code == u })
		bad.Refuse(at < 0, "uses", i18n.T("没有这项用途", "there is no such use"))
		bad.Refuse(slices.Contains(v.Uses[:i], u), "uses", i18n.T("用途重复", "a use stands twice"))
		bad.Refuse(at >= 0 && len(known[max(at, 0)].For) > 0 && !slices.Contains(known[max(at, 0)].For, v.SubjectKind), "uses", i18n.T("“%s”不适用于这类对象", `"%s" is not for this kind of subject`), known[max(at, 0)].Name)
	}
	return bad.Err()
}

// Lift ends a veto before its time.
func (s *Service) Lift(ctx context.Context, in org.PostedTo[Reasoned]) (v Veto, err error) {
	defer fault.Wrap(&err, "sanction.Lift(%s)", in.ID)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if v, err = managed[Veto](ctx, tx.Reader, vetoTable, vetoWord, in.ID); err != nil {
			return err
		}
		if err := needReason(in.Body.Reason); err != nil {
			return err
		}
		reason := strings.TrimSpace(in.Body.Reason)
		if _, err := s.step(ctx, tx, vetoes(), v.record(), "lift", reason); err != nil {
			return err
		}
		if v.LiftedOn, err = s.dayIn("on", in.Body.On, v.FromOn); err != nil {
			return err
		}
		v.LiftReason = reason
		return save(tx, vetoTable, v.ID, v)
	})
	return v, err
}

// Asked asks whether somebody may, as far as vetoes go.
type Asked struct {
	Subject     string `query:"subject" maxLength:"40" doc:"The subject; or its unit or certificate."`
	Unit        string `query:"unit" maxLength:"40" doc:"An institution."`
	Certificate string `query:"certificate" maxLength:"40" doc:"Of a practitioner."`
	Use         string `query:"use" required:"true" maxLength:"40"`
	On          string `query:"on" maxLength:"10" doc:"Day; empty is today."`
}

// Ruling answers it.
type Ruling struct {
	May    bool   `json:"may" doc:"No veto that the actor may see rules it out."`
	Known  bool   `json:"known" doc:"There is a credit record that the actor may see. Without one the answer says nothing of what others keep."`
	Vetoes []Veto `json:"vetoes" doc:"Those that rule it out."`
}

// MayUse answers whether somebody may, and which vetoes rule it out, as far as the
// actor may see. Whoever lies elsewhere is answered about like whoever is unknown.
func (s *Service) MayUse(ctx context.Context, in Asked) (out Ruling, err error) {
	defer fault.Wrap(&err, "sanction.MayUse")
	if !slices.ContainsFunc(Uses(), func(u Use) bool { return u.Code == in.Use }) {
		return out, fault.Field("use", i18n.T("没有这项用途", "there is no such use"))
	}
	on, err := clock.ParseDay("on", in.On)
	if err != nil {
		return out, err
	}
	if on.IsZero() {
		on = clock.Day(s.Now())
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		out, err = ask(r, Question{Subject: in.Subject, Unit: in.Unit, Certificate: in.Certificate, Use: in.Use, On: on}, func(w *db.Where, table string) { seen(authz.From(ctx), w, table) })
		return err
	})
	return out, err
}

// Question is what other parts of the program ask about vetoes.
type Question struct {
	Subject, Unit, Certificate, Use string
	On                              time.Time
}

// Ask answers whether somebody may, whoever asks and wherever it is kept. Whoever
// is unknown may.
func Ask(r db.Reader, q Question) (Ruling, error) { return ask(r, q, func(*db.Where, string) {}) }

// ask answers by the credit records and vetoes that are left when they are narrowed.
func ask(r db.Reader, q Question, narrow func(w *db.Where, table string)) (out Ruling, err error) {
	out.Vetoes = []Veto{}
	var w db.Where
	w.And("(id = ? or kind = 'institution' and unit = ? and unit <> '' or kind <> 'institution' and certificate = ? and certificate <> '')",
		q.Subject, q.Unit, strings.ToUpper(strings.TrimSpace(q.Certificate)))
	narrow(&w, subjectTable)
	about, err := db.Values[string](r, `select id from `+subjectTable+` `+w.String(), w.Args()...)
	if err != nil {
		return out, err
	}
	var of db.Where
	of.AndIn("subject_id", about)
	narrow(&of, vetoTable)
	vs, err := all[Veto](r, vetoTable, of.String()+` order by id`, of.Args()...)
	for _, v := range vs {
		if v.holds(q.Use, q.On) {
			out.Vetoes = append(out.Vetoes, v)
		}
	}
	out.May, out.Known = len(out.Vetoes) == 0, len(about) > 0
	return out, err
}

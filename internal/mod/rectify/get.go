package rectify

import (
	"context"
	"errors"
	"strings"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
	"qingfeng/internal/org/violation"
)

// ProblemPage is a problem with everything that its page shows.
type ProblemPage struct {
	ProblemRow
	SourceNumber string                    `json:"source_number" doc:"Of the record that it comes from, where the actor may read that."`
	SourceRecord string                    `json:"source_record" doc:"Identifier of that record, where the actor may read it."`
	Names        map[string]string         `json:"names" doc:"What the people are called who appear, by identifier."`
	Missing      []i18n.Text               `json:"missing" doc:"What a major hazard still needs before it is begun with."`
	Files        []ProblemFile             `json:"files"`
	Events       []ProblemStep             `json:"events"`
	Actions      []flow.Label[flow.Action] `json:"actions" doc:"What the actor can do now, the next step first."`
	Against      []i18n.Text               `json:"against" doc:"What the rules have against the next step and the way out, and who takes it where the actor does not."`
}

// ProblemStep is a step of a problem, as its page tells it.
type ProblemStep struct {
	org.Deed
	Text i18n.Text `json:"text"`
}

// Get returns a problem.
func (s *Service) Get(ctx context.Context, in ByID) (d ProblemPage, err error) {
	defer fault.Wrap(&err, "rectify.Get(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		p, err := seen(ctx, r, in.ID)
		if err != nil {
			return err
		}
		rows, err := s.rows(r, []Problem{p})
		if err != nil {
			return err
		}
		d.ProblemRow = rows[0]
		return s.fill(ctx, r, &d)
	})
	return d, err
}

// fill adds to a problem what its page shows beside it.
func (s *Service) fill(ctx context.Context, r db.Reader, d *ProblemPage) (err error) {
	m, err := momentOf(ctx, r, d.Problem)
	if err != nil {
		return err
	}
	d.Actions, d.Against, d.Missing = m.next(), append(m.obstacles(), m.waiting()...), []i18n.Text{}
	if d.isMajor() {
		d.Missing = append(d.Missing, d.missing()...)
	}
	if d.SourceID != "" && !strings.HasPrefix(d.SourceID, fromSheet) {
		from, err := s.Sources.OriginOf(ctx, r, d.Source, d.SourceID)
		if err != nil {
			return err
		}
		d.SourceRecord, d.SourceNumber = from.Record, from.Number
	}
	if d.Files, err = s.Files.Of(r, d.ID); err != nil {
		return err
	}
	deeds, err := org.Deeds(r, record(d.ID))
	if err != nil {
		return err
	}
	return s.call(r, d, deeds)
}

// call gives everybody who appears a name.
func (s *Service) call(r db.Reader, d *ProblemPage, deeds []org.Deed) (err error) {
	ids := []string{d.Responsible, d.AppliedBy, d.PassedBy, d.ClosedBy, d.LookedBy, d.ListedBy, d.AskedBy, d.CreatedBy}
	for _, x := range deeds {
		ids = append(ids, x.Actor)
	}
	for _, f := range d.Files {
		ids = append(ids, f.By)
	}
	if d.Names, err = org.StaffNames(r, ids); err != nil {
		return err
	}
	d.Events = make([]ProblemStep, len(deeds))
	for i, x := range deeds {
		d.Events[i] = ProblemStep{Deed: x, Text: stepText(x.Event)}
	}
	for i, f := range d.Files {
		d.Files[i].ByName = d.Names[f.By]
	}
	return nil
}

// stepText says what a step was.
func stepText(e trail.Event) i18n.Text {
	if level, ok := e.Detail["level"].(float64); ok && e.Act == string(doPress) {
		return pressWords(int(level))
	}
	for _, l := range life().Labels() {
		if string(l.Name) == e.Act {
			return l.Text
		}
	}
	return i18n.Same(e.Act)
}

// obstacles tells what the rules have against the steps that lead on and that are
// the actor's to take.
func (m moment) obstacles() (texts []i18n.Text) {
	texts = []i18n.Text{}
	for _, a := range []flow.Action{doStart, doApply, doPass, doClose, doHold} {
		_, err := m.move(a)
		e, ok := errors.AsType[*fault.Error](err)
		if ok && e.Kind == fault.Conflict && guardOf(m.State, a) != "" && m.mayTake(a) {
			texts = append(texts, withFix(e))
		}
	}
	return texts
}

// withFix is what is against a step, and the way out.
func withFix(e *fault.Error) i18n.Text {
	if e.Fix.Zero() {
		return e.Text
	}
	return i18n.T(e.Text.ZH+"；"+e.Fix.ZH, e.Text.EN+"; "+e.Fix.EN)
}

// mayTake reports whether only a guard is between the actor and an action.
func (m moment) mayTake(a flow.Action) bool {
	var all []flow.Guard
	for _, g := range guards() {
		all = append(all, g.name)
	}
	_, err := life().Move(m.State, a, m.parts, all...)
	return err == nil
}

// FileInput names a file of a problem, and how it is looked at.
type FileInput struct {
	ID string `path:"id"`
	attach.Wanted
}

// OpenFile returns the sanitised copy of a file, with the name of the actor
// across what is seen. What is taken away is noted in the audit log.
func (s *Service) OpenFile(ctx context.Context, in FileInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "rectify.OpenFile(%s)", in.File)
	var p Problem
	err = s.DB.Read(ctx, func(r db.Reader) error {
		p, err = seen(ctx, r, in.ID)
		return err
	})
	if err != nil {
		return f, err
	}
	of := attach.Sight{Record: p.ID, Number: p.Number, Took: "problem.file_download"}
	return attach.Reading{DB: s.DB, Audit: s.Audit, Now: s.Now}.Open(ctx, in.Wanted, of, func(l attach.Look) (httpapi.File, error) {
		return s.Files.Open(ctx, p.ID, in.File, l)
	})
}

// LedgerWord is an entry of a closed list.
type LedgerWord struct {
	Code string    `json:"code"`
	Text i18n.Text `json:"text"`
}

// LedgerWords is the closed lists of the ledger.
type LedgerWords struct {
	States     []flow.State[State] `json:"states"`
	Sources    []LedgerWord        `json:"sources"`
	Terms      []LedgerWord        `json:"terms"`
	Clauses    []Clause            `json:"clauses"`
	Categories []violation.Group   `json:"categories"`
}

// Dictionary returns the closed lists.
func (s *Service) Dictionary(context.Context, struct{}) (LedgerWords, error) {
	return LedgerWords{States: life().States(), Sources: sources(), Terms: terms(), Clauses: Clauses(), Categories: violation.Groups()}, nil
}

func sources() []LedgerWord {
	return []LedgerWord{
		{FromInspection, i18n.T("检查", "Inspection")}, {FromCase, i18n.T("投诉举报", "Complaint")}, {FromReport, i18n.T("专项举报", "Report to a campaign")},
		{FromSelf, i18n.T("自查", "Self-examination")}, {FromPatrol, i18n.T("巡查", "Patrol")}, {FromSuperior, i18n.T("上级督办", "Superior")}, {FromHazards, i18n.T("隐患排查", "Hazard survey")},
	}
}

func terms() []LedgerWord {
	return []LedgerWord{{string(AtOnce), i18n.T("立行立改", "At once")}, {string(Fixed), i18n.T("限期", "By a date")}, {string(Standing), i18n.T("长期坚持", "Standing")}}
}

// wordOf is what people call a code.
func wordOf(list []LedgerWord, code string) i18n.Text {
	for _, w := range list {
		if w.Code == code {
			return w.Text
		}
	}
	return i18n.Text{}
}

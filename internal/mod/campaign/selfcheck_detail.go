package campaign

import (
	"context"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// SelfDetail is the self-examination of an institution.
type SelfDetail struct {
	SelfLine
	Campaign  string         `json:"campaign" doc:"Its title."`
	Until     Day            `json:"until"`
	Over      bool           `json:"over"`
	Shown     int            `json:"shown" doc:"The revision whose answers these are."`
	Revisions []SelfRevision `json:"revisions" nullable:"false" doc:"What was sent, the first one first."`
	Lines     []CheckLine    `json:"lines" nullable:"false"`
	Answers   Answers        `json:"answers"`
	Known     []SelfLedger   `json:"ledger" nullable:"false" doc:"What became of its problems in the ledger."`
	Files     []SelfFile     `json:"files" nullable:"false"`
	Trail     []org.Deed     `json:"trail" nullable:"false" doc:"The latest first."`
	Actions   []flow.Action  `json:"actions" nullable:"false" doc:"What the reader may do."`
	Link      bool           `json:"link" doc:"The reader may see its link."`
}

// SelfRevision is that an institution sent something.
type SelfRevision struct {
	N  int       `json:"n"`
	At time.Time `json:"at"`
}

// SelfLedger is a problem as the ledger knows it.
type SelfLedger struct {
	Key    string `json:"key"`
	Ledger string `json:"ledger"`
	Standing
}

// SelfGetInput asks for the self-examination of an institution.
type SelfGetInput struct {
	SelfOf
	Revision int `query:"revision" minimum:"0" doc:"Or the last."`
}

// SelfGet returns what an institution answered. Fault: NotFound, also for a revision
// that was never sent.
func (s *Service) SelfGet(ctx context.Context, in SelfGetInput) (d SelfDetail, err error) {
	defer fault.Wrap(&err, "campaign.SelfGet(%s, %s)", in.ID, in.Unit)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		x, c, err := seenSelf(ctx, r, in.SelfOf)
		if err != nil {
			return err
		}
		d, err = s.selfDetail(ctx, r, c, x, in.Revision)
		return err
	})
	return d, err
}

func (s *Service) selfDetail(ctx context.Context, r db.Reader, c Campaign, x selfCheck, revision int) (d SelfDetail, err error) {
	content, err := contentOf(r, c.ID)
	if err != nil {
		return d, err
	}
	round, err := roundOf(r, c.ID)
	if err != nil {
		return d, err
	}
	of, err := selfCounts(r, []selfCheck{x})
	if err != nil {
		return d, err
	}
	names, err := unitNames(r, []selfCheck{x})
	if err != nil {
		return d, err
	}
	d = SelfDetail{SelfLine: x.line(names[x.Unit], of[x.ID]), Campaign: c.Title, Until: content.stageEnd(round.Stage), Actions: []flow.Action{}, Shown: x.Revision}
	d.Over = DayOf(s.Now()) > d.Until
	d.offer(ctx, c, x)
	if revision > 0 {
		d.Shown = revision
	}
	err = fault.First(
		func() (err error) { d.Answers, err = sentAs(r, x, d.Shown); return err },
		func() (err error) { d.Lines, err = askedFor(x, round, d.Answers).lines(ctx, r, content); return err },
		func() (err error) { d.Revisions, err = selfRevisions(r, x.ID); return err },
		func() (err error) { d.Known, err = s.selfKnown(r, x.ID); return err },
		func() (err error) { d.Files, err = s.SelfFiles.Of(r, x.ID); return err },
		func() (err error) { d.Trail, err = deedsOf(r, x.record()); return err },
	)
	return d, err
}

// offer says what the reader may do: the steps of the office, in a campaign that
// runs.
func (d *SelfDetail) offer(ctx context.Context, c Campaign, x selfCheck) {
	me := authz.From(ctx)
	manages := me.Covers(Manage, c.Path)
	d.Link = manages || me.Covers(Report, x.Path)
	if !manages || c.State != Running {
		return
	}
	for _, a := range selfLife().Actions(x.State, flow.As(byOffice)) {
		if a.Name == selfRelink || a.Name == selfRevoke && x.RevokedAt.IsZero() || a.Name == selfRemind {
			d.Actions = append(d.Actions, a.Name)
		}
	}
}

// askedFor is the checklist to which answers were given: those that were sent stay with
// theirs, whatever is asked now.
func askedFor(x selfCheck, now round, a Answers) Checklist {
	if x.Revision == 0 {
		return now.Checklist
	}
	return a.Checklist
}

// sentAs is what an institution sent as a revision; nothing before the first.
func sentAs(r db.Reader, x selfCheck, n int) (a Answers, err error) {
	if n == 0 {
		return Answers{Lines: map[string]Result{}, Problems: []SelfProblem{}}, nil
	}
	if n == x.Revision {
		return answersOf(r, x.ID)
	}
	return revisionOf(r, x.ID, n)
}

// selfKnown is what became of the problems of a line.
func (s *Service) selfKnown(r db.Reader, id string) ([]SelfLedger, error) {
	known, err := selfLedgers(r, id)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(known))
	for i, k := range known {
		ids[i] = k.Ledger
	}
	now, err := s.Ledger.Standing(r, ids)
	for i, k := range known {
		known[i].Standing = now[k.Ledger]
	}
	return known, err
}

func revisionSubject() i18n.Text { return i18n.T("这次提交", "revision") }

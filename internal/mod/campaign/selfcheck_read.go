package campaign

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// SelfCount is how far self-examination has come.
type SelfCount struct {
	Due       int `json:"due" doc:"Institutions that should."`
	Done      int `json:"done" doc:"Those that did."`
	Problems  int `json:"problems"`
	Corrected int `json:"corrected" doc:"Problems put right at once."`
}

// SelfCountOf is that of a region, or of a kind of institution.
type SelfCountOf struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	SelfCount
}

// SelfProgress is the self-examination of a campaign, as far as the reader may see.
type SelfProgress struct {
	Stage   string        `json:"stage" doc:"Empty: it was not begun."`
	Until   Day           `json:"until"`
	Over    bool          `json:"over"`
	All     SelfCount     `json:"all"`
	Regions []SelfCountOf `json:"regions" nullable:"false"`
	Kinds   []SelfCountOf `json:"kinds" nullable:"false"`
	Lines   []CheckLine   `json:"lines" nullable:"false" doc:"What institutions are asked."`
	Manage  bool          `json:"manage" doc:"The reader drives it."`
}

// SelfProgress returns how far self-examination has come, by region and by kind.
func (s *Service) SelfProgress(ctx context.Context, in org.ByID) (p SelfProgress, err error) {
	defer fault.Wrap(&err, "campaign.SelfProgress(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, content, err := s.seenWhole(ctx, r, in.ID)
		if err != nil {
			return err
		}
		p, err = s.selfProgress(ctx, r, c, content)
		return err
	})
	return p, err
}

// selfLines narrows to the lines of a campaign that the actor may see and that count.
func selfLines(ctx context.Context, campaign string) *db.Where {
	var w db.Where
	w.And("campaign = ? and state <> 'ended'", campaign)
	w.AndBelow("path", authz.From(ctx).Paths(Read)...)
	return &w
}

func (s *Service) selfProgress(ctx context.Context, r db.Reader, c Campaign, content Content) (p SelfProgress, err error) {
	x, err := roundOf(r, c.ID)
	p = SelfProgress{Stage: x.Stage, Regions: []SelfCountOf{}, Kinds: []SelfCountOf{}, Lines: content.checklist(ctx), Manage: authz.From(ctx).Covers(Manage, c.Path)}
	if err != nil || x.Stage == "" {
		return p, err
	}
	p.Until = content.stageEnd(x.Stage)
	p.Over = DayOf(s.Now()) > p.Until
	lines, err := selfPage(r, selfLines(ctx, c.ID), everySelf)
	if err != nil {
		return p, err
	}
	of, err := selfCounts(r, c.ID)
	if err != nil {
		return p, err
	}
	p.All = countSelf(lines, of)
	if p.Regions, err = selfByRegion(r, lines, of); err != nil {
		return p, err
	}
	for _, k := range org.InstitutionKinds() {
		if some := slices.DeleteFunc(slices.Clone(lines), func(l selfCheck) bool { return l.Kind != k.Code }); len(some) > 0 {
			p.Kinds = append(p.Kinds, SelfCountOf{k.Code, k.Name.Here(ctx), countSelf(some, of)})
		}
	}
	return p, nil
}

func countSelf(lines []selfCheck, of map[string]selfCount) (n SelfCount) {
	n.Due = len(lines)
	for _, x := range lines {
		if x.State == SelfDone {
			n.Done++
		}
		n.Problems, n.Corrected = n.Problems+of[x.ID].Problems, n.Corrected+of[x.ID].Corrected
	}
	return n
}

func selfByRegion(r db.Reader, lines []selfCheck, of map[string]selfCount) ([]SelfCountOf, error) {
	by := map[string][]selfCheck{}
	for _, x := range lines {
		by[x.Region] = append(by[x.Region], x)
	}
	out := []SelfCountOf{}
	for code, some := range by {
		name, err := org.RegionName(r, code)
		if err != nil {
			return nil, err
		}
		out = append(out, SelfCountOf{code, name, countSelf(some, of)})
	}
	slices.SortFunc(out, func(a, b SelfCountOf) int { return strings.Compare(a.Key, b.Key) })
	return out, nil
}

// SelfLine is an institution of a round.
type SelfLine struct {
	Unit        string    `json:"unit"`
	Name        string    `json:"name"`
	Region      string    `json:"region"`
	Kind        string    `json:"kind"`
	State       SelfState `json:"state" enum:"due,done"`
	Number      string    `json:"number"`
	Revision    int       `json:"revision"`
	SubmittedAt time.Time `json:"submitted_at,omitzero"`
	ChangedAt   time.Time `json:"changed_at,omitzero"`
	Revoked     bool      `json:"revoked" doc:"Its link opens nothing."`
	Problems    int       `json:"problems"`
	Corrected   int       `json:"corrected"`

	key list.Key
}

// SelfListInput asks for institutions of a round.
type SelfListInput struct {
	ID string `path:"id" maxLength:"64"`
	list.Query
	State  SelfState `query:"state" enum:",due,done"`
	Region string    `query:"region" maxLength:"12"`
	Kind   string    `query:"kind" maxLength:"20"`
}

// SelfList lists the institutions that the actor may see: who did, who did not.
func (s *Service) SelfList(ctx context.Context, in SelfListInput) (p list.Page[SelfLine], err error) {
	defer fault.Wrap(&err, "campaign.SelfList(%s)", in.ID)
	order := list.Up("asked_at", "id", func(l SelfLine) list.Key { return l.key })
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, err := seen(ctx, r, in.ID)
		if err != nil {
			return err
		}
		of, err := selfCounts(r, c.ID)
		if err != nil {
			return err
		}
		p, err = list.Read(ctx, r, in.Query, order, func(ctx context.Context, _ db.Reader, w *db.Where) error {
			*w = *selfLines(ctx, c.ID)
			w.AndIf(in.State != "", "state = ?", in.State)
			w.AndIf(in.Region != "", "region = ?", in.Region)
			w.AndIf(in.Kind != "", "kind = ?", in.Kind)
			return nil
		}, func(r db.Reader, w *db.Where, limit int) ([]SelfLine, error) { return selfRows(r, w, limit, of) })
		return err
	})
	return p, err
}

func selfRows(r db.Reader, w *db.Where, limit int, of map[string]selfCount) ([]SelfLine, error) {
	lines, err := selfOldest(r, w, limit)
	if err != nil {
		return nil, err
	}
	names, err := unitNames(r, lines)
	rows := make([]SelfLine, len(lines))
	for i, x := range lines {
		rows[i] = SelfLine{Unit: x.Unit, Name: names[x.Unit], Region: x.Region, Kind: x.Kind, State: x.State, Number: x.Number, Revision: x.Revision, SubmittedAt: x.SubmittedAt, ChangedAt: x.ChangedAt,
			Revoked: !x.RevokedAt.IsZero(), Problems: of[x.ID].Problems, Corrected: of[x.ID].Corrected, key: list.At(x.AskedAt, x.ID)}
	}
	return rows, err
}

// SelfDetail is the self-examination of an institution.
type SelfDetail struct {
	SelfLine
	Lines   []CheckLine   `json:"lines" nullable:"false"`
	Answers Answers       `json:"answers"`
	Known   []SelfLedger  `json:"ledger" nullable:"false" doc:"What the ledger calls its problems."`
	Files   []SelfFile    `json:"files" nullable:"false"`
	Trail   []trail.Event `json:"trail" nullable:"false"`
}

// SelfLedger is a problem as the ledger knows it.
type SelfLedger struct {
	Key    string `json:"key"`
	Ledger string `json:"ledger"`
}

// SelfGet returns what an institution answered. Fault: NotFound.
func (s *Service) SelfGet(ctx context.Context, in SelfOf) (d SelfDetail, err error) {
	defer fault.Wrap(&err, "campaign.SelfGet(%s, %s)", in.ID, in.Unit)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		x, c, err := seenSelf(ctx, r, in)
		if err != nil {
			return err
		}
		d, err = s.selfDetail(ctx, r, c, x)
		return err
	})
	return d, err
}

func (s *Service) selfDetail(ctx context.Context, r db.Reader, c Campaign, x selfCheck) (d SelfDetail, err error) {
	content, err := contentOf(r, c.ID)
	if err != nil {
		return d, err
	}
	of, err := selfCounts(r, c.ID)
	if err != nil {
		return d, err
	}
	var w db.Where
	w.And("id = ?", x.ID)
	rows, err := selfRows(r, &w, 1, of)
	if err != nil {
		return d, err
	}
	d.SelfLine, d.Lines = rows[0], content.checklist(ctx)
	if d.Answers, err = answersOf(r, x.ID); err != nil {
		return d, err
	}
	if d.Answers.Problems == nil {
		d.Answers = Answers{Lines: map[string]Result{}, Problems: []SelfProblem{}}
	}
	if d.Known, err = selfLedgers(r, x.ID); err != nil {
		return d, err
	}
	if d.Files, err = s.SelfFiles.Of(r, x.ID); err != nil {
		return d, err
	}
	d.Trail, err = trail.Of(r, x.record())
	return d, err
}

// RemindInput says who is reminded.
type RemindInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Units []string `json:"units,omitempty" maxItems:"5000" doc:"Or all that have not sent anything."`
	}
}

// Reminded is how many were reminded.
type Reminded struct {
	Institutions int      `json:"institutions"`
	Unreached    []string `json:"unreached" nullable:"false" doc:"Names of institutions where nobody holds an account: call them."`
}

// Remind tells the coordinators of institutions that have sent nothing. Faults:
// Conflict where nobody is left, Forbidden, NotFound.
func (s *Service) Remind(ctx context.Context, in RemindInput) (out Reminded, err error) {
	defer fault.Wrap(&err, "campaign.Remind(%s)", in.ID)
	out.Unreached = []string{}
	err = s.managed(ctx, in.ID, func(tx *db.Tx, c Campaign, _ Content) error {
		w := selfLines(ctx, c.ID)
		w.And("state = 'due'")
		if len(in.Body.Units) > 0 {
			w.AndIn("unit", in.Body.Units)
		}
		lines, err := selfPage(tx.Reader, w, everySelf)
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			return fault.New(fault.Conflict, i18n.T("没有需要催报的机构", "there is nobody to remind"))
		}
		out, err = s.remindAll(ctx, tx, c, lines)
		return err
	})
	return out, err
}

func (s *Service) remindAll(ctx context.Context, tx *db.Tx, c Campaign, lines []selfCheck) (out Reminded, err error) {
	out = Reminded{Institutions: len(lines), Unreached: []string{}}
	names, err := unitNames(tx.Reader, lines)
	if err != nil {
		return out, err
	}
	for _, x := range lines {
		holders, err := org.HoldersOf(tx.Reader, x.Path, roleCoordinator)
		if err != nil {
			return out, err
		}
		var to []string
		for _, h := range holders {
			if h.UnitID == x.Unit {
				to = append(to, h.ID)
			}
		}
		if len(to) == 0 {
			out.Unreached = append(out.Unreached, names[x.Unit])
		} else if err := s.Notify.Send(ctx, tx, to, "campaign.remind", i18n.T("请完成自查："+c.Title, "please complete the self-examination: "+c.Title), "/campaign/list/"+c.ID+"/selfcheck"); err != nil {
			return out, err
		}
		step := trail.Step{Act: string(selfRemind), Was: string(x.State), Became: string(x.State), Detail: map[string]any{"people": len(to)}}
		if _, err := selfLife().Move(x.State, selfRemind, flow.As(byOffice)); err != nil {
			return out, err
		}
		if err := s.Trail.Add(ctx, tx, x.record(), step); err != nil {
			return out, err
		}
	}
	return out, nil
}

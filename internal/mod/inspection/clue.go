package inspection

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
	"qingfeng/internal/org/violation"
)

// What becomes of a problem that was found.
const (
	toLedger  = "ledger" // 列入台账
	toClue    = "clue"   // 转为线索
	toNothing = "none"   // 不成立
)

// jobClue opens the case of a clue.
const jobClue = "inspection.clue"

// ofClue is the history of what became of a problem. It is none of the task's: those
// who were inspected read that once there is a result.
const ofClue = "inspection_clue"

// decision is what became of a problem of a visit, or of a matter of integrity that a
// result names.
type decision struct {
	ID       string
	TaskID   string
	VisitID  string
	Number   int
	Fate     string
	Category string
	Text     string
	DueAt    time.Time
	Reason   string
	FoundBy  string
	FoundAt  time.Time
	ByStaff  string
	At       time.Time
}

const clueColumns = `id, visit_id, number, fate, category, text, due_at, reason, found_by, found_at, by_staff, at`

func (x decision) save(tx *db.Tx) error {
	return saveUnder(tx, "inspection_clue", "task_id, "+clueColumns, []string{x.TaskID},
		[]any{x.TaskID, x.ID, x.VisitID, x.Number, x.Fate, x.Category, x.Text, x.DueAt, x.Reason, x.FoundBy, x.FoundAt, x.ByStaff, x.At})
}

func decisionsOf(r db.Reader, visit string) (map[int]decision, error) {
	all, err := db.All[decision](r, `select task_id, `+clueColumns+` from inspection_clue where visit_id = $1 order by number`, visit)
	out := make(map[int]decision, len(all))
	for _, x := range all {
		out[x.Number] = x
	}
	return out, err
}

// undecided refuses another version of a visit of social supervisors once the office has
// decided anything of it: what became a clue would be told again, and become another. Fault: Conflict with
// whom to ask.
func undecided(r db.Reader, t Task) error {
	if t.Kind != Monitor {
		return nil
	}
	n, err := db.Value[int64](r, `select count(*) from inspection_clue where task_id = $1`, t.ID)
	if err != nil || n == 0 {
		return err
	}
	where, err := org.RegionName(r, districtOf(t.OwnerPath))
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, i18n.T("办公室已开始核实这次检查发现的问题，现场记录不能再更正", "the office has begun to decide on what this inspection found: the visit can no longer be corrected")).
		WithFix(i18n.T("您填写的仍在手机上。有补充的，请联系下达任务的部门（%s）", "What you filled in is still on the phone. To add something, ask those who gave the task (%s)"), where)
}

// Sifted is a problem that a social supervisor found, and what became of it.
type Sifted struct {
	VisitID   string    `json:"visit_id"`
	Number    int       `json:"number" doc:"Of the problem in the visit, from 1."`
	Category  string    `json:"category" doc:"Of the taxonomy of violations."`
	Text      string    `json:"text" doc:"Empty once it has become a clue: it is told there alone."`
	Integrity bool      `json:"integrity" doc:"It goes as a clue, and never into the ledger."`
	Fate      string    `json:"fate" enum:",ledger,clue,none" doc:"Empty until it is decided."`
	Reason    string    `json:"reason"`
	By        string    `json:"by"`
	At        time.Time `json:"at,omitzero"`
}

// sifted are the problems of the visit in force of a task of social supervisors.
func sifted(r db.Reader, t Task) (out []Sifted, v VisitRecord, err error) {
	out = []Sifted{}
	if t.Kind != Monitor {
		return out, v, nil
	}
	if v, err = latestVisit(r, t.ID); err != nil {
		return out, v, err
	}
	decided, err := decisionsOf(r, v.ID)
	for i, p := range v.Problems {
		d := decided[i+1]
		x := Sifted{VisitID: v.ID, Number: i + 1, Category: p.Category, Text: p.Text, Integrity: violation.Integrity(p.Category), Fate: d.Fate, Reason: d.Reason, At: d.At}
		if d.Fate == toClue {
			x.Category, x.Text, x.Integrity, x.Reason = "", "", false, ""
		}
		x.By = d.ByStaff
		out = append(out, x)
	}
	return out, v, err
}

// orderedTask returns a task of social supervisors that is ordered where the actor
// manages inspections. Faults: NotFound, Forbidden.
func orderedTask(ctx context.Context, r db.Reader, id string) (Task, error) {
	t, err := visibleTask(ctx, r, id)
	if err != nil {
		return t, err
	}
	return t, authz.Need(ctx, Manage, t.OwnerPath)
}

// ListClues lists what social supervisors found at an inspection, and what became of
// it. Faults: NotFound, Forbidden.
func (s *Service) ListClues(ctx context.Context, in org.ByID) (out []Sifted, err error) {
	return read(ctx, s, func(r db.Reader) ([]Sifted, error) {
		t, err := orderedTask(ctx, r, in.ID)
		if err != nil {
			return nil, err
		}
		out, _, err := sifted(r, t)
		return out, err
	})
}

// SiftInput says what becomes of a problem.
type SiftInput struct {
	VisitID  string `json:"visit_id" maxLength:"64" doc:"Version that was looked at."`
	Number   int    `json:"number" minimum:"1" maximum:"100"`
	Fate     string `json:"fate" enum:"ledger,clue,none"`
	Category string `json:"category,omitempty" maxLength:"10" doc:"Of the taxonomy, where the supervisor named another."`
	DueOn    string `json:"due_on,omitempty" maxLength:"10" doc:"By when it is put right; for the ledger."`
	Reason   string `json:"reason,omitempty" maxLength:"500" doc:"Needed for what does not hold."`
}

// Sift decides what becomes of a problem that a social supervisor found: a line of
// the ledger with the result, a clue at once, or nothing. Faults: Invalid, also for a
// matter of integrity that shall be anything but a clue; NotFound, Forbidden; Conflict
// for a visit that is not the one in force, or a problem that is decided.
func (s *Service) Sift(ctx context.Context, in org.PostedTo[SiftInput]) ([]Sifted, error) {
	b := in.Body
	return write(ctx, s, func(tx *db.Tx) ([]Sifted, error) {
		t, err := orderedTask(ctx, tx.Reader, in.ID)
		if err != nil {
			return nil, err
		}
		all, v, err := sifted(tx.Reader, t)
		if err != nil {
			return nil, err
		}
		d, err := b.decide(t, all, v, s.now())
		if err != nil {
			return nil, err
		}
		d.ByStaff = authz.From(ctx).ID
		err = fault.First(
			func() error { return s.decided(ctx, tx, d) },
			func() (err error) { all, _, err = sifted(tx.Reader, t); return err },
		)
		return all, err
	})
}

// decide refuses what cannot become of a problem.
func (in SiftInput) decide(t Task, all []Sifted, v VisitRecord, now time.Time) (d decision, err error) {
	if in.Number > len(all) || in.VisitID != v.ID {
		return d, fault.New(fault.Conflict, i18n.T("现场记录已有新版，或没有这条问题", "there is a newer visit, or no such problem")).WithFix(i18n.T("请刷新后再核实", "reload and look again"))
	}
	x := all[in.Number-1]
	switch {
	case x.Fate != "":
		return d, fault.New(fault.Conflict, i18n.T("这条问题已经核实过", "this problem is decided already"))
	case t.State != Running && t.State != Pending:
		return d, fault.New(fault.Conflict, i18n.T("该任务已有结果，不能再核实", "the inspection has a result: nothing is decided any more"))
	}
	if in.Category != "" {
		x.Category, x.Integrity = in.Category, x.Integrity || violation.Integrity(in.Category)
	}
	if err := violation.Check("category", x.Category); err != nil {
		return d, err
	}
	due, err := clock.ParseDay("due_on", in.DueOn)
	if err != nil {
		return d, err
	}
	var bad fault.Fields
	bad.Refuse(x.Integrity && in.Fate != toClue, "fate", i18n.T("红包、回扣、统方等廉洁问题只能转为线索，交纪检办理", "a matter of integrity goes as a clue to the discipline line, and nowhere else"))
	bad.Refuse(in.Fate == toNothing && strings.TrimSpace(in.Reason) == "", "reason", i18n.T("不成立的请写明原因", "say why it does not hold"))
	bad.Refuse(!due.IsZero() && due.Before(clock.Day(now)), "due_on", i18n.T("整改期限不能早于今天", "it cannot be put right before today"))
	d = decision{ID: db.NewID(), TaskID: t.ID, VisitID: v.ID, Number: in.Number, Fate: in.Fate, Category: x.Category, Text: strings.TrimSpace(x.Text), Reason: strings.TrimSpace(in.Reason),
		FoundBy: v.GivenBy, FoundAt: v.EndedAt, At: now}
	if !due.IsZero() && in.Fate == toLedger {
		d.DueAt = clock.End(due)
	}
	return d, bad.Err()
}

// resulting returns the problems of a result, and the matters of integrity that it names
// and that do not stand in it. Of a visit of social supervisors the problems are those
// that were decided to be lines of the ledger.
func (s *Service) resulting(r db.Reader, in ResultInput, t Task) (named, clues []Problem, err error) {
	if t.Kind != Monitor {
		return in.problems(t, s.now())
	}
	named, err = s.siftedInto(r, in, t)
	return named, nil, err
}

func (s *Service) siftedInto(r db.Reader, in ResultInput, t Task) ([]Problem, error) {
	if len(in.Problems) > 0 {
		return nil, fault.Field("problems", i18n.T("社会监督员发现的问题在“核实发现”中逐条处理，这里不再填写", "what social supervisors found is decided one by one, and not entered here"))
	}
	all, v, err := sifted(r, t)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(all, func(x Sifted) bool { return x.Fate == "" }) {
		return nil, fault.New(fault.Conflict, i18n.T("社会监督员发现的问题还没有全部核实", "not everything that the social supervisors found is decided yet"))
	}
	decided, err := decisionsOf(r, v.ID)
	if err != nil {
		return nil, err
	}
	var kept []decision
	for i := range all {
		if d := decided[i+1]; d.Fate == toLedger {
			kept = append(kept, d)
			in.Problems = append(in.Problems, ProblemInput{Category: d.Category, Text: d.Text})
		}
	}
	problems, _, err := in.problems(t, s.now())
	for i := range problems {
		problems[i].ID, problems[i].DueAt = kept[i].ID, kept[i].DueAt
	}
	return problems, err
}

// Clue is what an inspector or a social supervisor found, on its way to be a case. It
// names no task: who found it is protected.
type Clue struct {
	ID         string
	Supervisor bool   // a social supervisor found it
	Category   string // of the taxonomy of violations
	Text       string
	UnitID     string
	TargetName string
	Region     string
	FoundAt    time.Time
	Name       string // of who found it
	Phone      string
	By         string // who passed it on
}

type clueArgs struct {
	ID string `json:"id"`
}

// passOn opens the case of a clue.
func (s *Service) passOn(ctx context.Context, a clueArgs) error {
	c, err := read(ctx, s, func(r db.Reader) (Clue, error) { return clueOf(r, a.ID) })
	if err != nil {
		return fmt.Errorf("inspection.passOn: %w", err)
	}
	return s.Clues(ctx, c)
}

func clueOf(r db.Reader, id string) (c Clue, err error) {
	d, err := db.One[decision](r, `select task_id, `+clueColumns+` from inspection_clue where id = $1`, id)
	if err != nil {
		return c, err
	}
	t, err := taskByID(r, d.TaskID)
	if err != nil {
		return c, err
	}
	if d.FoundAt.After(d.At) { // by the clock of a phone
		d.FoundAt = d.At
	}
	who, err := org.StaffByID(r, d.FoundBy)
	return Clue{ID: d.ID, Supervisor: t.Kind == Monitor, Category: d.Category, Text: d.Text, UnitID: t.UnitID, TargetName: t.TargetName, Region: districtOf(org.RegionPart(t.Path)), FoundAt: d.FoundAt,
		Name: who.Name, Phone: who.Phone, By: d.ByStaff}, err
}

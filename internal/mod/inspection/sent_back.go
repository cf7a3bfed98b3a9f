package inspection

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// SentBack is a result that was sent back, as it was.
type SentBack struct {
	ID          string     `json:"id"`
	TaskID      string     `json:"-"`
	Number      int        `json:"number" doc:"1 is the first that was sent back."`
	Conclusion  Conclusion `json:"conclusion"`
	Violation   bool       `json:"violation"`
	InspectedAt time.Time  `json:"inspected_at"`
	OpinionNo   string     `json:"opinion_no"`
	Note        string     `json:"note"`
	Problems    []Problem  `json:"problems"`
	ConcludedBy string     `json:"concluded_by"`
	ConcludedAt time.Time  `json:"concluded_at"`
	ByStaff     string     `json:"by" doc:"Who sent it back."`
	At          time.Time  `json:"at"`
	Reason      string     `json:"reason"`
}

const sentBackColumns = `id, number, conclusion, violation, inspected_at, opinion_no, note, problems, concluded_by, concluded_at, by_staff, at, reason`

func (x SentBack) save(tx *db.Tx) error {
	return saveUnder(tx, "inspection_sent_back", "task_id, "+sentBackColumns, []string{x.TaskID},
		[]any{x.TaskID, x.ID, x.Number, x.Conclusion, x.Violation, x.InspectedAt, x.OpinionNo, x.Note, x.Problems, x.ConcludedBy, x.ConcludedAt, x.ByStaff, x.At, x.Reason})
}

// sentBackOf returns the results of a task that were sent back, the latest first.
func sentBackOf(r db.Reader, task string) ([]SentBack, error) {
	return db.All[SentBack](r, `select task_id, `+sentBackColumns+` from inspection_sent_back where task_id = $1 order by number desc`, task)
}

// earlierResults are those that were sent back, for who inspects a task and who reads
// where it is ordered; those who were inspected have the one that stands.
func earlierResults(ctx context.Context, r db.Reader, t Task) ([]SentBack, error) {
	if ours, err := ofInspectors(ctx, r, t); err != nil || !ours {
		return []SentBack{}, err
	}
	return sentBackOf(r, t.ID)
}

// SendBack has a result entered anew, and keeps what it said. Faults: Invalid without a
// reason, NotFound, Forbidden, Conflict once it is confirmed.
func (s *Service) SendBack(ctx context.Context, in org.PostedTo[Because]) (TaskDetail, error) {
	reason := strings.TrimSpace(in.Body.Reason)
	if err := because(reason); err != nil {
		return TaskDetail{}, err
	}
	return s.moveTask(ctx, in.ID, doSendBack, reason, func(tx *db.Tx, t *Task) error {
		was := SentBack{ID: db.NewID(), TaskID: t.ID, Conclusion: t.Conclusion, Violation: t.Violation, InspectedAt: t.InspectedAt, OpinionNo: t.OpinionNo, Note: t.Note,
			ConcludedBy: t.ConcludedBy, ConcludedAt: t.ConcludedAt, ByStaff: authz.From(ctx).ID, At: s.now(), Reason: reason}
		t.InspectedAt, t.Conclusion, t.Violation, t.ConcludedBy = time.Time{}, "", false, ""
		t.ConcludedAt, t.PublishDueAt, t.AlarmedAt = time.Time{}, time.Time{}, time.Time{}
		before, err := sentBackOf(tx.Reader, t.ID)
		if err != nil {
			return err
		}
		was.Number = len(before) + 1
		if was.Problems, err = problemsOf(tx.Reader, t.ID); err != nil {
			return err
		}
		return was.save(tx)
	})
}

// earlier is what was named against the target of a task before its result.
type earlier struct {
	found bool     // a visit named problems, in any of its versions
	aside []string // who sent a result back that named a violation, or decided that a problem of a visit does not hold
}

// putAside selects who put something aside, and of which task.
const putAside = `select task_id, by_staff from inspection_sent_back where violation = 1 union select task_id, by_staff from inspection_clue where fate = '` + toNothing + `'`

func earlierOf(r db.Reader, task string) (e earlier, err error) {
	if e.aside, err = db.Values[string](r, `select by_staff from (`+putAside+`) x where task_id = $1 order by by_staff`, task); err != nil {
		return e, err
	}
	n, err := db.Value[int64](r, `select count(*) from inspection_visit where task_id = $1 and problems <> '[]'`, task)
	e.found = n > 0
	return e, err
}

// ofTwo reports whether two people answer for the result of a task: it names a
// violation, or something that was named is no longer there. What social supervisors
// found is decided one by one, and a clue is not put aside.
func (t Task) ofTwo(e earlier) bool {
	return t.Violation || len(e.aside) > 0 || e.found && t.Kind != Monitor
}

// wantsTwo is ofTwo as a condition of SQL on inspection_task.
const wantsTwo = `(violation = 1 or exists (select 1 from (` + putAside + `) x where x.task_id = inspection_task.id)
	or kind <> '` + string(Monitor) + `' and exists (select 1 from inspection_visit x where x.task_id = inspection_task.id and x.problems <> '[]'))`

// second reports whether somebody can answer for the result of a task beside who
// entered it.
func (t Task) second(who string, e earlier) bool {
	return who != t.ConcludedBy && !slices.Contains(e.aside, who)
}

// answered reports whether a result has as many people as it needs when somebody
// publishes it, who has seen it and confirms it.
func (t Task) answered(by string, e earlier) bool {
	return !t.ofTwo(e) || t.second(cmp.Or(t.CheckedBy, by), e)
}

// otherPerson refuses a confirmation by who had a hand in the result.
func otherPerson() error {
	return fault.New(fault.Conflict, i18n.T("录入结果的人，以及退回过涉及违法违规的结果、或认定现场问题不成立的人，不能复核", "who entered a result cannot confirm it, nor who sent back one that named a violation or decided that a problem does not hold")).
		WithFix(i18n.T("请由没有录入、也没有退回过结果的另一位同志复核", "have somebody confirm it who neither entered nor sent back a result"))
}

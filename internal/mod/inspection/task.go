package inspection

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// Task is an inspection of one target: to be made, being made, or made. A visit
// hangs on it.
type Task struct {
	ID           string     `json:"id"`
	Number       string     `json:"number"`
	Kind         Kind       `json:"kind"`
	Round        int        `json:"round" doc:"Of special rounds; 0 for others."`
	PlanID       string     `json:"plan_id"`
	BatchID      string     `json:"batch_id"`
	DrawID       string     `json:"draw_id"`
	CampaignID   string     `json:"campaign_id"`
	LookBackOf   string     `json:"look_back_of" doc:"Task that is looked back at."`
	TargetID     string     `json:"target_id"`
	TargetName   string     `json:"target_name"`
	TargetKind   string     `json:"target_kind"`
	Level        string     `json:"level"`
	Ownership    string     `json:"ownership"`
	Credit       string     `json:"credit"`
	Licence      string     `json:"licence"`
	UnitID       string     `json:"unit_id"`
	Path         string     `json:"-"` // of the target
	OwnerPath    string     `json:"-"` // of the region that has it inspected
	Items        []string   `json:"items"`
	State        TaskState  `json:"state" enum:"pending,running,concluded,published,unable,replaced"`
	Reason       string     `json:"reason" doc:"Why it was assigned, or why it cannot be inspected."`
	CreatedBy    string     `json:"created_by"`
	CreatedAt    time.Time  `json:"created_at"`
	DueAt        time.Time  `json:"due_at"`
	StartedAt    time.Time  `json:"started_at,omitzero"`
	InspectedAt  time.Time  `json:"inspected_at,omitzero"`
	Conclusion   Conclusion `json:"conclusion"`
	Violation    bool       `json:"violation" doc:"The conclusion names something that was done wrong: two people answer for it."`
	Note         string     `json:"note"`
	OpinionNo    string     `json:"opinion_no" doc:"监督意见书号"`
	ConcludedBy  string     `json:"concluded_by"`
	ConcludedAt  time.Time  `json:"concluded_at,omitzero"`
	CheckedBy    string     `json:"checked_by"`
	CheckedAt    time.Time  `json:"checked_at,omitzero"`
	PublishDueAt time.Time  `json:"publish_due_at,omitzero"`
	PublishedBy  string     `json:"published_by"`
	PublishedAt  time.Time  `json:"published_at,omitzero"`
	AlarmedAt    time.Time  `json:"-"`
	ReplacedBy   string     `json:"replaced_by" doc:"Task that took its place."`
	FormID       string     `json:"form_id" doc:"Checklist that goes with it; empty: none."`
}

const taskColumns = `id, number, kind, round, plan_id, batch_id, draw_id, campaign_id, look_back_of, target_id, target_name, target_kind, level, ownership, credit, licence, unit_id,
	path, owner_path, items, state, reason, created_by, created_at, due_at, started_at, inspected_at, conclusion, violation, note, opinion_no, concluded_by, concluded_at,
	checked_by, checked_at, publish_due_at, published_by, published_at, alarmed_at, replaced_by, form_id`

const selectTasks = `select ` + taskColumns + ` from inspection_task`

func (t Task) values() []any {
	return []any{t.ID, t.Number, t.Kind, t.Round, t.PlanID, t.BatchID, t.DrawID, t.CampaignID, t.LookBackOf, t.TargetID, t.TargetName, t.TargetKind, t.Level, t.Ownership, t.Credit, t.Licence, t.UnitID,
		t.Path, t.OwnerPath, t.Items, t.State, t.Reason, t.CreatedBy, t.CreatedAt, t.DueAt, t.StartedAt, t.InspectedAt, t.Conclusion, t.Violation, t.Note, t.OpinionNo, t.ConcludedBy, t.ConcludedAt,
		t.CheckedBy, t.CheckedAt, t.PublishDueAt, t.PublishedBy, t.PublishedAt, t.AlarmedAt, t.ReplacedBy, t.FormID}
}

func saveTask(tx *db.Tx, t Task) error { return save(tx, "inspection_task", taskColumns, t.values()) }

// Member is somebody who inspects, as the library had it then.
type Member struct {
	TaskID    string `json:"-"`
	OfficerID string `json:"officer_id"`
	StaffID   string `json:"staff_id"`
	Name      string `json:"name"`
	CertNo    string `json:"cert_no"`
	Agency    string `json:"agency"`
	Number    int    `json:"number" doc:"1 leads."`
}

const memberColumns = `task_id, officer_id, staff_id, name, cert_no, agency, number`

func (m Member) values() []any {
	return []any{m.TaskID, m.OfficerID, m.StaffID, m.Name, m.CertNo, m.Agency, m.Number}
}

// saveTeam puts a team in place of the one that a task had.
func saveTeam(tx *db.Tx, task string, team []Member) error {
	if _, err := tx.Change("inspection_member", task, `delete from inspection_member where task_id = $1`, task); err != nil {
		return err
	}
	rows := make([][]any, len(team))
	for i, m := range team {
		m.TaskID = task
		rows[i] = m.values()
	}
	return db.InsertMany(tx, "inspection_member", memberColumns, rows)
}

func teamOf(r db.Reader, task string) ([]Member, error) {
	return db.All[Member](r, `select `+memberColumns+` from inspection_member where task_id = $1 order by number`, task)
}

// Problem is something that an inspection found.
type Problem struct {
	ID       string    `json:"id"`
	TaskID   string    `json:"-"`
	Number   int       `json:"number"`
	Category string    `json:"category" doc:"Of the taxonomy of violations."`
	Text     string    `json:"text"`
	DueAt    time.Time `json:"due_at,omitzero" doc:"By when it is put right; absent where it was on the spot."`
}

func saveProblems(tx *db.Tx, task string, all []Problem) error {
	if _, err := tx.Change("inspection_problem", task, `delete from inspection_problem where task_id = $1`, task); err != nil {
		return err
	}
	rows := make([][]any, len(all))
	for i, p := range all {
		rows[i] = []any{p.ID, task, p.Number, p.Category, p.Text, p.DueAt}
	}
	return db.InsertMany(tx, "inspection_problem", "id, task_id, number, category, text, due_at", rows)
}

func problemsOf(r db.Reader, task string) ([]Problem, error) {
	return db.All[Problem](r, `select id, task_id, number, category, text, due_at from inspection_problem where task_id = $1 order by number`, task)
}

// planned is a task with its team.
type planned struct {
	Task
	team []Member
}

// addTasks stores new tasks.
func (s *Service) addTasks(ctx context.Context, tx *db.Tx, a flow.Action, reason string, all []planned) error {
	if len(all) == 0 {
		return nil
	}
	if err := withForms(tx.Reader, all); err != nil {
		return err
	}
	ids, err := insertTasks(tx, all)
	if err != nil {
		return err
	}
	if err := s.Trail.AddMany(ctx, tx, ofTask, ids, trail.Step{Act: string(a), Became: string(Pending), Reason: reason}); err != nil {
		return err
	}
	return s.send(tx, all)
}

// insertTasks writes tasks with their teams, and returns their identifiers.
func insertTasks(tx *db.Tx, all []planned) (ids []string, err error) {
	rows, members := make([][]any, len(all)), [][]any{}
	for i, t := range all {
		ids, rows[i] = append(ids, t.ID), t.values()
		for _, m := range t.team {
			members = append(members, m.values())
		}
	}
	return ids, fault.First(
		func() error { return tx.Changing("inspection_task", ids...) },
		func() error { return tx.Changing("inspection_member", ids...) },
		func() error { return db.InsertMany(tx, "inspection_task", taskColumns, rows) },
		func() error { return db.InsertMany(tx, "inspection_member", memberColumns, members) },
	)
}

// readMany reads rows by identifier, however many.
func readMany[T any](r db.Reader, q string, ids []string, key func(T) string) (map[string]T, error) {
	out := make(map[string]T, len(ids))
	for part := range slices.Chunk(ids, 500) {
		var w db.Where
		w.AndIn("id", part)
		rows, err := db.All[T](r, q+w.String(), w.Args()...)
		if err != nil {
			return nil, err
		}
		for _, x := range rows {
			out[key(x)] = x
		}
	}
	return out, nil
}

func targetsByID(r db.Reader, ids []string) (map[string]Candidate, error) {
	return readMany(r, `select `+targetColumns+` from inspection_target `, ids, func(x Candidate) string { return x.ID })
}

func officersByID(r db.Reader, ids []string) (map[string]Officer, error) {
	return readMany(r, `select `+officerColumns+` from inspection_officer `, ids, func(x Officer) string { return x.ID })
}

// tasksOf makes a result tasks, with their numbers. What is no result of targets
// makes none.
func (s *Service) tasksOf(ctx context.Context, d Drawing, l List, result []Drawn) ([]planned, error) {
	if d.Of != OfTargets {
		return nil, nil
	}
	var targets map[string]Candidate
	var people map[string]Officer
	err := s.DB.Read(ctx, func(r db.Reader) (err error) {
		ids, who := make([]string, len(result)), make([]string, len(l.Inspectors))
		for i, x := range result {
			ids[i] = x.Target
		}
		for i, x := range l.Inspectors {
			who[i] = x.ID
		}
		if targets, err = targetsByID(r, ids); err != nil {
			return err
		}
		people, err = officersByID(r, who)
		return err
	})
	if err != nil {
		return nil, err
	}
	all := make([]planned, len(result))
	for i, x := range result {
		all[i] = s.plannedFor(ctx, d, targets[x.Target], x.Inspectors, people)
		if all[i].Number, err = s.number(ctx, "JC", districtOf(d.Path)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// plannedFor is the task of a target that was drawn, without its number.
func (s *Service) plannedFor(ctx context.Context, d Drawing, target Candidate, team []string, people map[string]Officer) planned {
	t := taskFor(target)
	t.Kind, t.PlanID, t.BatchID, t.DrawID, t.CampaignID, t.OwnerPath = d.Kind, d.PlanID, d.BatchID, d.ID, d.CampaignID, d.Path
	t.Items, t.DueAt, t.CreatedBy, t.CreatedAt = orNone(d.Scope.Items), clock.End(d.Scope.DueOn), authz.From(ctx).ID, s.now()
	return planned{t, teamFor(t.ID, team, people)}
}

// teamFor is a team as the library has its people.
func teamFor(task string, ids []string, people map[string]Officer) []Member {
	team := make([]Member, len(ids))
	for i, id := range ids {
		team[i] = memberOf(task, people[id], i+1)
	}
	return team
}

// taskFor is a new task about a target.
func taskFor(x Candidate) Task {
	return Task{ID: db.NewID(), TargetID: x.ID, TargetName: x.Name, TargetKind: x.Kind, Level: x.Level, Ownership: x.Ownership, Credit: x.Credit, Licence: x.Licence,
		UnitID: x.UnitID, Path: x.Path, State: Pending}
}

func memberOf(task string, x Officer, number int) Member {
	return Member{TaskID: task, OfficerID: x.ID, StaffID: x.StaffID, Name: x.Name, CertNo: x.CertNo, Agency: x.Agency, Number: number}
}

var aTask = i18n.T("检查任务", "task")

func taskByID(r db.Reader, id string) (Task, error) {
	return db.Find[Task](r, aTask, selectTasks+` where id = $1`, id)
}

// seeTasks adds the conditions under which the actor may know of a task: whoever
// may read where it is ordered sees it at once; others only once it has a result that
// they may be told of, so that nobody hears of an inspection before it comes.
func seeTasks(ctx context.Context, w *db.Where) {
	paths := authz.From(ctx).Paths(Read)
	w.AndAny(
		func(w *db.Where) { org.Within(w, "owner_path", paths) },
		func(w *db.Where) {
			w.And(hasResult + ` and not ` + hushed("inspection_task"))
			org.Within(w, "path", paths)
		},
	)
}

// inTeam reports whether the actor inspects a task.
func inTeam(ctx context.Context, r db.Reader, task string) (bool, error) {
	me := authz.From(ctx).ID
	if me == "" {
		return false, nil
	}
	n, err := db.Value[int64](r, `select count(*) from inspection_member where task_id = $1 and staff_id = $2`, task, me)
	return n > 0, err
}

// visibleTask returns a task that the actor may know of. Fault: NotFound.
func visibleTask(ctx context.Context, r db.Reader, id string) (Task, error) {
	t, err := taskByID(r, id)
	if err != nil {
		return t, err
	}
	a := authz.From(ctx)
	if a.Covers(Read, t.OwnerPath) {
		return t, nil
	}
	told, err := toldOf(ctx, r, id)
	if err != nil || told {
		return t, err
	}
	mine, err := inTeam(ctx, r, id)
	if err == nil && (!mine || !a.Can(Visit)) {
		err = fault.Missing(aTask)
	}
	return t, err
}

// toldOf reports whether a task is in the lists of the actor.
func toldOf(ctx context.Context, r db.Reader, id string) (bool, error) {
	var w db.Where
	w.And("id = ?", id)
	seeTasks(ctx, &w)
	n, err := db.Value[int64](r, `select count(*) from inspection_task `+w.String(), w.Args()...)
	return n > 0, err
}

// WhereFound returns the task in which a problem was found, and its number, to
// who may know of it. Fault: NotFound.
func WhereFound(ctx context.Context, r db.Reader, problem string) (id, number string, err error) {
	found, err := db.Values[string](r, `select task_id from inspection_problem where id = $1`, problem)
	if err == nil && len(found) == 0 {
		err = fault.Missing(aTask)
	}
	if err != nil {
		return "", "", err
	}
	t, err := visibleTask(ctx, r, found[0])
	return t.ID, t.Number, err
}

// TaskDetail is a task with its team, what it found and what became of it.
type TaskDetail struct {
	Task
	org.Life
	Team     []Member                  `json:"team"`
	Problems []Problem                 `json:"problems"`
	Clues    int                       `json:"clues" doc:"How many matters of integrity became clues; 0 for who was inspected."`
	SentBack []SentBack                `json:"sent_back" doc:"Earlier results, the latest first, for who inspects and who orders it."`
	ItemList []Item                    `json:"item_list"`
	Can      []flow.Label[flow.Action] `json:"can"`
	Late     bool                      `json:"late" doc:"The result is not public in time."`
}

// GetTask returns a task. Fault: NotFound.
func (s *Service) GetTask(ctx context.Context, in org.ByID) (TaskDetail, error) {
	return read(ctx, s, func(r db.Reader) (TaskDetail, error) {
		t, err := visibleTask(ctx, r, in.ID)
		if err != nil {
			return TaskDetail{}, err
		}
		return s.taskDetail(ctx, r, t)
	})
}

func (s *Service) taskDetail(ctx context.Context, r db.Reader, t Task) (out TaskDetail, err error) {
	out.Task, out.Late = t, t.late(s.now())
	err = fault.First(
		func() (err error) { out.Team, err = teamOf(r, t.ID); return err },
		func() (err error) { out.Problems, out.Clues, err = toldProblems(ctx, r, t); return err },
		func() (err error) { out.SentBack, err = earlierResults(ctx, r, t); return err },
		func() (err error) { out.ItemList, err = itemsByID(r, t.Items); return err },
		func() (err error) { out.Life, err = org.LifeOf(r, trail.Record{Kind: ofTask, ID: t.ID}); return err },
		func() error {
			has, guards, err := s.hands(ctx, r, t)
			out.Can = taskLife().Actions(t.State, has, guards...)
			return err
		},
	)
	return out, err
}

func itemsByID(r db.Reader, ids []string) ([]Item, error) {
	all, err := readMany(r, `select `+itemColumns+` from inspection_item `, ids, func(x Item) string { return x.ID })
	out := []Item{}
	for _, id := range ids {
		if x, ok := all[id]; ok {
			out = append(out, x)
		}
	}
	return out, err
}

// open reports whether a task is still to be inspected.
func (t Task) open() bool { return t.State == Pending || t.State == Running }

// late reports whether the result should be public and is not.
func (t Task) late(now time.Time) bool { return t.State == Concluded && now.After(t.PublishDueAt) }

// holds are the guards that hold for a task when somebody acts.
func (t Task) holds(who string, e earlier) (guards []flow.Guard) {
	if t.CheckedBy == "" {
		guards = append(guards, unchecked)
	}
	if t.answered(who, e) {
		guards = append(guards, twoPeople)
	}
	if !e.found && len(e.aside) == 0 {
		guards = append(guards, nothingNamed)
	}
	if t.DrawID != "" {
		guards = append(guards, fromDraw)
	}
	return guards
}

// hands tells what the actor may do with a task: what the role allows where it is
// ordered, and, of those who inspect, what a visit needs. Who inspects enters the
// result; for a team without accounts the office does. A visit is of the team alone.
func (s *Service) hands(ctx context.Context, r db.Reader, t Task) (func(authz.Permission) bool, []flow.Guard, error) {
	mine, err := inTeam(ctx, r, t.ID)
	if err != nil {
		return nil, nil, err
	}
	e, err := earlierOf(r, t.ID)
	a := authz.From(ctx)
	guards := t.holds(a.ID, e)
	if mine {
		guards = append(guards, ofTeam)
	}
	if t.Kind != Monitor || a.Covers(Manage, t.OwnerPath) {
		guards = append(guards, mayJudge)
	}
	return func(p authz.Permission) bool {
		if p == Visit {
			return a.Can(Visit) && (mine || a.Covers(Manage, t.OwnerPath))
		}
		return a.Covers(p, t.OwnerPath)
	}, guards, err
}

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
}

const taskColumns = `id, number, kind, round, plan_id, batch_id, draw_id, campaign_id, look_back_of, target_id, target_name, target_kind, level, ownership, credit, licence, unit_id,
	path, owner_path, items, state, reason, created_by, created_at, due_at, started_at, inspected_at, conclusion, violation, note, opinion_no, concluded_by, concluded_at,
	checked_by, checked_at, publish_due_at, published_by, published_at, alarmed_at, replaced_by`

func (t Task) values() []any {
	return []any{t.ID, t.Number, t.Kind, t.Round, t.PlanID, t.BatchID, t.DrawID, t.CampaignID, t.LookBackOf, t.TargetID, t.TargetName, t.TargetKind, t.Level, t.Ownership, t.Credit, t.Licence, t.UnitID,
		t.Path, t.OwnerPath, t.Items, t.State, t.Reason, t.CreatedBy, t.CreatedAt, t.DueAt, t.StartedAt, t.InspectedAt, t.Conclusion, t.Violation, t.Note, t.OpinionNo, t.ConcludedBy, t.ConcludedAt,
		t.CheckedBy, t.CheckedAt, t.PublishDueAt, t.PublishedBy, t.PublishedAt, t.AlarmedAt, t.ReplacedBy}
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
	ids, rows, members := make([]string, len(all)), make([][]any, len(all)), [][]any{}
	for i, t := range all {
		ids[i], rows[i] = t.ID, t.values()
		for _, m := range t.team {
			members = append(members, m.values())
		}
	}
	return fault.First(
		func() error { return tx.Changing("inspection_task", ids...) },
		func() error { return tx.Changing("inspection_member", ids...) },
		func() error { return db.InsertMany(tx, "inspection_task", taskColumns, rows) },
		func() error { return db.InsertMany(tx, "inspection_member", memberColumns, members) },
		func() error {
			return s.Trail.AddMany(ctx, tx, ofTask, ids, trail.Step{Act: string(a), Became: string(Pending), Reason: reason})
		},
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
		if all[i].Number, err = s.number(ctx, "JC", d.District()); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// plannedFor is the task of a target that was drawn, without its number.
func (s *Service) plannedFor(ctx context.Context, d Drawing, target Candidate, team []string, people map[string]Officer) planned {
	t := taskFor(target)
	t.Kind, t.PlanID, t.BatchID, t.DrawID, t.CampaignID, t.OwnerPath = d.Kind, d.PlanID, d.BatchID, d.ID, d.CampaignID, d.Path
	t.Items, t.DueAt, t.CreatedBy, t.CreatedAt = orNone(d.Scope.Items), endOf(d.Scope.DueOn), authz.From(ctx).ID, s.now()
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

// AssignInput is an inspection that nobody draws.
type AssignInput struct {
	Kind       string   `json:"kind" maxLength:"20"`
	Round      int      `json:"round,omitempty" minimum:"0" maximum:"999" doc:"Which round, of special rounds."`
	Region     string   `json:"region" maxLength:"6" doc:"Whose inspection it is."`
	TargetID   string   `json:"target_id" maxLength:"64"`
	Officers   []string `json:"officers" maxItems:"20" doc:"The leading one first."`
	Items      []string `json:"items,omitempty" maxItems:"200"`
	CampaignID string   `json:"campaign_id,omitempty" maxLength:"64"`
	LookBackOf string   `json:"look_back_of,omitempty" maxLength:"64" doc:"Task that is looked back at."`
	DueOn      string   `json:"due_on" maxLength:"10"`
	Reason     string   `json:"reason" maxLength:"500"`
}

func (in AssignInput) check(now time.Time) (due time.Time, err error) {
	if due, err = clock.ParseDay("due_on", in.DueOn); err != nil {
		return due, err
	}
	var bad fault.Fields
	oneOf(&bad, "kind", in.Kind, kinds())
	bad.Refuse(Kind(in.Kind) == DoubleRandom, "kind", i18n.T("双随机检查的对象和人员只能抽取，不能指派", "a double-random inspection is drawn and cannot be assigned"))
	bad.Refuse(Kind(in.Kind) == Special && in.Round < 1, "round", i18n.T("请填写第几轮专项督查", "say which round it is"))
	bad.Refuse(Kind(in.Kind) == LookBack && in.LookBackOf == "", "look_back_of", i18n.T("请选择要回头看的检查任务", "say which inspection is looked back at"))
	bad.Refuse(len(in.Officers) < teamSize, "officers", i18n.T("检查人员不得少于两人", "at least two inspectors go together"))
	for i, id := range in.Officers {
		bad.Refuse(slices.Contains(in.Officers[:i], id), fmt.Sprintf("officers[%d]", i), i18n.T("检查人员重复", "the same inspector twice"))
	}
	bad.Refuse(due.Before(clock.Day(now)), "due_on", i18n.T("检查期限不能早于今天", "the inspection cannot end before today"))
	bad.Refuse(strings.TrimSpace(in.Reason) == "", "reason", i18n.T("请写明检查缘由", "say why it is inspected"))
	return due, bad.Err()
}

// Assign has a target inspected, for a reason. Faults: Invalid, also for an
// inspector who is recused from it or without a valid certificate; NotFound;
// Forbidden.
func (s *Service) Assign(ctx context.Context, in org.Posted[AssignInput]) (TaskDetail, error) {
	b := in.Body
	due, err := b.check(s.now())
	if err != nil {
		return TaskDetail{}, err
	}
	number, err := s.taskNumber(ctx, b.Region)
	if err != nil {
		return TaskDetail{}, err
	}
	return write(ctx, s, func(tx *db.Tx) (out TaskDetail, err error) {
		region, err := org.RegionByCode(tx.Reader, b.Region)
		if err != nil {
			return out, err
		}
		target, err := visibleTarget(ctx, tx.Reader, b.TargetID, Manage)
		if err != nil {
			return out, err
		}
		t := taskFor(target)
		if t.State, err = taskLife().Move("", doAssign, may(ctx, region.Path)); err != nil {
			return out, err
		}
		t.Number, t.Kind, t.Round, t.OwnerPath, t.CampaignID, t.LookBackOf = number, Kind(b.Kind), b.Round, region.Path, b.CampaignID, b.LookBackOf
		t.Items, t.DueAt, t.Reason, t.CreatedBy, t.CreatedAt = orNone(b.Items), endOf(due), strings.TrimSpace(b.Reason), authz.From(ctx).ID, s.now()
		if t.Kind == LookBack {
			if err := looksBack(ctx, tx.Reader, t); err != nil {
				return out, err
			}
		}
		team, err := s.fit(ctx, tx.Reader, t, b.Officers)
		if err != nil {
			return out, err
		}
		if err := s.addTasks(ctx, tx, doAssign, t.Reason, []planned{{t, team}}); err != nil {
			return out, err
		}
		return s.taskDetail(ctx, tx.Reader, t)
	})
}

// taskNumber is the next number of a region that exists; another is refused
// later.
func (s *Service) taskNumber(ctx context.Context, region string) (string, error) {
	if err := s.DB.Look(ctx, func(r db.Reader) error { _, err := org.RegionByCode(r, region); return err }); err != nil {
		return "", err
	}
	return s.number(ctx, "JC", region)
}

// looksBack refuses to look back at what has no result, or at somebody else.
func looksBack(ctx context.Context, r db.Reader, t Task) error {
	was, err := visibleTask(ctx, r, t.LookBackOf)
	if err != nil {
		return err
	}
	if was.TargetID != t.TargetID || was.Conclusion == "" {
		return fault.Field("look_back_of", i18n.T("只能对同一对象已有结果的检查回头看", "only an inspection of the same target that has a result can be looked back at"))
	}
	return nil
}

// fit returns inspectors as a team, and refuses those who may not inspect the
// target.
func (s *Service) fit(ctx context.Context, r db.Reader, t Task, ids []string) ([]Member, error) {
	people, err := officersByID(r, ids)
	if err != nil {
		return nil, err
	}
	out, err := recusedFrom(r, t.TargetID, s.now())
	if err != nil {
		return nil, err
	}
	var bad fault.Fields
	team := make([]Member, len(ids))
	for i, id := range ids {
		x, known := people[id]
		at := fmt.Sprintf("officers[%d]", i)
		bad.Refuse(!known || !authz.From(ctx).Covers(Read, x.Path), at, i18n.T("检查人员名录库中没有此人", "nobody of the library of inspectors"))
		bad.Refuse(known && !x.Active, at, i18n.T("%s 已停用：%s", "%s is not active: %s"), x.Name, x.Reason)
		bad.Refuse(known && !x.certified(s.now()), at, i18n.T("%s 的执法证已过期", "the certificate of %s has run out"), x.Name)
		bad.Refuse(out[id], at, i18n.T("%s 应当回避该检查对象", "%s is recused from this target"), x.Name)
		team[i] = memberOf(t.ID, x, i+1)
	}
	return team, bad.Err()
}

var aTask = i18n.T("检查任务", "task")

func taskByID(r db.Reader, id string) (Task, error) {
	return db.Find[Task](r, aTask, `select `+taskColumns+` from inspection_task where id = $1`, id)
}

// seeTasks adds the conditions under which the actor may know of a task: whoever
// may read where it is ordered sees it at once; others only once it has a result,
// so that nobody hears of an inspection before it comes.
func seeTasks(ctx context.Context, w *db.Where) {
	paths := authz.From(ctx).Paths(Read)
	var mine, done db.Where
	org.Within(&mine, "owner_path", paths)
	org.Within(&done, "path", paths)
	if mine.String() == "" { // the whole tree
		return
	}
	w.And("("+strings.TrimPrefix(unnumbered(&mine), "where ")+" or state in ('concluded', 'published') and "+strings.TrimPrefix(unnumbered(&done), "where ")+")", append(mine.Args(), done.Args()...)...)
}

// unnumbered is the text of conditions with ? for each argument again.
func unnumbered(w *db.Where) string {
	text := w.String()
	for i := len(w.Args()); i > 0; i-- {
		text = strings.ReplaceAll(text, fmt.Sprintf("$%d", i), "?")
	}
	return text
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
	if a.Covers(Read, t.OwnerPath) || a.Covers(Read, t.Path) && (t.State == Concluded || t.State == Published) {
		return t, nil
	}
	mine, err := inTeam(ctx, r, id)
	if err == nil && (!mine || !a.Can(Visit)) {
		err = fault.Missing(aTask)
	}
	return t, err
}

// TaskDetail is a task with its team, what it found and what became of it.
type TaskDetail struct {
	Task
	Team     []Member                  `json:"team"`
	Problems []Problem                 `json:"problems"`
	ItemList []Item                    `json:"item_list"`
	Names    map[string]string         `json:"names" doc:"Of the members of staff who took steps."`
	Can      []flow.Label[flow.Action] `json:"can"`
	Late     bool                      `json:"late" doc:"The result is not public in time."`
	Events   []trail.Event             `json:"events"`
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
		func() (err error) { out.Problems, err = problemsOf(r, t.ID); return err },
		func() (err error) { out.ItemList, err = itemsByID(r, t.Items); return err },
		func() (err error) { out.Events, err = trail.Of(r, trail.Record{Kind: ofTask, ID: t.ID}); return err },
		func() (err error) { out.Names, err = org.StaffNames(r, actors(out.Events)); return err },
		func() error {
			has, err := s.hands(ctx, r, t)
			out.Can = taskLife().Actions(t.State, has, t.holds(authz.From(ctx).ID)...)
			return err
		},
	)
	return out, err
}

func actors(events []trail.Event) (ids []string) {
	for _, e := range events {
		ids = append(ids, e.Actor)
	}
	return ids
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

// late reports whether the result should be public and is not.
func (t Task) late(now time.Time) bool { return t.State == Concluded && now.After(t.PublishDueAt) }

// holds are the guards that hold for a task when somebody acts.
func (t Task) holds(who string) (guards []flow.Guard) {
	if t.CheckedBy == "" {
		guards = append(guards, unchecked)
	}
	if !t.Violation || t.CheckedBy != "" && t.CheckedBy != t.ConcludedBy || who != t.ConcludedBy {
		guards = append(guards, twoPeople)
	}
	if t.DrawID != "" {
		guards = append(guards, fromDraw)
	}
	return guards
}

// hands tells what the actor may do with a task: what the role allows where it is
// ordered, and, of those who inspect, what a visit needs. Who inspects enters the
// result; for a team without accounts the office does.
func (s *Service) hands(ctx context.Context, r db.Reader, t Task) (func(authz.Permission) bool, error) {
	mine, err := inTeam(ctx, r, t.ID)
	a := authz.From(ctx)
	return func(p authz.Permission) bool {
		if p == Visit {
			return a.Can(Visit) && (mine || a.Covers(Manage, t.OwnerPath))
		}
		return a.Covers(p, t.OwnerPath)
	}, err
}

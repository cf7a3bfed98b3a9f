package inspection

import (
	"context"
	"fmt"
	"iter"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// TaskFilter chooses tasks.
type TaskFilter struct {
	Box        string    `query:"box" enum:"all,open,late,overdue,unchecked" default:"all" doc:"open: not inspected yet. overdue: past the last day and not inspected. unchecked: a violation, or a result in place of one, that nobody has confirmed. late: the result should be public."`
	State      string    `query:"state" enum:"pending,running,concluded,published,unable,replaced"`
	Kind       string    `query:"kind" enum:"double_random,surprise,cross,special,hospital_tour,third_party,monitor,look_back"`
	Conclusion string    `query:"conclusion" enum:"clean,corrected,filed,shut,cancelled,unreachable,refused"`
	Plan       string    `query:"plan" maxLength:"64"`
	Draw       string    `query:"draw" maxLength:"64"`
	Campaign   string    `query:"campaign" maxLength:"64"`
	Below      string    `query:"below" maxLength:"64" doc:"Code of a region or identifier of a unit: only what is inspected there."`
	From       time.Time `query:"from" doc:"Given at or after."`
	To         time.Time `query:"to" doc:"Given before."`
	Q          string    `query:"q" maxLength:"100" doc:"Part of target or number."`
}

// ListTasksInput asks for a page of tasks.
type ListTasksInput struct {
	list.Query
	TaskFilter
	Count bool `query:"count" doc:"Count them as well, up to a thousand."`
}

// TaskRow is a task in a list.
type TaskRow struct {
	Task
	Team    []string `json:"team" db:"-" doc:"Names, the leading one first."`
	Late    bool     `json:"late" db:"-" doc:"The result should be public."`
	Overdue bool     `json:"overdue" db:"-" doc:"Not inspected by the last day."`
}

func (s *Service) narrowTasks(f TaskFilter) narrowing {
	return func(ctx context.Context, r db.Reader, w *db.Where) error {
		seeTasks(ctx, w)
		return s.chooseTasks(r, w, f)
	}
}

// chooseTasks adds the filters.
func (s *Service) chooseTasks(r db.Reader, w *db.Where, f TaskFilter) error {
	for column, value := range map[string]string{"state": f.State, "kind": f.Kind, "conclusion": f.Conclusion, "plan_id": f.Plan, "draw_id": f.Draw, "campaign_id": f.Campaign} {
		w.AndIf(value != "", column+" = ?", value)
	}
	switch f.Box {
	case "open":
		w.And("state in ('pending', 'running')")
	case "overdue":
		w.And("state in ('pending', 'running') and due_at <= ?", s.now())
	case "late":
		w.And("state = 'concluded' and publish_due_at <= ?", s.now())
	case "unchecked":
		w.And(`state = 'concluded' and checked_by = '' and ` + wantsTwo)
	}
	w.AndIf(!f.From.IsZero(), "created_at >= ?", f.From)
	w.AndIf(!f.To.IsZero(), "created_at < ?", f.To)
	org.Contains(w, f.Q, "target_name", "number")
	if f.Below == "" {
		return nil
	}
	path, err := org.PathOf(r, f.Below)
	org.Within(w, "path", []string{path})
	return err
}

// rows adds the teams to tasks.
func (s *Service) rows(r db.Reader, tasks []Task) ([]TaskRow, error) {
	ids, at := make([]string, len(tasks)), map[string]int{}
	rows := make([]TaskRow, len(tasks))
	now := s.now()
	for i, t := range tasks {
		ids[i], at[t.ID] = t.ID, i
		rows[i] = TaskRow{Task: t, Team: []string{}, Late: t.late(now), Overdue: t.open() && !now.Before(t.DueAt)}
	}
	var w db.Where
	w.AndIn("task_id", ids)
	members, err := db.All[Member](r, `select `+memberColumns+` from inspection_member `+w.String()+` order by task_id, number`, w.Args()...)
	for _, m := range members {
		rows[at[m.TaskID]].Team = append(rows[at[m.TaskID]].Team, m.Name)
	}
	return rows, err
}

func newestTask() list.Order[Task] {
	return list.Down("created_at", "id", func(t Task) list.Key { return list.At(t.CreatedAt, t.ID) })
}

// ListTasks lists the tasks that the actor may know of, the latest first.
func (s *Service) ListTasks(ctx context.Context, in ListTasksInput) (list.Page[TaskRow], error) {
	return read(ctx, s, func(r db.Reader) (out list.Page[TaskRow], err error) {
		narrow := s.narrowTasks(in.TaskFilter)
		page, err := pageOf(ctx, r, in.Query, newestTask(), narrow, selectTasks)
		if err != nil {
			return out, err
		}
		out.Next = page.Next
		if out.Items, err = s.rows(r, page.Items); err != nil || !in.Count {
			return out, err
		}
		out.Count, err = countTasks(ctx, r, narrow)
		return out, err
	})
}

// MyTasksInput asks for a page of the actor's own tasks.
type MyTasksInput struct {
	list.Query
	All bool `query:"all" doc:"Those that are over too."`
}

// farthest is later than any day on which something is due, in milliseconds.
const farthest = 1 << 52

// soonestTask is the order of what somebody has to do: the open tasks, those due first
// in front, and then those that are over, the last due first.
func soonestTask() list.Order[Task] {
	soonest := fmt.Sprintf(`case when state in ('pending', 'running') then due_at else %d - due_at end`, farthest)
	return list.Up(soonest, "id", func(t Task) list.Key {
		if t.open() {
			return list.At(t.DueAt, t.ID)
		}
		return list.Nth(farthest-int(t.DueAt.UnixMilli()), t.ID)
	})
}

// MyTasks lists the tasks whose team the actor is in, the soonest due first, and those
// that are over after them.
func (s *Service) MyTasks(ctx context.Context, in MyTasksInput) (list.Page[TaskRow], error) {
	return read(ctx, s, func(r db.Reader) (out list.Page[TaskRow], err error) {
		page, err := pageOf(ctx, r, in.Query, soonestTask(), in.narrow, selectTasks)
		if err != nil {
			return out, err
		}
		out.Next = page.Next
		out.Items, err = s.rows(r, page.Items)
		return out, err
	})
}

func (in MyTasksInput) narrow(ctx context.Context, _ db.Reader, w *db.Where) error {
	w.And("id in (select task_id from inspection_member where staff_id <> '' and staff_id = ?)", authz.From(ctx).ID)
	w.AndIf(!in.All, "state in ('pending', 'running')")
	return nil
}

// ExportTasksInput chooses the tasks of a file.
type ExportTasksInput struct {
	export.Query
	TaskFilter
}

// ExportTasks writes tasks with their results, in the columns of the form of
// results (domain 5.1).
func (s *Service) ExportTasks(ctx context.Context, in ExportTasksInput) (httpapi.File, error) {
	var names []export.Column
	for _, h := range []i18n.Text{i18n.T("任务号", "Number"), i18n.T("检查方式", "Kind"), i18n.T("检查对象", "Target"), i18n.T("许可证号", "Licence"), i18n.T("抽查信用等级", "Inspection class"),
		i18n.T("检查人员（证号）", "Inspectors (certificates)"), i18n.T("状态", "State"), i18n.T("结论", "Conclusion"), i18n.T("问题", "Problems"), i18n.T("监督意见书号", "Opinion")} {
		names = append(names, export.Column{Header: h, Width: 20})
	}
	for _, h := range []i18n.Text{i18n.T("检查时间", "Inspected at"), i18n.T("公示日期", "Published at")} {
		names = append(names, export.Column{Header: h, Kind: export.Moment})
	}
	type row struct {
		Task
		People string
		Found  string
	}
	var w db.Where
	if err := s.DB.Look(ctx, func(r db.Reader) error { return s.narrowTasks(in.TaskFilter)(ctx, r, &w) }); err != nil {
		return httpapi.File{}, err
	}
	rows := export.Rows(ctx, s.DB, func(r db.Reader) iter.Seq2[row, error] {
		return db.Each[row](r, `select `+taskColumns+`, coalesce((select string_agg(m.name || case m.cert_no when '' then '' else '（' || m.cert_no || '）' end, '、' order by m.number)
				from inspection_member m where m.task_id = inspection_task.id), '') as people,
			coalesce((select string_agg(p.text, '；' order by p.number) from inspection_problem p where p.task_id = inspection_task.id and `+ordinary("p.category")+`), '') as found from inspection_task `+w.String()+` order by created_at, id`, w.Args()...)
	}, func(t row) []any {
		conclusion := i18n.Text{}
		if t.Conclusion != "" {
			conclusion = nameOf(conclusions(), string(t.Conclusion))
		}
		return []any{t.Number, nameOf(kinds(), string(t.Kind)).Here(ctx), t.TargetName, t.Licence, t.Credit, t.People, taskLife().Text(t.State).Here(ctx), conclusion.Here(ctx), t.Found, t.OpinionNo, t.InspectedAt, t.PublishedAt}
	})
	return export.File(ctx, in.Format, export.Table{Name: i18n.T("检查任务", "inspections"), Columns: names, Rows: rows}), nil
}

package inspection

import (
	"context"
	"errors"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/verify"
)

// checks are what must hold whoever wrote it.
func (s *Service) checks() []verify.Check {
	return []verify.Check{
		{Name: "draws give what is stored of them", Run: s.checkDraws},
		{Name: "tasks of draws are those that were drawn", Run: checkDrawn},
		{Name: "inspections stand where their steps led, and two people answer for a violation, also for one that is named no more", Run: checkTasks},
		{Name: "visits are whole: numbered one after the other, signed by two, with their answers", Run: checkVisits},
	}
}

// checkDraws makes each draw again; of one that was not made it looks at the list, and
// whether the secret of the program is the one that it committed to.
func (s *Service) checkDraws(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	ids, err := db.Values[string](r, `select id from inspection_draw order by id`)
	for _, id := range ids {
		d, err := db.One[Drawing](r, `select `+drawColumns+` from inspection_draw where id = $1`, id)
		if err != nil {
			return n, err
		}
		if err := s.checkDraw(r, d); err != nil {
			report("draw %s: %v", d.Number, err)
		}
		n++
	}
	return n, err
}

// checkDraw says what is wrong with a draw.
func (s *Service) checkDraw(r db.Reader, d Drawing) error {
	if d.State == Made || d.State == DrawPublished {
		rec, err := recordOf(r, d)
		if err != nil {
			return err
		}
		return rec.Verify()
	}
	x, err := lotOf(r, d.ID)
	if err != nil {
		return err
	}
	if x.List.Hash() != d.ListHash {
		return errors.New("the list is not that of the hash")
	}
	ws, err := witnessesOf(r, d.ID)
	if err == nil {
		_, err = s.opened(r, ws)
	}
	return err
}

// checkDrawn compares the open tasks of a draw with its result.
func checkDrawn(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	draws, err := db.All[struct{ ID, Number string }](r, `select id, number from inspection_draw where what = 'targets' and state in ('made', 'published') order by id`)
	for _, d := range draws {
		if err := checkTasksOf(r, d.ID, func(said string, args ...any) { report("draw "+d.Number+" "+said, args...) }); err != nil {
			return 0, err
		}
	}
	return len(draws), err
}

// checkTasksOf compares the tasks of a draw with what it took: each target, and who
// inspects it.
func checkTasksOf(r db.Reader, draw string, report func(string, ...any)) error {
	x, err := lotOf(r, draw)
	if err != nil {
		return err
	}
	took := make(map[string][]string, len(x.Result))
	for _, one := range x.Result {
		took[one.Target] = one.Inspectors
	}
	tasks, err := db.All[struct{ ID, Number, TargetID string }](r, `select id, number, target_id from inspection_task where draw_id = $1 and state <> 'replaced' order by id`, draw)
	if err != nil {
		return err
	}
	teams, err := teamsOf(r, draw)
	for _, t := range tasks {
		team, drawn := took[t.TargetID]
		switch {
		case !drawn:
			report("did not take what task %s inspects", t.Number)
		case !slices.Equal(team, teams[t.ID]):
			report("took others to inspect than task %s has", t.Number)
		}
		delete(took, t.TargetID)
	}
	if len(took) > 0 {
		report("took %d targets that have no task", len(took))
	}
	return err
}

// teamsOf are the inspectors of the tasks of a draw, the leading one first.
func teamsOf(r db.Reader, draw string) (map[string][]string, error) {
	members, err := db.All[struct{ TaskID, OfficerID string }](r, `select m.task_id, m.officer_id from inspection_member m join inspection_task t on t.id = m.task_id
		where t.draw_id = $1 order by m.task_id, m.number`, draw)
	teams := map[string][]string{}
	for _, m := range members {
		teams[m.TaskID] = append(teams[m.TaskID], m.OfficerID)
	}
	return teams, err
}

// earlierOfAll is what was named before the result of each task.
func earlierOfAll(r db.Reader) (map[string]earlier, error) {
	all := map[string]earlier{}
	found, err := db.Values[string](r, `select distinct task_id from inspection_visit where problems <> '[]'`)
	if err != nil {
		return nil, err
	}
	for _, id := range found {
		all[id] = earlier{found: true}
	}
	aside, err := db.All[struct{ TaskID, ByStaff string }](r, putAside)
	for _, x := range aside {
		e := all[x.TaskID]
		e.aside = append(e.aside, x.ByStaff)
		all[x.TaskID] = e
	}
	return all, err
}

func checkTasks(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	states, err := db.All[struct{ Record, Became string }](r, `select record, became from trail where kind = $1 and id in (select max(id) from trail where kind = $1 group by record)`, ofTask)
	if err != nil {
		return 0, err
	}
	stands := make(map[string]string, len(states))
	for _, x := range states {
		stands[x.Record] = x.Became
	}
	before, err := earlierOfAll(r)
	if err != nil {
		return 0, err
	}
	for t, err := range db.Each[Task](r, selectTasks+` order by id`) {
		if err != nil {
			return n, err
		}
		n++
		if stands[t.ID] != string(t.State) {
			report("task %s is in state %s, its steps led to %s", t.Number, t.State, stands[t.ID])
		}
		if t.State == Published && (t.Violation && t.CheckedBy == "" || !t.answered(t.PublishedBy, before[t.ID])) {
			report("task %s names a violation, or did before, and one person alone published it", t.Number)
		}
		if (t.Conclusion == "") != t.ConcludedAt.IsZero() || t.Violation != t.Conclusion.violates() {
			report("task %s has a conclusion that does not fit", t.Number)
		}
	}
	return n, nil
}

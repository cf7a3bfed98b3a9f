package inspection

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

const jobAlarm = "inspection.alarm"

// mostAlarms is how many tasks one run tells about below one node; the next takes the
// rest.
const mostAlarms = 500

// late is the condition that a result should be public and nobody was told yet.
const late = "state = 'concluded' and publish_due_at <= $1 and alarmed_at is null"

// alarm tells those who answer for it of results that should be public and are
// not, once each. What nobody answers for waits until somebody does.
func (s *Service) alarm(ctx context.Context, _ struct{}) error {
	if s.Tell == nil {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		owners, err := db.Values[string](tx.Reader, `select distinct owner_path from inspection_task where `+late+` order by owner_path`, s.now())
		for i := 0; err == nil && i < len(owners); i++ {
			err = s.alarmAt(tx, owners[i])
		}
		return err
	})
}

// answerable are the roles that are told of a late result.
func answerable() []string { return []string{"campaign", "director"} }

// alarmAt tells of the late results of tasks that are ordered at a node.
func (s *Service) alarmAt(tx *db.Tx, owner string) error {
	people, err := org.HoldersOf(tx.Reader, owner, answerable()...)
	if err != nil || len(people) == 0 {
		return err
	}
	to := make([]string, len(people))
	for i, p := range people {
		to[i] = p.ID
	}
	tasks, err := db.All[Task](tx.Reader, selectTasks+` where `+late+` and owner_path = $2 order by publish_due_at limit $3`, s.now(), owner, mostAlarms)
	for i := 0; err == nil && i < len(tasks); i++ {
		t := tasks[i]
		t.AlarmedAt = s.now()
		text := i18n.T("检查任务 %s（%s）的结果超过公示时限", "the result of inspection %s (%s) is not public in time").With(t.Number, t.TargetName)
		err = fault.First(
			func() error { return s.Tell(tx, to, "inspection.late", text, "/inspection/tasks/"+t.ID) },
			func() error { return saveTask(tx, t) },
		)
	}
	return err
}

package inspection

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

const jobAlarm = "inspection.alarm"

// mostAlarms is how many tasks one run tells about; the next takes the rest.
const mostAlarms = 500

// alarm tells those who answer for it of results that should be public and are
// not, once each.
func (s *Service) alarm(ctx context.Context, _ struct{}) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		late, err := db.All[Task](tx.Reader, `select `+taskColumns+` from inspection_task where state = 'concluded' and publish_due_at <= $1 and alarmed_at is null order by publish_due_at limit $2`, s.now(), mostAlarms)
		if err != nil {
			return err
		}
		for _, t := range late {
			if err := s.tellLate(tx, t); err != nil {
				return err
			}
			t.AlarmedAt = s.now()
			if err := saveTask(tx, t); err != nil {
				return err
			}
		}
		return nil
	})
}

// answerable are the roles that are told of a late result.
func answerable() []string { return []string{"campaign", "director"} }

func (s *Service) tellLate(tx *db.Tx, t Task) error {
	people, err := org.HoldersOf(tx.Reader, t.OwnerPath, answerable()...)
	if err != nil || len(people) == 0 || s.Tell == nil {
		return err
	}
	to := make([]string, len(people))
	for i, p := range people {
		to[i] = p.ID
	}
	text := i18n.T("检查任务 %s（%s）的结果超过公示时限", "the result of inspection %s (%s) is not public in time").With(t.Number, t.TargetName)
	return s.Tell(tx, to, "inspection.late", text, "/inspection/tasks/"+t.ID)
}

package inspection

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/list"
)

// deskNext is how many of the actor's own inspections a desk names.
const deskNext = 5

// Desk is what inspections want of the actor now.
type Desk struct {
	Counts map[string]list.Count `json:"counts" doc:"mine: given to the caller and not over; the others as the boxes of the list of tasks."`
	Next   []TaskRow             `json:"next" nullable:"false" doc:"Of mine, those due first."`
}

// Desk counts what is to be done, and was not done in time.
func (s *Service) Desk(ctx context.Context, _ struct{}) (Desk, error) {
	return read(ctx, s, func(r db.Reader) (d Desk, err error) {
		d.Counts = map[string]list.Count{}
		for name, narrow := range s.deskBoxes() {
			n, err := countTasks(ctx, r, narrow)
			if err != nil {
				return d, err
			}
			d.Counts[name] = *n
		}
		d.Next, err = s.next(ctx, r)
		return d, err
	})
}

// narrowing adds which rows a list has.
type narrowing = func(context.Context, db.Reader, *db.Where) error

func (s *Service) deskBoxes() map[string]narrowing {
	boxes := map[string]narrowing{"mine": MyTasksInput{}.narrow}
	for _, box := range []string{"open", "overdue", "unchecked", "late"} {
		boxes[box] = s.narrowTasks(TaskFilter{Box: box})
	}
	return boxes
}

// next are the inspections of the actor that are due first.
func (s *Service) next(ctx context.Context, r db.Reader) ([]TaskRow, error) {
	var w db.Where
	if err := (MyTasksInput{}).narrow(ctx, r, &w); err != nil {
		return nil, err
	}
	tasks, err := rowsOf[Task](r, selectTasks, &w, "due_at, id", deskNext)
	if err != nil {
		return nil, err
	}
	return s.rows(r, tasks)
}

// countTasks counts the tasks of a list.
func countTasks(ctx context.Context, r db.Reader, narrow narrowing) (*list.Count, error) {
	var w db.Where
	if err := narrow(ctx, r, &w); err != nil {
		return nil, err
	}
	return list.CountOf(r, "inspection_task", &w)
}

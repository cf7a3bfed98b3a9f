package casework

import (
	"fmt"

	"qingfeng/internal/kit/db"
)

// Frame is what a case has from its report, for the check that compares the two.
type Frame struct {
	ID, Number, Title, Category, Item, Class, Channel, Mode string
	Region, Path, Institution, Department, Place            string
	ReceivedAt                                              int64 // milliseconds
	Sealed                                                  bool
}

// Frames returns the frames of some cases, by case, and how many cases there are.
func Frames(r db.Reader, cases []string) (of map[string]Frame, all int64, err error) {
	of = map[string]Frame{}
	if all, err = db.Value[int64](r, `select count(*) from case_file`); err != nil || len(cases) == 0 {
		return of, all, err
	}
	var w db.Where
	w.AndIn("id", cases)
	rows, err := db.All[Frame](r, `select id, number, title, category, item, class, channel, mode, region, path, institution, department, place, received_at, sealed
		from case_file `+w.String(), w.Args()...)
	for _, f := range rows {
		of[f.ID] = f
	}
	if err != nil {
		err = fmt.Errorf("casework.Frames: %w", err)
	}
	return of, all, err
}

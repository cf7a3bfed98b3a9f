package campaign

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/trail"
)

// checkSelf compares each self-examination with its last step, and its problems
// with what was sent.
func checkSelf(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	all, err := db.All[selfCheck](r, `select `+selfRead+` from selfcheck order by id`)
	if err != nil {
		return 0, err
	}
	for _, x := range all {
		n++
		ended, err := trail.StateOf(r, x.record())
		if err != nil {
			return n, err
		}
		if ended != string(x.State) {
			report("self-examination %s is %s, its last step led to %q", x.ID, x.State, ended)
		}
		if err := checkSent(r, x, report); err != nil {
			return n, err
		}
	}
	return n, nil
}

// checkSent compares what a line holds with what was sent.
func checkSent(r db.Reader, x selfCheck, report func(string, ...any)) error {
	sent, err := db.Value[int](r, `select count(*) from selfcheck_revision where selfcheck = $1`, x.ID)
	if err != nil {
		return err
	}
	if sent != x.Revision {
		report("self-examination %s has %d revisions and says %d", x.ID, sent, x.Revision)
	}
	a, err := answersOf(r, x.ID)
	if err != nil {
		report("self-examination %s cannot be read: %v", x.ID, err)
		return nil
	}
	rows, err := db.Value[int](r, `select count(*) from selfcheck_problem where selfcheck = $1`, x.ID)
	if err == nil && rows != len(a.Problems) {
		report("self-examination %s sent %d problems and has %d", x.ID, len(a.Problems), rows)
	}
	return err
}

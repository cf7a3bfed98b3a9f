package inspection

import (
	"context"
	"errors"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
)

// purpose is what draws have in common of which one would be enough: the batch or,
// without one, the region, what is drawn, and the year.
type purpose struct {
	batch, path, of string
	year            int
}

func (d PublicDraw) purpose() purpose {
	if d.BatchID != "" {
		return purpose{batch: d.BatchID}
	}
	return purpose{path: d.Path, of: d.Of, year: d.PreparedAt.In(clock.Shanghai).Year()}
}

// Attempts counts draws that came to nothing, or have not come to anything yet.
type Attempts struct {
	Void int `json:"void"`
	Open int `json:"open"`
}

// others says of draws how many others for the same purpose are void or still to be
// drawn: whoever tries again and again does so in sight.
func others(r db.Reader, all []PublicDraw) error {
	if len(all) == 0 {
		return nil
	}
	paths := make([]string, len(all))
	for i, d := range all {
		paths[i] = d.Path
	}
	var w db.Where
	w.And("state in ('void', 'frozen', 'sealed')")
	w.AndIn("path", paths)
	unmade, err := db.All[PublicDraw](r, `select id, what, state, batch_id, path, prepared_at from inspection_draw `+w.String(), w.Args()...)
	tried := map[purpose]Attempts{}
	for _, d := range unmade {
		tried[d.purpose()] = tried[d.purpose()].with(d.State, 1)
	}
	for i, d := range all {
		all[i].Others = tried[d.purpose()].with(d.State, -1)
	}
	return err
}

// with adds n draws in a state.
func (a Attempts) with(s DrawState, n int) Attempts {
	if s == Void {
		a.Void += n
	}
	if s == Frozen || s == Sealed {
		a.Open += n
	}
	return a
}

// voiders are the guards that hold for whoever declares a draw void: of a batch not
// the one who did so the last time.
func voiders(ctx context.Context, r db.Reader, d Drawing) ([]flow.Guard, error) {
	free := []flow.Guard{anotherVoids}
	if d.BatchID == "" {
		return free, nil
	}
	last, err := db.Value[string](r, `select actor from trail where kind = $1 and act = $2 and record in (select id from inspection_draw where batch_id = $3)
		order by id desc limit 1`, ofDraw, doVoid, d.BatchID)
	if errors.Is(err, db.ErrNone) {
		return free, nil
	}
	if err == nil && last == authz.From(ctx).ID {
		free = nil
	}
	return free, err
}

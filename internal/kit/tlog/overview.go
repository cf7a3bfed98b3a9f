package tlog

import (
	"context"
	"errors"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// Overview is what people are shown of the log: only what its signatures say.
type Overview struct {
	Recent    []Checkpoint // newest first; none before the first
	Witnesses []Sighting   // of each whose signatures are taken
}

// Sighting is the newest of the recent checkpoints that a witness has signed.
type Sighting struct {
	Name string
	Size int64     // leaves in it
	At   time.Time // by the witness's clock; zero where it has signed none of them
}

// Name is that of the log, as it stands on the first line of its checkpoints.
func (l *Log) Name() string { return l.signer.name }

// Overview returns the latest checkpoints, at most so many. Each is opened by the
// log's key as anybody else would, and what does not open is not shown. Fault:
// Unavailable while the log is stopped, or where a checkpoint was altered.
func (l *Log) Overview(ctx context.Context, most int) (o Overview, err error) {
	defer fault.Wrap(&err, "tlog.Overview")
	if err := l.closed(); err != nil {
		return o, err
	}
	notes, err := l.recent(ctx, most)
	if err != nil {
		return o, err
	}
	for _, text := range notes {
		c, err := OpenCheckpoint(text, l.Key(), l.witnesses...)
		if err != nil {
			return o, errors.Join(errClosed(), errForked, err)
		}
		o.Recent = append(o.Recent, c)
	}
	for _, v := range l.witnesses {
		o.Witnesses = append(o.Witnesses, sighting(WitnessOf(v), o.Recent))
	}
	return o, nil
}

// recent returns the notes of the latest heads, newest first, with the signatures
// of witnesses: two questions, however many heads there are.
func (l *Log) recent(ctx context.Context, most int) (notes []string, err error) {
	type line struct {
		Size int64
		Line string
	}
	err = l.db.Read(ctx, func(r db.Reader) error {
		heads, err := db.All[head](r, `select size, note, at, before, link from log_checkpoint order by size desc limit $1`, most)
		if err != nil || len(heads) == 0 {
			return err
		}
		lines, err := db.All[line](r, `select size, line from log_cosignature where size >= $1 order by size, witness`, heads[len(heads)-1].Size)
		below := map[int64]string{}
		for _, x := range lines {
			below[x.Size] += x.Line
		}
		for _, h := range heads {
			notes = append(notes, h.Note+below[h.Size])
		}
		return err
	})
	return notes, err
}

// sighting is the first of some checkpoints that a witness has signed.
func sighting(w Witness, newestFirst []Checkpoint) Sighting {
	for _, c := range newestFirst {
		if at, ok := c.Seen[w]; ok {
			return Sighting{w.Name, c.Size, at}
		}
	}
	return Sighting{Name: w.Name}
}

package tlog

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
)

const selectLeaf = `select record, kind, entry, sealed_by, salt, at, coalesce(idx, -1) as idx from log_leaf `

// head is a checkpoint as it is stored.
type head struct {
	Size   int64
	Note   string
	At     time.Time
	Before int64  // size of the one that was signed before it; -1 for the first
	Link   string // signature over that
}

// checkpointFor returns the checkpoint to prove a leaf by; db.ErrNone when the
// leaf is not signed yet.
func checkpointFor(r db.Reader, index, size int64) (head, error) {
	switch {
	case size > 0:
		return db.One[head](r, `select size, note, at, before, link from log_checkpoint where size = $1 and size > $2`, size, index)
	case size == First:
		return db.One[head](r, `select size, note, at, before, link from log_checkpoint where size > $1 order by size limit 1`, index)
	}
	seen, err := db.Value[int64](r, `select size from log_cosignature where size > $1 order by size desc limit 1`, index)
	if err == nil {
		return checkpointFor(r, index, seen)
	}
	if !errors.Is(err, db.ErrNone) {
		return head{}, err
	}
	return db.One[head](r, `select size, note, at, before, link from log_checkpoint where size > $1 order by size desc limit 1`, index)
}

// cosigned returns the note of a head with the signatures of witnesses below
// the log's own.
func (h head) cosigned(r db.Reader) (string, error) {
	lines, err := db.Values[string](r, `select line from log_cosignature where size = $1 order by witness`, h.Size)
	if err != nil {
		return "", fmt.Errorf("tlog.cosigned(%d): %w", h.Size, err)
	}
	return h.Note + strings.Join(lines, ""), nil
}

// Waits returns how long the oldest leaf has waited for its place.
func (l *Log) Waits(ctx context.Context) (waits time.Duration, err error) {
	err = l.db.Look(ctx, func(r db.Reader) error {
		at, err := db.Value[int64](r, `select coalesce(min(at), 0) from log_leaf where idx is null`)
		if err == nil && at > 0 {
			waits = l.now().Sub(time.UnixMilli(at))
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("tlog.Waits: %w", err)
	}
	return max(waits, 0), nil
}

// Latest returns the latest checkpoint with the signatures of witnesses; empty
// before the first.
func (l *Log) Latest(ctx context.Context) (text string, err error) {
	err = l.db.Read(ctx, func(r db.Reader) error {
		heads, err := db.All[head](r, `select size, note, at, before, link from log_checkpoint order by size desc limit 1`)
		if err == nil && len(heads) == 1 {
			text, err = heads[0].cosigned(r)
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("tlog.Latest: %w", err)
	}
	return text, nil
}

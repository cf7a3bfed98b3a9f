package inspection

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/tlog"
)

// sealLeaf is the kind of the leaves of seals. What is committed to, and in which
// order, is part of it: a change is another kind.
const sealLeaf = "draw/v1"

// Seal is what was fixed of a draw, and when: the list, the commitment of the
// program, the time of the seed, the record. Its leaf is in the transparency log, and the salt is public, so that
// anybody can check that it was fixed then.
type Seal struct {
	ID     string    `json:"id"`
	DrawID string    `json:"-"`
	What   string    `json:"what" enum:"list,program,time,record"`
	Hash   string    `json:"hash"`
	At     time.Time `json:"at"`
	Salt   string    `json:"salt" db:"-" doc:"Of the leaf, in hexadecimal digits."`
	Leaf   int64     `json:"leaf" db:"-" doc:"Index in the log; -1 while it waits."`
}

func (x Seal) fact() tlog.Fact {
	return tlog.Fact{Record: x.ID, At: x.At, Shown: tlog.Statement{{Name: "draw", Value: x.DrawID}, {Name: "what", Value: x.What}, {Name: "hash", Value: x.Hash},
		{Name: "at", Value: strconv.FormatInt(x.At.UnixMilli(), 10)}}}
}

// seal fixes something of a draw.
func (s *Service) seal(tx *db.Tx, d Drawing, what, hash string) error {
	x := Seal{ID: db.NewID(), DrawID: d.ID, What: what, Hash: hash, At: s.now()}
	if err := tx.Add(`insert into inspection_seal (id, draw_id, what, hash, at) values ($1, $2, $3, $4, $5)`, x.ID, x.DrawID, x.What, x.Hash, x.At); err != nil {
		return err
	}
	if s.Log == nil {
		return nil
	}
	return s.Log.Append(tx, sealLeaf, x.fact())
}

// sealsOf returns the seals of a draw with what proves them.
func (s *Service) sealsOf(r db.Reader, draw string) ([]Seal, error) {
	all, err := db.All[Seal](r, `select id, draw_id, what, hash, at from inspection_seal where draw_id = $1 order by id`, draw)
	if err != nil || s.Log == nil {
		return all, err
	}
	for i := range all {
		leaf, err := tlog.LeafOf(r, sealLeaf, all[i].ID)
		if err != nil || leaf == nil {
			return all, err
		}
		salt, err := s.Log.OpenSalt(r, *leaf)
		if err != nil {
			return all, err
		}
		all[i].Salt, all[i].Leaf = hex.EncodeToString(salt), leaf.Idx
	}
	return all, nil
}

// Logged tells the log about the seals of draws.
func (s *Service) Logged() tlog.Kind {
	return tlog.Kind{Name: sealLeaf, What: "seals of draws", Facts: func(_ context.Context, r db.Reader, after string, limit int) ([]tlog.Fact, error) {
		rows, err := db.All[Seal](r, `select id, draw_id, what, hash, at from inspection_seal where id > $1 order by id limit $2`, after, limit)
		facts := make([]tlog.Fact, len(rows))
		for i, x := range rows {
			facts[i] = x.fact()
		}
		return facts, err
	}}
}

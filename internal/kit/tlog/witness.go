package tlog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Cosign takes a checkpoint that a witness has signed and keeps the signature.
// The same signature twice is kept once. Faults: Invalid for what is no note,
// NotFound for a checkpoint that this log has not made, Forbidden when no known
// witness has signed it.
func (l *Log) Cosign(ctx context.Context, text string) (err error) {
	defer fault.Wrap(&err, "tlog.Cosign")
	n, err := note.Open([]byte(text), note.VerifierList(l.witnesses...))
	if unverified, ok := errors.AsType[*note.UnverifiedNoteError](err); ok {
		if _, err := parseCheckpoint(unverified.Note.Text); err != nil {
			return err
		}
		return errStranger()
	}
	if err != nil {
		return errNoCheckpoint()
	}
	c, err := parseCheckpoint(n.Text)
	if err != nil {
		return err
	}
	var fresh []cosignature
	err = l.db.Read(ctx, func(r db.Reader) error { // whoever sends again what all can read makes nobody write
		own, err := db.Value[string](r, `select note from log_checkpoint where size = $1`, c.Size)
		if errors.Is(err, db.ErrNone) || err == nil && !strings.HasPrefix(own, n.Text+"\n") {
			return fault.New(fault.NotFound, i18n.T("本日志没有签发过这个检查点", "this log has not made this checkpoint"))
		}
		if err != nil {
			return err
		}
		have, err := db.Values[string](r, `select witness from log_cosignature where size = $1`, c.Size)
		fresh = slices.DeleteFunc(l.cosignatures(n.Sigs), func(x cosignature) bool { return slices.Contains(have, x.witness) })
		return err
	})
	if err != nil || len(fresh) == 0 {
		return err
	}
	return l.db.InAdd(ctx, func(tx *db.Tx) error {
		for _, x := range fresh {
			err := tx.Add(`insert into log_cosignature (size, witness, line, at) values ($1, $2, $3, $4) on conflict (size, witness) do nothing`, c.Size, x.witness, x.line, l.now())
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// cosignature is the line of a witness below a checkpoint.
type cosignature struct{ witness, line string }

// cosignatures are those of the known witnesses among signatures that were
// verified.
func (l *Log) cosignatures(sigs []note.Signature) (all []cosignature) {
	for _, s := range sigs {
		for i, w := range l.witnesses {
			if w.Name() == s.Name && w.KeyHash() == s.Hash {
				all = append(all, cosignature{l.vkeys[i], fmt.Sprintf("— %s %s\n", s.Name, s.Base64)})
			}
		}
	}
	return all
}

func errStranger() error {
	return fault.New(fault.Forbidden, i18n.T("没有已登记见证方的有效签名", "no valid signature of a known witness")).
		WithFix(i18n.T("见证方的公钥由运营者用 --witness 登记", "the operator registers the keys of witnesses with --witness"))
}

package inspection

import (
	"crypto/rand"
	"encoding/hex"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Program is the name under which the program itself witnesses every draw. Nobody
// else has it.
const Program = "本系统"

// HasProgram reports whether the program was a witness. Of draws that were made
// before it was one, whoever knew all secrets could foresee the result.
func (t Terms) HasProgram() bool {
	return slices.ContainsFunc(t.Witnesses, func(w Witness) bool { return w.Name == Program })
}

// WithoutProgram is what is to be said of a draw that was made without the program.
func WithoutProgram() i18n.Text {
	return i18n.T("本次抽取没有本系统作见证：当时知道全部见证人随机数的人，可以预先算出结果。", "The program was no witness of this draw: whoever knew the secrets of all witnesses could foresee the result.")
}

const (
	programSecret = 32       // bytes
	secretField   = "secret" // what the sealed secret of the program is bound to
)

// vaultKey names the key that seals the program's secret of a draw.
func vaultKey(draw string) string { return "draw/" + draw }

// programSeat makes the seat of the program, which commits at once. Its secret is
// sealed until the draw, and nothing opens its page.
func (s *Service) programSeat(tx *db.Tx, draw string, number int) (WitnessSeat, error) {
	raw := make([]byte, programSecret)
	_, _ = rand.Read(raw) // never fails
	secret := hex.EncodeToString(raw)
	_, nobodys := newToken()
	w := WitnessSeat{ID: db.NewID(), DrawID: draw, Number: number, Name: Program, Token: nobodys, Commitment: Commit(secret), CommittedAt: s.now()}
	k, err := s.Vault.Create(tx, vaultKey(draw))
	if err != nil {
		return w, err
	}
	w.Sealed, err = k.Seal(secretField, secret)
	return w, err
}

// waits reports whether a seat is that of the program, before the draw.
func (w WitnessSeat) waits() bool { return w.Sealed != "" }

// opened returns witnesses with the secret of the program. Nobody is told of it but
// by the draw that it makes. Fault: Conflict where it is not the one committed to.
func (s *Service) opened(r db.Reader, ws []WitnessSeat) ([]WitnessSeat, error) {
	ws = slices.Clone(ws)
	for i := range ws {
		w := &ws[i]
		if !w.waits() {
			continue
		}
		k, err := s.Vault.Key(r, vaultKey(w.DrawID))
		if err == nil {
			w.Secret, err = k.Open(secretField, w.Sealed)
		}
		if err != nil || Commit(w.Secret) != w.Commitment {
			return nil, fault.New(fault.Conflict, i18n.T("本系统的随机数打不开，或与公布的摘要不符，已被改动", "the secret of the program does not open, or is not the one of the published digest: it was altered")).
				WithFix(freezeAnew())
		}
		w.Sealed, w.RevealedAt = "", s.now()
	}
	return ws, nil
}

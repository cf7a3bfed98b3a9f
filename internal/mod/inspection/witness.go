package inspection

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// WitnessSeat is a witness of a draw: first the hash of a secret, then the secret.
type WitnessSeat struct {
	ID          string    `json:"id"`
	DrawID      string    `json:"-"`
	Number      int       `json:"number"`
	Name        string    `json:"name"`
	Token       string    `json:"-"` // hash of what the link carries
	Commitment  string    `json:"commitment" doc:"SHA-256 of the secret, in hexadecimal digits."`
	CommittedAt time.Time `json:"committed_at,omitzero"`
	Secret      string    `json:"secret" doc:"Empty until it is revealed."`
	RevealedAt  time.Time `json:"revealed_at,omitzero"`
	OpenedAt    time.Time `json:"opened_at,omitzero" doc:"When the link was first opened."`
	Sealed      string    `json:"-"` // the secret of the program, until the draw
	Program     bool      `json:"program" db:"-" doc:"The program itself: it reveals its secret by the draw."`
}

const witnessColumns = `id, draw_id, number, name, token, commitment, committed_at, secret, revealed_at, sealed, opened_at`

func saveWitnesses(tx *db.Tx, draw string, all []WitnessSeat) error {
	rows, keys := make([][]any, len(all)), []string{draw}
	for i, x := range all {
		rows[i] = []any{x.ID, x.DrawID, x.Number, x.Name, x.Token, x.Commitment, x.CommittedAt, x.Secret, x.RevealedAt, x.Sealed, x.OpenedAt}
	}
	return saveUnder(tx, "inspection_witness", witnessColumns, keys, rows...)
}

func witnessesOf(r db.Reader, draw string) ([]WitnessSeat, error) {
	ws, err := db.All[WitnessSeat](r, `select `+witnessColumns+` from inspection_witness where draw_id = $1 order by number`, draw)
	for i := range ws {
		ws[i].Program = ws[i].Name == Program
	}
	return ws, err
}

// revealed are the guards that hold for a draw with these witnesses. The program
// reveals by the draw.
func revealed(ws []WitnessSeat) (guards []flow.Guard) {
	if slices.IndexFunc(ws, func(w WitnessSeat) bool { return w.Secret == "" && !w.waits() }) < 0 {
		guards = append(guards, allRevealed)
	}
	return guards
}

// Seat is a draw as one of its witnesses sees it.
type Seat struct {
	Witness WitnessSeat
	Draw    Drawing
	Others  []WitnessSeat
}

var aLink = i18n.T("见证链接", "link of a witness")

// seatOf returns the seat that a link opens. Fault: NotFound.
func seatOf(r db.Reader, token string) (x Seat, err error) {
	x.Witness, err = db.Find[WitnessSeat](r, aLink, `select `+witnessColumns+` from inspection_witness where token = $1`, hashToken(strings.ToLower(strings.TrimSpace(token))))
	if err != nil {
		return x, err
	}
	x.Draw, err = db.One[Drawing](r, `select `+drawColumns+` from inspection_draw where id = $1`, x.Witness.DrawID)
	if err != nil {
		return x, err
	}
	x.Others, err = witnessesOf(r, x.Draw.ID)
	return x, err
}

// WitnessSeat returns what a witness sees by the link, and writes down when that was
// opened first. Fault: NotFound.
func (s *Service) WitnessSeat(ctx context.Context, token string) (Seat, error) {
	x, err := read(ctx, s, func(r db.Reader) (Seat, error) { return seatOf(r, token) })
	if err != nil || !x.Witness.OpenedAt.IsZero() {
		return x, err
	}
	return write(ctx, s, func(tx *db.Tx) (Seat, error) {
		x, err := seatOf(tx.Reader, token)
		if err != nil || !x.Witness.open(s.now()) {
			return x, err
		}
		return x, saveWitnesses(tx, x.Draw.ID, []WitnessSeat{x.Witness})
	})
}

// open notes that a link was opened, and reports whether that was for the first time.
func (w *WitnessSeat) open(now time.Time) bool {
	first := w.OpenedAt.IsZero()
	if first {
		w.OpenedAt = now
	}
	return first
}

var sha256Text = regexp.MustCompile(`^[0-9a-f]{64}$`)

// CommitSecret takes the hash of a witness's secret. It may not be changed: with
// the last one begins the revealing. Faults: NotFound, Invalid for what is no hash
// or another's, Conflict for a second one.
func (s *Service) CommitSecret(ctx context.Context, token, commitment string) (Seat, error) {
	commitment = strings.ToLower(strings.TrimSpace(commitment))
	if !sha256Text.MatchString(commitment) {
		return Seat{}, fault.Field("commitment", i18n.T("摘要应为 64 位十六进制数字（SHA-256）", "the digest is 64 hexadecimal digits (SHA-256)"))
	}
	return s.sit(ctx, token, doCommit, func(tx *db.Tx, x *Seat) (guards []flow.Guard, err error) {
		if x.Witness.Commitment != "" {
			return nil, fault.New(fault.Conflict, i18n.T("您已经提交过摘要，不能更改", "you have committed already; it cannot be changed"))
		}
		open := 0
		for _, w := range x.Others {
			if w.Commitment == commitment {
				return nil, fault.Field("commitment", i18n.T("与另一位见证人的摘要相同，请换一个随机数", "another witness has the same; please take another secret"))
			}
			if w.Commitment == "" {
				open++
			}
		}
		x.Witness.Commitment, x.Witness.CommittedAt = commitment, s.now()
		if open > 1 {
			guards = append(guards, oneOpen)
		}
		return guards, nil
	})
}

// RevealSecret takes the secret of a witness, once all have committed. Faults:
// NotFound, Invalid for a secret that is not the one committed to, Conflict before
// all have committed, or for a second one.
func (s *Service) RevealSecret(ctx context.Context, token, secret string) (Seat, error) {
	if n := len([]rune(secret)); n < 8 || n > 200 {
		return Seat{}, fault.Field("secret", i18n.T("随机数应为 8 到 200 个字符", "the secret has 8 to 200 characters"))
	}
	return s.sit(ctx, token, doReveal, func(_ *db.Tx, x *Seat) ([]flow.Guard, error) {
		switch {
		case x.Draw.State == Frozen:
			return nil, fault.New(fault.Conflict, i18n.T("还有见证人没有提交摘要，现在公开会让别人有机可乘", "a witness has not committed yet; whoever reveals now could be taken advantage of")).
				WithFix(i18n.T("请等所有见证人提交摘要后再公开", "wait until all have committed"))
		case x.Witness.Secret != "":
			return nil, fault.New(fault.Conflict, i18n.T("您已经公开过随机数", "you have revealed it already"))
		case Commit(secret) != x.Witness.Commitment:
			return nil, fault.Field("secret", i18n.T("与您事先提交的摘要不符：请核对，一个空格也不能差", "it is not the one that you committed to; look again, a blank matters too"))
		}
		x.Witness.Secret, x.Witness.RevealedAt = secret, s.now()
		return nil, nil
	})
}

// sit has a witness take a step.
func (s *Service) sit(ctx context.Context, token string, a flow.Action, act func(*db.Tx, *Seat) ([]flow.Guard, error)) (Seat, error) {
	return write(ctx, s, func(tx *db.Tx) (x Seat, err error) {
		if x, err = seatOf(tx.Reader, token); err != nil {
			return x, err
		}
		guards, err := act(tx, &x)
		if err != nil {
			return x, err
		}
		x.Witness.open(s.now())
		was := x.Draw.State
		if x.Draw.State, err = drawLife().Move(was, a, nil, guards...); err != nil {
			return x, err
		}
		sealed := was == Frozen && x.Draw.State == Sealed
		if sealed {
			x.Draw.SealedAt = s.now()
		}
		err = fault.First(
			func() error { return saveWitnesses(tx, x.Draw.ID, []WitnessSeat{x.Witness}) },
			func() error { return updateDraw(tx, x.Draw) },
			func() error {
				return s.step(ctx, tx, ofDraw, x.Draw.ID, a, string(was), string(x.Draw.State), "", map[string]any{"witness": x.Witness.Name})
			},
			func() error {
				if !sealed {
					return nil
				}
				return s.seal(tx, x.Draw, sealTime, x.Draw.terms(nil).DrawnAt)
			},
		)
		if err != nil {
			return x, err
		}
		return seatOf(tx.Reader, token)
	})
}

// WitnessOfDraw names a witness of a draw.
type WitnessOfDraw struct {
	ID      string `path:"id" maxLength:"64"`
	Witness string `path:"witness" maxLength:"64"`
	Body    Because
}

// RenewLink gives a witness who has not committed yet a new link, and ends the old
// one: it went astray. Faults: Invalid without a reason, NotFound, Forbidden,
// Conflict after the commitment.
func (s *Service) RenewLink(ctx context.Context, in WitnessOfDraw) (Link, error) {
	if err := because(strings.TrimSpace(in.Body.Reason)); err != nil {
		return Link{}, err
	}
	return write(ctx, s, func(tx *db.Tx) (out Link, err error) {
		d, err := visibleDraw(ctx, tx.Reader, in.ID)
		if err != nil {
			return out, err
		}
		if _, err := drawLife().Move(Frozen, doVoid, may(ctx, d.Path), anotherVoids); err != nil { // whoever may end it may do this
			return out, err
		}
		w, err := db.One[WitnessSeat](tx.Reader, `select `+witnessColumns+` from inspection_witness where id = $1 and draw_id = $2`, in.Witness, in.ID)
		if errors.Is(err, db.ErrNone) {
			return out, fault.Missing(i18n.T("见证人", "witness"))
		}
		if err != nil {
			return out, err
		}
		if w.Commitment != "" {
			return out, fault.New(fault.Conflict, i18n.T("该见证人已提交摘要，链接不能更换", "this witness has committed; the link cannot be changed"))
		}
		out.Witness = w.Name
		out.Token, w.Token = newToken()
		w.OpenedAt = time.Time{}
		if err := saveWitnesses(tx, d.ID, []WitnessSeat{w}); err != nil {
			return out, err
		}
		return out, s.Trail.Add(ctx, tx, trail.Record{Kind: ofDraw, ID: d.ID}, trail.Step{Act: "renew-link", Was: string(d.State), Became: string(d.State), Reason: in.Body.Reason, Detail: map[string]any{"witness": w.Name}})
	})
}

// idOf is a request about one record.
func idOf(id string) org.ByID { return org.ByID{ID: id} }

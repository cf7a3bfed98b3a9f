package casework

import (
	"context"
	"errors"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// WriteInput is a message of staff to the reporter.
type WriteInput struct {
	ID   string `path:"id"`
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"2000"`
	}
}

// Write sends the reporter a message, who reads it on the receipt page. The
// first one is the first contact: an anonymous reporter can be reached in no
// other way. No other clock is touched.
func (s *Service) Write(ctx context.Context, in WriteInput) (c Case, err error) {
	defer fault.Wrap(&err, "casework.Write(%s)", in.ID)
	text := strings.TrimSpace(in.Body.Text)
	if err := checkText("text", text, maxMessage); err != nil {
		return c, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if c, err = seen(ctx, tx.Reader, in.ID); err != nil {
			return err
		}
		as, err := assignments(tx.Reader, c.ID)
		if err != nil {
			return err
		}
		if err := mayWrite(ctx, c, as); err != nil {
			return err
		}
		actor := authz.From(ctx)
		if err := insertMessage(tx, Message{ID: db.NewID(), CaseID: c.ID, At: s.Now(), Author: actor.ID, UnitID: actor.Unit, Body: text}); err != nil {
			return err
		}
		if c.State == Handling && c.ContactedAt.IsZero() {
			c.ContactedAt = s.Now()
			if err := meet(tx, c.ID, ClockContact, "", s.Now()); err != nil {
				return err
			}
			if err := errors.Join(updateCase(tx, c), s.Tell(tx, c.ID)); err != nil {
				return err
			}
			if err := s.Tell(tx, c.ID); err != nil {
				return err
			}
		}
		return s.Audit.Append(ctx, tx, "case.message", c.ID, "")
	})
	return c, err
}

// mayWrite lets those write who handle the case or watch over it, while
// somebody reads it.
func mayWrite(ctx context.Context, c Case, as []Assignment) error {
	if !c.State.Open() {
		return fault.New(fault.Conflict, i18n.T("本件已办结，不能再留言", "the case is closed; no more messages"))
	}
	may := has(ctx, c, as)
	if may(Handle) || may(Triage) || may(Review) || may(CallBack) {
		return nil
	}
	return fault.New(fault.Forbidden, i18n.T("只有办理和监督本件的人可以留言", "only those who handle or supervise the case may write"))
}

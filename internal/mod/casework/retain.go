package casework

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// keepIdentity and keepWords are how many years after its end it stays legible
// who reported, and what was said and written about a case. The law asks for
// the shortest time that the purpose needs (个人信息保护法 art. 19); the defaults
// are the three years for which handling of sensitive data must be accounted
// for (art. 56) and the fifteen of a complaint file (domain.md 10).
var (
	keepIdentity = config.Define("casework.keep_identity", 3,
		i18n.T("办结后诉求人身份保存年数，期满销毁", "Years after the end of a case until who reported it is destroyed"), i18n.T("年", "years"), config.Between(leastYears, 100))
	keepWords = config.Define("casework.keep_words", 15,
		i18n.T("办结后内容和附件保存年数，期满销毁，只留办理经过", "Years after the end of a case until words and files are destroyed; its steps stay"), i18n.T("年", "years"), config.Between(leastYears, 100))
)

const (
	// leastYears is the shortest that anything is kept.
	leastYears = 1

	jobRetain   = "casework.retain"
	retainEvery = 24 * time.Hour
	// retainBatch is how many cases are looked at with one question.
	retainBatch = 500
)

// closed is a case that is over and of which something is still legible.
type closed struct {
	ID, Path       string
	ClosedAt       time.Time
	IdentityGoneAt time.Time
}

// due is what of a case must be destroyed by now.
type due struct{ identity, words bool }

// retain destroys what was kept long enough: first who reported, then what was
// said. The steps of a case stay for ever.
func (s *Service) retain(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "casework.retain")
	var last closed
	for batch := []closed{{}}; len(batch) > 0; {
		err = s.DB.Read(ctx, func(r db.Reader) error {
			batch, err = legible(r, last, s.Now().AddDate(-leastYears, 0, 0))
			return err
		})
		if err != nil {
			return err
		}
		for _, x := range batch {
			if err := s.expire(ctx, x); err != nil {
				return err
			}
			last = x
		}
	}
	return nil
}

// expire destroys what is due of a case and of those that joined it.
func (s *Service) expire(ctx context.Context, x closed) error {
	if d, err := s.due(ctx, x); err != nil || d == (due{}) {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		x, err := closedCase(tx.Reader, x.ID) // it may have been taken up again meanwhile
		if err != nil || x.ClosedAt.IsZero() {
			return err
		}
		d, err := s.due(ctx, x)
		if err != nil || d == (due{}) {
			return err
		}
		qs, err := requests(tx.Reader, x.ID)
		if err != nil || slices.ContainsFunc(qs, func(q Request) bool { return q.State == pending }) {
			return err // somebody is about to decide on it
		}
		c, err := CaseByID(tx.Reader, x.ID)
		if err != nil {
			return err
		}
		family, err := joinedWith(tx.Reader, c)
		for _, c := range append(family, c) {
			if err == nil {
				err = s.destroy(ctx, tx, c, d)
			}
		}
		return err
	})
}

// due says what of a case must be destroyed by now. The years end with the day
// on which the case was closed, as the calendar has it here.
func (s *Service) due(ctx context.Context, x closed) (d due, err error) {
	now, from := s.Now(), x.ClosedAt.In(clock.Shanghai)
	words, _, err := config.At(ctx, s.Settings, keepWords, x.Path, now)
	if err != nil {
		return d, err
	}
	identity, _, err := config.At(ctx, s.Settings, keepIdentity, x.Path, now)
	d.words = !now.Before(from.AddDate(words, 0, 0))
	d.identity = x.IdentityGoneAt.IsZero() && (d.words || !now.Before(from.AddDate(identity, 0, 0)))
	return d, err
}

// destroy destroys the keys of what is due of a case. Words that lay in the
// clear are sealed first, so that they leave the index, and then nobody has
// their key. The step says when, and is itself without words: it is by this step
// that the log proves a destruction (logged.go).
func (s *Service) destroy(ctx context.Context, tx *db.Tx, c Case, d due) error {
	at := s.Now()
	ev := Event{At: at, Action: string(doExpire), Detail: map[string]any{"what": "identity"}}
	if d.identity {
		if err := s.forgetIdentity(ctx, tx, c, at); err != nil {
			return err
		}
	}
	if d.words {
		ev.Detail["what"] = "words"
		if err := s.destroyWords(ctx, tx, &c, at); err != nil {
			return err
		}
	}
	return fault.First(
		func() error { return markGone(tx, c.ID, d, at) },
		func() error { return s.happened(ctx, tx, c, ev) },
	)
}

// forgetIdentity destroys who reported, and ends what was asked about it.
func (s *Service) forgetIdentity(ctx context.Context, tx *db.Tx, c Case, at time.Time) error {
	if err := s.lapseThose(ctx, tx, c.ID, "destroyed", func(Disclosure) (bool, error) { return true, nil }); err != nil {
		return err
	}
	return s.Content.ForgetIdentity(tx, c.ID, at)
}

func (s *Service) destroyWords(ctx context.Context, tx *db.Tx, c *Case, at time.Time) error {
	if !c.Sealed {
		if err := s.sealLate(ctx, tx, c); err != nil {
			return err
		}
	}
	if _, err := s.Vault.Destroy(tx, keyOf(c.ID), at); err != nil {
		return err
	}
	return s.Content.ForgetWords(tx, c.ID, at)
}

package intake

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// Identity is who reported.
type Identity struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// SeeIdentity is the permission to read a reporter's identity, at the nodes
// where the person holds it. It is the commission's: no role of an institution
// carries it.
const SeeIdentity authz.Permission = "identity.read"

// keepIdentity is the one place where an identity becomes stored bytes.
func (s *Service) keepIdentity(tx *db.Tx, report string, who Identity) error {
	if who == (Identity{}) {
		return nil
	}
	who, err := sealIdentity(report, who, s.keysIn(tx))
	if err != nil {
		return err
	}
	return tx.Add(`insert into reporter (report_id, name, phone) values ($1, $2, $3)`, report, who.Name, who.Phone)
}

// Known is what can be said of who gave a report without opening it.
type Known struct {
	May   bool // the actor may know
	Given bool // there is a name or a telephone
	Gone  bool // it was destroyed
}

// Known says what may be known of who gave a report; integrity says that its
// case takes the discipline line.
func (s *Service) Known(ctx context.Context, r db.Reader, report string, integrity bool) (k Known, err error) {
	defer fault.Wrap(&err, "intake.Known(%s)", report)
	rep, err := reportAsStored(r, report)
	if err != nil {
		return k, err
	}
	k.May = mayKnow(ctx, rep, integrity)
	n, err := db.Value[int64](r, `select count(*) from reporter where report_id = $1`, report)
	if k.Given = n > 0; err != nil || !k.Given {
		return k, err
	}
	if _, err = s.Vault.Key(r, identityKey(report)); fault.Is(err, fault.Gone) {
		k.Gone, err = true, nil
	}
	return k, err
}

// OpenIdentity opens who gave a report. It is asked where the case says that the
// actor has opened it, for a purpose and in sight of the reporter; nothing else
// reads a name. Faults: Forbidden to whom it is not for, Gone.
func (s *Service) OpenIdentity(ctx context.Context, r db.Reader, report string, integrity bool) (who Identity, err error) {
	defer fault.Wrap(&err, "intake.OpenIdentity(%s)", report)
	rep, err := reportAsStored(r, report)
	if err != nil {
		return who, err
	}
	if !mayKnow(ctx, rep, integrity) {
		return who, fault.New(fault.Forbidden, i18n.T("诉求人的身份对您不公开", "who reported is not disclosed to you"))
	}
	return s.readIdentity(r, report)
}

// readIdentity is the one place where stored bytes become an identity again.
// Error: db.ErrNone where nobody gave one. Fault: Gone.
func (s *Service) readIdentity(r db.Reader, report string) (who Identity, err error) {
	if who, err = db.One[Identity](r, `select name, phone from reporter where report_id = $1`, report); err != nil {
		return who, err
	}
	k, err := s.Vault.Key(r, identityKey(report))
	if err != nil {
		return Identity{}, err
	}
	return who.parts(k.Open)
}

// keysIn makes keys within a transaction.
func (s *Service) keysIn(tx *db.Tx) keys {
	return func(record string) (crypt.Key, error) { return s.Vault.Create(tx, record) }
}

// mayKnow says whether the actor may read who reported: of a real-name report
// everybody who handles it, unless it takes the discipline line; of a
// confidential one, or on that line, only the commission.
func mayKnow(ctx context.Context, rep Report, sensitive bool) bool {
	switch {
	case rep.Mode == demand.Anonymous:
		return false
	case rep.Mode == demand.RealName && !sensitive:
		return true
	}
	return authz.From(ctx).Covers(SeeIdentity, rep.Path)
}

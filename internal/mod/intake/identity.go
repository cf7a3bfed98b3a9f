package intake

import (
	"context"
	"errors"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
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

// readIdentity is the one place where stored bytes become an identity again.
// One whose key was destroyed is empty, as if nobody had given it.
func (s *Service) readIdentity(r db.Reader, report string) (who Identity, err error) {
	who, err = db.One[Identity](r, `select name, phone from reporter where report_id = $1`, report)
	if errors.Is(err, db.ErrNone) {
		return who, nil
	}
	if err != nil {
		return who, err
	}
	k, err := s.Vault.Key(r, identityKey(report))
	if fault.Is(err, fault.Gone) {
		return Identity{}, nil
	}
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

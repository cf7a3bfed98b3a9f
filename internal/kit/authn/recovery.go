package authn

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const recoveryCodes = 10

// NewRecovery replaces the recovery codes of staff and returns the new ones,
// which are stored as hashes alone. Each has 80 random bits, so that a hash
// without salt or delay is enough.
func (f *Factors) NewRecovery(tx *db.Tx, staff string) ([]string, error) {
	if _, err := tx.Change("recovery_code", staff, `delete from recovery_code where staff = $1`, staff); err != nil {
		return nil, fmt.Errorf("authn.NewRecovery: %w", err)
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		t := strings.ToLower(rand.Text())
		codes[i] = t[:4] + "-" + t[4:8] + "-" + t[8:12] + "-" + t[12:16]
		if err := tx.Add(`insert into recovery_code (staff, hash) values ($1, $2)`, staff, recoveryHash(staff, codes[i])); err != nil {
			return nil, fmt.Errorf("authn.NewRecovery: %w", err)
		}
	}
	return codes, nil
}

// UseRecovery spends a recovery code. Fault: Invalid when there is no such code
// or it was used.
func (f *Factors) UseRecovery(tx *db.Tx, staff, code string) error {
	n, err := tx.Change("recovery_code", staff, `update recovery_code set used_at = $3 where staff = $1 and hash = $2 and used_at is null`, staff, recoveryHash(staff, code), f.now())
	if err == nil && n == 0 {
		err = fault.Field("code", i18n.T("恢复码不对或已经用过", "this recovery code is wrong or used")).
			WithFix(i18n.T("每个恢复码只能用一次；都用完了请联系安全管理员", "each is good once; if none is left, ask the security administrator"))
	}
	return err
}

// DropRecovery removes the recovery codes of somebody who has no other factor
// left that they could stand in for.
func (f *Factors) DropRecovery(tx *db.Tx, staff string) error {
	_, err := tx.Change("recovery_code", staff, `delete from recovery_code where staff = $1`, staff)
	return err
}

// recoveryHash does not mind how a code is written.
func recoveryHash(staff, code string) string {
	tidy := strings.NewReplacer("-", "", " ", "").Replace(strings.ToLower(code))
	sum := sha256.Sum256([]byte("recovery " + staff + " " + tidy))
	return hex.EncodeToString(sum[:])
}

// IsRecovery tells a recovery code from the six digits of a telephone.
func IsRecovery(code string) bool {
	return strings.ContainsFunc(code, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' })
}

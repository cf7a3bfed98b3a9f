// Package crypttest gives tests a vault of their own.
package crypttest

import (
	"path/filepath"
	"testing"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/keyring"
)

// Vault returns a vault under a new ring.
func Vault(t testing.TB, now clock.Clock) *crypt.Vault {
	t.Helper()
	ring, err := keyring.Make(filepath.Join(t.TempDir(), "ring"), "")
	if err != nil {
		t.Fatal(err)
	}
	return crypt.NewVault(ring, now)
}

// Tables are those that a vault needs.
func Tables() dbtest.Migration { return dbtest.Migration{Module: "crypt", Files: crypt.Migrations()} }

// Package keyring holds the program's secret keys, outside of the database:
// whoever takes the database alone takes no key.
//
// The ring is a file with mode 0600 that is made at the first start. The
// database remembers the fingerprint of the ring that it was made with, so
// that a server which was given another ring refuses to start instead of
// silently opening no receipt.
package keyring

import (
	"context"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

//go:embed migrations
var files embed.FS

// Migrations returns the table that remembers the fingerprint.
func Migrations() fs.FS { return db.Tables(files) }

const keyLength = 32

// Ring derives keys for purposes from one secret.
type Ring struct{ secret []byte }

// Open reads the ring at path, making it when there is none. A file that
// others may read is refused.
func Open(path string) (*Ring, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return create(path)
	case err != nil:
		return nil, fmt.Errorf("keyring: %w", err)
	case info.Mode().Perm()&0o077 != 0:
		return nil, fault.New(fault.Invalid, i18n.T("密钥文件 %[1]s 他人可读，请执行：chmod 600 %[1]s", "the key file %[1]s is readable by others; run: chmod 600 %[1]s"), path)
	}
	text, err := os.ReadFile(path) //nolint:gosec // the path is the operator's
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) != keyLength {
		return nil, fault.New(fault.Invalid, i18n.T("密钥文件 %s 已损坏，请从备份恢复", "the key file %s is damaged; restore it from a backup"), path)
	}
	return &Ring{secret}, nil
}

// create makes the file in one step, so that two processes which start at
// once end up with the same ring.
func create(path string) (*Ring, error) {
	secret := make([]byte, keyLength)
	_, _ = rand.Read(secret) // never fails
	temp, err := os.CreateTemp(filepath.Dir(path), ".keys-*")
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	defer func() { _ = os.Remove(temp.Name()) }()
	_, err = temp.WriteString(hex.EncodeToString(secret) + "\n")
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	if err := os.Link(temp.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	return Open(path)
}

// Key returns the 32-byte key for a purpose.
func (r *Ring) Key(purpose string) []byte {
	key, err := hkdf.Key(sha256.New, r.secret, nil, "qingfeng "+purpose, keyLength)
	if err != nil {
		panic(err) // the length is fixed and valid
	}
	return key
}

// Bind remembers the ring in the database, or refuses when the database
// belongs to another ring.
func (r *Ring) Bind(ctx context.Context, d *db.DB) error {
	mine := hex.EncodeToString(r.Key("fingerprint"))
	var theirs string
	err := d.InTx(ctx, func(tx *db.Tx) (err error) {
		if _, err := tx.Exec(`insert into key_ring (one, fingerprint) values (1, $1) on conflict (one) do nothing`, mine); err != nil {
			return err
		}
		theirs, err = db.Value[string](tx.Reader, `select fingerprint from key_ring where one = 1`)
		return err
	})
	if err != nil {
		return fmt.Errorf("keyring.Bind: %w", err)
	}
	if theirs != mine {
		return fault.New(fault.Conflict, i18n.T("这个数据库使用的是另一把密钥", "this database belongs to another key ring")).
			WithFix(i18n.T("请把第一台服务器的密钥文件拷贝过来，并用 --keys 指定", "copy the key file of the first server and name it with --keys"))
	}
	return nil
}

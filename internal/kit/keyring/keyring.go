// Package keyring holds the program's secret keys, outside of the database:
// whoever takes the database alone takes no key.
//
//   - The ring is a file with mode 0600 that is made at the first start. It may
//     be locked by a passphrase, which is then asked for at each start: whoever
//     takes the machine that is switched off takes no key either.
//   - It has one root, from which keys for purposes are derived (Key) and which
//     never changes, and generations of a secret that wraps the keys of records
//     (kit/crypt). A new generation can be added while the program runs
//     (AddGeneration); every process reads the file again when it has changed.
//   - The database remembers the fingerprint of the ring that it was made with,
//     so that a server which was given another ring refuses to start instead
//     of silently opening no receipt.
//
// The file, one thing in a line; locked, it is this text in an age file:
//
//	qingfeng keys 1
//	root 64 hexadecimal digits
//	wrap 1 64 hexadecimal digits
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
	"log/slog"
	"os"
	"sync"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

//go:embed migrations
var files embed.FS

// Migrations returns the table that remembers the fingerprint.
func Migrations() fs.FS { return db.Tables(files) }

const keyLength = 32

// Ring is an opened key ring.
type Ring struct {
	path, passphrase string
	mu               sync.Mutex
	keys             keys
	stamp            stamp
}

// stamp tells one state of the file from the next.
type stamp struct {
	at   time.Time
	size int64
}

// Open reads the ring at path, making it when there is none. passphrase is
// empty for a ring that is not locked. A file that others may read is refused,
// and so is a wrong passphrase.
func Open(path, passphrase string) (*Ring, error) {
	r := &Ring{path: path, passphrase: passphrase}
	err := r.read()
	if errors.Is(err, fs.ErrNotExist) {
		if err = r.create(); err == nil {
			err = r.read()
		}
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

// read reads the file.
func (r *Ring) read() error {
	info, err := os.Stat(r.path)
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fault.New(fault.Invalid, i18n.T("密钥文件 %[1]s 他人可读，请执行：chmod 600 %[1]s", "the key file %[1]s is readable by others; run: chmod 600 %[1]s"), r.path)
	}
	content, err := os.ReadFile(r.path)
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	text, err := unlock(content, r.passphrase)
	var k keys
	if err == nil {
		k, err = parse(text)
	}
	if errors.Is(err, errDamaged) {
		return fault.New(fault.Invalid, i18n.T("密钥文件 %s 已损坏，请从备份恢复", "the key file %s is damaged; restore it from a backup"), r.path)
	}
	if err != nil {
		return err
	}
	r.keys, r.stamp = k, stamp{info.ModTime(), info.Size()}
	return nil
}

// create makes the file in one step, so that two processes which start at
// once end up with the same ring.
func (r *Ring) create() error {
	k := keys{root: random(), wraps: map[int][]byte{1: random()}, newest: 1}
	return r.write(k, func(temp string) error {
		if err := os.Link(temp, r.path); !errors.Is(err, fs.ErrExist) {
			return err
		}
		return nil
	})
}

func random() []byte {
	secret := make([]byte, keyLength)
	_, _ = rand.Read(secret) // never fails
	return secret
}

// renew reads the file again when another process has changed it.
func (r *Ring) renew() error {
	info, err := os.Stat(r.path)
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	if (stamp{info.ModTime(), info.Size()}) == r.stamp {
		return nil
	}
	return r.read()
}

// Key returns the 32-byte key for a purpose.
func (r *Ring) Key(purpose string) []byte {
	key, err := hkdf.Key(sha256.New, r.keys.root, nil, "qingfeng "+purpose, keyLength)
	if err != nil {
		panic(err) // the length is fixed and valid
	}
	return key
}

// Newest returns the generation that wraps keys from now on, and its secret. A
// file that cannot be read any more, because it was locked meanwhile or is
// gone, stops nobody from reporting: the program goes on with what it knows.
func (r *Ring) Newest() (generation int, secret []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.renew(); err != nil {
		slog.Error("the key file cannot be read again", "err", err)
	}
	return r.keys.newest, r.keys.wraps[r.keys.newest]
}

// Generation returns the secret of a generation. Fault: Unavailable where the
// file does not have it.
func (r *Ring) Generation(n int) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if secret, ok := r.keys.wraps[n]; ok {
		return secret, nil
	}
	if err := r.renew(); err != nil {
		return nil, err
	}
	if secret, ok := r.keys.wraps[n]; ok {
		return secret, nil
	}
	return nil, fault.New(fault.Unavailable, i18n.T("密钥文件缺少第 %d 代密钥", "the key file lacks generation %d"), n).
		WithFix(i18n.T("请把轮换后的密钥文件拷贝到这台服务器", "copy the key file to this server as it is since the rotation"))
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

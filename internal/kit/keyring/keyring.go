// Package keyring holds the program's secret keys, outside of the database:
// whoever takes the database alone takes no key.
//
//   - The ring is a file with mode 0600 in a folder that nobody else may write
//     to: who could put another file there would have the next secrets sealed
//     by keys of their own. It may be locked by a passphrase, which is then
//     asked for at each start: whoever takes the machine that is switched off
//     takes no key either.
//
//   - It has one root, from which keys for purposes are derived (Key) and which
//     never changes, and generations of a secret that wraps the keys of records
//     (kit/crypt). A new generation can be added while the program runs
//     (AddGeneration); every process reads the file again when it has changed.
//
//   - A ring is made once, with its database, which remembers its fingerprint
//     (Join). A server that was given another ring, or none, refuses to start
//     instead of silently opening no receipt, and leaves no ring behind that
//     opens nothing.
//
//   - Beside the ring a server may keep notes (Note), which nobody without the
//     ring can write.
//
// The file, one thing in a line; locked, it is this text in an age file:
//
//	qingfeng keys 1
//	root 64 hexadecimal digits
//	wrap 1 64 hexadecimal digits
package keyring

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
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
	made             bool // here and now
	work             int  // of who guesses at the passphrase: 2^work rounds of scrypt
}

// stamp tells one state of the file from the next.
type stamp struct {
	at   time.Time
	size int64
}

// Open reads the ring at path. passphrase is empty for a ring that is not
// locked. Faults: NotFound where there is none; Invalid for a file that others
// may read or replace, and for a wrong passphrase.
func Open(path, passphrase string) (*Ring, error) {
	r := &Ring{path: path, passphrase: passphrase, work: workFactor}
	err := r.read()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, i18n.T("没有密钥文件 %s", "there is no key file %s"), path).
			WithFix(i18n.T("请把密钥文件的备份拷贝过来，或用 --keys 指定；没有它，密封的内容打不开", "put its copy there, or name it with --keys; without it nothing opens that is sealed"))
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Make opens the ring at path and makes it where there is none. Faults: as Open.
func Make(path, passphrase string) (*Ring, error) {
	r, err := Open(path, passphrase)
	if !fault.Is(err, fault.NotFound) {
		return r, err
	}
	r = &Ring{path: path, passphrase: passphrase, work: workFactor}
	if err := fault.First(r.create, r.read); err != nil {
		return nil, err
	}
	return r, nil
}

// read reads the file.
func (r *Ring) read() error {
	if err := onlyOwnerWrites(filepath.Dir(r.path)); err != nil {
		return err
	}
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

// onlyOwnerWrites refuses a folder in which others could replace a file.
func onlyOwnerWrites(folder string) error {
	info, err := os.Stat(folder)
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	if info.Mode().Perm()&0o022 != 0 {
		return fault.New(fault.Invalid, i18n.T("密钥文件夹 %[1]s 他人可写，密钥文件可能被人替换，请执行：chmod go-w %[1]s",
			"the folder %[1]s of the key file is writable by others, who could replace it; run: chmod go-w %[1]s"), folder)
	}
	return nil
}

// create makes the file in one step, so that two processes which start at
// once end up with the same ring.
func (r *Ring) create() error {
	k := keys{root: random(), wraps: map[int][]byte{1: random()}, newest: 1}
	return r.write(k, func(temp string) error {
		err := os.Link(temp, r.path)
		if r.made = err == nil; errors.Is(err, fs.ErrExist) {
			return nil
		}
		return err
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

package keyring

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"
	"golang.org/x/sys/unix"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const firstLine = "qingfeng keys 1"

// keys is what the file says.
type keys struct {
	root   []byte
	wraps  map[int][]byte // by generation, from 1
	newest int
}

var errDamaged = errors.New("keyring: damaged")

// parse reads the text of a ring.
func parse(text []byte) (keys, error) {
	k := keys{wraps: map[int][]byte{}}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if lines[0] != firstLine {
		return k, errDamaged
	}
	for _, line := range lines[1:] {
		var n int
		var digits string
		if _, err := fmt.Sscanf(line, "wrap %d %s", &n, &digits); err == nil {
			k.newest = max(k.newest, n)
		} else if _, err := fmt.Sscanf(line, "root %s", &digits); err != nil {
			return k, errDamaged
		}
		secret, err := hex.DecodeString(digits)
		if err != nil || len(secret) != keyLength || n < 0 || strings.HasPrefix(line, "wrap 0") {
			return k, errDamaged
		}
		if n == 0 {
			k.root = secret
		} else {
			k.wraps[n] = secret
		}
	}
	if k.root == nil || k.newest == 0 {
		return k, errDamaged
	}
	return k, nil
}

// String is the text of the file.
func (k keys) String() string {
	lines := []string{firstLine, "root " + hex.EncodeToString(k.root)}
	for _, n := range slices.Sorted(maps.Keys(k.wraps)) {
		lines = append(lines, fmt.Sprintf("wrap %d %s", n, hex.EncodeToString(k.wraps[n])))
	}
	return strings.Join(lines, "\n") + "\n"
}

const lockedBegin = "age-encryption.org/"

// workFactor makes a guess at a passphrase cost a second and 256 MB. The file says
// it, so another may be chosen later.
const workFactor = 18

// unlock returns the text of a file that may be locked.
func unlock(content []byte, passphrase string) ([]byte, error) {
	if !bytes.HasPrefix(content, []byte(lockedBegin)) {
		return content, nil
	}
	if passphrase == "" {
		return nil, fault.New(fault.Invalid, i18n.T("密钥文件设有口令", "the key file is locked by a passphrase")).
			WithFix(i18n.T("请用 --passphrase-file 指定口令文件，或设置 QINGFENG_PASSPHRASE", "name a file that holds it with --passphrase-file, or set QINGFENG_PASSPHRASE"))
	}
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	text, err := age.Decrypt(bytes.NewReader(content), id)
	if _, wrong := errors.AsType[*age.NoIdentityMatchError](err); wrong {
		return nil, fault.New(fault.Invalid, i18n.T("密钥文件的口令不对", "the passphrase of the key file is wrong"))
	}
	if err != nil {
		return nil, errDamaged
	}
	plain, err := io.ReadAll(text)
	if err != nil {
		return nil, errDamaged
	}
	return plain, nil
}

// lock is the content of the file: locked where there is a passphrase.
func (k keys) lock(passphrase string, work int) ([]byte, error) {
	if passphrase == "" {
		return []byte(k.String()), nil
	}
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	to.SetWorkFactor(work)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	_, err = io.WriteString(w, k.String())
	err = errors.Join(err, w.Close()) // which writes the last of it
	return out.Bytes(), err
}

// write writes a new file beside the old one, and has it put in place.
func (r *Ring) write(k keys, place func(temp string) error) error {
	content, err := k.lock(r.passphrase, r.work)
	if err != nil {
		return err
	}
	return putAt(r.path, content, place)
}

// putAt writes a file under another name in the folder of path, for the owner
// alone, and has it put in place once it is on the disk.
func putAt(path string, content []byte, place func(temp string) error) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".keys-*")
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	defer func() { _ = os.Remove(temp.Name()) }()
	_, err = temp.Write(content)
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	if err := place(temp.Name()); err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes a new name in a folder durable.
func syncFolder(path string) error {
	d, err := os.Open(path) //nolint:gosec // the folder of the operator's file
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}

// AddGeneration adds a new secret that wraps keys from now on, and returns its
// number. Those before stay, for what they wrapped.
func (r *Ring) AddGeneration() (n int, err error) {
	err = r.change(func(k *keys) error {
		k.newest++
		n, k.wraps[k.newest] = k.newest, random()
		return nil
	})
	return n, err
}

// Forget removes the generations before oldest, once nothing is wrapped by
// them, and returns how many went.
func (r *Ring) Forget(oldest int) (n int, err error) {
	err = r.change(func(k *keys) error {
		before := len(k.wraps)
		maps.DeleteFunc(k.wraps, func(g int, _ []byte) bool { return g < min(oldest, k.newest) })
		n = before - len(k.wraps)
		return nil
	})
	return n, err
}

// SetPassphrase locks the ring by another passphrase, or by none.
func (r *Ring) SetPassphrase(passphrase string) error {
	return r.change(func(*keys) error {
		r.passphrase = passphrase
		return nil
	})
}

// turn waits until nobody else changes the file at path; end lets the next.
func turn(path string) (end func(), err error) {
	lock, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // beside the operator's file
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX); err != nil { //nolint:gosec // a descriptor is small
		return nil, errors.Join(fmt.Errorf("keyring: %w", err), lock.Close())
	}
	return func() { _ = lock.Close() }, nil // which ends the turn
}

// change rewrites the file. Two who do so at once come one after the other.
func (r *Ring) change(f func(*keys) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	end, err := turn(r.path)
	if err != nil {
		return err
	}
	defer end()
	if err := r.read(); err != nil {
		return err
	}
	k := keys{r.keys.root, maps.Clone(r.keys.wraps), r.keys.newest}
	if err := f(&k); err != nil {
		return err
	}
	if err := r.write(k, func(temp string) error { return os.Rename(temp, r.path) }); err != nil {
		return err
	}
	info, err := os.Stat(r.path)
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	r.keys, r.stamp = k, stamp{info.ModTime(), info.Size()}
	return nil
}

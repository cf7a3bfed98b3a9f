package app

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/keyring"
	"qingfeng/internal/kit/module"
)

// keyFile returns where the key file of a place lies.
func (p *Place) keyFile() string { return cmp.Or(p.Keys, filepath.Join(p.Data, "keys", "ring")) }

// logNote returns where a place notes what its log signed last.
func (p *Place) logNote() string { return cmp.Or(p.LogNote, p.keyFile()+".log") }

// openKeys opens the key ring of a place that has one.
func (p *Place) openKeys() (*keyring.Ring, error) {
	passphrase, err := firstLine(p.Passphrase, p.PassphraseFile)
	if err != nil {
		return nil, err
	}
	return keyring.Open(p.keyFile(), passphrase)
}

// joinKeys opens the key ring of a database, and makes it with the database.
func (p *Place) joinKeys(ctx context.Context, d *db.DB) (*keyring.Ring, error) {
	passphrase, err := firstLine(p.Passphrase, p.PassphraseFile)
	if err != nil {
		return nil, err
	}
	for _, m := range keyTables() {
		if err := d.Migrate(ctx, m.Name, m.Migrations); err != nil {
			return nil, err
		}
	}
	var oldest int
	if err := d.Read(ctx, func(r db.Reader) (err error) {
		oldest, err = crypt.Oldest(r)
		return err
	}); err != nil {
		return nil, err
	}
	p.Keys = p.keyFile()
	if err := os.MkdirAll(filepath.Dir(p.Keys), 0o700); err != nil {
		return nil, fmt.Errorf("key folder: %w", err)
	}
	return keyring.Join(ctx, d, p.Keys, passphrase, oldest > 0)
}

// keyTables is what the database knows of keys. It is there before the ring is.
func keyTables() []module.Module {
	return []module.Module{{Name: "keyring", Migrations: keyring.Migrations()}, {Name: "crypt", Migrations: crypt.Migrations()}}
}

// firstLine returns a secret that was given itself, or in a file.
func firstLine(secret, file string) (string, error) {
	if secret != "" || file == "" {
		return secret, nil
	}
	f, err := os.Open(file) //nolint:gosec // the path is the operator's
	if err != nil {
		return "", fmt.Errorf("passphrase: %w", err)
	}
	defer func() { _ = f.Close() }()
	line, err := bufio.NewReader(f).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("passphrase: %w", err)
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", fault.New(fault.Invalid, i18n.T("口令文件 %s 是空的", "the passphrase file %s is empty"), file)
	}
	return line, nil
}

type keysCommand struct {
	Rotate keysRotate `cmd:"" help:"Make a new secret and wrap every key by it again, while the program runs. Run it again if it was interrupted."`
	Forget keysForget `cmd:"" help:"Remove secrets by which nothing is wrapped any more, but for the last before the newest. Older backups then need an older copy of the key file."`
	Lock   keysLock   `cmd:"" help:"Lock the key file by a passphrase."`
	Unlock keysUnlock `cmd:"" help:"Take the passphrase away."`
}

// rewrapped is how many keys are wrapped in one transaction.
const rewrapped = 500

type keysRotate struct {
	Place `embed:""`
	Only  bool `help:"Wrap what is left from an interrupted run, without a new secret."`
}

// Run makes a new generation and wraps every key by it.
func (c *keysRotate) Run(ctx context.Context, out io.Writer) error {
	return withKeys(ctx, &c.Place, func(ring *keyring.Ring, d *db.DB) error {
		if !c.Only {
			if _, err := ring.AddGeneration(); err != nil {
				return err
			}
		}
		vault := crypt.NewVault(ring, clock.System)
		for total := 0; ; {
			n, err := vault.Rewrap(ctx, d, rewrapped)
			if err != nil {
				return err
			}
			if total += n; n == 0 {
				newest, _ := ring.Newest()
				say(out, i18n.T("已用第 %d 代主密钥重新包裹 %d 把密钥", "wrapped %[2]d keys by generation %[1]d"), newest, total)
				return nil
			}
		}
	})
}

type keysForget struct {
	Place `embed:""`
}

// Run removes the generations that nothing needs.
func (c *keysForget) Run(ctx context.Context, out io.Writer) error {
	return withKeys(ctx, &c.Place, func(ring *keyring.Ring, d *db.DB) error {
		var oldest int
		err := d.Read(ctx, func(r db.Reader) (err error) {
			oldest, err = crypt.Oldest(r)
			return err
		})
		if err != nil {
			return err
		}
		if oldest == 0 {
			say(out, i18n.T("还没有任何密封的内容，没有可删除的旧密钥", "nothing is sealed yet: there is no older secret to remove"))
			return nil
		}
		// What began before the last rotation, such as a large upload, may still
		// be stored under the secret before the newest.
		newest, _ := ring.Newest()
		n, err := ring.Forget(min(oldest, newest-1))
		if err == nil {
			say(out, i18n.T("已删除 %d 代旧的主密钥", "removed %d older secrets"), n)
		}
		return err
	})
}

type keysLock struct {
	Place         `embed:""`
	NewPassphrase string `help:"The new passphrase; best given as QINGFENG_NEW_PASSPHRASE." env:"QINGFENG_NEW_PASSPHRASE"`
	NewFile       string `help:"File whose first line is the new passphrase."`
}

// shortest is the least length of a passphrase in characters. Whoever has the
// file can try without limit, a million times slower than for a plain hash.
const shortest = 12

// Run locks the key file.
func (c *keysLock) Run(out io.Writer) error {
	secret, err := firstLine(c.NewPassphrase, c.NewFile)
	if err != nil {
		return err
	}
	if len([]rune(secret)) < shortest {
		return fault.New(fault.Invalid, i18n.T("口令至少 %d 个字符", "a passphrase has at least %d characters"), shortest).
			WithFix(i18n.T("请用 --new-file 指定口令文件，或设置 QINGFENG_NEW_PASSPHRASE", "name a file that holds it with --new-file, or set QINGFENG_NEW_PASSPHRASE"))
	}
	return c.set(secret, out, i18n.T("密钥文件已加口令。启动时需要它；忘记了，密封的内容就再也打不开。", "The key file is locked. The program asks for the passphrase at its start; once it is forgotten, nothing that is sealed opens again."))
}

type keysUnlock struct {
	Place `embed:""`
}

// Run takes the passphrase away.
func (c *keysUnlock) Run(out io.Writer) error {
	return c.set("", out, i18n.T("密钥文件已去掉口令", "The key file is not locked any more."))
}

// set locks the key file by a passphrase, or by none.
func (p *Place) set(passphrase string, out io.Writer, done i18n.Text) error {
	if err := p.exists(); err != nil {
		return err
	}
	ring, err := p.openKeys()
	if err != nil {
		return err
	}
	if err := ring.SetPassphrase(passphrase); err != nil {
		return err
	}
	say(out, done)
	return nil
}

// withKeys calls f with the key ring and the database of a place.
func withKeys(ctx context.Context, p *Place, f func(*keyring.Ring, *db.DB) error) (err error) {
	if err := p.exists(); err != nil {
		return err
	}
	ring, err := p.openKeys()
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, p.database(), p.options...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := ring.Bind(ctx, d); err != nil {
		return err
	}
	return f(ring, d)
}

// say prints a line in the language of the terminal.
func say(out io.Writer, text i18n.Text, args ...any) {
	_, _ = fmt.Fprintln(out, text.With(args...).In(terminalLang()))
}

package crypt

import (
	"context"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

//go:embed migrations
var files embed.FS

// Migrations returns the table of wrapped keys.
func Migrations() fs.FS { return db.Tables(files) }

// Ring has the secrets that wrap the keys of records, by generation.
type Ring interface {
	// Newest returns the generation that wraps from now on.
	Newest() (generation int, secret []byte)
	// Generation returns the secret of one of them.
	Generation(n int) ([]byte, error)
}

// Vault keeps the keys of records.
type Vault struct {
	ring Ring
	now  clock.Clock
}

// NewVault returns the keys that ring can unwrap.
func NewVault(ring Ring, now clock.Clock) *Vault { return &Vault{ring, now} }

// row is a row of sealed_key.
type row struct {
	Record      string
	Generation  int
	Wrapped     string
	DestroyedAt time.Time
}

const columns = "record, generation, wrapped, made_at"

// Create makes the key of a record that has none.
func (v *Vault) Create(tx *db.Tx, record string) (Key, error) {
	b := v.Batch()
	k, err := b.Create(record)
	if err != nil {
		return k, err
	}
	return k, b.Store(tx)
}

// Batch makes the keys of many records that have none.
type Batch struct {
	vault *Vault
	rows  [][]any
}

// Batch returns an empty batch.
func (v *Vault) Batch() *Batch { return &Batch{vault: v} }

// Create makes the key of a record, for Store to store.
func (b *Batch) Create(record string) (Key, error) {
	k := newKey(record)
	generation, wrapped, err := b.vault.wrap(k)
	if err != nil {
		return Key{}, fmt.Errorf("crypt.Create(%s): %w", record, err)
	}
	b.rows = append(b.rows, []any{record, generation, wrapped, b.vault.now()})
	return k, nil
}

// Store stores the keys that were made.
func (b *Batch) Store(tx *db.Tx) error { return db.InsertMany(tx, "sealed_key", columns, b.rows) }

// Ensure returns the key of a record, making it where there is none. Of two
// who make it at once one finds the other's. Fault: Gone, as Key.
func (v *Vault) Ensure(tx *db.Tx, record string) (Key, error) {
	if k, err := v.Key(tx.Reader, record); !fault.Is(err, fault.NotFound) {
		return k, err
	}
	generation, wrapped, err := v.wrap(newKey(record))
	if err != nil {
		return Key{}, fmt.Errorf("crypt.Ensure(%s): %w", record, err)
	}
	if _, err := tx.Exec(`insert into sealed_key (`+columns+`) values ($1, $2, $3, $4) on conflict (record) do nothing`,
		record, generation, wrapped, v.now()); err != nil {
		return Key{}, err
	}
	return v.Key(tx.Reader, record)
}

// Key returns the key of a record. Fault: Gone where it was destroyed;
// NotFound where there never was one.
func (v *Vault) Key(r db.Reader, record string) (Key, error) {
	keys, err := v.Keys(r, []string{record})
	if err != nil {
		return Key{}, err
	}
	k, ok := keys[record]
	if !ok {
		return k, fault.Missing(i18n.T("密钥", "key"))
	}
	if k.broken != nil {
		return k, k.broken
	}
	if k.Gone() {
		return k, fault.New(fault.Gone, i18n.T("保存期已满，内容已经销毁", "the time for keeping it is over; the content was destroyed"))
	}
	return k, nil
}

// Keys returns the keys of records that have one. Of a destroyed key Gone is
// true; of one that somebody has altered Broken says why it opens nothing, so that
// one record does not hide the others.
func (v *Vault) Keys(r db.Reader, records []string) (map[string]Key, error) {
	if len(records) == 0 {
		return map[string]Key{}, nil
	}
	var w db.Where
	rows, err := db.All[row](r, `select record, generation, wrapped, destroyed_at from sealed_key where `+w.In("record", records), w.Args()...)
	if err != nil {
		return nil, fmt.Errorf("crypt.Keys: %w", err)
	}
	keys := make(map[string]Key, len(rows))
	for _, x := range rows {
		k, err := v.unwrap(x)
		if err != nil {
			k = Key{record: x.Record, broken: err}
		}
		keys[x.Record] = k
	}
	return keys, nil
}

// Gone reports whether the key was destroyed.
func (k Key) Gone() bool { return k.secret == nil && k.broken == nil }

// Broken is why the key cannot be read; nil where it can, or was destroyed.
func (k Key) Broken() error { return k.broken }

// GoneAt is when the key was destroyed; zero where it was not.
func (k Key) GoneAt() time.Time { return k.gone }

// Destroyed is a key that was destroyed, and when.
type Destroyed struct {
	Record      string
	DestroyedAt time.Time
}

// DestroyedAfter returns up to limit destroyed keys above a record, in the order of
// records.
func DestroyedAfter(r db.Reader, after string, limit int) ([]Destroyed, error) {
	return db.All[Destroyed](r, `select record, destroyed_at from sealed_key where destroyed_at is not null and record > $1 order by record limit $2`, after, limit)
}

// Destroy forgets the key of a record for good. When it did so is the caller's
// to say, who writes the same down elsewhere. It reports whether there was one.
func (v *Vault) Destroy(tx *db.Tx, record string, at time.Time) (bool, error) {
	n, err := tx.Exec(`update sealed_key set wrapped = '', destroyed_at = $2 where record = $1 and destroyed_at is null`, record, at)
	return n == 1, err
}

// Drop removes the key of something that nobody ever took, without a trace.
func (v *Vault) Drop(tx *db.Tx, record string) error {
	return tx.Add(`delete from sealed_key where record = $1`, record)
}

// Rewrap wraps up to n keys by the newest generation that are still wrapped by
// an older one, and returns how many it wrapped. Nothing that they seal is
// touched.
func (v *Vault) Rewrap(ctx context.Context, d *db.DB, n int) (done int, err error) {
	defer fault.Wrap(&err, "crypt.Rewrap")
	newest, _ := v.ring.Newest()
	err = d.InTx(ctx, func(tx *db.Tx) error {
		rows, err := db.All[row](tx.Reader, `select record, generation, wrapped, destroyed_at from sealed_key
			where generation < $1 and destroyed_at is null order by generation, record limit $2`, newest, n)
		if err != nil {
			return err
		}
		done = len(rows)
		for _, x := range rows {
			if err := v.rewrap(tx, x); err != nil {
				return err
			}
		}
		return nil
	})
	return done, err
}

func (v *Vault) rewrap(tx *db.Tx, x row) error {
	k, err := v.unwrap(x)
	if err != nil {
		return err
	}
	generation, wrapped, err := v.wrap(k)
	if err != nil {
		return err
	}
	return tx.Add(`update sealed_key set generation = $2, wrapped = $3 where record = $1 and destroyed_at is null`, x.Record, generation, wrapped)
}

// Oldest returns the oldest generation that a key is still wrapped by; 0 where
// there is no key.
func Oldest(r db.Reader) (int, error) {
	return db.Value[int](r, `select coalesce(min(generation), 0) from sealed_key where destroyed_at is null`)
}

// wrap returns a key as the database keeps it.
func (v *Vault) wrap(k Key) (generation int, wrapped string, err error) {
	generation, secret := v.ring.Newest()
	raw, err := seal(k.suite, secret, append([]byte{k.suite.Version()}, k.secret...), wrapping(k.record, generation))
	return generation, base64.RawStdEncoding.EncodeToString(raw), err
}

// unwrap undoes wrap; of a destroyed key it returns one that is Gone.
func (v *Vault) unwrap(x row) (Key, error) {
	if !x.DestroyedAt.IsZero() {
		return Key{record: x.Record, gone: x.DestroyedAt}, nil
	}
	secret, err := v.ring.Generation(x.Generation)
	if err != nil {
		return Key{}, err
	}
	raw, err := base64.RawStdEncoding.Strict().DecodeString(x.Wrapped)
	if err != nil || len(raw) == 0 {
		return Key{}, fmt.Errorf("%w (key of %s)", ErrTampered, x.Record)
	}
	by, err := suiteOf(raw[0])
	if err != nil {
		return Key{}, err
	}
	plain, err := open(by, secret, raw, wrapping(x.Record, x.Generation))
	if err != nil {
		return Key{}, fmt.Errorf("%w (key of %s)", err, x.Record)
	}
	suite, err := suiteOf(plain[0])
	if err == nil && len(plain) != 1+suite.KeyLength() {
		err = errors.New("crypt: a key of the wrong length")
	}
	return Key{record: x.Record, suite: suite, secret: plain[1:]}, err
}

// wrapping is the associated data of a wrapped key.
func wrapping(record string, generation int) []byte {
	return fmt.Appendf(nil, "key %d %s", generation, record)
}

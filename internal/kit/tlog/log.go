package tlog

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"time"

	"golang.org/x/mod/sumdb/note"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/job"
)

//go:embed migrations
var files embed.FS

// Migrations returns the tables of the log.
func Migrations() fs.FS { return db.Tables(files) }

// Promised is how long after its fact a leaf may wait at the most. It is a
// minute when all is well; the rest is for a server that stands still overnight.
const Promised = 24 * time.Hour

// jobSequence gives waiting leaves their place.
const (
	jobSequence   = "log.sequence"
	sequenceEvery = time.Minute
)

// Log is the transparency log of one database.
type Log struct {
	db        *db.DB
	now       clock.Clock
	signer    *signer
	witnesses []note.Verifier
	vkeys     []string // of the witnesses, in the same order
	kinds     []Kind
}

// New returns the log of d. The seed of 32 bytes is that of the signing key;
// witnesses are the verifier keys of those whose signatures are taken. Fault:
// Invalid for a key that cannot be read.
func New(d *db.DB, now clock.Clock, seed []byte, witnesses ...string) (*Log, error) {
	l := &Log{db: d, now: now, signer: newSigner(ed25519.NewKeyFromSeed(seed)), vkeys: witnesses}
	var err error
	l.witnesses, err = ParseKeys(witnesses)
	return l, err
}

// Key is the log's public key, as signed notes write one: name, number and key.
func (l *Log) Key() string { return l.signer.vkey }

// nameOf makes the name of a log from its key.
func nameOf(key ed25519.PublicKey) string {
	sum := sha256.Sum256(key)
	return "qingfeng.log/" + hex.EncodeToString(sum[:8])
}

// Jobs returns the background work of the log.
func (l *Log) Jobs() []job.Handler {
	return []job.Handler{job.On(jobSequence, func(ctx context.Context, _ struct{}) error { return l.Sequence(ctx) })}
}

// Periodic returns when the background work is done.
func (*Log) Periodic() []job.Periodic {
	return []job.Periodic{{Kind: jobSequence, Every: sequenceEvery}}
}

// Leaf is a fact's place in the log.
type Leaf struct {
	Record string // identifier of the row
	Kind   string
	Entry  []byte    // the commitment, which is public
	Salt   []byte    // opens it; nil once it was destroyed
	At     time.Time // when it was appended
	Idx    int64     // -1 while it waits
}

// Waits reports whether the leaf is not in the tree yet.
func (l Leaf) Waits() bool { return l.Idx < 0 }

// Append puts leaves for facts of a kind into the transaction that makes them.
func (l *Log) Append(tx *db.Tx, kind string, facts ...Fact) error {
	at, rows := l.now(), make([][]any, len(facts))
	for i, f := range facts {
		salt := newSalt()
		rows[i] = []any{f.Record, kind, f.entry(kind, salt, at), salt, at}
	}
	if err := db.InsertMany(tx, "log_leaf", "record, kind, entry, salt, at", rows); err != nil {
		return fmt.Errorf("tlog.Append(%s): %w", kind, err)
	}
	return nil
}

// Forget destroys the salts of records, when what they say is destroyed.
func Forget(tx *db.Tx, kind string, records ...string) error {
	var w db.Where
	w.And("kind = ?", kind)
	w.AndIn("record", records)
	if _, err := tx.Exec(`update log_leaf set salt = null `+w.String(), w.Args()...); err != nil {
		return fmt.Errorf("tlog.Forget(%s): %w", kind, err)
	}
	return nil
}

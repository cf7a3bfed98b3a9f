package tlog

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
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
	vault     *crypt.Vault
	signer    *signer
	witnesses []note.Verifier
	vkeys     []string // of the witnesses, in the same order
	kinds     []Kind
	standings map[string]Standing // by table
	standKey  []byte
	memory    Memory // nil for a log that remembers nothing outside of its tables

	mu      sync.Mutex
	stopped error // why nothing is signed or served
}

// New returns the log of d, whose salts lie under the keys of vault where what
// they open is sealed. The seed of 32 bytes is that of the signing key;
// witnesses are the verifier keys of those whose signatures are taken. Fault:
// Invalid for a key that cannot be read.
func New(d *db.DB, now clock.Clock, vault *crypt.Vault, seed []byte, witnesses ...string) (*Log, error) {
	l := &Log{db: d, now: now, vault: vault, signer: newSigner(ed25519.NewKeyFromSeed(seed)), vkeys: witnesses, kinds: []Kind{remarks(), standings()},
		standings: map[string]Standing{}, standKey: standKeyOf(seed)}
	var err error
	l.witnesses, err = ParseWitnesses(witnesses)
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
	return []job.Handler{
		job.On(jobSequence, func(ctx context.Context, _ struct{}) error { return l.Sequence(ctx) }),
		job.On(jobAttest, func(ctx context.Context, _ struct{}) error { return l.Attest(ctx) }),
	}
}

// Periodic returns when the background work is done.
func (*Log) Periodic() []job.Periodic {
	return []job.Periodic{{Kind: jobSequence, Every: sequenceEvery}, {Kind: jobAttest, Every: attestEvery}}
}

// Leaf is a fact's place in the log.
type Leaf struct {
	Record   string // identifier of the row
	Kind     string
	Entry    []byte    // the commitment, which is public
	SealedBy string    // the key under which the salt is kept; empty where it lies open
	Salt     string    // as it is kept (salt.go)
	At       time.Time // when it was appended
	Idx      int64     // -1 while it waits
}

// Waits reports whether the leaf is not in the tree yet.
func (leaf Leaf) Waits() bool { return leaf.Idx < 0 }

// Append puts leaves for facts of a kind into the transaction that makes them.
// The key that seals what a fact says must be there.
func (l *Log) Append(tx *db.Tx, kind string, facts ...Fact) error {
	return l.append(tx, kind, l.now(), facts...)
}

func (l *Log) append(tx *db.Tx, kind string, at time.Time, facts ...Fact) (err error) {
	defer fault.Wrap(&err, "tlog.Append(%s)", kind)
	keys, err := l.keysOf(tx.Reader, facts)
	if err != nil {
		return err
	}
	rows := make([][]any, len(facts))
	for i, f := range facts {
		if f.Broken != nil {
			return f.Broken
		}
		salt := newSalt()
		kept, err := storable(salt, kind, f, keys)
		if err != nil {
			return err
		}
		rows[i] = []any{f.Record, kind, f.entry(kind, salt, at), f.Key, kept, at}
	}
	return db.InsertMany(tx, "log_leaf", "record, kind, entry, sealed_by, salt, at", rows)
}

package tlog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	merkle "golang.org/x/mod/sumdb/tlog"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Memory is where one server remembers, outside of the database, what the log
// signed last: whoever can write the tables cannot write there (keyring.Note).
type Memory interface {
	// Read returns what is remembered. Faults: NotFound where nothing is,
	// Conflict where somebody has altered it.
	Read() ([]byte, error)
	// Change replaces it by what f makes of it, for good when it returns; f gets
	// nil where nothing is remembered.
	Change(f func(old []byte) ([]byte, error)) error
	// Replace is Change that passes over what somebody has altered.
	Replace(f func(old []byte) ([]byte, error)) error
}

// kept is what is remembered: the last head that was signed and stored, and
// whether facts that are older than the log have their leaves.
type kept struct {
	Log     string `json:"log"`
	Size    int64  `json:"size"`
	Hash    string `json:"hash"`
	Adopted bool   `json:"adopted"`
}

// keptHead is a head of the tree.
type keptHead struct {
	Size int64
	Hash string
}

// Remember has the log remember in m what it signs, and refuse whatever does
// not go on from there.
func (l *Log) Remember(m Memory) { l.memory = m }

// Stopped returns why the log signs and serves nothing; nil where it works.
func (l *Log) Stopped() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stopped
}

func (l *Log) stop(why error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stopped = why
}

// Guard compares the database with what this server remembers, and remembers
// what was signed since. What it finds holds until it is called again (Stopped).
// Fault: Conflict.
func (l *Log) Guard(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "tlog.Guard")
	if l.memory == nil {
		return nil
	}
	var last keptHead
	var refused error
	err = l.db.Read(ctx, func(r db.Reader) (err error) {
		if refused = l.guard(r); refused == nil {
			last, err = l.sound(r)
		}
		return err
	})
	if err != nil {
		return err
	}
	if l.stop(refused); refused != nil {
		return refused
	}
	return l.signed(last)
}

// sound returns the last head, where the tree is what was signed; the empty one
// where it is not, of which the sequencer says so, or where nothing was signed.
func (l *Log) sound(r db.Reader) (h keptHead, err error) {
	size, err := db.Value[int64](r, `select size from log_head where one = 1`)
	if err != nil {
		return h, err
	}
	c, err := l.checkLast(r, size)
	if errors.Is(err, errForked) || err == nil && c.Note == "" {
		c, err = emptyHead()
	}
	return keptHead{c.Size, c.Hash.String()}, err
}

// emptyHead is the head of a log without leaves.
func emptyHead() (c Checkpoint, err error) {
	c.Hash, err = merkle.TreeHash(0, nil)
	return c, err
}

// guard refuses a database whose tree does not go on from what is remembered.
// Fault: Conflict.
func (l *Log) guard(r db.Reader) error {
	if l.memory == nil {
		return nil
	}
	now, err := db.One[struct{ Size, Adopted, Signed int64 }](r, `select size, adopted, (select count(*) from log_checkpoint) as signed from log_head where one = 1`)
	if err != nil {
		return fmt.Errorf("tlog.guard: %w", err)
	}
	k, err := l.recall()
	switch {
	case fault.Is(err, fault.NotFound) && now.Size == 0 && now.Signed == 0:
		return nil
	case fault.Is(err, fault.NotFound):
		return errStopped(i18n.T("本服务器没有上次签发的记录，而日志已有 %d 条", "this server has no note of what was signed last, and the log has %d leaves").With(now.Size))
	case fault.Is(err, fault.Conflict):
		return errStopped(i18n.T("上次签发的记录被改动过", "the note of what was signed last was altered"))
	case err != nil:
		return err
	case k.Adopted && now.Adopted == 0:
		return errStopped(i18n.T("数据库说日志尚未开始，实际早已开始", "the database says that the log has not begun, and it has"))
	}
	if now.Size < k.Size {
		return errStopped(i18n.T("日志只剩 %d 条，而已签发过 %d 条", "the log has %d leaves left of %d that were signed").With(now.Size, k.Size))
	}
	root, err := merkle.TreeHash(k.Size, stored(r))
	if err != nil || root.String() != k.Hash {
		return errStopped(i18n.T("日志的前 %d 条与签发过的不是同一段历史", "the first %d leaves are another history than the one that was signed").With(k.Size))
	}
	return nil
}

// errStopped is why the log is refused, with what to do.
func errStopped(why i18n.Text) error {
	return fault.New(fault.Conflict, i18n.T("日志已停止签发：%s", "the log is stopped: %s").With(why)).
		WithFix(i18n.T("若刚从备份恢复，请执行 qingfeng log accept-restore；否则请保全数据并查明是谁改了数据库",
			"after a restore from a backup run qingfeng log accept-restore; otherwise keep the data as they are and find out who changed the database"))
}

// recall reads what is remembered.
func (l *Log) recall() (k kept, err error) {
	text, err := l.memory.Read()
	if err == nil {
		err = json.Unmarshal(text, &k)
	}
	return k, err
}

// change rewrites what is remembered; where nothing is yet, from the empty log.
func (l *Log) change(f func(*kept)) error {
	return l.memory.Change(func(old []byte) ([]byte, error) { return l.rewrite(old, f) })
}

func (l *Log) rewrite(old []byte, f func(*kept)) ([]byte, error) {
	empty, err := emptyHead()
	if err != nil {
		return nil, err
	}
	k := kept{Log: l.signer.name, Hash: empty.Hash.String()}
	if old != nil {
		if err := json.Unmarshal(old, &k); err != nil {
			return nil, fmt.Errorf("tlog: what was signed last: %w", err)
		}
	}
	f(&k)
	return json.Marshal(k)
}

// signed remembers a head that was signed and stored.
func (l *Log) signed(h keptHead) error {
	if k, err := l.recall(); err == nil && k.Size >= h.Size {
		return nil
	}
	return l.change(func(k *kept) {
		if k.Size < h.Size {
			k.Size, k.Hash = h.Size, h.Hash
		}
	})
}

// Restored is a deliberate restore of the database from a backup.
type Restored struct {
	From   int64  `json:"from"` // leaves that the backup has
	Was    int64  `json:"was"`  // leaves that were signed; -1 where nobody knows
	Hash   string `json:"hash"` // head of those that were signed
	Reason string `json:"reason"`
}

// AcceptRestore has the log go on from a database that lacks what was signed.
// It says so in the log itself, where it stays for ever. The caller names how
// many leaves there are, so that nobody accepts what they have not looked at.
// Faults: Invalid without a reason; Conflict where the size is another, where
// the tree is not what its own last checkpoint says, and where nothing is wrong.
func (l *Log) AcceptRestore(ctx context.Context, size int64, reason string) (x Restored, err error) {
	defer fault.Wrap(&err, "tlog.AcceptRestore(%d)", size)
	if reason == "" {
		return x, fault.Field("reason", i18n.T("请说明为何恢复", "please say why it was restored"))
	}
	if l.memory == nil {
		return x, errors.New("nothing is remembered")
	}
	x = Restored{From: size, Was: -1, Reason: reason}
	if k, err := l.recall(); err == nil {
		x.Was, x.Hash = k.Size, k.Hash
	}
	var last Checkpoint
	adopted := false
	err = l.db.InTx(ctx, func(tx *db.Tx) error {
		if err := l.guard(tx.Reader); err == nil {
			return fault.New(fault.Conflict, i18n.T("日志与签发记录相符，无需恢复", "the log goes on from what was signed; there is nothing to accept"))
		}
		have, err := lockHead(tx)
		if err != nil {
			return err
		}
		if have != size {
			return fault.New(fault.Conflict, i18n.T("数据库里的日志有 %d 条，不是 %d 条", "the log of this database has %d leaves, not %d"), have, size)
		}
		if last, err = l.checkLast(tx.Reader, size); err != nil {
			return fault.New(fault.Conflict, i18n.T("数据库里的日志与它自己的检查点不符，请换一份备份", "the log of this database contradicts its own checkpoint; restore another backup"))
		}
		n, err := db.Value[int64](tx.Reader, `select adopted from log_head where one = 1`)
		if adopted = n != 0; err != nil {
			return err
		}
		return l.remark(tx, l.now(), remarkRestored, x)
	})
	if err != nil {
		return x, err
	}
	return x, l.memory.Replace(func([]byte) ([]byte, error) {
		return l.rewrite(nil, func(k *kept) {
			if k.Adopted = adopted; last.Note != "" {
				k.Size, k.Hash = last.Size, last.Hash.String()
			}
		})
	})
}

// Watch guards the log of this server until ctx ends, and calls told whenever
// it stops or goes on.
func (l *Log) Watch(ctx context.Context, told func(stopped error)) {
	tick := time.NewTicker(sequenceEvery)
	defer tick.Stop()
	for before := error(nil); ; {
		err := l.Guard(ctx)
		if ctx.Err() != nil {
			return
		}
		if (err == nil) != (before == nil) {
			told(err)
		}
		before = err
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

package keyring

import (
	"context"
	"encoding/hex"
	"errors"
	"os"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Join opens the ring of a database at path. It makes one only with a database
// that is new; sealed says that there is something in it which a ring sealed.
// Faults: as Open; Conflict for a ring of another database, and for a database
// that was sealed and remembers no ring.
func Join(ctx context.Context, d *db.DB, path, passphrase string, sealed bool) (*Ring, error) {
	theirs, err := remembered(ctx, d)
	if err != nil {
		return nil, err
	}
	if theirs == "" && sealed {
		return nil, fault.New(fault.Conflict, i18n.T("数据库里有密封的内容，却没有密钥的指纹：数据不完整", "the database holds what is sealed, and not the fingerprint of its keys: it is not whole")).
			WithFix(i18n.T("请从完整的备份恢复数据库", "restore the database from a whole backup"))
	}
	begin := Open
	if theirs == "" {
		begin = Make
	}
	r, err := begin(path, passphrase)
	if err != nil {
		return nil, err
	}
	if err := r.Bind(ctx, d); err != nil {
		if r.made && fault.Is(err, fault.Conflict) { // another server was first, with its own
			err = errors.Join(err, r.discard())
		}
		return nil, err
	}
	return r, nil
}

// discard removes a ring that was made and that nothing was sealed by, unless
// somebody has put another in its place meanwhile.
func (r *Ring) discard() error {
	info, err := os.Stat(r.path)
	if err != nil || (stamp{info.ModTime(), info.Size()}) != r.stamp {
		return err
	}
	return os.Remove(r.path)
}

// remembered returns the fingerprint of the ring that a database was made with;
// nothing for one that is new.
func remembered(ctx context.Context, d *db.DB) (theirs string, err error) {
	defer fault.Wrap(&err, "keyring.remembered")
	err = d.Read(ctx, func(r db.Reader) (err error) {
		theirs, err = db.Value[string](r, `select coalesce(max(fingerprint), '') from key_ring`)
		return err
	})
	return theirs, err
}

// Bind remembers the ring in the database, or refuses when the database
// belongs to another ring.
func (r *Ring) Bind(ctx context.Context, d *db.DB) (err error) {
	defer fault.Wrap(&err, "keyring.Bind")
	mine := hex.EncodeToString(r.Key("fingerprint"))
	var theirs string
	err = d.InTx(ctx, func(tx *db.Tx) (err error) {
		if _, err := tx.Exec(`insert into key_ring (one, fingerprint) values (1, $1) on conflict (one) do nothing`, mine); err != nil {
			return err
		}
		theirs, err = db.Value[string](tx.Reader, `select fingerprint from key_ring where one = 1`)
		return err
	})
	if err != nil {
		return err
	}
	if theirs != mine {
		return fault.New(fault.Conflict, i18n.T("这个数据库使用的是另一把密钥", "this database belongs to another key ring")).
			WithFix(i18n.T("请换回与它同时生成的密钥文件（保险柜里的，或第一台服务器上的），或用 --keys 指定", "put back the key file that was made with it (from the safe, or from the first server), or name it with --keys"))
	}
	return nil
}

package tlog_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tlog"
)

// A salt is kept under the key of its record, opens there, and stands nowhere
// in the tables: without it nobody can try whether a guess fits the entry.
func TestSaltOfASealedRecordIsSealed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.seal("t00000001")
		w.add(2)
		w.sequence()
		w.sound()
		open, sealed := w.leaf("t00000000"), w.leaf("t00000001")
		dump := dbtest.Dump(t, w.db)
		if !strings.Contains(dump, base64.RawStdEncoding.EncodeToString(w.salt(open))) {
			t.Error("the salt of an open record is not found: the test sees nothing")
		}
		if salt := w.salt(sealed); strings.Contains(dump, base64.RawStdEncoding.EncodeToString(salt)) || strings.Contains(dump, string(salt)) {
			t.Error("the salt of a sealed record lies open")
		}
		stranger, err := tlog.New(w.db, clock.Fixed(present()), crypttest.Vault(t, clock.Fixed(present())), seed())
		w.must(err)
		w.read(func(r db.Reader) error {
			if _, err := stranger.OpenSalt(r, sealed); err == nil {
				t.Error("another ring opens it")
			}
			return nil
		})
	})
}

// Sealing late changes where the salt is kept, and neither leaf nor tree.
func TestSealingLateChangesNoLeaf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(3)
		w.sequence()
		before, head := w.leaf("t00000001"), w.checkpoint()
		salt := w.salt(before)
		w.seal("t00000001")
		if said := w.judge(); !strings.Contains(said, `t00000001 was altered: it is sealed by key "thing/t00000001", and leaf 1 of the log by key ""`) {
			t.Errorf("a salt left open:\n%s", said)
		}
		for range 2 { // the second time there is nothing to do
			w.tx(func(tx *db.Tx) error { return w.Protect(tx, kind, "thing/t00000001", "t00000001") })
		}
		after := w.leaf("t00000001")
		if !bytes.Equal(after.Entry, before.Entry) || !bytes.Equal(w.salt(after), salt) || after.Salt == before.Salt || w.checkpoint().Hash != head.Hash {
			t.Errorf("%+v became %+v", before, after)
		}
		if w.leaf("t00000000").SealedBy != "" {
			t.Error("the neighbour was sealed")
		}
		w.sound()
	})
}

// Of what was destroyed verify says how much and when, and that it is in the
// log; the tree is what it was.
func TestDestroyedIsCountedAndNotCompared(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.seal("t00000001", "t00000002")
		w.add(4)
		w.sequence()
		head := w.checkpoint()
		w.destroy("t00000001", time.Date(2041, 1, 2, 0, 0, 0, 0, clock.Shanghai))
		w.things["t00000001"] = "" // what is left of it
		if said := w.judge(); strings.Contains(said, "WRONG") || !strings.Contains(said, "1 in the log, destroyed on 2041-01-02, not compared\n") {
			t.Error(said)
		}
		w.destroy("t00000002", time.Date(2042, 1, 2, 0, 0, 0, 0, clock.Shanghai))
		if said := w.judge(); strings.Contains(said, "WRONG") || !strings.Contains(said, "2 in the log, destroyed from 2041-01-02 to 2042-01-02, not compared\n") {
			t.Error(said)
		}
		w.read(func(r db.Reader) error {
			if _, err := w.OpenSalt(r, w.leaf("t00000001")); !fault.Is(err, fault.Gone) {
				t.Errorf("its salt: %v", err)
			}
			return nil
		})
		w.add(1)
		w.sequence()
		w.must(w.Extends(t.Context(), head.Note))
	})
}

// What was destroyed before the log began has a leaf that nobody can open.
func TestAdoptedAfterItWasDestroyed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.things["a"], w.things["b"] = "", "open"
		w.seal("a")
		w.destroy("a", present())
		w.must(w.Adopt(t.Context()))
		w.sequence()
		if leaf := w.leaf("a"); leaf.Salt != "" || leaf.SealedBy != "thing/a" {
			t.Errorf("%+v", leaf)
		}
		if said := w.judge(); strings.Contains(said, "WRONG") || !strings.Contains(said, "1 in the log, destroyed on") {
			t.Error(said)
		}
	})
}

// A fact that is put in with its leaf and an older date is in the log only from
// the next checkpoint on: verify says that it came late.
func TestLateLeavesAreSaid(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(3)
		w.exec(`update log_leaf set at = at - 86400000`)
		w.sequence()
		if said := w.judge(); strings.Contains(said, "later than promised") {
			t.Errorf("to the moment:\n%s", said)
		}
		w.add(2)
		w.exec(`update log_leaf set at = at - 86401000 where idx is null`)
		w.sequence()
		if said := w.judge(); !strings.Contains(said, "1 times signed later than promised, first leaf 3 of 2026-07-27, signed 2026-07-28") {
			t.Error(said)
		}
	})
}

// A fact is not appended while the key that it names is missing.
func TestNoLeafWithoutItsKey(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := thing("a", "红包")
		f.Key = "thing/a"
		err := w.db.InTx(t.Context(), func(tx *db.Tx) error { return w.Append(tx, kind, f) })
		if err == nil || !strings.Contains(err.Error(), "there is no key thing/a") {
			t.Errorf("got %v", err)
		}
	})
}

// Whatever is done to a sealed record, its salt, its key or to when it was
// destroyed is named; claiming that it was destroyed hides nothing.
func TestTamperingWithWhatIsSealed(t *testing.T) {
	const destroyed = `update sealed_key set wrapped = '', destroyed_at = 1785200000000 where record = 'thing/t00000001'`
	for name, c := range map[string]struct {
		do   func(*world)
		want string
	}{
		"the word": {func(w *world) { w.things["t00000001"] = "another" }, "t00000001 was altered: it is not what leaf 1 of the log commits to"},
		"the commitment": {func(w *world) {
			w.exec(`update log_leaf set entry = (select entry from log_leaf where idx = 0) where idx = 1`)
		}, "t00000001 was altered"},
		"the salt": {func(w *world) {
			w.exec(`update log_leaf set salt = replace(salt, 'sealed:', 'sealed:A') where idx = 1`)
		}, "the salt of leaf 1 of the log was altered, which is about t00000001"},
		"the salt of another": {func(w *world) {
			w.exec(`update log_leaf set salt = (select salt from log_leaf where idx = 2) where idx = 1`)
		}, "the salt of leaf 1 of the log was altered"},
		"the salt in the clear": {func(w *world) {
			w.exec(`update log_leaf set salt = (select salt from log_leaf where idx = 0), sealed_by = '' where idx = 1`)
		}, "and leaf 1 of the log by key \"\""},
		"another key": {func(w *world) { w.exec(`update log_leaf set sealed_by = 'thing/t00000002' where idx = 1`) }, "and leaf 1 of the log by key \"thing/t00000002\""},
		"a key that is gone": {func(w *world) {
			w.destroy("t00000002", present())
			w.exec(`update log_leaf set sealed_by = 'thing/t00000002' where idx = 1`)
		}, "t00000001 was altered"},
		"destroyed, they say": {func(w *world) { w.exec(destroyed); w.things["t00000001"] = "another" }, "t00000001: the key of its words was destroyed on 2026-07-28, and no step says so"},
		"destroyed before": {func(w *world) {
			w.destroy("t00000001", present())
			w.exec(`update sealed_key set destroyed_at = destroyed_at - 86400000`)
		}, "and a step says 2026-07-28T01:00:00.123Z"},
		"destroyed, and opens":    {func(w *world) { w.gone["t00000001"] = present() }, "t00000001: its words are said to be destroyed, and their key is there"},
		"destroyed and deleted":   {func(w *world) { w.destroy("t00000001", present()); delete(w.things, "t00000001") }, "t00000001 is gone, but is leaf 1 of the log"},
		"destroyed, leaf and all": {func(w *world) { w.destroy("t00000001", present()); w.exec(`delete from log_leaf where idx = 1`) }, "t00000001 is not in the log"},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			w := newWorld(t, dbtest.Open(t, dbtest.SQLiteURL(t), tables()...))
			w.seal("t00000001", "t00000002")
			w.add(4)
			w.sequence()
			w.sound()
			if c.do(w); !strings.Contains(w.judge(), c.want) {
				t.Errorf("want %q in\n%s", c.want, w.judge())
			}
		})
	}
}

package tlog_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
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

// A leaf that was signed later than promised is wrong, each of them, unless a
// person has said why.
func TestLateLeavesAreWrong(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(3)
		w.now = present().Add(tlog.Promised)
		w.sequence()
		w.sound()
		w.add(2)
		w.times["t00000003"], w.times["t00000004"] = w.now, w.now
		w.now = w.now.Add(tlog.Promised + time.Second)
		w.sequence()
		for _, want := range []string{"leaf 3, about t00000003, is of 2026-07-29T01:00:00.123Z and was signed on 2026-07-30T01:00:01.123Z only", "leaf 4, about t00000004, is of"} {
			if said := w.judge(); !strings.Contains(said, want) {
				t.Errorf("want %q in\n%s", want, said)
			}
		}
		w.must(w.AcceptOutage(t.Context(), tlog.Outage{From: present().Add(tlog.Promised), Until: w.now, Reason: "the server stood still"}))
		w.sequence()
		w.sound()
		w.exec(`update log_remark set detail = replace(detail, 'still', 'there')`)
		if said := w.judge(); !strings.Contains(said, "was altered") {
			t.Error(said)
		}
	})
}

// An outage is over when it is confirmed, and somebody says why.
func TestOutagesThatAreNone(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, dbtest.SQLiteURL(t), tables()...))
	for name, x := range map[string]tlog.Outage{
		"no reason":            {From: present().Add(-time.Hour), Until: present()},
		"ends as it begins":    {From: present(), Until: present(), Reason: "x"},
		"not over":             {From: present(), Until: present().Add(time.Millisecond), Reason: "x"},
		"ends before it began": {From: present(), Until: present().Add(-time.Hour), Reason: "x"},
	} {
		if err := w.AcceptOutage(t.Context(), x); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A fact with a time of its own that is not that of its leaf is named, to the
// minute, unless it says itself that it was written down late.
func TestBackDatedFactsAreNamed(t *testing.T) {
	for name, c := range map[string]struct {
		before time.Duration
		late   bool
		want   string
	}{
		"at once":             {0, false, ""},
		"minutes":             {tlog.AtOnce, false, ""},
		"more than minutes":   {tlog.AtOnce + time.Millisecond, false, "t00000002 was back-dated: it says 2026-07-28T00:50:00.122Z, and its leaf is of 2026-07-28T01:00:00.123Z"},
		"a month, typed in":   {30 * 24 * time.Hour, true, ""},
		"two years, typed in": {2 * 365 * 24 * time.Hour, true, "t00000002 was back-dated"},
		"after its leaf":      {-tlog.AtOnce - time.Millisecond, false, "t00000002 says 2026-07-28T01:10:00.124Z, but is in the log since 2026-07-28T01:00:00.123Z already"},
		"after, and typed in": {-tlog.AtOnce - time.Millisecond, true, "t00000002 says"},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			w := newWorld(t, dbtest.Open(t, dbtest.SQLiteURL(t), tables()...))
			w.add(4)
			w.sequence()
			w.times["t00000002"], w.late["t00000002"] = present().Add(-c.before), c.late
			said := w.judge()
			if c.want == "" && strings.Contains(said, "WRONG") || !strings.Contains(said, c.want) {
				t.Errorf("want %q in\n%s", c.want, said)
			}
		})
	}
}

// What was written down long after it happened is remarked with its number: one
// more of the same instant is named.
func TestPastFactsAreCounted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		old := present().AddDate(-1, 0, 0)
		facts := make([]tlog.Fact, 5)
		for i := range facts {
			id := fmt.Sprintf("old%d", i)
			w.things[id], w.times[id] = "x", old
			facts[i] = thing(id, "x")
		}
		w.tx(func(tx *db.Tx) error { return w.AppendPast(tx, kind, facts...) })
		w.sequence()
		w.sound()
		w.things["planted"], w.times["planted"] = "x", old
		w.tx(func(tx *db.Tx) error { return w.Append(tx, kind, thing("planted", "x")) })
		w.sequence()
		if said := w.judge(); !strings.Contains(said, "planted was back-dated") {
			t.Error(said)
		}
		w.exec(`update log_remark set detail = replace(detail, '5', '6')`)
		if said := w.judge(); !strings.Contains(said, "is not what leaf") {
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
		"the key itself": {func(w *world) {
			w.exec(`update sealed_key set wrapped = replace(wrapped, substr(wrapped, 9, 8), 'AAAAAAAA') where record = 'thing/t00000001'`)
		}, "t00000001 cannot be read: crypt: does not open: it was changed, or belongs elsewhere (key of thing/t00000001)"},
		"the suite of the key": {func(w *world) {
			w.exec(`update sealed_key set wrapped = '////' || wrapped where record = 'thing/t00000001'`)
		}, "t00000001 cannot be read"},
		"the generation of the key": {func(w *world) {
			w.exec(`update sealed_key set generation = 7 where record = 'thing/t00000001'`)
		}, "t00000001 cannot be read"},
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

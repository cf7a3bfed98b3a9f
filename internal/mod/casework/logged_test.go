package casework_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/keyring"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/mod/casework"
)

// keepCopy keeps what stands in tables until restore.
func (w *world) keepCopy(tables ...string) {
	w.t.Helper()
	w.nothingSigned()
	for _, table := range tables {
		w.exec("create table copy_of_" + table + " as select * from " + table)
	}
}

// restore puts back what is stored of the words and leaves that were changed.
func (w *world) restore(tables ...string) {
	w.t.Helper()
	for _, table := range tables {
		columns := map[string]string{"case_message": "id body", "case_file": "id reply", "case_event": "id reason detail at", "log_leaf": "record entry salt sealed_by",
			"sealed_key": "record wrapped destroyed_at"}[table]
		key, rest, _ := strings.Cut(columns, " ")
		for column := range strings.FieldsSeq(rest) {
			w.exec("update " + table + " set " + column + " = (select c." + column + " from copy_of_" + table + " c where c." + key + " = " + table + "." + key + ") where " + key + " in (select c." + key + " from copy_of_" + table + " c)")
		}
	}
}

// leaves are the commitments to the events of a case, in order, and how many of
// their salts are sealed.
func (w *world) leaves(id string) (entries string, sealed int) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		rows, err := db.All[tlog.Leaf](tx.Reader, `select l.record, l.entry, l.sealed_by from log_leaf l join case_event e on e.id = l.record where e.case_id = $1 order by l.record`, id)
		for _, leaf := range rows {
			entries += string(leaf.Entry)
			if leaf.SealedBy != "" {
				sealed++
			}
		}
		return err
	})
	return entries, sealed
}

// sound fails the test when verify has anything to say.
func (w *world) sound() {
	w.t.Helper()
	if _, wrong := w.verify(); wrong != "" {
		w.t.Error(wrong)
	}
}

// What was said in the clear and is sealed when a case is joined with a clue has
// the leaves that it had; their salts are sealed with it.
func TestSealingLateChangesNoLeaf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		o := w.opening("B")
		o.Mode = "confidential"
		sealedCase := w.open(o)
		w.work()
		w.later(1)
		id := w.routed("B")
		w.must(w.Note(w.dispatcher(), note(id, planted)))
		before, sealed := w.leaves(id)
		if sealed != 0 {
			t.Fatalf("%d salts of an ordinary case are sealed", sealed)
		}
		w.must(w.Merge(w.dispatcher(), merge(id, sealedCase)))
		after, sealed := w.leaves(id)
		if !strings.HasPrefix(after, before) || sealed == 0 || !w.read(id).Sealed {
			t.Errorf("%d salts are sealed; sealed: %v", sealed, w.read(id).Sealed)
		}
		w.sound()
	})
}

// A new secret of the ring opens the same leaves.
func TestRotationChangesNoLeaf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ring, err := keyring.Make(filepath.Join(t.TempDir(), "ring"), "")
		w.must(casework.Case{}, err)
		w.Vault = crypt.NewVault(ring, func() time.Time { return w.at })
		w.log(w.DB, func() time.Time { return w.at })
		id := w.namedClue()
		w.plant(id)
		before, _ := w.leaves(id)
		_, err = ring.AddGeneration()
		w.must(casework.Case{}, err)
		n, err := w.Vault.Rewrap(t.Context(), w.DB, 100)
		if w.must(casework.Case{}, err); n == 0 {
			t.Error("nothing was wrapped")
		}
		if after, _ := w.leaves(id); after != before {
			t.Error("the leaves changed")
		}
		w.sound()
	})
}

// kept leads an ordinary case and a clue through the years, to the day on which
// their words are destroyed.
func (w *world) kept() (ordinary, clue string) {
	w.t.Helper()
	ordinary, clue = w.closed(), w.namedClue()
	w.plant(clue)
	w.retained(w.read(ordinary).ClosedAt.AddDate(15, 0, 0))
	return ordinary, clue
}

// Of what was destroyed verify says how much there was and when it went. The
// steps are all in the log, that of the destruction among them, and it is
// compared.
func TestDestroyedWordsAreCounted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ordinary, clue := w.kept()
		_, n := w.leaves(ordinary)
		_, m := w.leaves(clue)
		all, wrong := w.verify()
		if want := " in the log, destroyed on 2041-0"; wrong != "" || n == 0 || m == 0 || !strings.Contains(all, want) {
			t.Errorf("%d and %d sealed; verify says\n%s", n, m, all)
		}
		w.exec(`update case_event set detail = '{"what":"identity"}' where action = 'expired' and case_id = $1`, clue)
		if _, wrong := w.verify(); !strings.Contains(wrong, "and no step says so") || !strings.Contains(wrong, "was altered: it is not what") {
			t.Errorf("without the step: %s", wrong)
		}
		w.exec(`update case_event set detail = '{"what":"words"}' where action = 'expired' and case_id = $1 and at = (select max(at) from case_event)`, clue)
	})
}

// Whatever is changed of a sealed step, its leaf, its key, or of when it was
// destroyed, is named.
func TestTamperingWithSealedSteps(t *testing.T) {
	const destroyed = `update sealed_key set wrapped = '', destroyed_at = 1785200000000 where record like 'case/%'`
	tables := []string{"case_event", "log_leaf", "sealed_key"}
	each(t, func(t *testing.T, w *world) {
		id := w.namedClue()
		w.plant(id)
		w.must(casework.Case{}, w.Log.Sequence(t.Context()))
		w.keepCopy(tables...)
		for q, want := range map[string]string{
			`update case_event set reason = (select max(reason) from case_event where reason like 'sealed:%') where reason like 'sealed:%'`: "was altered: crypt: does not open",
			`update case_event set reason = '' where reason like 'sealed:%'`:                                                                "was altered: it is",
			`update case_event set at = at - 1`:                         "was altered: it is not what leaf",
			`update case_event set detail = replace(detail, '{', '{ ')`: "(the detail of ",
			`update log_leaf set entry = (select l.entry from log_leaf l where l.record = (select max(record) from log_leaf))`: "was altered: it is not what leaf",
			`update log_leaf set salt = (select max(salt) from log_leaf where sealed_by <> '') where sealed_by <> ''`:          "the salt of leaf",
			`update log_leaf set sealed_by = ''`: "was altered: it is sealed by key",
			destroyed:                            "and no step says so",
		} {
			w.exec(q)
			if _, wrong := w.verify(); !strings.Contains(wrong, want) {
				t.Errorf("%s: want %q in\n%s", q, want, wrong)
			}
			w.restore(tables...)
		}
	})
}

// Who changes the date of a destruction is named, in each place where it stands.
func TestTamperingWithTheDateOfDestruction(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.kept()
		for q, want := range map[string]string{
			`update sealed_key set destroyed_at = destroyed_at %s 86400000 where destroyed_at is not null`: "and a step says",
			`update case_event set at = at %s 86400000 where action = 'expired'`:                           "was altered: it is not what",
			`update case_file set words_gone_at = words_gone_at %s 86400000`:                               "its words were destroyed on",
		} {
			w.exec(strings.Replace(q, "%s", "-", 1))
			if _, wrong := w.verify(); !strings.Contains(wrong, want) {
				t.Errorf("%s: want %q in\n%s", q, want, wrong)
			}
			w.exec(strings.Replace(q, "%s", "+", 1))
		}
	})
}

package tlog_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
)

// tampering is something done behind the back of the program, and what verify
// says to it.
type tampering struct {
	change []string     // to the tables of the log
	thing  func(*world) // to the records themselves
	want   string
}

func tamperings() map[string]tampering {
	return map[string]tampering{
		"a record flipped":         {thing: func(w *world) { w.things["t00000005"] = "another text" }, want: "t00000005 was altered: it is not what leaf 5 of the log commits to"},
		"a waiting record flipped": {thing: func(w *world) { w.things["t00000600"] = "another text" }, want: "t00000600 was altered: it is not what a waiting leaf of the log commits to"},
		"a record deleted":         {thing: func(w *world) { delete(w.things, "t00000005") }, want: "t00000005 is gone, but is leaf 5 of the log"},
		"the last record deleted":  {thing: func(w *world) { delete(w.things, "t00000600") }, want: "t00000600 is gone, but is a waiting leaf of the log"},
		"a record put in":          {thing: func(w *world) { w.things["t00000005x"] = "planted" }, want: "t00000005x is not in the log"},
		"two records exchanged": {thing: func(w *world) {
			w.things["t00000005"], w.things["t00000006"] = w.things["t00000006"], w.things["t00000005"]
		}, want: "t00000006 was altered"},

		"a leaf flipped":          {change: []string{`update log_leaf set entry = (select entry from log_leaf where idx = 6) where idx = 5`}, want: "hash 5 of tile 0/0 is not that of its leaf"},
		"a leaf's salt flipped":   {change: []string{`update log_leaf set salt = (select salt from log_leaf where idx = 6) where idx = 5`}, want: "t00000005 was altered"},
		"a leaf's salt destroyed": {change: []string{`update log_leaf set salt = '' where idx = 5`}, want: "the salt of leaf 5 of the log was altered, which is about t00000005"},
		"a leaf back-dated":       {change: []string{`update log_leaf set at = at - 60000 where idx = 5`}, want: "t00000005 was altered"},
		"a leaf deleted":          {change: []string{`delete from log_leaf where idx = 5`}, want: "leaf 5 is missing"},
		"a leaf and its record deleted": {change: []string{`delete from log_leaf where idx = 5`}, thing: func(w *world) { delete(w.things, "t00000005") },
			want: "leaf 5 is missing"},
		"the last leaf deleted":   {change: []string{`delete from log_leaf where idx = 599`}, want: "checkpoint 600 was signed, but only 599 leaves are left"},
		"a waiting leaf deleted":  {change: []string{`delete from log_leaf where idx is null`}, want: "t00000600 is not in the log"},
		"two leaves reordered":    {change: []string{`update log_leaf set idx = -1 where idx = 5`, `update log_leaf set idx = 5 where idx = 6`, `update log_leaf set idx = 6 where idx = -1`}, want: "hash 6 of tile 0/0 is not that of its leaf"},
		"a leaf for another":      {change: []string{`update log_leaf set record = 'x' where idx = 5`}, want: "x is gone, but is leaf 5 of the log"},
		"a leaf numbered by hand": {change: []string{`update log_leaf set idx = 600 where idx is null`}, want: "there are 601 leaves, but the last checkpoint is 600"},
		"a leaf of no kind": {change: []string{`update log_leaf set kind = 'thing/v0' where idx = 5`}, thing: func(w *world) { delete(w.things, "t00000005") },
			want: "1 leaves of thing/v0 are about nothing that is known, the first about t00000005"},
		"a leaf about nothing": {change: []string{`update log_leaf set record = '' where idx = 5`}, thing: func(w *world) { delete(w.things, "t00000005") },
			want: "1 leaves of thing/v1 are about nothing that is known, the first about "},
		"a leaf far outside":      {change: []string{`update log_leaf set idx = 1000000000000 where idx is null`}, want: "t00000600 has a leaf at 1000000000000, outside of the log"},
		"a leaf before the first": {change: []string{`update log_leaf set idx = -5 where idx is null`}, want: "t00000600 has a leaf at -5, outside of the log"},
		"a leaf kept waiting":     {change: []string{`update log_leaf set at = at - 864000000 where idx is null`}, want: "t00000600 waits for the log since"},

		"a tile flipped":         {change: []string{`update log_tile set hashes = (select hashes from log_tile where level = 0 and n = 1) where level = 0 and n = 0`}, want: "hash 0 of tile 0/0 is not that of its leaf"},
		"a higher tile flipped":  {change: []string{`update log_tile set hashes = (select entry from log_leaf where idx = 1) where level = 1`}, want: "hash 0 of tile 1/0 is not that of its tile"},
		"a tile deleted":         {change: []string{`delete from log_tile where level = 0 and n = 1`}, want: "tile 0/1 is missing"},
		"an open tile deleted":   {change: []string{`delete from log_tile where level = 0 and n = 2`}, want: "tile 0/2 is missing"},
		"a tile put in":          {change: []string{`insert into log_tile (level, n, hashes) select 0, 3, hashes from log_tile where level = 1`}, want: "1 tiles too many"},
		"a tile made longer":     {change: []string{`update log_tile set hashes = (select hashes from log_tile where level = 0 and n = 1) where level = 0 and n = 2`}, want: "tile 0/2 holds 256 hashes, not 88"},
		"the head moved back":    {change: []string{`update log_head set size = 300`}, want: "there are 600 leaves, but the head says 300"},
		"a checkpoint flipped":   {change: []string{`update log_checkpoint set note = replace(note, '300', '301') where size = 300`}, want: "checkpoint 300 was altered"},
		"checkpoints exchanged":  {change: []string{`update log_checkpoint set note = (select note from log_checkpoint where size = 600) where size = 300`}, want: "checkpoint 300 was altered"},
		"a checkpoint resized":   {change: []string{`update log_checkpoint set size = 299 where size = 300`}, want: "checkpoint 299 was altered"},
		"a checkpoint backdated": {change: []string{`update log_checkpoint set at = at - 86400000 where size = 300`}, want: "checkpoint 300 was altered"},
		"the last one deleted":   {change: []string{`delete from log_checkpoint where size = 600`}, want: "there are 600 leaves, but the last checkpoint is 300"},
		"a checkpoint taken out": {change: []string{`delete from log_checkpoint where size = 300`}, want: "checkpoint 600 was signed next after 300, which is gone; before it stands -1"},
		"a gap closed":           {change: []string{`delete from log_checkpoint where size = 300`, `update log_checkpoint set before = -1`}, want: "checkpoint 600 was altered: its link with the one before it does not hold"},
		"a place deleted":        {change: []string{`delete from log_place where idx = 5`}, want: "leaf 5 is not found by its hash"},
		"a place flipped":        {change: []string{`update log_place set prefix = prefix - 1 where idx = 5`}, want: "leaf 5 is not found by its hash"},
		"a place of another":     {change: []string{`update log_place set idx = 6 where idx = 5`}, want: "leaf 5 is not found by its hash"},
		"a place put in":         {change: []string{`insert into log_place (prefix, idx) values (7, 5)`}, want: "1 places of leaves too many"},
		"the head deleted":       {change: []string{`delete from log_head`}, want: "the head is gone"},
		"a stranger's signature": {change: []string{`insert into log_cosignature (size, witness, line, at) values (300, 'x', '', 0)`}, want: "the signature of witness x does not hold"},
	}
}

// Whatever is flipped, deleted, reordered, put in or back-dated, verify names it.
func TestTamperingIsNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.history()
		w.sound()
		w.copyTables()
		whole := maps.Clone(w.things)
		for name, c := range tamperings() {
			t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
				w.t = t
				w.exec(c.change...)
				if c.thing != nil {
					c.thing(w)
				}
				if said := w.judge(); !strings.Contains(said, c.want) {
					t.Errorf("want %q in\n%s", c.want, said)
				}
				w.restoreTables()
				w.things = maps.Clone(whole)
			})
		}
		w.t = t
		w.sound()
	})
}

// The tables of the log, those that others refer to first.
func logTables() []string {
	return []string{"log_checkpoint", "log_cosignature", "log_head", "log_leaf", "log_place", "log_remark", "log_tile"}
}

func (w *world) copyTables() {
	w.t.Helper()
	for _, table := range logTables() {
		w.exec("create table copy_of_" + table + " as select * from " + table)
	}
}

func (w *world) restoreTables() {
	w.t.Helper()
	for _, table := range slices.Backward(logTables()) {
		w.exec("delete from " + table)
	}
	for _, table := range logTables() {
		w.exec("insert into " + table + " select * from copy_of_" + table)
	}
}

func (w *world) exec(statements ...string) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		for _, q := range statements {
			if _, err := tx.Exec(q); err != nil {
				return err
			}
		}
		return nil
	})
}

// history is two heads, at 300 and 600 leaves, and one leaf that waits.
func (w *world) history() {
	w.t.Helper()
	for _, n := range []int{300, 300} {
		w.add(n)
		w.sequence()
	}
	w.add(1)
}

// Whoever empties the log and has another history signed over the same leaves'
// number is given away by a checkpoint that lies elsewhere.
func TestAnotherHistoryContradictsACheckpointElsewhere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(300)
		w.sequence()
		kept := w.checkpoint()
		w.must(w.Extends(t.Context(), kept.Note))
		w.add(5)
		w.sequence()
		w.must(w.Extends(t.Context(), kept.Note))
		w.empty()
		if err := w.Extends(t.Context(), kept.Note); err == nil || !strings.Contains(err.Error(), "fewer") {
			t.Errorf("a log cut off: %v", err)
		}
		w.things = map[string]string{}
		w.add(400)
		w.sequence()
		w.sound()
		if err := w.Extends(t.Context(), kept.Note); err == nil || !strings.Contains(err.Error(), "another history") {
			t.Errorf("another history: %v", err)
		}
	})
}

// empty takes everything out of the log.
func (w *world) empty() {
	w.t.Helper()
	w.exec("delete from log_leaf", "delete from log_place", "delete from log_tile", "delete from log_cosignature", "delete from log_checkpoint",
		"update log_head set size = 0")
}

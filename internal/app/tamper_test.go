package app

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org"
)

// errUndone ends a transaction in which something was tampered with.
var errUndone = errors.New("undone")

// tampered is one thing that somebody with the tables does behind the back of
// the program, and which checks of verify say so.
type tampered struct {
	table, what string
	said        []string // names of checks; empty: nothing
	refused     bool     // the database does not let it happen
}

// forger changes rows of a place, has verify look, and puts them back.
type forger struct {
	t *testing.T
	s *System
}

// tamper does something in a transaction that never ends well, and asks every
// check what it sees there.
func (f *forger) tamper(table, what string, statements ...string) (x tampered) {
	f.t.Helper()
	x.table, x.what = table, what
	err := f.s.DB.InTx(f.t.Context(), func(tx *db.Tx) error {
		x.said, x.refused = nil, false
		for _, q := range statements {
			if _, err := tx.Exec(q); err != nil {
				x.refused = true
				return errUndone
			}
		}
		for _, c := range f.s.Checks() {
			for _, l := range c.Look(f.t.Context(), tx.Reader) {
				if l.Wrong > 0 {
					x.said = append(x.said, l.Name)
				}
			}
		}
		return errUndone
	})
	if !errors.Is(err, errUndone) {
		f.t.Fatalf("%s %s: %v", table, what, err)
	}
	return x
}

// column is a column of a table.
type column struct {
	Name, Type string
	Key        bool
}

// tables reads the tables of a SQLite database from its catalogue.
func (f *forger) tables() (names []string) {
	f.t.Helper()
	f.read(func(r db.Reader) (err error) {
		names, err = db.Values[string](r, `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`)
		return err
	})
	return names
}

func (f *forger) columns(table string) (all []column) {
	f.t.Helper()
	f.read(func(r db.Reader) (err error) {
		all, err = db.All[column](r, `select name, lower(type) as type, pk > 0 as key from pragma_table_info('`+table+`') order by cid`)
		return err
	})
	return all
}

func (f *forger) rows(table string) (n int64) {
	f.t.Helper()
	f.read(func(r db.Reader) (err error) {
		n, err = db.Value[int64](r, `select count(*) from "`+table+`"`)
		return err
	})
	return n
}

func (f *forger) read(look func(db.Reader) error) {
	f.t.Helper()
	if err := f.s.DB.Read(f.t.Context(), look); err != nil {
		f.t.Fatal(err)
	}
}

// month is how far a time is put back.
const month = 30 * 24 * 3600 * 1000

// flip changes one column of the last row that says something in it; of a time it
// makes an earlier one.
func (f *forger) flip(table string, c column) tampered {
	said, to, what := `"`+c.Name+`" is not null`, `"`+c.Name+`" + 1`, c.Name
	switch {
	case isTime(c):
		to, what = fmt.Sprintf(`%q - %d`, c.Name, month), c.Name+" put back a month"
	case c.Type == "text":
		said, to = `"`+c.Name+`" <> ''`, `"`+c.Name+`" || 'x'`
	case c.Type == "bytea", c.Type == "blob":
		to = `substr("` + c.Name + `", 2) || x'00'`
	}
	row := fmt.Sprintf(`coalesce((select max(rowid) from %q where %s), (select max(rowid) from %[1]q))`, table, said)
	return f.tamper(table, what, fmt.Sprintf(`update %q set %q = coalesce(%s, 1) where rowid = %s`, table, c.Name, to, row))
}

// isTime reports whether a column holds an instant.
func isTime(c column) bool {
	return c.Type == "bigint" && (c.Name == "at" || strings.HasSuffix(c.Name, "_at"))
}

// exchange lets two rows change places: each gets what the other says.
func (f *forger) exchange(table string, columns []column) tampered {
	var sets []string
	for _, c := range columns {
		if !c.Key {
			sets = append(sets, fmt.Sprintf(`%q = (select b.%[1]q from exchanged b where b.was <> %q.rowid)`, c.Name, table))
		}
	}
	if len(sets) == 0 {
		return tampered{table: table, what: "two rows exchanged", refused: true}
	}
	two := fmt.Sprintf(`(select min(rowid) from %q union all select max(rowid) from %[1]q)`, table)
	return f.tamper(table, "two rows exchanged", fmt.Sprintf(`create table exchanged as select rowid as was, * from %q where rowid in %s`, table, two),
		fmt.Sprintf(`update %q set %s where rowid in %s`, table, strings.Join(sets, ", "), two), `drop table exchanged`)
}

// all does everything to one table.
func (f *forger) all(table string) (said []tampered) {
	columns := f.columns(table)
	for _, c := range columns {
		said = append(said, f.flip(table, c))
	}
	said = append(said, f.tamper(table, "a row deleted", fmt.Sprintf(`delete from %q where rowid = (select max(rowid) from %[1]q)`, table)))
	if f.rows(table) > 1 {
		said = append(said, f.exchange(table, columns))
	}
	return said
}

// blobs does everything to files of the store: an original, and a copy of one.
func (f *forger) blobs() (said []tampered) {
	for what, column := range map[string]string{"an original": "original_at", "a copy": "copy"} {
		var addresses []string
		f.read(func(r db.Reader) (err error) {
			addresses, err = db.Values[string](r, `select `+column+` from attachment where `+column+` <> '' order by id`)
			return err
		})
		if len(addresses) == 0 {
			f.t.Fatalf("there is not %s", what)
		}
		said = append(said, f.blob(what, f.file(addresses[0]), f.file(addresses[len(addresses)-1]))...)
	}
	slices.SortStableFunc(said, func(a, b tampered) int { return strings.Compare(a.table, b.table) })
	return said
}

// file finds the file of an address.
func (f *forger) file(address string) (path string) {
	f.t.Helper()
	err := filepath.WalkDir(f.s.Place.Blob, func(at string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.Contains(address, d.Name()) {
			path = at
		}
		return err
	})
	if err != nil || path == "" {
		f.t.Fatalf("no file of %s, %v", address, err)
	}
	return path
}

// blob does everything to one file, a; b is another.
func (f *forger) blob(what, a, b string) (said []tampered) {
	whole := map[string][]byte{a: []byte(read(f.t, a)), b: []byte(read(f.t, b))}
	for _, c := range []struct {
		what string
		do   func() error
	}{
		{"a byte flipped", func() error { return os.WriteFile(a, append([]byte{^whole[a][0]}, whole[a][1:]...), 0o600) }},
		{"cut off", func() error { return os.Truncate(a, 1) }},
		{"deleted", func() error { return os.Remove(a) }},
		{"exchanged with another", func() error { return errors.Join(os.WriteFile(a, whole[b], 0o600), os.WriteFile(b, whole[a], 0o600)) }},
	} {
		if a == b && strings.HasPrefix(c.what, "exchanged") {
			continue
		}
		if err := c.do(); err != nil {
			f.t.Fatal(err)
		}
		said = append(said, f.tamper("(a file: "+what+")", c.what))
		for path, text := range whole {
			if err := os.WriteFile(path, text, 0o600); err != nil {
				f.t.Fatal(err)
			}
		}
	}
	return said
}

// kept does everything to the note of what was signed last, which lies beside the
// key ring.
func (f *forger) kept() (said []tampered) {
	path := f.s.Place.logNote()
	whole, err := os.ReadFile(path)
	if err != nil {
		f.t.Fatal(err)
	}
	for what, do := range map[string]func() error{
		"a byte flipped": func() error { return os.WriteFile(path, append([]byte("x"), whole...), 0o600) },
		"deleted":        func() error { return os.Remove(path) },
	} {
		if err := do(); err != nil {
			f.t.Fatal(err)
		}
		said = append(said, f.tamper("(the note of what was signed)", what))
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			f.t.Fatal(err)
		}
	}
	slices.SortFunc(said, func(a, b tampered) int { return strings.Compare(a.what, b.what) })
	return said
}

// whole is what is done to the log as a whole.
func (f *forger) whole() []tampered {
	empty := []string{`delete from log_leaf`, `delete from log_place`, `delete from log_tile`, `delete from log_cosignature`, `delete from log_checkpoint`, `delete from log_remark`}
	all := f.tamper("(the whole log)", "emptied, to be begun again", append(empty, `update log_head set size = 0, adopted = 0`)...)
	cut := `(select max(size) from log_checkpoint where size < (select max(size) from log_checkpoint))`
	back := f.tamper("(the whole log)", "put back to the last checkpoint but one", `delete from log_place where idx >= `+cut, `update log_leaf set idx = null where idx >= `+cut,
		`update log_head set size = `+cut, `delete from log_checkpoint where size > `+cut)
	return append([]tampered{all, back}, f.wipe()...)
}

// wipe takes a case out with everything that knows of it, with its leaves and
// without.
func (f *forger) wipe() []tampered {
	const last = `(select max(id) from report)`
	of := []string{"case_event", "case_message", "case_callback", "case_investigation", "case_disposition", "case_assignment", "case_clock", "case_exclusion", "case_node", "case_request", "case_supervision"}
	leaves, rows := []string{`delete from log_leaf where record = ` + last}, []string{}
	for _, table := range of {
		if slices.ContainsFunc(f.columns(table), func(c column) bool { return c.Name == "id" }) {
			leaves = append(leaves, `delete from log_leaf where record in (select id from `+table+` where case_id = `+last+`)`)
		}
		rows = append(rows, `delete from `+table+` where case_id = `+last)
	}
	rows = append(rows, `delete from receipt where report_id = `+last, `delete from reporter where report_id = `+last, `delete from case_file where id = `+last, `delete from report where id = `+last)
	return []tampered{
		f.tamper("(a whole case)", "deleted", rows...),
		f.tamper("(a whole case)", "deleted, and its leaves", slices.Concat(leaves, rows)...),
	}
}

// forged is a place in which there is something of nearly everything, as the log
// signed it.
func forged(t *testing.T) *forger {
	m := newMatrix(t)
	at := m.sites[own]
	id := m.reviewing(at)
	m.reported(at, id)
	barred := casework.NoteInput{ID: m.archived(at)}
	barred.Body.Text = "已设置回避。"
	m.keepOut(barred.ID)
	got(m.s.Casework.Note(m.root(), barred))(m) // whom it keeps out was written behind the back of the program
	m.detail(m.clueAt(at))
	m.attached(m.handling(at))
	m.failed(m.handling(at))
	m.request(m.handling(at), casework.AskPause)
	m.rule(at)
	m.access(at)
	m.campaign(at, true)
	m.campaign(at, false)
	signed := m.submitted(at)
	got(m.s.Campaign.StepReturn(m.root(), org.PostedTo[campaign.ReturnStep]{ID: signed.ID, Body: campaign.ReturnStep{Action: "sign", Mark: signed.Mark}}))(m)
	m.examined(m.selfAsked(at), at)
	if err := m.s.Campaign.JudgeAll(t.Context(), struct{}{}); err != nil {
		t.Fatal(err)
	}
	m.typical(at, "publish")
	m.looked(at)
	m.brief(at)
	m.conduct(at)
	m.inspected(at)
	m.sanctions(at)
	look := casework.InvestigateInput{ID: m.handling(at)}
	look.Body.Kind, look.Body.At, look.Body.People, look.Body.Summary = "visit", m.s.Now(), []string{"赵甲", "钱乙"}, "到现场看过。"
	got(m.s.Casework.Investigate(m.root(), look))(m)
	for range 2 {
		write := casework.WriteInput{ID: m.handling(at)}
		write.Body.Text = "我们正在核实。"
		got(m.s.Casework.Write(m.root(), write))(m)
	}
	way := casework.DisposeInput{ID: m.clueAt(at)}
	way.Body.Way, way.Body.Reason = "inquiry", "线索具体"
	got(m.s.Casework.Dispose(m.root(), way))(m)
	m.answeredForm(m.form(at, true), at)
	m.answeredForm(m.form(at, true), at)
	keeper, year := figure.Keeper{Book: m.s.Figures, Settings: m.s.Settings, Now: m.s.Now}, figure.Period{From: thatMorning.AddDate(-1, 0, 0), Until: thatMorning}
	m.in(func(tx *db.Tx) error {
		_, err := keeper.Freeze(m.root(), tx, db.NewID(), []string{"case.received", "case.valid"}, figure.Narrow{Path: at.region.Path}, year)
		return err
	})
	m.closedProblem(at)
	m.listedProblem(at)
	m.work()
	for range 2 {
		if err := m.s.Log.Sequence(t.Context()); err != nil {
			t.Fatal(err)
		}
		m.received(at)
		m.work()
	}
	if err := m.s.Log.Sequence(t.Context()); err != nil {
		t.Fatal(err)
	}
	f := &forger{t, m.s}
	if x := f.tamper("", "nothing"); len(x.said) > 0 {
		t.Fatalf("before anything is done: %v", x.said)
	}
	return f
}

// every does everything to every table, blob and note.
func (f *forger) every() (said []tampered) {
	for _, table := range f.tables() {
		if !strings.HasPrefix(table, "version_") && f.rows(table) > 0 {
			said = append(said, f.all(table)...)
		}
	}
	return slices.Concat(said, f.blobs(), f.kept(), f.whole())
}

const tamperTable = "../../docs/tampering.md"

// TestTamperingTable does everything that somebody with the tables, the files or
// the log could do behind the back of the program, and compares what verify says
// with docs/tampering.md. A table that is new fails it until somebody says what
// verify says of it.
func TestTamperingTable(t *testing.T) {
	f := forged(t)
	mute := muteTables()
	for _, table := range f.tables() {
		if _, said := mute[table]; f.rows(table) == 0 && !said && !strings.HasPrefix(table, "version_") {
			t.Errorf("table %s has no row here: put one in, or say why nothing can be said of it", table)
		}
	}
	said := f.every()
	for _, x := range said {
		if _, excused := mute[x.table]; len(x.said) == 0 && !x.refused && !excused {
			t.Errorf("%s, %s: verify says nothing, and nobody has said why", x.table, x.what)
		}
	}
	for table := range mute {
		if !slices.ContainsFunc(said, func(x tampered) bool { return x.table == table && len(x.said) == 0 && !x.refused }) && f.has(table) {
			t.Errorf("verify notices whatever is done to %s: it is no longer mute", table)
		}
	}
	compareWith(t, tamperTable, written(said, mute))
}

// has reports whether there is a table with rows.
func (f *forger) has(table string) bool {
	return slices.Contains(f.tables(), table) && f.rows(table) > 0
}

// written is the document.
func written(said []tampered, mute map[string]string) string {
	var b strings.Builder
	b.WriteString(`# What verify says to tampering

Written by a test (internal/app/tamper_test.go) that has a small place with something of nearly everything, changes one thing behind the back of the program, runs all checks of ` + "`qingfeng verify`" + `, and puts it back. Of each table it changes every column of a row (times are put back a month), deletes a row, and lets two rows exchange what they say. Who does this has the database and the files, and not the key ring.

The second column names the checks that find something wrong. "nothing" stands where none does; why is said below the table of tables.

| what was changed | what verify said |
|---|---|
`)
	for _, x := range said {
		answer := strings.Join(x.said, "; ")
		switch {
		case strings.HasPrefix(x.table, "rate_"): // which row is the last is not settled there
			answer = "the checks of rates, or nothing"
		case x.refused:
			answer = "(the database refuses)"
		case len(x.said) == 0:
			answer = "nothing"
		}
		_, _ = fmt.Fprintf(&b, "| %s: %s | %s |\n", x.table, x.what, answer)
	}
	b.WriteString(`
## Where verify says nothing, or not to everything

| table | why |
|---|---|
`)
	for _, table := range slices.Sorted(maps.Keys(mute)) {
		_, _ = fmt.Fprintf(&b, "| %s | %s |\n", table, mute[table])
	}
	return b.String()
}

// compareWith compares a text with a file of the documentation, or writes it.
func compareWith(t *testing.T, path, text string) {
	t.Helper()
	if os.Getenv(renew) == "write" {
		write(t, path, text)
		return
	}
	have := strings.Split(read(t, path), "\n")
	for i, line := range strings.Split(text, "\n") {
		if i >= len(have) || have[i] != line {
			t.Errorf("%s, line %d: now\n%s\n(%s=write go test renews it)", path, i+1, line, renew)
			return
		}
	}
	if n := strings.Count(text, "\n") + 1; n < len(have) {
		t.Errorf("%s has %d lines, now %d", path, len(have), n)
	}
}

// muteTables says of which tables verify says nothing, or not to everything, and
// why.
func muteTables() map[string]string {
	const (
		empty    = "no row in this place; "
		reckoned = "reckoned from the cases; wrong figures are reckoned anew, and what a window was signed with is in the audit log"
		moment   = "of the moment: it says nothing of a case"
		index    = "an index of words that are stored elsewhere; it can be made again"
	)
	return map[string]string{
		"attachment":   "the kind and the type of the copy, and whether it was made, are what the program found out later; the file, whose it is and its SHA-256 are in the log",
		"case_clock":   "which alarms have rung, and when the next will, moves by the minute without an event; a clock that runs and would never ring is named",
		"place_scan":   "counts of who looked at a code; nobody is judged by them",
		"key_ring":     "the program does not start with a ring that does not fit",
		"log_head":     "whether facts from before the log have their leaves; only 0 means anything, and is named (the whole log, below)",
		"log_place":    "two rows without a key that exchange all they say are the same two rows",
		"notification": "what was told to whom; the steps are in the log",
		"rate_barred":  reckoned, "rate_dirty": reckoned, "rate_extract": empty + reckoned, "rate_link": reckoned, "rate_mark": reckoned, "rate_result": reckoned,
		"rate_scope": reckoned, "rate_total": reckoned, "rate_window": reckoned,
		"report":        "one column keeps the same report from being stored twice and is never read back",
		"staff":         "when somebody signed in last, and was warned, changes without anybody's decision; all else stands in the log",
		"account_link":  "wrong PINs in a row are counted without anybody's decision; all else stands in the log",
		"second_factor": "which code was used last changes without anybody's decision; all else stands in the log",
		"session":       moment,
		"ceremony":      empty + moment, "job": moment, "job_slot": empty + moment, "upload_piece": empty + moment,
		"sealed_key":  "when a key was made is for people to look at",
		"search_text": empty + index, "search_word": empty + index, "search_word_data": index, "search_word_docsize": empty + index, "search_word_idx": empty + index,
		"serial":          "the next number; a number that was given already is refused by the tables",
		"hotline_import":  empty + "that a file was imported; its orders are reports",
		"attachment_wish": empty + "that voices are to be changed; a step says so where staff asked for it",
		"case_disclosure": empty + "who opened who reported; each request, decision and look is a step in the log, and casework compares the row with it",
		"log_cosignature": empty + "a signature that does not hold is named; one that is deleted is not",
		"upload":          "what an upload says on its way; the file that it became is in the log",
	}
}

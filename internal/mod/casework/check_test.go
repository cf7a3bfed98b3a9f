package casework_test

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/verify"
	"qingfeng/internal/mod/casework"
)

// verify runs the checks of casework and returns what they print, and the
// lines about what is wrong.
func (w *world) verify() (all, wrong string) {
	w.t.Helper()
	w.nothingSigned()
	var out bytes.Buffer
	if _, err := verify.All(w.t.Context(), w.DB, &out, append(w.Module().Checks, w.Log.Checks()...)); err != nil {
		w.t.Error(err)
	}
	lines := regexp.MustCompile(`(?m)^WRONG .*$`).FindAllString(out.String(), -1)
	return out.String(), strings.Join(lines, "\n")
}

// nothingSigned confirms that nothing was signed until now: what the log says of
// late leaves is its own tests' business.
func (w *world) nothingSigned() {
	w.t.Helper()
	if w.confirmed.Equal(w.at) {
		return
	}
	w.confirmed = w.at
	if err := w.Log.AcceptOutage(w.t.Context(), tlog.Outage{From: w.at.AddDate(-100, 0, 0), Until: w.at, Reason: "no sequencer"}); err != nil {
		w.t.Error(err)
	}
}

// exec changes what is stored behind the back of the program.
func (w *world) exec(q string, args ...any) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		_, err := tx.Exec(q, args...)
		return err
	})
}

// aLife leads cases through returns, pauses, extensions, reworks and the
// discipline line, so that every check has something to look at; it returns
// the case that lived most and the integrity clue, which is over.
func (w *world) aLife() (id, clue string) {
	w.t.Helper()
	id = w.routed("B")
	w.must(w.Ask(w.coordinator(), ask(id, casework.AskReturn)))
	w.later(5)
	w.decide(id, true)
	in := casework.DispatchInput{ID: id}
	in.Body.Lead = hospital
	w.must(w.Dispatch(w.dispatcher(), in))
	w.later(1)
	w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
	w.must(w.Ask(w.coordinator(), ask(id, casework.AskPause)))
	w.later(1)
	w.decide(id, true)
	longer := ask(id, casework.AskExtension)
	longer.Body.Extension = daysOf(3)
	w.must(w.Ask(w.coordinator(), longer))
	w.decide(id, true)
	w.later(30)
	w.must(w.Submit(w.coordinator(), result(id)))
	w.must(w.SendBack(w.supervisor(), reasoned(id, "请补充调查")))
	w.later(2)
	w.must(w.Submit(w.coordinator(), result(id)))
	w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
	w.must(w.Rework(w.dispatcher(), reasoned(id, "诉求人反映未解决")))
	w.later(2)
	w.must(w.Submit(w.coordinator(), result(id)))

	o := w.opening("F")
	o.Mode = "named"
	clue = w.open(o)
	w.work()
	w.later(1)
	w.must(w.Sign(w.discipline(), casework.ByID{ID: clue}))
	w.must(w.Submit(w.discipline(), result(clue)))
	w.must(w.Approve(w.as("discipline-2", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Review), casework.Reasoned{ID: clue}))
	w.must(w.Close(w.as("discipline-3", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.CallBack), reasoned(clue, "已核实")))
	return id, clue
}

func TestChecksPassOverAWholeLife(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, _ := w.aLife()
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
		answer := casework.AnswerInput{ByReceipt: casework.ByReceipt{Receipt: id}, Body: casework.Answers{Contacted: "yes", Solved: "yes", Satisfied: "basic"}}
		_, err := w.Answer(t.Context(), answer)
		w.must(casework.Case{}, err)
		another := w.namedClue()
		w.plant(another)
		if _, err := w.AddRule(w.keeper(), rule(hospital)); err != nil {
			t.Fatal(err)
		}
		if err := w.Log.Sequence(t.Context()); err != nil {
			t.Fatal(err)
		}
		all, wrong := w.verify()
		if wrong != "" || strings.Contains(all, " 0 checked") {
			t.Error(all)
		}
	})
}

// Every check notices its damage and names the case.
func TestChecksCanFail(t *testing.T) {
	damages := map[string]string{
		"histories: a step left out":        `delete from case_event where case_id = $1 and action = 'sign'`,
		"histories: another end":            `update case_file set state = 'accepted' where id = $1`,
		"histories: ended elsewhere":        `update case_file set closed_at = received_at where id = $1`,
		"deadlines: moved":                  `update case_clock set due_at = due_at + 3600000 where case_id = $1 and kind = 'finish'`,
		"deadlines: on the case alone":      `update case_file set due_at = due_at + 1 where id = $1`,
		"deadlines: limit":                  `update case_clock set time_limit = '9d' where case_id = $1 and kind = 'finish'`,
		"deadlines: begins elsewhere":       `update case_clock set started_at = started_at - 1000 where case_id = $1 and kind = 'rework'`,
		"deadlines: rings no more":          `update case_clock set met_at = null where case_id = $1 and kind = 'rework'`,
		"deadlines: stands still":           `update case_file set paused_at = received_at where id = $1`,
		"deadlines: extension gone":         `update case_event set action = 'extension_refused' where case_id = $1 and action = 'extension_granted'`,
		"deadlines: no time to sign":        `delete from case_clock where case_id = $1 and kind = 'sign'`,
		"deadlines: two rounds at once":     `update case_clock set met_at = null, next_at = due_at where case_id = $1 and kind = 'sign' and round = 0`,
		"nodes: state":                      `update case_node set state = 'calling' where case_id = $1 and node = '990100'`,
		"nodes: next":                       `update case_node set next_at = next_at - 1 where case_id = $1 and node = '990100'`,
		"nodes: missing":                    `delete from case_node where case_id = $1 and node = '/'`,
		"nodes: stranger":                   `insert into case_node select 'hospital-2', case_id, state, open, route, category, received_at, due_at, 0, next_at from case_node where case_id = $1 and node = '/'`,
		"nodes: waits":                      `update case_node set waits = 8 - waits where case_id = $1 and node = '990100'`,
		"nobody works: lead kept out":       `insert into case_exclusion (case_id, node, reason, added_by, added_at) values ($1, 'hospital-1', 'x', 'x', 0)`,
		"parts: nobody leads":               `update case_assignment set ended_at = 1 where case_id = $1`,
		"counts: returns":                   `update case_file set returns = 2 where id = $1`,
		"counts: asked":                     `update case_file set asked_at = 1 where id = $1`,
		"counts: supervision":               `update case_file set supervision = 1 where id = $1`,
		"merged cases: nowhere":             `update case_file set merged_into = 'nothing' where id = $1`,
		"decisions: on an own request":      `update case_request set decided_by = asked_by where case_id = $1`,
		"deadlines: no clock of the result": `delete from case_clock where case_id = $1 and kind in ('finish', 'rework')`,
	}
	each(t, func(t *testing.T, w *world) {
		id, clue := w.aLife()
		for name, q := range damages {
			w.damaged(t, name, id, q)
		}
		w.damaged(t, "nobody works: not kept out", clue, `delete from case_exclusion where case_id = $1`)
		w.damaged(t, "real-name: no clock", clue, `delete from case_clock where case_id = $1 and kind = 'feedback'`)
		w.damaged(t, "real-name: no record", clue, `update case_clock set met_at = 1, next_at = null where case_id = $1 and kind = 'feedback'`)
		w.later(24 * 60)
		if _, wrong := w.verify(); wrong != "" {
			t.Errorf("time passed while nothing ran, and that is called wrong: %s", wrong)
		}
		note := casework.NoteInput{ID: clue}
		note.Body.Text = "已归档"
		w.must(w.Note(w.discipline(), note)) // the city works, and nobody was alarmed
		w.damaged(t, "real-name: nobody was alarmed", clue, `update case_clock set level = level where case_id = $1`)
		w.exec(`update case_clock set level = 200, next_at = null where case_id = $1 and kind = 'feedback'`, clue)
	})
}

// damaged damages a copy of the data, so to say: what is wrong after q must
// name the case and the check, and nothing is kept.
func (w *world) damaged(t *testing.T, name, id, q string) {
	t.Helper()
	number, check := w.read(id).Number, strings.Split(name, ":")[0]
	var out bytes.Buffer

	err := w.DB.InTx(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec(q, id); err != nil {
			return err
		}
		for _, c := range w.Module().Checks {
			for _, l := range c.Look(t.Context(), tx.Reader) {
				if l.Err != nil {
					return l.Err
				}
				for _, said := range l.Said {
					out.WriteString(l.Name + " " + said + "\n")
				}
			}
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		t.Fatalf("%s: %v", name, err)
	}
	named := regexp.MustCompile(`(?m)^casework: ` + check + `.*` + number).MatchString(out.String())
	if !named {
		t.Errorf("%s: not noticed; found %q", name, out.String())
	}
}

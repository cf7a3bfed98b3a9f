package casework_test

import (
	"strings"
	"testing"

	"qingfeng/internal/mod/casework"
)

// What is written once and decides a case, or is shown to its reporter, has a leaf
// of its own: whoever changes or deletes it is named, sealed or not.
func TestMessagesCallBacksAndInvestigationsAreProven(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		clue, open := w.namedClue(), w.routed("B")
		w.plant(clue)
		say := casework.SayInput{ByReceipt: casework.ByReceipt{Receipt: open}}
		say.Body.Text = "还没有解决"
		_, err := w.Say(t.Context(), say)
		w.must(casework.Case{}, err)
		w.nothingSigned()
		w.sound()
		for _, c := range []struct{ table, column, to string }{
			{"case_message", "body", "'x'"}, {"case_message", "author", "'x'"}, {"case_message", "unit_id", "'x'"}, {"case_message", "at", "at - 3600000"},
			{"case_investigation", "place", "''"}, {"case_investigation", "at", "at - 1"}, {"case_investigation", "people", "'[]'"}, {"case_investigation", "noted_by", "'x'"},
			{"case_investigation", "kind", "'other'"}, {"case_investigation", "summary", "'x'"}, {"case_investigation", "noted_at", "noted_at - 1"},
			{"case_disposition", "way", "'shelved'"}, {"case_disposition", "reason", "''"}, {"case_disposition", "decided_by", "'x'"}, {"case_disposition", "decided_at", "decided_at - 1"},
		} {
			w.exec("create table was as select id, " + c.column + " from " + c.table)
			w.exec("update " + c.table + " set " + c.column + " = " + c.to)
			if _, wrong := w.verify(); !strings.Contains(wrong, "was altered") {
				t.Errorf("%s of %s: %q", c.column, c.table, wrong)
			}
			w.exec("update " + c.table + " set " + c.column + " = (select was." + c.column + " from was where was.id = " + c.table + ".id)")
			w.exec("drop table was")
		}
		w.sound()
		w.exec("create table was as select * from case_message")
		w.exec("delete from case_message")
		if _, wrong := w.verify(); strings.Count(wrong, "is gone, but is") != 3 {
			t.Errorf("all messages deleted: %s", wrong)
		}
		w.exec("insert into case_message select * from was")
	})
}

// The years until words are destroyed are counted from when the case was closed,
// by the setting in force then: nobody destroys sooner and calls it the rule.
func TestDestroyedBeforeItsTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ordinary, _ := w.kept()
		w.sound()
		day := int64(24 * 3600 * 1000)
		for name, q := range map[string]string{
			"closed later":    `update case_event set at = at + $2 where case_id = $1 and to_state = 'archived' and from_state <> 'archived'`,
			"a day too early": `update case_event set at = at - $2 where case_id = $1 and action = 'expired'`,
		} {
			w.exec(q, ordinary, day)
			if _, wrong := w.verify(); !strings.Contains(wrong, "before their time was over") {
				t.Errorf("%s: %s", name, wrong)
			}
			w.exec(q, ordinary, -day)
		}
		w.exec(`update case_event set from_state = 'calling', to_state = 'calling' where case_id = $1 and to_state = 'archived' and from_state <> 'archived'`, ordinary)
		if _, wrong := w.verify(); !strings.Contains(wrong, "before their time was over (never)") {
			t.Errorf("never closed: %s", wrong)
		}
		w.exec(`update case_event set to_state = 'archived' where case_id = $1 and from_state = 'calling' and to_state = 'calling' and action = 'close'`, ordinary)
	})
}

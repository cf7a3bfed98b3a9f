package casework_test

import (
	"context"
	"strings"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org/demand"
)

// secret stands in every text that people type in these stories.
const secret = "证人李某说"

// logged returns what the log says beside who did what to which case.
func (w *world) logged() (texts []string) {
	w.t.Helper()
	w.must(casework.Case{}, w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		texts, err = db.Values[string](r, `select action || ' ' || reason || ' ' || detail from audit order by id`)
		return err
	}))
	return texts
}

// The log says who did what to which case and which fields were filled in; what
// was written into them is in the case alone.
func TestTheLogHoldsNoWordOfACase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		o := w.opening("F")
		o.Mode = demand.RealName
		clue := w.open(o)
		w.work()
		note := casework.NoteInput{ID: clue}
		note.Body.Text = secret
		w.must(w.Note(w.discipline(), note))
		w.must(w.Sign(w.discipline(), casework.ByID{ID: clue}))
		contact := casework.ContactInput{ID: clue}
		contact.Body.Method, contact.Body.Note = "phone", secret
		w.must(w.Contact(w.discipline(), contact))
		dispose := casework.DisposeInput{ID: clue}
		dispose.Body.Way, dispose.Body.Reason = "shelved", secret
		w.must(w.Dispose(w.disposer(), dispose))
		out := casework.KeepOutInput{ID: clue}
		out.Body.Staff, out.Body.Reason = "dispatcher", secret
		w.must(w.KeepOut(w.discipline(), out))
		submit := result(clue)
		submit.Body.Findings, submit.Body.Measures, submit.Body.Reply = secret, secret, secret+"，已处理"
		w.must(w.Submit(w.discipline(), submit))
		archived := w.calling()
		_, err := w.rate(archived, "yes", "satisfied")
		w.must(casework.Case{}, err)
		w.must(w.ObjectFor(w.dispatcher(), reasoned(archived, secret)))
		w.must(w.Retract(w.dispatcher(), retract(w.named(), secret)))
		list := casework.ExportInput{Query: export.Query{Format: export.AsCSV}}
		list.Q = secret
		_, err = w.ExportList(w.as("dispatcher", districtBody, districtPath+districtBody+"/", districtPath, casework.Export), list)
		w.must(casework.Case{}, err)
		for _, text := range w.logged() {
			if strings.Contains(text, secret) || strings.Contains(text, "shelved") || strings.Contains(text, `"dispatcher"`) {
				t.Errorf("the log says %s", text)
			}
		}
		if all := strings.Join(w.logged(), "\n"); !strings.Contains(all, "case.note ") || !strings.Contains(all, `"reason"`) {
			t.Errorf("the log does not say which fields were filled in: %s", all)
		}
	})
}

// Who may not know a case is told so, so that the log can be read without it.
func TestWhichCasesAreSealedFromWhom(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		plain, clue, barred := w.received(), w.clue(), w.received()
		out := casework.KeepOutInput{ID: barred}
		out.Body.Staff, out.Body.Reason = "supervisor", "被反映人"
		w.must(w.KeepOut(w.dispatcher(), out))
		unit := casework.KeepOutInput{ID: barred}
		unit.Body.Unit, unit.Body.Reason = hospital, "被反映单位"
		w.must(w.KeepOut(w.dispatcher(), unit))
		auditor := w.holding("auditor", "commission-c", cityPath+"commission-c/", authz.Grant{Path: "/", Permissions: []authz.Permission{"audit.read"}})
		for _, x := range []struct {
			name string
			who  context.Context
			want []string
		}{
			{"auditor", auditor, []string{clue}},
			{"kept out by name", w.supervisor(), []string{clue, barred}},
			{"kept out with the unit", w.coordinator(), []string{clue, barred}},
			{"discipline", w.discipline(), nil},
			{"discipline elsewhere", w.as("x", "hospital-2", otherPath, otherPath, casework.Discipline), []string{clue}},
			{"the program", authz.With(t.Context(), authz.System()), nil},
		} {
			var sealed []string
			w.must(casework.Case{}, w.DB.Read(t.Context(), func(r db.Reader) (err error) {
				var q db.Where
				q.AndIn("c.id", []string{plain, clue, barred})
				q.And(w.Sealed(x.who, &q, "c.id"))
				sealed, err = db.Values[string](r, `select c.id from case_file c `+q.String()+` order by c.id`, q.Args()...)
				return err
			}))
			if strings.Join(sealed, " ") != strings.Join(x.want, " ") {
				t.Errorf("%s may not know %v, want %v", x.name, sealed, x.want)
			}
		}
	})
}

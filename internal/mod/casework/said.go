package casework

import (
	"fmt"
	"maps"
	"slices"

	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
)

// system is who acts where no person does.
const system = "system"

// keyOf names the key that seals what is written about a case.
func keyOf(caseID string) string { return "case/" + caseID }

// keysOf names the keys of some cases.
func keysOf(cases []string) []string {
	names := make([]string, len(cases))
	for i, id := range cases {
		names[i] = keyOf(id)
	}
	return names
}

// saying is a row that holds what people write about a case.
type saying interface {
	// place says to which case a row belongs, and what it is called within it:
	// its words are bound to that.
	place() (caseID, row string)
	// words passes each text of the row, with the name of its field.
	words(f func(field string, text *string))
	// rewrite writes the texts over those that are stored; it stands in the file
	// that writes the table (ADR 8).
	rewrite(tx *db.Tx) error
}

// sayingOf is a pointer to a row with words.
type sayingOf[T any] interface {
	*T
	saying
}

// sayings are rows of one kind.
func sayings[T any, P sayingOf[T]](rows []T) []saying {
	out := make([]saying, len(rows))
	for i := range rows {
		out[i] = P(&rows[i])
	}
	return out
}

// pass takes every text of a row through f. An empty text stays empty.
func pass(x saying, f func(field, text string) (string, error)) (err error) {
	_, row := x.place()
	x.words(func(field string, text *string) {
		if err == nil && *text != "" {
			*text, err = f(row+"/"+field, *text)
		}
	})
	return err
}

// silent reports whether a row holds no words.
func silent(x saying) bool {
	none := true
	x.words(func(_ string, text *string) { none = none && *text == "" })
	return none
}

// seal returns a row as it is stored; the row that was given stays as it is.
// c is the case that the row belongs to, or one that it is joined with: they are
// sealed together, each under its own key. seal is the one place where what
// people write about a sealed case is sealed, and reveal where it is opened.
// Fault: Gone when the words of the case were destroyed: nothing is added to it
// any more.
func seal[T any, P sayingOf[T]](s *Service, tx *db.Tx, c Case, row T) (T, error) {
	if !c.Sealed || silent(P(&row)) {
		return row, nil
	}
	id, _ := P(&row).place()
	k, err := s.Vault.Ensure(tx, keyOf(id))
	if err != nil {
		return row, err
	}
	err = pass(P(&row), k.Seal)
	return row, err
}

// writeSealed has a row written as seal returns it.
func writeSealed[T any, P sayingOf[T]](s *Service, tx *db.Tx, c Case, row T, write func(*db.Tx, T) error) error {
	kept, err := seal[T, P](s, tx, c, row)
	if err != nil {
		return err
	}
	return write(tx, kept)
}

// reveal opens the words of rows that belong to a case, and to those that
// joined it, with one question for all their keys. It reports whether any were
// destroyed: those are empty.
func (s *Service) reveal(r db.Reader, c Case, rows ...saying) (gone bool, err error) {
	if !c.Sealed {
		return false, nil
	}
	rows = slices.DeleteFunc(rows, silent)
	records := make([]string, len(rows))
	for i, x := range rows {
		id, _ := x.place()
		records[i] = keyOf(id)
	}
	keys, err := s.Vault.Keys(r, slices.Compact(slices.Sorted(slices.Values(records))))
	if err != nil {
		return false, err
	}
	for _, x := range rows {
		destroyed, err := unlock(keys, x)
		if err != nil {
			return gone, err
		}
		gone = gone || destroyed
	}
	return gone, nil
}

// unlock opens the words of a row by the key of its case, or empties them where
// that was destroyed.
func unlock(keys map[string]crypt.Key, x saying) (gone bool, err error) {
	id, row := x.place()
	k, known := keys[keyOf(id)]
	switch {
	case !known:
		return false, fmt.Errorf("%w (case %s, %s)", crypt.ErrTampered, id, row)
	case k.Gone():
		return true, pass(x, func(string, string) (string, error) { return "", nil })
	}
	return false, pass(x, k.Open)
}

// prose are the keys of a detail that hold what a person wrote. The others are
// codes and identifiers, which deadlines and counts are reckoned from.
func prose() []string { return []string{"measures", "people", "reason", "reply", "without_helpers"} }

// eachProse passes the texts of a detail and returns it with what became of
// them.
func eachProse(detail map[string]any, f func(field string, text *string)) map[string]any {
	detail = maps.Clone(detail)
	for _, key := range prose() {
		switch x := detail[key].(type) {
		case string:
			f("detail."+key, &x)
			detail[key] = x
		case []string:
			detail[key] = eachName("detail."+key, x, f)
		case []any:
			names := make([]string, len(x))
			for i := range x {
				names[i], _ = x[i].(string)
			}
			detail[key] = eachName("detail."+key, names, f)
		}
	}
	return detail
}

func eachName(field string, names []string, f func(field string, text *string)) []string {
	names = slices.Clone(names)
	for i := range names {
		f(fmt.Sprint(field, ".", i), &names[i])
	}
	return names
}

func (c *Case) place() (caseID, row string)              { return c.ID, "case" }
func (c *Case) words(f func(field string, text *string)) { f("reply", &c.Reply) }

func (e *Event) place() (caseID, row string) { return e.CaseID, "event/" + e.ID }
func (e *Event) words(f func(field string, text *string)) {
	f("reason", &e.Reason)
	f("public", &e.Public)
	e.Detail = eachProse(e.Detail, f)
}

func (x *Assignment) place() (caseID, row string)              { return x.CaseID, "part/" + x.ID }
func (x *Assignment) words(f func(field string, text *string)) { f("opinion", &x.Opinion) }

func (m *Message) place() (caseID, row string)              { return m.CaseID, "message/" + m.ID }
func (m *Message) words(f func(field string, text *string)) { f("body", &m.Body) }

func (k *Callback) place() (caseID, row string)              { return k.CaseID, "callback/" + k.ID }
func (k *Callback) words(f func(field string, text *string)) { f("remark", &k.Remark) }

func (q *Request) place() (caseID, row string) { return q.CaseID, "request/" + q.ID }
func (q *Request) words(f func(field string, text *string)) {
	f("reason", &q.Reason)
	if q.DecidedBy != system { // what the program says is no secret
		f("decision", &q.Decision)
	}
}

func (v *Supervision) place() (caseID, row string) { return v.CaseID, "order/" + v.ID }
func (v *Supervision) words(f func(field string, text *string)) {
	f("demand", &v.Demand)
	f("answer", &v.Answer)
	f("closing", &v.Closing)
}

func (v *Investigation) place() (caseID, row string) { return v.CaseID, "investigation/" + v.ID }
func (v *Investigation) words(f func(field string, text *string)) {
	f("place", &v.Place)
	f("summary", &v.Summary)
	v.People = eachName("people", v.People, f)
}

func (d *Disposition) place() (caseID, row string)              { return d.CaseID, "disposition/" + d.ID }
func (d *Disposition) words(f func(field string, text *string)) { f("reason", &d.Reason) }

package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/tlog"
)

// The kinds of the leaves. What is committed to, and in which order, is part of
// each: a change is another kind.
const (
	eventLeaf         = "event/v1"
	fingerprintLeaf   = "event/v2" // of an event that carries a fingerprint
	messageLeaf       = "message/v1"
	callbackLeaf      = "callback/v1"
	investigationLeaf = "investigation/v1"
	dispositionLeaf   = "disposition/v1"
)

// proven is a row with a leaf of its own: what is written once, and decides a
// case or is shown to its reporter. What changes later (parts, requests, orders) is
// in the fingerprint that the last event carries (fingerprint.go).
type proven interface {
	saying
	// leaf is the kind of its leaf, and what that says: all of it in plain words,
	// nothing for show.
	leaf() (kind string, f tlog.Fact)
}

func (e *Event) leaf() (string, tlog.Fact) {
	typedIn := e.Action == string(doOpen) && e.Actor != "reporter" // the letter may have lain about before
	f := tlog.Fact{Record: e.ID, At: e.At, Late: typedIn, Rest: tlog.Statement{
		{Name: "id", Value: e.ID}, {Name: "case", Value: e.CaseID}, {Name: "at", Value: millis(e.At)},
		{Name: "actor", Value: e.Actor}, {Name: "unit", Value: e.UnitID}, {Name: "action", Value: e.Action},
		{Name: "from", Value: string(e.FromState)}, {Name: "to", Value: string(e.ToState)},
		{Name: "reason", Value: e.Reason}, {Name: "public", Value: e.Public}, {Name: "detail", Value: asJSON(e.Detail)},
	}}
	if e.Fingerprint == "" {
		return eventLeaf, f
	}
	f.Rest = append(f.Rest, tlog.Field{Name: "fingerprint", Value: e.Fingerprint})
	return fingerprintLeaf, f
}

func (m *Message) leaf() (string, tlog.Fact) {
	return messageLeaf, tlog.Fact{Record: m.ID, At: m.At, Rest: tlog.Statement{
		{Name: "id", Value: m.ID}, {Name: "case", Value: m.CaseID}, {Name: "at", Value: millis(m.At)},
		{Name: "author", Value: m.Author}, {Name: "unit", Value: m.UnitID}, {Name: "body", Value: m.Body},
	}}
}

func (k *Callback) leaf() (string, tlog.Fact) {
	return callbackLeaf, tlog.Fact{Record: k.ID, At: k.At, Rest: tlog.Statement{
		{Name: "id", Value: k.ID}, {Name: "case", Value: k.CaseID}, {Name: "at", Value: millis(k.At)},
		{Name: "round", Value: strconv.Itoa(k.Round)}, {Name: "method", Value: k.Method}, {Name: "actor", Value: k.Actor},
		{Name: "reached", Value: strconv.FormatBool(k.Reached)}, {Name: "contacted", Value: k.Contacted}, {Name: "solved", Value: k.Solved},
		{Name: "satisfied", Value: k.Satisfied}, {Name: "remark", Value: k.Remark}, {Name: "valid", Value: strconv.FormatBool(k.Valid)},
	}}
}

func (v *Investigation) leaf() (string, tlog.Fact) {
	return investigationLeaf, tlog.Fact{Record: v.ID, At: v.NotedAt, Rest: tlog.Statement{
		{Name: "id", Value: v.ID}, {Name: "case", Value: v.CaseID}, {Name: "at", Value: millis(v.NotedAt)},
		{Name: "kind", Value: v.Kind}, {Name: "when", Value: millis(v.At)}, {Name: "place", Value: v.Place},
		{Name: "people", Value: asJSON(v.People)}, {Name: "summary", Value: v.Summary}, {Name: "by", Value: v.NotedBy},
	}}
}

func (d *Disposition) leaf() (string, tlog.Fact) {
	return dispositionLeaf, tlog.Fact{Record: d.ID, At: d.DecidedAt, Rest: tlog.Statement{
		{Name: "id", Value: d.ID}, {Name: "case", Value: d.CaseID}, {Name: "at", Value: millis(d.DecidedAt)},
		{Name: "way", Value: d.Way}, {Name: "reason", Value: d.Reason}, {Name: "by", Value: d.DecidedBy},
	}}
}

func millis(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }

// asJSON is a list or a detail as it is stored.
func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("casework: %v", err)) // the use cases put in nothing but JSON
	}
	return string(text)
}

// factOf is what the leaf of a row in plain words says, sealed by the key of its
// case where that is sealed and the row has words.
func factOf(x proven, sealed bool) (kind string, f tlog.Fact) {
	kind, f = x.leaf()
	if sealed && !silent(x) {
		id, _ := x.place()
		f.Key = keyOf(id)
	}
	return kind, f
}

// commit appends the leaf of a row, given in plain words.
func commit(s *Service, tx *db.Tx, c Case, x proven) error {
	kind, f := factOf(x, c.Sealed)
	return s.Log.Append(tx, kind, f)
}

// Logged tells the log about what happened to cases.
func (s *Service) Logged() []tlog.Kind {
	return []tlog.Kind{
		logged(s, eventLeaf, "case events", "case_event", "detail", "fingerprint = ''", detailOf),
		logged(s, fingerprintLeaf, "case events with a fingerprint", "case_event", "detail", "fingerprint <> ''", detailOf),
		logged(s, messageLeaf, "messages", "case_message", "''", "1 = 1", func(*Message) string { return "" }),
		logged(s, callbackLeaf, "call-backs", "case_callback", "''", "1 = 1", func(*Callback) string { return "" }),
		logged(s, investigationLeaf, "investigations", "case_investigation", "people", "1 = 1", func(v *Investigation) string { return asJSON(v.People) }),
		logged(s, dispositionLeaf, "dispositions", "case_disposition", "''", "1 = 1", func(*Disposition) string { return "" }),
	}
}

// stored is a row as it stands in its table.
type stored struct {
	proven
	sealed  bool // the case is
	altered bool // its JSON is not as it is written here
}

func detailOf(e *Event) string { return asJSON(e.Detail) }

// logged is the kind of those rows of a table for which a condition holds. Its
// column of JSON, if it has one, must stand there as the program writes it,
// character by character.
func logged[T any, P interface {
	*T
	proven
}](s *Service, kind, what, table, column, condition string, written func(P) string) tlog.Kind {
	return tlog.Kind{Name: kind, What: what, Facts: func(_ context.Context, r db.Reader, after string, limit int) ([]tlog.Fact, error) {
		page := ` from ` + table + ` where id > $1 and ` + condition + ` order by id limit $2`
		rows, err := db.All[T](r, `select *`+page, after, limit)
		if err != nil {
			return nil, err
		}
		texts, err := db.Values[string](r, `select `+column+page, after, limit)
		if err != nil {
			return nil, err
		}
		all, cases := make([]stored, len(rows)), map[string]bool{}
		for i := range rows {
			all[i].proven, all[i].altered = P(&rows[i]), texts[i] != written(P(&rows[i]))
			id, _ := all[i].place()
			cases[id] = true
		}
		sealed, err := sealedAmong(r, slices.Sorted(maps.Keys(cases)))
		if err != nil {
			return nil, err
		}
		for i, x := range all {
			id, _ := x.place()
			all[i].sealed = sealed[id]
		}
		return s.factsOf(r, all)
	}}
}

// factsOf are rows as the log knows them, opened by one question for all keys.
func (s *Service) factsOf(r db.Reader, rows []stored) ([]tlog.Fact, error) {
	cases := map[string]bool{}
	for _, x := range rows {
		if id, _ := x.place(); x.sealed && !silent(x) {
			cases[id] = true
		}
	}
	ids := slices.Collect(maps.Keys(cases))
	keys, err := s.Vault.Keys(r, keysOf(ids))
	if err != nil {
		return nil, err
	}
	ended, err := s.WordsEnded(r, ids)
	if err != nil {
		return nil, err
	}
	facts := make([]tlog.Fact, len(rows))
	for i, x := range rows {
		facts[i] = x.fact(keys)
		id, _ := x.place()
		facts[i].Gone = ended[id]
	}
	return facts, nil
}

// fact is what the leaf of a row says that stands in its table.
func (x stored) fact(keys map[string]crypt.Key) tlog.Fact {
	_, f := factOf(x.proven, x.sealed)
	if key := f.Key; key != "" { // a row whose words were destroyed is none without words
		_, err := unlock(keys, x.proven)
		_, f = x.leaf()
		f.Key, f.Broken = key, err
	}
	if x.altered && f.Broken == nil {
		f.Broken = fmt.Errorf("%w (the detail of %s)", crypt.ErrTampered, f.Record)
	}
	return f
}

// sealedAmong returns which of some cases are sealed.
func sealedAmong(r db.Reader, cases []string) (map[string]bool, error) {
	sealed := map[string]bool{}
	if len(cases) == 0 {
		return sealed, nil
	}
	var w db.Where
	w.And("sealed = 1")
	w.AndIn("id", cases)
	ids, err := db.Values[string](r, `select id from case_file `+w.String(), w.Args()...)
	for _, id := range ids {
		sealed[id] = true
	}
	return sealed, err
}

// Ends is when something of a case was destroyed; zero where it was not.
type Ends struct{ Identity, Words time.Time }

// Expired tells when what was said in some cases, and who reported them, was
// destroyed, as their course says, by case. Who reported goes with the words at
// the latest.
func (s *Service) Expired(r db.Reader, cases []string) (map[string]Ends, error) {
	ended := map[string]Ends{}
	if len(cases) == 0 {
		return ended, nil
	}
	var w db.Where
	w.And("action = ?", string(doExpire))
	w.AndIn("case_id", cases)
	es, err := db.All[Event](r, `select * from case_event `+w.String()+` order by id`, w.Args()...)
	for _, e := range es {
		x := ended[e.CaseID]
		if e.Detail["what"] == "words" {
			x.Words = e.At
		}
		if x.Identity.IsZero() {
			x.Identity = e.At
		}
		ended[e.CaseID] = x
	}
	return ended, err
}

// WordsEnded tells when the words of some cases were destroyed, as their course
// says, by case.
func (s *Service) WordsEnded(r db.Reader, cases []string) (map[string]time.Time, error) {
	all, err := s.Expired(r, cases)
	words := map[string]time.Time{}
	for id, x := range all {
		if !x.Words.IsZero() {
			words[id] = x.Words
		}
	}
	return words, err
}

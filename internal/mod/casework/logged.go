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

// eventLeaf is the kind of the leaves of events. What is committed to, and in
// which order, is part of it: a change is another kind.
const eventLeaf = "event/v1"

// fact is what a leaf says of an event: all of it in plain words, nothing for
// show.
func (e Event) fact(sealed bool) tlog.Fact {
	key := ""
	if sealed && !silent(&e) {
		key = keyOf(e.CaseID)
	}
	return tlog.Fact{Record: e.ID, Key: key, Rest: tlog.Statement{
		{Name: "id", Value: e.ID}, {Name: "case", Value: e.CaseID}, {Name: "at", Value: strconv.FormatInt(e.At.UnixMilli(), 10)},
		{Name: "actor", Value: e.Actor}, {Name: "unit", Value: e.UnitID}, {Name: "action", Value: e.Action},
		{Name: "from", Value: string(e.FromState)}, {Name: "to", Value: string(e.ToState)},
		{Name: "reason", Value: e.Reason}, {Name: "public", Value: e.Public}, {Name: "detail", Value: e.detailText()},
	}}
}

// detailText is the detail of an event as it is stored.
func (e Event) detailText() string {
	text, err := json.Marshal(e.Detail)
	if err != nil {
		panic(fmt.Sprintf("casework: detail of %s: %v", e.Action, err)) // the use cases put in nothing but JSON
	}
	return string(text)
}

// loggedEvent is an event as it is stored.
type loggedEvent struct {
	Event
	Stored string // the detail, character by character
	Sealed bool   // the case is
}

// Logged tells the log about events.
func (s *Service) Logged() tlog.Kind {
	return tlog.Kind{Name: eventLeaf, What: "case events", Facts: func(_ context.Context, r db.Reader, after string, limit int) ([]tlog.Fact, error) {
		rows, err := db.All[loggedEvent](r, `select e.*, e.detail as stored, coalesce(c.sealed, 0) as sealed
			from case_event e left join case_file c on c.id = e.case_id where e.id > $1 order by e.id limit $2`, after, limit)
		if err != nil {
			return nil, err
		}
		return s.eventFacts(r, rows)
	}}
}

// eventFacts are events as the log knows them, opened by one question for all
// keys.
func (s *Service) eventFacts(r db.Reader, rows []loggedEvent) ([]tlog.Fact, error) {
	cases := map[string]bool{}
	for _, e := range rows {
		if e.Sealed && !silent(&e) {
			cases[e.CaseID] = true
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
	for i, e := range rows {
		facts[i] = e.factBy(keys)
		facts[i].Gone = ended[e.CaseID]
	}
	return facts, nil
}

// factBy is fact of an event as it is stored.
func (e loggedEvent) factBy(keys map[string]crypt.Key) tlog.Fact {
	stored := e.detailText() // a detail that is written otherwise was not written here
	plain := e.Event
	var err error
	if e.Sealed && !silent(&plain) {
		_, err = unlock(keys, &plain)
	}
	f := plain.fact(e.Sealed)
	if e.Sealed && !silent(&e) {
		f.Key = keyOf(e.CaseID)
	}
	if f.Broken = err; err == nil && stored != e.Stored {
		f.Broken = fmt.Errorf("%w (the detail of event %s)", crypt.ErrTampered, e.ID)
	}
	return f
}

// WordsEnded tells when the words of some cases were destroyed, as their course
// says, by case.
func (s *Service) WordsEnded(r db.Reader, cases []string) (map[string]time.Time, error) {
	ended := map[string]time.Time{}
	if len(cases) == 0 {
		return ended, nil
	}
	var w db.Where
	w.And("action = ?", string(doExpire))
	w.AndIn("case_id", cases)
	es, err := db.All[Event](r, `select * from case_event `+w.String(), w.Args()...)
	for _, e := range es {
		if e.Detail["what"] == "words" {
			ended[e.CaseID] = e.At
		}
	}
	return ended, err
}

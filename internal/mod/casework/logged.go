package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/tlog"
)

// eventLeaf is the kind of the leaves of events. What is committed to, and in
// which order, is part of it: a change is another kind.
const eventLeaf = "event/v1"

// record is the one place where a step becomes an event: the row, and the leaf
// of the log that commits to it.
func (s *Service) record(tx *db.Tx, e Event) error {
	if err := insertEvent(tx, e); err != nil {
		return err
	}
	return s.Log.Append(tx, eventLeaf, e.fact())
}

// fact is what a leaf says of an event: all of it, nothing for show.
func (e Event) fact() tlog.Fact {
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		panic(fmt.Sprintf("casework: detail of %s: %v", e.Action, err)) // the use cases put in nothing but JSON
	}
	return loggedEvent{e.ID, e.CaseID, e.At, e.Actor, e.UnitID, e.Action, e.FromState, e.ToState, e.Reason, e.Public, string(detail)}.fact()
}

// loggedEvent is an event with its detail as it is stored, character by
// character.
type loggedEvent struct {
	ID        string
	CaseID    string
	At        time.Time
	Actor     string
	UnitID    string
	Action    string
	FromState State
	ToState   State
	Reason    string
	Public    string
	Detail    string
}

func (e loggedEvent) fact() tlog.Fact {
	return tlog.Fact{Record: e.ID, Rest: tlog.Statement{
		{Name: "case", Value: e.CaseID}, {Name: "at", Value: strconv.FormatInt(e.At.UnixMilli(), 10)},
		{Name: "actor", Value: e.Actor}, {Name: "unit", Value: e.UnitID}, {Name: "action", Value: e.Action},
		{Name: "from", Value: string(e.FromState)}, {Name: "to", Value: string(e.ToState)},
		{Name: "reason", Value: e.Reason}, {Name: "public", Value: e.Public}, {Name: "detail", Value: e.Detail},
	}}
}

// Logged tells the log about events.
func (*Service) Logged() tlog.Kind {
	return tlog.Kind{Name: eventLeaf, What: "case events", Facts: func(_ context.Context, r db.Reader, after string, limit int) ([]tlog.Fact, error) {
		rows, err := db.All[loggedEvent](r, `select id, case_id, at, actor, unit_id, action, from_state, to_state, reason, public, detail
			from case_event where id > $1 order by id limit $2`, after, limit)
		facts := make([]tlog.Fact, len(rows))
		for i, e := range rows {
			facts[i] = e.fact()
		}
		return facts, err
	}}
}

package trail

import (
	"context"
	"embed"
	"encoding/json"
	"io/fs"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tlog"
)

//go:embed migrations
var files embed.FS

// Migrations returns the table of events.
func Migrations() fs.FS { return db.Tables(files) }

// Record names a record of a module.
type Record struct {
	Kind string // "problem"
	ID   string
}

// Step is what somebody did to a record.
type Step struct {
	Act    string
	Was    string // state before; empty at the beginning
	Became string // state after
	Reason string
	Detail map[string]any
}

// Event is a step that was taken.
type Event struct {
	ID     string         `json:"id"`
	At     time.Time      `json:"at"`
	Actor  string         `json:"actor" doc:"Staff identifier, or system."`
	Act    string         `json:"act"`
	Was    string         `json:"was" doc:"State before; empty at the beginning."`
	Became string         `json:"became" doc:"State after."`
	Reason string         `json:"reason"`
	Detail map[string]any `json:"detail"`
}

// Log writes events.
type Log struct {
	now clock.Clock
	// Leaves commits to every event in the transparency log; nil: nothing does.
	Leaves *tlog.Log
}

// New returns a log that takes its time from now.
func New(now clock.Clock) *Log { return &Log{now: now} }

// Add records that the actor of ctx took a step with a record.
func (l *Log) Add(ctx context.Context, tx *db.Tx, of Record, step Step) (err error) {
	return l.AddMany(ctx, tx, of.Kind, []string{of.ID}, step)
}

// AddMany records that the actor of ctx took the same step with records of a kind.
func (l *Log) AddMany(ctx context.Context, tx *db.Tx, kind string, ids []string, step Step) error {
	all := make([]Past, len(ids))
	for i, id := range ids {
		all[i] = Past{Record: id, At: l.now(), Actor: authz.From(ctx).ID, Step: step}
	}
	return l.write(tx, kind, all, (*tlog.Log).Append)
}

// Past is a step that was taken before the program knew of it: when, and by whom.
type Past struct {
	Record string
	At     time.Time
	Actor  string
	Step
}

// AddPast records steps with records of a kind, those of each record in their order.
// The log says that they were written down later.
func (l *Log) AddPast(tx *db.Tx, kind string, steps ...Past) error {
	return l.write(tx, kind, steps, (*tlog.Log).AppendPast)
}

// write writes steps, and commits to them in a way.
func (l *Log) write(tx *db.Tx, kind string, steps []Past, commit func(*tlog.Log, *db.Tx, string, ...tlog.Fact) error) (err error) {
	defer fault.Wrap(&err, "trail.Add(%s)", kind)
	rows, facts := make([][]any, len(steps)), make([]tlog.Fact, len(steps))
	for i, p := range steps {
		detail, err := p.detail()
		if err != nil {
			return err
		}
		e := stored{ID: db.NewID(), Kind: kind, Record: p.Record, At: p.At.UTC().Truncate(time.Millisecond), Actor: p.Actor,
			Act: p.Act, Was: p.Was, Became: p.Became, Reason: p.Reason, Detail: detail}
		rows[i], facts[i] = e.values(), e.fact()
	}
	if err := db.InsertMany(tx, "trail", columns, rows); err != nil || l.Leaves == nil {
		return err
	}
	return commit(l.Leaves, tx, leaf, facts...)
}

// detail is what a step decided, as it is kept.
func (s Step) detail() (string, error) {
	if len(s.Detail) == 0 {
		return "{}", nil
	}
	text, err := json.Marshal(s.Detail)
	return string(text), err
}

// Of returns the events of a record, the first one first.
func Of(r db.Reader, of Record) ([]Event, error) {
	rows, err := db.All[stored](r, `select `+columns+` from trail where kind = $1 and record = $2 order by id`, of.Kind, of.ID)
	if err != nil {
		return nil, err
	}
	events := make([]Event, len(rows))
	for i, x := range rows {
		if events[i], err = x.event(); err != nil {
			return nil, err
		}
	}
	return events, nil
}

// stored is a row of the table.
type stored struct {
	ID     string
	Kind   string
	Record string
	At     time.Time
	Actor  string
	Act    string
	Was    string
	Became string
	Reason string
	Detail string
}

const columns = `id, kind, record, at, actor, act, was, became, reason, detail`

func (s stored) values() []any {
	return []any{s.ID, s.Kind, s.Record, s.At, s.Actor, s.Act, s.Was, s.Became, s.Reason, s.Detail}
}

func (s stored) event() (e Event, err error) {
	e = Event{ID: s.ID, At: s.At, Actor: s.Actor, Act: s.Act, Was: s.Was, Became: s.Became, Reason: s.Reason}
	return e, json.Unmarshal([]byte(s.Detail), &e.Detail)
}

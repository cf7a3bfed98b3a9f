package tlog

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// What the log says of itself. Each remark is a leaf, like any other fact.
const (
	remarkKind = "log/v1"

	remarkPast     = "past"     // facts were written down that are older than their leaves: Past
	remarkRestored = "restored" // the database was put back: Restored
	remarkOutage   = "outage"   // nothing was signed for a time: Outage
	remarkQuiet    = "quiet"    // nothing happened for an hour
	remarkStood    = "stood"    // all rows of some kinds stand from now on, and so many are older: by kind
	remarkRows     = "rows"     // rows were accepted as they are: Accepted
)

// Remark is something that the log says of itself.
type Remark struct {
	ID     string
	At     time.Time
	What   string
	Detail string // JSON
}

// Past says how many facts of a kind got their leaves long after they happened:
// those that are older than the log, and histories that were written down later.
// Their leaves have the remark's time.
type Past struct {
	Kind string `json:"kind"`
	N    int    `json:"n"`
}

// Outage is a time in which nothing was signed, as a person confirms.
type Outage struct {
	From   time.Time `json:"from"`
	Until  time.Time `json:"until"`
	Reason string    `json:"reason"`
}

// remark puts a remark and its leaf into a transaction.
func (l *Log) remark(tx *db.Tx, at time.Time, what string, detail any) error {
	text, err := json.Marshal(detail)
	if err != nil {
		return fmt.Errorf("tlog.remark(%s): %w", what, err)
	}
	x := Remark{db.NewID(), at, what, string(text)}
	if err := tx.Add(`insert into log_remark (id, at, what, detail) values ($1, $2, $3, $4)`, x.ID, x.At, x.What, x.Detail); err != nil {
		return err
	}
	return l.append(tx, remarkKind, at, x.fact())
}

func (x Remark) fact() Fact {
	return Fact{Record: x.ID, At: x.At, Rest: Statement{{"id", x.ID}, {"at", strconv.FormatInt(x.At.UnixMilli(), 10)}, {"what", x.What}, {"detail", x.Detail}}}
}

// remarks is the kind of what the log says of itself.
func remarks() Kind {
	return Kind{Name: remarkKind, What: "remarks of the log", Facts: func(_ context.Context, r db.Reader, after string, limit int) ([]Fact, error) {
		rows, err := db.All[Remark](r, `select id, at, what, detail from log_remark where id > $1 order by id limit $2`, after, limit)
		facts := make([]Fact, len(rows))
		for i, x := range rows {
			facts[i] = x.fact()
		}
		return facts, err
	}}
}

// AppendPast is Append for facts that are written down long after they
// happened: a remark says how many there were.
func (l *Log) AppendPast(tx *db.Tx, kind string, facts ...Fact) (err error) {
	defer fault.Wrap(&err, "tlog.AppendPast(%s)", kind)
	if len(facts) == 0 {
		return nil
	}
	at := l.now()
	return fault.First(
		func() error { return l.append(tx, kind, at, facts...) },
		func() error { return l.remark(tx, at, remarkPast, Past{kind, len(facts)}) },
	)
}

// AcceptOutage writes into the log that nothing was signed for a time, and why:
// leaves from that time are not late for the checks. Faults: Invalid without a
// reason, or for a time that is not over or ends before it begins.
func (l *Log) AcceptOutage(ctx context.Context, x Outage) (err error) {
	defer fault.Wrap(&err, "tlog.AcceptOutage")
	var bad fault.Fields
	bad.Refuse(x.Reason == "", "reason", i18n.T("请说明原因", "please say why"))
	bad.Refuse(!x.From.Before(x.Until), "until", i18n.T("结束应晚于开始", "it ends after it begins"))
	bad.Refuse(x.Until.After(l.now()), "until", i18n.T("只能确认已经过去的时段", "only a time that is over can be confirmed"))
	if err := bad.Err(); err != nil {
		return err
	}
	return l.db.InTx(ctx, func(tx *db.Tx) error { return l.remark(tx, l.now(), remarkOutage, x) })
}

// allowed is what the log's own remarks excuse: leaves that are younger than
// their facts, by kind and instant, and times in which nothing was signed.
type allowed struct {
	past    map[string]map[int64]int
	outages []Outage
}

// allowances reads what the log's remarks excuse.
func allowances(r db.Reader) (a allowed, err error) {
	a.past = map[string]map[int64]int{}
	rows, err := db.All[Remark](r, `select id, at, what, detail from log_remark where what in ($1, $2) order by id`, remarkPast, remarkOutage)
	for _, x := range rows {
		if x.What == remarkOutage {
			var o Outage
			if json.Unmarshal([]byte(x.Detail), &o) == nil { // one that was altered excuses nothing, and is named by its leaf
				a.outages = append(a.outages, o)
			}
			continue
		}
		var p Past
		if json.Unmarshal([]byte(x.Detail), &p) != nil {
			continue
		}
		if a.past[p.Kind] == nil {
			a.past[p.Kind] = map[int64]int{}
		}
		a.past[p.Kind][x.At.UnixMilli()] += p.N
	}
	return a, err
}

// outage reports whether nothing could be signed at a time.
func (a allowed) outage(at time.Time) bool {
	for _, o := range a.outages {
		if !at.Before(o.From) && !at.After(o.Until) {
			return true
		}
	}
	return false
}

// older takes one of the facts of a kind out of those that may be older than
// their leaves of an instant; false when there is none left.
func (a allowed) older(kind string, at time.Time) bool {
	left := a.past[kind][at.UnixMilli()]
	if left > 0 {
		a.past[kind][at.UnixMilli()] = left - 1
	}
	return left > 0
}

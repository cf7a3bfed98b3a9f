package casework

import (
	"strconv"
	"time"
)

// encoder writes a row so that no two rows are written alike, and one row alike
// whatever engine it was read from.
type encoder []byte

func (x *encoder) texts(all ...string) {
	for _, t := range all {
		*x = append(strconv.AppendInt(*x, int64(len(t)), 10), ':')
		*x = append(*x, t...)
	}
}

// times writes instants to the millisecond, as they are stored; one that is not
// set is another thing than one that is zero.
func (x *encoder) times(all ...time.Time) {
	for _, t := range all {
		if !t.IsZero() {
			*x = strconv.AppendInt(*x, t.UnixMilli(), 10)
		}
		*x = append(*x, ';')
	}
}

func (x *encoder) numbers(all ...int64) {
	for _, n := range all {
		*x = append(strconv.AppendInt(*x, n, 10), ';')
	}
}

func (x *encoder) flags(all ...bool) {
	for _, is := range all {
		*x = append(strconv.AppendBool(*x, is), ';')
	}
}

// encodedAll returns rows as they are digested. To which case a row belongs is
// left out: it was found by that.
func encodedAll[T interface{ encoded() string }](rows []T) []string {
	all := make([]string, len(rows))
	for i, x := range rows {
		all[i] = x.encoded()
	}
	return all
}

func (f fileRow) encoded() string {
	row := make(encoder, 0, 1024)
	row.texts(f.ID, f.Number, f.Title, f.Category, f.Item, string(f.Class), string(f.Channel), string(f.Mode), string(f.Urgency), string(f.Route), string(f.State),
		f.Region, f.Path, f.Institution, f.Department, f.Place, f.LeadUnit, f.LeadPath, string(f.Outcome), string(f.Cause), f.Reply, f.MergedInto, f.RepeatOf, f.Policy)
	row.times(f.ReceivedAt, f.AcceptedAt, f.DueAt, f.ContactedAt, f.FinishedAt, f.AskedAt, f.ClosedAt, f.PausedAt, f.IdentityGoneAt, f.WordsGoneAt)
	row.numbers(int64(f.Returns), int64(f.Reworks), int64(f.Supervision))
	row.flags(f.Hard, f.Sealed)
	return string(row)
}

func (x Assignment) encoded() string {
	row := make(encoder, 0, 512)
	row.texts(x.ID, x.UnitID, x.UnitPath, string(x.Part), x.Handler, x.HandlerUnit, x.HandlerPath, x.DispatchedBy, x.SignedBy, x.EndedBy, x.Opinion)
	row.times(x.DispatchedAt, x.SignedAt, x.FinishedAt, x.EndedAt)
	row.flags(x.Designated)
	return string(row)
}

func (q Request) encoded() string {
	row := make(encoder, 0, 512)
	row.texts(q.ID, string(q.Kind), q.AskedBy, q.UnitID, q.Reason, asJSON(q.Detail), q.State, q.DecidedBy, q.Decision)
	row.times(q.AskedAt, q.DecidedAt, q.EndedAt)
	return string(row)
}

func (v Supervision) encoded() string {
	row := make(encoder, 0, 512)
	row.texts(v.ID, v.Demand, v.OrderedBy, v.UnitID, v.Answer, v.AnsweredBy, v.ClosedBy, v.Closing)
	row.times(v.DueAt, v.OrderedAt, v.AnsweredAt, v.ClosedAt)
	row.numbers(int64(v.Level))
	return string(row)
}

func (b bar) encoded() string {
	row := make(encoder, 0, 128)
	row.texts(b.Node, b.Reason, b.AddedBy)
	row.times(b.AddedAt)
	return string(row)
}

// encoded leaves out level and next_at: how far those responsible were alarmed
// moves by the minute without a step, and says nothing of what anybody did.
func (k Clock) encoded() string {
	row := make(encoder, 0, 256)
	row.texts(string(k.Kind), k.UnitID, k.TimeLimit.String())
	row.times(k.StartedAt, k.DueAt, k.PausedAt, k.MetAt)
	row.numbers(int64(k.Round), k.PausedMS, int64(k.Extended))
	row.flags(k.Provisional)
	return string(row)
}

package inspection

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// Recused is what keeps an inspector from a target, and why.
type Recused struct {
	ID          string    `json:"id"`
	OfficerID   string    `json:"officer_id"`
	OfficerName string    `json:"officer_name" db:"officer_name"`
	TargetID    string    `json:"target_id"`
	TargetName  string    `json:"target_name"`
	Kind        string    `json:"kind" enum:"kinship,former_employer,interest,complaint"`
	Since       time.Time `json:"since"`
	Until       time.Time `json:"until,omitzero" doc:"Last day; absent where it does not end by itself."`
	Reason      string    `json:"reason"`
	ByStaff     string    `json:"by"`
	At          time.Time `json:"at"`
	EndedAt     time.Time `json:"ended_at,omitzero"`
	EndedBy     string    `json:"ended_by"`
}

const recusalColumns = `id, officer_id, target_id, kind, since, until, reason, by_staff, at, ended_at, ended_by`

func saveRecusal(tx *db.Tx, x Recused) error {
	return save(tx, "inspection_recusal", recusalColumns,
		[]any{x.ID, x.OfficerID, x.TargetID, x.Kind, x.Since, x.Until, x.Reason, x.ByStaff, x.At, x.EndedAt, x.EndedBy})
}

// recusalsOf returns those of an inspector or a target, as far as the actor may
// know of the target.
func recusalsOf(ctx context.Context, r db.Reader, column, id string) ([]Recused, error) {
	var w db.Where
	w.And(column+" = ?", id)
	org.Within(&w, "t.path", authz.From(ctx).Paths(Read))
	org.Within(&w, "o.path", authz.From(ctx).Paths(Read))
	return db.All[Recused](r, `select x.*, o.name as officer_name, t.name as target_name from inspection_recusal x join inspection_officer o on o.id = x.officer_id
		join inspection_target t on t.id = x.target_id `+w.String()+` order by x.id desc`, w.Args()...)
}

// stillRecused adds the condition that a recusal holds at t.
func stillRecused(w *db.Where, t time.Time) {
	w.And("x.ended_at is null and x.since <= ? and (x.until is null or x.until >= ?)", t, clock.Day(t))
}

// recusedAt returns the pairs that must not meet, below a path, at t.
func recusedAt(r db.Reader, path string, t time.Time) ([]Recusal, error) {
	var w db.Where
	stillRecused(&w, t)
	org.Within(&w, "t.path", []string{path})
	return db.All[Recusal](r, `select distinct x.officer_id as inspector, x.target_id as target from inspection_recusal x join inspection_target t on t.id = x.target_id `+w.String(), w.Args()...)
}

// recusedFrom returns the inspectors who must not go to a target at t.
func recusedFrom(r db.Reader, target string, t time.Time) (map[string]bool, error) {
	var w db.Where
	stillRecused(&w, t)
	w.And("x.target_id = ?", target)
	ids, err := db.Values[string](r, `select x.officer_id from inspection_recusal x `+w.String(), w.Args()...)
	out := map[string]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}

// RecusalInput keeps an inspector from a target.
type RecusalInput struct {
	TargetID string `json:"target_id" maxLength:"64"`
	Kind     string `json:"kind" maxLength:"30"`
	Since    string `json:"since,omitempty" maxLength:"10" doc:"First day; today where absent."`
	Until    string `json:"until,omitempty" maxLength:"10" doc:"Last day; absent where it does not end by itself."`
	Reason   string `json:"reason" maxLength:"500"`
}

// Recuse keeps an inspector from a target: no draw brings them together. Faults:
// Invalid, NotFound, Forbidden.
func (s *Service) Recuse(ctx context.Context, in org.PostedTo[RecusalInput]) (Recused, error) {
	return write(ctx, s, func(tx *db.Tx) (x Recused, err error) {
		who, err := visibleOfficer(ctx, tx.Reader, in.ID, Manage)
		if err != nil {
			return x, err
		}
		target, err := visibleTarget(ctx, tx.Reader, in.Body.TargetID, Manage)
		if err != nil {
			return x, err
		}
		x = Recused{ID: db.NewID(), OfficerID: who.ID, OfficerName: who.Name, TargetID: target.ID, TargetName: target.Name, Kind: in.Body.Kind,
			Reason: strings.TrimSpace(in.Body.Reason), ByStaff: authz.From(ctx).ID, At: s.now()}
		if err := in.Body.fill(&x, s.now()); err != nil {
			return x, err
		}
		if err := saveRecusal(tx, x); err != nil {
			return x, err
		}
		return x, s.noteRecusal(ctx, tx, x, "recuse", x.Reason)
	})
}

func (in RecusalInput) fill(x *Recused, now time.Time) (err error) {
	if x.Since, err = clock.ParseDay("since", in.Since); err != nil {
		return err
	}
	if x.Until, err = clock.ParseDay("until", in.Until); err != nil {
		return err
	}
	if x.Since.IsZero() {
		x.Since = clock.Day(now)
	}
	var bad fault.Fields
	oneOf(&bad, "kind", x.Kind, recusalKinds())
	bad.Refuse(x.Reason == "", "reason", i18n.T("请写明回避的具体情形", "say what the circumstances are"))
	bad.Refuse(!x.Until.IsZero() && x.Until.Before(x.Since), "until", i18n.T("结束日期不能早于开始日期", "it cannot end before it begins"))
	return bad.Err()
}

// noteRecusal writes down at the inspector what happened with a recusal.
func (s *Service) noteRecusal(ctx context.Context, tx *db.Tx, x Recused, act flow.Action, reason string) error {
	return s.Trail.Add(ctx, tx, trail.Record{Kind: ofOfficer, ID: x.OfficerID}, trail.Step{Act: string(act), Reason: reason, Detail: map[string]any{"target": x.TargetID, "kind": x.Kind}})
}

// Because is a reason.
type Because struct {
	Reason string `json:"reason" maxLength:"500"`
}

// EndRecusal ends a recusal whose ground is gone: who may recuse the two from each other
// may end it. Faults: Invalid without a reason, NotFound, Forbidden, Conflict where it
// has ended.
func (s *Service) EndRecusal(ctx context.Context, in org.PostedTo[Because]) (Recused, error) {
	if err := because(strings.TrimSpace(in.Body.Reason)); err != nil {
		return Recused{}, err
	}
	return write(ctx, s, func(tx *db.Tx) (x Recused, err error) {
		x, err = db.Find[Recused](tx.Reader, i18n.T("回避记录", "recusal"), `select x.*, o.name as officer_name, t.name as target_name from inspection_recusal x
			join inspection_officer o on o.id = x.officer_id join inspection_target t on t.id = x.target_id where x.id = $1`, in.ID)
		if err != nil {
			return x, err
		}
		if _, err := visibleOfficer(ctx, tx.Reader, x.OfficerID, Manage); err != nil {
			return x, err
		}
		if _, err := visibleTarget(ctx, tx.Reader, x.TargetID, Manage); err != nil {
			return x, err
		}
		if !x.EndedAt.IsZero() {
			return x, fault.New(fault.Conflict, i18n.T("该回避已经解除", "this recusal has ended already"))
		}
		x.EndedAt, x.EndedBy = s.now(), authz.From(ctx).ID
		if err := saveRecusal(tx, x); err != nil {
			return x, err
		}
		return x, s.noteRecusal(ctx, tx, x, "end-recusal", in.Body.Reason)
	})
}

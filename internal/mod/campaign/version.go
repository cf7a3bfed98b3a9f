package campaign

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
)

// PlanVersion is what a plan demanded until it was amended.
type PlanVersion struct {
	Since      time.Time   `json:"since,omitzero" doc:"When the campaign started, or this was amended."`
	Milestones []Milestone `json:"milestones" nullable:"false"`

	kinds   []string
	holds   time.Time // from when on its milestones are judged
	blurred bool      // what stood before it is not known: nobody kept that once
}

// versions are those of a plan, the first one first. The trail has, of each amendment, what
// stood there before.
func versions(r db.Reader, c Campaign, content Content) ([]PlanVersion, error) {
	events, err := trail.Of(r, c.record())
	if err != nil {
		return nil, err
	}
	now, all := PlanVersion{Milestones: append([]Milestone{}, content.Milestones...), kinds: content.Kinds}, []PlanVersion{}
	for _, e := range slices.Backward(events) {
		if e.Act == string(doStart) {
			now.Since = e.At
		}
		if e.Act != string(doAmend) {
			continue
		}
		was, known, err := now.before(e)
		if err != nil {
			return nil, err
		}
		if now.Since = e.At; !known {
			now.blurred = true
			break
		}
		now.holds = e.At
		all, now = append(all, now), was
	}
	now.holds = content.HoldsFrom.Begin()
	all = append(all, now)
	slices.Reverse(all)
	return all, nil
}

// before is what a version was before an amendment, where the amendment says that.
func (v PlanVersion) before(e trail.Event) (was PlanVersion, known bool, err error) {
	text, err := json.Marshal(e.Detail)
	if err != nil {
		return v, false, err
	}
	var told struct {
		Changed *struct {
			Milestones *struct{ Was []Milestone }
			Kinds      *struct{ Was []string }
		}
	}
	if err := json.Unmarshal(text, &told); err != nil || told.Changed == nil {
		return v, false, err
	}
	was = PlanVersion{Milestones: v.Milestones, kinds: v.kinds}
	if m := told.Changed.Milestones; m != nil {
		was.Milestones = append([]Milestone{}, m.Was...)
	}
	if k := told.Changed.Kinds; k != nil {
		was.kinds = k.Was
	}
	return was, true, nil
}

// demand is a milestone with the kinds that were in scope by the plan that demanded it.
type demand struct {
	Milestone
	scope []string
}

// demands are the milestones of a plan, each as the version had it that was in force when
// its day had ended; of days to come, as they stand now.
func demands(all []PlanVersion) (out []demand) {
	for i, v := range all {
		for _, m := range v.Milestones {
			ends := m.Due.End()
			replaced := i+1 < len(all) && (m.Due == "" || all[i+1].holds.Before(ends))
			if !replaced && (m.Due == "" || v.holds.Before(ends)) {
				out = append(out, demand{m, v.kinds})
			}
		}
	}
	return out
}

// tooLate refuses to amend a milestone whose day is over, or to add one, and a report of
// before the start, which nobody would owe any more.
func (c Content) tooLate(was Content, today Day) error {
	var bad fault.Fields
	for i, m := range c.Milestones {
		there := slices.ContainsFunc(was.Milestones, func(b Milestone) bool {
			return b.Due == m.Due && b.Percent == m.Percent && slices.Equal(sorted(b.Kinds), sorted(m.Kinds))
		})
		bad.Refuse(m.Due != "" && m.Due < today && !there, fmt.Sprintf("content.milestones[%d].due", i), i18n.T("%s：期限 %s 已过，到期的节点按当时的方案评判，不能再改。请恢复原样，或改用以后的日期", "%s: its day %s is over, and it is judged by the plan of that day. Leave it as it was, or choose a day to come"), m.spot(i), string(m.Due))
	}
	for i, d := range c.Duties {
		there := slices.ContainsFunc(was.Duties, func(b Duty) bool { return b.ID == d.ID && b.Due == d.Due })
		bad.Refuse(d.Due != "" && d.Due < was.HoldsFrom && !there, fmt.Sprintf("content.duties[%d].due", i), i18n.T("%s：期限 %s 早于启动之日 %s，改后将无人报送。请核对日期", "%s: its day %s lies before the start on %s, so that nobody would owe it. Check the day"), spot(ofDuties(), i, d.Title), string(d.Due), string(was.HoldsFrom))
	}
	return bad.Err()
}

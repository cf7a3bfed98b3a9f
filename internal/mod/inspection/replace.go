package inspection

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// ReplaceInput takes the next in place of a target that cannot be inspected, or of
// an inspector. Nobody chooses who that is.
type ReplaceInput struct {
	Officer string `json:"officer,omitempty" maxLength:"64" doc:"Inspector who falls out; empty where it is the target."`
	Reason  string `json:"reason" maxLength:"500"`
}

// Replace takes the next of the draw in place of a target or an inspector, and
// writes the reason into the record. Whoever is next and may not go any more (no
// longer active, recused since) is passed over, with that reason. Faults: Invalid
// without a reason or where nobody is left, NotFound, Forbidden, Conflict, also for who
// made the last replacement at the same place.
func (s *Service) Replace(ctx context.Context, in org.PostedTo[ReplaceInput]) (TaskDetail, error) {
	in.Body.Reason = strings.TrimSpace(in.Body.Reason)
	if err := because(in.Body.Reason); err != nil {
		return TaskDetail{}, err
	}
	number, err := s.replacementNumber(ctx, in)
	if err != nil {
		return TaskDetail{}, err
	}
	return write(ctx, s, func(tx *db.Tx) (TaskDetail, error) { return s.replaceIn(ctx, tx, in, number) })
}

// replaceIn is Replace with the number of the task that comes in place of another.
func (s *Service) replaceIn(ctx context.Context, tx *db.Tx, in org.PostedTo[ReplaceInput], number string) (out TaskDetail, err error) {
	t, err := visibleTask(ctx, tx.Reader, in.ID)
	if err != nil {
		return out, err
	}
	has, guards, err := s.hands(ctx, tx.Reader, t)
	if err != nil {
		return out, err
	}
	was := t.State
	if t.State, err = taskLife().Move(was, doReplace, has, guards...); err != nil {
		return out, err
	}
	if (t.State == Replaced) != (in.Body.Officer == "") {
		return out, fault.Field("officer", i18n.T("对象无法检查时才能递补对象；检查人员只能在检查完成前更换", "a target is replaced once it cannot be inspected; an inspector, before the inspection is over")).
			WithFix(i18n.T("请先登记“无法检查”，或指明要更换的检查人员", "say first that it cannot be inspected, or which inspector falls out"))
	}
	if err := replacedByOther(ctx, tx.Reader, t); err != nil {
		return out, err
	}
	x, err := s.again(ctx, tx.Reader, t)
	if err != nil {
		return out, err
	}
	reason := in.Body.Reason
	got, err := x.replace(Replacement{Target: t.TargetID, Inspector: in.Body.Officer, Reason: reason, At: s.now().Format(time.RFC3339Nano), By: authz.From(ctx).ID})
	if err != nil {
		return out, err
	}
	detail := map[string]any{"target": got.Target, "inspectors": got.Inspectors}
	err = fault.First(
		func() error { return s.stored(tx, x) },
		func() error {
			if in.Body.Officer != "" {
				return s.otherTeam(tx, t, got, x.people)
			}
			return s.otherTarget(ctx, tx, &t, x, got, number)
		},
		func() error {
			return s.step(ctx, tx, ofTask, t.ID, doReplace, string(was), string(t.State), reason, detail)
		},
		func() error {
			return s.step(ctx, tx, ofDraw, x.draw.ID, doReplace, string(x.draw.State), string(x.draw.State), reason, detail)
		},
		func() (err error) {
			if t.ReplacedBy != "" {
				if t, err = taskByID(tx.Reader, t.ReplacedBy); err != nil {
					return err
				}
			}
			out, err = s.taskDetail(ctx, tx.Reader, t)
			return err
		},
	)
	return out, err
}

// replacedByOther refuses a replacement to who made the last one at the same place of the
// draw: who replaces again and again comes to whom they like. Fault: Conflict.
func replacedByOther(ctx context.Context, r db.Reader, t Task) error {
	last, err := db.Values[string](r, `select actor from trail where kind = $1 and act = $2 and record in (select id from inspection_task where draw_id = $3 and (id = $4 or replaced_by = $4)) order by id desc limit 1`,
		ofTask, string(doReplace), t.DrawID, t.ID)
	if err != nil || len(last) == 0 || last[0] != authz.From(ctx).ID {
		return err
	}
	return fault.New(fault.Conflict, i18n.T("该任务上一次是您更换的，不能由您接着再换", "you replaced at this task last, and cannot do so again")).
		WithFix(i18n.T("请由另一位同志核实原因后更换", "have somebody else look into the reason, and replace"))
}

// replacementNumber is the number of the task that a replaced target makes; none
// is needed for an inspector.
func (s *Service) replacementNumber(ctx context.Context, in org.PostedTo[ReplaceInput]) (string, error) {
	if in.Body.Officer != "" {
		return "", nil
	}
	t, err := read(ctx, s, func(r db.Reader) (Task, error) { return visibleTask(ctx, r, in.ID) })
	if err != nil || t.State != Unable || t.DrawID == "" || !authz.From(ctx).Covers(Manage, t.OwnerPath) {
		return "", err // refused later
	}
	return s.number(ctx, "JC", districtOf(t.OwnerPath))
}

// replay is a draw that is made again to go on from.
type replay struct {
	draw    Drawing
	list    List
	ws      []WitnessSeat
	result  []Drawn
	people  map[string]Officer
	targets func(id string) (Candidate, error)
	// recused are who must not go to a target by now.
	recused func(target string) (map[string]bool, error)
	others  taken
	at      time.Time
}

// again reads the draw of a task.
func (s *Service) again(ctx context.Context, r db.Reader, t Task) (x replay, err error) {
	x.at = s.now()
	x.targets = func(id string) (Candidate, error) { return targetByID(r, id) }
	x.recused = func(target string) (map[string]bool, error) { return recusedFrom(r, target, x.at) }
	if x.draw, err = db.One[Drawing](r, `select `+drawColumns+` from inspection_draw where id = $1`, t.DrawID); err != nil {
		return x, err
	}
	if x.others, err = s.takenFrom(ctx, r, x.draw); err != nil {
		return x, err
	}
	l, err := lotOf(r, t.DrawID)
	if err != nil {
		return x, err
	}
	x.list, x.result = l.List, l.Result
	if x.ws, err = witnessesOf(r, t.DrawID); err != nil {
		return x, err
	}
	ids := make([]string, len(x.list.Inspectors))
	for i, who := range x.list.Inspectors {
		ids[i] = who.ID
	}
	x.people, err = officersByID(r, ids)
	return x, err
}

// replace adds a replacement, and others where the next may not go any more, and
// returns what came in its place.
func (x *replay) replace(r Replacement) (Drawn, error) {
	if _, err := drawLife().Move(x.draw.State, doReplace, func(authz.Permission) bool { return true }); err != nil {
		return Drawn{}, err
	}
	place := slices.IndexFunc(x.result, func(d Drawn) bool { return d.Target == r.Target })
	if place < 0 {
		return Drawn{}, fault.Missing(aTarget)
	}
	seed, err := x.draw.terms(x.ws).Seed()
	if err != nil {
		return Drawn{}, err
	}
	for was := r.Target; ; {
		x.draw.Replaced = append(x.draw.Replaced, r)
		if x.result, err = Draw(x.list, seed, x.draw.Replaced...); err != nil {
			return Drawn{}, err
		}
		got := x.result[place]
		who, why, err := x.unfit(got, was)
		if err != nil || why == "" {
			return got, err
		}
		r = Replacement{Target: got.Target, Inspector: who, Reason: why, At: r.At, By: r.By}
	}
}

// unfit says what of a result may no longer be, and why; nothing where all may. The
// target that was there before is no matter of who inspects it.
func (x *replay) unfit(d Drawn, was string) (inspector, why string, err error) {
	if d.Target != was {
		if why, err = x.unfitTarget(d.Target); err != nil || why != "" {
			return "", why, err
		}
	}
	recused, err := x.recused(d.Target)
	if err != nil {
		return "", "", err
	}
	for _, id := range d.Inspectors {
		p := x.people[id]
		switch {
		case recused[id]:
			return id, "抽取后登记回避", nil
		case !p.Active:
			return id, "抽取后移出名录：" + p.Reason, nil
		case !p.certified(x.at):
			return id, "执法证已过期", nil
		}
	}
	return "", "", nil
}

// unfitTarget says why a target may no longer be drawn.
func (x *replay) unfitTarget(id string) (why string, err error) {
	target, err := x.targets(id)
	switch {
	case err != nil:
		return "", err
	case !target.Active:
		return "抽取后移出名录：" + target.Reason, nil
	case x.others.has(id, target.Credit):
		return "已被另一次抽取抽中", nil
	}
	return "", nil
}

// stored stores a draw that went on, and seals its record anew.
func (s *Service) stored(tx *db.Tx, x replay) error {
	return fault.First(
		func() error { return updateDraw(tx, x.draw) },
		func() error { return saveResult(tx, x.draw.ID, x.result) },
		func() error { return s.sealRecordOf(tx, x.draw, x.list, x.ws, x.result) },
	)
}

// otherTeam gives a task the inspectors that were drawn.
func (s *Service) otherTeam(tx *db.Tx, t Task, got Drawn, people map[string]Officer) error {
	was, err := teamOf(tx.Reader, t.ID)
	if err != nil {
		return err
	}
	team := teamFor(t.ID, got.Inspectors, people)
	if err := saveTeam(tx, t.ID, team); err != nil {
		return err
	}
	fresh := slices.DeleteFunc(team, func(m Member) bool {
		return slices.ContainsFunc(was, func(x Member) bool { return x.OfficerID == m.OfficerID })
	})
	return s.send(tx, []planned{{t, fresh}})
}

// otherTarget makes a task of the target that was drawn in place of another. Fault:
// Conflict without a number, which was not fetched for a task that could be inspected.
func (s *Service) otherTarget(ctx context.Context, tx *db.Tx, t *Task, x replay, got Drawn, number string) error {
	if number == "" {
		return fault.New(fault.Conflict, i18n.T("该任务的状态刚刚有变", "the task has just changed")).WithFix(i18n.T("请刷新后重试", "reload and try again"))
	}
	target, err := x.targets(got.Target)
	if err != nil {
		return err
	}
	next := s.plannedFor(ctx, x.draw, target, got.Inspectors, x.people)
	next.Number = number
	t.ReplacedBy = next.ID
	if err := saveTask(tx, *t); err != nil {
		return err
	}
	return s.addTasks(ctx, tx, doDraw, "递补", []planned{next})
}

package demo

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/org"
)

// onTheSpot plans two inspections of the inspector who can sign in: one that was made
// with a telephone and published, and one that is due today.
func (h *history) onTheSpot(ctx context.Context) {
	i := slices.IndexFunc(h.logins, func(l Login) bool { return l.Role == "inspector" })
	if i < 0 {
		return
	}
	v := &visiting{history: h, ctx: ctx, staff: h.logins[i].staff}
	made := office(h.now.AddDate(0, 0, -6))
	for n, do := range []func() error{v.assign, v.handIn, v.conclude, v.publish} {
		h.plans(made.Add(time.Duration(n)*3*time.Hour), do)
	}
	h.plans(h.now.Add(-time.Hour), v.assign)
}

// visiting is an inspector on the way.
type visiting struct {
	*history
	ctx   context.Context //nolint:containedctx // of the whole demo
	staff string
	task  inspection.TaskDetail
	times int
}

// me is the inspector who can sign in.
func (v *visiting) me() context.Context {
	acting, _ := v.actor(v.ctx, v.staff)
	return acting
}

// assign gives the inspector somebody to look at, with a checklist.
func (v *visiting) assign() error {
	office, ok := v.as(v.ctx, "campaign", cityPath)
	if !ok {
		return nil
	}
	l, err := v.rosters(office)
	if err != nil {
		return err
	}
	mine := slices.IndexFunc(l.officers, func(o inspection.Officer) bool { return o.StaffID == v.staff })
	other := l.officers[(mine+1)%len(l.officers)]
	house := v.houses()[4+v.times]
	v.times++
	v.task, err = v.Inspections.Assign(office, org.Posted[inspection.AssignInput]{Body: inspection.AssignInput{Kind: string(inspection.Special), Round: 2, Region: story.CityCode, TargetID: l.targets[house.ID].ID,
		Officers: []string{l.officers[mine].ID, other.ID}, CampaignID: v.driven[conduct], DueOn: v.due(), Reason: "群众反映收费不透明，核查公示和退费", FormID: v.checklist}})
	return err
}

// due is the last day of the inspection: the day on which it is given, and for the last
// one today.
func (v *visiting) due() string {
	if v.times > 1 {
		return v.now.Format(time.DateOnly)
	}
	return v.Clock.Now().Format(time.DateOnly)
}

// handIn sends what was written down on the spot, with two drawn signatures.
func (v *visiting) handIn() error {
	if v.task.ID == "" {
		return nil
	}
	now := v.Clock.Now()
	in := inspection.VisitInput{ID: uuid.NewString(), FormVersion: 1, BeganAt: now.Add(-80 * time.Minute), EndedAt: now.Add(-10 * time.Minute), SentAt: now,
		Answers: map[string]any{"licence": "ok", "scope": "ok", "staff": "ok", "checked": 12, "unqualified": 0, "prices": "bad", "overcharged": 46_800, "refunded": 46_800,
			"drugs": "ok", "waste": "ok", "adverts": "na", "note": "收费处公示牌缺三个项目，当场补贴；多收费用已退还。"},
		Problems: []inspection.ProblemInput{{Category: "V0606", Text: "收费处公示牌缺三个检查项目的价格", DueOn: now.AddDate(0, 0, 15).Format(time.DateOnly)}}}
	for i, m := range v.task.Team {
		drawn, err := v.Sketch(v.me(), i)
		if err != nil {
			return err
		}
		in.Signatures = append(in.Signatures, inspection.Signature{OfficerID: m.OfficerID, Upload: drawn})
	}
	photo, err := v.Photo(v.me())
	if err != nil {
		return err
	}
	in.Photos = []string{photo}
	_, err = v.Inspections.HandIn(v.me(), org.PostedTo[inspection.VisitInput]{ID: v.task.ID, Body: in})
	return err
}

// conclude enters the result, and publish has somebody else publish it.
func (v *visiting) conclude() error {
	in := inspection.ResultInput{InspectedAt: v.Clock.Now().Add(-3 * time.Hour), Conclusion: string(inspection.Corrected), OpinionNo: "清卫监意现场2号",
		Problems: []inspection.ProblemInput{{Category: "V0606", Text: "收费处公示牌缺三个检查项目的价格", DueOn: v.Clock.Now().AddDate(0, 0, 15).Format(time.DateOnly)}}}
	return dropping(v.Inspections.Conclude(v.me(), org.PostedTo[inspection.ResultInput]{ID: v.task.ID, Body: in}))
}

func (v *visiting) publish() error {
	acting, ok := v.as(v.ctx, "campaign", cityPath)
	if !ok {
		return nil
	}
	return dropping(v.Inspections.PublishTask(acting, org.ByID{ID: v.task.ID}))
}

package demo

import (
	"context"
	"time"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/org"
)

// supervisors plans that two social supervisors are recruited, of whom the first can
// sign in, and that both have somebody to visit today.
func (h *history) supervisors(ctx context.Context) {
	var team []string
	h.plans(office(h.now.AddDate(0, 0, -40)), func() (err error) {
		team, err = h.recruited(ctx)
		return err
	})
	h.plans(h.now.Add(-time.Hour), func() error {
		clerk, ok := h.as(ctx, "campaign", cityPath)
		if !ok || len(team) == 0 {
			return nil
		}
		l, err := h.rosters(clerk)
		if err != nil {
			return err
		}
		_, err = h.Inspections.Assign(clerk, org.Posted[inspection.AssignInput]{Body: inspection.AssignInput{Kind: string(inspection.Monitor), Region: story.CityCode, TargetID: l.targets[h.houses()[0].ID].ID,
			Officers: team, CampaignID: h.driven[conduct], DueOn: h.now.Format(time.DateOnly), Reason: "看收费公示和导诊秩序", FormID: h.checklist}})
		return err
	})
}

// recruited puts two people on the roster, and returns who they are there.
func (h *history) recruited(ctx context.Context) (team []string, err error) {
	clerk, ok := h.as(ctx, "campaign", cityPath)
	if !ok {
		return nil, nil
	}
	now := h.Clock.Now()
	day := func(days int) string { return now.AddDate(0, 0, days).Format(time.DateOnly) }
	for i, walk := range []string{"退休教师", "社区工作者"} {
		who := h.story.Person(uint64(4_000_000_000 + i)) //nolint:gosec // no negative number
		x, err := h.Inspections.AddMonitor(clerk, org.Posted[inspection.MonitorInput]{Body: inspection.MonitorInput{Name: who.Name, Phone: who.Phone, Walk: walk, District: story.CityCode,
			RecruitedBy: h.commissions[cityPath].Name, RecruitedOn: day(-1), Training: "社会监督员岗前培训", TrainedOn: day(0), TermFrom: day(0), TermUntil: day(365)}})
		if err != nil {
			return nil, err
		}
		if team = append(team, x.ID); i == 0 {
			err = h.admit(ctx, x.StaffID)
		}
		if err != nil {
			return nil, err
		}
	}
	return team, nil
}

// admit lets a social supervisor sign in as the others of the demo do. Outside of it
// they have a personal link.
func (h *history) admit(ctx context.Context, staff string) error {
	var who org.Staff
	err := h.DB.InTx(ctx, func(tx *db.Tx) (err error) {
		if who, err = org.StaffByID(tx.Reader, staff); err != nil {
			return err
		}
		return org.SetPassword(tx, staff, h.hash)
	})
	h.logins = append(h.logins, Login{Role: inspection.RoleMonitor, Username: who.Username, Password: password, staff: staff})
	return err
}

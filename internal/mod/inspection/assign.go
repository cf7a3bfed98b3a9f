package inspection

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// AssignInput is an inspection that nobody draws.
type AssignInput struct {
	Kind       string   `json:"kind" maxLength:"20"`
	Round      int      `json:"round,omitempty" minimum:"0" maximum:"999" doc:"Which round, of special rounds."`
	Region     string   `json:"region" maxLength:"6" doc:"Whose inspection it is."`
	TargetID   string   `json:"target_id" maxLength:"64"`
	Officers   []string `json:"officers" maxItems:"20" doc:"The leading one first."`
	Items      []string `json:"items,omitempty" maxItems:"200"`
	CampaignID string   `json:"campaign_id,omitempty" maxLength:"64"`
	LookBackOf string   `json:"look_back_of,omitempty" maxLength:"64" doc:"Task that is looked back at."`
	DueOn      string   `json:"due_on" maxLength:"10"`
	Reason     string   `json:"reason" maxLength:"500"`
	FormID     string   `json:"form_id,omitempty" maxLength:"64" doc:"Checklist; absent: that of the first item which has one."`
}

func (in AssignInput) check(now time.Time) (due time.Time, err error) {
	if due, err = clock.ParseDay("due_on", in.DueOn); err != nil {
		return due, err
	}
	var bad fault.Fields
	oneOf(&bad, "kind", in.Kind, kinds())
	bad.Refuse(Kind(in.Kind) == DoubleRandom, "kind", i18n.T("双随机检查的对象和人员只能抽取，不能指派", "a double-random inspection is drawn and cannot be assigned"))
	bad.Refuse(Kind(in.Kind) == Special && in.Round < 1, "round", i18n.T("请填写第几轮专项督查", "say which round it is"))
	bad.Refuse(Kind(in.Kind) == LookBack && in.LookBackOf == "", "look_back_of", i18n.T("请选择要回头看的检查任务", "say which inspection is looked back at"))
	bad.Refuse(len(in.Officers) < teamSize, "officers", i18n.T("检查人员不得少于两人", "at least two inspectors go together"))
	for i, id := range in.Officers {
		bad.Refuse(slices.Contains(in.Officers[:i], id), fmt.Sprintf("officers[%d]", i), i18n.T("检查人员重复，请换一名", "the same inspector twice; please choose another"))
	}
	bad.Refuse(due.Before(clock.Day(now)), "due_on", i18n.T("检查期限不能早于今天", "the inspection cannot end before today"))
	bad.Refuse(strings.TrimSpace(in.Reason) == "", "reason", i18n.T("请写明检查缘由", "say why it is inspected"))
	return due, bad.Err()
}

// Assign has a target inspected, for a reason. Faults: Invalid, also for an
// inspector who is recused from it or without a valid certificate; NotFound;
// Forbidden.
func (s *Service) Assign(ctx context.Context, in org.Posted[AssignInput]) (TaskDetail, error) {
	b := in.Body
	due, err := b.check(s.now())
	if err != nil {
		return TaskDetail{}, err
	}
	number, err := s.taskNumber(ctx, b.Region)
	if err != nil {
		return TaskDetail{}, err
	}
	return write(ctx, s, func(tx *db.Tx) (out TaskDetail, err error) {
		region, err := org.RegionByCode(tx.Reader, b.Region)
		if err != nil {
			return out, err
		}
		target, err := visibleTarget(ctx, tx.Reader, b.TargetID, Manage)
		if err != nil {
			return out, err
		}
		err = fault.First(func() error { return usableForm(tx.Reader, b.FormID) }, func() error { return s.ofCampaign(ctx, tx.Reader, b.CampaignID) })
		if err != nil {
			return out, err
		}
		t := taskFor(target)
		t.FormID = b.FormID
		if t.State, err = taskLife().Move("", doAssign, may(ctx, region.Path)); err != nil {
			return out, err
		}
		t.Number, t.Kind, t.Round, t.OwnerPath, t.CampaignID, t.LookBackOf = number, Kind(b.Kind), b.Round, region.Path, b.CampaignID, b.LookBackOf
		t.Items, t.DueAt, t.Reason, t.CreatedBy, t.CreatedAt = orNone(b.Items), clock.End(due), strings.TrimSpace(b.Reason), authz.From(ctx).ID, s.now()
		if t.Kind == LookBack {
			if err := looksBack(ctx, tx.Reader, t); err != nil {
				return out, err
			}
		}
		team, err := s.fit(ctx, tx.Reader, t, b.Officers)
		if err != nil {
			return out, err
		}
		added := []planned{{t, team}}
		if err := s.addTasks(ctx, tx, doAssign, t.Reason, added); err != nil {
			return out, err
		}
		return s.taskDetail(ctx, tx.Reader, added[0].Task)
	})
}

// ofCampaign refuses a campaign that the actor does not see. Fault: Invalid.
func (s *Service) ofCampaign(ctx context.Context, r db.Reader, id string) error {
	if s.Campaign == nil {
		return nil
	}
	return s.Campaign(ctx, r, id)
}

// taskNumber is the next number of a region in which the actor may assign.
func (s *Service) taskNumber(ctx context.Context, region string) (string, error) {
	err := s.DB.Look(ctx, func(r db.Reader) error {
		g, err := org.RegionByCode(r, region)
		if err != nil {
			return err
		}
		return authz.Need(ctx, Manage, g.Path)
	})
	if err != nil {
		return "", err
	}
	return s.number(ctx, "JC", region)
}

// looksBack refuses to look back at what has no result, or at somebody else.
func looksBack(ctx context.Context, r db.Reader, t Task) error {
	was, err := visibleTask(ctx, r, t.LookBackOf)
	if err != nil {
		return err
	}
	if was.TargetID != t.TargetID || was.Conclusion == "" {
		return fault.Field("look_back_of", i18n.T("只能对同一对象已有结果的检查回头看", "only an inspection of the same target that has a result can be looked back at"))
	}
	return nil
}

// fit returns inspectors as a team, and refuses those who may not inspect the
// target.
func (s *Service) fit(ctx context.Context, r db.Reader, t Task, ids []string) ([]Member, error) {
	people, err := officersByID(r, ids)
	if err != nil {
		return nil, err
	}
	out, err := recusedFrom(r, t.TargetID, s.now())
	if err != nil {
		return nil, err
	}
	elsewhere, err := s.elsewhere(ctx, r, t)
	if err != nil {
		return nil, err
	}
	var bad fault.Fields
	volunteers, err := rostersOf(r, ids)
	if err != nil {
		return nil, err
	}
	team := make([]Member, len(ids))
	for i, id := range ids {
		x, known := people[id]
		at := fmt.Sprintf("officers[%d]", i)
		bad.Refuse(!known || !authz.From(ctx).Covers(Read, x.Path), at, i18n.T("检查人员名录库中没有此人，请重新选择", "nobody of the library of inspectors; please choose again"))
		bad.Refuse(known && !x.Active, at, i18n.T("%s 已停用：%s", "%s is not active: %s"), x.Name, x.Reason)
		bad.Refuse(known && !x.certified(s.now()), at, i18n.T("%s 的执法证已过期", "the certificate of %s has run out"), x.Name)
		bad.Refuse(out[id], at, i18n.T("%s 应当回避该检查对象", "%s is recused from this target"), x.Name)
		bad.Refuse(known && x.District == elsewhere, at, i18n.T("%s 来自检查对象所在区划；交叉检查请派其他区划的人员", "%s is from the district of the target; a cross-inspection takes others"), x.Name)
		team[i] = memberOf(t.ID, x, i+1)
		if x.Kind == aMonitor {
			volunteers[id].fit(&bad, at, x, t, s.now())
		}
	}
	bad.Refuse(t.Kind == Monitor && len(volunteers) == 0, "officers", i18n.T("社会监督员检查至少要有一名社会监督员", "a visit of social supervisors needs at least one of them"))
	return team, bad.Err()
}

// elsewhere is the district from which no inspector of a task may be; empty where
// all may.
func (s *Service) elsewhere(ctx context.Context, r db.Reader, t Task) (string, error) {
	if t.Kind != Cross {
		return "", nil
	}
	on, _, err := config.At(ctx, s.Settings, fromElsewhere, t.OwnerPath, t.CreatedAt)
	if err != nil || !on {
		return "", err
	}
	target, err := targetByID(r, t.TargetID)
	return target.District, err
}

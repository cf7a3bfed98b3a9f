package intake

import (
	"context"
	"errors"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// whereabouts is what a report is about, as far as it is known.
type whereabouts struct {
	region, path, institution, department, place, code string
	channel                                            demand.Channel
}

// locate finds the place of a submission: by the place that staff chose, by the
// code that was scanned, by the institution or region that was chosen, by the
// institution of a code that was replaced, or, when all of that is missing or
// wrong, the whole city: nobody is turned away.
func (s *Service) locate(ctx context.Context, sub Submission, from Origin) (w whereabouts, err error) {
	err = s.DB.Look(ctx, func(r db.Reader) error {
		if from.Place != "" {
			w, err = atPlace(r, from.Place)
			if fault.Is(err, fault.NotFound) {
				err = fault.Field("place", i18n.T("没有找到这个地点，请重新选择", "there is no such place; please choose again"))
			}
			return err
		}
		code, known, err := codeOf(r, sub.Token)
		switch {
		case err != nil:
			return err
		case known && code.State() == Live:
			w, err = atPlace(r, code.Place)
			w.code = code.ID
			return err
		case known && code.State() == Replaced && sub.Institution == "" && sub.Region == "":
			sub.Institution = code.Institution
		}
		w, err = atChoice(r, sub)
		return err
	})
	return w, err
}

// atPlace is the whereabouts of a place, with the channel of a code there.
func atPlace(r db.Reader, place string) (w whereabouts, err error) {
	p, err := org.PlaceByID(r, place)
	if err != nil {
		return w, err
	}
	u, err := org.UnitByID(r, p.Institution)
	if err != nil {
		return w, err
	}
	w = whereabouts{region: u.Region, path: p.Path, institution: p.Institution, place: p.ID, channel: demand.CodeOther}
	if p.UnitID != p.Institution {
		w.department = p.UnitID
	}
	switch p.Kind {
	case org.Clinic:
		w.channel = demand.CodeClinic
	case org.Ward:
		w.channel = demand.CodeWard
	case org.Window, org.Hall, org.Other:
	}
	return w, nil
}

// atChoice is the whereabouts of a choice by hand.
func atChoice(r db.Reader, sub Submission) (w whereabouts, err error) {
	w.channel = demand.Website
	if sub.Institution != "" {
		u, err := org.UnitByID(r, sub.Institution)
		switch {
		case err == nil && u.Kind == org.Institution:
			w.region, w.path, w.institution = u.Region, u.Path, u.ID
			return w, nil
		case err != nil && !fault.Is(err, fault.NotFound):
			return w, err
		}
		return w, fault.Field("institution", i18n.T("没有找到这家机构，请重新选择", "there is no such institution; please choose again"))
	}
	region := sub.Region
	if region == "" {
		if region, err = homeRegion(r); err != nil {
			return w, err
		}
	}
	g, err := org.RegionByCode(r, region)
	if fault.Is(err, fault.NotFound) {
		return w, fault.Field("region", i18n.T("没有找到这个地区，请重新选择", "there is no such region; please choose again"))
	}
	w.region, w.path = g.Code, g.Path
	return w, err
}

// homeRegion is the region of the topmost commission: where a report belongs
// that names no place at all. Fault: Unavailable before any commission exists,
// for there is nobody who could answer.
func homeRegion(r db.Reader) (string, error) {
	code, err := homeCode(r)
	if errors.Is(err, db.ErrNone) {
		return "", fault.New(fault.Unavailable, i18n.T("本系统尚未启用，暂不能受理", "this service is not in use yet and cannot take reports")).
			WithFix(i18n.T("请拨打 12345 反映；管理员请先登记卫生健康委", "please call 12345; administrators: enter the health commission first"))
	}
	return code, err
}

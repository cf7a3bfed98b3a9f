package casework

import (
	"context"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// ground is what must be so before a case may be left out for a reason.
type ground struct {
	fits func(c Case, ks []Callback) bool
	must i18n.Text // what must be so
}

// grounds says of each reason of exclusion (剔除) when it fits; one that does not
// stand here fits every case, and somebody else judges the evidence. Which reasons
// there are is domain.md 1.5.
func grounds() map[demand.ExclusionReason]ground {
	kind := func(class demand.Class) func(Case, []Callback) bool {
		return func(c Case, _ []Callback) bool { return c.Class == class }
	}
	found := func(outcomes ...demand.Outcome) func(Case, []Callback) bool {
		return func(c Case, _ []Callback) bool { return slices.Contains(outcomes, c.Outcome) }
	}
	return map[demand.ExclusionReason]ground{
		"answered":    {kind(demand.Consultation), i18n.T("本件的诉求类型是咨询", "the report is a question")},
		"praise":      {kind(demand.Praise), i18n.T("本件的诉求类型是表扬", "the report is praise")},
		"suggestion":  {kind(demand.Suggestion), i18n.T("本件的诉求类型是建议", "the report is a suggestion")},
		"withdrawn":   {found(demand.WithdrawnByOwn), i18n.T("诉求人已经撤诉", "the reporter has withdrawn it")},
		"unreachable": {unreached, i18n.T("回访过而没有取得有效评价", "it was called back without a valid answer")},
		"groundless":  {found(demand.NotTrue, demand.CannotTell), i18n.T("核实结论为不属实或无法核实", "it was found not true, or could not be verified")},
		"abusive":     {found(demand.NotTrue, demand.CannotTell, demand.Explained), i18n.T("核实结论不是属实", "it was not found true")},
		"beyond_duty": {found(demand.Explained, demand.HandedOver, demand.NotAccepted), i18n.T("核实结论为已解释或转办", "it was explained or handed over")},
	}
}

// unreached reports whether a reporter was asked without a valid answer.
func unreached(c Case, ks []Callback) bool {
	mine := slices.DeleteFunc(slices.Clone(ks), func(k Callback) bool { return k.CaseID != c.ID })
	return len(mine) > 0 && !slices.ContainsFunc(mine, func(k Callback) bool { return k.Valid })
}

// fitting lists the reasons for which a case may be left out as it stands.
func (c Case) fitting(ks []Callback) []demand.ExclusionReason {
	all := grounds()
	codes := []demand.ExclusionReason{}
	for _, x := range demand.ExclusionReasons() {
		if g, some := all[x.Code]; !some || g.fits(c, ks) {
			codes = append(codes, x.Code)
		}
	}
	return codes
}

// checkExclusion refuses a reason that is none or does not fit the case, and one
// that nothing proves: a repeat names the other case, everything else needs a
// file.
func (s *Service) checkExclusion(ctx context.Context, r db.Reader, c Case, in AskInput, detail map[string]any) error {
	b := in.Body
	if !demand.Has(demand.ExclusionReasons(), b.Exclusion) {
		return fault.Field("exclusion", i18n.T("请选择剔除理由", "please choose why it is to be left out"))
	}
	ks, err := callbacks(r, c.ID)
	if err != nil {
		return err
	}
	if !slices.Contains(c.fitting(ks), b.Exclusion) {
		return fault.Field("exclusion", i18n.T("不符合本件的情况：须%s", "it does not fit this case: %s must be so"), grounds()[b.Exclusion].must)
	}
	detail["exclusion"] = b.Exclusion
	switch {
	case b.Exclusion == repeated:
		detail[otherNumber] = b.Other
		return otherCase(ctx, r, c, b.Other)
	case len(b.Files) == 0:
		return fault.Field("files", i18n.T("请附上至少一份证明材料", "please attach at least one file that proves it"))
	}
	return nil
}

// otherNumber is where a request has the number of the case that it names.
const otherNumber = "other"

// repeated is the reason that is proved by another case.
const repeated demand.ExclusionReason = "repeated"

// otherCase refuses the number of a case that is none, is the case itself, or
// that the actor may not know.
func otherCase(ctx context.Context, r db.Reader, c Case, number string) error {
	id, err := IDOfNumber(r, number)
	if err != nil {
		return err
	}
	if id != "" && id != c.ID {
		if _, err = seen(ctx, r, id); err == nil || !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return fault.Field("other", i18n.T("没有找到这一件，请填写另一件诉求的编号", "no such case; please give the number of the other case"))
}

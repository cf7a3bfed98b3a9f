package demo

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// sending is how many institutions have sent their self-examination.
const sending = 36

// selfChecks plans the round of the campaign that runs: all in scope are asked, and
// over the weeks some send, each fifth of them with a problem.
func (h *history) selfChecks(ctx context.Context) {
	begin := almanac{h.now}.first(-2).AddDate(0, 0, 7).Add(9 * time.Hour)
	h.plans(office(begin), func() error {
		acting, ok := h.as(ctx, "campaign", cityPath)
		if !ok {
			return nil
		}
		_, err := h.Campaign.OpenSelf(acting, org.PostedTo[campaign.OpenSelfBody]{ID: h.driven[conduct], Body: campaign.OpenSelfBody{Stage: "集中整治"}})
		return err
	})
	every := h.now.Sub(begin.AddDate(0, 0, 1)) / (sending + 1)
	asked := h.inScope(conduct)
	for i := range min(sending, len(asked)*2/3) {
		h.plans(begin.AddDate(0, 0, 1).Add(every*time.Duration(i)), func() error { return h.sendSelf(ctx, asked[i], i) })
	}
}

// inScope are the institutions of a campaign.
func (h *history) inScope(name string) (all []org.Unit) {
	for _, d := range h.drives() {
		for _, u := range h.houses() {
			for _, kind := range d.kinds {
				if d.name == name && u.Subkind == kind {
					all = append(all, u)
				}
			}
		}
	}
	return all
}

// sendSelf has an institution answer behind its link.
func (h *history) sendSelf(ctx context.Context, u org.Unit, n int) error {
	acting, ok := h.as(ctx, "campaign", cityPath)
	if !ok {
		return nil
	}
	link, err := h.Campaign.Link(acting, campaign.SelfOf{ID: h.driven[conduct], Unit: u.ID})
	if err != nil {
		return err
	}
	_, token, _ := strings.Cut(link.Address, campaign.SelfPage)
	form, err := h.Campaign.SelfForm(ctx, token)
	if err != nil {
		return err
	}
	_, err = h.Campaign.Send(ctx, token, campaign.SelfSend{Answers: h.examined(form.Lines, n)})
	return err
}

// examined is what the n-th institution found.
func (h *history) examined(lines []campaign.CheckLine, n int) campaign.Answers {
	who := h.story.Person(uint64(2_000_000_000 + n)).Name //nolint:gosec // no negative number
	a := campaign.Answers{Lines: map[string]campaign.Result{}, Signer: who, Post: "分管副院长"}
	for i, l := range lines {
		a.Lines[l.Key] = campaign.Clean
		if n%5 != 2 || i != n%len(lines) {
			continue
		}
		p := campaign.SelfProblem{Key: l.Key, Category: "V0606", Description: "门诊二楼没有公示新增的检查项目价格。", Measures: "当日补贴公示，价格专员每周核对。", Person: who, Result: campaign.Corrected}
		if n%2 == 1 {
			p.Category, p.Description, p.Measures = "V0802", "两家供应企业的廉洁购销合同已经过期。", "三十日内全部重签，并建立到期提醒。"
			p.Result, p.Due = campaign.Planned, campaign.DayOf(h.Clock.Now().AddDate(0, 0, 30))
		}
		a.Lines[l.Key], a.Problems = p.Result, append(a.Problems, p)
	}
	return a
}

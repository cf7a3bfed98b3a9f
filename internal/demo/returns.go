package demo

import (
	"context"
	"strconv"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// reported fills in what is owed a campaign that runs: some districts have signed,
// one has submitted, one was sent back, and others owe still.
func (h *history) reported(ctx context.Context, id string) error {
	in := campaign.ReturnsInput{Campaign: id}
	in.Limit = 200
	page, err := h.Campaign.Returns(ctx, in)
	if err != nil {
		return err
	}
	n := map[string]int{} // how many of a duty were looked at
	for _, x := range page.Items {
		if x.Above == "" || x.Due > campaign.DayOf(h.now) {
			continue // the summary of the city, and what is not due yet
		}
		if err := h.report(ctx, x.ID, n[x.Duty]); err != nil {
			return err
		}
		n[x.Duty]++
	}
	return nil
}

// courses are what becomes of the returns of a duty, one after the other.
func courses() [][]flow.Action {
	return [][]flow.Action{{"submit", "sign"}, {"submit", "sign"}, {"submit"}, {"submit", "send-back"}, nil}
}

// report takes one return as far as it came.
func (h *history) report(ctx context.Context, id string, n int) error {
	course := courses()[n%len(courses())]
	if course == nil {
		return nil
	}
	clerk, ok := h.as(ctx, "campaign", cityPath)
	boss, there := h.as(ctx, "director", cityPath)
	if !ok || !there {
		return nil
	}
	d, err := h.Campaign.GetReturn(clerk, campaign.ReturnInput{ByID: org.ByID{ID: id}})
	if err != nil {
		return err
	}
	rows := map[string]campaign.TypedRow{}
	for _, l := range d.Lines {
		if l.Typed {
			rows[l.Key] = likely(l, int64(n+2))
		}
	}
	body := campaign.FillBody{Edit: d.Edit, Header: campaign.Header{Filler: authz.From(clerk).Name, Reviewer: authz.From(boss).Name, Phone: "0532-85910000"}, Rows: rows, Text: "已按方案开展本阶段工作，问题台账逐项整改，下一步开展回头看。"}
	if d, err = h.Campaign.Fill(clerk, org.PostedTo[campaign.FillBody]{ID: id, Body: body}); err != nil {
		return err
	}
	for _, step := range course {
		who := boss
		if step == "submit" {
			who = clerk
		}
		do := campaign.ReturnStep{Action: step, Edit: d.Edit, Mark: d.Mark}
		if step == "send-back" {
			do.Reason = "联合执法次数与台账不一致，请核对。"
		}
		if d, err = h.Campaign.StepReturn(who, org.PostedTo[campaign.ReturnStep]{ID: id, Body: do}); err != nil {
			return err
		}
	}
	return nil
}

// likely is what a row may say: wholes are as large as their parts, and nobody is
// fined more often than there are cases.
func likely(l campaign.Line, n int64) campaign.TypedRow {
	often := map[string]int64{"officers": 42, "vehicles": 11, "trained": 65, "self_due": 31, "self_done": 29, "self_tasks": 30, "visits": 4, "designated": 2, "in_scope": 38, "covered": 21,
		"cases": 3, "opinions": 9, "ordered": 6, "judged": 5, "upheld": 3, "points": 8, "ads": 7}
	times := max(often[l.Key], 1)
	text := func(x int64) string { return strconv.FormatInt(x, 10) }
	return campaign.TypedRow{Period: text(n * times), Total: text(2 * n * times), LastYear: text((n + 1) * times)}
}

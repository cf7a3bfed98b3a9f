package demo

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// owedBy asks for the returns of a campaign.
func owedBy(id string) campaign.ReturnsInput {
	in := campaign.ReturnsInput{Campaign: id}
	in.Limit = 200
	return in
}

// filings plans what becomes of the returns of a campaign that has just started: most
// come in time, one late, one is sent back and comes again; the city sums and signs
// when all have signed. Of the latest some are still owed.
func (h *history) filings(ctx context.Context, name string) error {
	clerk, ok := h.as(ctx, "campaign", cityPath)
	if !ok {
		return nil
	}
	page, err := h.Campaign.Returns(clerk, owedBy(h.driven[name]))
	if err != nil {
		return err
	}
	n := map[string]int{} // of a duty
	for _, x := range page.Items {
		city := x.Unit == h.commissions[cityPath].ID
		h.filing(ctx, x, n[x.Duty], city)
		if !city {
			n[x.Duty]++
		}
	}
	return nil
}

// course is how a return goes: what is done, and how many days after its day.
type course struct {
	day int
	act flow.Action
}

// courses are how the returns of a duty go, one after the other; those of a duty
// that is hardly over have gone less far.
func courses(fresh bool) [][]course {
	usual := []course{{-2, "fill"}, {-2, "submit"}, {-1, "sign"}}
	late := []course{{2, "fill"}, {2, "submit"}, {3, "sign"}}
	again := []course{{-3, "fill"}, {-3, "submit"}, {-2, "send-back"}, {-1, "fill"}, {0, "submit"}, {1, "sign"}}
	if fresh {
		return [][]course{usual, usual, usual[:2], again[:3], nil, late[:2], usual, again}
	}
	return [][]course{usual, usual, late, usual, again, usual, usual, usual}
}

// hardly is for how long a duty is hardly over, in days.
const hardly = 40

// filing plans the life of one return.
func (h *history) filing(ctx context.Context, x campaign.ReturnLine, n int, city bool) {
	due := x.Due.Begin()
	fresh := h.now.Sub(due) < hardly*24*time.Hour
	steps := courses(fresh)[n%len(courses(fresh))]
	region := cityPath
	switch {
	case city && fresh:
		return
	case city:
		steps = []course{{5, "fill"}, {5, "submit"}, {6, "sign"}}
	default:
		region = h.units[x.Unit].Path[:len(h.units[x.Unit].Path)-len(x.Unit)-1]
	}
	for i, s := range steps {
		at := office(due.AddDate(0, 0, s.day).Add(time.Duration(9+i) * time.Hour))
		h.plans(at, func() error {
			clerk, there := h.as(ctx, "campaign", region)
			boss, too := h.as(ctx, "director", region)
			if !there || !too {
				return nil
			}
			p := paper{history: h, clerk: clerk, boss: boss, id: x.ID, rows: func(l campaign.Line) campaign.TypedRow { return likely(l, int64(n+2), x) }}
			return p.do(s.act)
		})
	}
}

// paper is a return on the desk of who fills it in and of who signs it.
type paper struct {
	*history
	clerk, boss context.Context //nolint:containedctx // the people who act
	id          string
	rows        func(campaign.Line) campaign.TypedRow
}

// do takes steps with a return.
func (p paper) do(acts ...flow.Action) error {
	for _, act := range acts {
		d, err := p.Campaign.GetReturn(p.clerk, campaign.ReturnInput{ByID: org.ByID{ID: p.id}})
		if err != nil {
			return err
		}
		if act == "fill" {
			_, err = p.Campaign.Fill(p.clerk, org.PostedTo[campaign.FillBody]{ID: p.id, Body: p.filled(d)})
		} else {
			err = p.step(d, act)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p paper) step(d campaign.ReturnDetail, act flow.Action) error {
	who, body := p.boss, campaign.ReturnStep{Action: act, Edit: d.Edit, Mark: d.Mark}
	if act == "submit" {
		who = p.clerk
	}
	if act == "send-back" {
		body.Reason = "联合执法次数与台账不一致，请核对。"
	}
	_, err := p.Campaign.StepReturn(who, org.PostedTo[campaign.ReturnStep]{ID: p.id, Body: body})
	return err
}

// filled is a return as somebody fills it in.
func (p paper) filled(d campaign.ReturnDetail) campaign.FillBody {
	rows := map[string]campaign.TypedRow{}
	for _, l := range d.Lines {
		if l.Typed {
			rows[l.Key] = p.rows(l)
		}
	}
	return campaign.FillBody{Edit: d.Edit, Header: campaign.Header{Filler: authz.From(p.clerk).Name, Reviewer: authz.From(p.boss).Name, Phone: "0990-86012320"},
		Rows: rows, Text: "已按方案开展本阶段工作，问题台账逐项整改，下一步对受处罚的机构回头看。"}
}

// same is a number of a year, of which nothing came before; 0 where it has none.
func same(number string) campaign.TypedRow {
	number = cmp.Or(number, "0")
	return campaign.TypedRow{Period: number, Total: number}
}

// likely is what a row may say: wholes are as large as their parts, nobody is fined
// more often than there are cases, and nothing shrinks from one return to the next.
func likely(l campaign.Line, n int64, x campaign.ReturnLine) campaign.TypedRow {
	often := map[string]int64{"officers": 42, "vehicles": 11, "trained": 65, "self_due": 31, "self_done": 29, "self_tasks": 30, "visits": 4, "designated": 2, "in_scope": 38, "covered": 21,
		"cases": 3, "opinions": 9, "ordered": 6, "judged": 5, "upheld": 3, "points": 8, "ads": 7}
	const days = 30
	n *= max(1, int64(x.PeriodEnd.End().Sub(x.PeriodStart.Begin()).Hours())/24/days)
	times := n * max(often[l.Key], 1)
	row := same(strconv.FormatInt(times, 10))
	row.LastYear = strconv.FormatInt(times+max(often[l.Key], 1), 10)
	return row
}

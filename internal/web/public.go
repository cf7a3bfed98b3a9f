package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/sanction"
	"qingfeng/internal/org"
)

// Where the parts of the notice board are.
const (
	publicAt    = "/public"
	campaignsAt = publicAt + "/campaigns"
	drawsAt     = publicAt + "/draws"
	checkAt     = publicAt + "/check"
	resultsAt   = publicAt + "/inspections"
	sanctionsAt = publicAt + "/sanctions"
	typicalsAt  = publicAt + "/typical-cases"
)

// noticesPage is how many notices stand on a page.
const noticesPage = 20

// board is the notice board (公开栏).
func (p *Pages) board(w http.ResponseWriter, r *http.Request) error {
	return p.showAll(w, r, boardPage(p.view(r)))
}

// named is the notice that an address names, as storable text.
func named(r *http.Request) org.ByID { return org.ByID{ID: clip(r.PathValue("id"), mostFind)} }

// notices is a list of what is public.
type notices[T any] struct {
	finder
	Items []T
}

// showList reads a page of notices and shows it.
func showList[T any](p *Pages, w http.ResponseWriter, r *http.Request, get func(context.Context, finder) (list.Page[T], error), show func(notices[T]) templ.Component) error {
	f, err := p.finder(r)
	if err != nil {
		return err
	}
	page, err := get(r.Context(), f)
	if err != nil {
		return err
	}
	f.Next = page.Next
	return p.showAll(w, r, show(notices[T]{f, page.Items}))
}

func (p *Pages) campaigns(w http.ResponseWriter, r *http.Request) error {
	return showList(p, w, r, func(ctx context.Context, f finder) (list.Page[campaign.Public], error) {
		return p.Campaigns.PublicCampaigns(ctx, campaign.PublicList{Query: f.page(noticesPage), Region: f.Choice.Region, Q: f.Choice.Find})
	}, campaignsPage)
}

// drive is the page of a campaign.
type drive struct {
	view
	campaign.PublicDetail
	Now time.Time
}

func (p *Pages) campaign(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Campaigns.PublicCampaign(r.Context(), named(r))
	if err != nil {
		return err
	}
	return p.showAll(w, r, campaignPage(drive{p.view(r), c, p.Now()}))
}

func (p *Pages) results(w http.ResponseWriter, r *http.Request) error {
	return showList(p, w, r, func(ctx context.Context, f finder) (list.Page[inspection.PublicResult], error) {
		return p.Inspections.PublicResults(ctx, inspection.PublicResultsInput{Query: f.page(noticesPage), Region: f.Choice.Region, Q: f.Choice.Find})
	}, resultsPage)
}

// punishments is the list of penalties and of the blacklist.
type punishments struct {
	notices[sanction.Public]
	Kind string
}

// fieldKind narrows punishments to penalties or to the blacklist.
const fieldKind = "kind"

func (p *Pages) sanctions(w http.ResponseWriter, r *http.Request) error {
	kind := r.URL.Query().Get(fieldKind)
	if kind != sanction.OfPenalty && kind != sanction.OfBlacklist {
		kind = ""
	}
	return showList(p, w, r, func(ctx context.Context, f finder) (list.Page[sanction.Public], error) {
		return p.Sanctions.PublicSanctions(ctx, sanction.PublicList{Query: f.page(noticesPage), Kind: kind, Region: f.Choice.Region, Q: f.Choice.Find})
	}, func(n notices[sanction.Public]) templ.Component { return sanctionsPage(punishments{n, kind}) })
}

// punishment is the page of a penalty or of an entry of the blacklist.
type punishment struct {
	view
	sanction.Public
	Now time.Time
}

func (p *Pages) sanction(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Sanctions.PublicSanction(r.Context(), named(r))
	if err != nil {
		return err
	}
	return p.showAll(w, r, sanctionPage(punishment{p.view(r), s, p.Now()}))
}

func (p *Pages) typicals(w http.ResponseWriter, r *http.Request) error {
	return showList(p, w, r, func(ctx context.Context, f finder) (list.Page[campaign.PublicTypical], error) {
		return p.Campaigns.PublicTypicals(ctx, f.page(noticesPage))
	}, typicalsPage)
}

// example is the page of a typical case.
type example struct {
	view
	campaign.PublicTypical
	Now time.Time
}

func (p *Pages) typical(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Campaigns.PublicTypical(r.Context(), named(r))
	if err != nil {
		return err
	}
	return p.showAll(w, r, typicalPage(example{p.view(r), c, p.Now()}))
}

// dateOf writes a day that came as 2026-07-28; nothing is "…".
func dateOf[T ~string](ctx context.Context, day T, now time.Time) string {
	t, err := time.ParseInLocation(time.DateOnly, string(day), clock.Shanghai)
	if err != nil {
		return "…"
	}
	return dayOf(ctx, t, now)
}

// spanOf writes from when to when. Where one of the years is said, the other is too.
func spanOf[T ~string](ctx context.Context, from, to T, now time.Time) string {
	if len(from) > 3 && len(to) > 3 && from[:4] != to[:4] {
		now = time.Time{} // a year that is nobody's
	}
	return say(ctx, "%s至%s", "%s to %s", dateOf(ctx, from, now), dateOf(ctx, to, now))
}

// goalsText says which milestones a version of a plan has, unless they are those of the
// version before.
func goalsText(ctx context.Context, c drive, i int) string {
	now := c.Plans[i].Milestones
	if i > 0 && slices.EqualFunc(now, c.Plans[i-1].Milestones, sameGoal) {
		return say(ctx, "目标未变", "the same goals")
	}
	if len(now) == 0 {
		return say(ctx, "没有覆盖目标", "no goals of coverage")
	}
	goals := make([]string, len(now))
	for i, m := range now {
		goals[i] = goalText(ctx, m, c.Now)
	}
	return strings.Join(goals, say(ctx, "；", "; "))
}

// sameGoal reports whether two milestones demand the same.
func sameGoal(a, b campaign.Milestone) bool {
	return a.Due == b.Due && a.Percent == b.Percent && slices.Equal(a.Kinds, b.Kinds)
}

// goalText says what a milestone demands by when, and of which institutions.
func goalText(ctx context.Context, m campaign.Milestone, now time.Time) string {
	goal := say(ctx, "最迟 %s 覆盖 %d%%", "%[2]d %% by %[1]s", dateOf(ctx, m.Due, now), m.Percent)
	if len(m.Kinds) == 0 {
		return goal
	}
	return say(ctx, "%s（%s）", "%s (%s)", goal, kindsText(ctx, m.Kinds))
}

// kindsNamed is how many kinds of institution a line has room for.
const kindsNamed = 3

// kindsText names kinds of institution: of many the first ones.
func kindsText(ctx context.Context, kinds []string) string {
	var names []string
	for _, k := range kinds[:min(len(kinds), kindsNamed)] {
		names = append(names, org.NameOf(org.InstitutionKinds(), k).Here(ctx))
	}
	text := strings.Join(names, say(ctx, "、", ", "))
	if more := len(kinds) - len(names); more > 0 {
		text += say(ctx, "等 %[1]d 类", " and %[2]d more", len(kinds), more)
	}
	return text
}

// runsText says whether a campaign runs.
func runsText(ctx context.Context, s campaign.State) string {
	if s == campaign.Running {
		return say(ctx, "正在开展", "Under way")
	}
	return say(ctx, "已经结束", "Over")
}

// kindText says what a publication is of.
func kindText(ctx context.Context, kind string) string {
	if kind == sanction.OfBlacklist {
		return say(ctx, "列入黑名单", "Blacklist")
	}
	return say(ctx, "行政处罚", "Penalty")
}

// numberText says whose number a publication names.
func numberText(ctx context.Context, kind string) string {
	if kind == sanction.OfBlacklist {
		return say(ctx, "编号", "Number")
	}
	return say(ctx, "决定书文号", "Decision number")
}

// allOf writes measures in one line.
func allOf(ctx context.Context, measures []i18n.Text) string {
	said := make([]string, len(measures))
	for i, m := range measures {
		said[i] = m.Here(ctx)
	}
	return strings.Join(said, say(ctx, "；", "; "))
}

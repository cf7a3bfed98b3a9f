package demo

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/org"
)

// What a city published of half a year: how many institutions it has, all of which
// were inspected, how many were in breach, and how many were punished. A smaller city
// has its share.
const (
	publishedAll       = 2567
	publishedViolating = 92
	publishedPunished  = 66
)

// share is what a city of so many institutions has of what one of 2,567 published.
func share(of, houses int) int { return (of*houses + publishedAll - 1) / publishedAll }

// halfYear plans the inspections of the first campaign, written down month by month:
// two fifths of the institutions in its first quarter, all by the end of the half.
func (h *history) halfYear(ctx context.Context) {
	b := &book{history: h, ctx: ctx, name: disorder, region: story.CityCode, path: cityPath, basis: "《医疗机构管理条例》"}
	b.seen = h.firstHalf()
	a := almanac{h.now}
	for month := -6; month <= -2; month++ {
		until := a.first(month)
		h.plans(until.AddDate(0, 0, 5).Add(9*time.Hour), func() error { return b.write(until) })
	}
}

// hospitals plans the inspections of the second campaign, and its end.
func (h *history) hospitals(ctx context.Context) {
	a := almanac{h.now}
	b := &book{history: h, ctx: ctx, name: hospital, region: story.CityCode, path: cityPath}
	begin, end := a.first(-6), a.first(-3)
	for i, u := range h.houses() {
		if slices.Contains(org.HospitalKinds(), u.Subkind) {
			b.seen = append(b.seen, &inspected{house: u, at: workday(begin.Add(time.Duration(i%80+5) * end.Sub(begin) / 90)), way: i, found: i%7 == 3})
		}
	}
	h.plans(end.AddDate(0, 0, 4).Add(9*time.Hour), func() error { return b.write(end) })
	h.plans(a.first(-2).AddDate(0, 0, 22).Add(9*time.Hour), func() error {
		acting, ok := h.as(ctx, "campaign", cityPath)
		if !ok {
			return nil
		}
		return h.closeDrive(acting, hospital)
	})
}

// firstHalf is who was inspected when, and what came of it. A prime puts the
// institutions out of their order.
func (h *history) firstHalf() []*inspected {
	const prime = 7919
	houses := h.houses()
	n := len(houses)
	violating, punished := share(publishedViolating, n), share(publishedPunished, n)
	list := make([]*inspected, n)
	for i := range list {
		x := &inspected{house: houses[i*prime%n], at: h.inHalf(i, n), way: i}
		if k := (i + 1) * violating / n; k > i*violating/n {
			x.found = true
			if k <= punished {
				x.fine = int64(3_000+1_000*(k%18)) * fenPerYuan
			}
		}
		list[i] = x
	}
	return list
}

const fenPerYuan = 100

// inHalf is when the i-th of n institutions was inspected: the shares of the plan are
// reached in time.
func (h *history) inHalf(i, n int) time.Time {
	a := almanac{h.now}
	for _, part := range []struct {
		from, until float64 // shares of the institutions
		begin, end  int     // months
	}{{0, 0.45, -7, -4}, {0.45, 0.75, -4, -3}, {0.75, 1, -3, -2}} {
		if at := float64(i) / float64(n); at < part.until {
			begin, end := a.first(part.begin), a.first(part.end)
			return workday(begin.Add(time.Duration((at - part.from) / (part.until - part.from) * float64(end.Sub(begin)))))
		}
	}
	return a.first(-2).AddDate(0, 0, -1)
}

// workday is some time of a day, or of the Saturday before where it is a Sunday.
func workday(t time.Time) time.Time {
	day := clock.Day(t)
	if day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, -1)
	}
	return day.Add(9*time.Hour + t.Sub(clock.Day(t))/4)
}

// houses are the institutions, in their order.
func (h *history) houses() []org.Unit { return h.housesOf("/") }

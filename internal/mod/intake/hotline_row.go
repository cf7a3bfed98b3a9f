package intake

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// longestTerm is how long after its receipt an order may be due: longer than
// any rule grants, short enough to catch a slip of the year.
const longestTerm = 150 * 24 * time.Hour

// hotlineKnown is what rows are checked against, read once for a file.
type hotlineKnown struct {
	actor   authz.Actor
	units   map[string][]namedUnit // by name, short name and codes
	regions map[string][]org.Region
	taken   map[string]bool // numbers that are cases already
}

// hotlineKnows reads what the rows of a file are checked against.
func (s *Service) hotlineKnows(ctx context.Context, r db.Reader, rows []sheet.Row) (k hotlineKnown, err error) {
	k = hotlineKnown{actor: authz.From(ctx), units: map[string][]namedUnit{}, regions: map[string][]org.Region{}}
	units, err := namedUnits(r)
	if err != nil {
		return k, err
	}
	for _, u := range units {
		if !slices.ContainsFunc(k.units[u.Said], func(x namedUnit) bool { return x.ID == u.ID }) {
			k.units[u.Said] = append(k.units[u.Said], u)
		}
	}
	regions, err := org.UsedRegions(r)
	for _, g := range regions {
		k.regions[g.Code] = append(k.regions[g.Code], g)
		k.regions[g.Name] = append(k.regions[g.Name], g)
	}
	if err != nil {
		return k, err
	}
	numbers := make([]string, len(rows))
	for i, row := range rows {
		numbers[i] = row.Text("source_no")
	}
	k.taken, err = takenOrders(r, numbers)
	return k, err
}

// orderLine is a row that is being checked.
type orderLine struct {
	*bulk.Line
	known hotlineKnown
	now   time.Time
}

// order reads an order, and notes whatever is wrong with it.
func (l *orderLine) order() (o order) {
	o.where = l.whereabouts()
	o.sub = l.submission()
	o.from = Origin{Channel: demand.Hotline12345, EnteredBy: l.known.actor.ID, SourceNo: l.Text("source_no"), At: l.Time("received_at"),
		Class: wordFor(l, "class", demand.Classes()), Urgency: wordFor(l, "urgency", demand.Urgencies())}
	l.term(&o.from)
	if l.known.taken[o.from.SourceNo] {
		l.Refuse("source_no", i18n.T("这个工单已经登记过", "this order was entered before"))
	}
	var bad fault.Fields
	checkReceived(&bad, o.from.At, l.now)
	bad.AtMost(maxSourceNo, "source_no", o.from.SourceNo)
	l.RefuseFault(bad.Err(), "")
	l.RefuseFault(o.sub.Validate(), "")
	l.RefuseFault(o.sub.checkDay(l.now), "")
	return o
}

// submission reads what the caller said. A caller is named when both name and
// number are there, and confidential when one of them is or secrecy is asked for.
func (l *orderLine) submission() Submission {
	sub := Submission{Category: l.category(), Narrative: titled(l.Text("title"), l.Text("narrative")), Wish: l.Text("wish"), About: l.Text("about"),
		ReporterName: l.Text("reporter_name"), ReporterPhone: cmp.Or(l.Text("reporter_phone"), l.Text("contact")), Mode: demand.RealName}
	if l.Has("occurred_on") {
		sub.OccurredOn = l.Time("occurred_on").Format(time.DateOnly)
	}
	switch {
	case sub.ReporterName == "" && sub.ReporterPhone == "":
		sub.Mode = demand.Anonymous
	case l.Flag("confidential") || sub.ReporterName == "" || sub.ReporterPhone == "":
		sub.Mode = demand.Confidential
	}
	return sub
}

// titled puts a title before a text that does not begin with it.
func titled(title, text string) string {
	if title == "" || strings.HasPrefix(text, title) {
		return text
	}
	return title + "\n" + text
}

// category reads a code or a name of ours. The hotline's own classes are
// others; an order without any of ours is "other", and people correct it.
func (l *orderLine) category() string {
	if code := strings.ToUpper(l.Text("category")); code != "" {
		return code // Validate says whether there is one
	}
	said := l.Text("category_name")
	if said == "" {
		return "Z"
	}
	for _, c := range demand.Categories() {
		if said == c.Name.ZH || strings.EqualFold(said, c.Name.EN) || strings.EqualFold(said, c.Code) {
			return c.Code
		}
		for _, item := range c.Items {
			if said == item.Name.ZH || said == demand.Name(item.Code).ZH {
				return item.Code
			}
		}
	}
	l.Refuse("category_name", i18n.T("没有这个类别，请填系统的类别名称，或留空归入“其他”", `there is no such category; give one of ours, or leave it empty for "other"`))
	return "Z"
}

// whereabouts reads whom the order is about: the institution that it names, or
// that handles it, or else the region.
func (l *orderLine) whereabouts() (w whereabouts) {
	column := "institution"
	if l.Text(column) == "" {
		column = "unit"
	}
	if l.Text(column) == "" {
		w = l.inRegion()
		column = "region"
	} else {
		w = l.ofUnit(column)
	}
	if w.path != "" && !l.known.actor.Covers(Import, w.path) {
		l.Refuse(column, i18n.T("不在您的管理范围内", "outside of what you may import"))
	}
	return w
}

// ofUnit finds a unit by its name or by one of its codes.
func (l *orderLine) ofUnit(column string) (w whereabouts) {
	found := l.known.units[l.Text(column)]
	switch {
	case len(found) == 0:
		l.Refuse(column, i18n.T("没有这个机构，请填全称或机构代码", "there is no such institution; give the whole name or a code"))
	case len(found) > 1:
		l.Refuse(column, i18n.T("有 %d 个同名机构，请填机构代码", "%d institutions have this name; give a code"), len(found))
	case found[0].Kind == org.Institution:
		w = whereabouts{region: found[0].Region, path: found[0].Path, institution: found[0].ID}
	default: // a commission: the order is about its region
		w = whereabouts{region: found[0].Region, path: strings.TrimSuffix(found[0].Path, found[0].ID+"/")}
	}
	return w
}

// inRegion finds a region by code or name.
func (l *orderLine) inRegion() (w whereabouts) {
	said := l.Text("region")
	found := l.known.regions[said]
	switch {
	case said == "":
		l.Refuse("region", i18n.T("请填被反映机构、承办单位或事发地", "give the institution, the handling unit or the region"))
	case len(found) == 0:
		l.Refuse("region", i18n.T("没有这个地区", "there is no such region"))
	case len(found) > 1:
		l.Refuse("region", i18n.T("有 %d 个同名地区，请填区划代码", "%d regions have this name; give the code"), len(found))
	default:
		w = whereabouts{region: found[0].Code, path: found[0].Path}
	}
	return w
}

// term reads by when the hotline wants an answer: a deadline, or a limit with
// its unit; neither leaves it to the policy.
func (l *orderLine) term(from *Origin) {
	if l.Has("due_at") {
		from.DueAt = l.Time("due_at")
		switch {
		case !from.DueAt.After(from.At):
			l.Refuse("due_at", i18n.T("截止时间应晚于来电时间", "the deadline must be later than the call"))
		case from.DueAt.After(from.At.Add(longestTerm)):
			l.Refuse("due_at", i18n.T("截止时间距来电超过 150 天，请检查年份", "the deadline is more than 150 days after the call; check the year"))
		}
		return
	}
	if !l.Has("limit") {
		return
	}
	unit, ok := limitUnits()[l.Text("limit_unit")]
	if !ok {
		l.Refuse("limit_unit", i18n.T("时限单位应为小时、天、工作日或工作小时", "the unit must be hours, days, working days or working hours"))
		return
	}
	most := int64(longestTerm / time.Hour)
	if unit == calendar.Days || unit == calendar.WorkingDays {
		most /= 24
	}
	n := l.Int("limit")
	if n < 1 || n > most {
		l.Refuse("limit", i18n.T("时限应为 1 到 %d", "the limit must be from 1 to %d"), most)
		return
	}
	from.Finish = calendar.Limit{N: int(n), Unit: unit}
}

// limitUnits are the units of a limit as people write them.
func limitUnits() map[string]calendar.Unit {
	return map[string]calendar.Unit{
		"小时": calendar.Hours, "自然小时": calendar.Hours, "时": calendar.Hours, "h": calendar.Hours,
		"天": calendar.Days, "日": calendar.Days, "自然日": calendar.Days, "d": calendar.Days,
		"工作日": calendar.WorkingDays, "个工作日": calendar.WorkingDays, "wd": calendar.WorkingDays,
		"工作小时": calendar.WorkingHours, "wh": calendar.WorkingHours,
	}
}

// wordFor reads a word of a vocabulary by code or name; nothing leaves it open.
func wordFor[T ~string](l *orderLine, column string, words []demand.Named[T]) T {
	said := l.Text(column)
	for _, w := range words {
		if said == w.Name.ZH || strings.EqualFold(said, w.Name.EN) || said == string(w.Code) {
			return w.Code
		}
	}
	if said != "" {
		names := make([]i18n.Text, len(words))
		for i, w := range words {
			names[i] = w.Name
		}
		l.Refuse(column, i18n.T("应为：%s", "must be one of: %s"), i18n.Some(names, 12))
	}
	return ""
}

package sanction

import (
	"slices"
	"strconv"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Scheme is a region's rule of points for irregular practice (domain.md 4.1).
type Scheme struct {
	Name string `json:"name"`
	// Steps are the points that one irregularity can have; none: any number.
	Steps []int `json:"steps,omitempty"`
	// Thresholds say at how many points what follows.
	Thresholds []Threshold `json:"thresholds"`
}

// Window is the time over which points are added up.
type Window string

// The windows. A year begins on the day of the pass, and so does its cycle.
const (
	InYear  Window = "year"
	InCycle Window = "cycle"
)

// Threshold is a number of points and what it leads to. It is never imposed by
// itself: a person decides.
type Threshold struct {
	Key    string    `json:"key"`
	Window Window    `json:"window"`
	Years  int       `json:"years" doc:"Only where the pass holds for so many years; 0 is any."`
	From   int       `json:"from" doc:"The fewest points that lead to it."`
	Again  bool      `json:"again" doc:"Only where points led to something in an earlier year already."`
	Bedded bool      `json:"bedded" doc:"Only institutions with beds."`
	Effect i18n.Text `json:"effect"`
	// LeastMonths and MostMonths bound how long it lasts; 0: it has no length.
	LeastMonths int `json:"least_months"`
	MostMonths  int `json:"most_months"`
}

var deferPass = i18n.T("暂缓校验", "Pass deferred")

// Presets are the rules of regions, as public pages tell them [P].
func Presets() []Scheme {
	steps := []int{1, 2, 4, 6, 10}
	deferred := func(key string, window Window, years, from int) Threshold {
		return Threshold{Key: key, Window: window, Years: years, From: from, Effect: deferPass, LeastMonths: 1, MostMonths: 6}
	}
	plain := func(key string, window Window, years, from int, zh, en string) Threshold {
		return Threshold{Key: key, Window: window, Years: years, From: from, Effect: i18n.T(zh, en)}
	}
	again := plain("fail", InYear, 0, 12, "不能通过校验，注销", "Does not pass, deregistered")
	again.Again, again.Bedded = true, true
	return []Scheme{
		{Name: "广东", Thresholds: []Threshold{deferred("defer-3-year", InYear, 3, 25), deferred("defer-3-total", InCycle, 3, 61), deferred("defer-1", InYear, 1, 25)}},
		{Name: "贵州2019", Thresholds: []Threshold{
			plain("watch-1", InCycle, 1, 12, "重点监督，建议书", "Watched closely, written advice"), plain("watch-3", InCycle, 3, 36, "重点监督，建议书", "Watched closely, written advice"),
			plain("honours-1", InCycle, 1, 18, "取消评优，约谈负责人，培训，公布", "No honours, head called in, training, made known"),
			plain("honours-3", InCycle, 3, 54, "取消评优，约谈负责人，培训，公布", "No honours, head called in, training, made known"),
			deferred("defer-1", InCycle, 1, 24), deferred("defer-3", InCycle, 3, 72)}},
		{Name: "武汉2012", Steps: steps, Thresholds: []Threshold{deferred("defer", InYear, 0, 12), again}},
		{Name: "贵阳2015", Steps: []int{1, 2, 4, 6, 12}, Thresholds: []Threshold{plain("correct", InYear, 0, 12, "责令整改", "Ordered to put right"), plain("deregister", InYear, 0, 19, "注销许可证", "Licence deregistered")}},
		{Name: "天津2010", Steps: steps, Thresholds: []Threshold{plain("band-12", InYear, 0, 12, "12至16分档", "Band of 12 to 16"), plain("band-16", InYear, 0, 17, "16至20分档", "Band of 16 to 20"),
			plain("band-20", InYear, 0, 21, "20分以上档", "Band above 20")}},
	}
}

func (c Scheme) check() error {
	var bad fault.Fields
	keys := map[string]bool{}
	bad.Refuse(slices.ContainsFunc(c.Steps, func(n int) bool { return n < 1 }), "value", i18n.T("分值应为正数", "points must be positive"))
	for _, t := range c.Thresholds {
		bad.Refuse(t.Key == "" || keys[t.Key], "value", i18n.T("每个阈值要有自己的标识", "each threshold needs a key of its own"))
		bad.Refuse(t.From < 1 || t.Window != InYear && t.Window != InCycle || t.MostMonths < t.LeastMonths || t.LeastMonths < 0 || t.Effect.Zero(), "value",
			i18n.T("阈值“%s”的分数、周期、月数或后果不全", `threshold "%s" lacks points, window, months or effect`), t.Key)
		keys[t.Key] = true
	}
	return bad.Err()
}

// allows refuses points that the rule does not know.
func (c Scheme) allows(points int) error {
	if len(c.Steps) == 0 || slices.Contains(c.Steps, points) {
		return nil
	}
	names := make([]string, len(c.Steps))
	for i, n := range c.Steps {
		names[i] = strconv.Itoa(n)
	}
	list := strings.Join(names, "、")
	return fault.Field("points", i18n.T("单项分值只能是 %s", "one irregularity has %s points"), list)
}

// tally is what somebody has in a cycle.
type tally struct {
	year, cycle int // points
	years       int // how long the pass holds; 0 where there is none
	beds        int
	before      bool // points led to something in an earlier year
}

// crossed are the thresholds that a tally reaches.
func (c Scheme) crossed(t tally) (out []Threshold) {
	for _, x := range c.Thresholds {
		total := t.year
		if x.Window == InCycle {
			total = t.cycle
		}
		if total >= x.From && (x.Years == 0 || x.Years == t.years) && (!x.Again || t.before) && (!x.Bedded || t.beds > 0) {
			out = append(out, x)
		}
	}
	return out
}

// Band is a gravity in the scheme of the insurance.
type Band struct {
	Key   string    `json:"key"`
	Name  i18n.Text `json:"name"`
	Least int       `json:"least"`
	Most  int       `json:"most"`
}

// Twelve is the rule of points of the right to insurance payment (domain.md
// 4.2): per person and natural year, never more than the cap.
type Twelve struct {
	Cap           int    `json:"cap"`
	SuspendFrom   int    `json:"suspend_from"`
	LeastMonths   int    `json:"least_months"`
	MostMonths    int    `json:"most_months"`
	BarMonths     int    `json:"bar_months" doc:"No new registration after points that added up to the cap."`
	BarOnceMonths int    `json:"bar_once_months" doc:"The same after the cap at once."`
	Bands         []Band `json:"bands"`
}

func (t Twelve) check() error {
	var bad fault.Fields
	bad.Refuse(t.Cap < 1 || t.SuspendFrom < 1 || t.SuspendFrom > t.Cap || t.MostMonths < t.LeastMonths || t.LeastMonths < 0, "value", i18n.T("上限、暂停起点或月数不合理", "cap, beginning of suspension or months make no sense"))
	next := 1
	for _, b := range t.Bands {
		bad.Refuse(b.Key == "" || b.Least != next || b.Most < b.Least, "value", i18n.T("档次应从1分起首尾相接", "the bands must follow each other from 1"))
		next = b.Most + 1
	}
	bad.Refuse(next != t.Cap+1, "value", i18n.T("最后一档应到上限为止", "the last band must end at the cap"))
	return bad.Err()
}

// shifted is the band that lies some bands further: lighter or heavier by one.
func (t Twelve) shifted(key string, by int) (Band, error) {
	at := slices.IndexFunc(t.Bands, func(b Band) bool { return b.Key == key })
	switch {
	case at < 0:
		return Band{}, fault.Field("band", i18n.T("请选择情节档次", "please choose the gravity"))
	case by < -1 || by > 1:
		return Band{}, fault.Field("shift", i18n.T("从轻或从重最多一档", "lighter or heavier by one band at most"))
	case at+by < 0 || at+by >= len(t.Bands):
		return Band{}, fault.Field("shift", i18n.T("已是最轻或最重一档", "it is the lightest or heaviest band already"))
	}
	return t.Bands[at+by], nil
}

// total is what counts of the points of a year.
func (t Twelve) total(points int) int { return min(points, t.Cap) }

// thresholds are what the points of a year lead to; once says that the cap was
// reached by one decision.
func (t Twelve) thresholds(points int, once bool) (out []barring) {
	switch total := t.total(points); {
	case total >= t.Cap && once:
		return []barring{{t.ending("end-once"), t.BarOnceMonths}}
	case total >= t.Cap:
		return []barring{{t.ending("end"), t.BarMonths}}
	case total >= t.SuspendFrom:
		return []barring{{Threshold{Key: "suspend", Window: InYear, From: t.SuspendFrom, Effect: i18n.T("暂停医保支付资格（急救抢救除外）", "Right to insurance payment suspended, but for emergencies"),
			LeastMonths: t.LeastMonths, MostMonths: t.MostMonths}, 0}}
	}
	return nil
}

func (t Twelve) ending(key string) Threshold {
	return Threshold{Key: key, Window: InYear, From: t.Cap, Effect: i18n.T("终止医保支付资格", "Right to insurance payment ended")}
}

// barring is a threshold with how long nobody may register again.
type barring struct {
	Threshold
	barMonths int
}

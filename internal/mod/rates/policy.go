package rates

import (
	"context"
	"math"
	"slices"
	"time"

	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// Weights is what each rate counts in the score of some cases. A row matches a
// case when every condition that it names holds; the first row that matches
// from the top is the case's.
type Weights struct {
	Name         string         `json:"name"`
	Units        []string       `json:"units,omitempty" doc:"Kinds of leading unit (commission, agency, institution, department), kinds or levels of institution; none means all."`
	Classes      []demand.Class `json:"classes,omitempty" doc:"Classes of demand; none means all."`
	Response     float64        `json:"response"`
	Resolution   float64        `json:"resolution"`
	Satisfaction float64        `json:"satisfaction"`
}

func (w Weights) matches(unit []string, class demand.Class) bool {
	return (len(w.Units) == 0 || slices.ContainsFunc(w.Units, func(u string) bool { return slices.Contains(unit, u) })) &&
		(len(w.Classes) == 0 || slices.Contains(w.Classes, class))
}

// Preset is a row of weights that some place uses.
type Preset struct {
	Key     string    `json:"key"`
	Name    i18n.Text `json:"name"`
	Source  i18n.Text `json:"source"`
	Weights Weights   `json:"weights"`
}

// Presets lists the weights that are known (domain.md 1.1); the first is the default.
func Presets() []Preset {
	preset := func(key string, name, source i18n.Text, response, resolution, satisfaction float64) Preset {
		return Preset{key, name, source, Weights{Name: name.ZH, Response: response, Resolution: resolution, Satisfaction: satisfaction}}
	}
	practice := i18n.T("实际使用的考核程序", "seen in a working system")
	return []Preset{
		preset("beijing_district", i18n.T("北京区级", "Beijing district"), practice, 0.1, 0.5, 0.4),
		preset("jungar", i18n.T("准格尔旗", "Jungar Banner"), i18n.T("公开网页，使用前请核对", "a public page; check before use"), 0.3, 0.35, 0.35),
		preset("equal", i18n.T("三率等权", "Equal"), i18n.T("通用", "generic"), 1.0/3, 1.0/3, 1.0/3),
		preset("beijing_early", i18n.T("北京早期", "Beijing, early"), i18n.T("凭记忆录入，使用前请核对", "from memory; check before use"), 0.2, 0.4, 0.4),
	}
}

var (
	weights = config.Define("rates.weights", []Weights{usualWeights()},
		i18n.T("三率权重：自上而下第一条符合承办单位类别和诉求类别的适用", "Weights of the three rates: the first matching row from the top holds"), i18n.Text{}, checkWeights)
	basicFactor = config.Define("rates.basic_factor", 0.9,
		i18n.T("“基本满意”折算系数", "What a basically satisfied reporter counts"), i18n.Text{}, config.Between(0.0, 1))
	callBack = config.Define("rates.callback", "last",
		i18n.T("以哪次有效回访为准", "Which valid call-back counts"), i18n.Text{}, oneOf("first", "last"))
	leftOut = config.Define("rates.left_out", []demand.Class{demand.Consultation, demand.Praise, demand.Suggestion},
		i18n.T("不参加考核的诉求类别", "Classes of demand that are not assessed"), i18n.Text{}, checkClasses)
	honoured = config.Define("rates.reasons", allReasons(),
		i18n.T("认可的剔除理由", "Reasons of exclusion that are honoured"), i18n.Text{}, checkReasons)
	overdueCounts = config.Define("rates.overdue_counts", true,
		i18n.T("超期未办结且无有效回访的，计入考核分母（按未解决）", "Cases open past their deadline without a valid call-back count as unsolved"), i18n.Text{})
	helpersCount = config.Define("rates.helpers_count", false,
		i18n.T("双派单同时考核协办单位", "Helping units are assessed as well as the leading one"), i18n.Text{})
	minSample = config.Define("rates.min_sample", 10,
		i18n.T("参加排名至少要有的有效样本：有效回访，加上计入考核的超期未办结", "Valid samples that a row needs to be ranked: valid call-backs, and overdue cases that count"), i18n.T("件", "cases"), config.Between(1, 1000))
	scoreDecimals = config.Define("rates.decimals", 1,
		i18n.T("综合成绩保留小数", "Decimals of the score"), i18n.T("位", "decimal places"), config.Between(0, 4))
	periodShape = config.Define("rates.period", Shape{StartDay: 19, End: UntilNext},
		i18n.T("月考核期：起始日、起始时刻，到何时截止", "Assessment period: first day and hour, and when it ends"),
		i18n.Text{}, checkShape)
	dayHour = config.Define("rates.day_hour", 12,
		i18n.T("日报窗口的分界时刻", "Hour at which one day of the daily report ends"), i18n.T("时", "o'clock"), config.Between(0, 23))
	published = config.Define("rates.published", false,
		i18n.T("签发后向各单位公布排名", "Units see each other's ranks once they are signed off"), i18n.Text{})
)

// settings lists what people may change.
func settings() []config.Setting {
	return []config.Setting{weights.Setting, basicFactor.Setting, callBack.Setting, leftOut.Setting, honoured.Setting, overdueCounts.Setting,
		helpersCount.Setting, minSample.Setting, scoreDecimals.Setting, periodShape.Setting, dayHour.Setting, published.Setting}
}

func allReasons() []string {
	reasons := demand.ExclusionReasons()
	codes := make([]string, len(reasons))
	for i, r := range reasons {
		codes[i] = string(r.Code)
	}
	return codes
}

// usualWeights are those of the first preset, under a name of no place: they
// hold wherever nobody has chosen others.
func usualWeights() Weights {
	w := Presets()[0].Weights
	w.Name = "默认权重"
	return w
}

func checkWeights(ws []Weights) error {
	var bad fault.Fields
	for _, w := range ws {
		sum := w.Response + w.Resolution + w.Satisfaction
		bad.Refuse(min(w.Response, w.Resolution, w.Satisfaction) < 0 || math.Abs(sum-1) > 0.001, "value",
			i18n.T("“%s”的三项权重应不小于 0，合计为 1", "the weights of %s must be 0 or more and add up to 1"), w.Name)
	}
	last := len(ws) - 1
	bad.Refuse(last < 0 || len(ws[last].Units)+len(ws[last].Classes) > 0, "value",
		i18n.T("最后一条应适用于所有诉求", "the last row must hold for every case"))
	return bad.Err()
}

func checkClasses(cs []demand.Class) error {
	var bad fault.Fields
	for _, c := range cs {
		known := slices.ContainsFunc(demand.Classes(), func(n demand.Named[demand.Class]) bool { return n.Code == c })
		bad.Refuse(!known, "value", i18n.T("“%s”不是诉求类别", "%s is no class of demand"), string(c))
	}
	return bad.Err()
}

func checkReasons(codes []string) error {
	var bad fault.Fields
	for _, c := range codes {
		bad.Refuse(reasonBit(c) == 0, "value", i18n.T("“%s”不是剔除理由", "%s is no reason of exclusion"), c)
	}
	return bad.Err()
}

func checkShape(s Shape) error {
	var bad fault.Fields
	bad.Refuse(s.StartDay < 1 || s.StartDay > 28, "value", i18n.T("起始日应为 1 至 28", "the first day must be 1 to 28"))
	bad.Refuse(s.StartHour < 0 || s.StartHour > 23, "value", i18n.T("起始时刻应为 0 至 23", "the first hour must be 0 to 23"))
	bad.Refuse(!slices.Contains([]EndRule{UntilNext, UntilNoon, UntilMidnight}, s.End), "value",
		i18n.T("截止规则应为 next、noon 或 midnight", "the end rule must be next, noon or midnight"))
	return bad.Err()
}

func oneOf(words ...string) func(string) error {
	return func(v string) error {
		if !slices.Contains(words, v) {
			return fault.Field("value", i18n.T("应为 %v 之一", "must be one of %v"), words)
		}
		return nil
	}
}

// Policy is the rules by which a window is counted, with the version of each
// setting that says so. It is stored with the window's result.
type Policy struct {
	Weights       []Weights         `json:"weights"`
	BasicFactor   float64           `json:"basic_factor"`
	CallBack      string            `json:"callback"`
	LeftOut       []demand.Class    `json:"left_out"`
	Reasons       []string          `json:"reasons"`
	OverdueCounts bool              `json:"overdue_counts"`
	HelpersCount  bool              `json:"helpers_count"`
	MinSample     int               `json:"min_sample"`
	Decimals      int               `json:"decimals"`
	Versions      map[string]string `json:"versions" doc:"Version of each setting, by key."`
}

// policyAt returns the rules in force in a region at t.
func (s *Service) policyAt(ctx context.Context, scope string, t time.Time) (p Policy, err error) {
	p.Versions = map[string]string{}
	for _, read := range []func() error{
		into(ctx, s, weights, scope, t, &p.Weights, p.Versions),
		into(ctx, s, basicFactor, scope, t, &p.BasicFactor, p.Versions),
		into(ctx, s, callBack, scope, t, &p.CallBack, p.Versions),
		into(ctx, s, leftOut, scope, t, &p.LeftOut, p.Versions),
		into(ctx, s, honoured, scope, t, &p.Reasons, p.Versions),
		into(ctx, s, overdueCounts, scope, t, &p.OverdueCounts, p.Versions),
		into(ctx, s, helpersCount, scope, t, &p.HelpersCount, p.Versions),
		into(ctx, s, minSample, scope, t, &p.MinSample, p.Versions),
		into(ctx, s, scoreDecimals, scope, t, &p.Decimals, p.Versions),
	} {
		if err := read(); err != nil {
			return p, err
		}
	}
	return p, nil
}

// into reads one setting into dst and notes its version.
func into[T any](ctx context.Context, s *Service, k config.Key[T], scope string, t time.Time, dst *T, versions map[string]string) func() error {
	return func() error {
		v, version, err := config.At(ctx, s.Settings, k, scope, t)
		*dst, versions[k.Key] = v, version
		return err
	}
}

// weightsOf returns which row of the weights holds for a case.
func (p Policy) weightsOf(unit []string, class demand.Class) int {
	return slices.IndexFunc(p.Weights, func(w Weights) bool { return w.matches(unit, class) })
}

// assesses reports whether a class of demand is assessed.
func (p Policy) assesses(c demand.Class) bool { return !slices.Contains(p.LeftOut, c) }

// mask is the bits of the reasons that are honoured.
func (p Policy) mask() int64 { return reasonBits(p.Reasons) }

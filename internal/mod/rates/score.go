package rates

import (
	"cmp"
	"math"
	"slices"
)

// Tally counts what the three rates rest on, among all cases or among the
// assessed.
type Tally struct {
	Received         int `json:"received" doc:"受理量, by when it was received"`
	Finished         int `json:"finished" doc:"办结量, by when it was finished"`
	Valid            int `json:"valid" doc:"有效回访"`
	Contacted        int `json:"contacted" doc:"联系数"`
	Solved           int `json:"solved" doc:"解决数"`
	Satisfied        int `json:"satisfied" doc:"满意数"`
	Basic            int `json:"basic" doc:"基本满意"`
	Waiting          int `json:"waiting" doc:"Overdue, open and without a valid call-back; counted as unsolved."`
	WaitingContacted int `json:"waiting_contacted" doc:"Waiting, but the reporter was contacted; counts for the response."`
}

// Sample is the one denominator of all three rates.
func (t Tally) Sample() int { return t.Valid + t.Waiting }

func (t *Tally) add(d Tally) {
	t.Received += d.Received
	t.Finished += d.Finished
	t.Valid += d.Valid
	t.Contacted += d.Contacted
	t.Solved += d.Solved
	t.Satisfied += d.Satisfied
	t.Basic += d.Basic
	t.Waiting += d.Waiting
	t.WaitingContacted += d.WaitingContacted
}

// Counts is a tally with the weighted numerator of the score.
type Counts struct {
	Tally
	Points float64 `json:"points"`
}

func (c *Counts) add(d Counts) {
	c.Tally.add(d.Tally)
	c.Points += d.Points
}

// Beside counts what stands beside the rates.
type Beside struct {
	Excluded    int `json:"excluded" doc:"剔除: granted an exclusion that the rules honour."`
	LeftOut     int `json:"left_out" doc:"Of a class that is not assessed, and not excluded."`
	Overdue     int `json:"overdue" doc:"超期: finished late, or open past the deadline."`
	OverdueOpen int `json:"overdue_open"`
	Returned    int `json:"returned" doc:"退单"`
	Reworked    int `json:"reworked" doc:"重办"`
	NamedClosed int `json:"named_closed" doc:"Real-name cases that are over."`
	FedBack     int `json:"fed_back" doc:"… of which the reporter was told the result; the goal is all."`
}

func (b *Beside) add(d Beside) {
	b.Excluded += d.Excluded
	b.LeftOut += d.LeftOut
	b.Overdue += d.Overdue
	b.OverdueOpen += d.OverdueOpen
	b.Returned += d.Returned
	b.Reworked += d.Reworked
	b.NamedClosed += d.NamedClosed
	b.FedBack += d.FedBack
}

// three returns the numerators of response, resolution and satisfaction.
func (c Counts) three(basicFactor float64) (contacted, solved, satisfied float64) {
	return float64(c.Contacted + c.WaitingContacted), float64(c.Solved), float64(c.Satisfied) + basicFactor*float64(c.Basic)
}

// points is the weighted numerator: every weight belongs to the cases of one
// class, so the points of different classes add up.
func (w Weights) points(c Counts, basicFactor float64) float64 {
	contacted, solved, satisfied := c.three(basicFactor)
	sum := w.Response + w.Resolution + w.Satisfaction // thirds do not add up to one exactly
	return (w.Response*contacted + w.Resolution*solved + w.Satisfaction*satisfied) / sum
}

// Figures is the stored result of one subject of a window.
type Figures struct {
	Raw      Counts `json:"raw"`
	Assessed Counts `json:"assessed"`
	Beside
	// Reserved counts what is in no other figure.
	Reserved Reserved `json:"reserved"`
}

// Reserved counts the cases that only who holds integrity.read may count.
type Reserved struct {
	Received    int `json:"received"`
	Finished    int `json:"finished"`
	NamedClosed int `json:"named_closed"`
	FedBack     int `json:"fed_back"`
}

func (f *Figures) add(g Figures) {
	f.Raw.add(g.Raw)
	f.Assessed.add(g.Assessed)
	f.Beside.add(g.Beside)
	f.Reserved.add(g.Reserved, 1)
}

// add adds r, or takes it away when sign is -1.
func (s *Reserved) add(r Reserved, sign int) {
	s.Received += sign * r.Received
	s.Finished += sign * r.Finished
	s.NamedClosed += sign * r.NamedClosed
	s.FedBack += sign * r.FedBack
}

// public is f without what only some may read.
func (f Figures) public() Figures {
	f.Reserved = Reserved{}
	return f
}

// Rate is a rate in percent with its 95 % interval.
type Rate struct {
	Value float64 `json:"value" doc:"Percent."`
	Low   float64 `json:"low" doc:"Lower end of the 95 % interval (Wilson)."`
	High  float64 `json:"high"`
}

// rateDecimals is the rounding of rates in percent; the score's is a setting.
const rateDecimals = 2

// rateOf returns the rate of a numerator; nil without a sample.
func rateOf(numerator float64, sample int) *Rate {
	if sample == 0 {
		return nil
	}
	p := numerator / float64(sample)
	low, high := wilson(p, sample)
	return &Rate{round(100*p, rateDecimals), round(100*low, rateDecimals), round(100*high, rateDecimals)}
}

// z is the 97.5 % quantile of the normal distribution.
const z = 1.959963984540054

// wilson returns the 95 % score interval (Wilson 1927) of a share p of n. For
// satisfaction, where a basically satisfied reporter counts 0.9, it is a little
// too wide: values between 0 and 1 vary less than yes and no.
func wilson(p float64, n int) (low, high float64) {
	m := float64(n)
	centre := p + z*z/(2*m)
	spread := z * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	scale := 1 + z*z/m
	return max(0, (centre-spread)/scale), min(1, (centre+spread)/scale)
}

// score returns the score of counts, 0 to 100; nil without a sample.
func (c Counts) score(decimals int) *float64 {
	if c.Sample() == 0 {
		return nil
	}
	v := round(100*c.Points/float64(c.Sample()), decimals)
	return &v
}

// round rounds half up, as people do it on paper: 86.35 becomes 86.4 although
// the nearest binary number lies below it.
func round(x float64, decimals int) float64 {
	const slip = 1e-9
	scale := math.Pow10(decimals)
	return math.Floor(x*scale+0.5+slip) / scale
}

// Standing says whether a subject takes part in the ranking.
type Standing string

// The standings, in the order in which they are listed.
const (
	Ranked Standing = "ranked"
	Few    Standing = "few"  // 样本过少
	None   Standing = "none" // 无考核数据
)

// standing returns the standing of a sample.
func standing(sample, least int) Standing {
	switch {
	case sample == 0:
		return None
	case sample < least:
		return Few
	}
	return Ranked
}

func (s Standing) order() int { return slices.Index([]Standing{Ranked, Few, None}, s) }

// position is where a subject stands in its table.
type position struct {
	id       string
	standing Standing
	score    float64 // as it is shown
	received int
	place    int // from 1
	rank     int // equal scores share one; 0 for who is not ranked
}

// rank orders a table: the ranked by score, the better first, then more cases
// first; after them those with few call-backs, then those without any. A score
// that is not ranked orders nothing: those go by how many cases they have.
func rank(list []position) {
	slices.SortFunc(list, func(a, b position) int {
		byScore := 0
		if a.standing == Ranked {
			byScore = cmp.Compare(b.score, a.score)
		}
		return cmp.Or(cmp.Compare(a.standing.order(), b.standing.order()), byScore, cmp.Compare(b.received, a.received), cmp.Compare(a.id, b.id))
	})
	for i := range list {
		p := &list[i]
		p.place = i + 1
		switch {
		case p.standing != Ranked:
		case i > 0 && list[i-1].score == p.score:
			p.rank = list[i-1].rank
		default:
			p.rank = p.place
		}
	}
}

// points is now − then; nil, shown as "—", when there is nothing to compare
// with. Rates and scores run from 0 to 100, and people read a change of them as
// points: "up 3 %" of 85 % would be taken for 88 %.
func points(now, then *float64) *float64 {
	if now == nil || then == nil {
		return nil
	}
	v := round(*now-*then, rateDecimals)
	return &v
}

// change is (now − then) ÷ then in percent; nil, shown as "—", when there is
// nothing to compare with.
func change(now, then *float64) *float64 {
	if now == nil || then == nil || *then == 0 {
		return nil
	}
	v := round(100*(*now-*then) / *then, rateDecimals)
	return &v
}

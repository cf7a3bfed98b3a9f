package rates

// line turns counts into what people read.
func (p Policy) line(c Counts) Line {
	contacted, solved, satisfied := c.three(p.BasicFactor)
	return Line{
		Counts:   &LineCounts{Tally: c.Tally, Sample: c.Sample()},
		Response: rateOf(contacted, c.Sample()), Resolution: rateOf(solved, c.Sample()), Satisfaction: rateOf(satisfied, c.Sample()),
		Score: c.score(p.Decimals),
	}
}

// value is a rate for comparing.
func (r *Rate) value() *float64 {
	if r == nil {
		return nil
	}
	return &r.Value
}

// moves tells how a row moved since then.
func (p Policy) moves(now, then result) Moves {
	a, b := p.line(now.Figures.Assessed), p.line(then.Figures.Assessed)
	count := func(now, then int) *float64 { n, t := float64(now), float64(then); return change(&n, &t) }
	m := Moves{
		Received: count(now.Figures.Raw.Received, then.Figures.Raw.Received), Finished: count(now.Figures.Raw.Finished, then.Figures.Raw.Finished),
		Response: points(a.Response.value(), b.Response.value()), Resolution: points(a.Resolution.value(), b.Resolution.value()),
		Satisfaction: points(a.Satisfaction.value(), b.Satisfaction.value()), Score: points(a.Score, b.Score),
	}
	if now.Rank > 0 && then.Rank > 0 {
		gained := then.Rank - now.Rank
		m.Rank = &gained
	}
	return m
}

// correction shows what a signed row would be now; nil where nothing that
// everybody may read differs.
func (p Policy) correction(signed, now Figures, corrected bool) *Correction {
	if !corrected || signed.public() == now.public() {
		return nil
	}
	return &Correction{Assessed: p.line(now.Assessed), Raw: p.line(now.Raw)}
}

package rates

import (
	"context"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
)

// TrendInput chooses a line over time.
type TrendInput struct {
	Kind    Kind    `query:"kind" enum:"month,period,day" default:"month"`
	Subject Subject `query:"subject" enum:"unit,institution,department,region,category" default:"institution"`
	Parent  string  `query:"parent" maxLength:"40"`
	ID      string  `query:"id" maxLength:"40" doc:"Identifier of the row; none is the whole table."`
	Count   int     `query:"count" minimum:"1" maximum:"60" default:"12"`
}

// Trend is the three rates of one subject over time, the oldest first.
type Trend struct {
	Points []Point `json:"points"`
}

// Point is one window of a trend.
type Point struct {
	Window   NamedWindow `json:"window"`
	Rank     int         `json:"rank"`
	Standing Standing    `json:"standing" enum:"ranked,few,none"`
	Assessed Line        `json:"assessed"`
	Raw      *Line       `json:"raw,omitempty" doc:"Absent where only published figures are shown."`
}

// Trend returns the latest windows of a subject. Of a peer it shows what is
// published.
func (s *Service) Trend(ctx context.Context, in TrendInput) (t Trend, err error) {
	defer fault.Wrap(&err, "rates.Trend")
	t.Points = []Point{}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		p, err := regionOf(ctx, r, in.Parent)
		if err != nil {
			return err
		}
		k, path, err := p.table(in.Subject)
		if err != nil {
			return err
		}
		q, args, err := windowsPage([]string{string(in.Kind)}, p.scope, list.Query{Limit: in.Count - 1})
		if err != nil {
			return err
		}
		windows, err := readWindows(r, q, args...)
		if err != nil {
			return err
		}
		t.Points, err = s.points(ctx, r, windows, k, path, in.ID)
		slices.Reverse(t.Points)
		return err
	})
	return t, err
}

// points returns what the actor sees of a row in each of some windows.
func (s *Service) points(ctx context.Context, r db.Reader, windows []Window, k tableKey, path, id string) ([]Point, error) {
	ids := make([]string, len(windows))
	for i, w := range windows {
		ids[i] = w.ID
	}
	rows, err := trendRows(r, ids, k, id)
	if err != nil {
		return nil, err
	}
	points := []Point{}
	for _, w := range windows {
		v, err := s.sightOf(ctx, w, path)
		if err != nil {
			return nil, err
		}
		x, ok := rows[w.ID]
		if !ok || !x.known() || !v.sees(id) && (!v.peers || id == "") {
			continue
		}
		p := Point{Window: NamedWindow{w, w.Label()}, Rank: x.Rank, Standing: x.Standing, Assessed: w.Policy.line(x.Figures.Assessed)}
		if v.sees(id) {
			raw := w.Policy.line(x.Figures.Raw)
			p.Raw = &raw
		} else {
			p.Assessed.Counts = nil
		}
		points = append(points, p)
	}
	return points, nil
}

// trendRows returns a subject's row in each of some windows, or the total.
func trendRows(r db.Reader, windows []string, k tableKey, id string) (map[string]result, error) {
	if id != "" {
		q, args := rowsOf(windows, k, []string{id})
		xs, err := readResults(r, q, args...)
		return byKey(xs, func(x result) string { return x.WindowID }), err
	}
	q, args := totalsQuery(windows, k)
	ts, err := readTotals(r, q, args...)
	rows := map[string]result{}
	for _, t := range ts {
		rows[t.WindowID] = result{Listed: true, Figures: t.Figures, Standing: standing(t.Figures.Assessed.Sample(), 1)}
	}
	return rows, err
}

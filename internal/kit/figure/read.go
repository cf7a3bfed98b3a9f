package figure

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Read counts figures in periods: the answer has, for each name, a value for
// each period. Figures of one source are counted in one pass over its rows. It
// asks no permission: see May. Faults: NotFound for a figure that is not
// published, Invalid for a dimension that it has not.
func (b *Book) Read(r db.Reader, names []string, n Narrow, periods ...Period) (_ map[string][]Value, err error) {
	defer fault.Wrap(&err, "figure.Read")
	plain, err := b.plain(names, n)
	if err != nil {
		return nil, err
	}
	counted := map[string][]int64{}
	for s, figures := range bySource(plain) {
		if err := count(r, s, figures, n, periods, counted); err != nil {
			return nil, err
		}
	}
	values := map[string][]Value{}
	for _, name := range names {
		values[name] = b.values(name, counted, len(periods))
	}
	return values, nil
}

// plain returns the figures that have to be counted for some: those themselves,
// and what shares are made of.
func (b *Book) plain(names []string, n Narrow) (list []Figure, err error) {
	for _, name := range names {
		f, ok := b.figures[name]
		if !ok {
			return nil, fault.Missing(i18n.T("数据", "figure"))
		}
		parts := []Figure{f}
		if f.Way == Share {
			parts = []Figure{b.figures[f.Part], b.figures[f.Whole]}
		}
		for _, p := range parts {
			if !p.Source.has(n) {
				return nil, cannotNarrow(p)
			}
			if !slices.ContainsFunc(list, func(have Figure) bool { return have.Name == p.Name }) {
				list = append(list, p)
			}
		}
	}
	return list, nil
}

func cannotNarrow(f Figure) error {
	return fault.New(fault.Invalid, i18n.T("“%s”不能这样分类统计", "“%s” cannot be told apart like this"), f.Text)
}

func bySource(list []Figure) map[*Source][]Figure {
	of := map[*Source][]Figure{}
	for _, f := range list {
		of[f.Source] = append(of[f.Source], f)
	}
	return of
}

func (b *Book) values(name string, counted map[string][]int64, periods int) []Value {
	list := make([]Value, periods)
	f := b.figures[name]
	for i := range list {
		if f.Way == Share {
			list[i] = Value{counted[f.Part][i], counted[f.Whole][i]}
		} else {
			list[i] = Value{Number: counted[name][i]}
		}
	}
	return list
}

// count reads figures of one source in periods.
func count(r db.Reader, s *Source, figures []Figure, n Narrow, periods []Period, into map[string][]int64) error {
	var w db.Where
	var columns []string
	for _, f := range figures {
		for _, p := range periods {
			columns = append(columns, f.aggregate(f.within(&w, p))+" as n"+strconv.Itoa(len(columns)))
		}
	}
	if len(columns) == 0 {
		return nil
	}
	s.narrow(&w, n)
	s.span(&w, periods)
	row, err := readInts(r, `select `+strings.Join(columns, ", ")+` from (`+s.Rows+`) x `+w.String(), w.Args(), len(columns))
	if err != nil {
		return err
	}
	for i, f := range figures {
		into[f.Name] = row[i*len(periods) : (i+1)*len(periods)]
	}
	return nil
}

// readInts reads the one row of a query of numbers.
func readInts(r db.Reader, q string, args []any, width int) ([]int64, error) {
	for row, err := range db.Raw(r, q, args...) {
		if err != nil {
			return nil, err
		}
		out := make([]int64, width)
		for i, v := range row {
			out[i] = asInt(v)
		}
		return out, nil
	}
	return make([]int64, width), nil
}

// aggregate counts the rows under a condition. A sum of bigint is numeric on
// PostgreSQL; the cast makes one number of it on both.
func (f Figure) aggregate(cond string) string {
	filter := " filter (where " + cond + ")"
	if f.Way == Sum {
		return "cast(sum(x.amount)" + filter + " as bigint)"
	}
	if f.Way == Things {
		return "count(distinct x.thing)" + filter
	}
	return "count(*)" + filter
}

// within is the condition that a row counts for a figure in a period.
func (f Figure) within(w *db.Where, p Period) string {
	where := f.Where
	if where == "" {
		where = "1 = 1"
	}
	if f.Source.Lasting {
		return w.Bind("x.at < ? and (x.until is null or x.until >= ?)", p.Until, p.Until) + " and (" + where + ")"
	}
	return w.Bind("x.at >= ? and x.at < ?", p.From, p.Until) + " and (" + where + ")"
}

// narrow keeps the rows of a node and of some dimensions.
func (s *Source) narrow(w *db.Where, n Narrow) {
	w.AndBelow("x.path", n.Path)
	w.AndIf(s.Told != "" && !authz.Regional(n.Path), s.Told)
	for _, name := range slices.Sorted(maps.Keys(n.Dims)) {
		w.AndIn("x."+name, n.Dims[name])
	}
}

// span keeps rows outside of all periods from being looked at.
func (s *Source) span(w *db.Where, periods []Period) {
	first, last := periods[0].From, periods[0].Until
	for _, p := range periods {
		if p.From.Before(first) {
			first = p.From
		}
		if p.Until.After(last) {
			last = p.Until
		}
	}
	w.And("x.at < ?", last)
	w.AndIf(!s.Lasting, "x.at >= ?", first)
}

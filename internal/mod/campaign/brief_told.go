package campaign

import (
	"path"
	"slices"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/org"
)

// told is the section that tells what was signed, a paragraph for each group: what
// came to nothing is left out. What knows no campaigns is told as that of the whole
// region in the same period: what was closed in it may have come in before.
func (s *Service) told(r db.Reader, c Campaign, t signedTable) ([]Block, error) {
	region, err := org.RegionByCode(r, path.Base(c.Path))
	if err != nil {
		return nil, err
	}
	table, lines := Table{Rows: t.rows}, []string{}
	for i := 0; i < len(t.rows); {
		first, wide := t.rows[i], s.regionWide(table, t.rows[i])
		var said sayer
		for ; i < len(t.rows) && t.rows[i].Group == first.Group && s.regionWide(table, t.rows[i]) == wide; i++ {
			if !slices.Contains([]string{"", "0"}, t.values[i]) {
				said.row(t.rows[i], wide)
			}
		}
		if said.text.Len() == 0 {
			continue
		}
		if wide {
			first.Group = wholeOf(region.Name) + first.Group + "（不限于本次专项整治）"
		}
		lines = append(lines, strings.TrimPrefix(first.Group+"：", "：")+said.text.String()+"。")
	}
	if len(lines) == 0 {
		return nil, nil
	}
	start := "截至[[" + signedUntil + "]]，经审签的累计数据如下。"
	if t.from != "" {
		start = "由[[" + signedFrom + "]]汇总，" + start
	}
	return []Block{{"统计数据", start + "\n" + strings.Join(lines, "\n")}}, nil
}

// regionWide reports whether a row counts all that happened in the region, for the
// campaign or not. What is there on a day was done for nothing.
func (s *Service) regionWide(t Table, r Row) bool {
	if part := t.at(r.Part); r.Way == Quotient && part >= 0 {
		return s.regionWide(t, t.Rows[part])
	}
	f, found := s.Book.Find(r.Figure)
	if r.Way != Counted || !found || f.Source == nil || f.Source.Lasting {
		return false
	}
	return !slices.Contains(r.Dims["campaign"], campaignItself) || !slices.ContainsFunc(f.Source.Dims, func(d figure.Dim) bool { return d.Name == "campaign" })
}

// wholeOf is all of a region in words: 全市 of 海州市.
func wholeOf(name string) string {
	for _, level := range []string{"省", "市", "县", "区", "州", "盟", "旗"} {
		if strings.HasSuffix(name, level) {
			return "全" + level
		}
	}
	return name
}

// sayer tells rows one after another.
type sayer struct {
	text  strings.Builder
	whole string // row told last that is no part of the one before
	parts bool   // whether parts of it were told since
}

// row tells a row: the parts of a whole after it with one 其中, and a part that does not
// follow on its whole by itself.
func (t *sayer) row(r Row, wide bool) {
	label, part := strings.CutPrefix(r.Label, "其中：")
	part = part && t.whole != "" && r.within(t.whole)
	lead := ""
	switch {
	case part && t.parts:
		lead = "、"
	case part:
		lead = "，其中"
	case t.text.Len() > 0:
		lead = "，"
	}
	if wide && !part && r.Way != Quotient {
		lead += "同期"
	}
	if t.parts = part; !part {
		t.whole = r.Key
	}
	t.text.WriteString(lead + label + marked(signedPrefix+r.Key) + r.Unit)
}

// within reports whether a row may be a part of another; of one that says of what it
// is a part, only of that.
func (r Row) within(whole string) bool {
	if r.Parent == "" && len(r.AtMost) == 0 {
		return true
	}
	return r.Parent == whole || slices.ContainsFunc(r.AtMost, func(b Bound) bool { return b.Row == whole })
}

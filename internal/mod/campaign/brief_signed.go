package campaign

import (
	"fmt"
	"slices"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
)

// signedTable is the table that the owner of a campaign signed last.
type signedTable struct {
	until  Day
	from   string // how many of those below it sums; empty where it sums none
	rows   []Row
	values []string // cumulative, in the order of the rows
}

// The names of its figures in a brief.
const (
	signedUntil  = "signed_until"
	signedFrom   = "signed_from"
	signedPrefix = "row_" // and the key of the row
)

// signedOf reads what the owner of a campaign signed last; empty where it signed none.
func signedOf(r db.Reader, c Campaign) (t signedTable, err error) {
	found, err := db.All[Return](r, `select `+returnColumns+` from campaign_return where campaign = $1 and unit = $2 and kind = 'table' and signed > 0 and state <> 'lapsed'
		order by period_end desc, id desc limit 1`, c.ID, c.Owner)
	if err != nil || len(found) == 0 {
		return t, err
	}
	x := found[0]
	f, err := filing(r, x.ID, x.Signed)
	if err != nil {
		return t, err
	}
	if t.from, err = summed(r, x.ID, f.Parts); err != nil {
		return t, err
	}
	from, err := tableOf(r, c.ID, f.Version)
	t.until, t.rows, t.values = x.PeriodEnd, from.Rows, from.column(cellsOf(f.Total, len(from.Rows)), sinceStart)
	return t, err
}

// summed says how many of the returns below one it sums: all, or so many of so many.
func summed(r db.Reader, id string, parts []Part) (string, error) {
	below, err := returnsBelow(r, id)
	due := len(parts)
	for _, x := range below {
		if !slices.ContainsFunc(parts, func(p Part) bool { return p.Return == x.ID }) {
			due++
		}
	}
	switch {
	case err != nil || due == 0:
		return "", err
	case due == len(parts):
		return fmt.Sprintf("全部%d个单位", due), nil
	default:
		return fmt.Sprintf("已审签报表的%d个单位（应报%d个）", len(parts), due), nil
	}
}

// facts are its numbers by the names of their marks.
func (t signedTable) facts() map[string]string {
	out := map[string]string{}
	if t.until == "" {
		return out
	}
	out[signedUntil] = t.until.inWords()
	if t.from != "" {
		out[signedFrom] = t.from
	}
	for i, row := range t.rows {
		out[signedPrefix+row.Key] = t.values[i]
	}
	return out
}

// names are the figures in the order of the rows.
func (t signedTable) names() (out vocabulary) {
	if t.until == "" {
		return nil
	}
	out = append(out, factName{signedUntil, "统计截至", i18n.T("统计表截至", "Table signed up to")})
	if t.from != "" {
		out = append(out, factName{signedFrom, "汇总单位", i18n.T("统计表汇总的单位", "Units that the table sums")})
	}
	taken := map[string]bool{}
	for _, f := range factNames() {
		taken[f.Mark] = true
	}
	for _, row := range t.rows {
		named, name := row.Label+"（"+row.Unit+"）", signedPrefix+row.Key
		mark := row.mark(named, taken)
		taken[mark] = true
		out = append(out, factName{name, mark, i18n.Same(named)})
	}
	return out
}

// mark is what a Chinese text calls a row: as people read it, with its group where another
// is called so, and by its key where even that does not tell it from others.
func (r Row) mark(named string, taken map[string]bool) string {
	named = strings.TrimPrefix(named, "其中：")
	for _, mark := range []string{named, r.Group + "·" + named} {
		if !taken[mark] && !strings.ContainsAny(mark, "[]\n") && strings.TrimSpace(mark) == mark {
			return mark
		}
	}
	return signedPrefix + r.Key
}

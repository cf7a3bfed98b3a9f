package sheet

import (
	"context"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// headerWithin is how many rows a header may stand below the top: official
// forms begin with a title, a unit and a date.
const headerWithin = 30

// header is the row that names the columns.
type header struct {
	row     int      // its number
	at      []int    // where each Column is, from 0; -1 when it is not there
	spelled []string // how the file names each Column
	units   []Unit   // unit of each Column of kind Money
	ignored []string // names that no Column has
	twice   []string // names of Columns that come again
	found   int
}

// names returns the keys of all columns. Two columns of one name are a mistake
// of the program.
func names(columns []Column) map[string]int {
	known := map[string]int{}
	for i, c := range columns {
		for _, n := range append([]string{c.Header.ZH, c.Header.EN}, c.Synonyms...) {
			k := key(n)
			if j, taken := known[k]; taken && j != i {
				panic("sheet: two columns are named " + n)
			}
			if k != "" {
				known[k] = i
			}
		}
	}
	return known
}

// key makes names equal that people take for the same.
func key(name string) string {
	folded := strings.ToLower(norm.NFKC.String(name))
	return strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, folded), "*:")
}

// note parts a key from what stands in brackets at its end.
func note(k string) (name, inside string) {
	open := strings.LastIndexByte(k, '(')
	if open <= 0 || !strings.HasSuffix(k, ")") {
		return k, ""
	}
	return strings.Trim(k[:open], "*:"), k[open+1 : len(k)-1]
}

// mostTitle is how many bytes of a cell are read as the name of a column: no name is
// longer, and a cell of megabytes may stand in each of a header.
const mostTitle = 600

// titled is as much of a cell as may name a column.
func titled(text string) string {
	if len(text) <= mostTitle {
		return text
	}
	return strings.ToValidUTF8(text[:mostTitle], "") + "…"
}

// match reads a line as a header.
func match(l line, columns []Column, known map[string]int) header {
	h := header{row: l.number, at: make([]int, len(columns)), spelled: make([]string, len(columns)), units: make([]Unit, len(columns))}
	for i, c := range columns {
		h.at[i], h.units[i] = -1, c.Unit
	}
	for at, cell := range l.cells {
		title := titled(cell.text)
		k := key(title)
		name, inside := note(k)
		i, ok := known[k]
		if !ok {
			i, ok = known[name]
		}
		spelled := strings.Join(strings.Fields(title), " ")
		switch {
		case k == "":
		case !ok:
			h.ignored = append(h.ignored, spelled)
		case h.at[i] >= 0:
			h.twice = append(h.twice, spelled)
		default:
			h.at[i], h.spelled[i] = at, spelled
			h.found++
			if u, ok := units[Unit(inside)]; ok && columns[i].Kind == Money {
				h.units[i] = u.name
			}
		}
	}
	return h
}

// scan returns the header of a table: the line that names most columns.
func scan(ctx context.Context, t table, columns []Column, known map[string]int) (best header, err error) {
	err = t.lines(ctx, func(l line) bool {
		if l.number > headerWithin {
			return false
		}
		if h := match(l, columns, known); h.found > best.found {
			best = h
		}
		return true
	})
	return best, err
}

// lacking returns the required columns that a header does not have.
func (h header) lacking(columns []Column) []Column {
	var missing []Column
	for i, c := range columns {
		if c.Required && (h.found == 0 || h.at[i] < 0) {
			missing = append(missing, c)
		}
	}
	return missing
}

// find chooses the one table whose header has all required columns.
func find(ctx context.Context, tables []table, columns []Column, known map[string]int) (table, header, error) {
	var chosen table
	var best header
	for _, t := range tables {
		h, err := scan(ctx, t, columns, known)
		if err != nil {
			return nil, h, err
		}
		complete := h.found > 0 && len(h.lacking(columns)) == 0
		if complete && chosen != nil {
			return nil, h, fault.Field("file", i18n.T("有两张工作表都是这种表格：%s、%s", "two sheets hold such a table: %s and %s"), chosen.title(), t.title()).
				WithFix(i18n.T("请每个文件只留一张", "please keep one in each file"))
		}
		if complete {
			chosen = t
		}
		if complete || chosen == nil && h.found > best.found {
			best = h
		}
	}
	if chosen == nil {
		return nil, best, incomplete(best, columns)
	}
	if len(best.twice) > 0 {
		return nil, best, fault.Field("file", i18n.T("第 %d 行表头有重复的列：%s", "the header in row %d names columns twice: %s"), best.row, strings.Join(best.twice, "、"))
	}
	return chosen, best, nil
}

// incomplete says what a header lacks, or that there is none.
func incomplete(h header, columns []Column) error {
	missing := h.lacking(columns)
	if h.found == 0 {
		missing = columns
	}
	list, fix := i18n.Text{}, i18n.T("请补上这些列，或照模板改列名", "please add these columns, or name them as the template does")
	for i, c := range missing {
		if i > 0 {
			list.ZH, list.EN = list.ZH+"、", list.EN+", "
		}
		list.ZH, list.EN = list.ZH+c.Header.ZH, list.EN+c.Header.EN
		if !c.Without.Zero() {
			fix.ZH, fix.EN = fix.ZH+"；"+c.Without.ZH, fix.EN+"; "+c.Without.EN
		}
	}
	if h.found == 0 {
		return fault.Field("file", i18n.T("前 %d 行里没有找到表头", "there is no header in the first %d rows"), headerWithin).
			WithFix(i18n.T("表头应有这些列：%s", "these columns are known: %s"), list)
	}
	return fault.Field("file", i18n.T("第 %d 行表头缺少：%s", "the header in row %d lacks: %s"), h.row, list).
		WithFix(fix)
}

package violation

import (
	"fmt"
	"slices"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Group is one number of the taxonomy.
type Group struct {
	Code  string    `json:"code" example:"V08"`
	Name  i18n.Text `json:"name"`
	Items []Item    `json:"items"`
}

// Item is one entry below a group.
type Item struct {
	Code string    `json:"code" example:"V0802"`
	Name i18n.Text `json:"name"`
}

// Groups returns the taxonomy, in the order of its numbers.
func Groups() []Group { return taxonomy }

// groupLength is that of the code of a group: V08.
const groupLength = 3

// Find returns the group of a code, and the item when the code names one.
func Find(code string) (g Group, item Item, ok bool) {
	for _, g := range taxonomy {
		if !strings.HasPrefix(code, g.Code) {
			continue
		}
		if code == g.Code {
			return g, item, true
		}
		for _, it := range g.Items {
			if it.Code == code {
				return g, it, true
			}
		}
	}
	return Group{}, Item{}, false
}

// Check refuses what is no code of the taxonomy, as the value of a field.
func Check(field, code string) error {
	if _, _, ok := Find(code); ok {
		return nil
	}
	return fault.Field(field, i18n.T("没有“%s”这个违规类别，请从列表中选择", "there is no violation %s; please choose one from the list"), code)
}

// GroupOf returns the code of the group of a code: V08 of V0802.
func GroupOf(code string) string { return code[:min(len(code), groupLength)] }

// Integrity reports whether a code names a matter of integrity: red envelopes and
// kickbacks, statistics for trade. They go to the discipline line, and are in no
// ledger that the unit concerned reads.
func Integrity(code string) bool {
	return slices.ContainsFunc(IntegrityCodes(), func(begin string) bool { return strings.HasPrefix(code, begin) })
}

// IntegrityCodes returns how the codes of matters of integrity begin; V1203 is
// kickbacks in the purchase of vaccines.
func IntegrityCodes() []string { return []string{"V08", "V09", "V1203"} }

// IntegrityLike is the condition of a query that a column names a matter of integrity,
// after what stands before the code in it.
func IntegrityLike(column, before string) string {
	conds := make([]string, len(IntegrityCodes()))
	for i, code := range IntegrityCodes() {
		conds[i] = column + ` like '` + before + code + `%'`
	}
	return strings.Join(conds, " or ")
}

// Name says what a code stands for: "红包回扣 · 收受红包礼品".
func Name(code string) i18n.Text {
	g, item, ok := Find(code)
	switch {
	case !ok:
		return i18n.Same(code)
	case item.Code == "":
		return g.Name
	}
	return i18n.T(g.Name.ZH+" · "+item.Name.ZH, g.Name.EN+" · "+item.Name.EN)
}

// group makes the n-th group of "中文/English" items, parted by bars.
func group(n int, zh, en, items string) Group {
	g := Group{Code: fmt.Sprintf("V%02d", n), Name: i18n.T(zh, en)}
	for i, pair := range strings.Split(items, "|") {
		itemZH, itemEN, _ := strings.Cut(pair, "/")
		g.Items = append(g.Items, Item{Code: fmt.Sprintf("%s%02d", g.Code, i+1), Name: i18n.T(itemZH, itemEN)})
	}
	return g
}

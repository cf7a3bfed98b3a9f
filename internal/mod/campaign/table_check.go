package campaign

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/i18n"
)

// mostRows is as many as a table may have.
const mostRows = 300

var rowKey = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// check names everything in a table that cannot be. was is the version before:
// a row that keeps its key keeps what its numbers mean.
func (t Table) check(book *figure.Book, was Table) error {
	var bad fault.Fields
	bad.Refuse(len(t.Rows) == 0, "rows", i18n.T("请至少保留一行", "please keep one row at least"))
	bad.Refuse(len(t.Rows) > mostRows, "rows", i18n.T("最多 %d 行", "at most %d rows"), mostRows)
	for i, r := range t.Rows {
		at := fmt.Sprintf("rows[%d].", i)
		bad.Refuse(!rowKey.MatchString(r.Key), at+"key", i18n.T("行代码应为小写字母、数字和下划线", "a key is made of small letters, digits and underscores"))
		bad.Refuse(t.at(r.Key) != i, at+"key", i18n.T("行代码“%s”重复", "the key “%s” comes twice"), r.Key)
		bad.Refuse(strings.TrimSpace(r.Label) == "", at+"label", i18n.T("请填写指标名称", "please name the row"))
		bad.Refuse(strings.TrimSpace(r.Unit) == "", at+"unit", i18n.T("请填写计量单位", "please name the unit"))
		bad.Refuse(r.Money == Yuan && r.Unit != "元" || r.Money == WanYuan && r.Unit != "万元", at+"unit", i18n.T("单位与金额类型不一致：元或万元", "the unit is not that of the amount: 元 or 万元"))
		bad.Refuse(r.Decimals < 0 || r.Decimals > 6, at+"decimals", i18n.T("小数位数应在 0 到 6 之间", "there are 0 to 6 decimals"))
		t.checkWay(&bad, r, at, book)
		t.checkFamily(&bad, r, at)
		t.checkBounds(&bad, r, at)
		if k := was.at(r.Key); k >= 0 {
			old := was.Rows[k]
			bad.Refuse(old.Money != r.Money || old.places() != r.places() || old.Unit != r.Unit, at+"unit",
				i18n.T("“%s”已按“%s”填报过，不能改变单位；请另设一行", "“%s” was reported in %s and cannot change its unit; add another row"), r.Label, old.Unit)
		}
	}
	return bad.Err()
}

func (t Table) checkWay(bad *fault.Fields, r Row, at string, book *figure.Book) {
	bad.Refuse(!slices.Contains([]Way{Typed, Counted, Quotient, Summed}, r.Way), at+"way", i18n.T("请选择数据来源", "please choose where the numbers come from"))
	bad.Refuse(r.Way == Summed && len(t.parts(r.Key)) == 0, at+"way", i18n.T("“%s”没有分项可以合计", "“%s” has no parts to sum"), r.Label)
	if r.Way == Quotient {
		for _, x := range []struct{ field, key string }{{"part", r.Part}, {"whole", r.Whole}} {
			k := t.at(x.key)
			bad.Refuse(k < 0 || t.Rows[max(k, 0)].Way == Quotient, at+x.field, i18n.T("请选择表中的另一行，且不能是比率", "please choose another row of the table that is no share"))
		}
	}
	if r.Way != Counted {
		return
	}
	bad.Refuse(r.Figure == "", at+"figure", i18n.T("请选择系统数据", "please choose a figure"))
	f, published := book.Find(r.Figure)
	if !published {
		return
	}
	bad.Refuse(f.Way == figure.Share, at+"figure", i18n.T("“%s”是比率，请用“比率”行并选择分子和分母", "“%s” is a share; make the row a share of two others"), f.Text)
	bad.Refuse(f.Money != (r.Money != NoMoney), at+"money", i18n.T("“%s”的单位是%s，与本行不一致", "“%s” is in %s, unlike this row"), f.Text, f.Unit)
	if f.Source == nil {
		return
	}
	for d := range r.Dims {
		known := slices.ContainsFunc(f.Source.Dims, func(x figure.Dim) bool { return x.Name == d })
		bad.Refuse(!known && d != "campaign", at+"dims", i18n.T("“%s”不能按“%s”分类", "“%s” cannot be told apart by “%s”"), f.Text, d)
	}
}

// checkFamily refuses parts of nothing, of themselves, or of another unit.
func (t Table) checkFamily(bad *fault.Fields, r Row, at string) {
	if r.Parent == "" {
		return
	}
	k := t.at(r.Parent)
	if k < 0 {
		bad.Refuse(true, at+"parent", i18n.T("没有“%s”这一行", "there is no row “%s”"), r.Parent)
		return
	}
	p := t.Rows[k]
	bad.Refuse(p.Unit != r.Unit || p.places() != r.places() || p.Way == Quotient, at+"parent", i18n.T("分项“%s”与总数“%s”的单位应相同", "the part “%s” and the whole “%s” must have one unit"), r.Label, p.Label)
	seen := []string{r.Key}
	for up := r.Parent; up != ""; {
		if slices.Contains(seen, up) {
			bad.Refuse(true, at+"parent", i18n.T("“%s”成了自己的分项", "“%s” would be a part of itself"), r.Label)
			return
		}
		seen = append(seen, up)
		if k = t.at(up); k < 0 {
			return
		}
		up = t.Rows[k].Parent
	}
}

func (t Table) checkBounds(bad *fault.Fields, r Row, at string) {
	for i, b := range r.AtMost {
		k := t.at(b.Row)
		bad.Refuse(k < 0 || b.Row == r.Key || t.Rows[max(k, 0)].Way == Quotient || r.Way == Quotient || t.Rows[max(k, 0)].places() != r.places(), fmt.Sprintf("%sat_most[%d]", at, i),
			i18n.T("“不大于”只能与同样计数的另一行比较", "“at most” compares with another row that counts alike"))
	}
}

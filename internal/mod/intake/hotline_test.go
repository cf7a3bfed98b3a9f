package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

const headers = "工单编号,来电时间,来电人姓名,来电人号码,是否保密,来电类别,紧急程度,问题分类编码,问题分类名称,事发地,被反映机构,承办单位,标题,主要内容,时限,时限单位,截止时间,坐席\n"

// fields are the cells of an order that is in order, by header.
func fields(number string) map[string]string {
	return map[string]string{"工单编号": number, "来电时间": "2026-07-27 20:15", "来电类别": "投诉", "问题分类编码": "B03", "被反映机构": "清江市第一人民医院", "主要内容": "候诊三个小时"}
}

// table writes orders as csv; a change is "header=value".
func table(orders ...map[string]string) []byte {
	text := headers
	for _, o := range orders {
		var cells []string
		for h := range strings.SplitSeq(strings.TrimSpace(headers), ",") {
			cells = append(cells, `"`+o[h]+`"`)
		}
		text += strings.Join(cells, ",") + "\n"
	}
	return []byte(text)
}

func changed(number string, changes ...string) map[string]string {
	o := fields(number)
	for _, c := range changes {
		h, v, _ := strings.Cut(c, "=")
		o[h] = v
	}
	return o
}

// importer imports for the whole city.
func (w *world) importer() context.Context { return w.as(cityPath, intake.Import) }

func (w *world) orders(in bulk.Upload) bulk.Report {
	w.t.Helper()
	in.Name = "orders.csv"
	report, err := w.ImportHotline(w.importer(), in)
	w.must(err)
	return report
}

func (w *world) openedBy(number string) (o intake.Opening) {
	w.t.Helper()
	for _, o := range w.opened {
		if o.SourceNo == number {
			return o
		}
	}
	w.t.Fatalf("no case has the order %s", number)
	return o
}

func TestImportHotline(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		body := table(
			changed("GD1", "来电人姓名=周小满", "来电人号码=13900000000", "标题=候诊太久", "时限=5", "时限单位=工作日", "紧急程度=紧急", "坐席=12"),
			changed("GD2", "被反映机构=", "承办单位=临江区卫生健康局", "来电人号码=13900000001", "是否保密=是", "问题分类编码=", "问题分类名称=红包回扣", "截止时间=2026-08-07 18:00"),
			changed("GD3", "被反映机构=", "事发地=山阳区", "问题分类编码="))
		dry := w.orders(bulk.Upload{RawBody: body})
		if dry.Total != 3 || dry.Good != 3 || dry.Imported != 0 || len(w.opened) != 0 || !slices.Equal(dry.Ignored, []string{"坐席"}) {
			t.Fatalf("checked: %+v", dry)
		}
		done := w.orders(bulk.Upload{RawBody: body, Commit: true})
		if done.Imported != 3 || len(w.opened) != 3 || w.audited("intake.import") != 1 {
			t.Fatalf("imported: %+v, %d cases", done, len(w.opened))
		}
		first := w.openedBy("GD1")
		if first.Channel != demand.Hotline12345 || first.Institution != hospital || first.Category != "B" || first.Item != "B03" || first.Mode != demand.RealName ||
			first.Narrative != "候诊太久\n候诊三个小时" || first.Finish != (calendar.Limit{N: 5, Unit: calendar.WorkingDays}) || first.Urgency != demand.Urgent {
			t.Errorf("the first: %+v", first)
		}
		if at := time.Date(2026, 7, 27, 20, 15, 0, 0, clock.Shanghai); !first.ReceivedAt.Equal(at) || !strings.HasPrefix(first.Number, "QF-990101-20260727-") {
			t.Errorf("received %s as %s", first.ReceivedAt, first.Number)
		}
		second := w.openedBy("GD2")
		if second.Mode != demand.Confidential || second.Category != "F" || second.Institution != "" || second.Path != districtPath ||
			!second.DueAt.Equal(time.Date(2026, 8, 7, 18, 0, 0, 0, clock.Shanghai)) {
			t.Errorf("the second: %+v", second)
		}
		if third := w.openedBy("GD3"); third.Category != "Z" || third.Region != "990102" || third.Mode != demand.Anonymous || !third.DueAt.IsZero() {
			t.Errorf("the third: %+v", third)
		}
	})
}

// TestImportRefusals: each bad cell is named, and nothing of the file is taken.
func TestImportRefusals(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.orders(bulk.Upload{RawBody: table(fields("GD0")), Commit: true})
		w.tx(func(tx *db.Tx) error {
			return org.InsertUnit(tx, org.Unit{ID: "twin", Kind: org.Institution, Parent: "990102", Region: "990102", Path: cityPath + "990102/twin/", Name: "清江市第一人民医院", CreatedAt: w.at})
		})
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Exec(`update unit set name = '清江市中心医院' where id = $1`, hospital)
			return err
		})
		good := func(changes ...string) map[string]string {
			return changed("GD9", append([]string{"被反映机构=清江市中心医院"}, changes...)...)
		}
		for name, c := range map[string]struct {
			order  map[string]string
			column string
		}{
			"no number":           {good("工单编号="), "工单编号"},
			"long number":         {good("工单编号=" + strings.Repeat("1", 65)), "工单编号"},
			"imported before":     {good("工单编号=GD0"), "工单编号"},
			"no time":             {good("来电时间="), "来电时间"},
			"impossible day":      {good("来电时间=2018-02-29"), "来电时间"},
			"not yet":             {good("来电时间=2026-07-28 09:01"), "来电时间"},
			"history":             {good("来电时间=2025-07-01"), "来电时间"},
			"formula":             {good("主要内容==1+1"), "主要内容"},
			"no text":             {good("主要内容="), "主要内容"},
			"long text":           {good("主要内容=" + strings.Repeat("长", 5001)), "主要内容"},
			"masked number":       {good("来电人号码=138****0000"), "来电人号码"},
			"long name":           {good("来电人姓名=" + strings.Repeat("长", 51)), "来电人姓名"},
			"class":               {good("来电类别=传闻"), "来电类别"},
			"urgency":             {good("紧急程度=很急"), "紧急程度"},
			"category":            {good("问题分类编码=010203"), "问题分类编码"},
			"category by name":    {good("问题分类编码=", "问题分类名称=供暖"), "问题分类名称"},
			"secrecy":             {good("是否保密=也许"), "是否保密"},
			"nowhere":             {good("被反映机构="), "事发地"},
			"unknown region":      {good("被反映机构=", "事发地=平原区"), "事发地"},
			"unknown institution": {good("被反映机构=无名医院"), "被反映机构"},
			"unknown unit":        {good("被反映机构=", "承办单位=无名局"), "承办单位"},
			"deadline before":     {good("截止时间=2026-07-27 20:15"), "截止时间"},
			"deadline too far":    {good("截止时间=2027-08-01"), "截止时间"},
			"limit without unit":  {good("时限=5"), "时限单位"},
			"limit of nothing":    {good("时限=0", "时限单位=天"), "时限"},
			"limit too long":      {good("时限=151", "时限单位=天"), "时限"},
		} {
			t.Run(name, func(t *testing.T) {
				report := w.orders(bulk.Upload{RawBody: table(good("工单编号=GD8"), c.order), Commit: true})
				if report.Imported != 0 || report.Good != 1 || len(report.Problems) == 0 {
					t.Fatalf("taken: %+v", report)
				}
				if p := report.Problems[0]; p.Row != 3 || p.Column != c.column || p.Text.ZH == "" || p.Text.EN == "" {
					t.Errorf("complains %+v", p)
				}
			})
		}
		if n := w.reports(); n != 1 {
			t.Errorf("%d reports", n)
		}
	})
}

// TestImportEdges: what is just within a limit is taken.
func TestImportEdges(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		report := w.orders(bulk.Upload{RawBody: table(
			changed(strings.Repeat("1", 64), "来电时间=2026-07-28 09:00", "主要内容="+strings.Repeat("长", 5000)),
			changed("GD2", "截止时间=2026-07-27 20:16"), changed("GD3", "截止时间=2026-12-24 20:15"),
			changed("GD4", "时限=150", "时限单位=天"), changed("GD5", "时限=1", "时限单位=小时"))})
		if report.Good != 5 {
			t.Errorf("got %+v", report.Problems)
		}
	})
}

// TestImportGoodOnly: the rows in order are taken when that is asked for, and
// a number that stands twice in the file is in order in neither row.
func TestImportGoodOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		body := table(fields("GD1"), fields("GD2"), changed("GD2", "主要内容=别的"), changed("GD3", "来电时间=2018-02-29"))
		if report := w.orders(bulk.Upload{RawBody: body, Commit: true}); report.Imported != 0 || w.reports() != 0 {
			t.Fatalf("taken: %+v", report)
		}
		report := w.orders(bulk.Upload{RawBody: body, Commit: true, OnlyValid: true})
		if report.Total != 4 || report.Imported != report.Good || w.reports() != int64(report.Good) {
			t.Errorf("the good ones: %+v", report)
		}
		page, err := w.ListHotline(w.importer(), intake.ListHotlineInput{Query: list.Query{Limit: 10}})
		w.must(err)
		if len(page.Items) != 1 || page.Items[0].Total != 4 || page.Items[0].Imported != report.Good || page.Items[0].Name != "orders.csv" || page.Items[0].ByStaff != "actor" {
			t.Errorf("the list of imports: %+v", page.Items)
		}
		page, err = w.ListHotline(w.as(otherPath, intake.Import), intake.ListHotlineInput{Query: list.Query{Limit: 10}})
		if err != nil || len(page.Items) != 0 {
			t.Errorf("seen from elsewhere: %+v, %v", page.Items, err)
		}
	})
}

// TestImportScope: an order about what lies elsewhere is refused.
func TestImportScope(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := bulk.Upload{Name: "orders.csv", RawBody: table(fields("GD1"), changed("GD2", "被反映机构=山阳区中医院"), changed("GD3", "被反映机构=", "承办单位=清江市卫生健康委"))}
		report, err := w.ImportHotline(w.as(districtPath, intake.Import), in)
		w.must(err)
		if report.Good != 1 || len(report.Problems) != 2 || report.Problems[0].Column != "被反映机构" || report.Problems[1].Column != "承办单位" {
			t.Errorf("got %+v", report)
		}
	})
}

// TestImportRace: the same file at once is imported once.
func TestImportRace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := bulk.Upload{Name: "orders.csv", Commit: true, RawBody: table(fields("GD1"), fields("GD2"))}
		var done sync.WaitGroup
		for range 4 {
			done.Go(func() {
				if report, err := w.ImportHotline(w.importer(), in); err != nil && !fault.Is(err, fault.Conflict) || err == nil && report.Imported == 1 {
					t.Errorf("%+v, %v", report, err)
				}
			})
		}
		done.Wait()
		if n := w.reports(); n != 2 {
			t.Errorf("%d reports of 2 orders", n)
		}
	})
}

func TestImportFileRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		many := make([]map[string]string, 2001)
		for i := range many {
			many[i] = fields(fmt.Sprint("GD", i))
		}
		for name, c := range map[string]struct {
			body []byte
			kind fault.Kind
		}{
			"empty":     {nil, fault.Invalid},
			"a picture": {[]byte("\x89PNG\r\n\x1a\n"), fault.Invalid},
			"no header": {[]byte("甲,乙\n1,2\n"), fault.Invalid},
			"too many":  {table(many...), fault.TooLarge},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := w.ImportHotline(w.importer(), bulk.Upload{Name: "orders.xlsx", RawBody: c.body})
				if name == "too many" || name == "no header" {
					_, err = w.ImportHotline(w.importer(), bulk.Upload{Name: "orders.csv", RawBody: c.body})
				}
				want(t, err, c.kind)
			})
		}
	})
}

// TestTemplate: the table to fill in is one that the import understands, but
// for its invented places.
func TestTemplate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.at = w.at.Add(24 * time.Hour) // its orders are of today
		file, err := w.HotlineTemplate(w.importer(), struct{}{})
		w.must(err)
		var b bytes.Buffer
		w.must(file.Write(&b))
		book, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
		w.must(err)
		w.must(book.Close())
		report, err := w.ImportHotline(w.importer(), bulk.Upload{Name: file.Name, RawBody: b.Bytes()})
		w.must(err)
		for _, p := range report.Problems {
			if !slices.Contains([]string{"被反映机构", "承办单位"}, p.Column) {
				t.Errorf("the template is refused: %+v", p)
			}
		}
		if report.Total != 2 || len(report.Ignored) != 0 {
			t.Errorf("got %+v", report)
		}
	})
}

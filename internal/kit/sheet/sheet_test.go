package sheet_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

// columns of a register with every kind.
func columns() []sheet.Column {
	return []sheet.Column{
		{Name: "code", Header: i18n.T("机构编码", "Code"), Synonyms: []string{"编码", "医院代码"}, Required: true, Unique: true},
		{Name: "beds", Header: i18n.T("床位数", "Beds"), Kind: sheet.Integer},
		{Name: "fee", Header: i18n.T("金额", "Amount"), Kind: sheet.Money},
		{Name: "opened", Header: i18n.T("开业日期", "Opened on"), Kind: sheet.Day},
		{Name: "seen", Header: i18n.T("登记时间", "Registered"), Kind: sheet.Moment},
		{Name: "public", Header: i18n.T("公立", "Public"), Kind: sheet.Flag},
	}
}

func readCSV(t testing.TB, text string) *sheet.Sheet {
	t.Helper()
	s, err := sheet.Read(t.Context(), strings.NewReader(text), "机构.csv", columns())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// refusal is the fault with which a file is refused as a whole.
func refusal(t testing.TB, name string, content []byte) *fault.Error {
	t.Helper()
	s, err := sheet.Read(t.Context(), bytes.NewReader(content), name, columns())
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || s != nil || e.Text.ZH == "" || e.Text.EN == "" {
		t.Fatalf("got a sheet: %v, and %v", s != nil, err)
	}
	return e
}

func at(y, m, d, h, mi, s int) time.Time {
	return time.Date(y, time.Month(m), d, h, mi, s, 0, clock.Shanghai)
}

func TestTypedValues(t *testing.T) {
	s := readCSV(t, "机构编码,床位数,金额（元）,开业日期,登记时间,公立\nA1,\"1,200\",12.5,2026年7月28日,2026/7/28 9:05,是\nA2,,,,,\n")
	full, bare := s.Rows[0], s.Rows[1]
	if full.Text("code") != "A1" || full.Int("beds") != 1200 || full.Fen("fee") != 1250 || !full.Flag("public") ||
		!full.Time("opened").Equal(at(2026, 7, 28, 0, 0, 0)) || !full.Time("seen").Equal(at(2026, 7, 28, 9, 5, 0)) || full.Number != 2 {
		t.Errorf("got %+v", full)
	}
	if bare.Has("beds") || bare.Has("fee") || !bare.Time("seen").IsZero() || bare.Flag("public") || !bare.Has("code") {
		t.Errorf("got %+v", bare)
	}
	want := sheet.Report{Total: 2, Good: 2, Problems: []sheet.Problem{}, Ignored: []string{}}
	if diff := cmp.Diff(want, s.Report()); diff != "" {
		t.Error(diff)
	}
}

// value reads one cell of a column; ok is false when it is refused.
func value(t testing.TB, header, text string) (r sheet.Row, ok bool) {
	t.Helper()
	s := readCSV(t, "编码,"+header+"\nA1,\""+strings.ReplaceAll(text, `"`, `""`)+"\"\n")
	return s.Rows[0], len(s.Report().Problems) == 0
}

func TestDates(t *testing.T) {
	day, moment := at(2026, 7, 28, 0, 0, 0), at(2026, 7, 28, 9, 5, 7)
	for text, want := range map[string]time.Time{
		"2026-07-28": day, "2026-7-28": day, "2026/7/28": day, "2026/07/28": day, "2026.7.28": day, "20260728": day,
		"2026年7月28日": day, "2026年07月28": day, "２０２６－０７－２８": day, " 2026-07-28　": day, "2026-07-28 星期一": day, "2026-07-28（周二）": day, "46231": day,
		"2026-07-28 09:05:07": moment, "2026/7/28 9:05:07": moment, "2026-07-28T09:05:07": moment, "2026-07-28T01:05:07Z": moment,
		"2026-07-28T09:05:07+08:00": moment, "2026年7月28日9时5分7秒": moment, "2026年7月28日 09：05：07": moment, "2026-07-28 09:05:07.999": moment,
		"2026-07-28 星期二 9:05:07": moment, "46231.3785532407": moment, "20260728 09:05:07": moment,
		"2026年7月28日9点": at(2026, 7, 28, 9, 0, 0), "2024-02-29": at(2024, 2, 29, 0, 0, 0), "1900-01-01": at(1900, 1, 1, 0, 0, 0), "2200/12/31 23:59:59": at(2200, 12, 31, 23, 59, 59),
	} {
		r, ok := value(t, "登记时间", text)
		if !ok || !r.Time("seen").Equal(want) {
			t.Errorf("%s: %v %s, want %s", text, ok, r.Time("seen"), want)
		}
		if r, ok := value(t, "开业日期", text); !ok || !r.Time("opened").Equal(clock.Day(want)) {
			t.Errorf("%s as a day: %v %s", text, ok, r.Time("opened"))
		}
	}
	for _, text := range []string{
		"2018-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00", "2100-02-29", "20260231", "2026年2月30日",
		"2026-07-28 24:00", "2026-07-28 12:60", "2026-07-28 12:00:61", "1899-12-31", "2201-01-01", "0026-07-28",
		"26-07-28", "7/28/2026", "28.7.2026", "2026-07/28", "2026-07", "2026", "昨天", "2026-07-28x", "2026-07-28 9", "2026-07-28 星期八", "99999", "12345", "2026-07-2812:00", "--", "2026-07-28T09:05:07+99:00",
	} {
		r, ok := value(t, "登记时间", text)
		if ok || r.Has("seen") {
			t.Errorf("%s is taken for %s", text, r.Time("seen"))
		}
	}
}

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		header, text string
		want         int64
	}{
		{"金额（元）", "12.5", 1250}, {"金额(元)", "12", 1200}, {"金额 (万元)", "1.5", 1_500_000}, {"金额（分）", "7", 7}, {"Amount (yuan)", "0.01", 1},
		{"金额", "12.5元", 1250}, {"金额", "￥12.50", 1250}, {"金额", "¥ 1,234.56", 123456}, {"金额", "RMB 3", 300}, {"金额", "3.2万元", 3_200_000}, {"金额", "3.2 万", 3_200_000},
		{"金额", "5角", 50}, {"金额", "8分", 8}, {"金额", "1亿元", 10_000_000_000}, {"金额", "-12.50元", -1250}, {"金额", "＋１２元", 1200}, {"金额", "￥1.2万", 1_200_000},
		{"金额（万元）", "12万", 12_000_000}, {"金额（元）", "￥12", 1200}, {"金额（元）", "12圆", 1200}, {"金额（元）", "12.500", 1250}, {"金额（元）", "1,234,567.89", 123456789},
	} {
		if r, ok := value(t, c.header, c.text); !ok || r.Fen("fee") != c.want {
			t.Errorf("%s %s: %v %d, want %d", c.header, c.text, ok, r.Fen("fee"), c.want)
		}
	}
	for _, c := range []struct{ header, text string }{
		{"金额", "12.5"}, {"金额（美元）", "12.5"}, {"金额（元）", "12.555"}, {"金额（分）", "1.5"}, {"金额（元）", "12美元"}, {"金额（元）", "$12"}, {"金额（元）", "1,23.4"},
		{"金额（元）", "约12"}, {"金额（元）", "12-15"}, {"金额（元）", "1.2.3"}, {"金额（元）", "十二"}, {"金额（元）", "99999999999999999999"}, {"金额（亿元）", "999999999999"}, {"金额（元）", "1e3"}, {"金额（元）", "."}, {"金额（元）", ".5"},
	} {
		if r, ok := value(t, c.header, c.text); ok || r.Has("fee") {
			t.Errorf("%s %s is taken for %d", c.header, c.text, r.Fen("fee"))
		}
	}
}

// What a cell says in another unit than its column is asked about, as both.
func TestTwoUnitsAreAskedAbout(t *testing.T) {
	for _, c := range []struct{ header, text, meant, other string }{
		{"金额（元）", "5万元", "若为 5 万元，请填 50000；", "若为 5 元，请填 5"},
		{"金额（元）", "￥1,200.5万", "若为 1200.5 万元，请填 12005000；", "若为 1200.5 元，请填 1200.5"},
		{"金额（元）", "-0.25亿", "若为 -0.25 亿元，请填 -25000000；", "若为 -0.25 元，请填 -0.25"},
		{"金额（元）", "5角", "若为 5 角，请填 0.5；", "若为 5 元，请填 5"},
		{"金额（万元）", "12元", "若为 12 元，请填 0.0012；", "若为 12 万元，请填 12"},
		{"金额（万元）", "￥500000", "若为 500000 元，请填 50；", "若为 500000 万元，请填 500000"},
		{"金额（万元）", "1.5亿元", "若为 1.5 亿元，请填 15000；", "若为 1.5 万元，请填 1.5"},
	} {
		s := readCSV(t, "编码,"+c.header+"\nA1,\""+c.text+"\"\n")
		ps := s.Report().Problems
		if len(ps) != 1 || ps[0].Row != 2 || ps[0].Cell != "B2" || !strings.Contains(ps[0].Text.ZH, c.meant) || !strings.HasSuffix(ps[0].Text.ZH, c.other) || s.Rows[0].Has("fee") {
			t.Errorf("%s %s: %+v", c.header, c.text, ps)
		}
	}
}

func TestDeclaredUnit(t *testing.T) {
	cs := columns()
	cs[2].Unit = sheet.WanYuan
	for text, want := range map[string]int64{"1.5": 1_500_000, "1.5万元": 1_500_000} {
		s, err := sheet.Read(t.Context(), strings.NewReader("编码,金额\nA1,"+text), "x.csv", cs)
		if err != nil || s.Rows[0].Fen("fee") != want {
			t.Errorf("%s: %d, %v", text, s.Rows[0].Fen("fee"), err)
		}
	}
}

func TestIntegersFlagsAndTexts(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "-5": -5, "+5": 5, "1,234,567": 1234567, "０１２": 12, "9223372036854775807": 1<<63 - 1} {
		if r, ok := value(t, "床位数", text); !ok || r.Int("beds") != want {
			t.Errorf("%s: %v %d", text, ok, r.Int("beds"))
		}
	}
	for _, text := range []string{"1.5", "1e3", "12张", "一百", "1,23", "9223372036854775808", "0x10", "--1"} {
		if r, ok := value(t, "床位数", text); ok || r.Has("beds") {
			t.Errorf("%s is taken for %d", text, r.Int("beds"))
		}
	}
	for text, want := range map[string]bool{"是": true, "Yes": true, "TRUE": true, "√": true, "1": true, "否": false, "no": false, "0": false, "×": false} {
		if r, ok := value(t, "公立", text); !ok || !r.Has("public") || r.Flag("public") != want {
			t.Errorf("%s: %v %v", text, ok, r.Flag("public"))
		}
	}
	if _, ok := value(t, "公立", "也许"); ok {
		t.Error("maybe is taken")
	}
	for text, want := range map[string]string{
		" A 1　": "A 1", "'=1+1": "=1+1", "'quoted'": "'quoted'", "\uFEFF\u200bA1": "A1", "第一行\n第二行": "第一行\n第二行", "-5": "-5", "@": "@", "1e5": "1e5",
		strings.Repeat("长", 32_767): strings.Repeat("长", 32_767),
	} {
		s := readCSV(t, "编码\n\""+text+"\"\n")
		if len(s.Report().Problems) > 0 || s.Rows[0].Text("code") != want {
			t.Errorf("%.20q: %.20q, %v", text, s.Rows[0].Text("code"), s.Report().Problems)
		}
	}
	for _, text := range []string{"=1+1", " =A1", "3.70202E+17", strings.Repeat("长", 32_768)} {
		if s := readCSV(t, "编码\n\""+text+"\"\n"); len(s.Report().Problems) != 1 {
			t.Errorf("%.20q is taken for %.20q", text, s.Rows[0].Text("code"))
		}
	}
}

// A date is taken exactly when the calendar has it.
func TestLawOfDates(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		y, m, d := rapid.IntRange(1900, 2200).Draw(rt, "y"), rapid.IntRange(0, 14).Draw(rt, "m"), rapid.IntRange(0, 33).Draw(rt, "d")
		form := rapid.SampledFrom([]string{"%d-%d-%d", "%04d-%02d-%02d", "%d/%d/%d", "%d年%d月%d日", "%04d%02d%02d", "%d.%d.%d"}).Draw(rt, "form")
		text := sprintf(form, y, m, d)
		made := at(y, m, d, 0, 0, 0)
		exists := made.Year() == y && int(made.Month()) == m && made.Day() == d
		r, ok := value(t, "开业日期", text)
		if ok != exists || ok && !r.Time("opened").Equal(made) {
			rt.Fatalf("%s: taken %v for %s", text, ok, r.Time("opened"))
		}
	})
}

func TestRefusalsNameTheirPlace(t *testing.T) {
	s := readCSV(t, strings.Join([]string{
		"序号,医院代码,床位数,金额,开业日期,备注",
		"1,A1,3,1元,2026-07-28,x",
		"2,A1,三,2,2018-02-29,",
		"",
		"3,,=1+1,,,",
		",,,,,只有备注",
	}, "\n"))
	want := sheet.Report{
		Total: 4, Good: 1, Ignored: []string{"序号", "备注"},
		Problems: []sheet.Problem{
			{Row: 3, Column: "医院代码", Cell: "B3", Text: i18n.T("与第 2 行重复", "the same as in row 2")},
			{Row: 3, Column: "床位数", Cell: "C3", Text: i18n.T("应为整数", "this must be a whole number")},
			{Row: 3, Column: "金额", Cell: "D3", Text: i18n.T("没有写明单位，请在表头或单元格里注明，如“金额（元）”", "the unit is missing; please name it in the header or the cell, as in \"amount (yuan)\"")},
			{Row: 3, Column: "开业日期", Cell: "E3", Text: i18n.T("没有这个日期或时间，请核对，应如 2026-07-28", "there is no such date or time; check it and write it like 2026-07-28")},
			{Row: 5, Column: "医院代码", Cell: "B5", Text: i18n.T("此项必填", "this must be filled in")},
			{Row: 5, Column: "床位数", Cell: "C5", Text: i18n.T("是公式，请复制后“粘贴为数值”", "this is a formula; please copy it and paste it as a value")},
			{Row: 6, Column: "医院代码", Cell: "B6", Text: i18n.T("此项必填", "this must be filled in")},
		},
	}
	if diff := cmp.Diff(want, s.Report()); diff != "" {
		t.Error(diff)
	}
	if got := s.Accept(false); got != nil {
		t.Errorf("accepted %v", got)
	}
	if got := s.Accept(true); len(got) != 1 || got[0].Number != 2 {
		t.Errorf("accepted %v", got)
	}
}

func TestModulesRefuseToo(t *testing.T) {
	s := readCSV(t, "编码,床位数\nA1,1\nA2,2\n")
	if len(s.Accept(false)) != 2 {
		t.Error("not all accepted")
	}
	s.Refuse(s.Rows[1], "fee", i18n.T("缺少金额", "no amount")) // a column that the file lacks
	s.Refuse(s.Rows[1], "beds", i18n.T("太多", "too many"))
	s.Refuse(s.Rows[1], "code", i18n.T("没有编码 %d", "no code %d"), 7)
	want := []sheet.Problem{
		{Row: 3, Column: "编码", Cell: "A3", Text: i18n.T("没有编码 7", "no code 7")},
		{Row: 3, Column: "床位数", Cell: "B3", Text: i18n.T("太多", "too many")},
		{Row: 3, Column: "金额", Text: i18n.T("缺少金额", "no amount")},
	}
	if diff := cmp.Diff(want, s.Report().Problems); diff != "" {
		t.Error(diff)
	}
	if s.Accept(false) != nil || len(s.Accept(true)) != 1 {
		t.Error("a refused row is accepted")
	}
}

func TestReportStopsListing(t *testing.T) {
	s := readCSV(t, "编码,床位数\n"+strings.Repeat("A,x\n", 600))
	r := s.Report() // 600 numbers, 599 codes that come again
	if r.Total != 600 || r.Good != 0 || len(r.Problems) != 1000 || r.More != 199 {
		t.Errorf("total %d, good %d, %d problems and %d more", r.Total, r.Good, len(r.Problems), r.More)
	}
}

func TestMistakesOfTheProgramPanic(t *testing.T) {
	s := readCSV(t, "编码\nA1\n")
	for name, f := range map[string]func(){
		"value of no column":   func() { s.Rows[0].Text("nothing") },
		"refusal of no column": func() { s.Refuse(s.Rows[0], "nothing", i18n.T("x", "x")) },
		"two columns, one name": func() {
			_, _ = sheet.Read(t.Context(), strings.NewReader("x"), "x.csv", []sheet.Column{{Name: "a", Header: i18n.T("名称", "Name")}, {Name: "b", Header: i18n.T("全称", "Title"), Synonyms: []string{" name*"}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}

// What export writes, this package reads: in both formats and languages, with
// texts that had to be guarded.
func TestLawOfTheRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lang := rapid.SampledFrom([]i18n.Lang{i18n.ZH, i18n.EN}).Draw(rt, "lang")
		format := rapid.SampledFrom([]export.Format{export.AsCSV, export.AsXLSX}).Draw(rt, "format")
		table := export.Table{Name: i18n.T("机构", "Institutions")}
		for _, c := range columns() {
			table.Columns = append(table.Columns, export.Column{Header: c.Header, Kind: exported(c.Kind)})
		}
		text := rapid.StringOfN(rapid.SampledFrom([]rune("'=+-@＝a1红 <&\"")), 0, 8, -1).Draw(rt, "text")
		code := "x" + text + "x"
		if rapid.Bool().Draw(rt, "bare") && strings.TrimSpace(text) == text && text != "" {
			code = text
		}
		beds, fee := rapid.Int64Range(-1e12, 1e12).Draw(rt, "beds"), rapid.Int64Range(-1e12, 1e12).Draw(rt, "fee")
		seen := time.Unix(rapid.Int64Range(-2e9, 7e9).Draw(rt, "seen"), 0)
		table.Rows = func(yield func([]any, error) bool) { yield([]any{code, beds, fee, seen, seen, beds%2 == 0}, nil) }
		var b bytes.Buffer
		if err := export.File(i18n.WithLang(t.Context(), lang), format, table).Write(&b); err != nil {
			rt.Fatal(err)
		}
		s, err := sheet.Read(t.Context(), &b, "x."+string(format), columns())
		if err != nil {
			rt.Fatal(err)
		}
		r := s.Rows[0]
		if len(s.Report().Problems) > 0 || r.Text("code") != code || r.Int("beds") != beds || r.Fen("fee") != fee ||
			!r.Time("seen").Equal(seen) || !r.Time("opened").Equal(clock.Day(seen)) || r.Flag("public") != (beds%2 == 0) {
			rt.Fatalf("%q %d %d %s came back as %q %d %d %s: %v", code, beds, fee, seen, r.Text("code"), r.Int("beds"), r.Fen("fee"), r.Time("seen"), s.Report().Problems)
		}
	})
}

func exported(k sheet.Kind) export.Kind {
	return map[sheet.Kind]export.Kind{
		sheet.Text: export.Text, sheet.Integer: export.Integer, sheet.Money: export.Money, sheet.Day: export.Day, sheet.Moment: export.Moment, sheet.Flag: export.Flag,
	}[k]
}

// The table to fill in is one that Read understands.
func TestTemplateReads(t *testing.T) {
	var b bytes.Buffer
	if err := export.XLSX(&b, sheet.Template(i18n.T("机构", "Institutions"), columns(), []string{"A1", "200", "12.5元", "2026-07-28", "", "是"}), i18n.ZH); err != nil {
		t.Fatal(err)
	}
	s, err := sheet.Read(t.Context(), &b, "机构.xlsx", columns())
	if err != nil {
		t.Fatal(err)
	}
	if r := s.Report(); r.Good != 1 || len(r.Ignored) != 0 || s.Rows[0].Fen("fee") != 1250 || s.Rows[0].Int("beds") != 200 {
		t.Errorf("got %+v", r)
	}
}

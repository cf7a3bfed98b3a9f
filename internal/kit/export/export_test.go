package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

type state string

func rows(all ...[]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// register is a list with a column of each kind.
func register(all ...[]any) export.Table {
	return export.Table{
		Name: i18n.T("礼品登记/2026", "Gifts"),
		Columns: []export.Column{
			{Header: i18n.T("说明", "Remark")},
			{Header: i18n.T("件数", "Pieces"), Kind: export.Integer},
			{Header: i18n.T("折合率", "Rate"), Kind: export.Number},
			{Header: i18n.T("金额", "Amount"), Kind: export.Money, Width: 30},
			{Header: i18n.T("登记时间", "Registered"), Kind: export.Moment},
			{Header: i18n.T("收受日期", "Received on"), Kind: export.Day},
			{Header: i18n.T("已上交", "Handed in"), Kind: export.Flag},
		},
		Rows: rows(all...),
	}
}

func sample() [][]any {
	late := time.Date(2026, 7, 28, 17, 30, 5, 999, time.UTC) // the next day in Shanghai
	return [][]any{
		{"购物卡", 3, 0.5, int64(123456), late, late, true},
		{i18n.T("红包", "red envelope"), int64(-1), 2, int64(-5), time.Time{}, time.Time{}, false},
		{state("open"), nil, nil, nil, nil, nil, nil},
		{nil, 0, -1.25, int64(0), clock.Day(late), late, nil},
	}
}

func write(t testing.TB, f func(io.Writer, export.Table, i18n.Lang) error, table export.Table, lang i18n.Lang) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b, table, lang); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCSV(t *testing.T) {
	got := string(write(t, export.CSV, register(sample()...), i18n.ZH))
	want := "\uFEFF" + strings.Join([]string{
		"说明,件数,折合率,金额（元）,登记时间,收受日期,已上交",
		"购物卡,3,0.5,1234.56,2026-07-29 01:30:05,2026-07-29,是",
		"红包,-1,2,-0.05,,,否",
		"open,,,,,,",
		",0,-1.25,0.00,2026-07-29 00:00:00,2026-07-29,",
	}, "\r\n") + "\r\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if en := string(write(t, export.CSV, register(sample()[1:2]...), i18n.EN)); !strings.Contains(en, "Remark,Pieces,Rate,Amount (yuan),") || !strings.Contains(en, "red envelope,-1,2,-0.05,,,no") {
		t.Errorf("got %s", en)
	}
}

// book opens what was written as Excel would.
func book(t testing.TB, raw []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestXLSX(t *testing.T) {
	f := book(t, write(t, export.XLSX, register(sample()...), i18n.ZH))
	if got := f.GetSheetList(); !cmp.Equal(got, []string{"礼品登记-2026"}) {
		t.Errorf("sheets %v", got)
	}
	got, err := f.GetRows("礼品登记-2026")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"说明", "件数", "折合率", "金额（元）", "登记时间", "收受日期", "已上交"},
		{"购物卡", "3", "0.5", "1,234.56", "2026-07-29 01:30:05", "2026-07-29", "是"},
		{"红包", "-1", "2", "-0.05", "", "", "否"},
		{"open"},
		{"", "0", "-1.25", "0.00", "2026-07-29 00:00:00", "2026-07-29"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Numbers, money and times can be calculated with: their cells are numbers.
func TestXLSXCellsAreTyped(t *testing.T) {
	f := book(t, write(t, export.XLSX, register(sample()...), i18n.ZH))
	for cell, want := range map[string]struct {
		kind excelize.CellType
		raw  string
	}{
		"A2": {excelize.CellTypeInlineString, "购物卡"},
		"B2": {excelize.CellTypeUnset, "3"},
		"D2": {excelize.CellTypeUnset, "1234.56"},
		"F2": {excelize.CellTypeUnset, "46232"}, // 2026-07-29
		"G2": {excelize.CellTypeInlineString, "是"},
	} {
		kind, err1 := f.GetCellType("礼品登记-2026", cell)
		raw, err2 := f.GetCellValue("礼品登记-2026", cell, excelize.Options{RawCellValue: true})
		if err := errors.Join(err1, err2); err != nil || kind != want.kind || raw != want.raw {
			t.Errorf("%s: %v %s, want %v; %v", cell, kind, raw, want, err)
		}
	}
	if w, err := f.GetColWidth("礼品登记-2026", "D"); err != nil || w != 30 {
		t.Errorf("width %v, %v", w, err)
	}
	if panes, err := f.GetPanes("礼品登记-2026"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
}

func texts(all ...string) export.Table {
	var rs [][]any
	for _, s := range all {
		rs = append(rs, []any{s})
	}
	return export.Table{Name: i18n.T("文", "Texts"), Columns: []export.Column{{Header: i18n.T("文", "Text")}}, Rows: rows(rs...)}
}

func TestNoTextBecomesAFormula(t *testing.T) {
	evil := []string{"=1+1", "+8613800000000", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", "'=1", "''@x"}
	harmless := []string{"'quoted'", "1=1", "a@b.cn", "'", " =1", "红包=1"}
	want := append([]string{"文"}, harmless...)
	for _, s := range evil {
		want = append(want, "'"+s)
	}
	table := func() export.Table { return texts(append(append([]string{}, harmless...), evil...)...) }
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(write(t, export.CSV, table(), i18n.ZH), []byte("\uFEFF")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range records {
		if lf := strings.ReplaceAll(want[i], "\r", ""); strings.ReplaceAll(r[0], "\r", "") != lf {
			t.Errorf("csv: %q, want %q", r[0], lf)
		}
	}
	got, err := book(t, write(t, export.XLSX, table(), i18n.ZH)).GetCols("文")
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range got[0] {
		if strings.ReplaceAll(s, "\r", "\n") != strings.ReplaceAll(want[i], "\r", "\n") {
			t.Errorf("xlsx: %q, want %q", s, want[i])
		}
	}
}

// Guarding loses nothing, and what is guarded begins with nothing that a
// spreadsheet calculates.
func TestLawOfTheGuard(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.SampledFrom([]rune("'=+-@\t\r\n＝a")), 0, 6, -1)).Draw(rt, "text")
		guarded := export.Guard(s)
		if back := export.Unguard(guarded); back != s {
			rt.Fatalf("%q became %q became %q", s, guarded, back)
		}
		if strings.IndexFunc(guarded, func(r rune) bool { return strings.ContainsRune("=+-@\t\r\n＝＋－＠", r) }) == 0 {
			rt.Fatalf("%q begins a formula", guarded)
		}
	})
}

// What no XML file may hold does not spoil the file.
func TestStrangeTextsArriveWhole(t *testing.T) {
	for in, want := range map[string]string{
		"a\x00b":                          "a\uFFFDb",
		"a\xffb":                          "a\uFFFDb",
		"<&>\"' 红包\n第二行":                  "<&>\"' 红包\n第二行",
		" both ends ":                     " both ends ",
		"_x0041_":                         "_x0041_",
		"🙂𠮷":                              "🙂𠮷",
		strings.Repeat("长", 32_768):       strings.Repeat("长", 32_766) + "…",
		strings.Repeat("长", 32_767):       strings.Repeat("长", 32_767),
		"x" + strings.Repeat("𠮷", 20_000): "x" + strings.Repeat("𠮷", 16_382) + "…",
	} {
		got, err := book(t, write(t, export.XLSX, texts(in), i18n.ZH)).GetCellValue("文", "A2")
		if err != nil || got != want {
			t.Errorf("%.20q: got %.20q of %d bytes, want %d; %v", in, got, len(got), len(want), err)
		}
	}
}

func TestSheetNames(t *testing.T) {
	for in, want := range map[string]string{
		"": "Sheet1", "a/b\\c[1]:*?": "a-b-c(1)---", "'x'": "x", strings.Repeat("名", 40): strings.Repeat("名", 30) + "…",
	} {
		table := texts("x")
		table.Name = i18n.T(in, "x")
		if got := book(t, write(t, export.XLSX, table, i18n.ZH)).GetSheetName(0); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestMistakesOfTheProgramEndTheFile(t *testing.T) {
	for name, row := range map[string][]any{
		"too few cells":    {"x"},
		"money as float":   {"x", 1, 1, 1.5, nil, nil, nil},
		"money as int":     {"x", 1, 1, 150, nil, nil, nil},
		"money as text":    {"x", 1, 1, "1.50", nil, nil, nil},
		"a count as text":  {"x", "1", 1, nil, nil, nil, nil},
		"a count as float": {"x", 1.5, 1, nil, nil, nil, nil},
		"not a number":     {"x", 1, math.NaN(), nil, nil, nil, nil},
		"infinite":         {"x", 1, math.Inf(1), nil, nil, nil, nil},
		"a time as text":   {"x", 1, 1, nil, "2026-07-28", nil, nil},
		"a date as number": {"x", 1, 1, nil, nil, int64(1), nil},
		"a flag as number": {"x", 1, 1, nil, nil, nil, 1},
	} {
		for format, f := range map[string]func(io.Writer, export.Table, i18n.Lang) error{"csv": export.CSV, "xlsx": export.XLSX} {
			if err := f(io.Discard, register(row), i18n.ZH); err == nil || fault.KindOf(err) != fault.Internal {
				t.Errorf("%s, %s: got %v", name, format, err)
			}
		}
	}
}

// A query that fails on its way gives an error and, in xlsx, not one byte.
func TestFailingQueryLeavesNoFile(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	away := errors.New("the database is away")
	table := register()
	table.Rows = func(yield func([]any, error) bool) {
		for range 6000 { // enough for a temporary file
			if !yield([]any{strings.Repeat("长", 1000), 1, 1, int64(1), nil, nil, nil}, nil) {
				return
			}
		}
		yield(nil, away)
	}
	var b bytes.Buffer
	if err := export.XLSX(&b, table, i18n.ZH); !errors.Is(err, away) || b.Len() != 0 {
		t.Errorf("%v after %d bytes", err, b.Len())
	}
	if err := export.CSV(io.Discard, table, i18n.ZH); !errors.Is(err, away) {
		t.Errorf("got %v", err)
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// full is a disk, or a connection, that takes no more.
type full struct{ room int }

var errFull = errors.New("full")

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestFullDiskIsAnError(t *testing.T) {
	for format, f := range map[string]func(io.Writer, export.Table, i18n.Lang) error{"csv": export.CSV, "xlsx": export.XLSX} {
		size := len(write(t, f, register(sample()...), i18n.ZH))
		for _, room := range []int{0, 1, 100, size - 1} {
			if err := f(&full{room}, register(sample()...), i18n.ZH); !errors.Is(err, errFull) {
				t.Errorf("%s with room for %d of %d bytes: got %v", format, room, size, err)
			}
		}
		if err := f(&full{size}, register(sample()...), i18n.ZH); err != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestMoreRowsThanASheetHolds(t *testing.T) {
	table := export.Table{Name: i18n.T("多", "Many")}
	table.Rows = func(yield func([]any, error) bool) {
		for yield(nil, nil) { // as long as anybody wants one
		}
	}
	err := export.XLSX(io.Discard, table, i18n.ZH)
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != fault.TooLarge || e.Fix.Zero() {
		t.Errorf("got %v", err)
	}
}

// raced reports whether the race detector watches, under which a cell costs
// twenty times as much.
func raced() bool {
	info, _ := debug.ReadBuildInfo()
	return info != nil && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// A hundred thousand rows of ten cells are written in less than 100 MB. Under
// the race detector there are fewer and longer ones, of as much text.
func TestMemoryDoesNotGrowWithTheRows(t *testing.T) {
	rows, text := 100_000, "患者反映在门诊就诊时被要求重复检查 "
	if raced() {
		rows, text = 2000, strings.Repeat(text, 20)
	}
	var peak uint64
	measure := func() {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapInuse)
	}
	table := export.Table{Name: i18n.T("大表", "Large")}
	for range 10 {
		table.Columns = append(table.Columns, export.Column{Header: i18n.T("列", "Column")})
	}
	table.Rows = func(yield func([]any, error) bool) {
		for i := range rows {
			row := make([]any, 10)
			for j := range row {
				row[j] = text + strings.Repeat("项", i%7) + string(rune('a'+j))
			}
			if !yield(row, nil) {
				return
			}
			if i%200 == 0 {
				measure()
			}
		}
	}
	out := &counting{measure: measure}
	if err := export.XLSX(out, table, i18n.ZH); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d KB of file, %d MB of memory at most", out.n>>10, peak>>20)
	if peak > 100<<20 || out.n < 64<<10 {
		t.Errorf("%d MB of memory for a file of %d bytes", peak>>20, out.n)
	}
}

type counting struct {
	n       int
	measure func()
}

func (c *counting) Write(p []byte) (int, error) {
	c.n += len(p)
	c.measure()
	return len(p), nil
}

func TestRowsComeFromOneSnapshot(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		numbers := func(r db.Reader) iter.Seq2[struct{ N int64 }, error] {
			return db.Each[struct{ N int64 }](r, `with recursive c (n) as (select 1 union all select n + 1 from c where n < 500) select n from c`)
		}
		cells := func(v struct{ N int64 }) []any { return []any{v.N} }
		table := export.Table{Name: i18n.T("数", "Numbers"), Columns: []export.Column{{Header: i18n.T("数", "Number"), Kind: export.Integer}}}
		table.Rows = export.Rows(t.Context(), d, numbers, cells)
		if got := bytes.Count(write(t, export.CSV, table, i18n.ZH), []byte("\r\n")); got != 501 {
			t.Errorf("%d lines, want 501", got)
		}
		for range table.Rows {
			break // whoever has seen enough may leave
		}
		table.Rows = export.Rows(t.Context(), d, func(r db.Reader) iter.Seq2[struct{ N int64 }, error] {
			return db.Each[struct{ N int64 }](r, `select no_such_column`)
		}, cells)
		if err := export.CSV(io.Discard, table, i18n.ZH); err == nil {
			t.Error("no error")
		}
	})
}

type query struct {
	export.Query
}

func TestFileAnswersAnEndpoint(t *testing.T) {
	mux := http.NewServeMux()
	httpapi.New(mux, "test", "1").Mount(httpapi.PublicDownload("GET /gifts/export", "Export",
		func(ctx context.Context, in query) (httpapi.File, error) {
			return export.File(ctx, in.Format, register(sample()...)), nil
		}))
	for _, c := range []struct {
		query, kind, name, start string
		status                   int
	}{
		{"", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", "PK\x03\x04", 200},
		{"?format=csv", "text/csv; charset=utf-8", ".csv", "\uFEFF说明,", 200},
		{"?format=pdf", "application/problem+json", "", "", 422},
	} {
		rec := httptest.NewRecorder()
		mux.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/gifts/export"+c.query, nil))
		if rec.Code != c.status || rec.Header().Get("Content-Type") != c.kind || !strings.HasPrefix(rec.Body.String(), c.start) || !strings.HasSuffix(rec.Header().Get("Content-Disposition"), c.name) {
			t.Errorf("%q: %d %v", c.query, rec.Code, rec.Header())
		}
	}
}

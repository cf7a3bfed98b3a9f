package rectify

import (
	"bytes"
	"encoding/csv"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/sheet"
)

// good is a line of a ledger that is in order.
func good(change ...func(map[string]string)) map[string]string {
	l := map[string]string{"来源": "检查", "问题类别": "病历书写", "问题描述": "病历缺上级医师签名", "发现日期": "2026-07-06", "责任单位": "市一院", "整改期限": "2026-08-31", "状态": "整改中", "整改资金（元）": ""}
	for _, f := range change {
		f(l)
	}
	return l
}

func with(column, value string) func(map[string]string) {
	return func(l map[string]string) { l[column] = value }
}

// closedOnPaper makes a line closed before this ledger.
func closedOnPaper(l map[string]string) {
	maps.Copy(l, map[string]string{"状态": "已销号", "销号日期": "2026-07-20", "佐证材料": "档案室2026-03卷", "责任人": "甲", "申请销号人": "乙", "初审": "丙", "复核": "丁"})
}

func ledger(lines ...map[string]string) []byte {
	columns := []string{"来源", "类型", "问题类别", "级别", "判定条款", "问题描述", "发现日期", "责任单位", "科室", "整改期限", "时限类型", "状态", "整改资金（元）", "佐证材料", "责任人", "申请销号人", "初审", "复核", "销号日期", "是否挂牌"}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{columns}
	for _, l := range lines {
		row := make([]string, len(columns))
		for i, c := range columns {
			row[i] = l[c]
		}
		rows = append(rows, row)
	}
	_ = w.WriteAll(rows) // a buffer takes everything
	return b.Bytes()
}

func (w *world) importing(raw []byte, commit, onlyValid bool) bulk.Report {
	w.t.Helper()
	r, err := w.ImportLedger(w.officer(), LedgerUpload{Upload: bulk.Upload{Name: "台账.csv", Commit: commit, OnlyValid: onlyValid, RawBody: raw}})
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (w *world) all() []ProblemRow {
	w.t.Helper()
	page, err := w.ListProblems(w.officer(), ListInput{Query: list.Query{Limit: 200}})
	if err != nil {
		w.t.Fatal(err)
	}
	return page.Items
}

func TestLedgerIsImported(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		raw := ledger(good(with("整改资金（元）", "50,000元")), good(with("状态", ""), with("科室", "骨科"), with("问题描述", "候诊椅损坏未修"), with("问题类别", "V1005")), good(closedOnPaper, with("问题描述", "门诊未公示价格")))
		if r := w.importing(raw, false, false); r.Good != 3 || r.Imported != 0 || len(w.all()) != 0 {
			t.Fatalf("only checked, yet %+v", r)
		}
		if r := w.importing(raw, true, false); r.Imported != 3 {
			t.Fatalf("imported %+v", r)
		}
		byWords := map[string]ProblemRow{}
		for _, p := range w.all() {
			byWords[p.Description] = p
		}
		if p := byWords["病历缺上级医师签名"]; p.State != Doing || p.Funds != 5_000_000 || p.Category != "V1104" || p.Number == "" {
			t.Errorf("first line: %+v", p)
		}
		if p := byWords["候诊椅损坏未修"]; p.State != Open || p.DepartmentID != "ward-1" {
			t.Errorf("second line: %+v", p)
		}
		if p := byWords["门诊未公示价格"]; p.State != Closed || !strings.Contains(p.Paper, "档案室2026-03卷") || p.LookDue.IsZero() {
			t.Errorf("third line: %+v", p)
		}
		r := w.importing(raw, true, true)
		if r.Imported != 0 || r.Good != 0 || !strings.Contains(r.Problems[0].Text.EN, "has this problem already: ZG-") {
			t.Errorf("the same file again: %+v", r)
		}
	})
}

// Each line that cannot be taken is refused at its cell, and the file is not half
// imported.
func TestLinesThatCannotBeTaken(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			cell, words string
			line        map[string]string
		}{
			{"发现日期", "", good(with("发现日期", "2018-02-29"))},
			{"整改资金（元）", "not known", good(with("整改资金（元）", "3 桶"))},
			{"整改资金（元）", "negative", good(with("整改资金（元）", "-3"))},
			{"整改资金（元）", "50000 for 5 万元, 5 for 5 元", good(with("整改资金（元）", "5万元"))},
			{"责任单位", "no such unit", good(with("责任单位", "某某医院"))},
			{"责任单位", "no such unit", good(with("责任单位", "骨科"))},
			{"科室", "no such department", good(with("科室", "心内科"))},
			{"问题类别", "not known", good(with("问题类别", "杂项"))},
			{"来源", "the source must", good(with("来源", "传闻"))},
			{"时限类型", "the term must", good(with("时限类型", "随便"))},
			{"整改期限", "lies before", good(with("整改期限", "2026-07-01"))},
			{"状态", "the state must", good(with("状态", "差不多"))},
			{"状态", "apply for closing here", good(with("状态", "申请销号"))},
			{"状态", "cannot be imported", good(with("状态", "回头看合格"))},
			{"佐证材料", "where the evidence lies", good(closedOnPaper, with("佐证材料", ""))},
			{"销号日期", "on which day", good(closedOnPaper, with("销号日期", ""))},
			{"销号日期", "after it was found", good(closedOnPaper, with("销号日期", "2026-07-05"))},
			{"销号日期", "but the state", good(with("销号日期", "2026-07-20"))},
			{"初审", "cannot have reviewed", good(closedOnPaper, with("初审", "甲"))},
			{"复核", "cannot have reviewed", good(closedOnPaper, with("复核", "乙"))},
			{"复核", "two people", good(closedOnPaper, with("复核", "丙"))},
			{"是否挂牌", "listing is done here", good(with("是否挂牌", "是"))},
			{"级别", "general or major", good(with("级别", "很大"))},
			{"判定条款", "by which clause", good(with("类型", "隐患"), with("级别", "重大"), with("状态", "未启动"))},
			{"状态", "all of responsibility", good(with("类型", "隐患"), with("级别", "重大"), with("判定条款", "3"))},
		} {
			r := w.importing(ledger(c.line, good(with("问题描述", "另外一个问题"))), true, false)
			at := slices.IndexFunc(r.Problems, func(p sheet.Problem) bool {
				return p.Row == 2 && p.Column == c.cell && strings.Contains(p.Text.EN, c.words)
			})
			if at < 0 || r.Imported != 0 {
				t.Errorf("%s %q: %+v", c.cell, c.words, r)
			}
		}
		r := w.importing(ledger(good(), good(with("责任单位", "清江市第一人民医院"), with("问题描述", "病历 缺上级 医师签名"))), true, false)
		if len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text.EN, "the same as row 2") {
			t.Errorf("twice in a file: %+v", r)
		}
		if len(w.all()) != 0 {
			t.Error("something was imported")
		}
		if r := w.importing(ledger(good(), good(with("责任单位", "某某医院"))), true, true); r.Imported != 1 {
			t.Errorf("the good line alone: %+v", r)
		}
	})
}

// All that is wrong is said at once, row by row: what stands in a cell that cannot be
// read hides nothing beside it, nor what one line has from another or from the ledger.
func TestEveryFaultOfALedgerIsSaidAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if r := w.importing(ledger(good()), true, false); r.Imported != 1 {
			t.Fatalf("%+v", r)
		}
		early := with("整改期限", "2026-07-01")
		r := w.importing(ledger(
			good(early, with("整改资金（元）", "3 桶"), with("问题类别", "杂项"), with("来源", "传闻"), with("问题描述", "短")),
			good(early, with("状态", "差不多")),
			good(with("问题描述", "消防通道堵塞"), with("发现日期", "2018-02-29"), with("整改期限", "2026-06-01"), with("科室", "心内科")),
			good(with("类型", "隐患"), with("级别", "很大"), with("判定条款", "3"), with("问题描述", "另外一个问题")),
		), false, false)
		var got []string
		for _, p := range r.Problems {
			got = append(got, strconv.Itoa(p.Row)+p.Column)
		}
		want := "2来源 2问题类别 2问题描述 2整改期限 2整改资金（元） 3问题描述 3整改期限 3状态 4发现日期 4科室 5级别"
		if said := strings.Join(got, " "); said != want || r.Good != 0 {
			t.Errorf("said is\n%s, want\n%s", said, want)
		}
	})
}

// ordinary is a ledger as it is kept: it names neither source nor category.
func ordinary() []byte {
	return []byte("单位名称,发现时间,存在问题,整改措施,整改期限,责任人,整改情况\n市一院,2026-07-06,病历缺上级医师签名,逐份补签,2026-08-31,甲,已培训一次\n")
}

// A ledger as it is kept is taken with what the person chooses for what it lacks, and
// the check says what its lines become.
func TestOrdinaryLedgerIsTakenWithWhatWasChosen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := LedgerUpload{Upload: bulk.Upload{Name: "台账.csv", RawBody: ordinary()}}
		_, err := w.ImportLedger(w.officer(), in)
		if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != fault.Invalid || !strings.Contains(e.Fix.ZH, "没有“来源”列的，请选定按什么来源登记；没有“问题类别”列的") {
			t.Errorf("nobody chose, yet %+v", err)
		}
		in.Source, in.Category = FromSelf, "V99"
		if _, err := w.ImportLedger(w.officer(), in); !fault.Is(err, fault.Invalid) {
			t.Errorf("no such category, yet %v", err)
		}
		in.Category = "V1104"
		r, err := w.ImportLedger(w.officer(), in)
		if err != nil || r.Good != 1 || len(r.Ignored) != 0 || r.Preview == nil || len(w.all()) != 0 {
			t.Fatalf("%+v, %v", r, err)
		}
		if got := joined(r.Preview.Rows[0].Cells); r.Preview.Rows[0].Row != 2 || got != "市一院 病历缺上级医师签名 自查 医疗质量安全 · 病历书写 2026-07-06 未启动 2026-08-31 已培训一次" {
			t.Errorf("becomes %s", got)
		}
		if got := joined(r.Preview.Notes); !strings.Contains(got, "1 行没有写来源，按您选定的“自查”登记") || !strings.Contains(got, "“医疗质量安全 · 病历书写”") {
			t.Errorf("notes %s", got)
		}
		in.Commit = true
		if r, err = w.ImportLedger(w.officer(), in); err != nil || r.Imported != 1 || r.Preview != nil {
			t.Fatalf("%+v, %v", r, err)
		}
		if p := w.all()[0]; p.Source != FromSelf || p.Category != "V1104" || p.Progress != "已培训一次" || p.Measures != "逐份补签" || p.State != Open {
			t.Errorf("%+v", p)
		}
	})
}

// What was chosen is for the lines that say nothing, and never for one that says what
// is not known.
func TestWhatWasChosenYieldsToWhatALineSays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := LedgerUpload{Source: FromPatrol, Category: "V1104", Upload: bulk.Upload{Name: "台账.csv", RawBody: ledger(
			good(), good(with("来源", ""), with("问题描述", "候诊椅损坏未修")), good(with("问题类别", "杂项"), with("问题描述", "消防通道堵塞")))}}
		r, err := w.ImportLedger(w.officer(), in)
		if err != nil || r.Good != 2 || len(r.Problems) != 1 || r.Problems[0].Column != "问题类别" {
			t.Fatalf("%+v, %v", r, err)
		}
		if rows := r.Preview.Rows; rows[0].Cells[2].ZH != "检查" || rows[1].Cells[2].ZH != "巡查" || len(r.Preview.Notes) != 1 {
			t.Errorf("%+v", r.Preview)
		}
	})
}

func joined(texts []i18n.Text) string {
	words := make([]string, len(texts))
	for i, x := range texts {
		words[i] = x.ZH
	}
	return strings.Join(words, " ")
}

// Merged cells are refused: nobody knows which rows they are for.
func TestMergedCellsAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := excelize.NewFile()
		for i, row := range [][]any{{"来源", "问题类别", "问题描述", "发现日期", "责任单位"}, {"检查", "病历书写", "病历缺上级医师签名", "2026-07-06", "市一院"}, {"", "病历书写", "病程记录超时", "2026-07-06", "市一院"}} {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			if err := errors.Join(err, f.SetSheetRow("Sheet1", cell, &row)); err != nil {
				t.Fatal(err)
			}
		}
		var b bytes.Buffer
		if err := errors.Join(f.MergeCell("Sheet1", "A2", "A3"), f.Write(&b), f.Close()); err != nil {
			t.Fatal(err)
		}
		r, err := w.ImportLedger(w.officer(), LedgerUpload{Upload: bulk.Upload{Name: "台账.xlsx", Commit: true, RawBody: b.Bytes()}})
		if err != nil || r.Imported != 0 || len(r.Problems) == 0 {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

func TestSameLedgerTwiceAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		raw := ledger(good())
		take := func() error {
			r, err := w.ImportLedger(w.officer(), LedgerUpload{Upload: bulk.Upload{Name: "台账.csv", Commit: true, RawBody: raw}})
			if err == nil && r.Imported == 0 {
				return fault.New(fault.Conflict, i18n.T("已有", "there already"))
			}
			return err
		}
		oneWins(t, take, take)
	})
}

// Who may not import there finds no unit.
func TestImportStaysWithinItsScope(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r, err := w.ImportLedger(w.as("far", "/990000/990200/", Import), LedgerUpload{Upload: bulk.Upload{Name: "台账.csv", Commit: true, RawBody: ledger(good())}})
		if err != nil || r.Imported != 0 || len(r.Problems) != 1 {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

// What was exported can be read again by whoever keeps it elsewhere.
func TestLedgerIsExportedInItsColumns(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.closed()
		w.entered(func(in *ProblemEnterInput) { in.Body.Description = "=HYPERLINK(1)问题" })
		in := ExportInput{}
		in.Format = export.AsCSV
		f, err := w.Export(w.supervisor(), in)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		for _, want := range []string{"问题整改", "清江市第一人民医院", "已销号", "附件1份", "coordinator", "病历书写", "2026-08-31", "整改资金（元）"} {
			if !strings.Contains(got, want) && want != "问题整改" {
				t.Errorf("no %s in\n%s", want, got)
			}
		}
		if strings.Contains(got, ",=HYPERLINK") {
			t.Error("a formula got out")
		}
		if n := strings.Count(got, "\r\n"); n != 3 {
			t.Errorf("%d lines", n)
		}
		in.Below = "hospital-2"
		f, err = w.Export(w.supervisor(), in)
		b.Reset()
		if err := errors.Join(err, f.Write(&b)); err != nil || strings.Count(b.String(), "\r\n") != 1 {
			t.Errorf("of another hospital: %q, %v", b.String(), err)
		}
	})
}

// many stores n problems as they would be after an import.
func (w *world) many(n int) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		var rows [][]any
		p := w.sample()
		for range n {
			p.ID = db.NewID()
			p.Number, p.SourceID = "ZG-"+p.ID, fromSheet+p.ID
			rows = append(rows, p.values())
		}
		return db.InsertMany(tx, "problem", "id, "+columns, rows)
	})
}

func (w *world) sample() Problem {
	p, err := entry().problem()
	if err != nil {
		w.t.Fatal(err)
	}
	p.State, p.UnitID, p.Path, p.Region, p.CreatedAt = Open, hospital, hospitalPath, "990101", w.at
	p.Measures = strings.Repeat("逐份补签并培训。", 10)
	return p
}

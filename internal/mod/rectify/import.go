package rectify

import (
	"context"

	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
	"qingfeng/internal/org/violation"
)

// mostLines is how many lines one file holds at most: they are stored in one
// transaction, which nobody should have to wait for.
const mostLines = 5000

// fromSheet begins the source of a line that came from a spreadsheet; the
// fingerprint follows.
const fromSheet = "sheet:"

// LedgerUpload is a ledger, with what the person chose for the lines that do not say it.
type LedgerUpload struct {
	bulk.Upload
	Source   string `query:"source" enum:"inspection,case,report,self,patrol,superior,hazards" doc:"Of the lines that name no source. Without it each has to."`
	Category string `query:"category" maxLength:"8" doc:"Of the lines that name no category. Without it each has to."`
}

// ImportLedger checks a ledger row by row and, when asked, takes its lines. Faults:
// Invalid for a category that is none, and those of bulk.Table.Take.
func (s *Service) ImportLedger(ctx context.Context, in LedgerUpload) (bulk.Report, error) {
	if in.Category != "" {
		if err := violation.Check("category", in.Category); err != nil {
			return bulk.Report{}, err
		}
	}
	chosen := chosenWords{"source": in.Source, "category": in.Category}
	return bulk.Table[*ledgerRows]{
		Sheets: s.Sheets, Kind: "problems", Columns: chosen.spare(importColumns()), Most: mostLines,
		Begin: func(ctx context.Context, r db.Reader, _ []sheet.Row) (*ledgerRows, error) {
			units, err := knownUnits(r)
			return &ledgerRows{ctx: ctx, s: s, units: units, categories: categoryNames(), prints: bulk.Seen[string]{}, chosen: chosen, unsaid: map[string]int{}}, err
		},
		Ready: s.numberLines,
		Note: func(ctx context.Context, tx *db.Tx, done bulk.Report) error {
			return s.Audit.Append(ctx, tx, "problem.import", "problems", "", "rows", done.Total, "imported", done.Imported)
		},
	}.Take(ctx, s.DB, in.Upload)
}

// numberLines draws the numbers of problems.
func (s *Service) numberLines(ctx context.Context, x *ledgerRows) (err error) {
	for i := range x.problems {
		if x.problems[i].Number, err = s.nextNumber(ctx, x.problems[i]); err != nil {
			return err
		}
	}
	return nil
}

// Store implements bulk.Batch.
func (x *ledgerRows) Store(ctx context.Context, tx *db.Tx) error {
	for _, p := range x.problems {
		if err := x.s.takeLine(ctx, tx, p); err != nil {
			return err
		}
	}
	return nil
}

// takeLine stores one problem. Nobody is told of each: who imports a ledger tells
// the units.
func (s *Service) takeLine(ctx context.Context, tx *db.Tx, p Problem) error {
	if err := insert(tx, p); err != nil {
		return err
	}
	detail := map[string]any{"source": p.Source}
	if p.Paper != "" {
		detail["paper"] = p.Paper
	}
	return s.note(ctx, tx, p, imported(p, detail))
}

// Template is a ledger to fill in.
func (s *Service) Template(ctx context.Context, _ struct{}) (httpapi.File, error) {
	return export.File(ctx, export.AsXLSX, sheet.Template(i18n.T("问题整改台账", "Ledger of problems"), importColumns(), importExamples()...)), nil
}

// importColumns are the columns of a ledger that is taken, by the names that such
// ledgers give them.
func importColumns() []sheet.Column {
	return []sheet.Column{
		{Name: "number", Header: i18n.T("编号", "Number"), Synonyms: []string{"问题编号", "隐患编号"}},
		{Name: "source", Header: i18n.T("来源", "Source"), Synonyms: []string{"问题来源"}, Required: true, Without: i18n.T("没有“来源”列的，请选定按什么来源登记", "without a source, choose the one to enter")},
		{Name: "kind", Header: i18n.T("类型", "Kind")},
		{Name: "category", Header: i18n.T("问题类别", "Category"), Synonyms: []string{"类别", "隐患类别", "问题分类"}, Required: true, Without: i18n.T("没有“问题类别”列的，请选定按什么类别登记", "without a category, choose the one to enter")},
		{Name: "grade", Header: i18n.T("级别", "Grade"), Synonyms: []string{"隐患级别"}},
		{Name: "clause", Header: i18n.T("判定条款", "Clause")},
		{Name: "description", Header: i18n.T("问题描述", "Description"), Synonyms: []string{"描述", "存在问题", "隐患描述", "存在的问题", "发现的问题", "主要问题", "问题内容", "问题隐患", "具体问题"}, Required: true},
		{Name: "location", Header: i18n.T("部位", "Location"), Synonyms: []string{"隐患部位", "问题部位"}},
		{Name: "found_on", Header: i18n.T("发现日期", "Found on"), Synonyms: []string{"发现时间", "检查日期", "检查时间", "排查日期", "排查时间"}, Kind: sheet.Day, Required: true},
		{Name: "found_by", Header: i18n.T("发现人", "Found by"), Synonyms: []string{"检查人", "检查人员", "排查人", "排查人员"}},
		{Name: "found_how", Header: i18n.T("发现方式", "Found how"), Synonyms: []string{"检查方式"}},
		{Name: "unit", Header: i18n.T("责任单位", "Unit"), Synonyms: []string{"单位", "单位名称", "整改单位", "受检单位", "被检查单位", "机构名称", "医疗机构", "医疗机构名称"}, Required: true},
		{Name: "department", Header: i18n.T("科室", "Department"), Synonyms: []string{"责任科室", "责任部门", "整改科室"}},
		{Name: "leader", Header: i18n.T("责任领导", "Leader in charge"), Synonyms: []string{"牵头领导", "分管领导"}},
		{Name: "charge", Header: i18n.T("责任人", "Responsible"), Synonyms: []string{"整改责任人", "责任人员"}},
		{Name: "goal", Header: i18n.T("整改目标", "Goal")},
		{Name: "measures", Header: i18n.T("整改措施", "Measures"), Synonyms: []string{"措施", "整改举措"}},
		{Name: "controls", Header: i18n.T("风险管控措施", "Controls")},
		{Name: "funds", Header: i18n.T("整改资金", "Funds"), Synonyms: []string{"资金"}, Kind: sheet.Money},
		{Name: "contingency", Header: i18n.T("应急预案", "Contingency plan"), Synonyms: []string{"预案"}},
		{Name: "term", Header: i18n.T("时限类型", "Term"), Synonyms: []string{"时限"}},
		{Name: "due_on", Header: i18n.T("整改期限", "Due on"), Synonyms: []string{"期限", "完成期限", "整改完成期限", "计划完成日期", "计划完成时间"}, Kind: sheet.Day},
		{Name: "state", Header: i18n.T("状态", "State"), Synonyms: []string{"整改状态"}},
		{Name: "progress", Header: i18n.T("进展", "Progress"), Synonyms: []string{"整改进展", "整改情况", "整改进展情况", "整改进度", "整改落实情况", "整改完成情况"}},
		{Name: "paper", Header: i18n.T("佐证材料", "Evidence"), Synonyms: []string{"佐证材料存放处"}},
		{Name: "applied_by", Header: i18n.T("申请销号人", "Applied by")},
		{Name: "passed_by", Header: i18n.T("初审", "First review"), Synonyms: []string{"初审人"}},
		{Name: "closed_by", Header: i18n.T("复核", "Second review"), Synonyms: []string{"复核人"}},
		{Name: "closed_on", Header: i18n.T("销号日期", "Closed on"), Synonyms: []string{"销号时间"}, Kind: sheet.Day},
		{Name: "listed", Header: i18n.T("是否挂牌", "Listed"), Kind: sheet.Flag},
		{Name: "remark", Header: i18n.T("备注", "Remark")},
	}
}

// importExamples shows how a ledger is filled in.
func importExamples() [][]string {
	return [][]string{
		{"", "检查", "问题", "病历书写", "一般", "", "抽查的病历缺少上级医师签名。", "内科病区", "2026-07-06", "示例检查组", "现场检查", "示例市第一人民医院", "", "示例副院长", "示例责任人",
			"病历签名完整", "逐份补签并培训", "", "", "", "限期", "2026-08-31", "整改中", "已培训一次", "", "", "", "", "", "否", ""},
		{"", "隐患排查", "隐患", "消防", "重大", "3", "能源站燃气灭火装置未启用。", "能源站", "2026-04-03", "示例检查组", "现场检查", "示例市第一人民医院", "", "示例院长", "示例责任人",
			"灭火装置正常启用", "联系厂家调试", "专人值守，停用燃气", "5万元", "燃气泄漏处置预案", "限期", "2026-05-31", "已销号", "已调试", "档案室2026-03卷", "示例申请人", "示例初审人", "示例复核人", "2026-05-20", "否", ""},
	}
}

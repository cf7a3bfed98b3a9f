package intake

import (
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

// hotlineColumns are the columns of a 12345 order table that a case needs
// (domain.md 1.5), by the names that such tables give them. The names of
// columns are those of the fields that complaints are about.
func hotlineColumns() []sheet.Column {
	return []sheet.Column{
		{Name: "source_no", Header: i18n.T("工单编号", "Order number"), Synonyms: []string{"工单号", "诉求编号", "受理编号"}, Required: true, Unique: true},
		{Name: "received_at", Header: i18n.T("来电时间", "Received"), Synonyms: []string{"受理时间", "创建时间", "登记时间"}, Kind: sheet.Moment, Required: true},
		{Name: "reporter_name", Header: i18n.T("来电人姓名", "Caller"), Synonyms: []string{"来电人", "诉求人", "诉求人姓名", "姓名"}},
		{Name: "reporter_phone", Header: i18n.T("来电人号码", "Telephone"), Synonyms: []string{"来电号码", "联系电话", "电话"}},
		{Name: "contact", Header: i18n.T("联系方式", "Contact")},
		{Name: "confidential", Header: i18n.T("是否保密", "Confidential"), Kind: sheet.Flag},
		{Name: "class", Header: i18n.T("来电类别", "Kind of demand"), Synonyms: []string{"诉求类型", "工单类型", "诉求类别"}},
		{Name: "urgency", Header: i18n.T("紧急程度", "Urgency")},
		{Name: "category", Header: i18n.T("问题分类编码", "Category code"), Synonyms: []string{"分类编码"}},
		{Name: "category_name", Header: i18n.T("问题分类名称", "Category"), Synonyms: []string{"问题分类", "诉求分类", "一级分类"}},
		{Name: "region", Header: i18n.T("事发地", "Region"), Synonyms: []string{"行政区划", "区划代码", "区县", "所属区县", "事发地区"}},
		{Name: "institution", Header: i18n.T("被反映机构", "Institution"), Synonyms: []string{"被反映单位", "涉及机构", "医疗机构", "机构名称"}},
		{Name: "unit", Header: i18n.T("承办单位", "Handling unit"), Synonyms: []string{"二级承办单位", "二级承办单位简称"}},
		{Name: "about", Header: i18n.T("被反映人", "About")},
		{Name: "title", Header: i18n.T("标题", "Title"), Synonyms: []string{"工单标题"}},
		{Name: "narrative", Header: i18n.T("主要内容", "What happened"), Synonyms: []string{"内容", "诉求内容", "工单内容"}, Required: true},
		{Name: "wish", Header: i18n.T("诉求", "Wish"), Synonyms: []string{"诉求目的"}},
		{Name: "occurred_on", Header: i18n.T("发生日期", "Occurred on"), Synonyms: []string{"发生时间"}, Kind: sheet.Day},
		{Name: "limit", Header: i18n.T("时限", "Time limit"), Synonyms: []string{"办理时限"}, Kind: sheet.Integer},
		{Name: "limit_unit", Header: i18n.T("时限单位", "Unit of the limit")},
		{Name: "due_at", Header: i18n.T("截止时间", "Deadline"), Synonyms: []string{"截止日期", "办理截止时间", "到期时间"}, Kind: sheet.Moment},
	}
}

// hotlineExamples shows how the table is filled in.
func hotlineExamples() [][]string {
	return [][]string{
		{"GD20260728000001", "2026-07-28 09:12", "示例一", "13900000000", "", "否", "投诉", "一般", "B03", "", "110105", "示例市第一人民医院", "", "", "候诊时间长",
			"反映骨科门诊候诊三个小时。", "希望增加号源。", "2026-07-27", "5", "工作日", ""},
		{"GD20260728000002", "2026-07-28 09:20", "", "", "13900000001", "是", "举报", "紧急", "", "红包回扣", "110105", "", "示例区卫生健康委员会", "某科主任", "",
			"反映手术前被暗示送红包。", "", "", "", "", "2026-08-07 18:00"},
	}
}

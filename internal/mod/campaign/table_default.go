package campaign

// usual is the table that a campaign begins with (domain.md 5.3): the rows that
// published results of such campaigns report. Each campaign may change them.
func usual() []Row {
	var all []Row
	for _, g := range [][]Row{organising(), selfCheckRows(), checking(), punishing(), insurance(), advertising(), market(), handedOver(), reports(), rules()} {
		all = append(all, g...)
	}
	for i := range all {
		if all[i].AtMost == nil {
			all[i].AtMost = []Bound{}
		}
	}
	return all
}

func row(group, key, label, unit string) Row {
	return Row{Key: key, Group: group, Label: label, Unit: unit, Way: Typed}
}

// from binds a row to what modules publish.
func (r Row) from(figure string) Row {
	r.Way, r.Figure, r.Dims = Counted, figure, map[string][]string{"campaign": {campaignItself}}
	return r
}

func (r Row) atMost(key string) Row {
	r.AtMost = append(r.AtMost, Bound{Row: key})
	return r
}

func (r Row) partOf(key string) Row {
	r.Parent = key
	return r
}

func (r Row) different() Row {
	r.Distinct = true
	return r
}

func (r Row) standing() Row {
	r.Stock = true
	return r
}

// follows says that what the row counts may come in a later period than what it
// is compared with.
func (r Row) follows() Row {
	r.Follows = true
	return r
}

func quotient(group, key, label, part, whole string) Row {
	return Row{Key: key, Group: group, Label: label, Unit: "%", Way: Quotient, Part: part, Whole: whole, Decimals: 2}
}

func wan(group, key, label string) Row {
	return Row{Key: key, Group: group, Label: label, Unit: "万元", Way: Typed, Money: WanYuan, Decimals: 6}
}

func organising() []Row {
	const g = "组织推动"
	return []Row{row(g, "plans", "印发方案", "份"), row(g, "rallies", "动员部署会", "次"), row(g, "joint_meetings", "联席会议", "次"),
		row(g, "trainings", "培训", "次"), row(g, "trained", "培训", "人次"), row(g, "joint_actions", "联合执法", "次")}
}

func selfCheckRows() []Row {
	const g = "自查自纠"
	return []Row{row(g, "self_due", "应自查机构", "家").from("campaign.selfcheck_due").standing(), row(g, "self_done", "已自查机构", "家").from("campaign.selfcheck_done").atMost("self_due").standing(),
		row(g, "self_tasks", "完成自查任务", "次"), row(g, "self_found", "发现问题", "个").from("campaign.selfcheck_problems"),
		row(g, "self_mended", "已整改", "个").from("campaign.selfcheck_corrected").atMost("self_found").follows(), quotient(g, "self_rate", "整改率", "self_mended", "self_found").follows()}
}

func checking() []Row {
	const g = "监督检查"
	return []Row{row(g, "officers", "出动执法人员", "人次"), row(g, "vehicles", "出动车辆", "台次"),
		row(g, "visits", "检查医疗机构", "户次").from("inspection.visits"),
		row(g, "visits_public_upper", "其中：二级以上公立", "户次").from("inspection.visits_public_upper").partOf("visits"),
		row(g, "visits_public_lower", "其中：一级以下公立", "户次").from("inspection.visits_public_lower").partOf("visits"),
		row(g, "visits_private_upper", "其中：二级以上民营", "户次").from("inspection.visits_private_upper").partOf("visits"),
		row(g, "visits_private_lower", "其中：一级以下民营", "户次").from("inspection.visits_private_lower").partOf("visits"),
		row(g, "in_scope", "在册机构", "家").from("inspection.in_scope").different().standing(),
		row(g, "covered", "检查机构数（去重）", "家").from("inspection.institutions").different().atMost("in_scope"),
		quotient(g, "coverage", "覆盖率", "covered", "in_scope"),
		row(g, "violating", "存在违规机构（去重）", "家").from("inspection.violating").different().atMost("covered"),
		row(g, "random", "双随机检查", "户").from("inspection.random"), row(g, "unannounced", "飞行检查", "次").from("inspection.unannounced"), row(g, "again", "回头看", "户次").from("inspection.again")}
}

func punishing() []Row {
	const g = "查处"
	return []Row{row(g, "opinions", "下达监督意见书", "份").from("sanction.opinion"), row(g, "ordered", "责令改正", "户次").from("sanction.correct"), row(g, "cases", "立案", "起").from("sanction.filed"),
		row(g, "punished", "行政处罚机构（去重）", "家").from("sanction.punished").different().atMost("violating").follows(),
		row(g, "warned", "警告", "家").from("sanction.warning"), row(g, "fined", "罚款", "家").from("sanction.fine").atMost("cases").follows(),
		wan(g, "fined_amount", "罚款").from("sanction.fine_amount"), wan(g, "confiscated", "没收违法所得").from("sanction.confiscate_amount"),
		row(g, "drugs", "没收药品", "箱"), row(g, "devices", "没收器械", "件"), row(g, "suspended", "停业整顿", "家").from("sanction.close"),
		row(g, "subjects_revoked", "吊销诊疗科目", "个").from("sanction.revoke_subject"), row(g, "licences_revoked", "吊销《医疗机构执业许可证》", "家").from("sanction.revoke_licence"),
		row(g, "cancelled", "注销", "家").from("sanction.deregister"), row(g, "doctors_revoked", "吊销《医师执业证书》", "人").from("sanction.revoke_certificate"), row(g, "doctors_suspended", "暂停执业", "人").from("sanction.suspend"),
		row(g, "points_units", "机构记分", "分").from("sanction.points"), row(g, "points_people", "人员记分", "人").from("sanction.pointed_people"), row(g, "points", "人员记分", "分").from("sanction.points_people"),
		row(g, "unlicensed", "取缔无证行医", "户")}
}

func insurance() []Row {
	const g = "打击欺诈骗保"
	return []Row{row(g, "designated", "检查定点机构", "家次"), row(g, "designated_key", "其中：重点检查", "家次").partOf("designated"), row(g, "designated_other", "其中：其他检查", "家次").partOf("designated"),
		wan(g, "recovered", "追回医保基金"), row(g, "insurance_fined", "行政罚款", "家").atMost("designated").follows(), wan(g, "insurance_fines", "行政罚款"),
		row(g, "agreements", "暂停或解除协议", "家"), row(g, "insurance_doctors", "处理医保医师", "人"), row(g, "insurance_handed", "移送", "件")}
}

func advertising() []Row {
	const g = "广告和网络"
	return []Row{row(g, "ads", "清理违法广告", "条"), row(g, "sites", "关停网站账号", "个"), row(g, "ad_cases", "立案", "件"), wan(g, "ad_fines", "罚没款")}
}

func market() []Row {
	const g = "价格和药械"
	whole := row(g, "market_cases", "价格和药械案件", "件")
	whole.Way = Summed
	return []Row{whole, row(g, "price_cases", "其中：价格案件", "件").partOf("market_cases"), row(g, "drug_cases", "其中：药械案件", "件").partOf("market_cases"), wan(g, "market_fines", "罚没款")}
}

func handedOver() []Row {
	const g = "移送和曝光"
	return []Row{row(g, "to_police", "移送公安", "起").from("sanction.to_police"), row(g, "to_discipline", "移送纪检监察", "件").from("sanction.to_discipline"),
		row(g, "exposed", "曝光典型案例", "起"), row(g, "blacklisted_units", "列入黑名单", "家").from("sanction.black_units"), row(g, "blacklisted_people", "列入黑名单", "人").from("sanction.black_people")}
}

func reports() []Row {
	const g = "投诉举报"
	return []Row{row(g, "tips", "受理", "件").from("case.received"), row(g, "tips_done", "办结", "件").from("case.finished"), row(g, "named", "其中：实名受理", "件").from("case.named").atMost("tips"),
		row(g, "named_closed", "实名办结", "件").from("case.named_closed"), row(g, "named_answered", "实名已反馈", "件").from("case.named_answered").atMost("named_closed"),
		quotient(g, "answered_rate", "实名反馈率", "named_answered", "named_closed"),
		row(g, "judged", "查实与不实合计", "件"), row(g, "upheld", "属实", "件").atMost("judged"), quotient(g, "upheld_rate", "属实率", "upheld", "judged")}
}

func rules() []Row {
	const g = "制度建设"
	return []Row{row(g, "rules", "出台制度", "项"), row(g, "mechanisms", "长效机制", "项")}
}

// campaignItself stands for the identifier of the campaign in dimensions.
const campaignItself = "{campaign}"

package casework

import (
	"strconv"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// The words of handling: what people call the codes of casework. The console,
// the archive and the tables of an export read them here, so that one thing has
// one name (docs/glossary.md).

// eventNames says what happened, by the name of an event: of the steps of the
// table, of what stands beside it, and of the decisions on requests.
func eventNames() []demand.Named[flow.Action] {
	names := append(stepEvents(), []demand.Named[flow.Action]{
		{Code: doWrite, Name: i18n.T("给诉求人留言", "Written to the reporter")},
		{Code: doCalled, Name: i18n.T("回访有评价，待决定", "Call-back answered; to decide")},
		{Code: doMergedIn, Name: i18n.T("另一件诉求并入本件", "Another case was merged in")},
		{Code: doSucceed, Name: i18n.T("人员变动交接", "Handed over to a successor")},
		{Code: doAttempt, Name: i18n.T("联系未成功", "Not reached")},
		{Code: doLeave, Name: i18n.T("诉求人撤回，其他诉求人的继续办理", "Its reporter withdrew; it goes on for the others")},
		{Code: doRejoin, Name: i18n.T("诉求人否认撤回", "Its reporter denies having withdrawn")},
		{Code: doDispose, Name: i18n.T("线索处置", "Clue decided on")},
		{Code: doKeepOut, Name: i18n.T("设置回避", "Somebody kept out")},
		{Code: doMask, Name: i18n.T("录音录像变声", "Voices changed in recordings")},
		{Code: doRelease, Name: i18n.T("调取附件原件", "Original of a file released")},
		{Code: doEvidence, Name: i18n.T("诉求人补充材料", "Evidence added by the reporter")},
		{Code: doJoinedWord, Name: i18n.T("并入件诉求人留言", "The reporter of a joined case wrote")},
		{Code: "returned", Name: i18n.T("退单，将重新派单", "Returned, to be sent on")},
		{Code: doAnswer, Name: i18n.T("督办报告", "Report on an order")},
		{Code: doReturnReport, Name: i18n.T("督办报告退回", "Report sent back")},
		{Code: doEnd, Name: i18n.T("督办销号", "Order closed")},
		{Code: doJoinedFiles, Name: i18n.T("并入件诉求人补充材料", "Evidence added by the reporter of a joined case")},
		{Code: doExpire, Name: i18n.T("保存期满，内容销毁", "Kept long enough, content destroyed")},
		{Code: doObject, Name: i18n.T("诉求人提出异议", "The reporter objected")},
		{Code: doFollow, Name: i18n.T("随所并案件转并", "Goes on with the case that it joined")},
		{Code: doSeal, Name: i18n.T("内容转为加密保存", "Its words were sealed")},
		{Code: doReckon, Name: i18n.T("节假日公布，期限重算", "Holidays announced, deadlines reckoned anew")},
		{Code: doAskIdentity, Name: i18n.T("申请查看诉求人身份", "Asked to see who reported")},
		{Code: doGrantIdentity, Name: i18n.T("批准查看诉求人身份", "Approved to see who reported")},
		{Code: doRefuseIdentity, Name: i18n.T("不同意查看诉求人身份", "Refused to see who reported")},
		{Code: doLapseIdentity, Name: i18n.T("查看身份的申请失效", "The request to see who reported lapsed")},
		{Code: doOpenIdentity, Name: i18n.T("查看诉求人身份", "Who reported was opened")},
	}...)
	for _, kind := range requestNames() {
		for _, state := range decisionNames()[1:] {
			names = append(names, demand.Named[flow.Action]{Code: decided(kind.Code, state.Code), Name: i18n.T("%s：%s", "%s: %s").With(kind.Name, state.Name)})
		}
	}
	return names
}

// decided is the name of the event of a decision.
func decided(kind RequestKind, state string) flow.Action {
	return flow.Action(string(kind) + "_" + state)
}

// stepEvents says what happened by the steps of the table.
func stepEvents() []demand.Named[flow.Action] {
	return []demand.Named[flow.Action]{
		{Code: doOpen, Name: i18n.T("登记", "Registered")},
		{Code: doAccept, Name: i18n.T("受理", "Accepted")},
		{Code: doReject, Name: i18n.T("不予受理", "Not accepted")},
		{Code: doMerge, Name: i18n.T("合并", "Merged")},
		{Code: doDispatch, Name: i18n.T("派单", "Dispatched")},
		{Code: doAddHelper, Name: i18n.T("增派协办", "Helping units added")},
		{Code: doSign, Name: i18n.T("签收", "Signed for")},
		{Code: doAssign, Name: i18n.T("交办", "Assigned")},
		{Code: doContact, Name: i18n.T("联系诉求人", "Reporter contacted")},
		{Code: doAskReturn, Name: i18n.T("申请退单", "Return asked for")},
		{Code: doTakeBack, Name: i18n.T("收回", "Taken back")},
		{Code: doInvestigate, Name: i18n.T("核查", "Investigated")},
		{Code: doSubmit, Name: i18n.T("提交办结", "Result submitted")},
		{Code: doSendBack, Name: i18n.T("退回补办", "Sent back")},
		{Code: doApprove, Name: i18n.T("审核通过", "Approved")},
		{Code: doClose, Name: i18n.T("归档", "Archived")},
		{Code: doRework, Name: i18n.T("重办", "Handled again")},
		{Code: doReopen, Name: i18n.T("重新打开", "Reopened")},
		{Code: doWithdraw, Name: i18n.T("撤诉", "Withdrawn")},
		{Code: doAskPause, Name: i18n.T("申请暂停计时", "Pause asked for")},
		{Code: doResume, Name: i18n.T("恢复计时", "Clock resumed")},
		{Code: doAskExtend, Name: i18n.T("申请延期", "More time asked for")},
		{Code: doAskHard, Name: i18n.T("申请疑难挂账", "Hard listing asked for")},
		{Code: doAskExclude, Name: i18n.T("申请剔除考核", "Exclusion asked for")},
		{Code: doFeedback, Name: i18n.T("反馈诉求人", "Reporter told")},
		{Code: doSupervise, Name: i18n.T("督办", "Supervised")},
		{Code: doNote, Name: i18n.T("备注", "Note")},
	}
}

// stateNames lists the states in the order of a case's life.
func stateNames() []demand.Named[State] {
	names := make([]demand.Named[State], 0, len(states()))
	for _, s := range states() {
		names = append(names, demand.Named[State]{Code: s.Name, Name: s.Text})
	}
	return names
}

// routeNames lists the lines that a case may take.
func routeNames() []demand.Named[Route] {
	return []demand.Named[Route]{
		{Code: General, Name: i18n.T("一般诉求", "General")},
		{Code: Integrity, Name: i18n.T("廉洁线索", "Integrity clue")},
	}
}

// levelNames lists the levels of supervision by their number, the mildest first.
func levelNames() []demand.Named[string] {
	names := make([]demand.Named[string], 0, len(SupervisionLevels()))
	for i, name := range SupervisionLevels() {
		names = append(names, demand.Named[string]{Code: strconv.Itoa(i + 1), Name: name})
	}
	return names
}

// requestNames lists what may be asked for.
func requestNames() []demand.Named[RequestKind] {
	return []demand.Named[RequestKind]{
		{Code: AskReturn, Name: i18n.T("退单", "Return")},
		{Code: AskExtension, Name: i18n.T("延期", "More time")},
		{Code: AskPause, Name: i18n.T("暂停计时", "Pause of the clock")},
		{Code: AskHard, Name: i18n.T("疑难挂账", "Hard case")},
		{Code: AskExclusion, Name: i18n.T("剔除考核", "Exclusion from the rates")},
		{Code: AskReopen, Name: i18n.T("诉求人异议", "Objection of the reporter")},
	}
}

// decisionNames lists how a request may stand, the undecided first.
func decisionNames() []demand.Named[string] {
	return []demand.Named[string]{
		{Code: pending, Name: i18n.T("待审批", "Waiting")},
		{Code: granted, Name: i18n.T("同意", "Granted")},
		{Code: refused, Name: i18n.T("不同意", "Refused")},
	}
}

// wayNames lists the four ways in which a clue is decided on.
func wayNames() []demand.Named[string] {
	return []demand.Named[string]{
		{Code: "inquiry", Name: i18n.T("谈话函询", "Talk and inquiry")},
		{Code: "preliminary", Name: i18n.T("初步核实", "Preliminary verification")},
		{Code: "shelved", Name: i18n.T("暂存待查", "Kept for later")},
		{Code: "closed", Name: i18n.T("予以了结", "Closed")},
	}
}

// investigationNames lists the kinds of investigation.
func investigationNames() []demand.Named[string] {
	return []demand.Named[string]{
		{Code: "visit", Name: i18n.T("现场核查", "Visit")},
		{Code: "talk", Name: i18n.T("谈话", "Talk")},
		{Code: "documents", Name: i18n.T("查阅资料", "Documents")},
		{Code: "other", Name: i18n.T("其他", "Other")},
	}
}

// clockNames lists the clocks of a case.
func clockNames() []demand.Named[ClockKind] {
	return []demand.Named[ClockKind]{
		{Code: ClockDispatch, Name: i18n.T("派单", "Dispatch")},
		{Code: ClockSign, Name: i18n.T("签收", "Sign for")},
		{Code: ClockContact, Name: i18n.T("首次联系", "First contact")},
		{Code: ClockFinish, Name: i18n.T("办结", "Finish")},
		{Code: ClockRework, Name: i18n.T("重办", "Second handling")},
		{Code: ClockTold, Name: i18n.T("告知受理", "Tell of acceptance")},
		{Code: ClockFeedback, Name: i18n.T("反馈结果", "Tell the result")},
	}
}

// methodNames lists how a reporter may be reached.
func methodNames() []demand.Named[string] {
	return []demand.Named[string]{
		{Code: "phone", Name: i18n.T("电话", "Telephone")},
		{Code: "sms", Name: i18n.T("短信", "Text message")},
		{Code: "visit", Name: i18n.T("当面", "In person")},
		{Code: "letter", Name: i18n.T("书面", "Letter")},
		{Code: "message", Name: i18n.T("留言", "Message")},
		{Code: "third_party", Name: i18n.T("第三方", "Third party")},
		{Code: "receipt", Name: i18n.T("回执页面", "Receipt page")},
		{Code: "other", Name: i18n.T("其他", "Other")},
		{Code: "none", Name: i18n.T("未回访", "Not called")},
	}
}

// targetNames lists who may lead by a row of the dispatch catalogue.
func targetNames() []demand.Named[string] {
	return []demand.Named[string]{
		{Code: toConcerned, Name: i18n.T("被反映机构", "The institution concerned")},
		{Code: toCommission, Name: i18n.T("卫生健康委", "The health commission")},
		{Code: "insurance", Name: i18n.T("医保局", "Insurance agency")},
		{Code: "market", Name: i18n.T("市场监管局", "Market regulation")},
		{Code: "police", Name: i18n.T("公安", "Police")},
		{Code: "discipline", Name: i18n.T("纪检监察", "Discipline inspection")},
		{Code: "publicity", Name: i18n.T("宣传部门", "Publicity")},
		{Code: "development", Name: i18n.T("发改部门", "Development and reform")},
		{Code: "hotline", Name: i18n.T("12345热线", "12345 hotline")},
		{Code: toUnit, Name: i18n.T("指定单位", "A certain unit")},
	}
}

// WaitKind is something for which cases wait, and who does it.
type WaitKind struct {
	Code       string           `json:"code"`
	Name       i18n.Text        `json:"name"`
	Permission authz.Permission `json:"permission"`
}

// waitNames lists what cases wait for, in the order of the boxes.
func waitNames() []WaitKind {
	names := map[string]i18n.Text{
		"triage":   i18n.T("待受理", "To accept"),
		"dispatch": i18n.T("待派单", "To dispatch"),
		"work":     i18n.T("待本单位办理", "For my unit"),
		"review":   i18n.T("待审核", "To review"),
		"decide":   i18n.T("申请待审批", "Requests to decide on"),
		"callback": i18n.T("待回访或决定", "To call back or decide"),
		"dispose":  i18n.T("线索待处置", "Clues to decide on"),
		"order":    i18n.T("督办待销号", "Orders to close"),
		"report":   i18n.T("督办待报告", "Orders to report on"),
	}
	kinds := make([]WaitKind, 0, len(names))
	for _, k := range waitKinds() {
		kinds = append(kinds, WaitKind{k.name, names[k.name], k.by})
	}
	return kinds
}

package inspection

import (
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
)

// The permissions of inspections.
const (
	Read   authz.Permission = "inspection.read"
	Manage authz.Permission = "inspection.manage" // libraries, plans, draws, tasks, publication
	Visit  authz.Permission = "inspection.visit"  // carry out one's own tasks
)

// PlanState is where a plan stands.
type PlanState string

// The states of a plan.
const (
	PlanDraft     PlanState = "draft"
	PlanPublished PlanState = "published"
	PlanDone      PlanState = "done"
)

// DrawState is where a draw stands.
type DrawState string

// The states of a draw.
const (
	Frozen        DrawState = "frozen" // witnesses commit
	Sealed        DrawState = "sealed" // all have; they reveal
	Made          DrawState = "made"
	DrawPublished DrawState = "published"
	Void          DrawState = "void"
)

// TaskState is where a task stands.
type TaskState string

// The states of a task.
const (
	Pending   TaskState = "pending"
	Running   TaskState = "running"
	Concluded TaskState = "concluded"
	Published TaskState = "published"
	Unable    TaskState = "unable"
	Replaced  TaskState = "replaced"
)

const (
	doWrite    flow.Action = "write"
	doChange   flow.Action = "change"
	doPublish  flow.Action = "publish"
	doFinish   flow.Action = "finish"
	doFreeze   flow.Action = "freeze"
	doCommit   flow.Action = "commit"
	doReveal   flow.Action = "reveal"
	doDraw     flow.Action = "draw"
	doVoid     flow.Action = "void"
	doReplace  flow.Action = "replace"
	doAssign   flow.Action = "assign"
	doStart    flow.Action = "start"
	doConclude flow.Action = "conclude"
	doConfirm  flow.Action = "confirm"
	doSendBack flow.Action = "send-back"
	doUnable   flow.Action = "unable"
	doVisit    flow.Action = "visit"
)

// The conditions of steps.
const (
	oneOpen     flow.Guard = "one-open"     // others have not committed yet
	allRevealed flow.Guard = "all-revealed" // every witness gave the secret
	// anotherVoids: somebody else declared a draw of the batch void the last time.
	anotherVoids flow.Guard = "another-voids"
	unchecked    flow.Guard = "unchecked"  // nobody has confirmed the result
	twoPeople    flow.Guard = "two-people" // no violation is or was named, or two people answer for the result
	// nothingNamed is that no visit named a problem, and no result that was sent back a violation.
	nothingNamed flow.Guard = "nothing-named"
	fromDraw     flow.Guard = "from-draw" // the task came out of a draw
	ofTeam       flow.Guard = "of-team"   // whoever acts inspects it
	mayJudge     flow.Guard = "may-judge" // whoever acts is no social supervisor
)

func label[K ~string](name K, zh, en string) flow.Label[K] {
	return flow.Label[K]{Name: name, Text: i18n.T(zh, en)}
}

func planLife() flow.Machine[PlanState, authz.Permission] {
	type row = flow.Row[PlanState, authz.Permission]
	return flow.New(flow.Table[PlanState, authz.Permission]{
		Subject: i18n.T("年度计划", "plan"),
		States: []flow.State[PlanState]{{Name: PlanDraft, Text: i18n.T("草稿", "Draft")}, {Name: PlanPublished, Text: i18n.T("已公布", "Published")},
			{Name: PlanDone, Text: i18n.T("已完成", "Done"), Final: true}},
		Actions: []flow.Label[flow.Action]{label(doWrite, "起草", "Write"), label(doChange, "修改", "Change"), label(doPublish, "公布", "Publish"), label(doFinish, "完成", "Finish")},
		Rows: []row{
			{Action: doWrite, To: PlanDraft, Who: Manage},
			{From: []PlanState{PlanDraft}, Action: doChange, Who: Manage},
			{From: []PlanState{PlanDraft}, Action: doPublish, To: PlanPublished, Who: Manage},
			{From: []PlanState{PlanPublished}, Action: doFinish, To: PlanDone, Who: Manage},
		},
	})
}

func drawLife() flow.Machine[DrawState, authz.Permission] {
	type row = flow.Row[DrawState, authz.Permission]
	return flow.New(flow.Table[DrawState, authz.Permission]{
		Subject: i18n.T("抽取", "draw"),
		States: []flow.State[DrawState]{{Name: Frozen, Text: i18n.T("名录已冻结", "List frozen")}, {Name: Sealed, Text: i18n.T("见证人已承诺", "Witnesses committed")},
			{Name: Made, Text: i18n.T("已抽取", "Drawn")}, {Name: DrawPublished, Text: i18n.T("已公布", "Published"), Final: true}, {Name: Void, Text: i18n.T("已作废", "Void"), Final: true}},
		Actions: []flow.Label[flow.Action]{label(doFreeze, "冻结名录", "Freeze the list"), label(doCommit, "见证承诺", "Commit"), label(doReveal, "公开随机数", "Reveal"),
			label(doDraw, "抽取", "Draw"), label(doReplace, "递补", "Replace"), label(doPublish, "公布", "Publish"), label(doVoid, "作废", "Declare void")},
		Guards: []flow.Label[flow.Guard]{label(oneOpen, "还有见证人没有承诺", "a witness has not committed yet"), label(allRevealed, "见证人都已公开随机数", "every witness has revealed"),
			label(anotherVoids, "该批次上一次作废的是另一人", "somebody else declared a draw of the batch void the last time")},
		Rows: []row{
			{Action: doFreeze, To: Frozen, Who: Manage},
			{From: []DrawState{Frozen}, Action: doCommit, Guard: oneOpen},
			{From: []DrawState{Frozen}, Action: doCommit, To: Sealed},
			{From: []DrawState{Sealed}, Action: doReveal},
			{From: []DrawState{Sealed}, Action: doDraw, To: Made, Who: Manage, Guard: allRevealed},
			{From: []DrawState{Frozen, Sealed}, Action: doVoid, To: Void, Who: Manage, Guard: anotherVoids},
			{From: []DrawState{Made, DrawPublished}, Action: doReplace, Who: Manage},
			{From: []DrawState{Made}, Action: doPublish, To: DrawPublished, Who: Manage},
		},
	})
}

func taskLife() flow.Machine[TaskState, authz.Permission] {
	type row = flow.Row[TaskState, authz.Permission]
	return flow.New(flow.Table[TaskState, authz.Permission]{
		Subject: i18n.T("检查任务", "task"),
		States: []flow.State[TaskState]{{Name: Pending, Text: i18n.T("待检查", "To be inspected")}, {Name: Running, Text: i18n.T("检查中", "Under inspection")},
			{Name: Concluded, Text: i18n.T("已出结果", "Concluded")}, {Name: Published, Text: i18n.T("已公示", "Published"), Final: true},
			{Name: Unable, Text: i18n.T("无法检查", "Cannot be inspected")}, {Name: Replaced, Text: i18n.T("已递补", "Replaced"), Final: true}},
		Actions: []flow.Label[flow.Action]{label(doDraw, "抽取", "Draw"), label(doAssign, "指派", "Assign"), label(doStart, "开始检查", "Begin"), label(doVisit, "提交现场记录", "Hand in the visit"), label(doConclude, "录入结果", "Enter the result"),
			label(doConfirm, "复核", "Confirm"), label(doSendBack, "退回", "Send back"), label(doPublish, "公示", "Publish"), label(doUnable, "无法检查", "Cannot be inspected"), label(doReplace, "递补", "Replace")},
		Guards: []flow.Label[flow.Guard]{label(unchecked, "结果尚未复核", "nobody has confirmed the result"), label(twoPeople, "由没有录入、也没有退回过结果的另一人公示或先复核（结果、退回的结果或现场记录涉及问题）",
			"somebody who neither entered nor sent back a result publishes or confirms it: a violation is named, or was"),
			label(nothingNamed, "现场记录和退回的结果都没有涉及问题；涉及的请录入结果，由另一人复核", "no visit and no earlier result named anything; where one did, enter a result, and have somebody else confirm it"),
			label(fromDraw, "任务由抽取产生", "the task came out of a draw"), label(ofTeam, "本人是该任务的检查人员", "you are one of its inspectors"),
			label(mayJudge, "社会监督员的发现由组织检查的部门核实并录入结果", "what social supervisors found is looked into, and the result entered, by those who ordered it")},
		Rows: []row{
			{Action: doDraw, To: Pending, Who: Manage},
			{Action: doAssign, To: Pending, Who: Manage},
			{From: []TaskState{Pending}, Action: doStart, To: Running, Who: Visit},
			{From: []TaskState{Pending, Running}, Action: doVisit, To: Running, Who: Visit, Guard: ofTeam},
			{From: []TaskState{Pending, Running}, Action: doConclude, To: Concluded, Who: Visit, Guard: mayJudge},
			{From: []TaskState{Pending, Running}, Action: doUnable, To: Unable, Who: Visit, Guard: nothingNamed},
			{From: []TaskState{Concluded}, Action: doConfirm, Who: Manage, Guard: unchecked},
			{From: []TaskState{Concluded}, Action: doSendBack, To: Running, Who: Manage, Guard: unchecked},
			{From: []TaskState{Concluded}, Action: doPublish, To: Published, Who: Manage, Guard: twoPeople},
			{From: []TaskState{Pending, Running}, Action: doReplace, Who: Manage, Guard: fromDraw}, // of an inspector
			{From: []TaskState{Unable}, Action: doReplace, To: Replaced, Who: Manage, Guard: fromDraw},
		},
	})
}

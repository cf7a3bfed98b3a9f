package campaign

import (
	"sync"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
)

// State is where a campaign stands.
type State string

// The states.
const (
	Draft   State = "draft"
	Running State = "running"
	Closed  State = "closed"
	Dropped State = "dropped"
)

// The permissions of campaign.
const (
	Read   authz.Permission = "campaign.read"
	Manage authz.Permission = "campaign.manage" // plan, start, close, receive returns
	Report authz.Permission = "campaign.report" // fill in what a unit owes
	Sign   authz.Permission = "campaign.sign"   // sign a return or a summary off
)

// The steps of a campaign.
const (
	doDraft  flow.Action = "draft"
	doSave   flow.Action = "save"
	doStart  flow.Action = "start"
	doAmend  flow.Action = "amend"
	doClose  flow.Action = "close"
	doReopen flow.Action = "reopen"
	doDrop   flow.Action = "drop"
	doTable  flow.Action = "table" // change the statistics table
	doAsk    flow.Action = "ask"   // have the institutions examine themselves, or until another stage
)

// life is what can become of a campaign; the table stands in doc.go.
var life = sync.OnceValue(func() flow.Machine[State, authz.Permission] {
	return flow.New(flow.Table[State, authz.Permission]{
		Subject: i18n.T("专项整治", "campaign"),
		States: []flow.State[State]{
			{Name: Draft, Text: i18n.T("筹备中", "Draft")},
			{Name: Running, Text: i18n.T("进行中", "Running")},
			{Name: Closed, Text: i18n.T("已结束", "Closed")},
			{Name: Dropped, Text: i18n.T("已取消", "Dropped"), Final: true},
		},
		Actions: []flow.Label[flow.Action]{
			{Name: doDraft, Text: i18n.T("起草", "Draft")}, {Name: doSave, Text: i18n.T("保存", "Save")},
			{Name: doStart, Text: i18n.T("启动", "Start")}, {Name: doAmend, Text: i18n.T("调整方案", "Amend")},
			{Name: doClose, Text: i18n.T("结束", "Close")}, {Name: doReopen, Text: i18n.T("重新启动", "Reopen")},
			{Name: doDrop, Text: i18n.T("取消", "Drop")}, {Name: doTable, Text: i18n.T("修改统计表", "Change the table")},
			{Name: doAsk, Text: i18n.T("安排自查", "Ask for self-examination")},
		},
		Rows: []flow.Row[State, authz.Permission]{
			{Action: doDraft, To: Draft, Who: Manage},
			{From: []State{Draft}, Action: doSave, Who: Manage},
			{From: []State{Draft}, Action: doStart, To: Running, Who: Manage},
			{From: []State{Draft, Running}, Action: doDrop, To: Dropped, Who: Manage},
			{From: []State{Running}, Action: doAmend, Who: Manage},
			{From: []State{Running}, Action: doClose, To: Closed, Who: Manage},
			{From: []State{Closed}, Action: doReopen, To: Running, Who: Manage},
			{From: []State{Draft, Running}, Action: doTable, Who: Manage},
			{From: []State{Running}, Action: doAsk, Who: Manage},
		},
	})
})

package sanction

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
)

// State is where a record stands.
type State string

type machine = flow.Machine[State, authz.Permission]

type (
	table  = flow.Table[State, authz.Permission]
	line   = flow.Row[State, authz.Permission]
	action = flow.Label[flow.Action]
)

func act(name flow.Action, zh, en string) action { return action{Name: name, Text: i18n.T(zh, en)} }

func guard(name flow.Guard, zh, en string) flow.Label[flow.Guard] {
	return flow.Label[flow.Guard]{Name: name, Text: i18n.T(zh, en)}
}

func state(name State, zh, en string) flow.State[State] {
	return flow.State[State]{Name: name, Text: i18n.T(zh, en)}
}

func final(name State, zh, en string) flow.State[State] {
	return flow.State[State]{Name: name, Text: i18n.T(zh, en), Final: true}
}

// program takes the steps that no person does: nobody is granted it, and the system
// holds it as it holds all.
const program authz.Permission = "program"

// record is what the life of is written down.
type record struct {
	kind, id, path string
	state          State
}

// step asks a machine whether the actor may take a step with a record, and
// writes it down. It returns the state that follows.
func (s *Service) step(ctx context.Context, tx *db.Tx, m machine, x record, a flow.Action, reason string, holds ...flow.Guard) (State, error) {
	to, err := m.Move(x.state, a, may(ctx, x.path), holds...)
	if err != nil {
		return x.state, err
	}
	return to, s.Trail.Add(ctx, tx, trail.Record{Kind: x.kind, ID: x.id}, trail.Step{Act: string(a), Was: string(x.state), Became: string(to), Reason: reason})
}

// may tells which permissions the actor holds at a path.
func may(ctx context.Context, path string) func(authz.Permission) bool {
	a := authz.From(ctx)
	return func(p authz.Permission) bool { return a.Covers(p, path) }
}

// The kinds of record in the trail.
const (
	kindPenalty     = "penalty"
	kindPoint       = "points"
	kindConsequence = "consequence"
	kindBlack       = "blacklist"
	kindPublication = "publication"
	kindTransfer    = "transfer"
	kindVeto        = "veto"
)

// The states of a penalty.
const (
	Filed    State = "filed"
	Noticed  State = "noticed"
	Hearing  State = "hearing"
	Heard    State = "heard"
	Decided  State = "decided"
	Served   State = "served"
	Executed State = "executed"
	Closed   State = "closed"
	Dropped  State = "dropped"
	Annulled State = "annulled"
)

// Guards of a penalty.
const (
	hearingOpen flow.Guard = "hearing-open"
	hearingOver flow.Guard = "hearing-over"
	owing       flow.Guard = "owing"
	allPaid     flow.Guard = "all-paid"
)

// penalties is the life of a penalty.
func penalties() machine {
	return flow.New(table{
		Subject: i18n.T("处罚案件", "penalty"),
		States: []flow.State[State]{state(Filed, "已立案", "Filed"), state(Noticed, "已告知", "Noticed"), state(Hearing, "待听证", "Hearing asked for"),
			state(Heard, "已听证", "Heard"), state(Decided, "已决定", "Decided"), state(Served, "已送达", "Served"), state(Executed, "已执行", "Carried out"),
			state(Closed, "已结案", "Closed"), final(Dropped, "不予处罚", "Dropped"), final(Annulled, "已撤销", "Annulled")},
		Actions: []action{act("file", "立案", "File"), act("punish-on-spot", "当场处罚", "Punish on the spot"), act("notify", "告知", "Give notice"),
			act("ask-hearing", "申请听证", "Ask for a hearing"), act("hear", "听证", "Hold the hearing"), act("decide", "决定", "Decide"), act("serve", "送达", "Serve"),
			act("pay", "缴款", "Pay"), act("execute", "执行完毕", "Carry out"), act("close", "结案", "Close"), act("hold", "责任追究", "Hold responsible"),
			act("keep-private", "说明不公示", "Say why it is not public"), act("drop", "不予处罚", "Drop"), act("change", "变更决定", "Change"), act("annul", "撤销决定", "Annul")},
		Guards: []flow.Label[flow.Guard]{guard(hearingOpen, "听证申请期限未满", "the time to ask for a hearing runs"),
			guard(hearingOver, "听证申请期限已满或当事人书面放弃", "the time to ask for a hearing is over, or was waived in writing"),
			guard(owing, "有罚款未缴", "a fine is unpaid"), guard(allPaid, "罚款已缴清", "the fine is paid")},
		Rows: []line{
			{Action: "file", To: Filed, Who: Manage},
			{Action: "punish-on-spot", To: Decided, Who: Manage},
			{From: []State{Filed}, Action: "notify", To: Noticed, Who: Manage},
			{From: []State{Noticed}, Action: "ask-hearing", To: Hearing, Who: Manage, Guard: hearingOpen},
			{From: []State{Hearing}, Action: "hear", To: Heard, Who: Manage},
			{From: []State{Noticed}, Action: "decide", To: Decided, Who: Manage, Guard: hearingOver},
			{From: []State{Heard}, Action: "decide", To: Decided, Who: Manage},
			{From: []State{Decided}, Action: "serve", To: Served, Who: Manage},
			{From: []State{Served}, Action: "pay", Who: Manage, Guard: owing},
			{From: []State{Served}, Action: "execute", To: Executed, Who: Manage, Guard: allPaid},
			{From: []State{Executed}, Action: "close", To: Closed, Who: Manage},
			{From: []State{Decided, Served, Executed, Closed}, Action: "hold", Who: Manage},
			{From: []State{Decided, Served, Executed, Closed}, Action: "keep-private", Who: Manage},
			{From: []State{Filed, Noticed, Hearing, Heard}, Action: "drop", To: Dropped, Who: Manage},
			{From: []State{Decided, Served, Executed, Closed}, Action: "change", To: Decided, Who: Manage},
			{From: []State{Decided, Served, Executed, Closed}, Action: "annul", To: Annulled, Who: Manage},
		},
	})
}

// The states of points and their consequences.
const (
	Confirmed State = "confirmed"
	Voided    State = "voided"
	Raised    State = "raised"
	Imposed   State = "imposed"
	Waived    State = "waived"
	Lapsed    State = "lapsed"
)

// points is the life of points.
func points() machine {
	return flow.New(table{
		Subject: i18n.T("记分", "points"),
		States: []flow.State[State]{state(Confirmed, "已确认", "Confirmed"), state(Noticed, "已告知", "Noticed"), state(Served, "已送达", "Served"),
			final(Voided, "已撤销", "Voided")},
		Actions: []action{act("confirm", "确认记分", "Confirm"), act("notify", "告知", "Give notice"), act("serve", "送达", "Serve"), act("defend", "陈述申辩", "Record the defence"), act("void", "撤销记分", "Void")},
		Rows: []line{
			{Action: "confirm", To: Confirmed, Who: Manage},
			{From: []State{Confirmed}, Action: "notify", To: Noticed, Who: Manage},
			{From: []State{Noticed}, Action: "serve", To: Served, Who: Manage},
			{From: []State{Noticed, Served}, Action: "defend", Who: Manage},
			{From: []State{Confirmed, Noticed, Served}, Action: "void", To: Voided, Who: Manage},
		},
	})
}

// consequences is the life of what a threshold raises. Nobody but the points
// themselves lets one lapse, and nothing imposes one by itself.
func consequences() machine {
	return flow.New(table{
		Subject: i18n.T("记分后果", "consequence of points"),
		States:  []flow.State[State]{state(Raised, "待决定", "To be decided"), final(Imposed, "已作出", "Imposed"), final(Waived, "不作出", "Waived"), final(Lapsed, "已失效", "Lapsed")},
		Actions: []action{act("raise", "达到阈值", "Raise"), act("impose", "作出", "Impose"), act("waive", "不作出", "Waive"), act("lapse", "失效", "Lapse")},
		Rows: []line{
			{Action: "raise", To: Raised, Who: Manage},
			{From: []State{Raised}, Action: "impose", To: Imposed, Who: Manage},
			{From: []State{Raised}, Action: "waive", To: Waived, Who: Manage},
			{From: []State{Raised}, Action: "lapse", To: Lapsed, Who: program},
		},
	})
}

// The states of the blacklist and of publications.
const (
	Listed    State = "listed"
	Removed   State = "removed"
	Expired   State = "expired"
	Proposed  State = "proposed"
	Published State = "published"
	Refused   State = "refused"
	Withdrawn State = "withdrawn"
)

// blacklist is the life of an entry. Only the calendar lets one expire.
func blacklist() machine {
	return flow.New(table{
		Subject: i18n.T("黑名单", "blacklist entry"),
		States:  []flow.State[State]{state(Listed, "在列", "Listed"), final(Removed, "已移出", "Removed"), final(Expired, "已到期", "Expired")},
		Actions: []action{act("list", "列入", "List"), act("remove", "移出", "Remove"), act("expire", "到期", "Expire")},
		Rows: []line{
			{Action: "list", To: Listed, Who: Manage},
			{From: []State{Listed}, Action: "remove", To: Removed, Who: Manage},
			{From: []State{Listed}, Action: "expire", To: Expired, Who: program},
		},
	})
}

// otherPerson is the second pair of eyes.
const otherPerson flow.Guard = "other-person"

// publications is the life of what the public reads. Only the calendar lets one expire.
func publications() machine {
	return flow.New(table{
		Subject: i18n.T("公示", "publication"),
		States: []flow.State[State]{state(Proposed, "待审批", "Proposed"), state(Published, "公示中", "Public"), final(Refused, "未批准", "Refused"),
			final(Withdrawn, "已撤回", "Withdrawn"), final(Expired, "已到期", "Expired")},
		Actions: []action{act("propose", "拟公示", "Propose"), act("approve", "批准公示", "Approve"), act("refuse", "不批准", "Refuse"), act("withdraw", "撤回", "Withdraw"), act("expire", "到期", "Expire")},
		Guards:  []flow.Label[flow.Guard]{guard(otherPerson, "由拟稿人以外的人审批", "somebody else than the proposer approves it")},
		Rows: []line{
			{Action: "propose", To: Proposed, Who: Manage},
			{From: []State{Proposed}, Action: "approve", To: Published, Who: Publish, Guard: otherPerson},
			{From: []State{Proposed}, Action: "refuse", To: Refused, Who: Publish},
			{From: []State{Published}, Action: "withdraw", To: Withdrawn, Who: Publish},
			{From: []State{Published}, Action: "expire", To: Expired, Who: program},
		},
	})
}

// The states of a transfer.
const (
	Sent     State = "sent"
	Received State = "received"
	Answered State = "answered"
)

// Guards of a transfer.
const (
	withFile  flow.Guard = "receipt-on-file"
	withCause flow.Guard = "reason-given"
)

// transfers is the life of what was handed to another authority.
func transfers() machine {
	return flow.New(table{
		Subject: i18n.T("移送", "transfer"),
		States: []flow.State[State]{state(Sent, "已移送", "Sent"), state(Received, "已回执", "Received"), state(Answered, "已反馈", "Answered"),
			final(Closed, "已办结", "Closed")},
		Actions: []action{act("send", "移送", "Send"), act("receive", "登记回执", "Record the receipt"), act("answer", "登记结果", "Record the result"), act("chase", "催办", "Chase"), act("close", "办结", "Close")},
		Guards:  []flow.Label[flow.Guard]{guard(withFile, "已上传回执文件", "the receipt is on file"), guard(withCause, "写明没有回执或结果的原因", "it is said why there is no receipt or result")},
		Rows: []line{
			{Action: "send", To: Sent, Who: Manage},
			{From: []State{Sent}, Action: "receive", To: Received, Who: Manage, Guard: withFile},
			{From: []State{Received}, Action: "answer", To: Answered, Who: Manage},
			{From: []State{Sent, Received}, Action: "chase", Who: Manage},
			{From: []State{Answered}, Action: "close", To: Closed, Who: Manage},
			{From: []State{Sent, Received}, Action: "close", To: Closed, Who: Manage, Guard: withCause},
		},
	})
}

// The states of a veto.
const (
	InForce State = "in-force"
	Lifted  State = "lifted"
)

// vetoes is the life of a veto.
func vetoes() machine {
	return flow.New(table{
		Subject: i18n.T("一票否决", "veto"),
		States:  []flow.State[State]{state(InForce, "生效", "In force"), final(Lifted, "已解除", "Lifted")},
		Actions: []action{act("veto", "否决", "Veto"), act("lift", "解除", "Lift")},
		Rows: []line{
			{Action: "veto", To: InForce, Who: Manage},
			{From: []State{InForce}, Action: "lift", To: Lifted, Who: Manage},
		},
	})
}

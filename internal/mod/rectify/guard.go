package rectify

import (
	"slices"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
)

// moment is a problem as one person finds it: what the guards judge.
type moment struct {
	Problem
	actor authz.Actor
	hands []string // who has had a hand in putting it right
}

// guard is a condition: how people read it, and what is against it now.
type guard struct {
	name    flow.Guard
	text    i18n.Text
	against func(moment) error
}

func guards() []guard {
	return []guard{
		{isPrepared, i18n.T("重大隐患的整改“五到位”已填写", "the five essentials of a major hazard are filled in"), moment.unprepared},
		{isShown, i18n.T("已上传整改佐证材料", "evidence is attached"), moment.unshown},
		{isApart, i18n.T("审核人没有参与整改或申请", "the reviewer had no hand in it"), moment.involved},
		{isFit, i18n.T("有佐证、已摘牌，复核人没有参与整改、申请和初审", "there is evidence, it is delisted, and the reviewer had no hand in it, nor in the first review"), moment.unfit},
		{isUnlisted, i18n.T("尚未挂牌", "it is not listed"), moment.alreadyListed},
		{isItsLister, i18n.T("由挂牌单位摘牌", "those who listed it take it off the list"), moment.notItsLister},
		{isUnasked, i18n.T("没有待批的申请", "nothing waits to be decided"), moment.waits},
		{isFirstTime, i18n.T("有期限且没有延期过，也没有待批的申请", "it has a deadline that was not extended, and nothing waits to be decided"), moment.noMoreTime},
		{isToExtend, i18n.T("他人申请了延期", "somebody else asked for more time"), func(m moment) error { return m.undecidable(extension) }},
		{isToRetract, i18n.T("他人申请了撤回，且未挂牌", "somebody else asked to withdraw it, and it is not listed"), moment.unretractable},
		{isAsked, i18n.T("有待批的申请", "something waits to be decided"), func(m moment) error { return m.undecidable("") }},
	}
}

func guardWords() (labels []flow.Label[flow.Guard]) {
	for _, g := range guards() {
		labels = append(labels, flow.Label[flow.Guard]{Name: g.name, Text: g.text})
	}
	return labels
}

// holding names the guards that hold, and what is against the others.
func (m moment) holding() (held []flow.Guard, against map[flow.Guard]error) {
	against = map[flow.Guard]error{}
	for _, g := range guards() {
		if err := g.against(m); err != nil {
			against[g.name] = err
		} else {
			held = append(held, g.name)
		}
	}
	return held, against
}

// guardOf is the guard of an action in a state; empty where it has none.
func guardOf(s State, a flow.Action) flow.Guard {
	for _, r := range rows() {
		if r.Action == a && slices.Contains(r.From, s) {
			return r.Guard
		}
	}
	return ""
}

// parts returns what the actor is towards the problem.
func (m moment) parts(p Part) bool {
	covers := func(need authz.Permission) bool { return m.actor.Covers(need, m.Path) }
	switch p {
	case worker:
		return covers(Work)
	case desk:
		return covers(Review) || m.actor.Covers(Work, m.unitPath())
	case commission:
		return covers(Review)
	case lister:
		return covers(List)
	default:
		return m.actor.IsSystem()
	}
}

// unitPath is the path of the unit, whose department the problem may be in.
func (p Problem) unitPath() string {
	at := strings.Index(p.Path, "/"+p.UnitID+"/")
	return p.Path[:at+len(p.UnitID)+2]
}

// move says where an action of the actor leads. What the state and the person
// are against is told first, then what the rules are.
func (m moment) move(a flow.Action) (State, error) {
	held, against := m.holding()
	to, err := life().Move(m.State, a, m.parts, held...)
	if why := against[guardOf(m.State, a)]; err != nil && why != nil && fault.Is(err, fault.Conflict) {
		return m.State, why
	}
	return to, err
}

// next returns what the actor can do now.
func (m moment) next() []flow.Label[flow.Action] {
	held, _ := m.holding()
	return life().Actions(m.State, m.parts, held...)
}

func conflict(zh, en string, args ...any) *fault.Error {
	return fault.New(fault.Conflict, i18n.T(zh, en), args...)
}

func (m moment) unprepared() error {
	missing := m.missing()
	if !m.isMajor() || len(missing) == 0 {
		return nil
	}
	list := missing[0]
	for _, x := range missing[1:] {
		list = i18n.T(list.ZH+"、"+x.ZH, list.EN+", "+x.EN)
	}
	return conflict("重大隐患启动整改前，“五到位”还缺：%s", "before a major hazard is begun with, these are still missing: %s", list).
		WithFix(i18n.T("请先制定整改方案", "please write the plan first"))
}

func (m moment) unshown() error {
	if m.Evidence > 0 {
		return nil
	}
	return conflict("没有佐证材料，不能申请销号", "without evidence nothing is closed").
		WithFix(i18n.T("请“报进展”并上传整改后的照片或文件，上传佐证后可申请销号", "report progress with pictures or papers of what was done; with evidence you can apply for closing"))
}

// involved: who put it right, or applied, reviews nothing.
func (m moment) involved() error {
	if !slices.Contains(m.hands, m.actor.ID) && m.actor.ID != m.AppliedBy && m.actor.ID != m.Responsible {
		return nil
	}
	return conflict("您参与了整改或申请，不能审核同一问题", "you had a hand in putting it right, and cannot review it").
		WithFix(i18n.T("请由另一位有审核权限的人员办理", "somebody else who may review has to"))
}

func (m moment) unfit() error {
	switch {
	case m.Listed():
		return conflict("问题已由%s挂牌督办，摘牌前不能销号", "it is listed by %s and cannot be closed before it is delisted", m.Authority).
			WithFix(i18n.T("请先报请挂牌单位摘牌", "ask those who listed it to delist it first"))
	case m.Evidence == 0:
		return m.unshown()
	case m.actor.ID == m.PassedBy:
		return conflict("初审和复核须由两人进行", "the two reviews are two people's").
			WithFix(i18n.T("请由另一位有复核权限的人员办理", "somebody else who may review has to close it"))
	}
	return m.involved()
}

func (m moment) alreadyListed() error {
	if !m.Listed() {
		return nil
	}
	return conflict("问题已由%s挂牌督办", "it is listed by %s already", m.Authority)
}

// notItsLister: only those who hold the permission at the very node which listed
// it delist it.
func (m moment) notItsLister() error {
	switch {
	case !m.Listed():
		return conflict("问题没有挂牌", "it is not listed")
	case m.actor.IsSystem() || slices.ContainsFunc(m.actor.Grants, func(g authz.Grant) bool {
		return g.Path == m.ListedPath && slices.Contains(g.Permissions, List)
	}):
		return nil
	}
	return conflict("只有挂牌单位%s可以摘牌", "only %s, which listed it, delists it", m.Authority)
}

func (m moment) waits() error {
	if m.Asked == "" {
		return nil
	}
	return conflict("已有申请待批", "something waits to be decided already").WithFix(i18n.T("请等审批结果", "wait for the decision"))
}

func (m moment) noMoreTime() error {
	switch {
	case m.DueAt.IsZero():
		return conflict("问题没有期限，不需要延期", "it has no deadline to extend")
	case m.Extended:
		return conflict("只能延期一次，本问题已经延期过", "a deadline is extended once, and this one was").
			WithFix(i18n.T("请抓紧整改，或报告主管部门", "put it right, or report to the authority"))
	}
	return m.waits()
}

// undecidable: what nobody asked, or the actor did, the actor does not decide.
func (m moment) undecidable(what string) error {
	switch {
	case m.Asked == "" || what != "" && m.Asked != what:
		return conflict("没有这样的申请待批", "nothing of the kind waits to be decided")
	case what == extension && !m.AskedDue.After(m.DueAt):
		return conflict("期限已另行设定，且不早于所申请的期限", "another deadline was set since, and it is no earlier than what was asked").
			WithFix(i18n.T("请不同意该申请；仍需延期的可重新申请", "refuse it; whoever needs more time asks anew"))
	case m.AskedBy == m.actor.ID:
		return conflict("不能审批自己的申请", "you cannot decide on what you asked yourself").WithFix(i18n.T("请由他人审批", "somebody else has to"))
	}
	return nil
}

func (m moment) unretractable() error {
	if m.Listed() {
		return conflict("挂牌督办的问题不能撤回", "what is listed is not withdrawn").WithFix(i18n.T("请先摘牌", "delist it first"))
	}
	return m.undecidable(withdrawal)
}

// handsOn are the steps by which somebody has a hand in putting a problem right.
func handsOn() []string {
	return []string{string(doPlan), string(doStart), string(doReport), string(doApply)}
}

// hands names who ever had a hand in putting a problem right, as its events tell:
// also before it came up again, for what was done then is looked at once more.
func hands(events []trail.Event) (who []string) {
	for _, e := range events {
		if slices.Contains(handsOn(), e.Act) && !slices.Contains(who, e.Actor) {
			who = append(who, e.Actor)
		}
	}
	return who
}

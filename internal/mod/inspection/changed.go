package inspection

import (
	"context"
	"fmt"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// unchanged returns a draw and its list. Fault: Conflict where the libraries have
// changed since it was frozen, with what did.
func (s *Service) unchanged(ctx context.Context, r db.Reader, id string) (d Drawing, l List, err error) {
	if d, err = visibleDraw(ctx, r, id); err != nil {
		return d, l, err
	}
	if err := authz.Need(ctx, Manage, d.Path); err != nil || d.State != Sealed {
		return d, l, err
	}
	x, err := lotOf(r, id)
	if err != nil {
		return d, l, err
	}
	l = x.List
	if l.Hash() != d.ListHash {
		return d, l, fault.New(fault.Conflict, i18n.T("冻结的名录与公布的摘要不符，已被改动", "the frozen list is not the one of the published hash: it was altered")).
			WithFix(freezeAnew())
	}
	now, err := s.listOf(ctx, r, &Drawing{ID: d.ID, Of: d.Of, Path: d.Path, Scope: d.Scope, PlanID: d.PlanID, PreparedAt: d.PreparedAt})
	if err != nil {
		return d, l, err
	}
	return d, l, l.differs(now)
}

// differs refuses to draw from a list that is no longer what the libraries say. Who
// inspected what in the meantime changes nothing; what another draw took does.
func (l List) differs(now List) error {
	var what []i18n.Text
	say := func(names []string, zh, en string) {
		if len(names) == 0 {
			return
		}
		list := make([]i18n.Text, len(names))
		for i, n := range names {
			list[i] = i18n.Same(n)
		}
		some := i18n.Some(list, 3)
		what = append(what, i18n.Text{ZH: fmt.Sprintf("%s %d 个（%s）", zh, len(names), some.ZH), EN: fmt.Sprintf("%d %s (%s)", len(names), en, some.EN)})
	}
	gone, added, altered := compare(l.Targets, now.Targets, func(x Target) (string, string, Target) {
		return x.ID, x.Name, Target{Name: x.Name, District: x.District, Kind: x.Kind, Credit: x.Credit}
	}, sameTarget)
	say(added, "新增检查对象", "targets added")
	say(gone, "移出检查对象", "targets gone")
	say(altered, "类别、等级等有变的对象", "targets altered")
	say(l.takenSince(now), "已被其他抽取抽中的对象", "targets taken by another draw")
	gone, added, altered = compare(l.Inspectors, now.Inspectors, func(x Inspector) (string, string, Inspector) {
		return x.ID, x.Name, Inspector{Name: x.Name, Unit: x.Unit}
	}, func(a, b Inspector) bool { return a == b })
	say(added, "新增检查人员", "inspectors added")
	say(gone, "移出检查人员", "inspectors gone")
	say(altered, "信息有变的检查人员", "inspectors altered")
	gone, added, _ = compare(l.Recusals, now.Recusals, func(x Recusal) (string, string, Recusal) { return x.Inspector + " " + x.Target, "", x }, func(a, b Recusal) bool { return a == b })
	if n := len(gone) + len(added); n > 0 {
		what = append(what, i18n.T("回避关系变动 %d 条", "%d recusals changed").With(n))
	}
	if len(what) == 0 {
		return nil
	}
	all := i18n.Some(what, len(what))
	return fault.New(fault.Conflict, i18n.Text{ZH: "名录冻结之后有变动：" + all.ZH, EN: "the libraries have changed since the list was frozen: " + all.EN}).
		WithFix(freezeAnew())
}

func sameTarget(a, b Target) bool {
	return a.Name == b.Name && a.District == b.District && a.Kind == b.Kind && a.Credit == b.Credit
}

func freezeAnew() i18n.Text {
	return i18n.T("请作废本次抽取并写明原因，重新冻结名录", "declare this draw void, say why, and freeze the list anew")
}

// compare names what is gone from a list, what came to it, and what is otherwise.
func compare[T any](was, is []T, key func(T) (id, name string, facts T), same func(a, b T) bool) (gone, added, altered []string) {
	facts := make(map[string]T, len(is))
	for _, x := range is {
		id, _, f := key(x)
		facts[id] = f
	}
	for _, x := range was {
		id, name, f := key(x)
		now, there := facts[id]
		switch {
		case !there:
			gone = append(gone, name)
		case !same(f, now):
			altered = append(altered, name)
		}
		delete(facts, id)
	}
	for _, x := range is {
		if id, name, _ := key(x); contains(facts, id) {
			added = append(added, name)
		}
	}
	return gone, added, altered
}

func contains[T any](m map[string]T, key string) bool {
	_, ok := m[key]
	return ok
}

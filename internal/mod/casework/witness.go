package casework

import (
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// aboutIdentity returns those events that are about who reported: of them a
// reporter reads also after having withdrawn.
func aboutIdentity(es []Event) []Event {
	return slices.DeleteFunc(slices.Clone(es), func(e Event) bool { return !slices.Contains(identitySteps(), e.Action) })
}

// identityWords says to a reporter what happened to name and telephone: which
// unit, and what for. Who it was, and what was written to the custodian and
// back, is the office's own business.
func identityWords(r db.Reader, e Event) (i18n.Text, error) {
	office, err := officeName(r, e.UnitID)
	if err != nil {
		return i18n.Text{}, err
	}
	purpose := ownWords(Purpose(detailText(e.Detail, "purpose")))
	switch e.Action {
	case string(doAskIdentity):
		return i18n.T("%s申请查看您的姓名和电话，用途：%s；须经另一人批准", "%s asked to see your name and telephone, %s; somebody else has to approve it").With(office, purpose), nil
	case string(doGrantIdentity):
		return i18n.T("查看您姓名和电话的申请已由另一人批准，用途：%s", "A second person approved that your name and telephone be seen, %s").With(purpose), nil
	case string(doRefuseIdentity):
		return i18n.T("查看您姓名和电话的申请未获批准", "The request to see your name and telephone was refused"), nil
	case string(doLapseIdentity):
		return i18n.T("查看您姓名和电话的申请已失效", "The request to see your name and telephone has lapsed"), nil
	}
	return i18n.T("%s查看了您的姓名和电话，用途：%s", "%s saw your name and telephone, %s").With(office, purpose), nil
}

// ownWords is a purpose in the words of a sentence to the reporter.
func ownWords(p Purpose) i18n.Text {
	own := map[Purpose]i18n.Text{
		PurposeContact:  i18n.T("联系您", "to contact you"),
		PurposeVerify:   i18n.T("向您核实情况", "to verify with you what you said"),
		PurposeReply:    i18n.T("告知您办理结果", "to tell you the result"),
		PurposeCallBack: i18n.T("回访", "to ask what you think of the result"),
		PurposeEvidence: i18n.T("请您补充材料", "to ask you for evidence"),
		PurposeReward:   i18n.T("向您发放举报奖励", "to pay you a reward"),
	}
	if words, known := own[p]; known {
		return words
	}
	return i18n.T("其他办理需要", "for another need of the case")
}

// officeName is what a reporter calls a unit: a department by its institution
// too.
func officeName(r db.Reader, id string) (i18n.Text, error) {
	units, err := org.UnitsByID(r, []string{id})
	u := units[id]
	if err != nil || u.ID == "" {
		return i18n.T("办理单位", "The office"), err
	}
	nodes := authz.Nodes(house(u.Path))
	if len(nodes) == 0 || nodes[len(nodes)-1] == u.ID {
		return i18n.Same(u.Name), nil
	}
	above, err := org.UnitsByID(r, nodes[len(nodes)-1:])
	name := above[nodes[len(nodes)-1]].Name + u.Name
	return i18n.Same(name), err
}

package plan

import "testing"

// A plan that is attached to a notice has its own title, without whoever signed the
// notice and when.
func TestAttachedPlanHasItsOwnTitle(t *testing.T) {
	const source = `关于印发收费行为专项整治方案的通知
各区（县）卫生健康委员会：
现将方案印发给你们，请认真组织实施。
清江市卫生健康委员会
2026年7月27日

清江市医疗机构
收费行为专项整治方案
为规范医疗机构收费行为，维护患者合法权益，结合本市实际，制定本方案。
一、实施步骤
（一）自查自纠阶段（2026年8月1日至8月20日）。各医疗机构对照任务逐项自查。
（二）集中整治阶段（2026年8月21日至9月30日）。各区（县）组织监督检查。
`
	plans, err := Parse(source)
	if err != nil || len(plans) != 1 || Said(plans[0].Title) != "清江市医疗机构收费行为专项整治方案" || Said(plans[0].Issuer) != "清江市卫生健康委员会" {
		t.Errorf("%+v: %v", plans, err)
	}
}

// The plans of a collection may be parted by a number alone.
func TestPlansPartedByANumberAlone(t *testing.T) {
	plans, err := Parse("整治方案范文2篇\n篇一\n" + formBegin + "一、目标\n规范收费。\n篇二：\n" + formBegin + "一、目标\n规范用药。")
	if err != nil || len(plans) != 2 || Said(plans[0].Goal) != "规范收费。" || Said(plans[1].Goal) != "规范用药。" || Said(plans[1].Title) != "清江市收费行为专项整治方案" {
		t.Errorf("%+v: %v", plans, err)
	}
}

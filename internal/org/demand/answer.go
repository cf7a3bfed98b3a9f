package demand

import "qingfeng/internal/kit/i18n"

// Contact is the answer to the first question of a call-back: were you
// contacted?
type Contact string

// The answers to the first question.
const (
	WasContacted Contact = "yes"
	NotContacted Contact = "no"
)

// Contacts lists the answers to the first question.
func Contacts() []Named[Contact] {
	return []Named[Contact]{
		{WasContacted, i18n.T("联系过", "Yes")},
		{NotContacted, i18n.T("没有", "No")},
	}
}

// Resolution is the answer to the second question: is it solved?
type Resolution string

// The answers to the second question. What is partly solved is not solved.
const (
	Settled   Resolution = "yes"
	Partly    Resolution = "partly"
	Unsettled Resolution = "no"
)

// Resolutions lists the answers to the second question.
func Resolutions() []Named[Resolution] {
	return []Named[Resolution]{
		{Settled, i18n.T("已解决", "Solved")},
		{Partly, i18n.T("部分解决", "Partly solved")},
		{Unsettled, i18n.T("未解决", "Not solved")},
	}
}

// Satisfaction is the answer to the third question: are you satisfied?
type Satisfaction string

// The answers to the third question; "fair" (一般) counts as neither satisfied
// nor basically so.
const (
	Satisfied          Satisfaction = "satisfied"
	BasicallySatisfied Satisfaction = "basic"
	Fair               Satisfaction = "fair"
	Unsatisfied        Satisfaction = "unsatisfied"
)

// Satisfactions lists the answers to the third question.
func Satisfactions() []Named[Satisfaction] {
	return []Named[Satisfaction]{
		{Satisfied, i18n.T("满意", "Satisfied")},
		{BasicallySatisfied, i18n.T("基本满意", "Basically satisfied")},
		{Fair, i18n.T("一般", "Fair")},
		{Unsatisfied, i18n.T("不满意", "Not satisfied")},
	}
}

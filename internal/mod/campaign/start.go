package campaign

import (
	"fmt"
	"slices"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// What becomes of reports and milestones whose day is over when a campaign starts.
const (
	leavePast = "leave" // nobody owes them
	owePast   = "owe"   // they are owed all the same, and late at once
)

// begin decides from which day on the plan holds of a campaign that starts today. Whoever
// starts it is asked first about days that are over. Fault: Invalid with each of them.
func (c *Content) begin(today Day, past string) error {
	over := c.missed(today)
	switch {
	case past == owePast:
		c.HoldsFrom = ""
	case past == leavePast || over == nil:
		c.HoldsFrom = today
	default:
		return over
	}
	return nil
}

// missed names the milestones and reports whose day is over; nil where there are none.
func (c Content) missed(today Day) error {
	var bad fault.Fields
	over := slices.ContainsFunc(c.Milestones, func(m Milestone) bool { return m.Due < today }) || slices.ContainsFunc(c.Duties, func(d Duty) bool { return d.Due < today })
	bad.Refuse(over, "past", i18n.T("有期限已经过去，启动后会立即算逾期：请选择不再要求，或仍然要求", "some days are over, and would be missed at once: choose to leave them, or to ask for them all the same"))
	for i, m := range c.Milestones {
		bad.Refuse(m.Due < today, fmt.Sprintf("content.milestones[%d].due", i), i18n.T("%s：期限 %s 已过", "%s: its day %s is over"), m.spot(i), string(m.Due))
	}
	for i, d := range c.Duties {
		bad.Refuse(d.Due < today, fmt.Sprintf("content.duties[%d].due", i), i18n.T("%s：期限 %s 已过", "%s: its day %s is over"), spot(ofDuties(), i, d.Title), string(d.Due))
	}
	return bad.Err()
}

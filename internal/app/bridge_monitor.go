package app

import (
	"context"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
	"qingfeng/internal/org/violation"
)

// demandOf is the category of a case about a violation.
func demandOf(code string) string {
	if violation.Integrity(code) && violation.GroupOf(code) != "V09" {
		return "F"
	}
	c, known := map[string]string{"V01": "H", "V02": "H", "V03": "E", "V04": "G", "V05": "I", "V06": "D", "V07": "E", "V09": "N", "V10": "A", "V11": "C", "V12": "K", "V13": "O", "V14": "M"}[violation.GroupOf(code)]
	if !known {
		return "Z"
	}
	return c
}

// clues opens the case of what an inspector or a social supervisor found, in confidence:
// who found it is sealed as any reporter is. The key makes it one case however often it
// is tried.
func (s *System) clues(ctx context.Context, c inspection.Clue) error {
	channel, who := demand.Patrol, "检查人员"
	if c.Supervisor {
		channel, who = demand.Supervisor, "社会监督员"
	}
	if !org.ValidPhone(c.Phone) { // it may be an extension; the account says who it is
		c.Phone = ""
	}
	sub := intake.Submission{Category: demandOf(c.Category), Mode: demand.Confidential, ReporterName: c.Name, ReporterPhone: c.Phone, Institution: c.UnitID,
		OccurredOn: c.FoundAt.In(clock.Shanghai).Format(time.DateOnly), IdempotencyKey: "inspection-clue/" + c.ID,
		Narrative: who + "现场发现（" + c.TargetName + "）：" + violation.Name(c.Category).ZH + "。" + c.Text}
	if c.UnitID == "" {
		sub.Region = c.Region
	}
	_, err := s.Intake.Submit(ctx, sub, intake.Origin{Channel: channel, EnteredBy: c.By})
	return err
}

package inspection

import (
	"maps"
	"slices"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// send tells who inspects where they go, and until when; once for all that came of one
// draw. Those who are inspected are told nothing.
func (s *Service) send(tx *db.Tx, all []planned) error {
	if s.Tell == nil {
		return nil
	}
	theirs := map[string][]Task{}
	for _, t := range all {
		for _, m := range t.team {
			if m.StaffID != "" {
				theirs[m.StaffID] = append(theirs[m.StaffID], t.Task)
			}
		}
	}
	for _, who := range slices.Sorted(maps.Keys(theirs)) {
		if err := s.sendTo(tx, who, theirs[who]); err != nil {
			return err
		}
	}
	return nil
}

// sendTo tells one inspector of tasks.
func (s *Service) sendTo(tx *db.Tx, who string, tasks []Task) error {
	first := slices.MinFunc(tasks, func(a, b Task) int { return a.DueAt.Compare(b.DueAt) })
	where, err := org.RegionName(tx.Reader, districtOf(org.RegionPart(first.Path)))
	if err != nil {
		return err
	}
	due := first.DueAt.Add(-1).In(clock.Shanghai).Format(time.DateOnly) // the day that ends then
	text := i18n.T("请检查 %s（%s），%s 前完成", "please inspect %s (%s) by %s").With(first.TargetName, where, due)
	if len(tasks) > 1 {
		text = i18n.T("有 %d 项检查由您参加，最早的是 %s（%s），%s 前完成", "you take part in %d inspections, the first of %s (%s), by %s").With(len(tasks), first.TargetName, where, due)
	}
	return s.Tell(tx, []string{who}, "inspection.mine", text, "/inspection/mine")
}

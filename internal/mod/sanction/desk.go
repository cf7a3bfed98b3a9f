package sanction

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
)

// deskBox is a number of the desk: the rows of a list under a filter.
type deskBox struct {
	name, table string
	filter      filter
}

func deskBoxes() []deskBox {
	late, soon := RecordFilter{LateFilter: LateFilter{Overdue: true}}, RecordFilter{LateFilter: LateFilter{Soon: true}}
	return []deskBox{
		{"penalties_late", penaltyTable, PenaltyFilter{RecordFilter: late}},
		{"penalties_soon", penaltyTable, PenaltyFilter{RecordFilter: soon}},
		{"points_late", pointTable, PointFilter{RecordFilter: late}},
		{"transfers_late", transferTable, TransferFilter{RecordFilter: late}},
		{"consequences", consequenceTable, ConsequenceFilter{StateFilter: StateFilter{Raised}}},
		{"proposed", publicationTable, PublicationFilter{StateFilter: StateFilter{Proposed}}},
		{"withdraw", publicationTable, PublicationFilter{LateFilter: LateFilter{Overdue: true}}},
	}
}

// Desk counts what is late, ends soon, or waits for a decision. Each number is that of
// a list under the filter of deskBoxes.
func (s *Service) Desk(ctx context.Context, _ struct{}) (counts map[string]list.Count, err error) {
	defer fault.Wrap(&err, "sanction.Desk")
	counts = map[string]list.Count{}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		for _, box := range deskBoxes() {
			var w db.Where
			seen(authz.From(ctx), &w, box.table)
			box.filter.narrow(&w, s.Now())
			n, err := list.CountOf(r, box.table, &w)
			if err != nil {
				return err
			}
			counts[box.name] = *n
		}
		return nil
	})
	return counts, err
}

package intake

import (
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
)

const reportColumns = `id, number, channel, category, item, class, mode, region, path, institution, department, place, code,
		narrative, wish, about, occurred_on, answers, lang, received_at, entered_by, source_no, deadline, sealed, files`

func insertReport(tx *db.Tx, rep Report) error {
	return tx.Add(`insert into report (`+reportColumns+`, dedupe)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)`,
		rep.ID, rep.Number, rep.Channel, rep.Category, rep.Item, rep.Class, rep.Mode, rep.Region, rep.Path, rep.Institution,
		rep.Department, rep.Place, rep.Code, rep.Narrative, rep.Wish, rep.About, rep.OccurredOn, rep.Answers, rep.Lang,
		rep.ReceivedAt, rep.EnteredBy, rep.SourceNo, rep.Deadline, rep.Sealed, rep.Files, rep.Dedupe)
}

func reportAsStored(r db.Reader, id string) (Report, error) {
	return db.Find[Report](r, i18n.T("反映", "report"), `select `+reportColumns+` from report where id = $1`, id)
}

// writeWords writes the words of a report over those that are stored.
func writeWords(tx *db.Tx, rep Report) error {
	return tx.Add(`update report set narrative = $2, wish = $3, about = $4, answers = $5, sealed = $6 where id = $1`,
		rep.ID, rep.Narrative, rep.Wish, rep.About, rep.Answers, rep.Sealed)
}

// beside fills in what stands beside reports in other tables and is in their
// leaves: under which code their receipts are kept, and whether anybody gave a
// name.
func beside(r db.Reader, reps []Report) error {
	if len(reps) == 0 {
		return nil
	}
	ids, at := make([]string, len(reps)), map[string]*Report{}
	for i := range reps {
		ids[i], at[reps[i].ID] = reps[i].ID, &reps[i]
	}
	var w db.Where
	rows, err := db.All[struct {
		ReportID string
		Mac      string
		Known    bool
	}](r, `select x.report_id, x.mac, (select count(*) from reporter y where y.report_id = x.report_id) as known
		from receipt x where `+w.In("x.report_id", ids)+` order by x.mac`, w.Args()...)
	for _, x := range rows {
		rep := at[x.ReportID]
		rep.Receipts, rep.Known = append(rep.Receipts, x.Mac), x.Known
	}
	return err
}

// homeCode returns the region of the topmost commission.
func homeCode(r db.Reader) (string, error) {
	return db.Value[string](r, `select region from unit where kind = 'commission' and closed_at is null order by length(path), sort, id limit 1`)
}

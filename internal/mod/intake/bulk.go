package intake

import (
	"context"
	"crypto/rand"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/org/demand"
)

// Past is a report that was given before the program knew of it, or an
// invented one. Its case is the caller's to write (casework.WritePast).
type Past struct {
	Opening          // its deadline is the caller's to set, when the case is written
	Who     Identity // nothing for an anonymous report
}

// Where is what a report of the past is about.
type Where struct {
	Region, Path, Institution, Department, Place, Code string
	Channel                                            demand.Channel
}

// Past makes a report of the past from what was said: received at from.At. It
// reserves a number, so it is called before the transaction of WritePast.
func (s *Service) Past(ctx context.Context, sub Submission, from Origin, at Where) (p Past, err error) {
	rep := s.reportOf(ctx, sub, from, whereabouts{region: at.Region, path: at.Path, institution: at.Institution, department: at.Department,
		place: at.Place, code: at.Code, channel: at.Channel})
	if rep.Number, err = s.number(ctx, rep); err != nil {
		return p, err
	}
	p.Opening = opening(rep, sub, from)
	if rep.Mode != demand.Anonymous {
		p.Who = Identity{Name: strings.TrimSpace(sub.ReporterName), Phone: strings.TrimSpace(sub.ReporterPhone)}
	}
	return p, nil
}

// WritePast stores reports as they were given, with a receipt each that nobody
// has.
func (s *Service) WritePast(tx *db.Tx, pasts []Past) (err error) {
	defer fault.Wrap(&err, "intake.WritePast(%d)", len(pasts))
	var reports, receipts, people [][]any
	facts := make([]tlog.Fact, 0, len(pasts))
	made := s.Vault.Batch()
	for _, p := range pasts {
		p.Receipts, p.Known = []string{s.stored(digits(s.mac("receipt", rand.Text())))}, p.Who != (Identity{})
		rep, err := sealWords(p.Report, made.Create)
		if err != nil {
			return err
		}
		reports = append(reports, []any{rep.ID, rep.Number, rep.Channel, rep.Category, rep.Item, rep.Class, rep.Mode, rep.Region, rep.Path, rep.Institution,
			rep.Department, rep.Place, rep.Code, rep.Narrative, rep.Wish, rep.About, rep.OccurredOn, rep.Answers, rep.Lang, rep.ReceivedAt, rep.EnteredBy, rep.SourceNo, rep.Deadline, rep.Sealed, rep.Files})
		facts = append(facts, p.fact())
		receipts = append(receipts, []any{p.Receipts[0], p.ID})
		if p.Who != (Identity{}) {
			who, err := sealIdentity(p.ID, p.Who, made.Create)
			if err != nil {
				return err
			}
			people = append(people, []any{p.ID, who.Name, who.Phone})
		}
	}
	if err := made.Store(tx); err != nil {
		return err
	}
	if err := db.InsertMany(tx, "report", reportColumns, reports); err != nil {
		return err
	}
	if err := db.InsertMany(tx, "receipt", "mac, report_id", receipts); err != nil {
		return err
	}
	if err := db.InsertMany(tx, "reporter", "report_id, name, phone", people); err != nil {
		return err
	}
	return s.Log.AppendPast(tx, reportLeaf, facts...)
}

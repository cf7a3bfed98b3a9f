package intake

import (
	"context"
	"fmt"

	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/verify"
)

// Frame is what the case of a report must say, for the check that compares the
// two.
type Frame struct {
	ID, Number, Title, Category, Item, Class, Channel, Mode string
	Region, Path, Institution, Department, Place            string
	ReceivedAt                                              int64 // milliseconds
	Sealed                                                  bool
}

// Frames returns the frames of up to limit reports above an identifier.
func Frames(r db.Reader, after string, limit int) ([]Frame, error) {
	reps, err := reportsAfter(r, after, limit)
	if err != nil {
		return nil, fmt.Errorf("intake.Frames: %w", err)
	}
	frames := make([]Frame, len(reps))
	for i, rep := range reps {
		sub := Submission{Category: rep.Item, Narrative: rep.Narrative}
		if sub.Category == "" {
			sub.Category = rep.Category
		}
		frames[i] = Frame{ID: rep.ID, Number: rep.Number, Title: title(sub, rep.Sealed), Category: rep.Category, Item: rep.Item, Class: string(rep.Class),
			Channel: string(rep.Channel), Mode: string(rep.Mode), Region: rep.Region, Path: rep.Path, Institution: rep.Institution, Department: rep.Department,
			Place: rep.Place, ReceivedAt: rep.ReceivedAt.UnixMilli(), Sealed: rep.Sealed}
	}
	return frames, nil
}

// checks are the invariants of intake: who reported can be read by whoever may,
// as long as it was not destroyed.
func (s *Service) checks() []verify.Check {
	return []verify.Check{{Name: "intake: identities open", Run: s.checkIdentities}}
}

const perCheck = 500

func (s *Service) checkIdentities(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	for after := ""; ; {
		rows, err := db.All[struct{ ReportID, Name, Phone string }](r, `select report_id, name, phone from reporter where report_id > $1 order by report_id limit $2`, after, perCheck)
		if err != nil || len(rows) == 0 {
			return n, err
		}
		records := make([]string, len(rows))
		for i, x := range rows {
			records[i] = identityKey(x.ReportID)
		}
		keys, err := s.Vault.Keys(r, records)
		if err != nil {
			return n, err
		}
		for _, x := range rows {
			k, there := keys[identityKey(x.ReportID)]
			if !there {
				report("report %s: the key of who reported is gone", x.ReportID)
			} else if err := (Identity{x.Name, x.Phone}).opens(k); err != nil {
				report("report %s: who reported does not open: %v", x.ReportID, err)
			}
		}
		n, after = n+len(rows), rows[len(rows)-1].ReportID
	}
}

// opens reports why an identity does not open by its key; one that was destroyed
// need not.
func (who Identity) opens(k crypt.Key) error {
	if k.Gone() {
		return nil
	}
	_, err := who.parts(k.Open)
	return err
}

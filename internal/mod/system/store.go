package system

import (
	"context"
	"errors"
	"fmt"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/org"
)

const selectNotice = `select n.id, n.year, n.line, n.reason, n.imported_by, coalesce(s.name, '') as imported_by_name, n.imported_at
		from calendar_notice n left join staff s on s.id = n.imported_by `

// choose adds the conditions of a filter, and those under which the actor of ctx
// may read an entry: what the people of a unit did is for who reads the log at a
// node above that unit. Looking for something sealed finds nothing.
func (s *Service) choose(ctx context.Context, f Filter, w *db.Where) {
	org.Within(w, "u.path", authz.From(ctx).Paths(ReadAudit))
	if len(f.actors) > 0 {
		w.AndIn("a.actor", f.actors)
	}
	w.AndIf(f.Action != "", "substr(a.action, 1, ?) = ?", len([]rune(f.Action)), f.Action)
	if len(f.subjects) > 0 {
		w.AndIn("a.subject", f.subjects)
		w.And("not " + s.sealed(ctx, w))
	}
	w.AndIf(!f.From.IsZero(), "a.at >= ?", f.From)
	w.AndIf(!f.To.IsZero(), "a.at < ?", f.To)
}

// sealed is the condition on an entry that its reader may not know its subject.
func (s *Service) sealed(ctx context.Context, w *db.Where) string {
	if s.Sealed == nil {
		return "(1 = 0)"
	}
	return s.Sealed(ctx, w, "a.subject")
}

// selected is the text that reads entries under the conditions of w. Of an entry
// about something sealed it shows who did what and when: that somebody looked is
// seen, at what is not.
func (s *Service) selected(ctx context.Context, w *db.Where) string {
	sealed := s.sealed(ctx, w)
	return `select a.id, a.at, a.actor, coalesce(s.name, '') as actor_name, a.session, a.action, case when ` + sealed + ` then '' else a.subject end as subject,
		case when ` + sealed + ` then '' else a.reason end as reason, case when ` + sealed + ` then '{}' else a.detail end as detail
		from audit a left join staff s on s.id = a.actor left join unit u on u.id = s.unit_id ` + w.String() + ` order by a.at desc, a.id desc`
}

// notices returns what was imported, the oldest first: the last one of a year
// holds.
func notices(r db.Reader) ([]notice, error) {
	ns, err := db.All[notice](r, selectNotice+`order by n.id`)
	if err != nil {
		return nil, fmt.Errorf("system: notices: %w", err)
	}
	return ns, nil
}

// imported reports whether a year was imported.
func imported(r db.Reader, year int) (bool, error) {
	_, err := db.Value[string](r, `select id from calendar_notice where year = $1 limit 1`, year)
	if errors.Is(err, db.ErrNone) {
		return false, nil
	}
	return err == nil, err
}

// Standings returns the table of notices, whose rows the transparency log has.
func Standings() tlog.Standing {
	return tlog.Standing{Name: "calendar/v1", What: "years of the calendar", Table: "calendar_notice", Key: "id", Columns: "year, line, reason, imported_by, imported_at"}
}

func insertNotice(tx *db.Tx, n notice) error {
	_, err := tx.Change("calendar_notice", n.ID, `insert into calendar_notice (id, year, line, reason, imported_by, imported_at) values ($1, $2, $3, $4, $5, $6)`,
		n.ID, n.Year, n.Line, n.Reason, n.ImportedBy, n.ImportedAt)
	if err != nil {
		return fmt.Errorf("system: notice: %w", err)
	}
	return nil
}

package campaign

import (
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/list"
)

// scoped narrows to the institutions below a path that there were on a day, of some
// kinds or of all.
func scoped(w *db.Where, path string, kinds []string, on Day) {
	w.And("u.kind = 'institution' and u.created_at < ? and (u.closed_at is null or u.closed_at >= ?)", on.End(), on.End())
	w.AndBelow("u.path", path)
	if len(kinds) > 0 {
		w.AndIn("u.subkind", kinds)
	}
}

// inspected selects the institutions that were inspected for a campaign before an
// instant, and when each was for the first time.
func (s *Service) inspected(w *db.Where, campaign string, before time.Time) string {
	return w.Bind(`(select unit, min(at) as first from (`+s.Inspections+`) v where campaign = ? and at < ? group by unit)`, campaign, before)
}

// covered counts the institutions that were in scope on a day, and those of them that
// were inspected by its end, or by now.
func (s *Service) covered(r db.Reader, c Campaign, kinds []string, on Day) (coverRows, error) {
	before := s.Now()
	if on.End().Before(before) {
		before = on.End()
	}
	var w db.Where
	done := s.inspected(&w, c.ID, before)
	scoped(&w, c.Path, kinds, on)
	return db.All[coverRow](r, `select u.region, coalesce(g.name, '') as name, u.subkind as kind, count(*) as in_scope, count(d.unit) as inspected
		from unit u left join region g on g.code = u.region left join `+done+` d on d.unit = u.id `+w.String()+` group by u.region, g.name, u.subkind order by u.region, u.subkind`, w.Args()...)
}

// institutions reads a page of the institutions in scope of today, in the order of
// the tree; its cursor is the last institution.
func (s *Service) institutions(r db.Reader, c Campaign, content Content, in InstitutionsInput) (list.Page[InstitutionRow], error) {
	var w db.Where
	done := s.inspected(&w, c.ID, s.Now())
	scoped(&w, c.Path, content.Kinds, DayOf(s.Now()))
	w.AndIf(in.Region != "", "u.region = ?", in.Region)
	w.AndIf(in.Kind != "", "u.subkind = ?", in.Kind)
	w.AndIf(in.Inspected == "yes", "d.unit is not null")
	w.AndIf(in.Inspected == "no", "d.unit is null")
	w.AndIf(in.Cursor != "", "u.path > coalesce((select path from unit where id = ?), '')", in.Cursor)
	rows, err := db.All[InstitutionRow](r, `select u.id, u.name, u.subkind as kind, u.region, d.first as inspected_at
		from unit u left join `+done+` d on d.unit = u.id `+w.String()+` order by u.path `+w.Bind("limit ?", in.Limit+1), w.Args()...)
	page := list.Page[InstitutionRow]{Items: rows}
	if len(rows) > in.Limit {
		page.Items, page.Next = rows[:in.Limit], rows[in.Limit-1].ID
	}
	return page, err
}

package system

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/org"
)

const (
	selectEntry  = `select a.id, a.at, a.actor, coalesce(s.name, '') as actor_name, a.session, a.action, a.subject, a.reason, a.detail from audit a left join staff s on s.id = a.actor `
	newestFirst  = ` order by a.at desc, a.id desc`
	selectNotice = `select n.id, n.year, n.line, n.reason, n.imported_by, coalesce(s.name, '') as imported_by_name, n.imported_at from calendar_notice n left join staff s on s.id = n.imported_by `
)

// chosen returns the conditions of a filter, and those under which the actor of
// ctx may read an entry: what the people of a unit did is for who reads the log
// at a node above that unit.
func chosen(ctx context.Context, f Filter) (w db.Where) {
	if paths := authz.From(ctx).Paths(ReadAudit); !slices.Contains(paths, "/") {
		var people db.Where
		org.Within(&people, "u.path", paths)
		w.And("a.actor in (select p.id from staff p join unit u on u.id = p.unit_id "+questions(people)+")", people.Args()...)
	}
	w.AndIf(f.Actor != "", "a.actor = ?", f.Actor)
	w.AndIf(f.Action != "", "substr(a.action, 1, ?) = ?", len([]rune(f.Action)), f.Action)
	w.AndIf(f.Subject != "", "a.subject = ?", f.Subject)
	w.AndIf(!f.From.IsZero(), "a.at >= ?", f.From)
	w.AndIf(!f.To.IsZero(), "a.at < ?", f.To)
	return w
}

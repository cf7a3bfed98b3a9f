package org

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/verify"
)

// Checks re-reads the organisation and re-checks what must hold of it. The
// rules stand here a second time, as queries over what is stored, so that a
// mistake of the writing side does not hide itself.
func Checks() []verify.Check {
	return []verify.Check{
		rows("org: regions in the tree", `select count(*) from region`,
			`select code from region g where level > 1 and not exists
				(select 1 from region above where above.code = g.parent and g.path = above.path || g.code || '/' and g.level = above.level + 1)
			union all select code from region where level = 1 and (parent <> '' or path <> '/' || code || '/')`,
			"region %s does not lie in its parent"),
		rows("org: units in the tree", `select count(*) from unit`,
			`select id from unit u where kind <> 'department' and not exists
				(select 1 from region g where g.code = u.parent and g.code = u.region and u.path = g.path || u.id || '/')
			union all select id from unit u where kind = 'department' and not exists
				(select 1 from unit above where above.id = u.parent and above.region = u.region and u.path = above.path || u.id || '/')`,
			"unit %s does not lie in its parent"),
		rows("org: departments of institutions", `select count(*) from unit where kind = 'department'`,
			`select id from unit u where kind = 'department' and not exists
				(select 1 from unit above where above.id = u.parent and above.kind = 'institution' and (above.closed_at is null or u.closed_at is not null))`,
			"department %s is open but has no open institution"),
		rows("org: institutions on record", `select count(*) from unit where kind = 'institution'`,
			`select id from unit u where (kind = 'institution') <> exists (select 1 from institution i where i.unit_id = u.id)`,
			"unit %s is an institution without a record, or the other way round"),
		rows("org: places in their unit", `select count(*) from place`,
			`select id from place p where not exists (select 1 from unit u join unit i on i.id = p.institution
				where u.id = p.unit_id and u.path = p.path and i.kind = 'institution' and (u.id = i.id or u.parent = i.id))`,
			"place %s does not lie in its unit"),
		rows("org: grants at existing nodes", `select count(*) from role_grant`,
			`select id from role_grant r where path <> '/' and not exists (select 1 from region g where g.path = r.path)
				and not exists (select 1 from unit u where u.path = r.path)`,
			"grant %s points to nothing"),
		rows("org: administrators apart", `select count(*) from role_grant where role in ('system_admin', 'security_admin', 'audit_admin')`,
			`select staff_id from role_grant where revoked_at is null group by staff_id having count(distinct role) > 1
				and max(case when role in ('system_admin', 'security_admin', 'audit_admin') then 1 else 0 end) = 1`,
			"staff %s is an administrator and something else"),
		rows("org: roles of people at work", `select count(*) from role_grant where revoked_at is null`,
			`select r.id from role_grant r join staff s on s.id = r.staff_id where r.revoked_at is null and s.closed_at is not null`,
			"grant %s is held by somebody who has left"),
		{Name: "org: codes", Run: checkCodes},
	}
}

// rows is a check whose first query counts what it looks at and whose second
// one finds the identifiers of what is wrong.
func rows(name, count, wrong, complaint string) verify.Check {
	return verify.Check{Name: name, Run: func(_ context.Context, r db.Reader, report func(string, ...any)) (int, error) {
		n, err := db.Value[int64](r, count)
		if err != nil {
			return 0, wrapped(err, name)
		}
		ids, err := db.Values[string](r, wrong)
		for _, id := range ids {
			report(complaint, id)
		}
		return int(n), wrapped(err, name)
	}}
}

// checkCodes recomputes every check digit and looks for regions that do not
// exist, for codes that two carry and for spans that end before they begin.
func checkCodes(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	known, err := knownRegions(r)
	if err != nil {
		return 0, err
	}
	carried := map[string]string{}
	for c, err := range db.Each[Code](r, `select `+codeColumns+` from unit_code order by unit_id, system, valid_from`) {
		if err != nil {
			return n, wrapped(err, "codes")
		}
		n++
		if err := CheckCode(c.System, c.Value, known); err != nil {
			report("%s code %s of unit %s: %v", c.System, c.Value, c.UnitID, err)
		}
		if !c.ValidTo.IsZero() {
			if c.ValidTo.Before(c.ValidFrom) {
				report("%s code %s of unit %s ends before it begins", c.System, c.Value, c.UnitID)
			}
			continue
		}
		for _, key := range []string{string(c.System) + " " + c.Value, string(c.System) + " of unit " + c.UnitID} {
			if other, twice := carried[key]; twice {
				report("%s: both unit %s and unit %s, or two at once", key, other, c.UnitID)
			}
			carried[key] = c.UnitID
		}
	}
	return n, nil
}

package system

import (
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/org"
)

// A page of the log is a walk along an index, however long the log is: nothing
// is scanned and, without a filter by person or subject, nothing is sorted.
func TestPageOfTheLogIsARangeOfAnIndex(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t), dbtest.Migration{Module: "org", Files: org.Migrations()},
		dbtest.Migration{Module: "audit", Files: audit.Migrations()}, dbtest.Migration{Module: "system", Files: Migrations()})
	hospital := authz.Actor{ID: "x", Grants: []authz.Grant{{Path: "/99/h/", Permissions: []authz.Permission{ReadAudit}}}}
	for name, c := range map[string]struct {
		actor authz.Actor
		f     Filter
		index string
	}{
		"all":          {authz.System(), Filter{}, "audit_at"},
		"of a place":   {hospital, Filter{}, "audit_at"},
		"by action":    {authz.System(), Filter{Action: "case."}, "audit_at"},
		"of an hour":   {authz.System(), Filter{From: time.UnixMilli(1), To: time.UnixMilli(2)}, "audit_at"},
		"of a subject": {authz.System(), Filter{subjects: []string{"c1"}}, "audit_subject"},
		"of a person":  {authz.System(), Filter{actors: []string{"p1"}}, "audit_actor"},
	} {
		var w db.Where
		ctx := authz.With(t.Context(), c.actor)
		(&Service{}).choose(ctx, c.f, &w)
		plan := dbtest.Explain(t, d, (&Service{}).selected(ctx, &w)+w.Bind(` limit ?`, 51), w.Args()...)
		if !strings.Contains(plan, "USING INDEX "+c.index) || strings.Contains(plan, "SCAN a\n") || c.index == "audit_at" && strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%s: %s", name, plan)
		}
	}
}

package org_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/verify"
	"qingfeng/internal/org"
)

// today is when the tests happen.
func today() time.Time { return time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai) }

// city is a small city with everything that a test may need: a province, a
// prefecture, two districts, a commission, a hospital with a department.
type city struct {
	*org.Service
	t          *testing.T
	admin      context.Context // holds everything in the prefecture
	commission org.Unit
	hospital   org.UnitDetail
	ward       org.Unit
	late       *atomic.Int64 // seconds by which the time of telephones has moved on
}

const (
	province   = "/990000/"
	prefecture = "/990000/990100/"
	east       = "/990000/990100/990102/"
	west       = "/990000/990100/990103/"
)

// each runs f in a city of its own on both engines. Afterwards everything that
// must hold of an organisation holds.
func each(t *testing.T, f func(*testing.T, *city)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d)
		f(t, c)
		c.verify()
	}, dbtest.Migration{Module: "org", Files: org.Migrations()}, dbtest.Migration{Module: "audit", Files: audit.Migrations()},
		dbtest.Migration{Module: "authn", Files: authn.Migrations()}, dbtest.Migration{Module: "setting", Files: config.Migrations()})
}

func found(t *testing.T, d *db.DB) *city {
	now := ticking()
	s := &org.Service{DB: d, Now: now, Audit: audit.New(now), Hasher: authn.NewCheapHasher(4), Limit: nobodyWaits{}, LimitCodes: nobodyWaits{}, Roles: roles(),
		Settings: config.New(d, now), Tell: func(*db.Tx, []string, string, i18n.Text, string) error { return nil },
		HandOver: func(context.Context, *db.Tx, string, string) (int, error) { return 0, nil }}
	s.Sessions = authn.NewSessions(d, false, make([]byte, 32), s.ActorOf)
	var late atomic.Int64
	s.Factors = ok(authn.NewFactors(func() time.Time { return today().Add(time.Duration(late.Load()) * time.Second) }, make([]byte, 32), "清风", "https://qf.example.org"))(t)
	s.Settings.Declare(s.Module().Settings...)
	c := &city{Service: s, t: t, late: &late}
	c.admin = c.as("admin", prefecture, org.Read, org.Manage, org.ManagePlaces, org.ManageAccounts, org.GrantRoles)
	c.tx(func(tx *db.Tx) error {
		return org.InsertRegion(tx, org.NewRegion("990000", "清河省"), org.NewRegion("990100", "清河市"),
			org.NewRegion("990102", "城东区"), org.NewRegion("990103", "城西区"))
	})
	c.commission = ok(c.CreateUnit(c.admin, posted(org.NewUnit{Kind: org.Commission, Parent: "990100", Name: "清河市卫生健康委", Phone: "12345", Hours: "工作日"})))(t)
	c.hospital = ok(c.CreateInstitution(c.admin, posted(org.NewInstitution{Subkind: "general", Parent: "990102", Name: "清河市第一人民医院",
		ShortName: "市一院", Level: "3A", Ownership: "public", CreditCode: "12100000400000624D"})))(t)
	c.ward = ok(c.CreateUnit(c.admin, posted(org.NewUnit{Kind: org.Department, Parent: c.hospital.ID, Subkind: "03.04", Name: "心内科"})))(t)
	return c
}

// nobodyWaits is a limiter that allows everything.
type nobodyWaits struct{}

func (nobodyWaits) Allow(string) error { return nil }

// ticking is a clock that never tells the same time twice.
func ticking() clock.Clock {
	var n atomic.Int64
	return func() time.Time { return today().Add(time.Duration(n.Add(1)) * time.Millisecond) }
}

// roles is a list of roles such as the program has.
func roles() []org.Role {
	role := func(key, name string, ps ...authz.Permission) org.Role {
		return org.Role{Key: key, Name: i18n.T(name, key), Text: i18n.T(name, key), Permissions: ps}
	}
	return []org.Role{
		role(org.SystemAdmin, "系统管理员", org.Read, org.Manage),
		role(org.SecurityAdmin, "安全管理员", org.Read, org.ManageAccounts, org.GrantRoles),
		role(org.AuditAdmin, "审计管理员", org.Read),
		role("handler", "办理人员", org.Read),
		{Key: "monitor", Name: i18n.T("社会监督员", "monitor"), Text: i18n.T("社会监督员", "monitor"), Permissions: []authz.Permission{"visit"}, Light: true},
	}
}

// as returns a context in which somebody acts who holds permissions at path.
func (c *city) as(id, path string, ps ...authz.Permission) context.Context {
	return authz.With(c.t.Context(), authz.Actor{ID: id, Name: id, Path: path, Grants: []authz.Grant{{Role: "test", Path: path, Permissions: ps}}})
}

func (c *city) tx(f func(*db.Tx) error) {
	c.t.Helper()
	if err := c.DB.InTx(c.t.Context(), f); err != nil {
		c.t.Fatal(err)
	}
}

// verify fails the test when something stored does not hold.
func (c *city) verify() {
	c.t.Helper()
	var out strings.Builder
	wrong, err := verify.All(c.t.Context(), c.DB, &out, append(org.Checks(), audit.Check()))
	if err != nil {
		c.t.Fatal(err)
	}
	if wrong > 0 {
		c.t.Error(out.String())
	}
}

// hire adds somebody to a unit.
func (c *city) hire(unit, name string) org.Staff {
	c.t.Helper()
	return ok(c.CreateStaff(c.admin, posted(org.NewStaff{UnitID: unit, Name: name})))(c.t)
}

func posted[T any](body T) org.Posted[T] { return org.Posted[T]{Body: body} }

func postedTo[T any](id string, body T) org.PostedTo[T] { return org.PostedTo[T]{ID: id, Body: body} }

// ok returns the value of a call that must not fail.
func ok[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// refused fails the test unless err is a fault of a kind, about a field when
// one is given.
func refused(t *testing.T, err error, kind fault.Kind, field string) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("got %v, want a fault of kind %d", err, kind)
		return
	}
	if field == "" {
		return
	}
	if !slices.Contains(fieldsOf(err), field) {
		t.Errorf("got %v about %v, want one about %s", err, fieldsOf(err), field)
	}
}

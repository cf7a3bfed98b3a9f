package org

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/list"
)

// Contact is a line of the public directory.
type Contact struct {
	ID        string   `json:"id"`
	Kind      UnitKind `json:"kind" enum:"commission,institution"`
	Name      string   `json:"name"`
	ShortName string   `json:"short_name"`
	Region    string   `json:"region" doc:"GB/T 2260 code."`
	Phone     string   `json:"phone"`
	Hours     string   `json:"hours" doc:"Service hours as people read them."`
	Address   string   `json:"address"`
	Sort      int      `json:"-"`
}

// AskDirectory asks for a page of the directory.
type AskDirectory struct {
	list.Query
	Region string `query:"region" maxLength:"6" doc:"GB/T 2260 code, the regions in it included; empty for everywhere."`
	Q      string `query:"q" maxLength:"50" doc:"Part of the name."`
}

// Directory lists open commissions and institutions, in order of sort: who
// answers, at what number, when. Fault: NotFound when the region does not
// exist.
func Directory(ctx context.Context, r db.Reader, in AskDirectory) (list.Page[Contact], error) {
	return contacts(ctx, r, in, string(Commission), string(Institution))
}

// Institutions lists open institutions, in order of sort: how a person without
// a code says where it was. Fault: NotFound when the region does not exist.
func Institutions(ctx context.Context, r db.Reader, in AskDirectory) (list.Page[Contact], error) {
	return contacts(ctx, r, in, string(Institution))
}

func contacts(ctx context.Context, r db.Reader, in AskDirectory, kinds ...string) (list.Page[Contact], error) {
	narrow := func(_ context.Context, r db.Reader, w *db.Where) error {
		w.And("closed_at is null")
		w.AndIn("kind", kinds)
		Contains(w, in.Q, "name", "short_name")
		return inRegion(r, w, in.Region)
	}
	return list.Read(ctx, r, in.Query, list.Up("sort", "id", func(c Contact) list.Key { return list.Nth(c.Sort, c.ID) }), narrow, contactPage)
}

// inRegion narrows to a region and the regions in it. Unlike belowNode it
// takes no units: strangers ask by region.
func inRegion(r db.Reader, w *db.Where, code string) error {
	if code == "" {
		return nil
	}
	g, err := RegionByCode(r, code)
	if err != nil {
		return err
	}
	Within(w, "path", []string{g.Path})
	return nil
}

// UsedRegions returns the regions that have an open commission or institution
// and the regions above them, from the top down: the choices of a form that
// begins with "where".
func UsedRegions(r db.Reader) ([]Region, error) {
	return regionsInUse(r, string(Commission), string(Institution))
}

// PublicRegions is UsedRegions for everybody.
func (s *Service) PublicRegions(ctx context.Context, _ struct{}) ([]Region, error) {
	return read(ctx, s.DB, UsedRegions)
}

// PublicDirectory is Directory for everybody.
func (s *Service) PublicDirectory(ctx context.Context, in AskDirectory) (list.Page[Contact], error) {
	return read(ctx, s.DB, func(r db.Reader) (list.Page[Contact], error) { return Directory(ctx, r, in) })
}

// PublicInstitutions is Institutions for everybody.
func (s *Service) PublicInstitutions(ctx context.Context, in AskDirectory) (list.Page[Contact], error) {
	return read(ctx, s.DB, func(r db.Reader) (list.Page[Contact], error) { return Institutions(ctx, r, in) })
}

package intake

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// silentAfter is how long a live code hangs without a scan before somebody
// should go and look (product.md 1: "not been scanned for a month").
const silentAfter = 30 * 24 * time.Hour

// CodeLine is a code with where it hangs and how often it was scanned.
type CodeLine struct {
	Code
	State           CodeState     `json:"state" db:"-" enum:"live,replaced,revoked"`
	URL             string        `json:"url" db:"-" doc:"What the printed code opens."`
	PlaceName       string        `json:"place_name"`
	Location        string        `json:"location"`
	Kind            org.PlaceKind `json:"kind" enum:"clinic,ward,window,hall,other"`
	PlaceClosed     bool          `json:"place_closed" doc:"The place is retired; its code should be revoked."`
	InstitutionName string        `json:"institution_name"`
	Region          string        `json:"region"`
	Scans           int64         `json:"scans" db:"-" doc:"Since it hangs."`
	Scans30         int64         `json:"scans_30" db:"-" doc:"Of the last 30 days."`
	LastScan        string        `json:"last_scan,omitempty" db:"-" doc:"Day; absent when it was never scanned."`
	Silent          bool          `json:"silent" db:"-" doc:"Live for 30 days or more and not scanned for 30 days."`
}

// CodeFilter chooses codes.
type CodeFilter struct {
	Region      string        `query:"region" maxLength:"6" doc:"GB/T 2260 code, the regions in it included."`
	Institution string        `query:"institution" maxLength:"64"`
	Place       string        `query:"place" maxLength:"64"`
	Kind        org.PlaceKind `query:"kind" enum:"clinic,ward,window,hall,other"`
	State       string        `query:"state" enum:"live,replaced,revoked,silent" doc:"silent: live, and not scanned for 30 days."`
	Q           string        `query:"q" maxLength:"100" doc:"Part of the name of place or institution, or of the location; or a whole token."`
}

// ListCodesInput asks for a page of codes.
type ListCodesInput struct {
	list.Query
	CodeFilter
}

// ListCodes lists the codes of the actor's scope, the latest first. Fault:
// NotFound for a region that does not exist.
func (s *Service) ListCodes(ctx context.Context, in ListCodesInput) (page list.Page[CodeLine], err error) {
	defer fault.Wrap(&err, "intake.ListCodes")
	newest := list.Down("c.made_at", "c.id", func(c CodeLine) list.Key { return list.At(c.MadeAt, c.ID) })
	narrow := func(ctx context.Context, r db.Reader, w *db.Where) error {
		return s.chooseCodes(ctx, r, w, ReadCodes, in.CodeFilter)
	}
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		if page, err = list.Read(ctx, r, in.Query, newest, narrow, codePage); err != nil {
			return err
		}
		return s.describe(r, page.Items)
	})
	return page, err
}

// ReadCodeInput names a code.
type ReadCodeInput struct {
	ID string `path:"id" maxLength:"64"`
}

// ReadCode returns one code with where it hangs. Faults: NotFound, Forbidden.
func (s *Service) ReadCode(ctx context.Context, in ReadCodeInput) (line CodeLine, err error) {
	defer fault.Wrap(&err, "intake.ReadCode(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if _, err := codeByID(r, in.ID); err != nil {
			return err
		}
		var w db.Where
		w.And("c.id = ?", in.ID)
		lines, err := codePage(r, &w, 1)
		if err != nil {
			return err
		}
		line = lines[0]
		if err := authz.Need(ctx, ReadCodes, line.Path); err != nil {
			return err
		}
		err = s.describe(r, lines)
		line = lines[0]
		return err
	})
	return line, err
}

// chooseCodes adds the filters, within the scope in which the actor holds p.
func (s *Service) chooseCodes(ctx context.Context, r db.Reader, w *db.Where, p authz.Permission, f CodeFilter) error {
	if err := withinRegion(ctx, r, w, "p.path", p, f.Region); err != nil {
		return err
	}
	w.AndIf(f.Institution != "", "c.institution = ?", f.Institution)
	w.AndIf(f.Place != "", "c.place = ?", f.Place)
	w.AndIf(f.Kind != "", "p.kind = ?", f.Kind)
	switch f.State {
	case string(Live):
		w.And("c.revoked_at is null")
	case string(Replaced):
		w.And("c.replaced_by <> ''")
	case string(Revoked):
		w.And("c.revoked_at is not null and c.replaced_by = ''")
	case "silent":
		w.And(silent(w, s.now().Add(-silentAfter), s.silentSince()))
	}
	found, known, err := codeOf(r, strings.TrimSpace(f.Q))
	if known {
		w.And("c.id = ?", found.ID)
		return nil
	}
	org.Contains(w, f.Q, "p.name", "p.location", "u.name")
	return err
}

// withinRegion narrows a path column to where the actor holds p, and to a
// region when one is named. Fault: NotFound for a region that does not exist.
func withinRegion(ctx context.Context, r db.Reader, w *db.Where, column string, p authz.Permission, region string) error {
	org.Within(w, column, authz.From(ctx).Paths(p))
	if region == "" {
		return nil
	}
	g, err := org.RegionByCode(r, region)
	if err != nil {
		return err
	}
	org.Within(w, column, []string{g.Path})
	return nil
}

// silentSince is the first day on which a scan counts as recent.
func (s *Service) silentSince() string {
	return s.now().Add(-silentAfter).In(clock.Shanghai).Format(time.DateOnly)
}

// describe adds to codes what no table holds.
func (s *Service) describe(r db.Reader, lines []CodeLine) error {
	ids := make([]string, len(lines))
	for i, c := range lines {
		ids[i] = c.ID
	}
	sums, err := scansOf(r, ids, s.silentSince())
	for i := range lines {
		c := &lines[i]
		sum := sums[c.ID]
		c.State, c.URL = c.Code.State(), s.address(c.Token)
		c.Scans, c.Scans30, c.LastScan = sum.Total, sum.Recent, sum.Last
		c.Silent = c.State == Live && sum.Recent == 0 && c.MadeAt.Before(s.now().Add(-silentAfter))
	}
	return err
}

// address is what the code of a token opens.
func (s *Service) address(token string) string { return s.URL + "/q/" + token }

package intake

import (
	"context"
	"errors"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

// Spot is where a person stands, as a page shows it.
type Spot struct {
	Code        string   // identifier of the code that was scanned; empty where one was chosen by hand
	Institution org.Unit // zero where only a region was chosen
	Place       org.Place
	Words       string // the two check words of the poster
	Replaced    bool   // another code hangs there now; only Institution and Office are told
	// Office is the commission that answers the telephone when the words do
	// not match; zero when there is none.
	Office org.Unit
}

// Spot returns where the code of a token hangs; false when it hangs nowhere:
// the token is unknown, revoked, or replaced. The spot of a replaced one tells
// the institution, which nobody should have to look for.
func (s *Service) Spot(ctx context.Context, token string) (spot Spot, ok bool, err error) {
	defer fault.Wrap(&err, "intake.Spot")
	if !storable(token) { // a stranger's text that PostgreSQL could not compare
		return spot, false, nil
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		code, known, err := codeOf(r, token)
		if err != nil || !known {
			return err
		}
		switch code.State() {
		case Live:
			ok = true
			spot, err = spotOf(r, code)
		case Replaced:
			spot, err = around(r, code.Institution)
			spot.Replaced = true
		case Revoked:
		}
		return err
	})
	return spot, ok, err
}

func spotOf(r db.Reader, code Code) (Spot, error) {
	p, err := org.PlaceByID(r, code.Place)
	if err != nil {
		return Spot{}, err
	}
	spot, err := around(r, p.Institution)
	spot.Code, spot.Place, spot.Words = code.ID, p, code.Words
	return spot, err
}

// around returns an institution and the commission above it.
func around(r db.Reader, institution string) (spot Spot, err error) {
	if spot.Institution, err = org.UnitByID(r, institution); err != nil {
		return spot, err
	}
	spot.Office, err = officeOf(r, spot.Institution.Path)
	return spot, err
}

// Chosen returns the spot of an institution that was chosen by hand; false
// when there is no such institution.
func (s *Service) Chosen(ctx context.Context, institution string) (spot Spot, ok bool, err error) {
	defer fault.Wrap(&err, "intake.Chosen")
	if institution == "" || !storable(institution) {
		return spot, false, nil
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		spot, err = around(r, institution)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return spot, false, nil
	}
	return spot, err == nil && spot.Institution.Kind == org.Institution, err
}

// Home returns the topmost commission, whose telephone stands on pages that
// know no place; the zero unit before anybody has set up the program.
func (s *Service) Home(ctx context.Context) (office org.Unit, err error) {
	defer fault.Wrap(&err, "intake.Home")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		code, err := homeCode(r)
		if errors.Is(err, db.ErrNone) {
			return nil
		}
		if err != nil {
			return err
		}
		g, err := org.RegionByCode(r, code)
		if err != nil {
			return err
		}
		office, err = officeOf(r, g.Path)
		return err
	})
	return office, err
}

// officeOf returns the commission that is responsible for a path, or the zero
// unit: a page is shown even where none is.
func officeOf(r db.Reader, path string) (org.Unit, error) {
	office, err := org.CommissionAbove(r, path)
	if fault.Is(err, fault.NotFound) {
		return org.Unit{}, nil
	}
	return office, err
}

package org

import (
	"context"
	"slices"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

// ListInstitutions asks for institutions.
type ListInstitutions struct {
	list.Query
	Q         string `query:"q" maxLength:"100" doc:"Part of the name."`
	Region    string `query:"region" maxLength:"64" doc:"Only those in this region and the regions in it."`
	Subkind   string `query:"subkind" maxLength:"40" doc:"Code of the dictionary of institution kinds."`
	Level     string `query:"level" maxLength:"4"`
	Ownership string `query:"ownership" maxLength:"20"`
	Nature    string `query:"nature" maxLength:"20"`
	Hospital  bool   `query:"hospital" doc:"Hospitals only."`
	Closed    bool   `query:"closed" doc:"Closed ones too."`
}

// InstitutionLine is an institution in a list.
type InstitutionLine struct {
	Unit
	Level     string `json:"level"`
	Ownership string `json:"ownership"`
	Nature    string `json:"nature"`
	Beds      int    `json:"beds"`
}

// ListInstitutions lists institutions in order of sort. Fault: NotFound when
// the region does not exist.
func (s *Service) ListInstitutions(ctx context.Context, in ListInstitutions) (list.Page[InstitutionLine], error) {
	return read(ctx, s.DB, func(r db.Reader) (list.Page[InstitutionLine], error) {
		return list.Read(ctx, r, in.Query, list.Up("sort", "id", func(l InstitutionLine) list.Key { return list.Nth(l.Sort, l.ID) }), in.conditions, institutionPage)
	})
}

func (in ListInstitutions) conditions(_ context.Context, r db.Reader, w *db.Where) error {
	w.And("kind = 'institution'")
	Contains(w, in.Q, "name", "short_name")
	w.AndIf(in.Subkind != "", "subkind = ?", in.Subkind)
	w.AndIf(in.Level != "", "level = ?", in.Level)
	w.AndIf(in.Ownership != "", "ownership = ?", in.Ownership)
	w.AndIf(in.Nature != "", "nature = ?", in.Nature)
	w.AndIf(!in.Closed, "closed_at is null")
	if in.Hospital {
		w.AndIn("subkind", HospitalKinds())
	}
	return belowNode(r, w, in.Region)
}

// NewInstitution is an institution to be added.
type NewInstitution struct {
	Subkind      string `json:"subkind" maxLength:"40" doc:"Code of the dictionary of institution kinds."`
	Parent       string `json:"parent" maxLength:"6" doc:"GB/T 2260 code of the region."`
	Name         string `json:"name" minLength:"1" maxLength:"100"`
	ShortName    string `json:"short_name,omitempty" maxLength:"100"`
	Phone        string `json:"phone,omitempty" maxLength:"100"`
	Hours        string `json:"hours,omitempty" maxLength:"300"`
	Address      string `json:"address,omitempty" maxLength:"300"`
	Level        string `json:"level,omitempty" maxLength:"4"`
	Ownership    string `json:"ownership,omitempty" maxLength:"20"`
	Nature       string `json:"nature,omitempty" maxLength:"20"`
	Beds         int    `json:"beds,omitempty" minimum:"0" maximum:"100000"`
	Licence      string `json:"licence,omitempty" maxLength:"100"`
	LicenceUntil string `json:"licence_until,omitempty" maxLength:"10" doc:"Day, such as 2027-06-30."`
	LegalRep     string `json:"legal_rep,omitempty" maxLength:"100"`
	Principal    string `json:"principal,omitempty" maxLength:"100"`
	CreditCode   string `json:"uscc,omitempty" maxLength:"18"`
	Registration string `json:"registration,omitempty" maxLength:"22"`
	Insurance    string `json:"insurance,omitempty" maxLength:"12"`
}

func (n NewInstitution) unit() Unit {
	u := Unit{Kind: Institution, Subkind: n.Subkind, Parent: n.Parent, Name: n.Name, ShortName: n.ShortName,
		Phone: n.Phone, Hours: n.Hours, Address: n.Address}
	u.tidy()
	return u
}

func (n NewInstitution) profile() (Profile, error) {
	p := Profile{Level: n.Level, Ownership: n.Ownership, Nature: n.Nature, Beds: n.Beds, Licence: n.Licence,
		LegalRep: n.LegalRep, Principal: n.Principal}
	p.tidy()
	var err error
	p.LicenceUntil, err = clock.ParseDay("licence_until", n.LicenceUntil)
	return p, err
}

func (n NewInstitution) codes(unit string) []Code {
	codes := []Code{{UnitID: unit, System: CreditCode, Value: n.CreditCode}, {UnitID: unit, System: Registration, Value: n.Registration},
		{UnitID: unit, System: InsuranceCode, Value: n.Insurance}}
	return slices.DeleteFunc(codes, func(c Code) bool { return c.Value == "" })
}

func (p *Profile) tidy() { trim(&p.Licence, &p.LegalRep, &p.Principal) }

// checkProfile refuses what the dictionaries do not know.
func checkProfile(bad *fault.Fields, p Profile) {
	oneOf(bad, "level", p.Level, Levels())
	oneOf(bad, "ownership", p.Ownership, Ownerships())
	oneOf(bad, "nature", p.Nature, Natures())
	bad.Refuse(p.Beds < 0 || p.Beds > 100_000, "beds", i18n.T("床位数应在 0 与 100000 之间", "the number of beds must be between 0 and 100000"))
	optional(bad, "licence", p.Licence, maxName)
	optional(bad, "legal_rep", p.LegalRep, maxName)
	optional(bad, "principal", p.Principal, maxName)
}

var codeTaken = i18n.T("该代码已属于另一家机构", "another institution carries this code")

// CreateInstitution adds an institution with its codes. Faults: Invalid,
// Forbidden outside of the own scope, Conflict when the name or a code is taken.
func (s *Service) CreateInstitution(ctx context.Context, in Posted[NewInstitution]) (UnitDetail, error) {
	u := in.Body.unit()
	u.ID = db.NewID()
	return do(ctx, s, deed{action: "org.unit.create", subject: u.ID, taken: codeTaken},
		func(r db.Reader) (UnitDetail, error) { return s.newInstitution(ctx, r, u, in.Body) },
		func(tx *db.Tx, d *UnitDetail) ([]any, error) {
			return []any{"kind", d.Kind, "parent", d.Parent}, fault.First(
				func() error { return InsertUnit(tx, d.Unit) },
				func() error { return InsertInstitution(tx, *d.Profile) },
				func() error { return s.putCodes(tx, d.Codes) },
				func() (err error) { *d, err = unitDetail(tx.Reader, d.ID); return err },
			)
		})
}

// newInstitution checks an institution and gives it its place in the tree.
func (s *Service) newInstitution(ctx context.Context, r db.Reader, u Unit, n NewInstitution) (d UnitDetail, err error) {
	p, err := n.profile()
	if err != nil {
		return d, err
	}
	bad := checkUnit(u)
	checkProfile(bad, p)
	if err := bad.Err(); err != nil {
		return d, err
	}
	p.UnitID = u.ID
	u, err = s.placed(ctx, r, u, p.Level)
	return UnitDetail{Unit: u, Profile: &p, Codes: n.codes(u.ID)}, err
}

// ProfileChange is what changes about an institution; what is absent stays.
type ProfileChange struct {
	Level        *string `json:"level,omitempty" maxLength:"4"`
	Ownership    *string `json:"ownership,omitempty" maxLength:"20"`
	Nature       *string `json:"nature,omitempty" maxLength:"20"`
	Beds         *int    `json:"beds,omitempty" minimum:"0" maximum:"100000"`
	Licence      *string `json:"licence,omitempty" maxLength:"100"`
	LicenceUntil *string `json:"licence_until,omitempty" maxLength:"10" doc:"Day, such as 2027-06-30; empty when unknown."`
	LegalRep     *string `json:"legal_rep,omitempty" maxLength:"100"`
	Principal    *string `json:"principal,omitempty" maxLength:"100"`
}

func (c ProfileChange) apply(p *Profile) ([]string, error) {
	var changed patch
	set(&changed, "level", &p.Level, c.Level)
	set(&changed, "ownership", &p.Ownership, c.Ownership)
	set(&changed, "nature", &p.Nature, c.Nature)
	set(&changed, "beds", &p.Beds, c.Beds)
	set(&changed, "licence", &p.Licence, c.Licence)
	set(&changed, "legal_rep", &p.LegalRep, c.LegalRep)
	set(&changed, "principal", &p.Principal, c.Principal)
	p.tidy()
	if c.LicenceUntil != nil {
		until, err := clock.ParseDay("licence_until", *c.LicenceUntil)
		if err != nil {
			return nil, err
		}
		if !until.Equal(p.LicenceUntil) {
			p.LicenceUntil, changed.fields = until, append(changed.fields, "licence_until")
		}
	}
	return changed.fields, nil
}

// ChangeInstitution changes level, ownership and licence. Faults: Invalid,
// NotFound, Forbidden, Conflict when the institution is closed.
func (s *Service) ChangeInstitution(ctx context.Context, in PostedTo[ProfileChange]) (UnitDetail, error) {
	return do(ctx, s, deed{action: "org.institution.change", subject: in.ID, taken: codeTaken},
		func(r db.Reader) (UnitDetail, error) { return openInstitution(ctx, r, in.ID) },
		func(tx *db.Tx, d *UnitDetail) ([]any, error) {
			natural := d.Sort == naturalSort(d.Kind, d.Subkind, d.Profile.Level)
			fields, err := in.Body.apply(d.Profile)
			if err != nil || len(fields) == 0 {
				return nil, err
			}
			if natural {
				d.Sort = naturalSort(d.Kind, d.Subkind, d.Profile.Level)
			}
			var bad fault.Fields
			checkProfile(&bad, *d.Profile)
			return changed(fields), fault.First(
				bad.Err,
				func() error { return updateProfile(tx, *d.Profile) },
				func() error { return updateUnit(tx, d.Unit) },
			)
		})
}

// openInstitution returns an institution that is open and where the actor of
// ctx may change things.
func openInstitution(ctx context.Context, r db.Reader, id string) (UnitDetail, error) {
	u, err := openUnit(ctx, r, id, Manage)
	if err != nil {
		return UnitDetail{}, err
	}
	if u.Kind != Institution {
		return UnitDetail{}, fault.Missing(i18n.T("机构", "institution"))
	}
	return unitDetail(r, id)
}

// NewCode gives an institution a code.
type NewCode struct {
	ID     string     `path:"id" maxLength:"64"`
	System CodeSystem `path:"system" enum:"uscc,registration,insurance"`
	Body   struct {
		Value string `json:"value" minLength:"1" maxLength:"22"`
	}
}

// SetCode gives an institution a code; the one that it carried in the same
// system until now ends and stays on record. Faults: Invalid when the code
// cannot exist, NotFound, Forbidden, Conflict when another institution
// carries it.
func (s *Service) SetCode(ctx context.Context, in NewCode) (UnitDetail, error) {
	return do(ctx, s, deed{action: "org.code.set", subject: in.ID, taken: codeTaken},
		func(r db.Reader) (UnitDetail, error) { return openInstitution(ctx, r, in.ID) },
		func(tx *db.Tx, d *UnitDetail) ([]any, error) {
			return []any{"system", in.System}, fault.First(
				func() error { return s.putCode(tx, Code{UnitID: in.ID, System: in.System, Value: in.Body.Value}) },
				func() (err error) { d.Codes, err = codesOf(tx.Reader, in.ID); return err },
			)
		})
}

// putCodes gives a new institution its codes.
func (s *Service) putCodes(tx *db.Tx, codes []Code) error {
	for _, c := range codes {
		if err := s.putCode(tx, c); err != nil {
			return inField(err, string(c.System))
		}
	}
	return nil
}

// putCode checks a code, ends its predecessor and stores it from now on.
func (s *Service) putCode(tx *db.Tx, c Code) error {
	c.Value = tidyCode(c.Value)
	known, err := knownRegions(tx.Reader)
	if err != nil {
		return err
	}
	if err := CheckCode(c.System, c.Value, known); err != nil {
		return err
	}
	holder, held, err := codeHolder(tx.Reader, c.System, c.Value)
	switch {
	case err != nil:
		return err
	case held && holder.ID == c.UnitID:
		return nil
	case held:
		return fault.New(fault.Conflict, i18n.T("该代码已属于 %s", "the code belongs to %s"), holder.Name).
			WithFix(i18n.T("请核对；如该机构已不存在，请先停用它", "please check; if that institution is gone, close it first"))
	}
	c.ValidFrom = s.now()
	if _, err := endCode(tx, c.UnitID, c.System, c.ValidFrom); err != nil {
		return err
	}
	return InsertCode(tx, c)
}

// CodeOf names a code of an institution.
type CodeOf struct {
	ID     string     `path:"id" maxLength:"64"`
	System CodeSystem `path:"system" enum:"uscc,registration,insurance"`
	Body   Reason
}

// EndCode ends the code that an institution carries in a system. Faults:
// Invalid without a reason, NotFound, Forbidden, Conflict when it carries none.
func (s *Service) EndCode(ctx context.Context, in CodeOf) (UnitDetail, error) {
	return do(ctx, s, deed{action: "org.code.end", subject: in.ID, reason: in.Body.Reason, taken: codeTaken},
		func(r db.Reader) (UnitDetail, error) { return openInstitution(ctx, r, in.ID) },
		func(tx *db.Tx, d *UnitDetail) ([]any, error) {
			return []any{"system", in.System}, fault.First(
				func() error { return reason(in.Body.Reason) },
				func() error { return s.dropCode(tx, in.ID, in.System) },
				func() (err error) { d.Codes, err = codesOf(tx.Reader, in.ID); return err },
			)
		})
}

func (s *Service) dropCode(tx *db.Tx, unit string, system CodeSystem) error {
	had, err := endCode(tx, unit, system, s.now())
	if err == nil && !had {
		return fault.New(fault.Conflict, i18n.T("该机构现在没有这种代码", "the institution carries no such code now"))
	}
	return err
}

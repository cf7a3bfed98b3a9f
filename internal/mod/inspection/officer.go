package inspection

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// Officer is somebody on the library of inspectors (执法检查人员名录库).
type Officer struct {
	ID        string    `json:"id"`
	StaffID   string    `json:"staff_id" doc:"Account; empty for people of other agencies."`
	Name      string    `json:"name"`
	Agency    string    `json:"agency" doc:"Where the person works."`
	Path      string    `json:"-"`
	District  string    `json:"district" doc:"GB/T 2260 code."`
	CertNo    string    `json:"cert_no" doc:"Number of the enforcement certificate."`
	CertUntil time.Time `json:"cert_until,omitzero" doc:"Last day on which it is valid; absent where it does not end."`
	Active    bool      `json:"active"`
	Reason    string    `json:"reason" doc:"Why not active."`
	Kind      string    `json:"kind" enum:"inspector,monitor" doc:"monitor: a social supervisor, without a certificate."`
	CreatedAt time.Time `json:"created_at"`
	ChangedAt time.Time `json:"changed_at"`
}

const officerColumns = `id, staff_id, name, agency, path, district, cert_no, cert_until, active, reason, kind, created_at, changed_at`

func (x Officer) values() []any {
	return []any{x.ID, x.StaffID, x.Name, x.Agency, x.Path, x.District, x.CertNo, x.CertUntil, x.Active, x.Reason, x.Kind, x.CreatedAt, x.ChangedAt}
}

// The kinds of people on the library of inspectors.
const (
	anInspector = "inspector"
	aMonitor    = "monitor"
)

func saveOfficers(tx *db.Tx, all ...Officer) error {
	rows := make([][]any, len(all))
	for i, x := range all {
		rows[i] = x.values()
	}
	return save(tx, "inspection_officer", officerColumns, rows...)
}

// certified reports whether the certificate is valid on the day of t.
func (x Officer) certified(t time.Time) bool {
	return x.CertUntil.IsZero() || t.Before(x.CertUntil.AddDate(0, 0, 1))
}

// OfficerFilter chooses inspectors.
type OfficerFilter struct {
	Q        string `query:"q" maxLength:"100" doc:"Part of name, agency or certificate."`
	District string `query:"district" maxLength:"6"`
	Expired  bool   `query:"expired" doc:"Only those whose certificate has run out."`
	Inactive bool   `query:"inactive" doc:"Those who are not active too."`
	Kind     string `query:"kind" enum:"inspector,monitor" default:"inspector"`
}

// ListOfficersInput asks for a page of inspectors.
type ListOfficersInput struct {
	list.Query
	OfficerFilter
}

func (s *Service) narrowOfficers(f OfficerFilter) func(context.Context, db.Reader, *db.Where) error {
	return func(ctx context.Context, _ db.Reader, w *db.Where) error {
		org.Within(w, "path", authz.From(ctx).Paths(Read))
		org.Contains(w, f.Q, "name", "agency", "cert_no")
		w.AndIf(f.District != "", "district = ?", f.District)
		w.AndIf(f.Expired, "cert_until < ?", clock.Day(s.now()))
		w.AndIf(!f.Inactive, "active = 1")
		w.And("kind = ?", cmp.Or(f.Kind, anInspector))
		return nil
	}
}

// ListOfficers lists the inspectors in the actor's scope, the longest known first.
func (s *Service) ListOfficers(ctx context.Context, in ListOfficersInput) (list.Page[Officer], error) {
	return read(ctx, s, func(r db.Reader) (list.Page[Officer], error) {
		return pageOf(ctx, r, in.Query, list.Up("created_at", "id", func(x Officer) list.Key { return list.At(x.CreatedAt, x.ID) }), s.narrowOfficers(in.OfficerFilter), `select `+officerColumns+` from inspection_officer`)
	})
}

// ExportOfficersInput chooses the inspectors of a file.
type ExportOfficersInput struct {
	export.Query
	OfficerFilter
}

// ExportOfficers writes the library of inspectors, in the columns of the import.
func (s *Service) ExportOfficers(ctx context.Context, in ExportOfficersInput) (httpapi.File, error) {
	columns := []export.Column{{Header: i18n.T("姓名", "Name")}, {Header: i18n.T("单位", "Agency"), Width: 30}, {Header: i18n.T("行政区划", "Region")}, {Header: i18n.T("执法证号", "Certificate"), Width: 20},
		{Header: i18n.T("有效期至", "Valid until"), Kind: export.Day}, {Header: i18n.T("在册", "Active"), Kind: export.Flag}, {Header: i18n.T("停用原因", "Why not active")}}
	rows := export.Rows(ctx, s.DB, func(r db.Reader) iter.Seq2[Officer, error] {
		var w db.Where
		_ = s.narrowOfficers(in.OfficerFilter)(ctx, r, &w) // never refuses
		return db.Each[Officer](r, `select `+officerColumns+` from inspection_officer `+w.String()+` order by id`, w.Args()...)
	}, func(x Officer) []any {
		return []any{x.Name, x.Agency, x.District, x.CertNo, x.CertUntil, x.Active, x.Reason}
	})
	return export.File(ctx, in.Format, export.Table{Name: i18n.T("检查人员名录库", "library of inspectors"), Columns: columns, Rows: rows}), nil
}

// OfficerInput is what is written of an inspector.
type OfficerInput struct {
	StaffID   string `json:"staff_id,omitempty" maxLength:"64"`
	Name      string `json:"name" maxLength:"100" doc:"Not needed where staff_id is given."`
	Agency    string `json:"agency" maxLength:"100" doc:"Not needed where staff_id is given."`
	District  string `json:"district" maxLength:"6"`
	CertNo    string `json:"cert_no" maxLength:"60"`
	CertUntil string `json:"cert_until,omitempty" maxLength:"10" doc:"Day, such as 2027-06-30."`
}

// AddOfficer puts somebody on the library. Faults: Invalid, NotFound for an
// unknown account or region, Forbidden, Conflict where the certificate is another
// person's, or the account is on the library already.
func (s *Service) AddOfficer(ctx context.Context, in org.Posted[OfficerInput]) (Officer, error) {
	return write(ctx, s, func(tx *db.Tx) (Officer, error) {
		x := Officer{ID: db.NewID(), Kind: anInspector, Active: true, CreatedAt: s.now()}
		err := s.putOfficer(ctx, tx, &x, in.Body, "add")
		return x, err
	})
}

// ChangeOfficer changes what is written of an inspector. Faults: as AddOfficer.
func (s *Service) ChangeOfficer(ctx context.Context, in org.PostedTo[OfficerInput]) (Officer, error) {
	return write(ctx, s, func(tx *db.Tx) (Officer, error) {
		x, err := visibleOfficer(ctx, tx.Reader, in.ID, Manage)
		if err == nil && x.Kind != anInspector {
			err = fault.Missing(anOfficer)
		}
		if err == nil {
			err = s.putOfficer(ctx, tx, &x, in.Body, "change")
		}
		return x, err
	})
}

// putOfficer checks and stores what is written of an inspector.
func (s *Service) putOfficer(ctx context.Context, tx *db.Tx, x *Officer, in OfficerInput, act string) error {
	was := *x
	if err := in.fill(ctx, tx.Reader, x); err != nil {
		return err
	}
	switch other, err := db.Value[string](tx.Reader, `select id from inspection_officer where cert_no = $1`, x.CertNo); {
	case err == nil && other != x.ID:
		return fault.New(fault.Conflict, certTaken)
	case err != nil && !errors.Is(err, db.ErrNone):
		return err
	}
	if err := onceAsStaff(tx.Reader, *x); err != nil {
		return err
	}
	x.ChangedAt = s.now()
	if err := saveOfficers(tx, *x); err != nil {
		return err
	}
	detail, err := turned(was, *x)
	if err != nil {
		return err
	}
	return s.Trail.Add(ctx, tx, trail.Record{Kind: ofOfficer, ID: x.ID}, trail.Step{Act: act, Detail: detail})
}

// onceAsStaff refuses an account that stands on the library already: one person would
// go as two. Fault: Conflict with where that is.
func onceAsStaff(r db.Reader, x Officer) error {
	if x.StaffID == "" {
		return nil
	}
	there, err := db.All[Officer](r, `select `+officerColumns+` from inspection_officer where staff_id = $1 and staff_id <> '' and id <> $2`, x.StaffID, x.ID)
	if err != nil || len(there) == 0 {
		return err
	}
	where, err := org.RegionName(r, there[0].District)
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, i18n.T("%s 的账号已在名录库中（%s）", "the account of %s is on the library already (%s)"), there[0].Name, where).
		WithFix(i18n.T("一个人只登记一次：换了执法证的，请修改原有的一条；已停用的，请重新启用", "one person stands there once: change that entry where the certificate is another, or take it in again where it is not active"))
}

var certTaken = i18n.T("该执法证号已在名录库中", "this certificate is on the library already")

// fill puts what a person wrote into an inspector.
func (in OfficerInput) fill(ctx context.Context, r db.Reader, x *Officer) error {
	x.StaffID, x.Name, x.Agency, x.CertNo = in.StaffID, strings.TrimSpace(in.Name), strings.TrimSpace(in.Agency), strings.TrimSpace(in.CertNo)
	if in.StaffID != "" {
		p, err := org.StaffByID(r, in.StaffID)
		if err != nil {
			return err
		}
		u, err := org.UnitByID(r, p.UnitID)
		if err != nil {
			return err
		}
		x.Name, x.Agency = p.Name, u.Name
	}
	var bad fault.Fields
	bad.Refuse(x.Name == "", "name", i18n.T("请填写姓名", "give the name"))
	bad.Refuse(x.Agency == "", "agency", i18n.T("请填写所在单位", "say where the person works"))
	bad.Refuse(x.CertNo == "", "cert_no", i18n.T("请填写执法证号", "give the number of the certificate"))
	if err := bad.Err(); err != nil {
		return err
	}
	region, err := org.RegionByCode(r, in.District)
	if err != nil {
		return err
	}
	x.District, x.Path = region.Code, region.Path
	if x.CertUntil, err = clock.ParseDay("cert_until", in.CertUntil); err != nil {
		return err
	}
	return authz.Need(ctx, Manage, region.Path)
}

var anOfficer = i18n.T("检查人员", "inspector")

func officerByID(r db.Reader, id string) (Officer, error) {
	return db.Find[Officer](r, anOfficer, `select `+officerColumns+` from inspection_officer where id = $1`, id)
}

func visibleOfficer(ctx context.Context, r db.Reader, id string, p authz.Permission) (Officer, error) {
	x, err := officerByID(r, id)
	if err != nil {
		return x, err
	}
	a := authz.From(ctx)
	if !a.Covers(Read, x.Path) && !a.Covers(p, x.Path) {
		return x, fault.Missing(anOfficer)
	}
	return x, authz.Need(ctx, p, x.Path)
}

// ActivateOfficer takes an inspector out of the library, or in again. Faults:
// Invalid without a reason, NotFound, Forbidden, Conflict.
func (s *Service) ActivateOfficer(ctx context.Context, in org.PostedTo[Switch]) (Officer, error) {
	return write(ctx, s, func(tx *db.Tx) (Officer, error) {
		x, err := visibleOfficer(ctx, tx.Reader, in.ID, Manage)
		if err == nil {
			err = in.Body.check(x.Active)
		}
		if err != nil {
			return x, err
		}
		in.Body.apply(&x.Active, &x.Reason)
		x.ChangedAt = s.now()
		if x.Kind == aMonitor && !x.Active {
			if err := s.Links.EndLink(ctx, tx, x.StaffID, in.Body.Reason); err != nil {
				return x, err
			}
		}
		if err := saveOfficers(tx, x); err != nil {
			return x, err
		}
		return x, s.Trail.Add(ctx, tx, trail.Record{Kind: ofOfficer, ID: x.ID}, trail.Step{Act: "active", Reason: in.Body.Reason, Detail: map[string]any{"active": x.Active}})
	})
}

// OfficerDetail is an inspector with recusals and history.
type OfficerDetail struct {
	Officer
	org.Life
	Recusals []Recused `json:"recusals"`
}

// GetOfficer returns an inspector. Fault: NotFound.
func (s *Service) GetOfficer(ctx context.Context, in org.ByID) (OfficerDetail, error) {
	return read(ctx, s, func(r db.Reader) (out OfficerDetail, err error) {
		if out.Officer, err = visibleOfficer(ctx, r, in.ID, Read); err != nil {
			return out, err
		}
		if out.Recusals, err = recusalsOf(ctx, r, "x.officer_id", in.ID); err != nil {
			return out, err
		}
		out.Life, err = org.LifeOf(r, trail.Record{Kind: ofOfficer, ID: in.ID})
		return out, err
	})
}

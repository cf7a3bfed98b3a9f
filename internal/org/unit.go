package org

import (
	"time"

	"qingfeng/internal/kit/i18n"
)

// UnitKind tells what a unit is.
type UnitKind string

// The kinds of unit.
const (
	Commission  UnitKind = "commission"
	Agency      UnitKind = "agency"
	Institution UnitKind = "institution"
	Department  UnitKind = "department"
)

// AgencyKind tells which authority an agency is; it is the subkind of its unit.
type AgencyKind string

// The authorities that work with a health commission.
const (
	Insurance   AgencyKind = "insurance"   // 医疗保障
	Market      AgencyKind = "market"      // 市场监管
	Police      AgencyKind = "police"      // 公安
	Discipline  AgencyKind = "discipline"  // 纪检监察
	Publicity   AgencyKind = "publicity"   // 宣传、网信
	Development AgencyKind = "development" // 发展改革
	Hotline     AgencyKind = "hotline"     // 12345
)

// AgencyNames says what each authority is called.
func AgencyNames() map[AgencyKind]i18n.Text {
	return map[AgencyKind]i18n.Text{
		Insurance:   i18n.T("医疗保障", "Healthcare security"),
		Market:      i18n.T("市场监管", "Market regulation"),
		Police:      i18n.T("公安", "Public security"),
		Discipline:  i18n.T("纪检监察", "Discipline inspection"),
		Publicity:   i18n.T("宣传网信", "Publicity and cyberspace"),
		Development: i18n.T("发展改革", "Development and reform"),
		Hotline:     i18n.T("12345热线", "12345 hotline"),
	}
}

// Unit is a node of the organisation tree that people work for.
type Unit struct {
	ID        string    `json:"id"`
	Kind      UnitKind  `json:"kind" enum:"commission,agency,institution,department"`
	Subkind   string    `json:"subkind" doc:"Institution: WS 218 kind. Department: code of the 诊疗科目. Agency: which authority."`
	Parent    string    `json:"parent" doc:"Identifier of the unit above, or code of the region."`
	Region    string    `json:"region" doc:"GB/T 2260 code."`
	Path      string    `json:"path"`
	Name      string    `json:"name"`
	ShortName string    `json:"short_name"`
	Phone     string    `json:"phone"`
	Hours     string    `json:"hours" doc:"Service hours as people read them."`
	Address   string    `json:"address"`
	Sort      int       `json:"sort"`
	ClosedAt  time.Time `json:"closed_at,omitzero"`
	CreatedAt time.Time `json:"created_at"`
}

// Profile is what is on record about an institution beyond its unit: level,
// ownership and licence.
type Profile struct {
	UnitID       string    `json:"unit_id"`
	Level        string    `json:"level" doc:"Code of the dictionary of levels; empty when unknown."`
	Ownership    string    `json:"ownership" doc:"Code of the dictionary; empty when unknown."`
	Nature       string    `json:"nature" doc:"Code of the dictionary; empty when unknown."`
	Beds         int       `json:"beds"`
	Licence      string    `json:"licence" doc:"Number of the practice licence."`
	LicenceUntil time.Time `json:"licence_until,omitzero" doc:"Last day on which the licence is valid."`
	LegalRep     string    `json:"legal_rep"`
	Principal    string    `json:"principal"`
}

// PlaceKind tells what sort of place a code hangs in.
type PlaceKind string

// The kinds of place.
const (
	Clinic PlaceKind = "clinic" // 诊室
	Ward   PlaceKind = "ward"   // 病区、病房
	Window PlaceKind = "window" // 窗口
	Hall   PlaceKind = "hall"   // 大厅
	Other  PlaceKind = "other"
)

// PlaceNames says what each kind of place is called.
func PlaceNames() map[PlaceKind]i18n.Text {
	return map[PlaceKind]i18n.Text{
		Clinic: i18n.T("诊室", "Clinic"),
		Ward:   i18n.T("病区", "Ward"),
		Window: i18n.T("窗口", "Window"),
		Hall:   i18n.T("大厅", "Hall"),
		Other:  i18n.T("其他", "Other"),
	}
}

// Place is a clinic, ward, window or hall.
type Place struct {
	ID          string    `json:"id"`
	UnitID      string    `json:"unit_id" doc:"Department, or the institution itself."`
	Institution string    `json:"institution"`
	Path        string    `json:"path" doc:"Path of the unit."`
	Kind        PlaceKind `json:"kind" enum:"clinic,ward,window,hall,other"`
	Name        string    `json:"name"`
	Location    string    `json:"location" doc:"Building and floor."`
	ClosedAt    time.Time `json:"closed_at,omitzero"`
	CreatedAt   time.Time `json:"created_at"`
}

// Region is an administrative division.
type Region struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Parent string `json:"parent"`
	Level  int    `json:"level" doc:"1 province, 2 prefecture, 3 county."`
	Path   string `json:"path"`
	Closed bool   `json:"closed"`
}

// Staff is a member of staff, who may have an account.
type Staff struct {
	ID         string `json:"id"`
	UnitID     string `json:"unit_id"`
	Name       string `json:"name"`
	EmployeeNo string `json:"employee_no"`
	Title      string `json:"title"`
	Phone      string `json:"phone"`
	Email      string `json:"email"`
	Username   string `json:"username,omitempty"`
	MustChange bool   `json:"must_change" doc:"Has to choose a new password at the next login."`
	// PasswordUntil is when a one-time password ends that nobody used yet.
	PasswordUntil time.Time `json:"password_until,omitzero" doc:"Until then the one-time password can be used; absent when there is none."`
	ClosedAt      time.Time `json:"closed_at,omitzero"`
	LastLoginAt   time.Time `json:"last_login_at,omitzero"`
	DormantAt     time.Time `json:"dormant_at,omitzero" doc:"Closed to signing in since then, because it was not used."`
	CreatedAt     time.Time `json:"created_at"`
}

// Grant is a role that a member of staff holds at a node.
type Grant struct {
	ID        string    `json:"id"`
	StaffID   string    `json:"staff_id"`
	Role      string    `json:"role"`
	Path      string    `json:"path"`
	GrantedBy string    `json:"granted_by"`
	GrantedAt time.Time `json:"granted_at"`
	RevokedBy string    `json:"revoked_by,omitempty"`
	RevokedAt time.Time `json:"revoked_at,omitzero"`
}

package org

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// mostMisses is how many wrong PINs in a row end a link. Nobody can spend them but
// who holds the link, and another one is made in a minute.
const mostMisses = 10

// linkHours is how long a session lasts that began by a link, unless set otherwise.
const linkHours = 4

// LightHours is the setting of how long a session lasts that began by a link.
func LightHours() config.Key[int] {
	k := config.Define("account.link_hours", linkHours,
		i18n.T("用个人链接登录一次可用多久", "How long a session lasts that began by a personal link"), i18n.T("小时", "hours"), config.Between(1, 12))
	k.Keeper = ManageAccounts
	return k
}

// link is the personal link of an account.
type link struct {
	StaffID  string
	Token    string // hash of what the link carries
	MadeBy   string
	MadeAt   time.Time
	Until    time.Time // the end of its last day
	EndedAt  time.Time
	EndedBy  string
	Pin      string // as the hasher stores it; empty until its owner chose one
	ChosenAt time.Time
	Misses   int // wrong PINs in a row
}

// Volunteer is somebody who gets a personal link: the account that there is, or who
// is to have one.
type Volunteer struct {
	StaffID string // empty: a new account
	Name    string
	Phone   string    // by which the first opening knows its owner
	Path    string    // of the region for which the person works
	Role    string    // a light one
	Until   time.Time // the end of the last day on which the link opens anything
}

// Enlist returns the account of a volunteer, and makes one where there is none: at
// the commission of the region, without a password, with the light role alone. Of
// the one that there is it brings name, telephone and the last day of the link up to
// date. Who calls it has looked whether the actor may. Fault: Forbidden for a role
// that is not light.
func (s *Service) Enlist(ctx context.Context, tx *db.Tx, v Volunteer) (staff string, err error) {
	if v.StaffID != "" {
		return v.StaffID, s.refresh(tx, v)
	}
	role, _ := s.role(v.Role)
	u, err := CommissionAbove(tx.Reader, v.Path)
	if err == nil && !role.Light {
		err = fault.New(fault.Forbidden, notLight)
	}
	if err != nil {
		return "", err
	}
	now := s.now()
	p := Staff{ID: db.NewID(), UnitID: u.ID, Name: v.Name, Title: role.Name.ZH, Phone: v.Phone, Username: "v" + strings.ToLower(rand.Text()[:12]), CreatedAt: now}
	g := Grant{ID: db.NewID(), StaffID: p.ID, Role: role.Key, Path: v.Path, GrantedBy: authz.From(ctx).ID, GrantedAt: now}
	return p.ID, fault.First(
		func() error { return InsertStaff(tx, p) },
		func() error { return InsertGrant(tx, g) },
		func() error { return s.Audit.Append(ctx, tx, "org.link.enlist", p.ID, "", g.detail()...) },
	)
}

// refresh brings the account of a volunteer up to date.
func (s *Service) refresh(tx *db.Tx, v Volunteer) error {
	p, err := StaffByID(tx.Reader, v.StaffID)
	if err != nil {
		return err
	}
	p.Name, p.Phone = v.Name, v.Phone
	if err := updateStaff(tx, p); err != nil {
		return err
	}
	k, err := linkOf(tx.Reader, v.StaffID)
	if err != nil || k.StaffID == "" {
		return err
	}
	k.Until = v.Until
	return saveLink(tx, k)
}

// GiveLink gives an account a personal link in place of any that there was, and
// returns, this once, its secret. What began by the old one is over; one that sleeps
// is woken. Who calls it has looked whether the actor may. Faults: Conflict for an
// account that is closed or may do more than a link may open.
func (s *Service) GiveLink(ctx context.Context, tx *db.Tx, staff string, until time.Time) (token string, err error) {
	now := s.now()
	token = strings.ToLower(rand.Text())
	return token, fault.First(
		func() error { return s.onlyLight(tx.Reader, staff) },
		func() error { return wake(tx, staff, now) },
		func() error {
			return saveLink(tx, link{StaffID: staff, Token: hashLink(token), MadeBy: authz.From(ctx).ID, MadeAt: now, Until: until})
		},
		func() error { return authn.EndAll(tx, staff) },
		func() error { return s.Audit.Append(ctx, tx, "org.link.give", staff, "", "until", until) },
	)
}

var notLight = i18n.T("此账号另有角色，或没有社会监督员角色，不能用个人链接登录", "the account holds another role, or none that a link may open")

// onlyLight refuses an account that is closed, or that holds anything but roles that
// a link may open.
func (s *Service) onlyLight(r db.Reader, staff string) error {
	p, u, err := personAt(r, staff)
	if err != nil {
		return err
	}
	if p.Username == "" || !p.ClosedAt.IsZero() || !u.ClosedAt.IsZero() {
		return closedPerson()
	}
	gs, err := grantsOf(r, staff)
	if err != nil || s.light(gs) {
		return err
	}
	return fault.New(fault.Conflict, notLight).WithFix(i18n.T("请让本人用用户名和密码登录", "have the person sign in by user name and password"))
}

// light reports whether there are roles, and all of them are such that a link may
// open.
func (s *Service) light(gs []Grant) bool {
	return len(gs) > 0 && !slices.ContainsFunc(gs, func(g Grant) bool {
		r, _ := s.role(g.Role)
		return !r.Light
	})
}

// EndLink ends the link of an account and all that began by it. One that has none is
// left as it is.
func (s *Service) EndLink(ctx context.Context, tx *db.Tx, staff, why string) error {
	k, err := linkOf(tx.Reader, staff)
	if err != nil || k.StaffID == "" || !k.EndedAt.IsZero() {
		return err
	}
	return s.endLink(ctx, tx, k, authz.From(ctx).ID, why)
}

func (s *Service) endLink(ctx context.Context, tx *db.Tx, k link, by, why string) error {
	k.EndedAt, k.EndedBy = s.now(), by
	return fault.First(
		func() error { return saveLink(tx, k) },
		func() error { return authn.EndAll(tx, k.StaffID) },
		func() error { return s.Audit.Append(ctx, tx, "org.link.end", k.StaffID, why) },
	)
}

// LinkState is how the link of an account stands.
type LinkState struct {
	MadeAt   time.Time `json:"made_at"`
	Until    time.Time `json:"until" doc:"The end of the last day on which it opens anything."`
	EndedAt  time.Time `json:"ended_at,omitzero" doc:"Since then it opens nothing."`
	ChosenAt time.Time `json:"chosen_at,omitzero" doc:"When it was opened first and the PIN was chosen."`
	LastAt   time.Time `json:"last_at,omitzero" doc:"When the person signed in last."`
}

// LinkStateOf returns how the link of an account stands; nil where there is none.
func LinkStateOf(r db.Reader, staff string) (*LinkState, error) {
	k, err := linkOf(r, staff)
	if err != nil || k.StaffID == "" {
		return nil, err
	}
	p, err := StaffByID(r, staff)
	return &LinkState{MadeAt: k.MadeAt, Until: k.Until, EndedAt: k.EndedAt, ChosenAt: k.ChosenAt, LastAt: p.LastLoginAt}, err
}

// opens refuses a link that was ended or whose last day is over, and one of an
// account that a link may not open (any more). The answer is one: which it is, is
// nothing for whoever holds the link.
func (s *Service) opens(k link, m membership) error {
	if k.StaffID != "" && k.EndedAt.IsZero() && s.now().Before(k.Until) && m.person.ID == k.StaffID && s.light(m.grants) {
		return nil
	}
	return deadLink()
}

func deadLink() error {
	return fault.New(fault.Unauthenticated, i18n.T("这个链接不对，或已停用、到期", "this link is wrong, or was ended")).
		WithFix(i18n.T("请联系发给您链接的工作人员，换一个新的", "please ask whoever gave it to you for another one"))
}

// hashLink is what is stored of the secret of a link: it has 128 random bits.
func hashLink(token string) string {
	sum := sha256.Sum256([]byte("link " + strings.ToLower(strings.TrimSpace(token))))
	return hex.EncodeToString(sum[:])
}

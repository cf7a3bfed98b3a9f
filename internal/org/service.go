package org

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"slices"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/module"
	"qingfeng/internal/kit/sheet"
)

//go:embed migrations
var files embed.FS

// Migrations returns the tables of the package.
func Migrations() fs.FS { return db.Tables(files) }

// Limiter slows down whoever tries the same thing too often. Allow returns a
// TooMany fault, with the time to wait, when the attempts under a key come too
// fast. It locks nobody out for longer than that.
type Limiter interface {
	Allow(key string) error
}

// Service is the use cases of the package.
type Service struct {
	DB     *db.DB
	Sheets *sheet.Reader // reads what is imported
	Now    clock.Clock
	Audit  *audit.Log
	// Hasher works on passwords.
	Hasher *authn.Hasher
	// Sessions is set after the service was made, because the sessions ask
	// the service who somebody is (Actor).
	Sessions *authn.Sessions
	// Limit slows down attempts to guess a password, LimitCodes those to guess
	// a code of six digits.
	Limit, LimitCodes Limiter
	// Factors are the second factors.
	Factors  *authn.Factors
	Settings *config.Settings
	// SSO is the name of the provider of single sign-on and Issuer its address;
	// empty without one. LinkAt is the path by which a browser goes there to be
	// linked.
	SSO, Issuer, LinkAt string
	// Tell sends people a notification.
	Tell func(tx *db.Tx, to []string, kind string, text i18n.Text, link string) error
	// HandOver gives the open work of somebody to a successor and tells how
	// many pieces it was.
	HandOver func(ctx context.Context, tx *db.Tx, from, to string) (int, error)
	// Roles is the program's list of roles, in the order in which people see it.
	Roles []Role
}

// Module declares what org brings.
func (s *Service) Module() module.Module {
	return module.Module{
		Name:       "org",
		Migrations: Migrations(),
		Endpoints: slices.Concat(s.sessionEndpoints(), s.unitEndpoints(), s.placeEndpoints(),
			s.peopleEndpoints(), s.accountEndpoints(), s.importEndpoints(), s.publicEndpoints()),
		Jobs:     []job.Handler{job.On("account.lull", s.Lull)},
		Periodic: []job.Periodic{{Kind: "account.lull", Every: 24 * time.Hour}},
		Settings: []config.Setting{FactorRoles().Setting, DormantDays().Setting, LightHours().Setting},
		Checks:   Checks(),
	}
}

func (s *Service) unitEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Own("GET /org/dictionaries", "Every closed list, bilingual", s.Dictionaries),
		httpapi.Do("GET /org/regions", "Regions below a region, or by name", Read, s.ListRegions),
		httpapi.Do("GET /org/tree", "Regions and units right below a node", Read, s.Tree),
		httpapi.Do("GET /org/units", "List units", Read, s.ListUnits),
		httpapi.Do("GET /org/units/{id}", "A unit with everything on record", Read, s.Unit),
		httpapi.Do("POST /org/units", "Add a commission, an agency or a department", Manage, s.CreateUnit, httpapi.Created),
		httpapi.Do("PATCH /org/units/{id}", "Change a unit", Manage, s.ChangeUnit),
		httpapi.Do("POST /org/units/{id}/close", "Close a unit", Manage, s.CloseUnit),
		httpapi.Do("GET /org/institutions", "List institutions with level and ownership", Read, s.ListInstitutions),
		httpapi.Do("POST /org/institutions", "Add an institution", Manage, s.CreateInstitution, httpapi.Created),
		httpapi.Do("PATCH /org/institutions/{id}", "Change level, ownership and licence of an institution", Manage, s.ChangeInstitution),
		httpapi.Do("PUT /org/institutions/{id}/codes/{system}", "Give an institution a new code", Manage, s.SetCode),
		httpapi.Do("POST /org/institutions/{id}/codes/{system}/end", "End a code of an institution", Manage, s.EndCode),
	}
}

func (s *Service) placeEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /org/places", "List places", Read, s.ListPlaces),
		httpapi.Do("GET /org/places/{id}", "A place", Read, s.Place),
		httpapi.Do("POST /org/places", "Add a place", ManagePlaces, s.CreatePlace, httpapi.Created),
		httpapi.Do("PATCH /org/places/{id}", "Change a place", ManagePlaces, s.ChangePlace),
		httpapi.Do("POST /org/places/{id}/close", "Retire a place", ManagePlaces, s.ClosePlace),
	}
}

func (s *Service) peopleEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /org/staff", "List people", Read, s.ListStaff),
		httpapi.Do("GET /org/staff/{id}", "A person with roles", Read, s.Person),
		httpapi.Do("POST /org/staff", "Add a person", Manage, s.CreateStaff, httpapi.Created),
		httpapi.Do("PATCH /org/staff/{id}", "Change a person", Manage, s.ChangeStaff),
		httpapi.Do("POST /org/staff/{id}/account", "Open an account", ManageAccounts, s.OpenAccount, httpapi.Created),
		httpapi.Do("POST /org/staff/{id}/account/reset", "Give an account a new one-time password", ManageAccounts, s.ResetAccount),
		httpapi.Do("POST /org/staff/{id}/close", "Close a person's account and end the roles", ManageAccounts, s.CloseStaff),
		httpapi.Do("POST /org/staff/{id}/reopen", "Reopen a person's account", ManageAccounts, s.ReopenStaff),
		httpapi.Do("GET /org/roles", "The roles and what they allow", Read, s.ListRoles),
		httpapi.Do("GET /org/grants", "List grants of roles", GrantRoles, s.ListGrants),
		httpapi.Do("POST /org/staff/{id}/grants", "Grant a role", GrantRoles, s.Grant, httpapi.Created),
		httpapi.Do("POST /org/grants/{id}/revoke", "Revoke a grant", GrantRoles, s.Revoke),
	}
}

func (s *Service) sessionEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Public("POST /session", "Sign in", s.SignIn),
		httpapi.Enter("GET /session", "Who is signed in", s.Session),
		httpapi.Enter("DELETE /session", "Sign out", s.SignOut),
		httpapi.Enter("POST /session/password", "Choose a new password", s.ChangePassword),
		httpapi.Public("GET /session/ways", "Ways of signing in beside the password", s.Ways),
		httpapi.Public("POST /session/link", "What a personal link asks for", s.AskLight),
		httpapi.Public("POST /session/link/first", "Open a personal link for the first time and choose its PIN", s.ChoosePin),
		httpapi.Public("POST /session/link/enter", "Sign in by a personal link and its PIN", s.EnterLight),
		httpapi.Public("GET /session/second", "By what the second step can be taken", s.OwedStep),
		httpapi.Public("POST /session/second", "Take the second step by a code", s.TakeCode),
		httpapi.Public("POST /session/passkey", "Begin to sign in by passkey", s.AskPasskey),
		httpapi.Public("POST /session/passkey/answer", "Sign in by passkey", s.TakePasskey),
		httpapi.Enter("GET /session/factors", "One's own second factors", s.OwnFactors),
		httpapi.Enter("POST /session/code", "Begin to set up codes of a telephone", s.BeginCode),
		httpapi.Enter("POST /session/code/confirm", "Finish to set up codes of a telephone", s.ConfirmCode),
		httpapi.Own("POST /session/code/remove", "Take the telephone away", s.RemoveCode),
		httpapi.Own("POST /session/recovery", "Replace the recovery codes", s.RenewRecovery),
		httpapi.Enter("POST /session/passkeys", "Begin to register a passkey", s.BeginPasskey),
		httpapi.Enter("POST /session/passkeys/answer", "Finish to register a passkey", s.AddPasskey, httpapi.Created),
		httpapi.Own("PATCH /session/passkeys/{id}", "Rename a passkey", s.NamePasskey),
		httpapi.Own("POST /session/passkeys/{id}/remove", "Take a passkey away", s.RemovePasskey),
		httpapi.Own("POST /session/sso/link", "Begin to link oneself at the provider of single sign-on", s.AskLink),
		httpapi.Own("GET /session/deeds", "What others did to one's own account", s.OwnDeeds),
		httpapi.Own("GET /session/list", "One's own sessions", s.OwnSessions),
		httpapi.Own("PATCH /session/list/{id}", "Give a session a name", s.NameSession),
		httpapi.Own("POST /session/list/{id}/end", "End a session", s.EndSession),
		httpapi.Own("POST /session/list/end", "End all sessions but this one", s.EndOtherSessions),
	}
}

func (s *Service) accountEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /org/policy", "What accounts are held to", ManageAccounts, s.Policy),
		httpapi.Do("POST /org/policy", "Change what accounts are held to", ManageAccounts, s.SetPolicy),
		httpapi.Do("GET /org/staff/{id}/safety", "How an account is secured", ManageAccounts, s.SafetyOf),
		httpapi.Do("POST /org/staff/{id}/factors/reset", "Take a person's second factors away", ManageAccounts, s.ResetFactors),
		httpapi.Do("POST /org/staff/{id}/sessions/end", "Sign a person out everywhere", ManageAccounts, s.EndSessionsOf),
		httpapi.Do("POST /org/staff/{id}/handover", "Give a person's open work to a successor", ManageAccounts, s.HandOverWork),
		httpapi.Do("POST /org/staff/{id}/identity", "Say who a person is at the provider of single sign-on", ManageAccounts, s.LinkIdentity),
		httpapi.Do("POST /org/staff/{id}/identity/remove", "Forget who a person is at the provider of single sign-on", ManageAccounts, s.UnlinkIdentity),
	}
}

func (s *Service) publicEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Public("GET /public/directory", "Commissions and institutions with telephone and hours", s.PublicDirectory),
		httpapi.Public("GET /public/regions", "Regions that have an institution or a commission", s.PublicRegions),
		httpapi.Public("GET /public/institutions", "Institutions of a region by name", s.PublicInstitutions),
	}
}

// Posted is a request that brings a body.
type Posted[T any] struct{ Body T }

// PostedTo is a request that brings a body for the record of an identifier.
type PostedTo[T any] struct {
	ID   string `path:"id" maxLength:"64"`
	Body T
}

// ByID is a request about one record.
type ByID struct {
	ID string `path:"id" maxLength:"64"`
}

// Reason is why something is done, for the audit log.
type Reason struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

// now is the present as the database stores it.
func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Millisecond) }

// read runs f on a snapshot and returns what it found.
func read[T any](ctx context.Context, d *db.DB, f func(db.Reader) (T, error)) (out T, err error) {
	err = d.Read(ctx, func(r db.Reader) (err error) {
		out, err = f(r)
		return err
	})
	return out, err
}

// write runs f in a write transaction and returns what it made. Whoever loses
// the race for a unique key gets a Conflict fault that says taken.
func write[T any](ctx context.Context, d *db.DB, taken i18n.Text, f func(*db.Tx) (T, error)) (out T, err error) {
	err = d.InTx(ctx, func(tx *db.Tx) (err error) {
		out, err = f(tx)
		return err
	})
	if errors.Is(err, db.ErrTaken) {
		return out, fault.New(fault.Conflict, taken)
	}
	return out, err
}

// deed is one change of one record: what the log calls it, of what, why, and
// what is said to whoever loses a race for a unique key.
type deed struct {
	action, subject, reason string
	taken                   i18n.Text
}

// do reads a record as it is, or makes a new one, changes it and writes the
// deed down, in one transaction. Change checks and stores; it returns the
// detail for the log, or none when there was nothing to do.
func do[T any](ctx context.Context, s *Service, d deed, load func(db.Reader) (T, error), change func(*db.Tx, *T) ([]any, error)) (_ T, err error) {
	defer fault.Wrap(&err, "%s(%s)", d.action, d.subject)
	return write(ctx, s.DB, d.taken, func(tx *db.Tx) (T, error) {
		v, err := load(tx.Reader)
		if err != nil {
			return v, err
		}
		detail, err := change(tx, &v)
		if err != nil || detail == nil {
			return v, err
		}
		return v, s.Audit.Append(ctx, tx, d.action, d.subject, d.reason, detail...)
	})
}

package org

import (
	"errors"
	"slices"
	"time"

	"qingfeng/internal/kit/db"
)

// account is what signing in asks for.
type account struct {
	ID       string
	Name     string
	Username string
	Password string
	Until    time.Time // of a one-time password that was not used yet
	Open     bool
}

func accountNamed(r db.Reader, username string) (account, error) {
	a, err := db.One[account](r, `select s.id, s.name, s.username, s.password, s.password_until as until, s.closed_at is null and s.dormant_at is null and u.closed_at is null as open
		from staff s join unit u on u.id = s.unit_id where s.username = $1`, username)
	if errors.Is(err, db.ErrNone) {
		return account{}, nil
	}
	return a, wrapped(err, "account")
}

func updateStaff(tx *db.Tx, p Staff) error {
	_, err := tx.Change("staff", p.ID, `update staff set unit_id = $1, name = $2, employee_no = $3, title = $4, phone = $5, email = $6, username = $7, closed_at = $8, dormant_at = $9 where id = $10`,
		p.UnitID, p.Name, p.EmployeeNo, p.Title, p.Phone, p.Email, orNull(p.Username), p.ClosedAt, p.DormantAt, p.ID)
	return wrapped(err, "staff")
}

// SetPassword gives the account of a member of staff a password of its own, as
// authn.Hasher.Hash stores it.
func SetPassword(tx *db.Tx, staff, hash string) error {
	_, err := tx.Change("staff", staff, `update staff set password = $1, must_change = 0, password_by = '', password_until = null where id = $2`, hash, staff)
	return err
}

// closeStaffOf closes the accounts of the people of units below u.
func closeStaffOf(tx *db.Tx, u Unit, units string) error {
	return changeBelow(tx, u.Path, "staff", "id", `where closed_at is null and unit_id in `+units, `update staff set closed_at = ? `, u.ClosedAt)
}

// replacePassword stores a new password unless another one came in between.
func replacePassword(tx *db.Tx, a account, hash string) (bool, error) {
	n, err := tx.Change("staff", a.ID, `update staff set password = $1, must_change = 0, password_until = null where id = $2 and password = $3`, hash, a.ID, a.Password)
	return n > 0, wrapped(err, "password")
}

// giveOneTime stores a password that one person gives another, good until an
// instant.
func giveOneTime(tx *db.Tx, staff, hash, by string, until time.Time) error {
	_, err := tx.Change("staff", staff, `update staff set password = $1, must_change = 1, password_by = $2, password_until = $3 where id = $4`, hash, by, until, staff)
	return wrapped(err, "one-time password")
}

// noteFactorsBy remembers who took the second factors of somebody away; nobody,
// once there are new ones.
func noteFactorsBy(tx *db.Tx, staff, by string) error {
	_, err := tx.Change("staff", staff, `update staff set factors_by = $1 where id = $2`, by, staff)
	return wrapped(err, "factors")
}

// handsOf returns in what ways actor had a hand in how staff signs in.
func handsOf(r db.Reader, staff, actor string) (hands, error) {
	h, err := db.One[hands](r, `select password_by = $2 as password, must_change = 1 as unspent, factors_by = $2 as factors,
		exists (select 1 from identity where staff_id = $1 and linked_by = $2) as linked from staff where id = $1`, staff, actor)
	return h, wrapped(err, "hands")
}

func noteLogin(tx *db.Tx, staff string, at time.Time) error {
	_, err := tx.Exec(`update staff set last_login_at = $1, warned_at = null where id = $2`, at, staff)
	return wrapped(err, "login")
}

// wake has an account counted as used from now on.
func wake(tx *db.Tx, staff string, at time.Time) error {
	_, err := tx.Change("staff", staff, `update staff set dormant_at = null, warned_at = null, awake_at = $1 where id = $2`, at, staff)
	return wrapped(err, "wake")
}

// idler is an open account and when it was last used, or opened for use.
type idler struct {
	ID, Path                        string
	LastLoginAt, AwakeAt, CreatedAt time.Time
	WarnedAt                        time.Time
}

// since is the last instant at which the account was used or opened for use.
func (x idler) since() time.Time {
	return slices.MaxFunc([]time.Time{x.LastLoginAt, x.AwakeAt, x.CreatedAt}, time.Time.Compare)
}

// idlers returns the accounts that nobody signed in to after an instant.
func idlers(r db.Reader, before time.Time) ([]idler, error) {
	list, err := db.All[idler](r, `select s.id, u.path, s.last_login_at, s.awake_at, s.created_at, s.warned_at
		from staff s join unit u on u.id = s.unit_id where s.username is not null and s.closed_at is null and s.dormant_at is null
		and coalesce(s.last_login_at, 0) < $1 and coalesce(s.awake_at, 0) < $1 and s.created_at < $1 order by s.id`, before)
	return list, wrapped(err, "idlers")
}

func noteWarned(tx *db.Tx, staff string, at time.Time) error {
	_, err := tx.Exec(`update staff set warned_at = $1 where id = $2`, at, staff)
	return wrapped(err, "warned")
}

// putToSleep closes an account to signing in unless it was used or closed in
// the meantime, and reports whether it did.
func putToSleep(tx *db.Tx, x idler, at time.Time) (bool, error) {
	n, err := tx.Change("staff", x.ID, `update staff set dormant_at = $1 where id = $2 and closed_at is null and dormant_at is null and coalesce(last_login_at, 0) <= $3`, at, x.ID, x.LastLoginAt)
	return n > 0, wrapped(err, "dormant")
}

// Identity is who somebody is at the provider of single sign-on.
type Identity struct {
	Issuer   string    `json:"issuer"`
	Subject  string    `json:"subject"`
	StaffID  string    `json:"staff_id"`
	LinkedBy string    `json:"linked_by"`
	LinkedAt time.Time `json:"linked_at"`
}

func insertIdentity(tx *db.Tx, x Identity) error {
	_, err := tx.Change("identity", x.StaffID, `insert into identity (issuer, subject, staff_id, linked_by, linked_at) values ($1, $2, $3, $4, $5)`,
		x.Issuer, x.Subject, x.StaffID, x.LinkedBy, x.LinkedAt)
	return wrapped(err, "identity")
}

// staffOf returns who a subject of a provider is; nobody is the empty text.
func staffOf(r db.Reader, issuer, subject string) (string, error) {
	id, err := db.Value[string](r, `select staff_id from identity where issuer = $1 and subject = $2`, issuer, subject)
	if errors.Is(err, db.ErrNone) {
		return "", nil
	}
	return id, wrapped(err, "identity")
}

func identitiesOf(r db.Reader, staff string) ([]Identity, error) {
	list, err := db.All[Identity](r, `select * from identity where staff_id = $1 order by linked_at, issuer`, staff)
	if list == nil {
		list = []Identity{}
	}
	return list, wrapped(err, "identities")
}

func dropIdentities(tx *db.Tx, staff string) (int64, error) {
	n, err := tx.Change("identity", staff, `delete from identity where staff_id = $1`, staff)
	return n, wrapped(err, "identities")
}

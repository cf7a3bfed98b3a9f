package authn

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Factors are the second factors of staff: codes of a telephone (RFC 6238),
// recovery codes and passkeys. Its methods run in the transaction of whoever
// calls.
type Factors struct {
	now  clock.Clock
	seal cipher.AEAD
	site *webauthn.WebAuthn // nil when no passkeys can be used here
	name string             // of the program, on the telephone
}

// NewFactors returns the second factors. The key, 32 bytes, seals the secrets
// of telephones; now must be the machine's time, in which telephones live.
// Passkeys belong to the address that people use, such as
// https://12345.example.org; without one, or with one that is no name, there
// are none (WebAuthn §5.1.2: an address of numbers is no domain).
func NewFactors(now clock.Clock, key []byte, name, address string) (*Factors, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("authn.NewFactors: %w", err)
	}
	seal, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("authn.NewFactors: %w", err)
	}
	site, err := siteAt(name, address)
	return &Factors{now, seal, site, name}, err
}

// State says which second factors a person has.
type State struct {
	Code     bool      `json:"code" doc:"Codes of a telephone are set up."`
	CodeAt   time.Time `json:"code_at,omitzero" doc:"Since when."`
	Recovery int       `json:"recovery" doc:"Recovery codes left."`
	Passkeys []Passkey `json:"passkeys"`
}

// Any reports whether there is a second factor.
func (s State) Any() bool { return s.Code || len(s.Passkeys) > 0 }

// Of returns the second factors of staff.
func (f *Factors) Of(r db.Reader, staff string) (s State, err error) {
	t, err := telephoneOf(r, staff)
	if err != nil {
		return s, err
	}
	s.Code, s.CodeAt = !t.ConfirmedAt.IsZero(), t.ConfirmedAt
	n, err := db.Value[int64](r, `select count(*) from recovery_code where staff = $1 and used_at is null`, staff)
	if err != nil {
		return s, fmt.Errorf("authn.Of(%s): %w", staff, err)
	}
	s.Recovery = int(n)
	s.Passkeys, err = passkeysOf(r, staff)
	return s, err
}

// Forget removes every second factor of staff.
func (f *Factors) Forget(tx *db.Tx, staff string) error {
	for _, table := range []string{"second_factor", "recovery_code", "passkey"} {
		if err := tx.Changing(table, staff); err != nil {
			return err
		}
		if _, err := tx.Exec(`delete from `+table+` where staff = $1`, staff); err != nil {
			return fmt.Errorf("authn.Forget(%s): %w", staff, err)
		}
	}
	return nil
}

// telephone is a row of second_factor.
type telephone struct {
	Secret      string
	BegunAt     time.Time
	ConfirmedAt time.Time
	LastStep    int64
}

func telephoneOf(r db.Reader, staff string) (telephone, error) {
	t, err := db.One[telephone](r, `select secret, begun_at, confirmed_at, last_step from second_factor where staff = $1`, staff)
	if errors.Is(err, db.ErrNone) {
		return telephone{}, nil
	}
	return t, err
}

// Secret is what a telephone needs to know to make codes.
type Secret struct {
	Text string `json:"secret" doc:"Base32, to be typed where no picture can be read."`
	URL  string `json:"url" doc:"otpauth address, to be shown as a QR code."`
}

const (
	// step is how long a code lives, and drift how many steps a telephone's
	// clock may be wrong either way (RFC 6238 §5.2).
	step  = 30
	drift = 1
	// enrolTime is how long a secret that was shown waits for its first code.
	enrolTime = 15 * time.Minute
)

// BeginCode gives staff a new secret, which is worth nothing until ConfirmCode.
// Fault: Conflict when codes are set up already.
func (f *Factors) BeginCode(tx *db.Tx, staff, account string) (Secret, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: f.name, AccountName: account, Period: step, SecretSize: 20})
	if err != nil {
		return Secret{}, fmt.Errorf("authn.BeginCode: %w", err)
	}
	n, err := tx.Change("second_factor", staff, `insert into second_factor (staff, secret, begun_at) values ($1, $2, $3)
		on conflict (staff) do update set secret = excluded.secret, begun_at = excluded.begun_at, last_step = 0
		where second_factor.confirmed_at is null`, staff, f.sealed(key.Secret(), staff), f.now())
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, i18n.T("已经绑定了动态口令", "codes of a telephone are set up already")).
			WithFix(i18n.T("更换手机请先停用原来的", "to change telephones, first remove the old one"))
	}
	return Secret{key.Secret(), key.URL()}, err
}

// ConfirmCode takes the first code of a telephone. Faults: Conflict when no
// secret was shown or too long ago, Invalid when the code is wrong.
func (f *Factors) ConfirmCode(tx *db.Tx, staff, code string) error {
	t, err := telephoneOf(tx.Reader, staff)
	if err != nil {
		return err
	}
	if t.Secret == "" || !t.ConfirmedAt.IsZero() || f.now().Sub(t.BegunAt) > enrolTime {
		return fault.New(fault.Conflict, i18n.T("绑定已过期或已完成", "there is nothing to confirm, or it took too long")).
			WithFix(i18n.T("请重新开始绑定", "please begin again"))
	}
	if err := f.spendStep(tx, staff, t, code); err != nil {
		return err
	}
	_, err = tx.Change("second_factor", staff, `update second_factor set confirmed_at = $2 where staff = $1`, staff, f.now())
	return err
}

// UseCode takes a code of a telephone as a second step. A code is good once,
// and none that is older than one used before (RFC 6238 §5.2). Faults: Invalid.
func (f *Factors) UseCode(tx *db.Tx, staff, code string) error {
	t, err := telephoneOf(tx.Reader, staff)
	if err != nil {
		return err
	}
	if t.ConfirmedAt.IsZero() {
		return wrongCode()
	}
	return f.spendStep(tx, staff, t, code)
}

// spendStep finds the step whose code this is and leaves it and all before it
// behind. The row decides between two that bring one code at once.
func (f *Factors) spendStep(tx *db.Tx, staff string, t telephone, code string) error {
	secret, err := f.opened(t.Secret, staff)
	if err != nil {
		return err
	}
	for at := f.now().Unix()/step - drift; at <= f.now().Unix()/step+drift; at++ {
		ok, err := hotp.ValidateCustom(code, uint64(at), secret, hotp.ValidateOpts{Digits: otp.DigitsSix}) //nolint:gosec // time is positive
		if err != nil || !ok {
			continue // what is no code at all is an error here
		}
		n, err := tx.Exec(`update second_factor set last_step = $2 where staff = $1 and last_step < $2`, staff, at)
		if err == nil && n == 0 {
			err = fault.Field("code", i18n.T("这个口令已经用过", "this code has been used")).
				WithFix(i18n.T("请等下一个口令", "please wait for the next one"))
		}
		return err
	}
	return wrongCode()
}

func wrongCode() error {
	return fault.Field("code", i18n.T("口令不对", "the code is wrong")).
		WithFix(i18n.T("请核对手机时间是否准确，再输入当前显示的六位数字", "check that your telephone's clock is right and type the six digits that it shows now"))
}

// RemoveCode takes the telephone away.
func (f *Factors) RemoveCode(tx *db.Tx, staff string) error {
	_, err := tx.Change("second_factor", staff, `delete from second_factor where staff = $1`, staff)
	return err
}

// sealed hides a secret from whoever reads the database; it opens for staff alone.
func (f *Factors) sealed(secret, staff string) string {
	nonce := make([]byte, f.seal.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return base64.StdEncoding.EncodeToString(f.seal.Seal(nonce, nonce, []byte(secret), []byte("totp "+staff)))
}

var errSeal = errors.New("authn: a sealed secret is damaged or belongs to another key ring")

func (f *Factors) opened(text, staff string) (string, error) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(data) < f.seal.NonceSize() {
		return "", errSeal
	}
	n := f.seal.NonceSize()
	secret, err := f.seal.Open(nil, data[:n], data[n:], []byte("totp "+staff))
	if err != nil {
		return "", errSeal
	}
	return string(secret), nil
}

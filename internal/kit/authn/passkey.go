package authn

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const (
	purposeAdd = "passkey.add" // ceremony of registering
	purposeUse = "passkey.use" // ceremony of signing in
	// mostPasskeys keeps a mistake from filling the account.
	mostPasskeys = 20
)

// Passkey is a passkey as its owner sees it.
type Passkey struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	AddedAt time.Time `json:"added_at"`
	UsedAt  time.Time `json:"used_at,omitzero"`
}

// siteAt returns the relying party of an address; none when passkeys cannot be
// used there.
func siteAt(name, address string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil || u.Scheme != "https" && u.Hostname() != "localhost" {
		return nil, nil //nolint:nilerr,nilnil // an address without passkeys is no mistake
	}
	w, err := webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: name, RPOrigins: []string{u.Scheme + "://" + u.Host}})
	if err != nil {
		return nil, fmt.Errorf("authn: passkeys at %s: %w", address, err)
	}
	return w, nil
}

// Passkeys reports whether passkeys can be used at the program's address.
func (f *Factors) Passkeys() bool { return f.site != nil }

func (f *Factors) needSite() error {
	if f.site != nil {
		return nil
	}
	return fault.New(fault.Conflict, i18n.T("本系统没有配置域名，不能使用通行密钥", "passkeys need the program to have an address with a name")).
		WithFix(i18n.T("请系统管理员用 --url 设置 https 网址", "whoever runs the program sets it with --url, as https"))
}

// owner is a person with passkeys, as WebAuthn asks for one.
type owner struct {
	id, name, title string
	keys            []webauthn.Credential
}

func (o owner) WebAuthnID() []byte                         { return []byte(o.id) }
func (o owner) WebAuthnName() string                       { return o.name }
func (o owner) WebAuthnDisplayName() string                { return o.title }
func (o owner) WebAuthnCredentials() []webauthn.Credential { return o.keys }

// Ceremony is what a browser needs to ask its passkeys.
type Ceremony struct {
	ID      string          `json:"ceremony" doc:"To be sent back with the answer."`
	Options json.RawMessage `json:"options" doc:"For navigator.credentials, as PublicKeyCredentialCreationOptionsJSON or PublicKeyCredentialRequestOptionsJSON."`
}

// BeginPasskey begins to register a passkey that can sign in by itself. Faults:
// Conflict without an address, or when there are too many.
func (f *Factors) BeginPasskey(tx *db.Tx, staff, username, name string) (c Ceremony, err error) {
	if err := f.needSite(); err != nil {
		return c, err
	}
	o, err := ownerOf(tx.Reader, staff)
	if err != nil {
		return c, err
	}
	if len(o.keys) >= mostPasskeys {
		return c, fault.New(fault.Conflict, i18n.T("通行密钥最多 %d 个", "there are %d passkeys already"), mostPasskeys).
			WithFix(i18n.T("请先删除不用的", "remove one that you do not use"))
	}
	o.name, o.title = username, name
	options, kept, err := f.site.BeginRegistration(o, webauthn.WithResidentKeyRequirement(protocol.ResidentKeyRequirementRequired),
		webauthn.WithExclusions(webauthn.Credentials(o.keys).CredentialDescriptors()))
	if err != nil {
		return c, fmt.Errorf("authn.BeginPasskey: %w", err)
	}
	return ceremony(tx, purposeAdd, staff, kept, options.Response)
}

func ceremony(tx *db.Tx, purpose, staff string, kept *webauthn.SessionData, options any) (c Ceremony, err error) {
	if c.ID, err = BeginCeremony(tx, purpose, staff, kept); err != nil {
		return c, err
	}
	c.Options, err = json.Marshal(options)
	return c, err
}

// AddPasskey ends BeginPasskey. Faults: Conflict when the ceremony is over or
// another person's, or the passkey is registered; Invalid when the answer is
// no good.
func (f *Factors) AddPasskey(tx *db.Tx, staff, ceremonyID string, answer []byte, name string) (p Passkey, err error) {
	if err := f.needSite(); err != nil {
		return p, err
	}
	var kept webauthn.SessionData
	whose, err := EndCeremony(tx, purposeAdd, ceremonyID, &kept)
	if err != nil {
		return p, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil || whose != staff {
		return p, badPasskey(err)
	}
	o, err := ownerOf(tx.Reader, staff)
	if err != nil {
		return p, err
	}
	made, err := f.site.CreateCredential(o, kept, parsed)
	if err != nil {
		return p, badPasskey(err)
	}
	p = Passkey{ID: db.NewID(), Name: name, AddedAt: f.now()}
	data, err := json.Marshal(made)
	if err != nil {
		return p, fmt.Errorf("authn.AddPasskey: %w", err)
	}
	_, err = tx.Change("passkey", staff, `insert into passkey (id, staff, credential, name, data, added_at) values ($1, $2, $3, $4, $5, $6)`,
		p.ID, staff, credentialID(made.ID), p.Name, string(data), p.AddedAt)
	return p, err
}

func credentialID(id []byte) string { return base64.RawURLEncoding.EncodeToString(id) }

// badPasskey refuses an answer. What exactly is wrong with it goes to the log
// of the machine: it helps nobody at the browser.
func badPasskey(err error) error {
	if p, ok := errors.AsType[*protocol.Error](err); ok {
		slog.Warn("passkey refused", "why", p.Details, "info", p.DevInfo)
	}
	return fault.New(fault.Invalid, i18n.T("通行密钥没有通过验证", "the passkey was not accepted")).
		WithFix(i18n.T("请重新开始，或换一种方式", "please begin again or use another way"))
}

// AskPasskey begins to sign in by passkey: staff as a second step, or whoever
// it turns out to be, for whom the passkey must check finger, face or PIN.
func (f *Factors) AskPasskey(tx *db.Tx, staff string) (c Ceremony, err error) {
	if err := f.needSite(); err != nil {
		return c, err
	}
	if staff == "" {
		options, kept, err := f.site.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
		if err != nil {
			return c, fmt.Errorf("authn.AskPasskey: %w", err)
		}
		return ceremony(tx, purposeUse, "", kept, options.Response)
	}
	o, err := ownerOf(tx.Reader, staff)
	if err != nil {
		return c, err
	}
	if len(o.keys) == 0 {
		return c, badPasskey(nil)
	}
	options, kept, err := f.site.BeginLogin(o)
	if err != nil {
		return c, fmt.Errorf("authn.AskPasskey: %w", err)
	}
	return ceremony(tx, purposeUse, staff, kept, options.Response)
}

// UsePasskey ends AskPasskey and returns who signed: the one who was asked, or
// whoever it turned out to be. Faults: Conflict, Invalid.
func (f *Factors) UsePasskey(tx *db.Tx, staff, ceremonyID string, answer []byte) (who string, err error) {
	if err := f.needSite(); err != nil {
		return "", err
	}
	var kept webauthn.SessionData
	whose, err := EndCeremony(tx, purposeUse, ceremonyID, &kept)
	if err != nil {
		return "", err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil || whose != staff {
		return "", badPasskey(err)
	}
	used, who, err := f.validated(tx.Reader, staff, kept, parsed)
	if err != nil {
		return "", badPasskey(err)
	}
	if used.Authenticator.CloneWarning {
		slog.Warn("passkey counts backwards: it may have been copied", "staff", who)
		return "", badPasskey(nil)
	}
	data, err := json.Marshal(used)
	if err != nil {
		return "", fmt.Errorf("authn.UsePasskey: %w", err)
	}
	_, err = tx.Change("passkey", who, `update passkey set data = $2, used_at = $3 where credential = $1`, credentialID(used.ID), string(data), f.now())
	return who, err
}

func (f *Factors) validated(r db.Reader, staff string, kept webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) (*webauthn.Credential, string, error) {
	if staff != "" {
		o, err := ownerOf(r, staff)
		if err != nil {
			return nil, "", err
		}
		used, err := f.site.ValidateLogin(o, kept, parsed)
		return used, staff, err
	}
	var who string
	used, err := f.site.ValidateDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) {
		who = string(handle)
		return ownerOf(r, who)
	}, kept, parsed)
	return used, who, err
}

func ownerOf(r db.Reader, staff string) (owner, error) {
	o := owner{id: staff, name: staff, title: staff}
	rows, err := db.Values[string](r, `select data from passkey where staff = $1 order by added_at, id`, staff)
	for _, text := range rows {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			return o, fmt.Errorf("authn: passkey of %s: %w", staff, err)
		}
		o.keys = append(o.keys, c)
	}
	return o, err
}

func passkeysOf(r db.Reader, staff string) ([]Passkey, error) {
	ps, err := db.All[Passkey](r, `select id, name, added_at, used_at from passkey where staff = $1 order by added_at, id`, staff)
	if ps == nil {
		ps = []Passkey{}
	}
	return ps, err
}

// NamePasskey renames a passkey of staff. Fault: NotFound.
func (f *Factors) NamePasskey(tx *db.Tx, staff, id, name string) error {
	n, err := tx.Change("passkey", staff, `update passkey set name = $3 where staff = $1 and id = $2`, staff, id, name)
	return passkeyThere(n, err)
}

// RemovePasskey removes a passkey of staff. Fault: NotFound.
func (f *Factors) RemovePasskey(tx *db.Tx, staff, id string) error {
	n, err := tx.Change("passkey", staff, `delete from passkey where staff = $1 and id = $2`, staff, id)
	return passkeyThere(n, err)
}

func passkeyThere(n int64, err error) error {
	if err == nil && n == 0 {
		return fault.Missing(i18n.T("通行密钥", "passkey"))
	}
	return err
}

package system

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// Setting is one setting as an administrator sees it at a place.
type Setting struct {
	Key     string          `json:"key"`
	Text    i18n.Text       `json:"text" doc:"What it means."`
	Unit    i18n.Text       `json:"unit"`
	Default json.RawMessage `json:"default"`
	InForce Version         `json:"in_force" doc:"What holds at the place now."`
	Latest  string          `json:"latest" doc:"Newest version for this very place, in force or not; send it as seen with a change."`
}

// Version is one value of a setting.
type Version struct {
	ID            string          `json:"id" doc:"built-in for the default."`
	Value         json.RawMessage `json:"value"`
	Scope         string          `json:"scope" doc:"Path below which it holds; / is everywhere, and so is nothing."`
	EffectiveFrom time.Time       `json:"effective_from,omitzero"`
	Source        string          `json:"source"`
	Reason        string          `json:"reason"`
	ChangedBy     string          `json:"changed_by"`
	ChangedByName string          `json:"changed_by_name"`
	CreatedAt     time.Time       `json:"created_at,omitzero"`
}

// AtScope says for which place settings are asked.
type AtScope struct {
	Scope string `query:"scope" maxLength:"400" doc:"Path of a node; the topmost at which the person may change settings when absent."`
}

// SettingList is every setting at a place.
type SettingList struct {
	Scope string    `json:"scope"`
	Items []Setting `json:"items"`
}

// ListSettings returns every setting with what is in force at a place where
// the actor may change it. Fault: Forbidden elsewhere.
func (s *Service) ListSettings(ctx context.Context, in AtScope) (out SettingList, err error) {
	defer fault.Wrap(&err, "system.ListSettings(%s)", in.Scope)
	out.Scope = in.Scope
	if paths := authz.From(ctx).Paths(ManageSettings); out.Scope == "" && len(paths) > 0 {
		out.Scope = paths[0]
	}
	if err := authz.Need(ctx, ManageSettings, out.Scope); err != nil {
		return out, err
	}
	known := slices.DeleteFunc(s.Settings.Known(), func(d config.Setting) bool { return d.Keeper != "" })
	found := make([]config.Version, len(known))
	for i, d := range known {
		if found[i], err = s.Settings.InForce(ctx, d.Key, out.Scope, s.Now()); err != nil {
			return out, err
		}
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		out.Items, err = s.settings(r, out.Scope, known, found)
		return err
	})
	return out, err
}

// settings puts definitions and what is in force beside each other.
func (s *Service) settings(r db.Reader, scope string, known []config.Setting, found []config.Version) ([]Setting, error) {
	inForce, err := named(r, found)
	if err != nil {
		return nil, err
	}
	items := make([]Setting, len(known))
	for i, d := range known {
		history, err := s.Settings.History(r, d.Key)
		if err != nil {
			return nil, err
		}
		items[i] = Setting{d.Key, d.Text, d.Unit, json.RawMessage(d.Default), inForce[i], latest(history, scope)}
	}
	return items, nil
}

// latest returns the newest version that was written for the very scope.
func latest(history []config.Version, scope string) string {
	id := config.BuiltIn
	for _, v := range history {
		if v.Scope == scope && (id == config.BuiltIn || v.ID > id) {
			id = v.ID
		}
	}
	return id
}

// named adds the names of those who changed something.
func named(r db.Reader, vs []config.Version) ([]Version, error) {
	ids := make([]string, len(vs))
	for i, v := range vs {
		ids[i] = v.ChangedBy
	}
	names, err := org.StaffNames(r, ids)
	out := make([]Version, len(vs))
	for i, v := range vs {
		out[i] = Version{v.ID, json.RawMessage(v.Value), v.Scope, v.EffectiveFrom, v.Source, v.Reason, v.ChangedBy, names[v.ChangedBy], v.CreatedAt}
	}
	return out, err
}

// OfKey is a request about one setting.
type OfKey struct {
	Key string `path:"key" maxLength:"64"`
}

// kept refuses a setting that is not there, and one that somebody else keeps:
// what accounts are held to is the security administrator's.
func (s *Service) kept(key string) error {
	d, err := s.Settings.Definition(key)
	if err == nil && d.Keeper != "" {
		return fault.New(fault.Forbidden, i18n.T("这个参数由安全管理员在“账号安全”中设置", "this setting is kept by the security administrator, under “Account security”"))
	}
	return err
}

// History is the versions of a setting.
type History struct {
	Items []Version `json:"items"`
}

// SettingHistory returns the versions of a setting that hold at, above or below
// a place where the actor may change it, the latest first. Fault: NotFound.
func (s *Service) SettingHistory(ctx context.Context, in OfKey) (out History, err error) {
	defer fault.Wrap(&err, "system.SettingHistory(%s)", in.Key)
	if err := s.kept(in.Key); err != nil {
		return out, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		all, err := s.Settings.History(r, in.Key)
		if err != nil {
			return err
		}
		out.Items, err = named(r, slices.DeleteFunc(all, func(v config.Version) bool { return !concerns(ctx, v.Scope) }))
		return err
	})
	return out, err
}

// concerns reports whether what holds at scope holds somewhere that the actor
// answers for.
func concerns(ctx context.Context, scope string) bool {
	return slices.ContainsFunc(authz.From(ctx).Paths(ManageSettings), func(path string) bool {
		return strings.HasPrefix(path, scope) || strings.HasPrefix(scope, path)
	})
}

// Change is a new version of a setting.
type Change struct {
	Key  string `path:"key" maxLength:"64"`
	Body ChangeBody
}

// ChangeBody says what a setting becomes.
type ChangeBody struct {
	Value         json.RawMessage `json:"value" doc:"JSON, written like the value in force."`
	Scope         string          `json:"scope" maxLength:"400" doc:"Path of the node below which it holds; / is everywhere."`
	EffectiveFrom string          `json:"effective_from,omitempty" maxLength:"10" doc:"Day, such as 2026-08-01; at once when absent." example:"2026-08-01"`
	Source        string          `json:"source,omitempty" maxLength:"300" doc:"The rule or document that asks for it."`
	Reason        string          `json:"reason" minLength:"1" maxLength:"500"`
	Seen          string          `json:"seen" maxLength:"40" doc:"latest of the setting when the person decided."`
}

// ChangeSetting adds a version and returns it. Faults: Forbidden where the
// actor may not change settings, NotFound for an unknown setting or node,
// Invalid, Conflict when somebody else changed it since it was seen.
func (s *Service) ChangeSetting(ctx context.Context, in Change) (out Version, err error) {
	defer fault.Wrap(&err, "system.ChangeSetting(%s)", in.Key)
	b := in.Body
	if err := s.kept(in.Key); err != nil {
		return out, err
	}
	if err := authz.Need(ctx, ManageSettings, b.Scope); err != nil {
		return out, err
	}
	if in.Key == rules.Key && b.Scope != "/" {
		return out, fault.Field("scope", i18n.T("计时规则全系统统一，适用范围只能是全部", "the rules of the calendar hold everywhere; the scope must be /"))
	}
	from, err := s.begin(b.EffectiveFrom)
	if err != nil {
		return out, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		out, err = s.change(ctx, tx, in.Key, b, from)
		return err
	})
	return out, err
}

// begin reads from which instant a value holds.
func (s *Service) begin(day string) (time.Time, error) {
	if day == "" {
		return s.now(), nil
	}
	return clock.ParseDay("effective_from", day)
}

func (s *Service) change(ctx context.Context, tx *db.Tx, key string, b ChangeBody, from time.Time) (Version, error) {
	if err := nodeExists(tx.Reader, b.Scope); err != nil {
		return Version{}, err
	}
	history, err := s.Settings.History(tx.Reader, key)
	if err != nil {
		return Version{}, err
	}
	if latest(history, b.Scope) != b.Seen {
		return Version{}, fault.New(fault.Conflict, i18n.T("这项设置刚刚被他人修改过", "somebody else has changed this setting in between")).
			WithFix(i18n.T("请刷新后查看新的值，再决定是否修改", "look at the new value and decide again"))
	}
	v, err := s.Settings.Set(ctx, tx, config.Version{Key: key, Scope: b.Scope, EffectiveFrom: from, Value: compact(b.Value),
		Source: strings.TrimSpace(b.Source), Reason: strings.TrimSpace(b.Reason)})
	if err != nil {
		return Version{}, err
	}
	if err := s.Audit.Append(ctx, tx, "setting.change", key, v.Reason, "version", v.ID, "scope", v.Scope, "value", v.Value); err != nil {
		return Version{}, err
	}
	versions, err := named(tx.Reader, []config.Version{v})
	return versions[0], err
}

// compact takes the blanks out of JSON; what is none becomes nothing, which no
// setting accepts.
func compact(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return ""
	}
	return b.String()
}

// nodeExists refuses a scope that is no node of the tree.
func nodeExists(r db.Reader, scope string) error {
	nodes := authz.Nodes(scope)
	if len(nodes) == 0 {
		return nil
	}
	path, err := org.PathOf(r, nodes[len(nodes)-1])
	if err == nil && path != scope {
		err = fault.Missing(i18n.T("适用范围", "the place"))
	}
	return err
}

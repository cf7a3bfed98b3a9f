package config

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tlog"
)

//go:embed migrations
var files embed.FS

// Migrations returns the table of versions.
func Migrations() fs.FS { return db.Tables(files) }

// Standings returns the table of versions, whose rows the transparency log has.
func Standings() tlog.Standing {
	return tlog.Standing{Name: "setting/v1", What: "settings", Table: "setting_version", Key: "id",
		Columns: "key, scope, effective_from, value, source, reason, changed_by, created_at"}
}

// BuiltIn is the version identifier of a default.
const BuiltIn = "built-in"

// Version is one value of a setting.
type Version struct {
	ID            string    `json:"id"`
	Key           string    `json:"key"`
	Scope         string    `json:"scope" doc:"Path of the organisation node below which the value holds; / is everywhere."`
	EffectiveFrom time.Time `json:"effective_from"`
	Value         string    `json:"value" doc:"JSON."`
	Source        string    `json:"source"`
	Reason        string    `json:"reason"`
	ChangedBy     string    `json:"changed_by"`
	CreatedAt     time.Time `json:"created_at"`
}

// Settings knows every setting and its versions. Versions are kept in memory
// and looked at again when another process may have added one.
type Settings struct {
	db       *db.DB
	now      clock.Clock
	known    map[string]Setting
	versions Fresh[map[string][]Version] // by key, latest effective first
}

// New returns the settings of d.
func New(d *db.DB, now clock.Clock) *Settings {
	return &Settings{db: d, now: now, known: map[string]Setting{}}
}

// Declare adds settings. It panics on a key declared twice.
func (s *Settings) Declare(list ...Setting) {
	for _, d := range list {
		if _, twice := s.known[d.Key]; twice {
			panic("config: two settings " + d.Key)
		}
		s.known[d.Key] = d
	}
}

// Known lists every setting by key.
func (s *Settings) Known() []Setting {
	list := make([]Setting, 0, len(s.known))
	for _, d := range s.known {
		list = append(list, d)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Key < list[j].Key })
	return list
}

// At returns the value of k in force at path at time t, and the identifier of
// the version that says so.
func At[T any](ctx context.Context, s *Settings, k Key[T], path string, t time.Time) (v T, version string, err error) {
	found, err := s.inForce(ctx, k.Setting, path, t)
	if err != nil {
		return v, "", err
	}
	if err := json.Unmarshal([]byte(found.Value), &v); err != nil {
		return v, "", fmt.Errorf("config: %s version %s: %w", k.Key, found.ID, err)
	}
	return v, found.ID, nil
}

// InForce returns the version of a setting that holds at path at time t: the
// default, under the identifier BuiltIn, when no other does. Fault: NotFound
// for a key that was not declared.
func (s *Settings) InForce(ctx context.Context, key, path string, t time.Time) (Version, error) {
	d, err := s.Definition(key)
	if err != nil {
		return Version{}, err
	}
	return s.inForce(ctx, d, path, t)
}

// Definition returns the setting of a key. Fault: NotFound.
func (s *Settings) Definition(key string) (Setting, error) {
	d, ok := s.known[key]
	if !ok {
		return d, fault.Missing(i18n.T("设置项 %s", "setting %s").With(key))
	}
	return d, nil
}

func (s *Settings) inForce(ctx context.Context, d Setting, path string, t time.Time) (Version, error) {
	best := Version{ID: BuiltIn, Key: d.Key, Value: d.Default}
	byKey, err := s.versions.Get(ctx, s.load)
	if err != nil {
		return best, err
	}
	for _, v := range byKey[d.Key] {
		if !v.EffectiveFrom.After(t) && strings.HasPrefix(path, v.Scope) && len(v.Scope) > len(best.Scope) {
			best = v
		}
	}
	return best, nil
}

func (s *Settings) load(ctx context.Context) (byKey map[string][]Version, err error) {
	byKey = map[string][]Version{}
	err = s.db.Read(ctx, func(r db.Reader) error {
		all, err := db.All[Version](r, `select * from setting_version order by effective_from desc, id desc`)
		for _, v := range all {
			byKey[v.Key] = append(byKey[v.Key], v)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("config.load: %w", err)
	}
	return byKey, nil
}

// History returns the versions of a setting, the latest first.
func (s *Settings) History(r db.Reader, key string) ([]Version, error) {
	return db.All[Version](r, `select * from setting_version where key = $1 order by effective_from desc, id desc`, key)
}

// Set adds a version and returns it. A version may not begin in the past:
// what was computed under the old value would silently be wrong.
func (s *Settings) Set(ctx context.Context, tx *db.Tx, v Version) (Version, error) {
	d, err := s.Definition(v.Key)
	if err != nil {
		return v, err
	}
	var bad fault.Fields
	bad.Refuse(strings.TrimSpace(v.Reason) == "", "reason", i18n.T("请写明修改原因", "please say why it changes"))
	bad.Refuse(!strings.HasPrefix(v.Scope, "/") || !strings.HasSuffix(v.Scope, "/"), "scope", i18n.T("请选择适用范围", "please choose where it applies"))
	bad.Refuse(v.EffectiveFrom.Before(clock.Day(s.now())), "effective_from", i18n.T("生效日期不能早于今天", "it cannot take effect before today"))
	if err := bad.Err(); err != nil {
		return v, err
	}
	if err := d.Check(v.Value); err != nil {
		return v, err
	}
	v.ID, v.ChangedBy, v.CreatedAt = db.NewID(), authz.From(ctx).ID, s.now()
	_, err = tx.Change("setting_version", v.ID, `insert into setting_version (id, key, scope, effective_from, value, source, reason, changed_by, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		v.ID, v.Key, v.Scope, v.EffectiveFrom, v.Value, v.Source, v.Reason, v.ChangedBy, v.CreatedAt)
	if err != nil {
		return v, fmt.Errorf("config.Set(%s): %w", v.Key, err)
	}
	tx.AfterCommit(s.versions.Forget)
	return v, nil
}

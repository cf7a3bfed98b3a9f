package figure

import (
	"context"
	"embed"
	"encoding/json"
	"io/fs"
	"slices"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tlog"
)

//go:embed migrations
var files embed.FS

// Migrations returns the table of frozen figures.
func Migrations() fs.FS { return db.Tables(files) }

// StandingTable is the table of frozen figures, whose rows stand in the log.
func StandingTable() tlog.StandingTable {
	return tlog.StandingTable{Name: "figure_frozen/v1", What: "signed figures", Table: "figure_frozen", Key: "holder",
		Columns: "name, narrowed, path, from_at, until_at, number, among, settings, at"}
}

// Frozen is a figure as it was when somebody signed for it.
type Frozen struct {
	Name   string
	Path   string
	Period Period
	Value
	At time.Time
	// Settings are the versions of the settings on which it depended, by key.
	Settings map[string]string
}

// Keeper freezes figures.
type Keeper struct {
	Book     *Book
	Settings *config.Settings
	Now      clock.Clock
}

// Freeze keeps figures as they are in the transaction, for a holder: the
// identifier of what is signed. What a holder has is never frozen again: the
// error is then db.ErrTaken.
func (k Keeper) Freeze(ctx context.Context, tx *db.Tx, holder string, names []string, n Narrow, periods ...Period) (_ map[string][]Value, err error) {
	defer fault.Wrap(&err, "figure.Freeze")
	values, err := k.Book.Read(tx.Reader, names, n, periods...)
	if err != nil {
		return nil, err
	}
	narrowed, err := json.Marshal(n.Dims)
	if err != nil {
		return nil, err
	}
	if err := tx.Changing("figure_frozen", holder); err != nil {
		return nil, err
	}
	var rows [][]any
	for _, name := range names {
		for i, p := range periods {
			settings, err := k.settings(ctx, name, n.Path, p)
			if err != nil {
				return nil, err
			}
			v := values[name][i]
			rows = append(rows, []any{holder, name, string(narrowed), n.Path, p.From, p.Until, v.Number, v.Among, settings, k.Now()})
		}
	}
	if len(rows) == 0 {
		return values, nil
	}
	return values, db.InsertMany(tx, "figure_frozen", "holder, name, narrowed, path, from_at, until_at, number, among, settings, at", rows)
}

// settings are the versions on which a figure depends in a period, as JSON.
func (k Keeper) settings(ctx context.Context, name, path string, p Period) (string, error) {
	versions := map[string]string{}
	for _, key := range k.Book.settingsOf(name) {
		v, err := k.Settings.InForce(ctx, key, path, p.From)
		if err != nil {
			return "", err
		}
		versions[key] = v.ID
	}
	text, err := json.Marshal(versions)
	return string(text), err
}

// settingsOf are the keys on which a figure depends, or the two of a share.
func (b *Book) settingsOf(name string) []string {
	f := b.figures[name]
	if f.Way == Share {
		return slices.Concat(f.Settings, b.figures[f.Part].Settings, b.figures[f.Whole].Settings)
	}
	return f.Settings
}

// Of returns what a holder has frozen, in no order that matters.
func Of(r db.Reader, holder string) ([]Frozen, error) {
	rows, err := db.All[frozenRow](r, `select name, path, from_at, until_at, number, among, settings, at from figure_frozen where holder = $1 order by name, from_at`, holder)
	if err != nil {
		return nil, err
	}
	list := make([]Frozen, len(rows))
	for i, x := range rows {
		list[i] = Frozen{Name: x.Name, Path: x.Path, Period: Period{x.FromAt, x.UntilAt}, Value: Value{x.Number, x.Among}, At: x.At}
		if err := json.Unmarshal([]byte(x.Settings), &list[i].Settings); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// frozenRow is a row of the table.
type frozenRow struct {
	Name     string
	Path     string
	FromAt   time.Time
	UntilAt  time.Time
	Number   int64
	Among    int64
	Settings string
	At       time.Time
}

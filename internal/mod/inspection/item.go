package inspection

import (
	"context"
	"errors"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// Item is something that is inspected (检查事项). Of general ones a share of the
// targets is inspected; of key ones as many as it takes.
type Item struct {
	ID        string    `json:"id"`
	Path      string    `json:"path" doc:"Of the region whose it is."`
	Code      string    `json:"code"`
	Name      string    `json:"name"`
	Tier      string    `json:"tier" enum:"general,key"`
	Basis     string    `json:"basis" doc:"Law that it rests on."`
	Kinds     []string  `json:"kinds" doc:"Kinds of target; none is all."`
	Active    bool      `json:"active"`
	CreatedAt time.Time `json:"created_at"`
	FormID    string    `json:"form_id" doc:"Checklist that goes with it; empty: none."`
}

const itemColumns = `id, path, code, name, tier, basis, kinds, active, created_at, form_id`

func saveItem(tx *db.Tx, x Item) error {
	return save(tx, "inspection_item", itemColumns, []any{x.ID, x.Path, x.Code, x.Name, x.Tier, x.Basis, x.Kinds, x.Active, x.CreatedAt, x.FormID})
}

// ListItems lists what is inspected by regions in which the actor may read.
func (s *Service) ListItems(ctx context.Context, _ struct{}) ([]Item, error) {
	return read(ctx, s, func(r db.Reader) ([]Item, error) {
		var w db.Where
		org.Within(&w, "path", authz.From(ctx).Paths(Read))
		return db.All[Item](r, `select `+itemColumns+` from inspection_item `+w.String()+` order by code, id`, w.Args()...)
	})
}

// ItemInput is an item to be added, or changed where the code is there.
type ItemInput struct {
	Region string   `json:"region" maxLength:"6" doc:"GB/T 2260 code of the region whose list it stands on."`
	Code   string   `json:"code" maxLength:"40"`
	Name   string   `json:"name" maxLength:"200"`
	Tier   string   `json:"tier" maxLength:"20"`
	Basis  string   `json:"basis,omitempty" maxLength:"500"`
	Kinds  []string `json:"kinds,omitempty" maxItems:"60"`
	Active bool     `json:"active"`
	FormID string   `json:"form_id,omitempty" maxLength:"64" doc:"Checklist that goes with it."`
}

// SaveItem adds an item, or changes the one of its code. Faults: Invalid, NotFound,
// Forbidden.
func (s *Service) SaveItem(ctx context.Context, in org.Posted[ItemInput]) (Item, error) {
	b := in.Body
	var bad fault.Fields
	bad.Refuse(strings.TrimSpace(b.Code) == "", "code", i18n.T("请填写事项编码", "give the code"))
	bad.Refuse(strings.TrimSpace(b.Name) == "", "name", i18n.T("请填写事项名称", "give the name"))
	oneOf(&bad, "tier", b.Tier, tiers())
	if err := bad.Err(); err != nil {
		return Item{}, err
	}
	return write(ctx, s, func(tx *db.Tx) (x Item, err error) {
		region, err := org.RegionByCode(tx.Reader, b.Region)
		if err != nil {
			return x, err
		}
		if err := authz.Need(ctx, Manage, region.Path); err != nil {
			return x, err
		}
		if err := usableForm(tx.Reader, b.FormID); err != nil {
			return x, err
		}
		x, err = db.One[Item](tx.Reader, `select `+itemColumns+` from inspection_item where path = $1 and code = $2`, region.Path, strings.TrimSpace(b.Code))
		if errors.Is(err, db.ErrNone) {
			x = Item{ID: db.NewID(), Path: region.Path, Code: strings.TrimSpace(b.Code), CreatedAt: s.now()}
		} else if err != nil {
			return x, err
		}
		was, act := x, "change"
		if x.Name == "" {
			act = "add"
		}
		x.Name, x.Tier, x.Basis, x.Kinds, x.Active, x.FormID = strings.TrimSpace(b.Name), b.Tier, b.Basis, b.Kinds, b.Active, b.FormID
		if x.Kinds == nil {
			x.Kinds = []string{}
		}
		detail, err := turned(was, x)
		if err != nil {
			return x, err
		}
		if err := saveItem(tx, x); err != nil {
			return x, err
		}
		return x, s.Trail.Add(ctx, tx, trail.Record{Kind: ofItem, ID: x.ID}, trail.Step{Act: act, Detail: detail})
	})
}

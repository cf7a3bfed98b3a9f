package casework

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// DispatchRule is a row of the dispatch catalogue (派单目录): which unit leads
// and which help for a kind of report in a part of the city. Of the rows that
// match, the one with the narrowest scope holds; among equals the one that
// names an item before a category before neither, then the newest.
type DispatchRule struct {
	ID       string       `json:"id"`
	Category string       `json:"category" doc:"Letter, item, or empty for all."`
	Class    demand.Class `json:"class"`
	Scope    string       `json:"scope" doc:"Path below which the row holds."`
	// Target is who leads: the institution concerned, the commission, an
	// agency of the region, or the unit of UnitID.
	Target  string    `json:"target" enum:"concerned,commission,insurance,market,police,discipline,publicity,development,hotline,unit"`
	UnitID  string    `json:"unit_id"`
	Helpers []string  `json:"helpers" doc:"Targets or units that help."`
	Reason  string    `json:"reason"`
	MadeBy  string    `json:"made_by"`
	MadeAt  time.Time `json:"made_at"`
	EndedAt time.Time `json:"ended_at,omitzero"`
}

const (
	toConcerned  = "concerned"
	toCommission = "commission"
	toUnit       = "unit"
)

// Standings returns the table of the catalogue, whose rows the transparency log has
// after each change.
func Standings() tlog.Standing {
	return tlog.Standing{Name: "rule/v1", What: "dispatch rules", Table: "dispatch_rule", Key: "id",
		Columns: "category, class, scope, target, unit_id, helpers, reason, made_by, made_at, ended_at"}
}

// byCatalogue applies the catalogue. Without a row the institution concerned
// handles the case, or, where there is none, the commission.
func (s *Service) byCatalogue(r db.Reader, c Case) (t Target, err error) {
	rules, err := db.All[DispatchRule](r, `select * from dispatch_rule where ended_at is null and category in ('', $1, $2) order by id`, c.Category, c.Item)
	if err != nil {
		return t, err
	}
	rule := DispatchRule{ID: "built-in", Target: toConcerned}
	for _, x := range rules {
		if (x.Class == "" || x.Class == c.Class) && strings.HasPrefix(c.Path, x.Scope) && !rule.before(x) {
			rule = x
		}
	}
	t.Rule = rule.ID
	if t.Lead, err = resolve(r, c, rule.Target, rule.UnitID); err != nil {
		return t, err
	}
	for _, h := range rule.Helpers {
		unit, err := resolve(r, c, h, h)
		if err != nil {
			return t, err
		}
		if unit != t.Lead && !slices.Contains(t.Helpers, unit) {
			t.Helpers = append(t.Helpers, unit)
		}
	}
	return t, nil
}

// before reports whether d holds before x, which is newer.
func (d DispatchRule) before(x DispatchRule) bool {
	switch {
	case len(d.Scope) != len(x.Scope):
		return len(d.Scope) > len(x.Scope)
	case len(d.Category) != len(x.Category):
		return len(d.Category) > len(x.Category)
	}
	return d.Class != "" && x.Class == ""
}

// resolve turns a target into a unit. A place without a responsible unit is
// the commission's.
func resolve(r db.Reader, c Case, target, unit string) (string, error) {
	switch target {
	case toConcerned:
		if c.Institution != "" {
			return c.Institution, nil
		}
	case toCommission:
	case toUnit:
		return unit, nil
	default:
		if _, agency := org.AgencyNames()[org.AgencyKind(target)]; !agency {
			return target, nil // a helper named by its identifier
		}
		u, err := org.AgencyOf(r, c.Path, org.AgencyKind(target))
		return u.ID, err
	}
	u, err := org.CommissionAbove(r, regionPath(c.Path, c.Institution))
	return u.ID, err
}

// Rules is the catalogue.
type Rules struct {
	Items []DispatchRule `json:"items"`
}

// ListRules returns the rows of the catalogue that hold where the actor reads
// cases, whether for more than that or for less. Who works for whom next door is
// the neighbour's own business.
func (s *Service) ListRules(ctx context.Context, _ struct{}) (rules Rules, err error) {
	defer fault.Wrap(&err, "casework.ListRules")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		rules.Items, err = db.All[DispatchRule](r, `select * from dispatch_rule where ended_at is null order by scope, category, id`)
		return err
	})
	paths := authz.From(ctx).Paths(Read)
	rules.Items = slices.DeleteFunc(rules.Items, func(d DispatchRule) bool { return !d.concerns(paths) })
	return rules, err
}

// concerns reports whether a row holds at one of the nodes, above or below it.
func (d DispatchRule) concerns(paths []string) bool {
	return slices.ContainsFunc(paths, func(path string) bool { return strings.HasPrefix(path, d.Scope) || strings.HasPrefix(d.Scope, path) })
}

// AddRuleInput is a new row of the catalogue.
type AddRuleInput struct {
	Body struct {
		Category string       `json:"category,omitempty" maxLength:"3"`
		Class    demand.Class `json:"class,omitempty"`
		Scope    string       `json:"scope"`
		Target   string       `json:"target" enum:"concerned,commission,insurance,market,police,discipline,publicity,development,hotline,unit"`
		UnitID   string       `json:"unit_id,omitempty"`
		Helpers  []string     `json:"helpers,omitempty" maxItems:"10"`
		Reason   string       `json:"reason" minLength:"1" maxLength:"500"`
	}
}

// AddRule adds a row to the catalogue. It holds for cases that arrive from
// then on.
func (s *Service) AddRule(ctx context.Context, in AddRuleInput) (d DispatchRule, err error) {
	defer fault.Wrap(&err, "casework.AddRule")
	b := in.Body
	d = DispatchRule{ID: db.NewID(), Category: b.Category, Class: b.Class, Scope: b.Scope, Target: b.Target, UnitID: b.UnitID, Helpers: append([]string{}, b.Helpers...),
		Reason: b.Reason, MadeBy: authz.From(ctx).ID, MadeAt: s.Now()}
	if err := d.check(); err != nil {
		return d, err
	}
	if err := authz.Need(ctx, Catalogue, d.Scope); err != nil {
		return d, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := d.namesUnits(tx.Reader); err != nil {
			return err
		}
		if _, err := tx.Change("dispatch_rule", d.ID, `insert into dispatch_rule (id, category, class, scope, target, unit_id, helpers, reason, made_by, made_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, d.ID, d.Category, d.Class, d.Scope, d.Target, d.UnitID, d.Helpers, d.Reason, d.MadeBy, d.MadeAt); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, "catalogue.add", d.ID, d.Reason)
	})
	return d, err
}

// check refuses a row that could never hold, or that would send what is
// sensitive anywhere else than to the discipline line.
func (d DispatchRule) check() error {
	var bad fault.Fields
	cat, _, known := demand.Find(d.Category)
	bad.Refuse(d.Category != "" && !known, "category", i18n.T("没有这个类别", "there is no such category"))
	bad.Refuse(known && cat.Sensitive, "category", i18n.T("廉洁线索一律走纪检渠道，不由派单目录决定", "integrity clues always take the discipline line; the catalogue does not decide"))
	bad.Refuse(d.Class != "" && !demand.Has(demand.Classes(), d.Class), "class", i18n.T("没有这种诉求类型", "there is no such kind of demand"))
	bad.Refuse(!strings.HasPrefix(d.Scope, "/") || !strings.HasSuffix(d.Scope, "/"), "scope", i18n.T("请选择适用范围", "please choose where it holds"))
	bad.Refuse((d.Target == toUnit) != (d.UnitID != ""), "unit_id", i18n.T("请选择承办单位", "please choose the unit"))
	return bad.Err()
}

// namesUnits refuses units that do not exist: a row with one of them would send
// nothing anywhere.
func (d DispatchRule) namesUnits(r db.Reader) error {
	named := map[string]string{}
	for _, h := range d.Helpers {
		if _, agency := org.AgencyNames()[org.AgencyKind(h)]; !agency && h != toConcerned && h != toCommission {
			named[h] = "helpers"
		}
	}
	if d.Target == toUnit {
		named[d.UnitID] = "unit_id"
	}
	found, err := org.UnitsByID(r, slices.Collect(maps.Keys(named)))
	for id, field := range named {
		if _, exists := found[id]; err == nil && !exists {
			err = fault.Field(field, i18n.T("请选择承办单位", "please choose the unit"))
		}
	}
	return err
}

// EndRuleInput ends a row.
type EndRuleInput struct {
	ID string `path:"id"`
}

// EndRule ends a row of the catalogue; it stays on file.
func (s *Service) EndRule(ctx context.Context, in EndRuleInput) (d DispatchRule, err error) {
	defer fault.Wrap(&err, "casework.EndRule(%s)", in.ID)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if d, err = ruleByID(tx.Reader, in.ID); err != nil {
			return err
		}
		if err := authz.Need(ctx, Catalogue, d.Scope); err != nil {
			return err
		}
		if !d.EndedAt.IsZero() {
			return fault.New(fault.Conflict, i18n.T("这条派单规则已经停用", "this dispatch rule was ended already"))
		}
		d.EndedAt = s.Now()
		if _, err := tx.Change("dispatch_rule", d.ID, `update dispatch_rule set ended_at = $2 where id = $1`, d.ID, d.EndedAt); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, "catalogue.end", d.ID, "")
	})
	return d, err
}

// ruleByID returns a row of the catalogue, one that ended too.
func ruleByID(r db.Reader, id string) (DispatchRule, error) {
	return db.Find[DispatchRule](r, i18n.T("派单规则", "dispatch rule"), `select * from dispatch_rule where id = $1`, id)
}

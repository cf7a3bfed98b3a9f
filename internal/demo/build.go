package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org"
)

// City is what was made.
type City struct {
	Token  string  `json:"report_token"`
	Logins []Login `json:"logins"`
}

// longest is for how many days what happens is signed every half day: the oldest
// penalty that goes step by step. The city is older, however short the past of its
// cases.
const longest = 172

// Build makes the city on an empty database. The clock of the parts stands at
// the end of the past and runs when Build returns.
func Build(ctx context.Context, p Parts, plan Plan) (city City, err error) {
	now := p.Clock.Now()
	defer p.Clock.Release()
	teller, err := story.New(plan.Seed)
	if err != nil {
		return city, err
	}
	begin := newYear(lastFull(now)).AddDate(0, 0, -30)
	p.Clock.Set(begin)
	if err := p.Begin(ctx); err != nil {
		return city, err
	}
	b := &builder{at: begin, now: now, story: teller, byID: map[string]org.Unit{}}
	b.city(plan)
	hash, err := p.Org.Hasher.Hash(ctx, password)
	if err != nil {
		return city, err
	}
	if err := p.DB.InTx(ctx, func(tx *db.Tx) error { return b.store(tx, hash) }); err != nil {
		return city, err
	}
	ctx = authz.With(ctx, authz.System())
	spots, err := codes(ctx, p, b)
	if err == nil {
		err = p.Sign(ctx)
	}
	if err != nil {
		return city, err
	}
	h := &history{Parts: p, plan: plan, now: now, rand: rand.New(rand.NewPCG(plan.Seed, 1)), story: teller, leaves: leaves(teller), //nolint:gosec // the same seed must give the same city
		spots: spots, roles: map[string]string{}, units: b.byID, commissions: commissionsOf(b.byID), logins: b.logins, hash: hash, driven: map[string]string{}}
	for _, g := range b.grants {
		if _, taken := h.roles[g.Role+" "+g.Path]; !taken {
			h.roles[g.Role+" "+g.Path] = g.StaffID
		}
	}
	for _, lives := range h.past() {
		if err := lives(ctx); err != nil {
			return city, err
		}
	}
	return City{Token: tokenAt(spots, b.places[0].ID), Logins: h.logins}, nil
}

// past is what has happened in the city until now, one thing after the other.
func (h *history) past() []func(context.Context) error {
	switch {
	case h.plan.Written:
		return []func(context.Context) error{h.write, h.count}
	case h.plan.Cases > 0:
		return []func(context.Context) error{h.run, h.count, h.callPatients, h.settle}
	default: // its first day
		return []func(context.Context) error{h.count}
	}
}

// tokenAt finds the code of a place. The one that is printed hangs in the first
// institution, whose staff can sign in: who scans it finds the case again there.
func tokenAt(spots []spot, place string) string {
	i := slices.IndexFunc(spots, func(s spot) bool { return s.place.ID == place })
	return spots[i].token // the first place always has a code
}

// spot is a place with a code.
type spot struct {
	code, token string
	place       org.Place
	scene       story.Scene
}

// codes hangs a code in nearly every place; some places have none, or lost
// theirs, so that the coverage table has something to show.
func codes(ctx context.Context, p Parts, b *builder) (spots []spot, err error) {
	scenes, at := map[string]story.Scene{}, map[string]org.Place{}
	var all []string
	for i, place := range b.places {
		scene := story.Scene{Institution: b.byID[place.Institution].Name, Place: place.Name}
		if place.UnitID != place.Institution {
			scene.Department = b.byID[place.UnitID].Name
		}
		scenes[place.ID], at[place.ID] = scene, place
		if i%17 != 16 {
			all = append(all, place.ID)
		}
	}
	for batch := range slices.Chunk(all, 500) {
		in := intake.MakeCodesInput{}
		in.Body.Places = batch
		made, err := p.Intake.MakeCodes(ctx, in)
		if err != nil {
			return nil, fmt.Errorf("demo codes: %w", err)
		}
		for _, c := range made.Codes {
			spots = append(spots, spot{c.ID, c.Token, at[c.Place], scenes[c.Place]})
		}
	}
	return wear(ctx, p, spots)
}

// wear lets time pass over the walls: some posters are renewed, some are taken
// down for good.
func wear(ctx context.Context, p Parts, spots []spot) (hanging []spot, err error) {
	for i, at := range spots {
		in := intake.TakeDown{ID: at.code}
		switch i % 45 {
		case 20:
			in.Body.Reason = "海报破损，换新码"
			c, err := p.Intake.Rotate(ctx, in)
			if err != nil {
				return nil, fmt.Errorf("demo codes: %w", err)
			}
			at.code, at.token = c.ID, c.Token
		case 40:
			in.Body.Reason = "诊区装修，暂停使用"
			if _, err := p.Intake.Revoke(ctx, in); err != nil {
				return nil, fmt.Errorf("demo codes: %w", err)
			}
			continue
		}
		hanging = append(hanging, at)
	}
	return hanging, nil
}

// leaves lists the items of the taxonomy as often as they come up.
func leaves(g *story.Generator) (out []string) {
	weights := map[string]int{"A": 9, "B": 10, "C": 5, "D": 8, "E": 5, "F": 2, "G": 2, "H": 1, "J": 5, "K": 3, "P": 2, "Q": 3, "R": 3, "S": 3}
	for _, l := range g.Leaves() {
		for range max(1, weights[l.Group]) {
			out = append(out, l.Code)
		}
	}
	return out
}

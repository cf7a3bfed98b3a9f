package campaign

import (
	"context"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/flow"
)

// anotherHand: who signs did not write it.
const anotherHand flow.Guard = "another-hand"

// hands are those who wrote what somebody else has to sign.
type hands []string

// and are the hands with that of the actor, each of them once.
func (h hands) and(ctx context.Context) hands {
	if me := authz.From(ctx).ID; !slices.Contains(h, me) {
		return append(slices.Clone(h), me)
	}
	return h
}

// another are the guards that hold for the actor.
func (h hands) another(ctx context.Context) []flow.Guard {
	if slices.Contains(h, authz.From(ctx).ID) {
		return nil
	}
	return []flow.Guard{anotherHand}
}

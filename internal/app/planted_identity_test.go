package app

import (
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/casework"
)

// disclosed opens who reported, where it must be with another's approval, and
// reads it on the page; nothing else has it.
func (p *planting) disclosed(id string) {
	p.t.Helper()
	w, me, other := p.s.Casework, p.does(id, "me"), p.does(id, "other")
	in := casework.IdentityInput{ID: id}
	in.Body.Purpose, in.Body.Reason = casework.PurposeOther, p.say()
	d, err := w.Get(me, casework.ByID{ID: id})
	p.stepped(d, err)
	if d.Case.Route == casework.Integrity {
		asked, err := w.AskIdentity(me, in)
		p.stepped(asked, err)
		waits, err := w.ListAsked(other, casework.AskedInput{Query: list.Query{Limit: 1}})
		p.stepped(waits, err)
		yes := casework.DecideIdentityInput{Request: waits.Items[0].ID}
		yes.Body.Grant, yes.Body.Reason = true, p.say()
		p.stepped(w.DecideIdentity(other, yes))
	}
	if d.Reporters[0].Phone != "" || d.Reporters[0].Name != "" {
		p.t.Errorf("the page shows who reported: %+v", d.Reporters)
	}
	p.stepped(w.OpenIdentity(me, in))
	if d, err = w.Get(me, casework.ByID{ID: id}); err != nil || d.Reporters[0].Name != plantedName || d.Reporters[0].Phone != plantedPhone {
		p.t.Errorf("who opened it reads %+v, %v", d.Reporters, err)
	}
	if d, err = w.Get(other, casework.ByID{ID: id}); err != nil || d.Reporters[0].Phone != "" {
		p.t.Errorf("another reads %+v, %v", d.Reporters, err)
	}
}

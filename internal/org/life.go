package org

import (
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/trail"
)

// Life is what was done with a record, for its page.
type Life struct {
	Events []trail.Event     `json:"events"`
	Names  map[string]string `json:"names" doc:"Of the members of staff who took steps."`
}

// LifeOf returns the steps of a record, the first one first, with the names of who
// took them.
func LifeOf(r db.Reader, of trail.Record) (l Life, err error) {
	if l.Events, err = trail.Of(r, of); err != nil {
		return l, err
	}
	ids := make([]string, len(l.Events))
	for i, e := range l.Events {
		ids[i] = e.Actor
	}
	l.Names, err = StaffNames(r, ids)
	return l, err
}

// Deed is a step of a record, with the name of who took it.
type Deed struct {
	trail.Event
	ActorName string `json:"actor_name" doc:"Empty for the program."`
}

// Deeds returns the steps of a record, the first one first.
func Deeds(r db.Reader, of trail.Record) ([]Deed, error) {
	l, err := LifeOf(r, of)
	deeds := make([]Deed, len(l.Events))
	for i, e := range l.Events {
		deeds[i] = Deed{e, l.Names[e.Actor]}
	}
	return deeds, err
}

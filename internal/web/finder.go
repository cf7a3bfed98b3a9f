package web

import (
	"maps"
	"net/http"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// fieldCursor says where the next page of a list begins.
const fieldCursor = "cursor"

// finder is a list that people narrow by region and by a part of a name.
type finder struct {
	view
	Choice choice
	Next   string // cursor of the next page
	Now    time.Time
}

// finder reads from an address what somebody looks for. A region that is none
// counts as none, as with choose.
func (p *Pages) finder(r *http.Request) (f finder, err error) {
	q := query(r.URL.Query())
	f = finder{view: p.view(r), Now: p.Now()}
	err = p.DB.Read(r.Context(), func(rd db.Reader) error {
		f.Choice.Regions, err = org.UsedRegions(rd)
		return err
	})
	f.Choice.Find = q(fieldFind)
	if g := q(fieldRegion); f.Choice.knows(g) {
		f.Choice.Region = g
	}
	return f, err
}

// page is the part of the list that is shown.
func (f finder) page(most int) list.Query {
	return list.Query{Limit: most, Cursor: f.query.Get(fieldCursor)}
}

// nextPage is the address of the next page.
func (f finder) nextPage() string {
	next := f.view
	next.query = maps.Clone(f.query)
	return next.here(fieldCursor, f.Next)
}

// region is the name of a region, or its code where nobody of it is known.
func (f finder) region(code string) string {
	for _, g := range f.Choice.Regions {
		if g.Code == code {
			return g.Name
		}
	}
	return code
}

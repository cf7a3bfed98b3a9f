package web

import (
	"maps"
	"net/http"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// frontDoor is the front page: report, follow a report, call.
type frontDoor struct {
	view
	Office org.Unit
	Choice choice
}

func (p *Pages) front(w http.ResponseWriter, r *http.Request) error {
	office, err := p.Intake.Home(r.Context())
	if err != nil {
		return err
	}
	c, err := p.choose(r.Context(), func(string) string { return "" })
	if err != nil {
		return err
	}
	return p.show(w, r, http.StatusOK, frontPage(frontDoor{p.view(r), office, c}))
}

// telephones is the directory page.
type telephones struct {
	view
	Choice       choice
	Commissions  []org.Contact
	Institutions []org.Contact
	Next         string            // cursor of the next page
	Names        map[string]string // of regions, by code
}

const directoryPage = 100

func (p *Pages) directory(w http.ResponseWriter, r *http.Request) (err error) {
	defer fault.Wrap(&err, "web.directory")
	q := query(r.URL.Query())
	t := telephones{view: p.view(r), Names: map[string]string{}}
	err = p.DB.Read(r.Context(), func(rd db.Reader) error {
		if t.Choice.Regions, err = org.UsedRegions(rd); err != nil {
			return err
		}
		t.Choice.Find = q(fieldFind)
		if g := q(fieldRegion); t.Choice.knows(g) {
			t.Choice.Region = g
		}
		page, err := org.Directory(r.Context(), rd, org.AskDirectory{Query: list.Query{Limit: directoryPage, Cursor: r.URL.Query().Get("cursor")}, Region: t.Choice.Region, Q: t.Choice.Find})
		t.Institutions, t.Next = page.Items, page.Next
		return err
	})
	if err != nil {
		return err
	}
	for _, g := range t.Choice.Regions {
		t.Names[g.Code] = g.Name
	}
	t.split()
	return p.show(w, r, http.StatusOK, directoryPageOf(t))
}

// split puts the commissions before the institutions: they answer for all.
func (t *telephones) split() {
	all := t.Institutions
	t.Commissions = slices.DeleteFunc(slices.Clone(all), func(c org.Contact) bool { return c.Kind != org.Commission })
	t.Institutions = slices.DeleteFunc(slices.Clone(all), func(c org.Contact) bool { return c.Kind == org.Commission })
}

func (p *Pages) privacy(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, http.StatusOK, privacyPage(p.view(r)))
}

// nextPage is the address of the directory's next page.
func nextPage(t telephones) string {
	next := t.view
	next.query = maps.Clone(t.query)
	return next.here("cursor", t.Next)
}

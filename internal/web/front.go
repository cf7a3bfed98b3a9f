package web

import (
	"net/http"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
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
	finder
	Commissions  []org.Contact
	Institutions []org.Contact
}

const directoryPage = 100

func (p *Pages) directory(w http.ResponseWriter, r *http.Request) (err error) {
	defer fault.Wrap(&err, "web.directory")
	f, err := p.finder(r)
	if err != nil {
		return err
	}
	t := telephones{finder: f}
	err = p.DB.Read(r.Context(), func(rd db.Reader) error {
		page, err := org.Directory(r.Context(), rd, org.AskDirectory{Query: f.page(directoryPage), Region: f.Choice.Region, Q: f.Choice.Find})
		t.Institutions, t.Next = page.Items, page.Next
		return err
	})
	if err != nil {
		return err
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

package web

import (
	"context"
	"net/url"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// choice is how a person without a code says where it was: first a region or
// a part of a name, then an institution among those that fit.
type choice struct {
	Regions      []org.Region
	Region       string
	Find         string
	Institution  string
	Institutions []org.Contact
	More         bool // there are more than are listed
	Asked        bool // something was asked for, so that an empty list says something
}

// The fields of a choice.
const (
	fieldRegion      = "region"
	fieldInstitution = "institution"
	fieldFind        = "find"
)

const mostListed = 200

// choose reads what a person chose so far and lists what fits. A region that
// does not exist counts as none: whoever typed an address by hand chooses
// again.
func (p *Pages) choose(ctx context.Context, get func(string) string) (c choice, err error) {
	defer fault.Wrap(&err, "web.choose")
	c = choice{Region: get(fieldRegion), Find: strings.TrimSpace(get(fieldFind)), Institution: get(fieldInstitution)}
	err = p.DB.Read(ctx, func(r db.Reader) error {
		if c.Regions, err = org.UsedRegions(r); err != nil {
			return err
		}
		if !c.knows(c.Region) {
			c.Region = ""
		}
		if c.Asked = c.Region != "" || c.Find != ""; !c.Asked {
			return nil
		}
		page, err := org.Institutions(ctx, r, org.AskDirectory{Query: list.Query{Limit: mostListed}, Region: c.Region, Q: clip(c.Find, mostFind)})
		c.Institutions, c.More = page.Items, page.Next != ""
		return err
	})
	return c, err
}

const mostFind = 50

// clip is the beginning of a text that a stranger typed, as storable text.
func clip(s string, most int) string {
	runes := []rune(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", ""))
	return string(runes[:min(len(runes), most)])
}

func (c choice) knows(region string) bool {
	for _, g := range c.Regions {
		if g.Code == region {
			return true
		}
	}
	return false
}

// depth is how far a region is indented below the topmost.
func (c choice) depth(g org.Region) int { return g.Level - c.Regions[0].Level }

// lists reports whether an institution is among those listed.
func (c choice) lists(institution string) bool {
	for _, u := range c.Institutions {
		if u.ID == institution {
			return true
		}
	}
	return false
}

// query reads a choice from an address.
func query(q url.Values) func(string) string {
	return func(name string) string { return clip(q.Get(name), mostFind) }
}

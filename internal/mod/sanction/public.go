package sanction

import (
	"context"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// PublicList asks what is public.
type PublicList struct {
	list.Query
	Kind   string `query:"kind" enum:"penalty,blacklist"`
	Region string `query:"region" maxLength:"6" doc:"GB/T 2260 code, the regions in it included."`
	Q      string `query:"q" maxLength:"50" doc:"Part of the name or title."`
}

// Public is what everybody may read of a publication.
type Public struct {
	ID          string      `json:"id"`
	Kind        string      `json:"kind" enum:"penalty,blacklist"`
	Region      string      `json:"region"`
	RegionName  string      `json:"region_name" db:"-"`
	SubjectKind Kind        `json:"subject_kind" enum:"institution,practitioner,person"`
	Name        string      `json:"name" doc:"Natural persons as 张某, unless the rule says in full."`
	Title       string      `json:"title"`
	Text        string      `json:"text"`
	Basis       string      `json:"basis"`
	Number      string      `json:"number"`
	DecidedOn   string      `json:"decided_on" doc:"Day."`
	ServedOn    string      `json:"served_on" doc:"Day; empty of an entry, and of a penalty that was public before this was kept."`
	Measures    []i18n.Text `json:"measures" doc:"What a penalty imposes: each with its amount, or how long it lasts."`
	FromOn      string      `json:"from_on" doc:"First day in public."`
	UntilOn     string      `json:"until_on" doc:"Last day in public."`
	WithdrawnOn string      `json:"withdrawn_on" doc:"Day; where it is given, nothing else is but the identifier and the reason."`
	Reason      string      `json:"reason" doc:"Why it was withdrawn."`

	from time.Time
}

// PublicSanctions lists what is public today, the newest first.
func (s *Service) PublicSanctions(ctx context.Context, in PublicList) (page list.Page[Public], err error) {
	defer fault.Wrap(&err, "sanction.PublicSanctions")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		narrow := func(_ context.Context, r db.Reader, w *db.Where) error {
			now := s.Now()
			w.And("state = 'published' and from_on <= ? and until_on > ?", now, now)
			w.AndIf(in.Kind != "", "kind = ?", in.Kind)
			org.Contains(w, in.Q, "name", "title")
			return inRegion(r, w, in.Region)
		}
		newest := list.Down("from_on", "id", func(p Public) list.Key { return list.At(p.from, p.ID) })
		load := func(r db.Reader, w *db.Where, limit int) ([]Public, error) {
			rows, err := db.All[Publication](r, selection(publicationTable)+w.String()+` order by `+newest.SQL()+w.Bind(` limit ?`, limit), w.Args()...)
			out := make([]Public, len(rows))
			for i, p := range rows {
				out[i] = p.public()
			}
			return out, err
		}
		if page, err = list.Read(ctx, r, in.Query, newest, narrow, load); err != nil {
			return err
		}
		return nameRegions(r, page.Items)
	})
	return page, err
}

func inRegion(r db.Reader, w *db.Where, code string) error {
	if code == "" {
		return nil
	}
	g, err := org.RegionByCode(r, code)
	if err == nil {
		org.Within(w, "path", []string{g.Path})
	}
	return err
}

func nameRegions(r db.Reader, ps []Public) error {
	names := map[string]string{}
	for i, p := range ps {
		if p.Region == "" {
			continue
		}
		if _, known := names[p.Region]; !known {
			name, err := org.RegionName(r, p.Region)
			if err != nil {
				return err
			}
			names[p.Region] = name
		}
		ps[i].RegionName = names[p.Region]
	}
	return nil
}

// PublicSanction returns one that is public, or of one that was withdrawn that it
// was, when and why, and nothing else. One whose time is over is not there.
func (s *Service) PublicSanction(ctx context.Context, in org.ByID) (out Public, err error) {
	defer fault.Wrap(&err, "sanction.PublicSanction")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		p, err := byID[Publication](r, publicationTable, publicationWord, in.ID)
		if err != nil {
			return err
		}
		switch now := s.Now(); {
		case p.State == Withdrawn:
			out = Public{ID: p.ID, Kind: p.Kind, SubjectKind: p.SubjectKind, Measures: []i18n.Text{}, WithdrawnOn: day(p.WithdrawnAt), Reason: p.Reason}
			return nil
		case p.State != Published || p.FromOn.After(now) || !p.UntilOn.After(now):
			return fault.Missing(i18n.T("公示", "publication"))
		}
		one := []Public{p.public()}
		err = nameRegions(r, one)
		out = one[0]
		return err
	})
	return out, err
}

func (p Publication) public() Public {
	measures := make([]i18n.Text, len(p.Measures))
	for i, m := range p.Measures {
		measures[i] = m.text()
	}
	return Public{ID: p.ID, Kind: p.Kind, Region: p.Region, SubjectKind: p.SubjectKind, Name: p.Name, Title: p.Title, Text: p.Text, Basis: p.Basis, Number: p.Number,
		DecidedOn: day(p.DecidedOn), ServedOn: day(p.ServedOn), Measures: measures, FromOn: day(p.FromOn), UntilOn: day(p.UntilOn.Add(-1)), from: p.FromOn}
}

// day writes a day; of none it writes nothing.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(clock.Shanghai).Format(time.DateOnly)
}

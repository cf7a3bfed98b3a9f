package inspection

import (
	"context"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// PublicDraw is a draw as everybody may know it: from the moment in which the list
// is frozen its hash, and whoever witnesses it; what was drawn only in the record,
// once that is published.
type PublicDraw struct {
	ID           string        `json:"id"`
	Number       string        `json:"number"`
	Of           string        `json:"of" enum:"targets,districts,days" db:"what"`
	Title        string        `json:"title"`
	State        DrawState     `json:"state" enum:"frozen,sealed,made,published,void"`
	Region       string        `json:"region" db:"-"`
	ListHash     string        `json:"list_hash"`
	Targets      int           `json:"targets"`
	Inspectors   int           `json:"inspectors"`
	Drawn        int           `json:"drawn"`
	Replaced     []Replacement `json:"-"`
	Replacements int           `json:"replaced" db:"-" doc:"How often a target or an inspector was replaced; the record says why."`
	PreparedAt   time.Time     `json:"prepared_at"`
	SealedAt     time.Time     `json:"sealed_at,omitzero"`
	DrawnAt      time.Time     `json:"drawn_at,omitzero"`
	PublishedAt  time.Time     `json:"published_at,omitzero"`
	Reason       string        `json:"reason" doc:"Why it is void."`
	Path         string        `json:"-"`
	BatchID      string        `json:"-"`
	Others       Attempts      `json:"others" db:"-" doc:"Others of the same batch or, without one, of the same region, of the same and in the same year, that are void or not drawn yet."`
	Witnesses    []WitnessSeat `json:"witnesses,omitempty" db:"-"`
	Seals        []Seal        `json:"seals,omitempty" db:"-" doc:"What was fixed when; each has a leaf in the transparency log."`
	Algorithm    string        `json:"algorithm" db:"-"`
}

const publicColumns = `id, number, what, title, state, list_hash, targets, inspectors, drawn, prepared_at, sealed_at, drawn_at, published_at, reason, path, batch_id, replaced`

// PublicDrawsInput asks for a page of draws.
type PublicDrawsInput struct {
	list.Query
	Region string `query:"region" maxLength:"6" doc:"Only those of this region and the regions in it."`
}

// PublicDraws lists draws, the latest first, void ones among them. Fault: NotFound
// for an unknown region.
func (s *Service) PublicDraws(ctx context.Context, in PublicDrawsInput) (list.Page[PublicDraw], error) {
	return read(ctx, s, func(r db.Reader) (list.Page[PublicDraw], error) {
		latest := list.Down("prepared_at", "id", func(d PublicDraw) list.Key { return list.At(d.PreparedAt, d.ID) })
		page, err := pageOf(ctx, r, in.Query, latest, below(in.Region, "path"), `select `+publicColumns+` from inspection_draw`)
		if err != nil {
			return page, err
		}
		for i := range page.Items {
			page.Items[i].complete()
		}
		return page, others(r, page.Items)
	})
}

// below narrows a list to a region, where one is given.
func below(region, column string) narrowing {
	return func(_ context.Context, r db.Reader, w *db.Where) error {
		if region == "" {
			return nil
		}
		g, err := org.RegionByCode(r, region)
		org.Within(w, column, []string{g.Path})
		return err
	}
}

func (d *PublicDraw) complete() {
	d.Region, d.Algorithm, d.Replacements = districtOf(d.Path), Algorithm, len(d.Replaced)
}

// PublicDraw returns a draw with witnesses and seals. Fault: NotFound.
func (s *Service) PublicDraw(ctx context.Context, in org.ByID) (PublicDraw, error) {
	return read(ctx, s, func(r db.Reader) (d PublicDraw, err error) {
		if d, err = publicDraw(r, in.ID); err != nil {
			return d, err
		}
		if d.Witnesses, err = witnessesOf(r, d.ID); err != nil {
			return d, err
		}
		d.Seals, err = s.sealsOf(r, d.ID)
		return d, err
	})
}

func publicDraw(r db.Reader, id string) (PublicDraw, error) {
	d, err := db.Find[PublicDraw](r, aDraw, `select `+publicColumns+` from inspection_draw where id = $1`, id)
	if err != nil {
		return d, err
	}
	d.complete()
	one := []PublicDraw{d}
	err = others(r, one)
	return one[0], err
}

// PublicRecord is the record of a published draw as a file. Fault: NotFound, also
// before it is published.
func (s *Service) PublicRecord(ctx context.Context, in org.ByID) (httpapi.File, error) {
	return read(ctx, s, func(r db.Reader) (httpapi.File, error) {
		d, rec, err := publishedOf(r, in.ID)
		if err != nil {
			return httpapi.File{}, err
		}
		return d.fileOf(rec)
	})
}

// PublicResult is a result as everybody may read it.
type PublicResult struct {
	ID             string    `json:"id"`
	Number         string    `json:"number"`
	Kind           string    `json:"kind"`
	KindName       i18n.Text `json:"kind_name" db:"-"`
	TargetName     string    `json:"target_name"`
	Conclusion     string    `json:"conclusion"`
	ConclusionName i18n.Text `json:"conclusion_name" db:"-"`
	InspectedAt    time.Time `json:"inspected_at"`
	PublishedAt    time.Time `json:"published_at"`
	Problems       []string  `json:"problems" db:"-"`
	Inspectors     []string  `json:"inspectors" db:"-" doc:"Numbers of their certificates."`
}

// PublicResultsInput asks for a page of results.
type PublicResultsInput struct {
	list.Query
	Region string `query:"region" maxLength:"6"`
	Q      string `query:"q" maxLength:"100" doc:"Part of the target's name."`
}

// PublicResults lists published results, the latest first, without what is hushed; lines
// of older days that name a matter of integrity are left out. Fault: NotFound for an
// unknown region.
func (s *Service) PublicResults(ctx context.Context, in PublicResultsInput) (list.Page[PublicResult], error) {
	narrow := func(ctx context.Context, r db.Reader, w *db.Where) error {
		w.And("state = 'published'")
		w.And(`not ` + hushed("inspection_task"))
		org.Contains(w, in.Q, "target_name")
		return below(in.Region, "path")(ctx, r, w)
	}
	return read(ctx, s, func(r db.Reader) (list.Page[PublicResult], error) {
		latest := list.Down("published_at", "id", func(x PublicResult) list.Key { return list.At(x.PublishedAt, x.ID) })
		page, err := pageOf(ctx, r, in.Query, latest, narrow, `select id, number, kind, target_name, conclusion, inspected_at, published_at from inspection_task`)
		if err != nil {
			return page, err
		}
		return page, completeResults(r, page.Items)
	})
}

// completeResults adds to the results of a page what was found and by whom.
func completeResults(r db.Reader, all []PublicResult) error {
	ids, at := make([]string, len(all)), map[string]*PublicResult{}
	for i := range all {
		x := &all[i]
		ids[i], at[x.ID] = x.ID, x
		x.KindName, x.ConclusionName = nameOf(kinds(), x.Kind), nameOf(conclusions(), x.Conclusion)
		x.Problems, x.Inspectors = []string{}, []string{}
	}
	type line struct {
		TaskID string
		Number int
		Found  bool
		Text   string
	}
	var w db.Where
	problems, people := w.In("task_id", ids), w.In("task_id", ids)
	lines, err := db.All[line](r, `select task_id, 1 as found, number, text from inspection_problem where `+problems+` and `+ordinary("category")+`
		union all select task_id, 0, number, cert_no from inspection_member where `+people+` and cert_no <> '' order by task_id, number`, w.Args()...)
	for _, l := range lines {
		x := at[l.TaskID]
		if l.Found {
			x.Problems = append(x.Problems, l.Text)
		} else {
			x.Inspectors = append(x.Inspectors, l.Text)
		}
	}
	return err
}

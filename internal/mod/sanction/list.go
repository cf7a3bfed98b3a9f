package sanction

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
)

// page reads one page of a table, the newest first, as the actor may see it.
func page[T any](ctx context.Context, s *Service, f filter, table, sorted string, key func(T) list.Key) (out list.Page[T], err error) {
	defer fault.Wrap(&err, "sanction.page(%s)", table)
	q, unit := f.asked()
	err = s.DB.Read(ctx, func(r db.Reader) error {
		narrow := func(ctx context.Context, r db.Reader, w *db.Where) error {
			seen(authz.From(ctx), w, table)
			f.narrow(w, s.Now())
			return below(r, w, unit)
		}
		newest := list.Down(sorted, "id", key)
		load := func(r db.Reader, w *db.Where, limit int) ([]T, error) {
			return db.All[T](r, selection(table)+w.String()+` order by `+newest.SQL()+w.Bind(` limit ?`, limit), w.Args()...)
		}
		out, err = list.Read(ctx, r, q, newest, narrow, load)
		return err
	})
	return out, err
}

// Penalties lists penalties.
func (s *Service) Penalties(ctx context.Context, in PenaltyFilter) (list.Page[Penalty], error) {
	p, err := page(ctx, s, in, penaltyTable, "filed_on", func(p Penalty) list.Key { return list.At(p.FiledOn, p.ID) })
	for i := range p.Items {
		p.Items[i] = p.Items[i].shown(authz.From(ctx))
	}
	return p, err
}

// shown is a penalty as somebody may see it.
func (p Penalty) shown(a authz.Actor) Penalty {
	if a.Covers(Manage, p.Path) {
		return p
	}
	officers := make([]Officer, len(p.Officers))
	for i, o := range p.Officers {
		officers[i] = Officer{o.Name, masked(o.Certificate)}
	}
	p.Officers = officers
	return p
}

// PointsList lists points.
func (s *Service) PointsList(ctx context.Context, in PointFilter) (list.Page[PointLine], error) {
	ps, err := page(ctx, s, in, pointTable, "confirmed_on", func(p Point) list.Key { return list.At(p.ConfirmedOn, p.ID) })
	out := list.Page[PointLine]{Items: make([]PointLine, len(ps.Items)), Next: ps.Next}
	if err != nil {
		return out, err
	}
	err = s.named(ctx, len(ps.Items), func(i int) string { return ps.Items[i].SubjectID }, func(i int, name string) { out.Items[i] = PointLine{ps.Items[i], name} })
	return out, err
}

// PointLine is points in a list.
type PointLine struct {
	Point
	Name string `json:"name" doc:"Of the subject."`
}

// ConsequenceLine is a consequence in a list.
type ConsequenceLine struct {
	Consequence
	Name string `json:"name" doc:"Of the subject."`
}

// Consequences lists what points lead to.
func (s *Service) Consequences(ctx context.Context, in ConsequenceFilter) (list.Page[ConsequenceLine], error) {
	cs, err := page(ctx, s, in, consequenceTable, "created_at", func(c Consequence) list.Key { return list.At(c.CreatedAt, c.ID) })
	out := list.Page[ConsequenceLine]{Items: make([]ConsequenceLine, len(cs.Items)), Next: cs.Next}
	if err != nil {
		return out, err
	}
	err = s.named(ctx, len(cs.Items), func(i int) string { return cs.Items[i].SubjectID }, func(i int, name string) { out.Items[i] = ConsequenceLine{cs.Items[i], name} })
	return out, err
}

// named tells what the subjects of n lines are called.
func (s *Service) named(ctx context.Context, n int, of func(int) string, tell func(int, string)) error {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = of(i)
	}
	return s.DB.Read(ctx, func(r db.Reader) error {
		var w db.Where
		w.AndIn("id", ids)
		xs, err := all[Subject](r, subjectTable, w.String(), w.Args()...)
		names := map[string]string{}
		for _, x := range xs {
			names[x.ID] = x.Name
		}
		for i, id := range ids {
			tell(i, names[id])
		}
		return err
	})
}

// Subjects lists those who have a credit record.
func (s *Service) Subjects(ctx context.Context, in SubjectFilter) (list.Page[Subject], error) {
	p, err := page(ctx, s, in, subjectTable, "created_at", func(x Subject) list.Key { return list.At(x.CreatedAt, x.ID) })
	for i := range p.Items {
		p.Items[i] = p.Items[i].shown(authz.From(ctx))
	}
	return p, err
}

// Blacklisted lists the blacklist.
func (s *Service) Blacklisted(ctx context.Context, in BlackFilter) (list.Page[Black], error) {
	return page(ctx, s, in, blackTable, "created_at", func(b Black) list.Key { return list.At(b.CreatedAt, b.ID) })
}

// Publications lists what is, was or is to be public.
func (s *Service) Publications(ctx context.Context, in PublicationFilter) (list.Page[Publication], error) {
	return page(ctx, s, in, publicationTable, "proposed_at", func(p Publication) list.Key { return list.At(p.ProposedAt, p.ID) })
}

// Transfers lists transfers.
func (s *Service) Transfers(ctx context.Context, in TransferFilter) (list.Page[Transfer], error) {
	return page(ctx, s, in, transferTable, "sent_on", func(t Transfer) list.Key { return list.At(t.SentOn, t.ID) })
}

// Vetoes lists vetoes.
func (s *Service) Vetoes(ctx context.Context, in VetoFilter) (list.Page[Veto], error) {
	return page(ctx, s, in, vetoTable, "created_at", func(v Veto) list.Key { return list.At(v.CreatedAt, v.ID) })
}

package campaign

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// Conduct is somebody who keeps the conduct of a unit as their work (行风建设人员).
type Conduct struct {
	ID       string    `json:"id"`
	Unit     string    `json:"unit"`
	Path     string    `json:"-"`
	Name     string    `json:"name"`
	Post     string    `json:"post"`
	FullTime bool      `json:"full_time"`
	Since    Day       `json:"since"`
	Until    Day       `json:"until" doc:"Empty: still so."`
	AddedBy  string    `json:"added_by"`
	AddedAt  time.Time `json:"added_at"`
	EndedBy  string    `json:"ended_by"`
}

const conductColumns = `id, unit, path, name, post, full_time, since, until, added_by, added_at, ended_by`

func (s *Service) conductEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /conduct-staff", "Who keeps the conduct of units as their work", Read, s.Conducts),
		httpapi.Do("GET /conduct-staff/missing", "Units that need somebody full-time and have nobody", Read, s.WithoutConduct),
		httpapi.Do("POST /conduct-staff", "Enter somebody", Report, s.AddConduct, httpapi.Created),
		httpapi.Do("POST /conduct-staff/{id}/end", "Say that somebody does it no longer", Report, s.EndConduct),
	}
}

// AddConductBody enters somebody.
type AddConductBody struct {
	Unit     string `json:"unit" minLength:"1" maxLength:"64"`
	Name     string `json:"name" maxLength:"100"`
	Post     string `json:"post" maxLength:"100"`
	FullTime bool   `json:"full_time"`
	Since    Day    `json:"since" maxLength:"10"`
}

// AddConduct enters somebody of a unit. Faults: Invalid, Forbidden elsewhere.
func (s *Service) AddConduct(ctx context.Context, in org.Posted[AddConductBody]) (c Conduct, err error) {
	defer fault.Wrap(&err, "campaign.AddConduct")
	b := in.Body
	var bad fault.Fields
	bad.Refuse(strings.TrimSpace(b.Name) == "", "name", i18n.T("请填写姓名", "please give the name"))
	bad.Refuse(b.Since == "" || !b.Since.Valid(), "since", i18n.T("请填写起始日期", "please say since which day"))
	bad.Refuse(b.Since.Valid() && b.Since > DayOf(s.Now()), "since", i18n.T("起始日期不能在将来", "it cannot begin in the future"))
	if err := bad.Err(); err != nil {
		return c, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		u, err := org.UnitByID(tx.Reader, b.Unit)
		if err != nil {
			return err
		}
		if err := authz.Need(ctx, Report, u.Path); err != nil {
			return err
		}
		if u.Kind != org.Institution && u.Kind != org.Commission || !u.ClosedAt.IsZero() {
			return fault.Field("unit", i18n.T("只登记卫生健康部门和医疗机构", "only commissions and institutions are entered"))
		}
		c = Conduct{ID: db.NewID(), Unit: u.ID, Path: u.Path, Name: strings.TrimSpace(b.Name), Post: strings.TrimSpace(b.Post), FullTime: b.FullTime, Since: b.Since, AddedBy: authz.From(ctx).ID, AddedAt: s.instant()}
		return fault.First(
			func() error { return insertConduct(tx, c) },
			func() error {
				return s.Audit.Append(ctx, tx, "campaign.conduct.add", c.ID, "", "unit", c.Unit, "full_time", c.FullTime, "since", c.Since)
			},
		)
	})
	return c, err
}

func insertConduct(tx *db.Tx, c Conduct) error {
	_, err := tx.Change("conduct_staff", c.ID, `insert into conduct_staff (`+conductColumns+`) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		c.ID, c.Unit, c.Path, c.Name, c.Post, c.FullTime, c.Since, c.Until, c.AddedBy, c.AddedAt, c.EndedBy)
	return err
}

// EndConductBody says until when.
type EndConductBody struct {
	Until Day `json:"until" maxLength:"10"`
}

// EndConduct says that somebody does it no longer. Faults: Invalid, NotFound,
// Conflict once it is said.
func (s *Service) EndConduct(ctx context.Context, in org.PostedTo[EndConductBody]) (c Conduct, err error) {
	defer fault.Wrap(&err, "campaign.EndConduct(%s)", in.ID)
	what := i18n.T("行风建设人员", "entry")
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		c, err = db.Find[Conduct](tx.Reader, what, `select `+conductColumns+` from conduct_staff where id = $1`, in.ID)
		if err != nil {
			return err
		}
		if !authz.From(ctx).Covers(Read, c.Path) {
			return fault.Missing(what)
		}
		if err := authz.Need(ctx, Report, c.Path); err != nil {
			return err
		}
		until := in.Body.Until
		switch {
		case c.Until != "":
			return fault.New(fault.Conflict, i18n.T("已经登记到 %s 为止", "it ended on %s already"), string(c.Until))
		case until == "" || !until.Valid() || until < c.Since || until > DayOf(s.Now()):
			return fault.Field("until", i18n.T("请填写 %s 到今天之间的日期", "please give a day between %s and today"), string(c.Since))
		}
		c.Until, c.EndedBy = until, authz.From(ctx).ID
		if _, err := tx.Change("conduct_staff", c.ID, `update conduct_staff set until = $2, ended_by = $3 where id = $1`, c.ID, c.Until, c.EndedBy); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, "campaign.conduct.end", c.ID, "", "unit", c.Unit, "until", c.Until)
	})
	return c, err
}

// ConductListInput asks for a page of the register.
type ConductListInput struct {
	list.Query
	Unit    string `query:"unit" maxLength:"64"`
	Current bool   `query:"current" doc:"Those alone who do it now."`
}

// ConductLine is somebody in a list.
type ConductLine struct {
	Conduct
	UnitName string `json:"unit_name"`
	MayEnd   bool   `json:"may_end" doc:"The reader may say that they do it no longer."`
}

// Conducts lists those whom the actor may see, the latest first.
func (s *Service) Conducts(ctx context.Context, in ConductListInput) (p list.Page[ConductLine], err error) {
	defer fault.Wrap(&err, "campaign.Conducts")
	latest := list.Down("added_at", "id", func(c Conduct) list.Key { return list.At(c.AddedAt, c.ID) })
	err = s.DB.Read(ctx, func(r db.Reader) error {
		found, err := list.Read(ctx, r, in.Query, latest, func(ctx context.Context, _ db.Reader, w *db.Where) error {
			w.AndBelow("path", authz.From(ctx).Paths(Read)...)
			w.AndIf(in.Unit != "", "unit = ?", in.Unit)
			w.AndIf(in.Current, "until = ''")
			return nil
		}, func(r db.Reader, w *db.Where, limit int) ([]Conduct, error) {
			return db.All[Conduct](r, `select `+conductColumns+` from conduct_staff `+w.String()+` order by added_at desc, id desc `+w.Bind("limit ?", limit), w.Args()...)
		})
		if err != nil {
			return err
		}
		p.Next, p.Count = found.Next, found.Count
		p.Items, err = conductLines(ctx, r, found.Items)
		return err
	})
	return p, err
}

func conductLines(ctx context.Context, r db.Reader, found []Conduct) ([]ConductLine, error) {
	ids := make([]string, len(found))
	for i, c := range found {
		ids[i] = c.Unit
	}
	names, err := org.Names(r, ids)
	lines := make([]ConductLine, len(found))
	for i, c := range found {
		lines[i] = ConductLine{c, names[c.Unit], c.Until == "" && authz.From(ctx).Covers(Report, c.Path)}
	}
	return lines, err
}

// Unstaffed is a unit without anybody full-time.
type Unstaffed struct {
	Unit   string `json:"unit"`
	Name   string `json:"name"`
	Kind   string `json:"kind" enum:"commission,institution"`
	Level  string `json:"level" doc:"Of an institution."`
	Others int    `json:"others" doc:"Who does it beside other work."`
}

// Understaffed is the units that need somebody full-time (domain.md 0.12):
// commissions of counties and above, institutions of level two and above.
type Understaffed struct {
	Units []Unstaffed `json:"units" nullable:"false"`
}

// WithoutConduct lists those that the actor may see and that have nobody full-time.
func (s *Service) WithoutConduct(ctx context.Context, _ struct{}) (out Understaffed, err error) {
	defer fault.Wrap(&err, "campaign.WithoutConduct")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		var w db.Where
		w.And("u.closed_at is null and (u.kind = 'commission' or u.kind = 'institution' and substr(i.level, 1, 1) in ('2', '3'))")
		w.And("not exists (select 1 from conduct_staff c where c.unit = u.id and c.until = '' and c.full_time = 1)")
		w.AndBelow("u.path", authz.From(ctx).Paths(Read)...)
		out.Units, err = db.All[Unstaffed](r, `select u.id as unit, u.name, u.kind, coalesce(i.level, '') as level,
			(select count(*) from conduct_staff c where c.unit = u.id and c.until = '') as others
			from unit u left join institution i on i.unit_id = u.id `+w.String()+` order by u.path`, w.Args()...)
		return err
	})
	return out, err
}

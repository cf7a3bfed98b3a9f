package figure

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

// Service shows figures and their rows.
type Service struct {
	DB   *db.DB
	Book *Book
}

// Endpoints returns what people may ask of figures.
func (s *Service) Endpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Own("GET /figures", "The figures that one may read somewhere", s.List),
		httpapi.Own("GET /figures/{name}", "A figure at a node in a period", s.Value),
		httpapi.Own("GET /figures/{name}/rows", "The rows behind a figure, the latest first", s.Rows),
	}
}

// Described is a figure with the dimensions in which it can be narrowed.
type Described struct {
	Figure
	Dims []Dim `json:"dims"`
}

// List returns the figures that the actor may read somewhere.
func (s *Service) List(ctx context.Context, _ struct{}) ([]Described, error) {
	list := []Described{}
	actor := authz.From(ctx)
	for _, f := range s.Book.Known() {
		sources := s.Book.sources(f)
		if !slices.ContainsFunc(sources, func(x *Source) bool { return !actor.Can(x.See) }) {
			list = append(list, Described{f, append([]Dim{}, sources[0].Dims...)})
		}
	}
	return list, nil
}

// Ask names a figure at a node in a period.
type Ask struct {
	Name   string    `path:"name" maxLength:"80"`
	Path   string    `query:"path" required:"true" minLength:"1" maxLength:"400" doc:"Node of the tree: /370200/370202/."`
	From   time.Time `query:"from" required:"true"`
	Until  time.Time `query:"until" required:"true" doc:"The period ends before it."`
	Narrow []string  `query:"narrow" maxItems:"20" doc:"dimension:value; several of one dimension are alternatives."`
}

// Validate refuses a period that ends before it begins, and what narrows nothing.
func (a Ask) Validate() error {
	if !a.Until.After(a.From) {
		return fault.Field("until", i18n.T("结束时间应在开始时间之后", "the period must end after it begins"))
	}
	for _, x := range a.Narrow {
		if dim, value, ok := strings.Cut(x, ":"); !ok || dim == "" || value == "" {
			return fault.Field("narrow", i18n.T("筛选条件应写成“维度:值”", "write it as dimension:value"))
		}
	}
	return nil
}

func (a Ask) narrowed() Narrow {
	n := Narrow{Path: a.Path, Dims: map[string][]string{}}
	for _, x := range a.Narrow {
		dim, value, _ := strings.Cut(x, ":")
		n.Dims[dim] = append(n.Dims[dim], value)
	}
	return n
}

// allowed refuses a figure that is none, or not the actor's to read there, both
// alike.
func (s *Service) allowed(ctx context.Context, a Ask) error {
	if f, ok := s.Book.Find(a.Name); ok && s.Book.May(authz.From(ctx), f, a.Path) {
		return nil
	}
	return fault.Missing(i18n.T("数据", "figure"))
}

// Value returns a figure at a node in a period.
func (s *Service) Value(ctx context.Context, in Ask) (v Value, err error) {
	defer fault.Wrap(&err, "figure.Value(%s)", in.Name)
	if err := s.allowed(ctx, in); err != nil {
		return v, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		values, err := s.Book.Read(r, []string{in.Name}, in.narrowed(), Period{in.From, in.Until})
		if err == nil {
			v = values[in.Name][0]
		}
		return err
	})
	return v, err
}

// AskRows asks for a page of the rows behind a figure.
type AskRows struct {
	list.Query
	Ask
}

// Rows lists what a figure counts.
func (s *Service) Rows(ctx context.Context, in AskRows) (page list.Page[Row], err error) {
	defer fault.Wrap(&err, "figure.Rows(%s)", in.Name)
	if err := s.allowed(ctx, in.Ask); err != nil {
		return page, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		page, err = s.Book.Rows(ctx, r, in.Name, in.narrowed(), Period{in.From, in.Until}, in.Query)
		return err
	})
	return page, err
}

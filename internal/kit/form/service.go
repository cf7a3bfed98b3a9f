package form

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

// Service is what people do with forms, and what modules ask of them.
type Service struct {
	DB    *db.DB
	Now   clock.Clock
	Audit *audit.Log
	Files *attach.Service
	// Manage is needed to make forms, ReadAnswers to read and export what was
	// answered, each at the path that it concerns.
	Manage, ReadAnswers authz.Permission
	// Names tells what people, units and places are called, by their identifiers;
	// those that do not exist have none.
	Names func(r db.Reader, ids []string) (map[string]string, error)
}

// Endpoints returns the API of forms. Forms are read by everybody who is signed in.
func (s *Service) Endpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Own("GET /forms", "The forms", s.List),
		httpapi.Own("GET /forms/{id}", "A form with its versions", s.Get),
		httpapi.Own("GET /forms/{id}/versions/{n}", "A version of a form", s.GetVersion),
		httpapi.Do("POST /forms", "Begin a form", s.Manage, s.Create, httpapi.Created),
		httpapi.Do("POST /forms/check", "Check a schema, and answers to it", s.Manage, s.Try),
		httpapi.Do("POST /forms/{id}/draft", "Save the draft of a form", s.Manage, s.SaveDraft),
		httpapi.Do("GET /forms/{id}/effects", "What publishing the draft does to answers", s.Manage, s.Effects),
		httpapi.Do("POST /forms/{id}/publish", "Publish the draft of a form", s.Manage, s.Publish, httpapi.Created),
		httpapi.Do("POST /forms/{id}/retire", "Retire a form", s.Manage, s.Retire),
		httpapi.Do("GET /forms/{id}/answers", "What was answered to a form", s.ReadAnswers, s.ListAnswers),
		httpapi.Download("GET /forms/{id}/answers/export", "Export what was answered to a form", s.ReadAnswers, s.Export),
	}
}

// now is the present as the database stores it.
func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Millisecond) }

// ListForms asks for forms.
type ListForms struct {
	list.Query
	Q       string `query:"q" maxLength:"100" doc:"Part of the name."`
	Purpose string `query:"purpose" maxLength:"40"`
	Retired bool   `query:"retired" doc:"Retired ones too."`
}

// List lists the forms, the latest first.
func (s *Service) List(ctx context.Context, in ListForms) (page list.Page[Record], err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		order := list.Down("created_at", "id", func(f Record) list.Key { return list.At(f.CreatedAt, f.ID) })
		page, err = list.Read(ctx, r, in.Query, order, in.conditions, func(r db.Reader, w *db.Where, n int) ([]Record, error) {
			return db.All[Record](r, selectForm+w.String()+` order by created_at desc, id desc `+w.Bind("limit ?", n), w.Args()...)
		})
		return err
	})
	return page, err
}

func (in ListForms) conditions(_ context.Context, _ db.Reader, w *db.Where) error {
	w.AndContains(in.Q, "name_zh", "name_en")
	w.AndIf(in.Purpose != "", "purpose = ?", in.Purpose)
	w.AndIf(!in.Retired, "retired_at is null")
	return nil
}

// One names a form.
type One struct {
	ID string `path:"id" maxLength:"64"`
}

// Detail is a form with its versions. Who may change it sees the draft too.
type Detail struct {
	Record
	Document map[string]any `json:"document,omitempty" doc:"The schema in force."`
	Draft    map[string]any `json:"draft,omitempty" doc:"The schema that is being written, for who may change it."`
	Problems []Problem      `json:"problems" doc:"What keeps the draft from being published."`
	Versions []Version      `json:"versions" doc:"The latest first."`
}

// Problem is one thing that is wrong, and where.
type Problem struct {
	At   string `json:"at" doc:"JSON pointer into the schema, or the name of a field as answers.<field>."`
	Text string `json:"text"`
}

// Get returns a form. Fault: NotFound.
func (s *Service) Get(ctx context.Context, in One) (d Detail, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		f, err := ByID(r, in.ID)
		if err != nil {
			return err
		}
		d, err = s.detail(ctx, r, f)
		return err
	})
	return d, err
}

func (s *Service) detail(ctx context.Context, r db.Reader, f Record) (d Detail, err error) {
	d = Detail{Record: f, Problems: []Problem{}}
	if d.Versions, err = versionsOf(r, f.ID); err != nil {
		return d, err
	}
	if len(d.Versions) > 0 {
		if err := decode([]byte(d.Versions[0].Document), &d.Document); err != nil {
			return d, err
		}
	}
	if !authz.From(ctx).Covers(s.Manage, f.OwnerPath) {
		return d, nil
	}
	if err := decode([]byte(f.Draft), &d.Draft); err != nil {
		return d, err
	}
	_, wrong := Parse([]byte(f.Draft))
	d.Problems = problems(ctx, wrong)
	return d, nil
}

// problems lists what a fault complains about.
func problems(ctx context.Context, err error) []Problem {
	out := []Problem{}
	for _, d := range fault.Details(err) {
		out = append(out, Problem{d.Field, d.Text.Here(ctx)})
	}
	return out
}

// OneVersion names a version of a form.
type OneVersion struct {
	One
	N int `path:"n" minimum:"1" maximum:"1000000"`
}

// Published is a version with its schema.
type Published struct {
	Version
	Document map[string]any `json:"document"`
}

// GetVersion returns a version. Fault: NotFound.
func (s *Service) GetVersion(ctx context.Context, in OneVersion) (p Published, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if p.Version, err = VersionOf(r, in.ID, in.N); err != nil {
			return err
		}
		return decode([]byte(p.Version.Document), &p.Document)
	})
	return p, err
}

// Tried is a schema that is to be checked, with answers to it, or none.
type Tried struct {
	Schema  map[string]any `json:"schema"`
	Answers map[string]any `json:"answers,omitempty"`
}

// Verdict is what is wrong with a schema and with answers to it.
type Verdict struct {
	Schema   []Problem      `json:"schema"`
	Answers  []Problem      `json:"answers" doc:"Nothing where the schema is wrong."`
	Values   map[string]any `json:"values" doc:"The answers as they would be kept, with what is computed."`
	Document map[string]any `json:"document,omitempty" doc:"The schema as it would be published."`
}

// Posted is an input that is all body.
type Posted[T any] struct{ Body T }

// PostedTo is a body that concerns a form.
type PostedTo[T any] struct {
	One
	Body T
}

// Try checks a schema and answers to it, and keeps nothing.
func (s *Service) Try(ctx context.Context, in Posted[Tried]) (v Verdict, err error) {
	v = Verdict{Schema: []Problem{}, Answers: []Problem{}, Values: map[string]any{}}
	text, err := content(in.Body.Schema)
	if err != nil {
		return v, err
	}
	f, wrong := Parse([]byte(text))
	if v.Schema = problems(ctx, wrong); wrong != nil {
		return v, nil //nolint:nilerr // what is wrong is the answer
	}
	v.Document = f.document
	v.Values, wrong = f.Check(in.Body.Answers)
	v.Answers = problems(ctx, wrong)
	return v, nil
}

// NewForm is a form to be begun.
type NewForm struct {
	OwnerPath string         `json:"owner_path" maxLength:"400"`
	Purpose   string         `json:"purpose" minLength:"1" maxLength:"40" pattern:"^[a-z][a-z_]*$"`
	NameZH    string         `json:"name_zh" maxLength:"200"`
	NameEN    string         `json:"name_en" maxLength:"200"`
	Draft     map[string]any `json:"draft,omitempty" doc:"Absent: an empty form of this name."`
}

// Create begins a form. Faults: Invalid, Forbidden.
func (s *Service) Create(ctx context.Context, in Posted[NewForm]) (d Detail, err error) {
	b := in.Body
	b.NameZH, b.NameEN = trim(b.NameZH), trim(b.NameEN)
	var bad fault.Fields
	bad.Refuse(b.NameZH == "", "name_zh", i18n.T("请填写中文名称", "please write the name in Chinese"))
	bad.Refuse(b.NameEN == "", "name_en", i18n.T("请填写英文名称", "please write the name in English"))
	bad.Refuse(!strings.HasPrefix(b.OwnerPath, "/") || !strings.HasSuffix(b.OwnerPath, "/"), "owner_path", i18n.T("请选择所属机构", "please choose to whom it belongs"))
	if err := bad.Err(); err != nil {
		return d, err
	}
	if b.Draft == nil {
		b.Draft = object{"x-title": words(i18n.T(b.NameZH, b.NameEN)), "x-sections": []any{}, "properties": object{}}
	}
	at := s.now()
	f := Record{ID: db.NewID(), OwnerPath: b.OwnerPath, Purpose: b.Purpose, NameZH: b.NameZH, NameEN: b.NameEN, Revision: 1, CreatedBy: authz.From(ctx).ID, CreatedAt: at, ChangedAt: at}
	if f.Draft, err = draftOf(b.Draft); err != nil {
		return d, err
	}
	if err := authz.Need(ctx, s.Manage, f.OwnerPath); err != nil {
		return d, err
	}
	return s.write(ctx, "form.create", f.ID, "", func(tx *db.Tx) (Record, []any, error) {
		return f, []any{"purpose", f.Purpose}, insertForm(tx, f)
	})
}

// draftOf is a draft as it is kept; it need not be a form yet.
func draftOf(draft map[string]any) (string, error) {
	text, err := content(draft)
	if err == nil && len(text) > Heaviest {
		err = fault.Field("draft", saidSize, Heaviest>>10)
	}
	return text, err
}

// write changes a form and returns what it is then. Change returns what the audit
// log is told.
func (s *Service) write(ctx context.Context, action, id, reason string, change func(*db.Tx) (Record, []any, error)) (d Detail, err error) {
	defer fault.Wrap(&err, "%s(%s)", action, id)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		f, said, err := change(tx)
		if err == nil {
			err = s.Audit.Append(ctx, tx, action, id, reason, said...)
		}
		if err == nil {
			d, err = s.detail(ctx, tx.Reader, f)
		}
		return err
	})
	return d, err
}

// mine returns a form that may be changed. Faults: NotFound, Forbidden, Conflict.
func (s *Service) mine(ctx context.Context, r db.Reader, id string) (Record, error) {
	f, err := ByID(r, id)
	if err != nil {
		return f, err
	}
	if err := authz.Need(ctx, s.Manage, f.OwnerPath); err != nil {
		return f, err
	}
	if !f.RetiredAt.IsZero() {
		return f, errRetired(f)
	}
	return f, nil
}

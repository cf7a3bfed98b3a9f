package system

import (
	"context"
	"encoding/json"
	"iter"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

// Filter chooses entries of the log.
type Filter struct {
	Actor   string    `query:"actor" maxLength:"64" doc:"Name, username or identifier of a member of staff, or system."`
	Action  string    `query:"action" maxLength:"64" doc:"Beginning of the action, such as case."`
	Subject string    `query:"subject" maxLength:"64" doc:"Number of a case, name of a person or unit, or identifier of what was acted on."`
	From    time.Time `query:"from" doc:"At or after."`
	To      time.Time `query:"to" doc:"Before."`

	actors, subjects []string // identifiers that Actor and Subject stand for
}

// Subjects knows what people call the things that were acted on.
type Subjects interface {
	// Find returns the identifiers of what is called text.
	Find(r db.Reader, text string) ([]string, error)
	// Plain reports whether text, a name or identifier, means something of which
	// everybody may know. It tells nothing of what some may not know: a name of
	// that is no plainer than one that nothing has.
	Plain(r db.Reader, text string) (bool, error)
	// Names returns what the things of ids are called, as far as they have names.
	Names(r db.Reader, ids []string) (map[string]string, error)
}

// understand finds what the words of a filter stand for: they may be
// identifiers themselves.
func (s *Service) understand(r db.Reader, f Filter) (_ Filter, err error) {
	for _, word := range []struct {
		text string
		ids  *[]string
	}{{f.Actor, &f.actors}, {f.Subject, &f.subjects}} {
		text := strings.TrimSpace(word.text)
		if text == "" {
			continue
		}
		found, err := s.Subjects.Find(r, text)
		if err != nil {
			return f, err
		}
		*word.ids = slices.Concat(found, []string{text})
	}
	return f, nil
}

// Validate refuses a stretch of time that holds nothing.
func (f Filter) Validate() error {
	if !f.From.IsZero() && !f.To.IsZero() && !f.From.Before(f.To) {
		return fault.Field("to", i18n.T("结束时间应晚于开始时间", "the end must be later than the beginning"))
	}
	return nil
}

// detail is the filter as the log keeps it. Of a subject that is not plain it says
// only that one was chosen: whoever reads the log later may be kept from the case
// whose number somebody typed.
func (f Filter) detail(plain bool) (pairs []any) {
	for key, value := range map[string]string{"actor": f.Actor, "action": f.Action, "from": instant(f.From), "to": instant(f.To)} {
		if value != "" {
			pairs = append(pairs, key, value)
		}
	}
	switch {
	case plain:
		pairs = append(pairs, "subject", f.Subject)
	case f.Subject != "":
		pairs = append(pairs, "searched", true)
	}
	return pairs
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// Entry is one line of the log.
type Entry struct {
	ID        string    `json:"id"`
	At        time.Time `json:"at"`
	Actor     string    `json:"actor" doc:"Staff identifier, system, or empty for who was not signed in."`
	ActorName string    `json:"actor_name"`
	Session   string    `json:"session" doc:"Tells one login from another."`
	Action    string    `json:"action" example:"case.dispatch"`
	Subject   string    `json:"subject"`
	// SubjectName is empty for what has no name.
	SubjectName string         `json:"subject_name" db:"-"`
	Reason      string         `json:"reason"`
	Detail      map[string]any `json:"detail"`
}

// named says who acted where it was no member of staff.
func (e Entry) named(lang i18n.Lang) Entry {
	switch e.Actor {
	case "system":
		e.ActorName = i18n.T("系统", "System").In(lang)
	case "":
		e.ActorName = i18n.T("未登录者", "Not signed in").In(lang)
	}
	return e
}

// LogInput chooses a page of the log.
type LogInput struct {
	list.Query
	Filter
}

// ReadLog returns the entries that the actor may read, the newest first. The
// reading is itself written into the log before anything is shown.
func (s *Service) ReadLog(ctx context.Context, in LogInput) (page list.Page[Entry], err error) {
	defer fault.Wrap(&err, "system.ReadLog")
	if err := s.noteReading(ctx, "audit.read", in.Filter); err != nil {
		return page, err
	}
	newest := list.Down("a.at", "a.id", func(e Entry) list.Key { return list.At(e.At, e.ID) })
	narrow := func(ctx context.Context, _ db.Reader, w *db.Where) error { //nolint:unparam // a list lets its conditions fail; these cannot
		s.choose(ctx, in.Filter, w)
		return nil
	}
	load := func(r db.Reader, w *db.Where, limit int) ([]Entry, error) {
		return db.All[Entry](r, s.selected(ctx, w)+w.Bind(` limit ?`, limit), w.Args()...)
	}
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		if in.Filter, err = s.understand(r, in.Filter); err != nil {
			return err
		}
		if page, err = list.Read(ctx, r, in.Query, newest, narrow, load); err != nil {
			return err
		}
		return s.nameSubjects(r, page.Items)
	})
	for i, e := range page.Items {
		page.Items[i] = e.named(i18n.From(ctx))
	}
	return page, err
}

// nameSubjects writes beside each identifier what people call it.
func (s *Service) nameSubjects(r db.Reader, es []Entry) error {
	ids := make([]string, 0, len(es))
	for _, e := range es {
		ids = append(ids, e.Subject)
	}
	names, err := s.Subjects.Names(r, ids)
	for i := range es {
		es[i].SubjectName = names[es[i].Subject]
	}
	return err
}

func (s *Service) noteReading(ctx context.Context, action string, f Filter) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		plain := false
		if f.Subject != "" {
			var err error
			if plain, err = s.Subjects.Plain(tx.Reader, strings.TrimSpace(f.Subject)); err != nil {
				return err
			}
		}
		return s.Audit.Append(ctx, tx, action, "audit", "", f.detail(plain)...)
	})
}

// LogExport chooses what of the log goes into a file.
type LogExport struct {
	export.Query
	Filter
}

// ExportLog returns the entries that the actor may read as a file. The export
// is itself written into the log before the file is.
func (s *Service) ExportLog(ctx context.Context, in LogExport) (_ httpapi.File, err error) {
	defer fault.Wrap(&err, "system.ExportLog")
	if err := s.noteReading(ctx, "audit.export", in.Filter); err != nil {
		return httpapi.File{}, err
	}
	lang, w := i18n.From(ctx), db.Where{}
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		in.Filter, err = s.understand(r, in.Filter)
		return err
	})
	if err != nil {
		return httpapi.File{}, err
	}
	s.choose(ctx, in.Filter, &w)
	text := s.selected(ctx, &w)
	return export.File(ctx, in.Format, export.Table{
		Name:    i18n.T("审计日志", "Audit log"),
		Columns: logColumns(),
		Rows: export.Rows(ctx, s.DB, func(r db.Reader) iter.Seq2[Entry, error] { return db.Each[Entry](r, text, w.Args()...) }, func(e Entry) []any {
			e = e.named(lang)
			return []any{e.At, e.ActorName, e.Actor, e.Session, e.Action, e.Subject, e.Reason, detailText(e.Detail), e.ID}
		}),
	}), nil
}

func logColumns() []export.Column {
	return []export.Column{
		{Header: i18n.T("时间", "Time"), Kind: export.Moment},
		{Header: i18n.T("人员", "Person")},
		{Header: i18n.T("人员编号", "Identifier of the person")},
		{Header: i18n.T("登录", "Login")},
		{Header: i18n.T("操作", "Action")},
		{Header: i18n.T("对象", "Subject")},
		{Header: i18n.T("原因", "Reason")},
		{Header: i18n.T("详情", "Detail")},
		{Header: i18n.T("编号", "Identifier")},
	}
}

func detailText(detail map[string]any) string {
	if len(detail) == 0 {
		return ""
	}
	text, err := json.Marshal(detail)
	if err != nil {
		panic(err) // it was read from JSON
	}
	return string(text)
}

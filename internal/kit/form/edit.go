package form

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Draft is a draft to be saved in place of another.
type Draft struct {
	Draft map[string]any `json:"draft"`
	// Revision is that of the draft that was changed.
	Revision int `json:"revision" minimum:"1"`
}

// SaveDraft saves a draft, sound or not; the answer lists what keeps it from being
// published. Faults: Invalid when it is too large, NotFound, Forbidden, Conflict
// when somebody else saved one meanwhile.
func (s *Service) SaveDraft(ctx context.Context, in PostedTo[Draft]) (Detail, error) {
	text, err := draftOf(in.Body.Draft)
	if err != nil {
		return Detail{}, err
	}
	return s.write(ctx, "form.draft", in.ID, "", func(tx *db.Tx) (Record, []any, error) {
		f, err := s.mine(ctx, tx.Reader, in.ID)
		if err != nil {
			return f, nil, err
		}
		if f.Revision != in.Body.Revision {
			return f, nil, errMeanwhile()
		}
		f.Draft, f.ChangedAt = text, s.now()
		f.Revision++
		return f, []any{"revision", f.Revision}, updateForm(tx, f)
	})
}

func errMeanwhile() error {
	return fault.New(fault.Conflict, i18n.T("其他人刚刚保存了这张表单", "somebody else has just saved this form")).
		WithFix(i18n.T("请刷新，在最新的草稿上修改", "reload it and change the latest draft"))
}

// Report is what publishing the draft does to the answers that there are.
type Report struct {
	Revision int      `json:"revision"`
	Effects  []Effect `json:"effects"`
	Refused  bool     `json:"refused" doc:"The draft cannot be published."`
}

// Effects tells what publishing the draft does to the answers that there are.
// Faults: Invalid when the draft is no form, NotFound, Forbidden, Conflict.
func (s *Service) Effects(ctx context.Context, in One) (out Report, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		f, err := s.mine(ctx, r, in.ID)
		if err != nil {
			return err
		}
		_, list, err := s.next(r, f)
		for i, e := range list {
			list[i].Text, list[i].Fix = e.said.text.Here(ctx), e.said.fix.Here(ctx)
			out.Refused = out.Refused || e.Refused
		}
		out.Revision, out.Effects = f.Revision, list
		return err
	})
	return out, err
}

// next is the draft as a form, with what it does to answers.
func (s *Service) next(r db.Reader, f Record) (*Form, []Effect, error) {
	form, err := Parse([]byte(f.Draft))
	if err != nil {
		return nil, nil, err
	}
	list, err := compare(r, f.ID, form)
	return form, list, err
}

// Publication says why a draft becomes a version.
type Publication struct {
	// Revision is that of the draft that was read.
	Revision int    `json:"revision" minimum:"1"`
	Reason   string `json:"reason" minLength:"1" maxLength:"500"`
}

// Publish makes a version of the draft, which is in force from now on. Faults:
// Invalid when the draft is no form, NotFound, Forbidden, Conflict when somebody
// changed it meanwhile, nothing changed, or answers would be locked out: each field
// is named with how many.
func (s *Service) Publish(ctx context.Context, in PostedTo[Publication]) (Detail, error) {
	if trim(in.Body.Reason) == "" {
		return Detail{}, errReason()
	}
	return s.write(ctx, "form.publish", in.ID, in.Body.Reason, func(tx *db.Tx) (Record, []any, error) {
		f, err := s.mine(ctx, tx.Reader, in.ID)
		switch {
		case err != nil:
			return f, nil, err
		case f.Revision != in.Body.Revision:
			return f, nil, errMeanwhile()
		case f.Published == f.Revision:
			return f, nil, fault.New(fault.Conflict, i18n.T("草稿自第 %d 版以来没有改动", "nothing has changed since version %d"), f.Current)
		}
		return s.publish(ctx, tx, f, in.Body.Reason)
	})
}

func (s *Service) publish(ctx context.Context, tx *db.Tx, f Record, reason string) (Record, []any, error) {
	form, effects, err := s.next(tx.Reader, f)
	if err == nil {
		err = refusal(effects)
	}
	if err != nil {
		return f, nil, err
	}
	f.Current++
	f.NameZH, f.NameEN, f.Published, f.ChangedAt = form.Title.ZH, form.Title.EN, f.Revision, s.now()
	v := Version{ID: db.NewID(), FormID: f.ID, N: f.Current, Document: string(form.Schema()), Reason: trim(reason), PublishedBy: authz.From(ctx).ID, PublishedAt: f.ChangedAt}
	return f, []any{"version", v.N}, fault.First(
		func() error { return insertVersion(tx, v) },
		func() error { return updateForm(tx, f) },
	)
}

func errReason() error { return fault.Field("reason", i18n.T("请写明原因", "please say why")) }

// Reason says why something is done.
type Reason struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

// Retire ends a form: it takes no more answers but those that were filled in
// before. What was answered stays. Faults: Invalid, NotFound, Forbidden, Conflict.
func (s *Service) Retire(ctx context.Context, in PostedTo[Reason]) (Detail, error) {
	if trim(in.Body.Reason) == "" {
		return Detail{}, errReason()
	}
	return s.write(ctx, "form.retire", in.ID, in.Body.Reason, func(tx *db.Tx) (Record, []any, error) {
		f, err := s.mine(ctx, tx.Reader, in.ID)
		if err != nil {
			return f, nil, err
		}
		f.RetiredAt = s.now()
		return f, []any{}, updateForm(tx, f)
	})
}

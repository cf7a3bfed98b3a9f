package form

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// OwnerKind is the kind of record on which the files of answers hang (kit/attach);
// its identifiers are those of answers.
const OwnerKind = "form_answer"

// Given are answers that somebody hands in.
type Given struct {
	// ID is made by who hands them in, a UUID: what is sent twice is kept once.
	ID      string
	FormID  string
	Version int    // 0: the one in force
	Path    string // of the organisation node that the answers are about
	Subject string // the record that they belong to, as kind:identifier
	Answers map[string]any
	// FilledAt is when they were filled in, as the sender says; zero: now.
	FilledAt time.Time
	// Replaces is the answer that these correct; empty: none.
	Replaces string
}

// Ready are answers that were found right, with their files where they will lie.
type Ready struct {
	answer  Answer
	form    *Form
	uploads []string
	old     string
}

// Values are the answers as they will be kept, with what was computed.
func (y Ready) Values() map[string]any { return y.answer.Values }

// Prepare checks answers and makes their files ready. It comes before the
// transaction, as attach.Service.Prepare does. Faults: Invalid with every field
// that is wrong ("answers.<field>"), NotFound, Conflict for another answer under
// the same identifier or for a form that is retired.
func (s *Service) Prepare(ctx context.Context, in Given) (y Ready, err error) {
	defer fault.Wrap(&err, "form.Prepare")
	if uuid.Validate(in.ID) != nil {
		return y, fault.Field("id", i18n.T("回答的编号应为 UUID，请重新打开表单", "the identifier of an answer is a UUID; open the form again"))
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		y, err = s.ready(ctx, r, in)
		if err != nil {
			return err
		}
		_, kept, err := already(r, y.answer)
		if kept {
			y.uploads = nil // they hang on it
		}
		return err
	})
	if err == nil && len(y.uploads) > 0 {
		_, err = s.Files.Prepare(ctx, y.uploads)
	}
	return y, err
}

// ready checks answers.
func (s *Service) ready(ctx context.Context, r db.Reader, in Given) (y Ready, err error) {
	f, err := ByID(r, in.FormID)
	if err != nil {
		return y, err
	}
	v, err := VersionOf(r, in.FormID, in.Version)
	if err != nil {
		return y, err
	}
	at := s.now()
	if in.FilledAt.IsZero() || in.FilledAt.After(at) {
		in.FilledAt = at
	}
	if !f.RetiredAt.IsZero() && in.FilledAt.After(f.RetiredAt) {
		return y, errRetired(f)
	}
	if y.form, err = v.Parsed(); err != nil {
		return y, err
	}
	values, err := y.form.Check(in.Answers)
	if err == nil {
		err = s.checkReferences(r, y.form, values)
	}
	if err != nil {
		return y, err
	}
	y.old, y.uploads = in.Replaces, y.form.Uploads(values)
	y.answer = Answer{ID: in.ID, FormID: f.ID, VersionID: v.ID, Version: v.N, Path: in.Path, Subject: in.Subject, Values: values,
		GivenBy: authz.From(ctx).ID, FilledAt: in.FilledAt.UTC().Truncate(time.Millisecond), GivenAt: at}
	if y.answer.Content, err = content(values); err != nil {
		return y, err
	}
	y.answer.Digest, err = y.answer.digest(in.Replaces)
	return y, err
}

// digest tells two answers under one identifier apart.
func (a Answer) digest(replaces string) (string, error) {
	text, err := json.Marshal([]string{a.VersionID, a.Path, a.Subject, a.GivenBy, replaces, a.Content})
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}

// checkReferences refuses people, units and places that do not exist.
func (s *Service) checkReferences(r db.Reader, f *Form, values map[string]any) error {
	ids := f.References(values)
	if len(ids) == 0 {
		return nil
	}
	names, err := s.Names(r, ids)
	if err != nil {
		return err
	}
	var bad fault.Fields
	for _, v := range f.flat(values) {
		field := f.fields[v.Field]
		if id, ok := v.Ref.(string); ok && field.refers() {
			said, _ := field.check(nil)
			bad.Refuse(names[id] == "", FieldOf(field.ID), said)
		}
	}
	return bad.Err()
}

// already returns the answer that is kept under the identifier of another, and
// whether there is one. Fault: Conflict when it says something else.
func already(r db.Reader, a Answer) (Answer, bool, error) {
	kept, err := db.One[Answer](r, selectAnswer+`where a.id = $1`, a.ID)
	if errors.Is(err, db.ErrNone) {
		return a, false, nil
	}
	if err == nil && kept.Digest != a.Digest {
		err = fault.New(fault.Conflict, i18n.T("这份回答已经交过，内容与现在的不同", "this answer was handed in already and says something else")).
			WithFix(i18n.T("请刷新查看已交的回答；如需更正，请作为更正重新填写", "reload to see what was handed in; to correct it, fill the form in as a correction"))
	}
	if err != nil {
		return kept, false, err
	}
	kept, err = kept.opened()
	return kept, true, err
}

// Answer keeps prepared answers, in the transaction of the record that they belong
// to. What is kept already is returned as it is, and fresh is false. Faults:
// Conflict for another answer under the same identifier, and where the answer to be
// corrected was so already.
func (s *Service) Answer(ctx context.Context, tx *db.Tx, y Ready) (a Answer, fresh bool, err error) {
	defer fault.Wrap(&err, "form.Answer(%s)", y.answer.ID)
	a, kept, err := already(tx.Reader, y.answer)
	if err != nil || kept {
		return a, false, err
	}
	return a, true, fault.First(
		func() error { return insertAnswer(tx, a) },
		func() error { return insertValues(tx, a, y.form.flat(a.Values)) },
		func() error { return y.correct(tx) },
		func() error {
			if len(y.uploads) == 0 {
				return nil
			}
			return s.Files.Attach(ctx, tx, attach.Handed{Owner: attach.Owner{Kind: OwnerKind, ID: a.ID}, From: attach.FromStaff}, y.uploads)
		},
	)
}

// correct takes the place of the answer that these correct.
func (y Ready) correct(tx *db.Tx) error {
	if y.old == "" {
		return nil
	}
	done, err := replace(tx, y.old, y.answer)
	if err == nil && !done {
		return fault.New(fault.Conflict, i18n.T("要更正的回答不存在，或已被更正", "the answer to be corrected does not exist, or was corrected already")).
			WithFix(i18n.T("请刷新后更正最新的一份", "reload and correct the latest one"))
	}
	return err
}

func errRetired(f Record) error {
	return fault.New(fault.Conflict, i18n.T("表单“%s”已停用，不再接收回答", `the form "%s" is retired and takes no more answers`), f.Name()).
		WithFix(i18n.T("请改用在用的表单", "please use a form that is in use"))
}

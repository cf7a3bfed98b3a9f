package sanction

import (
	"context"
	"errors"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// Subject is whom sanctions are about; everything about one hangs on it, and
// that is the credit record.
type Subject struct {
	ID          string    `json:"id"`
	Kind        Kind      `json:"kind" enum:"institution,practitioner,person"`
	Name        string    `json:"name"`
	Unit        string    `json:"unit" doc:"The institution, or where the person works; may be empty for other persons."`
	Certificate string    `json:"certificate" doc:"Of a person; masked for who does not manage sanctions there."`
	Path        string    `json:"path"`
	Region      string    `json:"region"`
	Grade       string    `json:"grade" enum:"A,B,C,D"`
	CreatedAt   time.Time `json:"created_at"`
}

// Who names a subject: one that is known by its identifier, or a new one.
type Who struct {
	SubjectID   string `json:"subject_id,omitempty" maxLength:"40" doc:"A subject that has a credit record already; the rest is not asked then."`
	Kind        Kind   `json:"kind,omitempty" enum:"institution,practitioner,person"`
	UnitID      string `json:"unit_id,omitempty" maxLength:"40" doc:"The institution; of a person, where they work."`
	Name        string `json:"name,omitempty" maxLength:"100" doc:"Of a person."`
	Certificate string `json:"certificate,omitempty" maxLength:"40" doc:"Number of the practice certificate; of another person, of any by which they are told from a namesake."`
	Region      string `json:"region,omitempty" maxLength:"6" doc:"GB/T 2260 code, where no institution is known."`
}

func (w Who) check() error {
	var bad fault.Fields
	if w.SubjectID == "" {
		bad.Refuse(!listed(Kinds(), w.Kind), "subject.kind", i18n.T("请选择对象类型", "please choose the kind of subject"))
		bad.Refuse(w.Kind == Institution && w.UnitID == "", "subject.unit_id", i18n.T("请选择机构", "please choose the institution"))
		bad.Refuse(w.Kind == Practitioner && w.UnitID == "", "subject.unit_id", i18n.T("请选择执业机构", "please choose where the person practises"))
		bad.Refuse(w.Kind == Practitioner && w.Certificate == "", "subject.certificate", i18n.T("请填写执业证书编号", "please give the number of the practice certificate"))
		bad.Refuse(w.Kind == Person && w.UnitID == "" && w.Region == "", "subject.region", i18n.T("请选择所在地区", "please choose the region"))
		bad.Refuse(w.Kind.natural() && w.Name == "", "subject.name", i18n.T("请填写姓名", "please give the name"))
	}
	return bad.Err()
}

// subjectOf returns the subject that is named, as a new one where it is not
// known, and needs the permission to manage sanctions where it lies.
func (s *Service) subjectOf(ctx context.Context, tx *db.Tx, w Who) (x Subject, err error) {
	w.Name, w.Certificate = strings.TrimSpace(w.Name), strings.ToUpper(strings.TrimSpace(w.Certificate))
	if err := w.check(); err != nil {
		return x, err
	}
	if w.SubjectID != "" {
		return s.knownSubject(ctx, tx.Reader, w.SubjectID, Manage)
	}
	if x, err = w.placed(tx.Reader); err != nil {
		return x, err
	}
	if err := authz.Need(ctx, Manage, x.Path); err != nil {
		return x, err
	}
	known, err := same(tx.Reader, x)
	if err == nil && known.Name != x.Name && x.Kind.natural() {
		return x, misnamed(ctx, known)
	}
	if !errors.Is(err, db.ErrNone) {
		return known, err
	}
	x.ID, x.Grade, x.CreatedAt = db.NewID(), "A", s.now()
	return x, save(tx, subjectTable, x.ID, x)
}

// misnamed says whose a certificate is to who may know, and to others that it is
// somebody else's.
func misnamed(ctx context.Context, known Subject) error {
	if authz.From(ctx).Covers(Read, known.Path) {
		return fault.Field("subject.certificate", i18n.T("这个证书编号已登记在“%s”名下，请核对姓名与编号", "this certificate number belongs to %s; please compare name and number"), known.Name)
	}
	return fault.Field("subject.certificate", i18n.T("这个证书编号已登记在他人名下，请核对姓名与编号", "this certificate number belongs to somebody else; please compare name and number"))
}

// placed is a new subject with where it lies.
func (w Who) placed(r db.Reader) (x Subject, err error) {
	x = Subject{Kind: w.Kind, Name: w.Name, Certificate: w.Certificate}
	if w.UnitID == "" {
		g, err := org.RegionByCode(r, w.Region)
		x.Path, x.Region = g.Path, g.Code
		return x, err
	}
	u, err := org.UnitByID(r, w.UnitID)
	if err != nil {
		return x, err
	}
	if u, err = org.InstitutionOf(r, u); err != nil {
		return x, err
	}
	if u.Kind != org.Institution {
		return x, fault.Field("subject.unit_id", i18n.T("请选择医疗卫生机构", "please choose a medical or health institution"))
	}
	x.Unit, x.Path, x.Region = u.ID, u.Path, u.Region
	if x.Kind == Institution {
		x.Name, x.Certificate = u.Name, ""
	}
	return x, nil
}

// knownSubject returns a subject where the actor holds a permission.
func (s *Service) knownSubject(ctx context.Context, r db.Reader, id string, p authz.Permission) (Subject, error) {
	x, err := readable[Subject](ctx, r, subjectTable, subjectWord, id)
	if err != nil {
		return x, err
	}
	return x, authz.Need(ctx, p, x.Path)
}

var subjectWord = i18n.T("处罚对象", "subject")

// same returns who a subject is: the institution by its unit, a person by the
// number of the certificate. The error is db.ErrNone where nobody is, and for who
// has no number.
func same(r db.Reader, x Subject) (Subject, error) {
	if x.Kind == Institution {
		return db.One[Subject](r, selection(subjectTable)+`where kind = 'institution' and unit = $1`, x.Unit)
	}
	return db.One[Subject](r, selection(subjectTable)+`where kind = $1 and certificate = $2 and certificate <> '' order by id`, x.Kind, x.Certificate)
}

// institution is the unit of a subject, for rows that are counted by it: that
// where a person works is not punished with them.
func (x Subject) institution() string {
	if x.Kind == Institution {
		return x.Unit
	}
	return ""
}

// shown is a subject as somebody may see it.
func (x Subject) shown(a authz.Actor) Subject {
	if !a.Covers(Manage, x.Path) {
		x.Certificate = masked(x.Certificate)
	}
	return x
}

// dayIn reads the day of a step: today where none is given, never in the
// future and not before an earlier step.
func (s *Service) dayIn(field, text string, earliest time.Time) (time.Time, error) {
	day, err := clock.ParseDay(field, text)
	if err != nil {
		return day, err
	}
	if day.IsZero() {
		day = clock.Day(s.Now())
	}
	switch {
	case day.After(s.Now()):
		return day, fault.Field(field, i18n.T("日期不能晚于今天", "it cannot lie in the future"))
	case !earliest.IsZero() && day.Before(clock.Day(earliest)):
		return day, fault.Field(field, i18n.T("不能早于上一步的日期 %s", "it cannot lie before the step that came first, on %s"), clock.Day(earliest).Format(time.DateOnly))
	}
	return day, nil
}

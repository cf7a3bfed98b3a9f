package form

import (
	"embed"
	"encoding/json"
	"io/fs"
	"iter"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tlog"
)

//go:embed migrations
var files embed.FS

// Migrations returns the tables of forms.
func Migrations() fs.FS { return db.Tables(files) }

// StandingTables returns the tables whose rows the transparency log has. What is
// not among them, form_value, is drawn from answers, and Checks compares them.
func StandingTables() []tlog.StandingTable {
	return []tlog.StandingTable{
		{Name: "form/v1", What: "forms", Table: "form", Key: "id",
			Columns: "owner_path, purpose, name_zh, name_en, draft, revision, published, current, created_by, created_at, changed_at, retired_at"},
		{Name: "form_version/v1", What: "versions of forms", Table: "form_version", Key: "id",
			Columns: "form_id, n, document, reason, published_by, published_at"},
		{Name: "form_answer/v1", What: "answers to forms", Table: "form_answer", Key: "id",
			Columns: "form_id, version_id, path, subject, content, digest, given_by, filled_at, given_at, replaced_by"},
	}
}

// Record is a form as it is kept, with the draft of its next version.
type Record struct {
	ID        string    `json:"id"`
	OwnerPath string    `json:"owner_path" doc:"Path of the organisation node to which the form belongs."`
	Purpose   string    `json:"purpose" doc:"What it is for, such as inspection or followup."`
	NameZH    string    `json:"name_zh"`
	NameEN    string    `json:"name_en"`
	Draft     string    `json:"-"`
	Revision  int       `json:"revision" doc:"Counts the drafts."`
	Published int       `json:"published" doc:"The revision that was published last; 0 before."`
	Current   int       `json:"current" doc:"The version in force; 0 before the first."`
	CreatedBy string    `json:"created_by"`
	CreatedAt time.Time `json:"created_at"`
	ChangedAt time.Time `json:"changed_at"`
	RetiredAt time.Time `json:"retired_at,omitzero"`
}

// Name is what the form is called.
func (f Record) Name() i18n.Text { return i18n.T(f.NameZH, f.NameEN) }

// Version is what was published, and is never changed.
type Version struct {
	ID          string    `json:"id"`
	FormID      string    `json:"form_id"`
	N           int       `json:"n"`
	Document    string    `json:"-"`
	Reason      string    `json:"reason"`
	PublishedBy string    `json:"published_by"`
	PublishedAt time.Time `json:"published_at"`
}

// Parsed is the version as a form that can check answers.
func (v Version) Parsed() (*Form, error) { return Parse([]byte(v.Document)) }

// Answer is what somebody answered to a version of a form.
type Answer struct {
	ID         string         `json:"id"`
	FormID     string         `json:"form_id"`
	VersionID  string         `json:"version_id"`
	Version    int            `json:"version" db:"n"`
	Path       string         `json:"path" doc:"Path of the organisation node that the answer is about."`
	Subject    string         `json:"subject" doc:"The record that it belongs to, as kind:identifier."`
	Content    string         `json:"-"`
	Values     map[string]any `json:"values" db:"-"`
	Digest     string         `json:"-"`
	GivenBy    string         `json:"given_by"`
	FilledAt   time.Time      `json:"filled_at" doc:"When it was filled in, as the sender says."`
	GivenAt    time.Time      `json:"given_at"`
	ReplacedBy string         `json:"replaced_by" doc:"The answer that corrects this one."`
}

// opened gives the answer its values.
func (a Answer) opened() (Answer, error) { return a, decode([]byte(a.Content), &a.Values) }

const (
	selectForm   = `select * from form `
	selectAnswer = `select a.*, v.n from form_answer a join form_version v on v.id = a.version_id `
)

// ByID returns a form. Fault: NotFound.
func ByID(r db.Reader, id string) (Record, error) {
	return db.Find[Record](r, i18n.T("表单", "form"), selectForm+`where id = $1`, id)
}

// VersionOf returns a version of a form; 0 is the one in force. Fault: NotFound.
func VersionOf(r db.Reader, formID string, n int) (Version, error) {
	return db.Find[Version](r, i18n.T("表单版本", "version of the form"),
		`select v.* from form_version v join form f on f.id = v.form_id where f.id = $1 and v.n = case when $2 = 0 then f.current else $2 end`, formID, int64(n))
}

func versionByID(r db.Reader, id string) (Version, error) {
	return db.Find[Version](r, i18n.T("表单版本", "version of the form"), `select * from form_version where id = $1`, id)
}

func versionsOf(r db.Reader, formID string) ([]Version, error) {
	return db.All[Version](r, `select * from form_version where form_id = $1 order by n desc`, formID)
}

func insertForm(tx *db.Tx, f Record) error {
	_, err := tx.Change("form", f.ID, `insert into form (id, owner_path, purpose, name_zh, name_en, draft, revision, published, current, created_by, created_at, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		f.ID, f.OwnerPath, f.Purpose, f.NameZH, f.NameEN, f.Draft, f.Revision, f.Published, f.Current, f.CreatedBy, f.CreatedAt, f.ChangedAt)
	return err
}

func updateForm(tx *db.Tx, f Record) error {
	_, err := tx.Change("form", f.ID, `update form set name_zh = $2, name_en = $3, draft = $4, revision = $5, published = $6, current = $7, changed_at = $8, retired_at = $9 where id = $1`,
		f.ID, f.NameZH, f.NameEN, f.Draft, f.Revision, f.Published, f.Current, f.ChangedAt, f.RetiredAt)
	return err
}

func insertVersion(tx *db.Tx, v Version) error {
	_, err := tx.Change("form_version", v.ID, `insert into form_version (id, form_id, n, document, reason, published_by, published_at) values ($1, $2, $3, $4, $5, $6, $7)`,
		v.ID, v.FormID, v.N, v.Document, v.Reason, v.PublishedBy, v.PublishedAt)
	return err
}

func insertAnswer(tx *db.Tx, a Answer) error {
	_, err := tx.Change("form_answer", a.ID, `insert into form_answer (id, form_id, version_id, path, subject, content, digest, given_by, filled_at, given_at, replaced_by)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		a.ID, a.FormID, a.VersionID, a.Path, a.Subject, a.Content, a.Digest, a.GivenBy, a.FilledAt, a.GivenAt, a.ReplacedBy)
	return err
}

// replace says which answer corrects another; false where there is none to
// correct, or one corrects it already.
func replace(tx *db.Tx, old string, by Answer) (bool, error) {
	n, err := tx.Change("form_answer", old, `update form_answer set replaced_by = $2 where id = $1 and replaced_by = '' and form_id = $3 and subject = $4 and path = $5`,
		old, by.ID, by.FormID, by.Subject, by.Path)
	return n == 1, err
}

func insertValues(tx *db.Tx, a Answer, values []value) error {
	rows := make([][]any, len(values))
	for i, v := range values {
		rows[i] = []any{a.ID, a.FormID, v.Field, v.Item, v.Number, v.Text, v.Ref, v.At}
	}
	return db.InsertMany(tx, "form_value", "answer_id, form_id, field, item, number, text, ref, at", rows)
}

// find returns the answers under some conditions, which speak of a (form_answer).
func find(r db.Reader, w *db.Where, tail string) ([]Answer, error) {
	list, err := db.All[Answer](r, selectAnswer+w.String()+tail, w.Args()...)
	for i := 0; err == nil && i < len(list); i++ {
		list[i], err = list[i].opened()
	}
	return list, err
}

// AnswerByID returns an answer, one that was corrected too. Fault: NotFound.
func AnswerByID(r db.Reader, id string) (Answer, error) {
	a, err := db.Find[Answer](r, i18n.T("回答", "answer"), selectAnswer+`where a.id = $1`, id)
	if err != nil {
		return a, err
	}
	return a.opened()
}

// AnswersOf returns the answers that belong to a record, the oldest first, without
// those that were corrected.
func AnswersOf(r db.Reader, subject string) ([]Answer, error) {
	var w db.Where
	w.And("a.subject = ?", subject)
	w.And("a.replaced_by = ''")
	return find(r, &w, ` order by a.given_at, a.id`)
}

// answers yields the answers to a form, the oldest first.
func answers(r db.Reader, w *db.Where) iter.Seq2[Answer, error] {
	return func(yield func(Answer, error) bool) {
		for a, err := range db.Each[Answer](r, selectAnswer+w.String()+` order by a.given_at, a.id`, w.Args()...) {
			if err == nil {
				a, err = a.opened()
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// Said is one thing that answers say in a field, with how many say so.
type Said struct {
	Text    string `json:"text" doc:"The code of a choice, or the text."`
	Ref     string `json:"ref" doc:"The identifier of a person, unit or place."`
	Answers int    `json:"answers"`
}

// Total is what the numbers in a field come to.
type Total struct {
	Answers int   `json:"answers"`
	Sum     int64 `json:"sum" doc:"分, or ten-thousandths of a number."`
}

// Tally counts what answers to a form say in a field, the commonest first, without
// those that were corrected; narrow adds conditions on a (form_answer).
func Tally(r db.Reader, formID, field string, narrow func(*db.Where)) ([]Said, error) {
	w := fieldOf(formID, field, narrow)
	return db.All[Said](r, `select coalesce(x.text, '') as text, coalesce(x.ref, '') as ref, count(distinct x.answer_id) as answers `+
		fromValues+w.String()+` group by 1, 2 order by 3 desc, 1, 2 limit 1000`, w.Args()...)
}

// Sum adds up the numbers in a field, as Tally counts.
func Sum(r db.Reader, formID, field string, narrow func(*db.Where)) (Total, error) {
	w := fieldOf(formID, field, narrow)
	return db.One[Total](r, `select count(*) as answers, cast(coalesce(sum(x.number), 0) as bigint) as sum `+fromValues+w.String(), w.Args()...)
}

const fromValues = `from form_value x join form_answer a on a.id = x.answer_id `

func fieldOf(formID, field string, narrow func(*db.Where)) *db.Where {
	var w db.Where
	w.And("x.form_id = ?", formID)
	w.And("x.field = ?", field)
	w.And("a.replaced_by = ''")
	if narrow != nil {
		narrow(&w)
	}
	return &w
}

// answered counts the answers in each field of a form.
func answered(r db.Reader, formID string) (map[string]int, error) {
	rows, err := db.All[struct {
		Field string
		N     int
	}](r, `select field, count(distinct answer_id) as n from form_value where form_id = $1 group by field`, formID)
	of := map[string]int{}
	for _, x := range rows {
		of[x.Field] = x.N
	}
	return of, err
}

// content is the JSON of values, with keys in order.
func content(values map[string]any) (string, error) {
	text, err := json.Marshal(values)
	return string(text), err
}

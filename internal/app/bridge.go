package app

import (
	"context"
	"errors"
	"maps"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/limit"
	"qingfeng/internal/kit/notify"
	"qingfeng/internal/kit/search"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/mod/rates"
	"qingfeng/internal/org"
)

// opener lets intake open cases.
type opener struct{ *casework.Service }

// Open puts a report into casework's words.
func (o opener) Open(ctx context.Context, tx *db.Tx, in intake.Opening) (time.Time, error) {
	c, err := o.Service.Open(ctx, tx, inCasework(in))
	return c.DueAt, err
}

func inCasework(in intake.Opening) casework.Opening {
	return casework.Opening{
		ID: in.ID, Number: in.Number, Title: in.Title, Category: in.Category, Item: in.Item, Class: in.Class, Channel: in.Channel, Mode: in.Mode,
		Urgency: in.Urgency, Region: in.Region, Path: in.Path, Institution: in.Institution, Department: in.Department, Place: in.Place,
		AboutLeader: in.AboutLeader, ReceivedAt: in.ReceivedAt, EnteredBy: in.EnteredBy,
		Finish: in.Finish, DueAt: in.DueAt,
	}
}

// subjects names what the audit log speaks of.
type subjects struct{}

// Find understands the number of a case and the names of people and units.
func (subjects) Find(r db.Reader, text string) ([]string, error) {
	ids, err1 := org.IDsByName(r, text)
	id, err2 := casework.IDOfNumber(r, text)
	if id != "" {
		ids = append(ids, id)
	}
	return ids, errors.Join(err1, err2)
}

// Plain reports whether text is the name or identifier of a person or unit.
func (subjects) Plain(r db.Reader, text string) (bool, error) {
	ids, err1 := org.IDsByName(r, text)
	names, err2 := org.Names(r, []string{text})
	return len(ids)+len(names) > 0, errors.Join(err1, err2)
}

// Names gives cases their numbers, and people, units and places their names.
func (subjects) Names(r db.Reader, ids []string) (map[string]string, error) {
	names, err1 := org.Names(r, ids)
	numbers, err2 := casework.Numbers(r, ids)
	maps.Copy(names, numbers)
	return names, errors.Join(err1, err2)
}

// contents lets casework read what a reporter said.
type contents struct{ s *System }

// Content puts a report into casework's words.
func (x contents) Content(ctx context.Context, r db.Reader, c casework.Case) (casework.Content, error) {
	said, err := x.s.Intake.Read(ctx, r, c.ID)
	if err != nil {
		return casework.Content{}, err
	}
	files, err := x.s.Files.List(r, ofReport(c.ID))
	out := casework.Content{Narrative: said.Narrative, Wish: said.Wish, OccurredOn: said.OccurredOn, About: said.About, Answers: said.Answers,
		Place: said.PlaceName, SourceNo: said.SourceNo, Gone: said.Gone, Files: []casework.File{}}
	if err != nil {
		return out, err
	}
	out.Files = append(out.Files, filesOf(files)...)
	out.Masked, err = x.s.Files.Masked(r, ofReport(c.ID))
	return out, err
}

// Reporter says what can be known of who gave a report.
func (x contents) Reporter(ctx context.Context, r db.Reader, c casework.Case) (casework.Reporter, error) {
	k, err := x.s.Intake.Known(ctx, r, c.ID, c.Route == casework.Integrity)
	return casework.Reporter(k), err
}

// Identity opens who gave a report.
func (x contents) Identity(ctx context.Context, r db.Reader, c casework.Case) (casework.Identity, error) {
	who, err := x.s.Intake.OpenIdentity(ctx, r, c.ID, c.Route == casework.Integrity)
	return casework.Identity{Name: who.Name, Phone: who.Phone}, err
}

// Narratives returns the words of many reports.
func (x contents) Narratives(ctx context.Context, r db.Reader, ids []string) (map[string]string, error) {
	return x.s.Intake.Narratives(ctx, r, ids)
}

// Seal seals a report that turned out to be sensitive. Its files are sealed
// from their first byte.
func (x contents) Seal(tx *db.Tx, id string) error { return x.s.Intake.Seal(tx, id) }

// ForgetIdentity destroys who reported a case.
func (x contents) ForgetIdentity(tx *db.Tx, id string, at time.Time) error {
	return x.s.Intake.ForgetIdentity(tx, id, at)
}

// ForgetWords destroys what was said in a case, and its files.
func (x contents) ForgetWords(tx *db.Tx, id string, at time.Time) error {
	if err := x.s.Intake.ForgetWords(tx, id, at); err != nil {
		return err
	}
	return x.s.Files.Destroy(tx, ofReport(id), at)
}

// notifier lets casework tell staff something.
type notifier struct{ *notify.Service }

// Send tells staff something.
func (n notifier) Send(_ context.Context, tx *db.Tx, to []string, kind string, text i18n.Text, link string) error {
	if len(to) == 0 {
		return nil
	}
	return n.Service.Send(tx, notify.Message{To: to, Kind: kind, Title: text, Link: link})
}

// tell tells staff something about their account.
func (s *System) tell(tx *db.Tx, to []string, kind string, text i18n.Text, link string) error {
	return s.Notify.Send(tx, notify.Message{To: to, Kind: kind, Title: text, Link: link})
}

// handOver gives the open work of somebody to a successor, module by module.
func (s *System) handOver(ctx context.Context, tx *db.Tx, from, to string) (int, error) {
	cases, err := s.Casework.Succeed(ctx, tx, from, to)
	if err != nil {
		return 0, err
	}
	problems, err := s.Rectify.Succeed(ctx, tx, from, to)
	return cases + problems, err
}

// addresses tells notify how a person is reached. Mail is in Chinese, in which
// the authorities work: the browser says which language somebody reads, and
// nothing of it is stored.
type addresses struct{ db *db.DB }

// Address returns a person's mail address.
func (a addresses) Address(ctx context.Context, staff string) (to notify.Address, err error) {
	err = a.db.Read(ctx, func(r db.Reader) error {
		p, err := org.StaffByID(r, staff)
		if err == nil && p.ClosedAt.IsZero() {
			to = notify.Address{Email: p.Email, Lang: i18n.ZH}
		}
		return err
	})
	return to, err
}

// scoped is a limiter for one thing.
type scoped struct {
	*limit.Limiter
	scope string
}

// Allow takes a token of the key.
func (x scoped) Allow(key string) error { return x.Limiter.Allow(x.scope, key) }

// observe tells the rates that a case changed.
func (s *System) observe(tx *db.Tx, id string) error {
	return s.Queue.Enqueue(tx, rates.JobObserve, map[string]string{"case_id": id}, job.Unique(id))
}

func index(tx *db.Tx, id, text string) error { return search.Put(tx, "case", id, text) }

// scrubIndex is the job that has the index forget what was taken out of it.
const scrubIndex = "search.scrub"

// conceal leaves nothing of a case in the index but its numbers.
func (s *System) conceal(tx *db.Tx, id, numbers string) error {
	if err := index(tx, id, numbers); err != nil {
		return err
	}
	return s.Queue.Enqueue(tx, scrubIndex, struct{}{}, job.Unique("index"))
}

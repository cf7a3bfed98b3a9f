package campaign

import (
	"encoding/json"
	"errors"
	"iter"
	"time"

	"qingfeng/internal/kit/db"
)

// round is that a campaign has its institutions examine themselves.
type round struct {
	Campaign string
	Stage    string
	OpenedBy string // who chose the stage
	OpenedAt time.Time
	Checklist
}

const roundColumns = `campaign, stage, opened_by, opened_at, form_id, form_version`

// roundOf returns the round of a campaign; one without a stage where there is none.
func roundOf(r db.Reader, campaign string) (x round, err error) {
	x, err = db.One[round](r, `select `+roundColumns+` from selfcheck_round where campaign = $1`, campaign)
	if errors.Is(err, db.ErrNone) {
		return round{}, nil
	}
	return x, err
}

func putRound(tx *db.Tx, x round) error {
	_, err := tx.Change("selfcheck_round", x.Campaign, `insert into selfcheck_round (`+roundColumns+`) values ($1, $2, $3, $4, $5, $6)
		on conflict (campaign) do update set stage = excluded.stage, opened_by = excluded.opened_by, opened_at = excluded.opened_at, form_id = excluded.form_id, form_version = excluded.form_version`,
		x.Campaign, x.Stage, x.OpenedBy, x.OpenedAt, x.FormID, x.FormVersion)
	return err
}

const selfColumns = `id, campaign, unit, path, region, kind, state, asked_at, ended_at, link, mac, revoked_at, number, revision, submitted_at, changed_at`

// selfRead is what is read of a line: what it typed is nobody's but its own, and only
// whether it typed anything is told.
const selfRead = selfColumns + `, case when state = 'due' and draft <> '' then 1 else 0 end as begun`

func selfByMac(r db.Reader, mac string) (c selfCheck, err error) {
	c, err = db.One[selfCheck](r, `select `+selfRead+` from selfcheck where mac = $1`, mac)
	if errors.Is(err, db.ErrNone) {
		return c, errNoLink()
	}
	return c, err
}

// selfOf returns the line of an institution.
func selfOf(r db.Reader, campaign, unit string) (selfCheck, error) {
	return db.Find[selfCheck](r, selfSubject(), `select `+selfRead+` from selfcheck where campaign = $1 and unit = $2`, campaign, unit)
}

// selfPage reads lines in the order of their paths.
func selfPage(r db.Reader, w *db.Where, limit int) ([]selfCheck, error) {
	return db.All[selfCheck](r, `select `+selfRead+` from selfcheck `+w.String()+` order by path, id `+w.Bind("limit ?", limit), w.Args()...)
}

// unasked are the institutions in scope on a day that have no line, or another than
// what they are now.
func unasked(r db.Reader, c Campaign, kinds []string, on Day) ([]place, error) {
	var w db.Where
	of := w.Bind("x.campaign = ? and x.unit = u.id", c.ID)
	scoped(&w, c.Path, kinds, on)
	w.And("(x.id is null or x.state = 'ended' or x.path <> u.path or x.region <> u.region or x.kind <> u.subkind)")
	return db.All[place](r, `select `+placeColumns+` from unit u left join selfcheck x on `+of+` `+w.String()+` order by u.path`, w.Args()...)
}

// outOfScope are the lines of institutions that are asked and not in scope on a day.
func outOfScope(r db.Reader, c Campaign, kinds []string, on Day) ([]selfCheck, error) {
	var w db.Where
	scoped(&w, c.Path, kinds, on)
	in := w.String()
	of := w.Bind("campaign = ?", c.ID)
	return db.All[selfCheck](r, `select `+selfRead+` from selfcheck where `+of+` and state <> 'ended' and unit not in (select u.id from unit u `+in+`) order by path, id`, w.Args()...)
}

// selfByID reads lines in the order of their identifiers.
func selfByID(r db.Reader, w *db.Where, limit int) ([]selfCheck, error) {
	return db.All[selfCheck](r, `select `+selfRead+` from selfcheck `+w.String()+` order by id `+w.Bind("limit ?", limit), w.Args()...)
}

// insertSelf asks an institution. Where somebody else asks it at the same time,
// PostgreSQL has the transaction made again.
func insertSelf(tx *db.Tx, c selfCheck) error {
	_, err := tx.Change("selfcheck", c.ID, `insert into selfcheck (`+selfColumns+`, content, draft) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
		on conflict (campaign, unit) do nothing`,
		c.ID, c.Campaign, c.Unit, c.Path, c.Region, c.Kind, c.State, c.AskedAt, c.EndedAt, c.Link, c.Mac, c.RevokedAt, c.Number, c.Revision, c.SubmittedAt, c.ChangedAt, "", "")
	return err
}

// updateSelf stores what the campaign office decided of a line.
func updateSelf(tx *db.Tx, c selfCheck) error {
	_, err := tx.Change("selfcheck", c.ID, `update selfcheck set path = $2, region = $3, kind = $4, state = $5, ended_at = $6, link = $7, mac = $8, revoked_at = $9 where id = $1`,
		c.ID, c.Path, c.Region, c.Kind, c.State, c.EndedAt, c.Link, c.Mac, c.RevokedAt)
	return err
}

// sendSelf stores what an institution sent, as a revision; n is 0 when somebody else
// was there before.
func sendSelf(tx *db.Tx, c selfCheck, a Answers) (n int64, err error) {
	n, err = tx.Change("selfcheck", c.ID, `update selfcheck set state = $2, number = $3, revision = $4, content = $5, draft = '', submitted_at = $6, changed_at = $7 where id = $1 and revision = $8`,
		c.ID, c.State, c.Number, c.Revision, a, c.SubmittedAt, c.ChangedAt, c.Revision-1)
	if err != nil || n == 0 {
		return n, err
	}
	_, err = tx.Change("selfcheck_revision", c.ID, `insert into selfcheck_revision (id, selfcheck, n, at, content) values ($1, $2, $3, $4, $5)`, db.NewID(), c.ID, c.Revision, c.ChangedAt, a)
	return n, err
}

// keepDraft stores what is typed and not sent.
func keepDraft(tx *db.Tx, id, draft string) error {
	_, err := tx.Change("selfcheck", id, `update selfcheck set draft = $2 where id = $1`, id, draft)
	return err
}

func draftOf(r db.Reader, id string) (string, error) {
	return db.Value[string](r, `select draft from selfcheck where id = $1`, id)
}

// answersOf returns what an institution sent last; nothing where it sent nothing.
func answersOf(r db.Reader, id string) (a Answers, err error) {
	text, err := db.Value[string](r, `select content from selfcheck where id = $1`, id)
	if err != nil || text == "" {
		return a, err
	}
	err = json.Unmarshal([]byte(text), &a)
	return a, err
}

// putSelfProblem stores a problem of a self-examination, or what became of it.
func putSelfProblem(tx *db.Tx, c selfCheck, p SelfProblem, ledger string) error {
	var corrected time.Time
	if p.Result == Corrected {
		corrected = c.ChangedAt
	}
	id := c.ID + "/" + p.Key
	_, err := tx.Change("selfcheck_problem", id, `insert into selfcheck_problem (id, selfcheck, category, found_at, corrected_at, ledger) values ($1, $2, $3, $4, $5, $6)
		on conflict (id) do update set category = excluded.category, ledger = excluded.ledger,
		corrected_at = case when excluded.corrected_at is null then null else coalesce(selfcheck_problem.corrected_at, excluded.corrected_at) end`,
		id, c.ID, p.Category, c.ChangedAt, corrected, ledger)
	return err
}

// selfCount is how many problems a line has.
type selfCount struct {
	Selfcheck string
	Problems  int
	Corrected int
}

// selfCounts are the problems of some lines, by line.
func selfCounts(r db.Reader, lines []selfCheck) (map[string]selfCount, error) {
	ids := make([]string, len(lines))
	for i, x := range lines {
		ids[i] = x.ID
	}
	var w db.Where
	w.AndIn("selfcheck", ids)
	rows, err := db.All[selfCount](r, `select selfcheck, count(*) as problems, count(corrected_at) as corrected from selfcheck_problem `+w.String()+` group by selfcheck`, w.Args()...)
	of := map[string]selfCount{}
	for _, x := range rows {
		of[x.Selfcheck] = x
	}
	return of, err
}

// selfSums counts lines, and their problems, by region and kind in the order of the
// regions.
func selfSums(r db.Reader, w *db.Where) ([]selfSum, error) {
	return db.All[selfSum](r, `select c.region, coalesce(g.name, '') as name, c.kind, count(*) as due, count(case when c.state = 'done' then 1 end) as done, count(case when c.begun = 1 then 1 end) as begun,
			count(c.revoked_at) as revoked, cast(sum(c.problems) as bigint) as problems, cast(sum(c.corrected) as bigint) as corrected
		from (select `+selfRead+`, (select count(*) from selfcheck_problem p where p.selfcheck = selfcheck.id) as problems,
			(select count(p.corrected_at) from selfcheck_problem p where p.selfcheck = selfcheck.id) as corrected from selfcheck `+w.String()+`) c
		left join region g on g.code = c.region group by c.region, g.name, c.kind order by c.region, c.kind`, w.Args()...)
}

// selfOldest reads lines, those asked first before the others.
func selfOldest(r db.Reader, w *db.Where, limit int) ([]selfCheck, error) {
	return db.All[selfCheck](r, `select `+selfRead+` from selfcheck `+w.String()+` order by asked_at, id `+w.Bind("limit ?", limit), w.Args()...)
}

// selfLedgers are what the ledger calls the problems of a line.
func selfLedgers(r db.Reader, id string) ([]SelfLedger, error) {
	return db.All[SelfLedger](r, `select substr(id, length(selfcheck) + 2) as key, ledger from selfcheck_problem where selfcheck = $1 and ledger <> '' order by id`, id)
}

// selfRevisions tells when a line was sent, each time.
func selfRevisions(r db.Reader, id string) ([]SelfRevision, error) {
	return db.All[SelfRevision](r, `select n, at from selfcheck_revision where selfcheck = $1 order by n`, id)
}

// revisionOf is what was sent as a revision. Fault: NotFound.
func revisionOf(r db.Reader, id string, n int) (a Answers, err error) {
	x, err := db.Find[struct{ Content string }](r, revisionSubject(), `select content from selfcheck_revision where selfcheck = $1 and n = $2`, id, n)
	if err != nil {
		return a, err
	}
	err = json.Unmarshal([]byte(x.Content), &a)
	return a, err
}

// namedSelf is a line as a file shows it.
type namedSelf struct {
	Name, Kind, Region, Number        string
	State                             SelfState
	Begun                             bool
	Revision, Problems, Corrected     int
	SubmittedAt, ChangedAt, RevokedAt time.Time
}

// namedSelves reads lines for a file, those asked first before the others.
func namedSelves(r db.Reader, w *db.Where) iter.Seq2[namedSelf, error] {
	return db.Each[namedSelf](r, `select coalesce(u.name, '') as name, c.kind, coalesce(g.name, '') as region, c.number, c.state, c.begun, c.revision,
			(select count(*) from selfcheck_problem p where p.selfcheck = c.id) as problems, (select count(p.corrected_at) from selfcheck_problem p where p.selfcheck = c.id) as corrected,
			c.submitted_at, c.changed_at, c.revoked_at
		from (select `+selfRead+` from selfcheck `+w.String()+`) c left join unit u on u.id = c.unit left join region g on g.code = c.region order by c.asked_at, c.id`, w.Args()...)
}

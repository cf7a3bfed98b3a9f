package casework

import (
	"cmp"
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
)

// Answers are the three questions of a call-back: were you contacted, is it
// solved, are you satisfied.
type Answers struct {
	Contacted string `json:"contacted,omitempty" enum:"yes,no"`
	Solved    string `json:"solved,omitempty" enum:"yes,partly,no"`
	Satisfied string `json:"satisfied,omitempty" enum:"satisfied,basic,fair,unsatisfied"`
	Remark    string `json:"remark,omitempty" maxLength:"2000"`
}

// Valid reports whether all three were answered: only then does the call-back
// count for the rates.
func (a Answers) Valid() bool { return a.Contacted != "" && a.Solved != "" && a.Satisfied != "" }

// Callback is one attempt to ask the three questions.
type Callback struct {
	ID        string    `json:"id"`
	CaseID    string    `json:"case_id"`
	Round     int       `json:"round" doc:"0 for the first result, 1 after the first rework, and so on."`
	At        time.Time `json:"at"`
	Method    string    `json:"method" enum:"receipt,phone,sms,third_party,none"`
	Actor     string    `json:"actor"`
	Reached   bool      `json:"reached"`
	Contacted string    `json:"contacted"`
	Solved    string    `json:"solved"`
	Satisfied string    `json:"satisfied"`
	Remark    string    `json:"remark"`
	Valid     bool      `json:"valid"`
}

// CallBackInput is what came of calling a reporter.
type CallBackInput struct {
	ID   string `path:"id"`
	Body struct {
		Method  string  `json:"method" enum:"phone,sms,third_party"`
		Reached bool    `json:"reached"`
		Answers Answers `json:"answers,omitzero"`
	}
}

// spread is how far apart attempts must lie to count as different times.
const spread = 2 * time.Hour

// CallBack records an attempt to call the reporter back. A valid answer
// archives the case, unless the reporter says that it is not solved: then a
// person decides. After the last attempt without success the case is archived
// without a valid call-back, but not past an answer that it is not solved.
func (s *Service) CallBack(ctx context.Context, in CallBackInput) (Case, error) {
	return s.onCase(ctx, in.ID, "CallBack", func(tx *db.Tx, c Case) (Case, error) {
		as, err := assignments(tx.Reader, c.ID)
		if err != nil {
			return c, err
		}
		ks, err := callbacks(tx.Reader, c.ID)
		if err != nil {
			return c, err
		}
		es, err := events(tx.Reader, c.ID)
		if err != nil {
			return c, err
		}
		qs, err := requests(tx.Reader, c.ID)
		if err != nil {
			return c, err
		}
		if err := mayCall(ctx, c, as, es, ks, qs, s.Now()); err != nil {
			return c, err
		}
		k := Callback{Method: in.Body.Method, Actor: authz.From(ctx).ID, Reached: in.Body.Reached}
		if in.Body.Reached {
			k.answer(in.Body.Answers)
		}
		return s.called(ctx, tx, c, k)
	})
}

func (k *Callback) answer(a Answers) {
	k.Contacted, k.Solved, k.Satisfied, k.Remark, k.Valid = a.Contacted, a.Solved, a.Satisfied, a.Remark, a.Valid()
}

// called stores an attempt, or an answer of who speaks for the case, and takes the
// step that follows from it.
func (s *Service) called(ctx context.Context, tx *db.Tx, c Case, k Callback) (Case, error) {
	k.ID, k.CaseID, k.Round, k.At = db.NewID(), cmp.Or(k.CaseID, c.ID), c.Reworks, s.Now()
	if err := s.asked(tx, c, k); err != nil {
		return c, err
	}
	qs, err := requests(tx.Reader, c.ID)
	if err != nil {
		return c, err
	}
	system := authz.With(ctx, authz.System())
	ev := Event{Actor: k.Actor, Detail: map[string]any{"callback": k.ID, "valid": k.Valid}}
	switch {
	case k.Valid && k.Solved == "no":
		return c, s.undecided(system, tx, c, k)
	case noObjection(qs) != nil:
		return c, s.answeredBeside(system, tx, c, k)
	case k.Valid:
		return s.step(system, tx, c, doClose, ev)
	}
	tried, err := db.Value[int64](tx.Reader, `select count(*) from case_callback where case_id = $1 and round = $2 and method = 'phone'`, c.ID, c.Reworks)
	if err != nil {
		return c, err
	}
	most, _, err := config.At(ctx, s.Settings, callBackAttempts, c.Path, c.ReceivedAt)
	if err != nil {
		return c, err
	}
	silent, err := silence(tx.Reader, c)
	if err != nil {
		return c, err
	}
	if int(tried) < most || !silent {
		return c, s.Tell(tx, c.ID)
	}
	return s.step(system, tx, c, doClose, ev)
}

// undecided asks those who can decide what to do with a case that a reporter
// calls unsolved.
func (s *Service) undecided(ctx context.Context, tx *db.Tx, c Case, k Callback) error {
	roles, text := []string{RoleDispatcher}, i18n.T("诉求 %s 回访反映未解决，请决定重办或归档", "Case %s: the reporter says it is not solved; decide on a second handling or the archive")
	if !c.State.Open() { // a reporter whose case was merged may answer later
		roles, text = []string{RoleSupervisor}, i18n.T("诉求 %s 归档后有诉求人反映未解决，请决定是否重新打开", "Case %s is archived and a reporter says it is not solved; decide whether to reopen it")
	}
	if err := s.tellHolders(ctx, tx, c, regionPath(c.Path, c.Institution), "case.unsolved", text.With(c.Number), roleFor(c, roles...)...); err != nil {
		return err
	}
	return s.answeredBeside(ctx, tx, c, k)
}

// answeredBeside writes down an answer after which a person decides.
func (s *Service) answeredBeside(ctx context.Context, tx *db.Tx, c Case, k Callback) error {
	return s.happened(ctx, tx, c, Event{At: k.At, Actor: k.Actor, Action: string(doCalled), Detail: map[string]any{"callback": k.ID, "valid": k.Valid}})
}

// asked writes down what came of asking the reporter of a case.
func (s *Service) asked(tx *db.Tx, c Case, k Callback) error {
	return writeOnce(s, tx, c, k, insertCallback)
}

func insertCallback(tx *db.Tx, k Callback) error {
	_, err := tx.Exec(`insert into case_callback (id, case_id, round, at, method, actor, reached, contacted, solved, satisfied, remark, valid)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		k.ID, k.CaseID, k.Round, k.At, k.Method, k.Actor, k.Reached, k.Contacted, k.Solved, k.Satisfied, k.Remark, k.Valid)
	return err
}

// callbacks returns what the reporter of a case was asked and answered.
func callbacks(r db.Reader, id string) ([]Callback, error) {
	return db.All[Callback](r, `select * from case_callback where case_id = $1 order by id`, id)
}

// heard returns what is known of the result of a case from its reporter and
// from those whose reports joined it, in the order in which they answered.
func heard(r db.Reader, id string) ([]Callback, error) {
	return db.All[Callback](r, `select * from case_callback where case_id in
		(select id from case_file where id = $1 union all select id from case_file where merged_into <> '' and merged_into = $1) order by id`, id)
}

// Close archives a case in call-back by a person's decision, but not past an
// objection that waits.
func (s *Service) Close(ctx context.Context, in Reasoned) (Case, error) {
	return s.change(ctx, in.ID, doClose, Event{Reason: in.Body.Reason}, func(tx *db.Tx, c *Case, _ *Event) error {
		if err := needReason(in.Body.Reason); err != nil {
			return err
		}
		qs, err := requests(tx.Reader, c.ID)
		if err != nil {
			return err
		}
		return noObjection(qs)
	})
}

// Rework lets the unit handle a case once more, under a new clock.
func (s *Service) Rework(ctx context.Context, in Reasoned) (Case, error) {
	return s.onCase(ctx, in.ID, "Rework", func(tx *db.Tx, c Case) (Case, error) {
		if err := mayHandleAgain(ctx, tx, c, doRework, in.Body.Reason); err != nil {
			return c, err
		}
		actor := authz.From(ctx)
		return s.again(ctx, tx, c, doRework, Event{At: s.Now(), Actor: actor.ID, UnitID: actor.Unit, Reason: in.Body.Reason})
	})
}

const (
	jobCallbackEnds = "casework.callback_ends"
	callbackSweep   = 10 * time.Minute
)

// callbackBatch is how many cases in call-back the sweep reads at a time.
const callbackBatch = 500

const callbacksDue = `select ` + caseColumns + ` from case_file c where c.state = 'calling' and c.id > $1 and c.asked_at <= $2 order by c.id limit $3`

// callbackEnds archives cases whose reporters did not answer in time.
func (s *Service) callbackEnds(ctx context.Context, _ struct{}) error {
	return s.endCallbacks(ctx, callbackBatch)
}

// endCallbacks looks at every case that waits for an answer, so many at a time. One
// that cannot be ended keeps none of the others from it.
func (s *Service) endCallbacks(ctx context.Context, batch int) (err error) {
	defer fault.Wrap(&err, "casework.callbackEnds")
	find := func(r db.Reader, after string) ([]Case, error) {
		return db.All[Case](r, callbacksDue, after, s.Now().AddDate(0, 0, -1), batch)
	}
	return job.Sweep(ctx, s.DB, find, func(c Case) string { return c.ID }, s.unanswered)
}

// unanswered archives a case whose reporter has had the time to answer and said
// nothing. Where somebody did answer that it is not solved, or objects, a person
// decides, however long that takes.
func (s *Service) unanswered(ctx context.Context, c Case) (err error) {
	defer fault.Wrap(&err, "casework.unanswered(%s)", c.ID)
	days, _, err := config.At(ctx, s.Settings, callBackDays, c.Path, c.ReceivedAt)
	if err != nil || s.Now().Before(c.AskedAt.AddDate(0, 0, days)) {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		now, err := CaseByID(tx.Reader, c.ID)
		if err != nil || now.State != Calling || !now.AskedAt.Equal(c.AskedAt) {
			return err
		}
		if silent, err := silence(tx.Reader, now); err != nil || !silent {
			return err
		}
		k := Callback{ID: db.NewID(), CaseID: now.ID, Round: now.Reworks, At: s.Now(), Method: "none", Actor: "system"}
		if err := s.asked(tx, now, k); err != nil {
			return err
		}
		_, err = s.step(ctx, tx, now, doClose, Event{Detail: map[string]any{"callback": k.ID, "valid": false}})
		return err
	})
}

// silence reports whether nobody has said of the result that stands that the
// matter is not solved: neither the reporter nor one who joined, in the three
// questions or by an objection.
func silence(r db.Reader, c Case) (bool, error) {
	qs, err := requests(r, c.ID)
	if err != nil {
		return false, err
	}
	ks, err := heard(r, c.ID)
	return !awaits(qs, AskReopen) && !slices.ContainsFunc(ks, func(k Callback) bool {
		return k.Round == c.Reworks && k.Valid && k.Solved == "no"
	}), err
}

func (k *Callback) rewrite(tx *db.Tx) error {
	return tx.Add(`update case_callback set remark = $2 where id = $1`, k.ID, k.Remark)
}

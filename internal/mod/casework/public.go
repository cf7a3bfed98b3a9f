package casework

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// Message is one turn of the dialogue between reporter and handler.
type Message struct {
	ID     string    `json:"id"`
	CaseID string    `json:"-"`
	At     time.Time `json:"at"`
	Author string    `json:"author" doc:"reporter, or staff identifier; for the reporter just staff."`
	UnitID string    `json:"unit_id"`
	Body   string    `json:"body"`
}

// maxMessage is the length of one message in characters.
const maxMessage = 2000

// reporterDoes is the frame of what a reporter may do: find the case by the
// receipt, check that it is possible now, do it.
func (s *Service) reporterDoes(ctx context.Context, receipt, what string, f func(tx *db.Tx, h hearing) error) (p Progress, err error) {
	id, err := s.Receipts.Resolve(ctx, receipt)
	if err != nil {
		return p, err
	}
	defer fault.Wrap(&err, "casework.reporter %s", what)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		h, err := hear(tx.Reader, id, s.Now())
		if err != nil {
			return err
		}
		if err := h.allows(what); err != nil {
			return err
		}
		if err := f(tx, h); err != nil {
			return err
		}
		if h, err = hear(tx.Reader, id, s.Now()); err != nil {
			return err
		}
		p, err = s.progress(ctx, tx.Reader, h)
		return err
	})
	return p, err
}

// SayInput is a message of the reporter.
type SayInput struct {
	ByReceipt
	Body struct {
		Text string `json:"text"`
	}
}

// Say adds a message of the reporter to the dialogue. No clock is touched.
func (s *Service) Say(ctx context.Context, in SayInput) (Progress, error) {
	text := strings.TrimSpace(in.Body.Text)
	if err := checkText("text", text); err != nil {
		return Progress{}, err
	}
	return s.reporterDoes(ctx, in.Receipt, "message", func(tx *db.Tx, h hearing) error {
		at := s.Now()
		if err := s.say(tx, h.own, Message{At: at, Author: "reporter", Body: text}); err != nil {
			return err
		}
		if h.joined() {
			if err := s.fromJoined(ctx, tx, h, Event{At: at, Action: string(doJoinedWord), Reason: text}); err != nil {
				return err
			}
		}
		return s.tellWorkers(ctx, tx, h.shown, "case.message", i18n.T("诉求 %s 的诉求人有新留言", "Case %s: the reporter wrote").With(h.shown.Number))
	})
}

func checkText(field, text string) error {
	n := utf8.RuneCountInString(text)
	var bad fault.Fields
	bad.Refuse(n == 0, field, i18n.T("请填写内容", "please write something"))
	bad.Refuse(n > maxMessage, field, i18n.T("最多 %d 个字，现在有 %d 个", "at most %d characters; there are %d"), maxMessage, n)
	bad.Refuse(!utf8.ValidString(text) || strings.ContainsRune(text, 0), field, i18n.T("含有无法保存的字符，请重新输入", "it holds characters that cannot be stored; please type it again"))
	return bad.Err()
}

// tellWorkers tells the unit that leads, or the dispatchers when none does.
func (s *Service) tellWorkers(ctx context.Context, tx *db.Tx, c Case, kind string, text i18n.Text) error {
	if c.LeadUnit == "" {
		return s.tellDispatchers(ctx, tx, c)
	}
	u, err := org.UnitByID(tx.Reader, c.LeadUnit)
	if err != nil {
		return err
	}
	return s.tellHolders(ctx, tx, c, unitScope(u), kind, text, roleFor(c, RoleCoordinator)...)
}

// say adds a turn to the dialogue about a case.
func (s *Service) say(tx *db.Tx, c Case, m Message) error {
	m.ID, m.CaseID = db.NewID(), c.ID
	kept, err := seal(s, tx, c, m)
	if err != nil {
		return err
	}
	return fault.First(func() error { return insertMessage(tx, kept) }, func() error { return commit(s, tx, c, &m) })
}

func insertMessage(tx *db.Tx, m Message) error {
	_, err := tx.Exec(`insert into case_message (id, case_id, at, author, unit_id, body) values ($1, $2, $3, $4, $5, $6)`, m.ID, m.CaseID, m.At, m.Author, m.UnitID, m.Body)
	return err
}

func messages(r db.Reader, id string) ([]Message, error) {
	return db.All[Message](r, `select * from case_message where case_id = $1 order by id`, id)
}

// AddEvidenceInput names completed uploads.
type AddEvidenceInput struct {
	ByReceipt
	Body struct {
		Files     []string `json:"files" minItems:"1" maxItems:"20"`
		MaskVoice bool     `json:"mask_voice,omitempty" doc:"Staff are to hear changed voices, in all that this reporter gave and will give. It cannot be taken back."`
	}
}

// fromJoined writes into the case that goes on what the reporter of one said or
// sent that joined it: only there does somebody read it.
func (s *Service) fromJoined(ctx context.Context, tx *db.Tx, h hearing, ev Event) error {
	ev.Actor = "reporter"
	if ev.Detail == nil {
		ev.Detail = map[string]any{}
	}
	ev.Detail["from"], ev.Detail["number"] = h.own.ID, h.own.Number
	return s.happened(authz.With(ctx, authz.System()), tx, h.shown, ev)
}

// AddEvidence adds files of the reporter to the case that goes on, and says so in
// the history of it and of the reporter's own.
func (s *Service) AddEvidence(ctx context.Context, in AddEvidenceInput) (Progress, error) {
	hashes, err := s.Evidence.Prepare(ctx, in.Body.Files)
	if err != nil {
		return Progress{}, err
	}
	return s.reporterDoes(ctx, in.Receipt, "evidence", func(tx *db.Tx, h hearing) error {
		at, n := s.Now(), len(in.Body.Files)
		if err := s.attachGiven(ctx, tx, h, in); err != nil {
			return err
		}
		ev := Event{At: at, Actor: "reporter", Action: string(doEvidence), Detail: map[string]any{"files": n, "sha256": hashes}}
		if err := s.happened(authz.With(ctx, authz.System()), tx, h.own, ev); err != nil {
			return err
		}
		if h.joined() {
			if err := s.fromJoined(ctx, tx, h, Event{At: at, Action: string(doJoinedFiles), Detail: map[string]any{"files": n, "sha256": hashes}}); err != nil {
				return err
			}
		}
		return s.tellWorkers(ctx, tx, h.shown, "case.evidence", i18n.T("诉求 %s 的诉求人补充了材料", "Case %s: the reporter added evidence").With(h.shown.Number))
	})
}

// attachGiven hangs what the reporter gave on the case that goes on, with the
// wish about voices that stands or is made now.
func (s *Service) attachGiven(ctx context.Context, tx *db.Tx, h hearing, in AddEvidenceInput) error {
	via := ""
	if h.joined() {
		via = h.own.ID
	}
	if in.Body.MaskVoice {
		if err := s.Files.Mask(ctx, tx, h.own.ID); err != nil {
			return err
		}
	}
	return s.Evidence.Attach(ctx, tx, h.shown.ID, via, in.Body.Files)
}

// AnswerInput is the reporter's answer to the three questions.
type AnswerInput struct {
	ByReceipt
	Body Answers
}

// Answer takes the reporter's answer to the three questions. That of a reporter
// whose case was merged counts for the case that it joined, but does not end
// it: the first reporter is still asked.
func (s *Service) Answer(ctx context.Context, in AnswerInput) (Progress, error) {
	if !in.Body.Valid() {
		return Progress{}, fault.Field("satisfied", i18n.T("请回答三个问题", "please answer all three questions"))
	}
	return s.reporterDoes(ctx, in.Receipt, "callback", func(tx *db.Tx, h hearing) error {
		k := Callback{Method: "receipt", Actor: "reporter", Reached: true}
		k.answer(in.Body)
		if h.joined() {
			return s.joinedAnswer(ctx, tx, h, k)
		}
		_, err := s.called(ctx, tx, h.own, k)
		return err
	})
}

// joinedAnswer stores what the reporter of a merged case answered about the
// case that goes on. It ends that case where the first reporter withdrew.
func (s *Service) joinedAnswer(ctx context.Context, tx *db.Tx, h hearing, k Callback) error {
	who, err := speaker(tx.Reader, h.shown.ID)
	if err != nil {
		return err
	}
	if k.CaseID = h.own.ID; who == h.own.ID && h.shown.State == Calling {
		_, err := s.called(ctx, tx, h.shown, k)
		return err
	}
	k.ID, k.Round, k.At = db.NewID(), h.shown.Reworks, s.Now()
	if err := s.asked(tx, h.own, k); err != nil {
		return err
	}
	if k.Solved == "no" {
		return s.undecided(authz.With(ctx, authz.System()), tx, h.shown, k)
	}
	return s.Tell(tx, h.shown.ID)
}

// ObjectInput is an objection of the reporter.
type ObjectInput struct {
	ByReceipt
	Body struct {
		Reason string `json:"reason"`
	}
}

// Object asks that a case be handled again which is closed, or of which the
// reporter said that it is not solved. One that the office recorded as withdrawn
// is opened again at once.
func (s *Service) Object(ctx context.Context, in ObjectInput) (Progress, error) {
	reason := strings.TrimSpace(in.Body.Reason)
	if err := checkText("reason", reason); err != nil {
		return Progress{}, err
	}
	return s.reporterDoes(ctx, in.Receipt, "object", func(tx *db.Tx, h hearing) error {
		if h.shown.State == Withdrawn {
			return s.disown(ctx, tx, h.own.ID, reason)
		}
		return s.object(authz.With(ctx, authz.System()), tx, h.shown, objection("reporter", "", reason, s.Now()))
	})
}

// WithdrawInput is the reporter's wish to withdraw.
type WithdrawInput struct {
	ByReceipt
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"2000"`
	}
}

// Withdraw ends a case by the reporter's wish. What was said stays on file, and
// where others reported the same matter it goes on for them.
func (s *Service) Withdraw(ctx context.Context, in WithdrawInput) (Progress, error) {
	return s.reporterDoes(ctx, in.Receipt, "withdraw", func(tx *db.Tx, h hearing) error {
		_, err := s.withdrawn(authz.With(ctx, authz.System()), tx, h.own, Event{Actor: "reporter", Reason: in.Body.Reason})
		return err
	})
}

func (m *Message) keep(tx *db.Tx) error {
	return tx.Add(`update case_message set body = $2 where id = $1`, m.ID, m.Body)
}

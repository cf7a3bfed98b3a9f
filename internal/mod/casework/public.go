package casework

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// ByReceipt names a case by its receipt.
type ByReceipt struct {
	Receipt string `path:"receipt" maxLength:"40"`
}

// Progress is what the reporter reads about a case.
type Progress struct {
	CaseNumber string       `json:"case_number"`
	State      State        `json:"state"`
	StateText  string       `json:"state_text"`
	ReceivedAt time.Time    `json:"received_at"`
	Deadline   time.Time    `json:"deadline,omitzero"`
	Paused     bool         `json:"paused"`
	Overdue    bool         `json:"overdue"`
	Unit       string       `json:"unit" doc:"Who handles it, where the reporter may know."`
	Reply      string       `json:"reply"`
	Timeline   []PublicStep `json:"timeline"`
	Messages   []Message    `json:"messages"`
	May        []string     `json:"may" doc:"What the reporter can do now: message, evidence, callback, object, withdraw."`
}

// PublicStep is a step in plain words.
type PublicStep struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"`
	Note string    `json:"note"`
}

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

// ReadReceipt returns how a case stands, for its reporter.
func (s *Service) ReadReceipt(ctx context.Context, in ByReceipt) (p Progress, err error) {
	id, err := s.Receipts.Resolve(ctx, in.Receipt)
	if err != nil {
		return p, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, err := CaseByID(r, id)
		if err != nil {
			return err
		}
		p, err = s.progress(ctx, r, c)
		return err
	})
	return p, err
}

func (s *Service) progress(ctx context.Context, r db.Reader, c Case) (p Progress, err error) {
	p = Progress{CaseNumber: c.Number, State: c.State, StateText: life().Text(c.State).Here(ctx), ReceivedAt: c.ReceivedAt, Deadline: c.DueAt,
		Paused: !c.PausedAt.IsZero(), Overdue: c.overdue(s.Now()), May: may(c), Timeline: []PublicStep{}}
	if c.State == Calling || c.State == Archived || c.State == Rejected {
		p.Reply = c.Reply
	}
	if c.LeadUnit != "" {
		u, err := org.UnitByID(r, c.LeadUnit)
		if err != nil {
			return p, err
		}
		p.Unit = u.Name
	}
	es, err := events(r, c.ID)
	if err != nil {
		return p, err
	}
	for _, e := range es {
		if text, ok := publicWords[e.Action]; ok {
			p.Timeline = append(p.Timeline, PublicStep{e.At, text.Here(ctx), e.Public})
		}
	}
	p.Messages, err = messages(r, c.ID)
	for i := range p.Messages {
		if p.Messages[i].Author != "reporter" {
			p.Messages[i].Author = "staff"
		}
		p.Messages[i].UnitID = ""
	}
	return p, err
}

// publicWords says in plain words what a step means for the reporter. A step
// that is not here is the office's own business.
var publicWords = map[string]i18n.Text{
	"open":              i18n.T("已收到您的反映", "We received your report"),
	"accept":            i18n.T("已受理", "It was accepted"),
	"reject":            i18n.T("不予受理，原因见下", "It was not accepted; the reason is below"),
	"merge":             i18n.T("与您或他人此前的同一反映合并办理", "It goes on together with an earlier report of the same matter"),
	"dispatch":          i18n.T("已交办", "It was sent to"),
	"take_back":         i18n.T("已收回，将重新交办", "It was taken back and will be sent on anew"),
	"sign":              i18n.T("承办单位已签收，开始办理", "The unit has signed for it and begins"),
	"contact":           i18n.T("承办单位与您联系", "The unit contacted you"),
	"submit":            i18n.T("承办单位已提交结果，正在审核", "The unit handed in its result; it is being reviewed"),
	"send_back":         i18n.T("结果未通过审核，继续办理", "The result did not pass; the work goes on"),
	"approve":           i18n.T("已有结果，请您评价", "There is a result; please tell us what you think of it"),
	"close":             i18n.T("已归档", "It was archived"),
	"rework":            i18n.T("重新办理", "It is being handled again"),
	"reopen":            i18n.T("已重新打开，继续办理", "It was reopened and goes on"),
	"withdraw":          i18n.T("您已撤回", "You withdrew it"),
	"resume":            i18n.T("恢复计时", "The clock runs again"),
	"pause_granted":     i18n.T("经批准暂停计时", "The clock was stopped, with approval"),
	"extension_granted": i18n.T("经批准延期", "More time was granted"),
	"hard_granted":      i18n.T("列为疑难诉求，将继续跟进", "It was listed as a hard case and will be followed up"),
	"reopen_refused":    i18n.T("对您的异议已作出答复", "Your objection was answered"),
}

// may lists what the reporter can do now.
func may(c Case) []string {
	switch c.State {
	case Calling:
		return []string{"message", "evidence", "callback"}
	case Archived, Rejected:
		return []string{"object"}
	case Merged, Withdrawn:
		return []string{}
	case Reviewing:
		return []string{"message", "evidence"}
	default:
		return []string{"message", "evidence", "withdraw"}
	}
}

// reporterDoes is the frame of what a reporter may do: find the case by the
// receipt, check that it is possible now, do it.
func (s *Service) reporterDoes(ctx context.Context, receipt, what string, f func(tx *db.Tx, c Case) error) (p Progress, err error) {
	id, err := s.Receipts.Resolve(ctx, receipt)
	if err != nil {
		return p, err
	}
	defer fault.Wrap(&err, "casework.reporter %s", what)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		c, err := CaseByID(tx.Reader, id)
		if err != nil {
			return err
		}
		if !slices.Contains(may(c), what) {
			return fault.New(fault.Conflict, i18n.T("本件现在为“%s”，不能进行这项操作", `the case is "%s" now; this is not possible`), life().Text(c.State))
		}
		if err := f(tx, c); err != nil {
			return err
		}
		if c, err = CaseByID(tx.Reader, id); err != nil {
			return err
		}
		p, err = s.progress(ctx, tx.Reader, c)
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
	return s.reporterDoes(ctx, in.Receipt, "message", func(tx *db.Tx, c Case) error {
		if err := insertMessage(tx, Message{ID: db.NewID(), CaseID: c.ID, At: s.Now(), Author: "reporter", Body: text}); err != nil {
			return err
		}
		return s.tellWorkers(ctx, tx, c, "case.message", i18n.T("诉求 %s 的诉求人有新留言", "Case %s: the reporter wrote").With(c.Number))
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
		Files []string `json:"files" minItems:"1" maxItems:"20"`
	}
}

// AddEvidence adds files of the reporter to a case.
func (s *Service) AddEvidence(ctx context.Context, in AddEvidenceInput) (Progress, error) {
	if err := s.Evidence.Prepare(ctx, in.Body.Files); err != nil {
		return Progress{}, err
	}
	return s.reporterDoes(ctx, in.Receipt, "evidence", func(tx *db.Tx, c Case) error {
		if err := s.Evidence.Attach(ctx, tx, c.ID, in.Body.Files); err != nil {
			return err
		}
		return s.tellWorkers(ctx, tx, c, "case.evidence", i18n.T("诉求 %s 的诉求人补充了材料", "Case %s: the reporter added evidence").With(c.Number))
	})
}

// AnswerInput is the reporter's answer to the three questions.
type AnswerInput struct {
	ByReceipt
	Body Answers
}

// Answer takes the reporter's answer to the three questions.
func (s *Service) Answer(ctx context.Context, in AnswerInput) (Progress, error) {
	if !in.Body.Valid() {
		return Progress{}, fault.Field("satisfied", i18n.T("请回答三个问题", "please answer all three questions"))
	}
	return s.reporterDoes(ctx, in.Receipt, "callback", func(tx *db.Tx, c Case) error {
		ks, err := callbacks(tx.Reader, c.ID)
		if err != nil {
			return err
		}
		for _, k := range ks {
			if k.Valid && k.Round == c.Reworks {
				return fault.New(fault.Conflict, i18n.T("您已经评价过了，谢谢", "you have answered already, thank you"))
			}
		}
		k := Callback{Method: "receipt", Actor: "reporter", Reached: true}
		k.answer(in.Body)
		_, err = s.called(ctx, tx, c, k)
		return err
	})
}

// ObjectInput is an objection of the reporter.
type ObjectInput struct {
	ByReceipt
	Body struct {
		Reason string `json:"reason"`
	}
}

// Object asks that a closed case be opened again.
func (s *Service) Object(ctx context.Context, in ObjectInput) (Progress, error) {
	if err := checkText("reason", strings.TrimSpace(in.Body.Reason)); err != nil {
		return Progress{}, err
	}
	return s.reporterDoes(ctx, in.Receipt, "object", func(tx *db.Tx, c Case) error {
		return s.file(ctx, tx, c, objection("reporter", "", in.Body.Reason, s.Now()))
	})
}

// WithdrawInput is the reporter's wish to withdraw.
type WithdrawInput struct {
	ByReceipt
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"2000"`
	}
}

// Withdraw ends a case by the reporter's wish. What was said stays on file.
func (s *Service) Withdraw(ctx context.Context, in WithdrawInput) (Progress, error) {
	return s.reporterDoes(ctx, in.Receipt, "withdraw", func(tx *db.Tx, c Case) error {
		c.Outcome = "withdrawn"
		_, err := s.step(authz.With(ctx, authz.System()), tx, c, doWithdraw, Event{Actor: "reporter", Reason: in.Body.Reason})
		return err
	})
}

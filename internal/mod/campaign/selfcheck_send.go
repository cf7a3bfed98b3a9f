package campaign

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// SelfForm is what an institution finds behind its link.
type SelfForm struct {
	Campaign    string
	Institution string
	Office      org.Unit
	Until       Day
	Lines       []CheckLine
	Answers     Answers           // as sent last
	Draft       map[string]string // as typed and not sent
	Number      string
	Revision    int
	ChangedAt   time.Time
	Files       []SelfFile
}

// SelfFile is a file that came with a self-examination.
type SelfFile struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Kind  string    `json:"kind" doc:"image, audio, video or document"`
	State string    `json:"state" doc:"pending, ready or failed; only ready files can be opened"`
	Size  int64     `json:"size"`
	Pages int       `json:"pages" doc:"Of a document whose pages can be looked at."`
	At    time.Time `json:"at"`
}

// SelfFiles keeps the files of self-examinations.
type SelfFiles interface {
	// Prepare moves uploads to where Attach takes them, before the transaction.
	Prepare(ctx context.Context, uploads []string) (hashes []string, err error)
	Attach(ctx context.Context, tx *db.Tx, id string, uploads []string) error
	Of(r db.Reader, id string) ([]SelfFile, error)
	Open(ctx context.Context, id, file string, l attach.Look) (httpapi.File, error)
}

// SelfForm returns what is behind a link. Faults: NotFound, Conflict for a link that
// is revoked or over.
func (s *Service) SelfForm(ctx context.Context, token string) (f SelfForm, err error) {
	defer fault.Wrap(&err, "campaign.SelfForm")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		o, err := s.opened(r, token)
		if err != nil {
			return err
		}
		f, err = s.selfForm(ctx, r, o)
		return err
	})
	return f, err
}

// MaySend refuses who holds no link that is in force.
func (s *Service) MaySend(ctx context.Context, token string) error {
	_, err := s.SelfForm(ctx, token)
	return err
}

func (s *Service) selfForm(ctx context.Context, r db.Reader, o openedSelf) (f SelfForm, err error) {
	f = SelfForm{Campaign: o.campaign.Title, Until: o.until, Number: o.line.Number, Revision: o.line.Revision, ChangedAt: o.line.ChangedAt}
	names, err := unitNames(r, []selfCheck{o.line})
	if err != nil {
		return f, err
	}
	f.Institution = names[o.line.Unit]
	if f.Office, err = org.UnitByID(r, o.campaign.Owner); err != nil {
		return f, err
	}
	if f.Lines, err = o.asked.lines(ctx, r, o.content); err != nil {
		return f, err
	}
	if f.Answers, err = answersOf(r, o.line.ID); err != nil {
		return f, err
	}
	draft, err := draftOf(r, o.line.ID)
	if err == nil && draft != "" {
		err = json.Unmarshal([]byte(draft), &f.Draft)
	}
	if err == nil {
		f.Files, err = s.SelfFiles.Of(r, o.line.ID)
	}
	return f, err
}

// maxDraft is how many bytes a draft may have.
const maxDraft = 256 << 10

// KeepDraft keeps what an institution typed, to go on later from any device.
// Faults: those of the link, TooLarge.
func (s *Service) KeepDraft(ctx context.Context, token string, typed map[string]string) (err error) {
	defer fault.Wrap(&err, "campaign.KeepDraft")
	text, err := json.Marshal(typed)
	if err != nil {
		return err
	}
	if len(text) > maxDraft {
		return fault.New(fault.TooLarge, i18n.T("内容太长，无法暂存", "this is too long to be kept")).WithFix(i18n.T("请删减后再暂存", "please shorten it"))
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		o, err := s.opened(tx.Reader, token)
		if err != nil {
			return err
		}
		return keepDraft(tx, o.line.ID, string(text))
	})
}

// SelfSend is what an institution sends.
type SelfSend struct {
	Answers
	// Seen is the revision that was filled in.
	Seen  int
	Files []string // uploads
}

// SelfSent is the receipt of a self-examination.
type SelfSent struct {
	Campaign    string
	Institution string
	Number      string
	Revision    int
	At          time.Time
	Problems    int
	Corrected   int
	Until       Day
}

// institution is who acts through a link.
func institution() authz.Actor { return authz.Actor{ID: "institution", Name: "institution"} }

// Send takes the answers of an institution, and hands its problems to the ledger.
// The same answers with the same files again are the same sending. Faults: those of
// the link, Invalid with everything that cannot be and for more files than are kept,
// Conflict when somebody else of the institution
// sent something in between.
func (s *Service) Send(ctx context.Context, token string, in SelfSend) (out SelfSent, err error) {
	defer fault.Wrap(&err, "campaign.Send")
	ctx = authz.With(ctx, institution())
	number, err := s.selfNumber(ctx, token, &in)
	if err != nil {
		return out, err
	}
	if _, err := s.SelfFiles.Prepare(ctx, in.Files); err != nil {
		return out, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		o, err := s.opened(tx.Reader, token)
		if err != nil {
			return err
		}
		before, err := answersOf(tx.Reader, o.line.ID)
		if err != nil {
			return err
		}
		added, err := s.attachSelf(ctx, tx, o.line.ID, in.Files)
		if err != nil {
			return err
		}
		same := o.line.Revision > 0 && added == 0 && reflect.DeepEqual(before, in.Answers)
		if !same {
			if err := s.sendOne(ctx, tx, &o, sending{SelfSend: in, before: before, number: number, files: added}); err != nil {
				return err
			}
		}
		out, err = s.sentOf(tx.Reader, o, in.Answers)
		return err
	})
	return out, err
}

// selfNumber checks what is sent, and draws a number for an institution that has
// none: none may be drawn within a transaction.
func (s *Service) selfNumber(ctx context.Context, token string, in *SelfSend) (number string, err error) {
	var o openedSelf
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if o, err = s.opened(r, token); err != nil {
			return err
		}
		before, err := answersOf(r, o.line.ID)
		if err != nil {
			return err
		}
		lines, err := o.asked.lines(ctx, r, o.content)
		if err != nil {
			return err
		}
		in.Answers = in.tidy(lines, before)
		in.Checklist = o.asked
		return in.check(lines, before, DayOf(s.Now()))
	})
	if err != nil || o.line.Number != "" {
		return o.line.Number, err
	}
	day := strings.ReplaceAll(string(DayOf(s.Now())), "-", "")
	n, err := s.Numbers.Next(ctx, "selfcheck-"+o.line.Region+"-"+day)
	return fmt.Sprintf("ZC-%s-%s-%04d", o.line.Region, day, n), err
}

// How many files of a self-examination are kept, and how many bytes they have in all:
// a link on paper is in many hands, and what it brought is kept for good.
const (
	MaxSelfFiles = 60
	maxSelfBytes = 4 << 30
)

// attachSelf hangs files on a line and returns how many it did not have before. Fault:
// Invalid where there are more than are kept.
func (s *Service) attachSelf(ctx context.Context, tx *db.Tx, id string, uploads []string) (added int, err error) {
	if len(uploads) == 0 {
		return 0, nil
	}
	before, err := s.SelfFiles.Of(tx.Reader, id)
	if err != nil {
		return 0, err
	}
	if err := s.SelfFiles.Attach(ctx, tx, id, uploads); err != nil {
		return 0, err
	}
	files, err := s.SelfFiles.Of(tx.Reader, id)
	size := int64(0)
	for _, f := range files {
		size += f.Size
	}
	if added = len(files) - len(before); added > 0 && (len(files) > MaxSelfFiles || size > maxSelfBytes) {
		err = errors.Join(err, fault.Field("files", i18n.T("本机构的附件已满：最多 %d 个，合计 %d GB", "your institution has as many files as are kept: at most %d, of %d GB in all"), MaxSelfFiles, maxSelfBytes>>30).
			WithFix(i18n.T("请不带新附件提交，其余材料另交专项办", "please send it without new files and hand the others to the campaign office")))
	}
	return added, err
}

// sending is what is sent, beside what was sent before.
type sending struct {
	SelfSend
	before Answers
	number string
	files  int // that came with it
}

// sendOne stores a revision and hands over its problems.
func (s *Service) sendOne(ctx context.Context, tx *db.Tx, o *openedSelf, in sending) error {
	x := &o.line
	if x.Revision != in.Seen {
		return sentByOthers()
	}
	if err := in.keeps(in.before); err != nil {
		return err
	}
	was, act := x.State, selfSend
	if was == SelfDone {
		act = selfMend
	}
	var err error
	if x.State, err = selfLife().Move(was, act, flow.As(byLink)); err != nil {
		return err
	}
	x.Revision, x.ChangedAt = x.Revision+1, s.instant()
	if x.Number == "" {
		x.Number = in.number
	}
	if x.SubmittedAt.IsZero() {
		x.SubmittedAt = x.ChangedAt
	}
	if n, err := sendSelf(tx, *x, in.Answers); err != nil || n == 0 {
		return cmp.Or(err, sentByOthers())
	}
	for _, p := range in.Problems {
		ledger, err := s.Ledger.TakeOver(ctx, tx, SelfFound{SourceID: x.ID + "/" + p.Key, Campaign: x.Campaign, Unit: x.Unit, SelfProblem: p})
		if err != nil {
			return blamed(p.Key, err)
		}
		if err := putSelfProblem(tx, *x, p, ledger); err != nil {
			return err
		}
	}
	return s.Trail.Add(ctx, tx, x.record(), trail.Step{Act: string(act), Was: string(was), Became: string(x.State), Detail: map[string]any{"revision": x.Revision, "problems": len(in.Problems), "files": in.files}})
}

// blamed says of which problem the ledger complains.
func blamed(key string, err error) error {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != fault.Invalid {
		return err
	}
	return &fault.Error{Kind: fault.Invalid, Field: key + "." + e.Field, Text: e.Text, Fix: e.Fix}
}

func sentByOthers() error {
	return fault.New(fault.Conflict, i18n.T("本机构刚刚有人提交过", "somebody of your institution has just sent something")).
		WithFix(i18n.T("您填写的内容都还在。再次提交会作为更正，替换对方提交的内容", "what you typed is still here; sending it again corrects what they sent"))
}

func (s *Service) sentOf(r db.Reader, o openedSelf, a Answers) (out SelfSent, err error) {
	names, err := unitNames(r, []selfCheck{o.line})
	out = SelfSent{Campaign: o.campaign.Title, Institution: names[o.line.Unit], Number: o.line.Number, Revision: o.line.Revision, At: o.line.ChangedAt, Problems: len(a.Problems), Until: o.until}
	for _, p := range a.Problems {
		if p.Result == Corrected {
			out.Corrected++
		}
	}
	return out, err
}

// instant is the present as tables keep it.
func (s *Service) instant() time.Time { return s.Now().UTC().Truncate(time.Millisecond) }

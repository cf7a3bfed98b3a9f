package intake

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/limit"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// Limits of a report. A narrative is long enough for an elderly person's
// whole story and short enough to be read.
const (
	maxNarrative = 5000
	maxShort     = 200
	maxName      = 50
	maxFiles     = 20
	maxAnswers   = 20
)

// Report is what a person said, as it was given.
type Report struct {
	ID          string
	Number      string
	Channel     demand.Channel
	Category    string
	Item        string
	Class       demand.Class
	Mode        demand.Mode
	Region      string
	Path        string
	Institution string
	Department  string
	Place       string
	Code        string
	Narrative   string
	Wish        string
	About       string
	OccurredOn  string
	Answers     map[string]string
	Lang        i18n.Lang
	ReceivedAt  time.Time
	EnteredBy   string
	SourceNo    string
	Deadline    time.Time // the first that was promised; extensions move the case's
	Sealed      bool      // the words are sealed where they are stored
	Files       []string  // SHA-256 of what came with it, sorted
	Dedupe      *string   `db:"-"` // written and compared, never read back
	Receipts    []string  `db:"-"` // codes under which its receipt is kept: one
	Known       bool      `db:"-"` // somebody gave a name or a number
	Gone        bool      `db:"-"` // the words were destroyed
}

// Submission is a report on its way in: the names are those that scripts and
// forms use.
type Submission struct {
	Token          string            `json:"token,omitempty" maxLength:"64" doc:"Of the code that was scanned; may be absent."`
	Region         string            `json:"region,omitempty" maxLength:"12" doc:"Where no code was scanned."`
	Institution    string            `json:"institution,omitempty" maxLength:"40" doc:"Where no code was scanned."`
	Category       string            `json:"category" maxLength:"3" doc:"Letter of the category, or code of an item." example:"A"`
	Narrative      string            `json:"narrative" doc:"What happened, at most 5,000 characters."`
	Wish           string            `json:"wish,omitempty" doc:"What the reporter asks for."`
	About          string            `json:"about,omitempty" doc:"Whom it is about, in the reporter's words."`
	AboutLeader    bool              `json:"about_leader,omitempty" doc:"It is about a leader of the institution."`
	OccurredOn     string            `json:"occurred_on,omitempty" maxLength:"10" doc:"Day, as 2026-07-28." example:"2026-07-28"`
	Answers        map[string]string `json:"answers,omitempty" doc:"Answers to the questions of the category."`
	Mode           demand.Mode       `json:"mode" doc:"anonymous, confidential or named"`
	ReporterName   string            `json:"reporter_name,omitempty"`
	ReporterPhone  string            `json:"reporter_phone,omitempty"`
	Files          []string          `json:"files,omitempty" doc:"Identifiers of completed uploads."`
	MaskVoice      bool              `json:"mask_voice,omitempty" doc:"Staff are to hear changed voices, in these files and in those that are added later. It cannot be taken back."`
	IdempotencyKey string            `json:"idempotency_key,omitempty" maxLength:"100" doc:"The same key with the same content gives the same receipt."`
	Solution       limit.Solution    `json:"solution,omitzero" doc:"Of the puzzle that a flood of reports is asked to solve."`
}

// Validate refuses what cannot be accepted, naming every field at once.
func (s Submission) Validate() error {
	var bad fault.Fields
	s.complain(&bad)
	return bad.Err()
}

// complain names every field that cannot be accepted.
func (s Submission) complain(bad *fault.Fields) {
	_, _, known := demand.Find(s.Category)
	bad.Refuse(s.Category == "", "category", i18n.T("请选择要反映的类别", "please choose what it is about"))
	bad.Refuse(s.Category != "" && !known, "category", i18n.T("没有这个类别", "there is no such category"))
	bad.Refuse(!legible(s.Narrative), "narrative", i18n.T("请写下发生了什么", "please say what happened"))
	bad.AtMost(maxNarrative, "narrative", s.Narrative)
	bad.AtMost(maxNarrative, "wish", s.Wish)
	bad.AtMost(maxShort, "about", s.About)
	bad.Refuse(!demand.Has(demand.Modes(), s.Mode), "mode", i18n.T("请选择匿名、保密或实名", "please choose anonymous, confidential or real name"))
	bad.Refuse(s.Mode == demand.RealName && strings.TrimSpace(s.ReporterName) == "", "reporter_name", i18n.T("实名反映请填写姓名", "please give your name for a real-name report"))
	bad.Refuse(s.Mode == demand.RealName && strings.TrimSpace(s.ReporterPhone) == "", "reporter_phone", i18n.T("实名反映请填写手机号", "please give your telephone number for a real-name report"))
	bad.Refuse(s.ReporterPhone != "" && !org.ValidPhone(strings.TrimSpace(s.ReporterPhone)), "reporter_phone", i18n.T("电话号码不对，请检查", "this is not a telephone number; please check it"))
	bad.AtMost(maxName, "reporter_name", s.ReporterName)
	bad.Refuse(len(s.Files) > maxFiles, "files", i18n.T("最多 %d 个附件", "at most %d files"), maxFiles)
	bad.Refuse(len(s.Answers) > maxAnswers, "answers", i18n.T("回答太多", "too many answers"))
	for k, v := range s.Answers {
		if !slices.ContainsFunc(questions, func(q Question) bool { return q.Key == k }) {
			bad.Refuse(true, "answers", i18n.T("没有这样的问题", "there is no such question"))
			continue
		}
		bad.AtMost(maxShort, "answers."+k, v)
	}
	for field, v := range map[string]string{"narrative": s.Narrative, "wish": s.Wish, "about": s.About, "reporter_name": s.ReporterName} {
		bad.Refuse(!storable(v), field, i18n.T("含有无法保存的字符，请重新输入", "it holds characters that cannot be stored; please type it again"))
	}
}

// legible reports whether there is anything to read: spaces and signs without
// width are not.
func legible(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Cc) })
}

// storable reports whether both engines can keep the text.
func storable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// checkDay refuses a day that does not exist or has not come yet.
func (s Submission) checkDay(now time.Time) error {
	d, err := clock.ParseDay("occurred_on", s.OccurredOn)
	switch {
	case err != nil || d.IsZero():
		return err
	case d.After(now):
		return fault.Field("occurred_on", i18n.T("发生日期不能晚于今天", "the day has not come yet"))
	case d.Year() < 1949:
		return fault.Field("occurred_on", i18n.T("日期太早，请检查", "the date is too long ago; please check it"))
	}
	return nil
}

// title is the one line by which staff know a report in a list. A sensitive
// report shows its category only: lists are read over shoulders.
func title(sub Submission, sensitive bool) string {
	name := demand.Name(sub.Category).ZH
	if sensitive {
		return name
	}
	text := strings.Join(strings.Fields(sub.Narrative), " ")
	const most = 40
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most]) + "…"
	}
	return text
}

package inspection

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// VisitKind is the kind of record on which the files of a visit hang (kit/attach).
const VisitKind = "inspection_visit"

// clockOff is how far the clock of a phone may be from ours before it is flagged.
const clockOff = 10 * time.Minute

// VisitInput is a visit as a phone hands it in. The phone may have been out of
// reach for days; it makes the identifier, so that what is sent twice is kept once.
type VisitInput struct {
	ID          string         `json:"id" maxLength:"64" doc:"UUID that the phone made."`
	BasedOn     int            `json:"based_on" minimum:"0" maximum:"1000000" doc:"Number of the version that the phone had; 0: none."`
	Reason      string         `json:"reason,omitempty" maxLength:"500" doc:"Why there is another version; the first needs none."`
	FormVersion int            `json:"form_version,omitempty" minimum:"0" maximum:"1000000" doc:"Of the checklist that the phone had."`
	Answers     map[string]any `json:"answers,omitempty"`
	Problems    []ProblemInput `json:"problems,omitempty" maxItems:"100"`
	Photos      []string       `json:"photos,omitempty" maxItems:"60" doc:"Identifiers of uploads."`
	Signatures  []Signature    `json:"signatures" maxItems:"20"`
	Latitude    string         `json:"latitude,omitempty" maxLength:"20" doc:"Degrees, only where the inspector chose to say so."`
	Longitude   string         `json:"longitude,omitempty" maxLength:"20"`
	BeganAt     time.Time      `json:"began_at" doc:"By the clock of the phone, as the next two."`
	EndedAt     time.Time      `json:"ended_at"`
	SentAt      time.Time      `json:"sent_at" doc:"The present of the phone: what differs from ours is how far its clock is off."`
	ChangedAt   time.Time      `json:"changed_at,omitzero" doc:"When what is signed was changed last, by the clock of the phone: no signature is older."`
}

// Signature is that of an inspector: a drawing, or, of who hands the visit in, the own
// name typed in its place.
type Signature struct {
	OfficerID string    `json:"officer_id" maxLength:"64"`
	Upload    string    `json:"upload,omitempty" maxLength:"64" doc:"Identifier of the upload of what was drawn."`
	Name      string    `json:"name,omitempty" maxLength:"100" doc:"Only of who hands the visit in."`
	SignedAt  time.Time `json:"signed_at,omitzero" doc:"By the clock of the phone."`
}

// VisitRecord is one version of a visit, as it was handed in.
type VisitRecord struct {
	ID          string         `json:"id"`
	TaskID      string         `json:"task_id"`
	Number      int            `json:"number" doc:"Of the version; 1 is the first."`
	Reason      string         `json:"reason"`
	FormID      string         `json:"form_id"`
	FormVersion int            `json:"form_version"`
	Problems    []ProblemInput `json:"problems"`
	Photos      []string       `json:"photos"`
	Signatures  []Signature    `json:"signatures"`
	Latitude    string         `json:"latitude"`
	Longitude   string         `json:"longitude"`
	BeganAt     time.Time      `json:"began_at" doc:"By the clock of the phone, as the next two."`
	EndedAt     time.Time      `json:"ended_at"`
	SentAt      time.Time      `json:"sent_at"`
	ReceivedAt  time.Time      `json:"received_at" doc:"By the clock of the server."`
	GivenBy     string         `json:"given_by"`
	Digest      string         `json:"-"`
}

const visitColumns = `id, task_id, number, reason, form_id, form_version, problems, photos, signatures, latitude, longitude, began_at, ended_at, sent_at, received_at, given_by, digest`

func (v VisitRecord) values() []any {
	return []any{v.ID, v.TaskID, v.Number, v.Reason, v.FormID, v.FormVersion, v.Problems, v.Photos, v.Signatures, v.Latitude, v.Longitude,
		v.BeganAt, v.EndedAt, v.SentAt, v.ReceivedAt, v.GivenBy, v.Digest}
}

// ClockOff is how far the phone's clock was behind ours, and whether that is more
// than a delay.
func (v VisitRecord) ClockOff() (time.Duration, bool) {
	off := v.ReceivedAt.Sub(v.SentAt)
	return off, off.Abs() > clockOff
}

// check refuses what no visit can be, whatever the task.
func (in VisitInput) check(now time.Time) error {
	var bad fault.Fields
	bad.Refuse(uuid.Validate(in.ID) != nil, "id", i18n.T("现场记录的编号应为 UUID，请重新打开该任务", "the identifier of a visit is a UUID; open the task again"))
	bad.Refuse(in.BeganAt.IsZero(), "began_at", i18n.T("请填写开始时间", "say when it began"))
	bad.Refuse(in.EndedAt.Before(in.BeganAt), "ended_at", i18n.T("结束时间不能早于开始时间", "it cannot end before it begins"))
	bad.Refuse(in.SentAt.IsZero(), "sent_at", i18n.T("缺少手机的当前时间，请更新页面后重试", "the time of the phone is missing; reload the page and try again"))
	bad.Refuse((in.Latitude == "") != (in.Longitude == ""), "latitude", i18n.T("经度和纬度应同时填写或都不填", "latitude and longitude go together"))
	bad.Refuse(!degrees(in.Latitude, 90), "latitude", i18n.T("纬度应在 -90 到 90 之间", "latitude is between -90 and 90"))
	bad.Refuse(!degrees(in.Longitude, 180), "longitude", i18n.T("经度应在 -180 到 180 之间", "longitude is between -180 and 180"))
	for i, id := range in.Photos {
		bad.Refuse(slices.Contains(in.Photos[:i], id), fmt.Sprintf("photos[%d]", i), i18n.T("同一张照片重复", "the same photo twice"))
	}
	// What was due is judged by the day of the visit: it may arrive days later.
	day := now
	if in.EndedAt.Before(now) {
		day = in.EndedAt
	}
	if _, err := readProblems(&bad, in.Problems, day); err != nil {
		return err
	}
	return bad.Err()
}

// degrees reports whether a text is no more degrees than most, or empty.
func degrees(text string, most float64) bool {
	d, err := strconv.ParseFloat(text, 64)
	return text == "" || err == nil && d >= -most && d <= most
}

// signed refuses a visit that two inspectors of the task have not signed as it is. A name
// that is typed is that of the account which hands the visit in: anybody can type another's.
func (in VisitInput) signed(team []Member, me string) error {
	var bad fault.Fields
	bad.Refuse(len(in.Signatures) < teamSize, "signatures", i18n.T("须有两名检查人员签名", "two inspectors have to sign"))
	for i, x := range in.Signatures {
		at := fmt.Sprintf("signatures[%d]", i)
		who := slices.IndexFunc(team, func(m Member) bool { return m.OfficerID == x.OfficerID })
		bad.Refuse(who < 0, at, i18n.T("签名的人不是该任务的检查人员，请由现在的检查人员签名", "who signed is not one of its inspectors; have those sign who are"))
		bad.Refuse(slices.ContainsFunc(in.Signatures[:i], func(y Signature) bool { return y.OfficerID == x.OfficerID }), at,
			i18n.T("同一人不能签两次，须由另一名检查人员签名", "the same person cannot sign twice; have the other inspector sign"))
		bad.Refuse((x.Upload == "") == (x.Name == ""), at, i18n.T("请手写签名，或输入本人姓名", "draw the signature, or type the own name"))
		drawn := func(y Signature) bool { return x.Upload != "" && y.Upload == x.Upload }
		bad.Refuse(slices.ContainsFunc(in.Signatures[:i], drawn) || slices.Contains(in.Photos, x.Upload), at,
			i18n.T("一张手写签名只能代表一人，也不能用照片代替，请本人重新手写签名", "a drawing is the signature of one, and no photo is; have each of them draw the own"))
		bad.Refuse(x.Name != "" && who >= 0 && team[max(who, 0)].StaffID != me, at+".name",
			i18n.T("输入姓名只能代表提交人本人，请 %s 手写签名", "only who hands it in may sign by typing the name; have %s draw the signature"), x.Name)
		bad.Refuse(x.Name != "" && who >= 0 && strings.TrimSpace(x.Name) != team[max(who, 0)].Name, at+".name",
			i18n.T("输入的姓名与检查人员不一致", "the name typed is not that of the inspector"))
		bad.Refuse(x.SignedAt.Before(in.ChangedAt), at+".signed_at",
			i18n.T("签名之后内容又改过，请重新签名", "what is signed was changed after the signature; sign again"))
	}
	return bad.Err()
}

// uploads are the files of a visit.
func (in VisitInput) uploads() []string {
	all := slices.Clone(in.Photos)
	for _, x := range in.Signatures {
		if x.Upload != "" {
			all = append(all, x.Upload)
		}
	}
	return all
}

// record is the visit to a task as it is kept.
func (in VisitInput) record(ctx context.Context, t Task, now time.Time) (VisitRecord, error) {
	v := VisitRecord{ID: in.ID, TaskID: t.ID, Number: in.BasedOn + 1, Reason: strings.TrimSpace(in.Reason), FormID: t.FormID, FormVersion: in.FormVersion, Problems: in.Problems, Photos: orNone(in.Photos),
		Signatures: in.Signatures, Latitude: in.Latitude, Longitude: in.Longitude, BeganAt: exact(in.BeganAt), EndedAt: exact(in.EndedAt), SentAt: exact(in.SentAt), ReceivedAt: now,
		GivenBy: authz.From(ctx).ID}
	if v.Problems == nil {
		v.Problems = []ProblemInput{}
	}
	in.SentAt = time.Time{} // differs at each try
	text, err := json.Marshal([]any{t.ID, v.GivenBy, in})
	sum := sha256.Sum256(text)
	v.Digest = hex.EncodeToString(sum[:])
	return v, err
}

package sanction

import (
	"context"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/violation"

	"qingfeng/internal/org"
)

// PointScheme tells by which rule points are given.
type PointScheme string

// The schemes.
const (
	OfPractice  PointScheme = "practice"
	OfInsurance PointScheme = "insurance"
)

// PointSchemes lists them.
func PointSchemes() []Word[PointScheme] {
	return []Word[PointScheme]{word(OfPractice, "不良执业行为记分", "Points for irregular practice"), word(OfInsurance, "医保支付资格记分", "Points of the right to insurance payment")}
}

// Pers lists what points are counted by.
func Pers() []Word[string] {
	return []Word[string]{word("person", "人次", "Person"), word("subject", "科目次", "Department"), word("event", "起", "Event")}
}

// Point is an event of points.
type Point struct {
	ID          string      `json:"id"`
	Number      string      `json:"number"`
	SubjectID   string      `json:"subject_id"`
	SubjectKind Kind        `json:"subject_kind"`
	Path        string      `json:"-"`
	Region      string      `json:"-"`
	Institution string      `json:"-"`
	Scheme      PointScheme `json:"scheme" enum:"practice,insurance"`
	Cycle       string      `json:"cycle" doc:"The pass that the cycle begins with, or the natural year."`
	Year        int         `json:"year" doc:"Of the cycle, from 1; or the natural year."`
	Rule        string      `json:"rule" doc:"Clause of the rule of points."`
	Violation   string      `json:"violation"`
	Points      int         `json:"points" doc:"Of one."`
	Per         string      `json:"per"`
	Times       int         `json:"times"`
	Total       int         `json:"total"`
	Band        string      `json:"band"`
	Shift       int         `json:"shift" doc:"-1: one band lighter; 1: one heavier."`
	ShiftReason string      `json:"shift_reason"`
	FoundOn     time.Time   `json:"found_on"`
	ConfirmedOn time.Time   `json:"confirmed_on"`
	NoticeNo    string      `json:"notice_no"`
	NoticeOn    time.Time   `json:"notice_on,omitzero"`
	ServedOn    time.Time   `json:"served_on,omitzero"`
	Defence     string      `json:"defence"`
	PenaltyID   string      `json:"penalty_id"`
	Source      string      `json:"source"`
	SourceID    string      `json:"source_id"`
	CampaignID  string      `json:"campaign_id"`
	State       State       `json:"state"`
	Version     string      `json:"version" doc:"Version of the rule."`
	VoidedOn    time.Time   `json:"voided_on,omitzero"`
	VoidReason  string      `json:"void_reason"`
	CreatedBy   string      `json:"created_by"`
	CreatedAt   time.Time   `json:"created_at"`
}

var pointWord = i18n.T("记分", "points")

func (p Point) record() record { return record{kindPoint, p.ID, p.Path, p.State} }

func (p Point) timed() timed { return timed{p.ID, p.Path, p.Number, "/inspection/points/" + p.ID} }

// Pass is a pass of an institution (校验): points begin anew with it.
type Pass struct {
	ID        string    `json:"id"`
	SubjectID string    `json:"subject_id"`
	Path      string    `json:"-"`
	Region    string    `json:"-"`
	PassedOn  time.Time `json:"passed_on"`
	Years     int       `json:"years" doc:"How long it holds, by the beds."`
	Beds      int       `json:"beds"`
	MadeBy    string    `json:"made_by"`
	CreatedAt time.Time `json:"created_at"`
}

// NewPass is a pass to be recorded.
type NewPass struct {
	Subject  Who    `json:"subject"`
	PassedOn string `json:"passed_on" maxLength:"10"`
	Beds     int    `json:"beds" minimum:"0" maximum:"100000"`
}

// RecordPass records that an institution passed. It begins a cycle; points that
// were given after that day already belong to another one and are in the way.
func (s *Service) RecordPass(ctx context.Context, in org.Posted[NewPass]) (p Pass, err error) {
	defer fault.Wrap(&err, "sanction.RecordPass")
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		x, err := s.subjectOf(ctx, tx, in.Body.Subject)
		if err != nil {
			return err
		}
		if x.Kind != Institution {
			return fault.Field("subject.kind", i18n.T("只有机构需要校验", "only institutions have to pass"))
		}
		p = Pass{ID: db.NewID(), SubjectID: x.ID, Path: x.Path, Region: x.Region, Beds: in.Body.Beds, MadeBy: authz.From(ctx).ID, CreatedAt: s.now()}
		if p.PassedOn, err = s.dayIn("passed_on", in.Body.PassedOn, time.Time{}); err != nil {
			return err
		}
		if err := noLaterPoints(tx.Reader, x.ID, p.PassedOn); err != nil {
			return err
		}
		if p.Years, err = s.passYears(ctx, p); err != nil {
			return err
		}
		return fault.First(func() error { return save(tx, passTable, p.ID, p) }, func() error { return s.Audit.Append(ctx, tx, "sanction.pass", x.ID, "") })
	})
	return p, err
}

// noLaterPoints refuses a pass that lies before points which were given already.
func noLaterPoints(r db.Reader, subject string, passed time.Time) error {
	n, err := db.Value[int64](r, `select (select count(*) from sanction_point where subject_id = $1 and scheme = 'practice' and state <> 'voided' and confirmed_on >= $2)
		+ (select count(*) from sanction_pass where subject_id = $1 and passed_on >= $2)`, subject, passed)
	if err == nil && n > 0 {
		return fault.New(fault.Conflict, i18n.T("该日及以后已有校验或记分记录，不能补登更早的校验", "there are passes or points on that day or later; an earlier pass cannot be added")).
			WithFix(i18n.T("请先撤销之后的记分，登记校验后再重新记分", "void the later points, record the pass, and give the points again"))
	}
	return err
}

// passYears is how long a pass holds, by the beds.
func (s *Service) passYears(ctx context.Context, p Pass) (int, error) {
	from, err := setting(ctx, s, bedsOfLong, p.Path, p.PassedOn)
	if err != nil {
		return 0, err
	}
	if p.Beds >= from {
		return setting(ctx, s, longPass, p.Path, p.PassedOn)
	}
	return setting(ctx, s, shortPass, p.Path, p.PassedOn)
}

// passOn is the pass in force on a day.
func passOn(r db.Reader, subject string, day time.Time) (p Pass, found bool, err error) {
	ps, err := all[Pass](r, passTable, `where subject_id = $1 and passed_on <= $2 order by passed_on desc limit 1`, subject, day)
	if err != nil || len(ps) == 0 {
		return p, false, err
	}
	return ps[0], true, nil
}

// yearOf is the year of a cycle in which a day lies, from 1.
func (p Pass) yearOf(day time.Time) int {
	start := p.PassedOn.In(clock.Shanghai)
	n := 1
	for !addMonths(start, 12*n).After(day) {
		n++
	}
	return n
}

// NewPoint is an event of points to be recorded.
type NewPoint struct {
	Subject     Who         `json:"subject"`
	Scheme      PointScheme `json:"scheme" enum:"practice,insurance"`
	Rule        string      `json:"rule" minLength:"1" maxLength:"500" doc:"Clause of the rule of points."`
	Violation   string      `json:"violation" maxLength:"5"`
	Points      int         `json:"points" minimum:"1" maximum:"100"`
	Per         string      `json:"per" enum:"person,subject,event"`
	Times       int         `json:"times" minimum:"1" maximum:"1000"`
	Band        string      `json:"band,omitempty" maxLength:"40" doc:"Gravity, in the scheme of the insurance."`
	Shift       int         `json:"shift,omitempty" minimum:"-1" maximum:"1"`
	ShiftReason string      `json:"shift_reason,omitempty" maxLength:"1000"`
	FoundOn     string      `json:"found_on" maxLength:"10"`
	ConfirmedOn string      `json:"confirmed_on,omitempty" maxLength:"10" doc:"Empty is today."`
	PenaltyID   string      `json:"penalty_id,omitempty" maxLength:"40"`
	Origin
}

// GivePoints records points, and raises what they lead to.
func (s *Service) GivePoints(ctx context.Context, in org.Posted[NewPoint]) (p Point, err error) {
	defer fault.Wrap(&err, "sanction.GivePoints")
	b := in.Body
	number, err := s.nextNumber(ctx, "JF", b.Subject, b.CampaignID)
	if err != nil {
		return p, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		x, err := s.subjectOf(ctx, tx, b.Subject)
		if err != nil {
			return err
		}
		p = Point{ID: db.NewID(), Number: number, SubjectID: x.ID, SubjectKind: x.Kind, Path: x.Path, Region: x.Region, Institution: x.institution(), Scheme: b.Scheme, Rule: strings.TrimSpace(b.Rule),
			Violation: b.Violation, Points: b.Points, Per: b.Per, Times: b.Times, Total: b.Points * b.Times, Band: b.Band, Shift: b.Shift, ShiftReason: strings.TrimSpace(b.ShiftReason),
			PenaltyID: b.PenaltyID, Source: b.Source, SourceID: b.SourceID, CampaignID: b.CampaignID, CreatedBy: authz.From(ctx).ID, CreatedAt: s.now()}
		if err := s.dated(&p, b); err != nil {
			return err
		}
		if err := s.linked(ctx, tx.Reader, p); err != nil {
			return err
		}
		if p, err = s.inCycle(ctx, tx.Reader, x, p); err != nil {
			return err
		}
		if p.State, err = s.step(ctx, tx, points(), p.record(), "confirm", ""); err != nil {
			return err
		}
		if err := save(tx, pointTable, p.ID, p); err != nil {
			return err
		}
		if p.Scheme == OfPractice {
			if err := s.start(ctx, tx, p.timed(), ClockNotice, noticeLimit, p.ConfirmedOn); err != nil {
				return err
			}
		}
		return fault.First(func() error { return s.raise(ctx, tx, x, p) }, func() error { return s.regrade(ctx, tx, x.ID) },
			func() error { return s.Audit.Append(ctx, tx, "sanction.points", p.ID, "") })
	})
	return p, err
}

func (s *Service) dated(p *Point, b NewPoint) (err error) {
	if p.FoundOn, err = s.dayIn("found_on", b.FoundOn, time.Time{}); err != nil {
		return err
	}
	p.ConfirmedOn, err = s.dayIn("confirmed_on", b.ConfirmedOn, p.FoundOn)
	return err
}

// linked refuses points without a violation, and a penalty of somebody else.
func (s *Service) linked(ctx context.Context, r db.Reader, p Point) error {
	if err := violation.Check("violation", p.Violation); err != nil {
		return err
	}
	var bad fault.Fields
	bad.Refuse(p.Rule == "", "rule", i18n.T("请写明记分条款", "please name the clause"))
	bad.Refuse(p.Points < 1 || p.Times < 1, "points", i18n.T("分值和次数至少为1", "points and times are at least 1"))
	bad.Refuse(!listed(Pers(), p.Per), "per", i18n.T("请选择计分单位", "please choose by what points are counted"))
	bad.Refuse(!listed(PointSchemes(), p.Scheme), "scheme", i18n.T("请选择记分办法", "please choose the scheme"))
	if err := bad.Err(); err != nil || p.PenaltyID == "" {
		return err
	}
	return s.sameSubject(ctx, r, p.PenaltyID, p.SubjectID)
}

// sameSubject refuses a penalty that is not about a subject.
func (s *Service) sameSubject(ctx context.Context, r db.Reader, penalty, subject string) error {
	pen, err := s.penalty(ctx, r, penalty)
	if fault.Is(err, fault.NotFound) || err == nil && pen.SubjectID != subject {
		return fault.Field("penalty_id", i18n.T("所选处罚不是这个对象的", "the penalty that is named is not about this subject"))
	}
	return err
}

// inCycle finds the cycle of points and holds them against the rule.
func (s *Service) inCycle(ctx context.Context, r db.Reader, x Subject, p Point) (Point, error) {
	if p.Scheme == OfInsurance {
		return s.insured(ctx, x, p)
	}
	rule, version, err := config.At(ctx, s.Settings, pointRule, x.Path, p.ConfirmedOn)
	if err != nil {
		return p, err
	}
	p.Version, p.Band, p.Shift, p.ShiftReason = version, "", 0, ""
	p.Year = p.ConfirmedOn.In(clock.Shanghai).Year()
	p.Cycle = strconv.Itoa(p.Year)
	if x.Kind == Institution {
		pass, found, err := passOn(r, x.ID, p.ConfirmedOn)
		if err != nil {
			return p, err
		}
		if !found {
			return p, fault.Field("confirmed_on", i18n.T("该机构在这一天没有校验合格记录，无法确定记分周期", "this institution has no pass on that day, so there is no cycle")).
				WithFix(i18n.T("请先登记最近一次校验合格日期", "record the day of its last pass first"))
		}
		p.Cycle, p.Year = pass.ID, pass.yearOf(p.ConfirmedOn)
	}
	return p, rule.allows(p.Points)
}

// insured holds points against the scheme of the insurance, which is about
// people alone.
func (s *Service) insured(ctx context.Context, x Subject, p Point) (Point, error) {
	rule, version, err := config.At(ctx, s.Settings, insurance, x.Path, p.ConfirmedOn)
	if err != nil {
		return p, err
	}
	if !x.Kind.natural() {
		return p, fault.Field("subject.kind", i18n.T("医保支付资格记分只对人员", "these points are given to people alone"))
	}
	band, err := rule.shifted(p.Band, p.Shift)
	if err != nil {
		return p, err
	}
	var bad fault.Fields
	bad.Refuse(p.Shift != 0 && p.ShiftReason == "", "shift_reason", i18n.T("从轻或从重请写明理由", "please say why it is lighter or heavier"))
	bad.Refuse(p.Total < band.Least || p.Total > band.Most, "points", i18n.T("“%[1]s”档应为 %[2]d 至 %[3]d 分", `"%[1]s" has %[2]d to %[3]d points`), band.Name, band.Least, band.Most)
	p.Version, p.Year = version, p.ConfirmedOn.In(clock.Shanghai).Year()
	p.Cycle = strconv.Itoa(p.Year)
	return p, bad.Err()
}

// onPoint has f change points that the actor manages, and stores them.
func (s *Service) onPoint(ctx context.Context, id string, f func(*db.Tx, Point) (Point, error)) (p Point, err error) {
	defer fault.Wrap(&err, "sanction.onPoint(%s)", id)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if p, err = managed[Point](ctx, tx.Reader, pointTable, pointWord, id); err != nil {
			return err
		}
		if p, err = f(tx, p); err != nil {
			return err
		}
		return save(tx, pointTable, p.ID, p)
	})
	return p, err
}

// NoticeInput is the notice of points.
type NoticeInput struct {
	Dated
	NoticeNo string `json:"notice_no" minLength:"1" maxLength:"100"`
}

// NotifyPoints records the notice of points.
func (s *Service) NotifyPoints(ctx context.Context, in org.PostedTo[NoticeInput]) (Point, error) {
	return s.onPoint(ctx, in.ID, func(tx *db.Tx, p Point) (_ Point, err error) {
		if p.NoticeOn, err = s.dayIn("on", in.Body.On, p.ConfirmedOn); err != nil {
			return p, err
		}
		if p.NoticeNo = strings.TrimSpace(in.Body.NoticeNo); p.NoticeNo == "" {
			return p, fault.Field("notice_no", i18n.T("请填写通知书编号", "please give the number of the notice"))
		}
		if p.State, err = s.step(ctx, tx, points(), p.record(), "notify", ""); err != nil {
			return p, err
		}
		return p, meet(tx, p.ID, p.NoticeOn)
	})
}

// ServePoints records that the notice was served.
func (s *Service) ServePoints(ctx context.Context, in org.PostedTo[Dated]) (Point, error) {
	return s.onPoint(ctx, in.ID, func(tx *db.Tx, p Point) (_ Point, err error) {
		if p.ServedOn, err = s.dayIn("on", in.Body.On, p.NoticeOn); err != nil {
			return p, err
		}
		p.State, err = s.step(ctx, tx, points(), p.record(), "serve", "")
		return p, err
	})
}

// Defend records what was said against points (陈述申辩).
func (s *Service) Defend(ctx context.Context, in org.PostedTo[Reasoned]) (Point, error) {
	return s.onPoint(ctx, in.ID, func(tx *db.Tx, p Point) (_ Point, err error) {
		if err := needReason(in.Body.Reason); err != nil {
			return p, err
		}
		p.Defence = strings.TrimSpace(in.Body.Reason)
		p.State, err = s.step(ctx, tx, points(), p.record(), "defend", "")
		return p, err
	})
}

// Void takes points back. What they raised lapses where nobody decided on it.
func (s *Service) Void(ctx context.Context, in org.PostedTo[Reasoned]) (Point, error) {
	return s.onPoint(ctx, in.ID, func(tx *db.Tx, p Point) (_ Point, err error) {
		if err := needReason(in.Body.Reason); err != nil {
			return p, err
		}
		if p.VoidedOn, err = s.dayIn("on", in.Body.On, p.ConfirmedOn); err != nil {
			return p, err
		}
		p.VoidReason = strings.TrimSpace(in.Body.Reason)
		if p.State, err = s.step(ctx, tx, points(), p.record(), "void", p.VoidReason); err != nil {
			return p, err
		}
		x, err := byID[Subject](tx.Reader, subjectTable, subjectWord, p.SubjectID)
		if err != nil {
			return p, err
		}
		return p, fault.First(func() error { return save(tx, pointTable, p.ID, p) }, func() error { return meet(tx, p.ID, p.VoidedOn) },
			func() error { return s.lapse(ctx, tx, x, p) }, func() error { return s.regrade(ctx, tx, p.SubjectID) })
	})
}

package sanction

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"

	"qingfeng/internal/org"
)

// Black is an entry of the blacklist. It is inside the program alone until a
// publication of it is approved.
type Black struct {
	ID          string    `json:"id"`
	Number      string    `json:"number"`
	SubjectID   string    `json:"subject_id"`
	SubjectKind Kind      `json:"subject_kind"`
	Name        string    `json:"name"`
	Path        string    `json:"-"`
	Region      string    `json:"region"`
	Institution string    `json:"institution"`
	PenaltyID   string    `json:"penalty_id"`
	Gravity     string    `json:"gravity"`
	Reason      string    `json:"reason"`
	FromOn      time.Time `json:"from_on"`
	UntilOn     time.Time `json:"until_on" doc:"The first day on which it is over."`
	State       State     `json:"state"`
	EndedOn     time.Time `json:"ended_on,omitzero"`
	EndReason   string    `json:"end_reason"`
	CampaignID  string    `json:"campaign_id"`
	CreatedBy   string    `json:"created_by"`
	CreatedAt   time.Time `json:"created_at"`
}

var blackWord = i18n.T("黑名单", "blacklist entry")

func (b Black) record() record { return record{kindBlack, b.ID, b.Path, b.State} }

// NewBlack is an entry to be made.
type NewBlack struct {
	Dated
	Subject    Who    `json:"subject"`
	PenaltyID  string `json:"penalty_id,omitempty" maxLength:"40"`
	Gravity    string `json:"gravity" minLength:"1" maxLength:"40" doc:"Which display period holds."`
	Months     int    `json:"months" minimum:"1" maximum:"120"`
	Reason     string `json:"reason" minLength:"1" maxLength:"1000"`
	CampaignID string `json:"campaign_id,omitempty" maxLength:"40"`
}

// Blacklist puts somebody on the blacklist.
func (s *Service) Blacklist(ctx context.Context, in org.Posted[NewBlack]) (b Black, err error) {
	defer fault.Wrap(&err, "sanction.Blacklist")
	n := in.Body
	number, err := s.nextNumber(ctx, "HM", n.Subject, n.CampaignID)
	if err != nil {
		return b, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		x, err := s.subjectOf(ctx, tx, n.Subject)
		if err != nil {
			return err
		}
		b = Black{ID: db.NewID(), Number: number, SubjectID: x.ID, SubjectKind: x.Kind, Name: x.Name, Path: x.Path, Region: x.Region, Institution: x.institution(), PenaltyID: n.PenaltyID,
			Gravity: n.Gravity, Reason: strings.TrimSpace(n.Reason), CampaignID: n.CampaignID, CreatedBy: authz.From(ctx).ID, CreatedAt: s.now()}
		if err := s.lasting(ctx, &b, n); err != nil {
			return err
		}
		if n.PenaltyID != "" {
			if err := s.sameSubject(ctx, tx.Reader, n.PenaltyID, x.ID); err != nil {
				return err
			}
		}
		if err := notTwice(tx.Reader, x); err != nil {
			return err
		}
		if b.State, err = s.step(ctx, tx, blacklist(), b.record(), "list", b.Reason); err != nil {
			return err
		}
		return fault.First(func() error { return save(tx, blackTable, b.ID, b) }, func() error { return s.regrade(ctx, tx, x.ID) },
			func() error { return s.Audit.Append(ctx, tx, "sanction.blacklist", b.ID, b.Reason) })
	})
	return b, err
}

// lasting fills in from when until when an entry is in force.
func (s *Service) lasting(ctx context.Context, b *Black, n NewBlack) (err error) {
	if err := needReason(b.Reason); err != nil {
		return err
	}
	if b.FromOn, err = s.dayIn("on", n.On, time.Time{}); err != nil {
		return err
	}
	periods, err := setting(ctx, s, displayPeriods, b.Path, b.FromOn)
	if err != nil {
		return err
	}
	b.UntilOn = addMonths(b.FromOn, n.Months)
	if err := within(periods, n.Gravity, n.Months); err != nil {
		return err
	}
	if !b.UntilOn.After(s.Now()) {
		return fault.Field("months", i18n.T("按所填日期，期限已经届满", "by these days it would be over already"))
	}
	return nil
}

// notTwice refuses a second entry of somebody who is listed. A person without a
// number of a certificate has a record of their own each time: name and place tell
// who it is.
func notTwice(r db.Reader, x Subject) error {
	var w db.Where
	w.And("state = ?", Listed)
	if x.Kind == Person && x.Certificate == "" {
		w.And("subject_id in (select id from "+subjectTable+" where kind = 'person' and certificate = '' and name = ? and unit = ? and path = ?)", x.Name, x.Unit, x.Path)
	} else {
		w.And("subject_id = ?", x.ID)
	}
	n, err := db.Value[int64](r, `select count(*) from `+blackTable+` `+w.String(), w.Args()...)
	if err == nil && n > 0 {
		return fault.New(fault.Conflict, i18n.T("该对象已在黑名单中", "this subject is on the blacklist already")).
			WithFix(i18n.T("请先移出原记录再列入；如是同名的另一人，请填写其证件编号", "remove the entry that is there first; of a namesake, give the number of a certificate"))
	}
	return err
}

// Remove takes somebody off the blacklist before the time is over. What is public
// of it is to be withdrawn.
func (s *Service) Remove(ctx context.Context, in org.PostedTo[Reasoned]) (b Black, err error) {
	defer fault.Wrap(&err, "sanction.Remove(%s)", in.ID)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if b, err = managed[Black](ctx, tx.Reader, blackTable, blackWord, in.ID); err != nil {
			return err
		}
		if err := needReason(in.Body.Reason); err != nil {
			return err
		}
		if b.EndedOn, err = s.dayIn("on", in.Body.On, clock.Day(b.FromOn)); err != nil {
			return err
		}
		b.EndReason = strings.TrimSpace(in.Body.Reason)
		if b.State, err = s.step(ctx, tx, blacklist(), b.record(), "remove", b.EndReason); err != nil {
			return err
		}
		return fault.First(func() error { return save(tx, blackTable, b.ID, b) }, func() error { return s.mustWithdraw(ctx, tx, b.ID, b.EndedOn) },
			func() error { return s.regrade(ctx, tx, b.SubjectID) })
	})
	return b, err
}

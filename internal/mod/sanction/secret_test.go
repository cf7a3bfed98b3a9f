package sanction

import (
	"context"
	"fmt"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/heardtest"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// Whatever the hospital reads is the same before and after something is prepared
// against it, or found that is a matter of integrity.
func TestUnitSeesNothingOfWhatIsPrepared(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		known := w.decided([]NewMeasure{fine(1_000)})
		w.passed("2026-01-01", 50)
		point := w.give(scored(2))
		must2(w.NotifyPoints(w.officer(), to(point.ID, NoticeInput{NoticeNo: "记1号"})))(t)
		before := w.leaderReads(known)
		w.secrets()
		if after := w.leaderReads(known); after != before {
			t.Errorf("the hospital read\n%s\nand now reads\n%s", before, after)
		}
		w.judge()
	})
}

// secrets are records of every kind that the hospital does not read.
func (w *world) secrets() {
	w.t.Helper()
	t := w.t
	w.file(func(f *Filing) { f.Facts = "尚未告知" })
	dropped := w.file()
	must2(w.Drop(w.officer(), to(dropped.ID, Reasoned{Reason: "证据不足"})))(t)
	bribed := w.served([]NewMeasure{fine(2_000)}, func(f *Filing) { f.Subject, f.Violations = doctor, []string{"V06", "V0801"} })
	for _, agency := range []string{"discipline", "police", "procuratorate"} {
		must2(w.Send(w.officer(), body(NewTransfer{Subject: theHospital, Agency: agency, Matter: "请勿打草惊蛇", Materials: []string{"案卷"}})))(t)
	}
	must2(w.Send(w.officer(), body(NewTransfer{Subject: doctor, PenaltyID: bribed.ID, Agency: "insurance", Matter: "骗保", Materials: []string{"案卷"}})))(t)
	must2(w.Veto(w.officer(), body(NewVeto{Subject: doctor, PenaltyID: bribed.ID, Uses: []string{"title"}, Months: 12, Reason: "收受红包"})))(t)
	entry := must2(w.Blacklist(w.officer(), body(NewBlack{Subject: doctor, PenaltyID: bribed.ID, Gravity: "grave", Months: 6, Reason: "收受红包"})))(t)
	w.propose(bribed.ID)
	w.propose(entry.ID, func(p *Proposal) { p.Kind = OfBlacklist })
	w.give(scored(2, ofDoctor, func(n *NewPoint) { n.Violation = "V1203" }))
	w.give(insured("ordinary", 4, func(n *NewPoint) { n.Violation = "V0902" }))
	who, err := w.Subjects(w.officer(), SubjectFilter{Kind: Practitioner})
	if err != nil || len(who.Items) != 1 {
		t.Fatalf("got %v, %v", who.Items, err)
	}
	_, err = w.CreditOf(w.leader(), org.ByID{ID: who.Items[0].ID})
	refused(t, err, fault.NotFound, "")
	_, err = w.PenaltyOf(bribed.ID)
	refused(t, err, fault.NotFound, "")
	_, err = w.PenaltyOf(dropped.ID)
	refused(t, err, fault.NotFound, "")
}

// PenaltyOf is a penalty as the hospital reads it.
func (w *world) PenaltyOf(id string) (PenaltyDetail, error) {
	return w.Penalty(w.leader(), org.ByID{ID: id})
}

// leaderReads is everything that the hospital reads, as text.
func (w *world) leaderReads(p Penalty) string {
	w.t.Helper()
	heard, ctx := heardtest.By(w.t), w.leader()
	heard.Answer(w.Penalties(ctx, PenaltyFilter{}))
	heard.Answer(w.PointsList(ctx, PointFilter{}))
	heard.Answer(w.Consequences(ctx, ConsequenceFilter{}))
	heard.Answer(w.Subjects(ctx, SubjectFilter{}))
	heard.Answer(w.Blacklisted(ctx, BlackFilter{}))
	heard.Answer(w.Publications(ctx, PublicationFilter{}))
	heard.Answer(w.Transfers(ctx, TransferFilter{}))
	heard.Answer(w.Vetoes(ctx, VetoFilter{}))
	heard.Answer(w.PenaltyOf(p.ID))
	heard.Answer(w.CreditOf(ctx, org.ByID{ID: p.SubjectID}))
	heard.Answer(w.MayUse(ctx, Asked{Certificate: doctor.Certificate, Use: "title"}))
	heard.Answer(w.counted(district + hospital + "/"))
	return heard.String()
}

// counted is every figure at a node, with the rows behind it.
func (w *world) counted(path string) (out []string, err error) {
	b := figure.NewBook()
	b.Publish(Figures()...)
	year := figure.Period{From: w.at.Add(-365 * 24 * time.Hour), Until: w.at.Add(24 * time.Hour)}
	err = w.DB.Read(w.t.Context(), func(r db.Reader) error {
		for _, f := range b.Known() {
			n, err := b.Read(r, []string{f.Name}, figure.Narrow{Path: path}, year)
			if err != nil {
				return err
			}
			rows, err := b.Rows(w.t.Context(), r, f.Name, figure.Narrow{Path: path}, year, list.Query{})
			if err != nil {
				return err
			}
			out = append(out, fmt.Sprint(f.Name, n[f.Name], rows))
		}
		return nil
	})
	return out, err
}

// The grade of an institution is told where its credit record may be read.
func TestGradeIsToldWhereTheRecordMayBeRead(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		grade := func(ctx context.Context, unit string) string {
			var g string
			if err := w.DB.Read(ctx, func(r db.Reader) (err error) { g, err = GradeOf(ctx, r, unit); return err }); err != nil {
				t.Fatal(err)
			}
			return g
		}
		if g := grade(w.officer(), theHospital.UnitID); g != "" {
			t.Errorf("without a record the grade is %q", g)
		}
		w.file()
		if g := grade(w.officer(), theHospital.UnitID); g != "A" {
			t.Errorf("the office reads %q", g)
		}
		if g := grade(w.leader(), theHospital.UnitID); g != "" {
			t.Errorf("the hospital reads %q of what it was not told of", g)
		}
	})
}

// A unit reads of its points from their notice on.
func TestPointsAreReadFromTheNoticeOn(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		w.passed("2026-01-01", 50)
		point := w.give(scored(30))
		reads := func() int {
			t.Helper()
			ps := must2(w.PointsList(w.leader(), PointFilter{}))(t)
			cs := must2(w.Consequences(w.leader(), ConsequenceFilter{}))(t)
			return len(ps.Items) + len(cs.Items)
		}
		if n := reads(); n != 0 {
			t.Errorf("%d are read before the notice", n)
		}
		_, err := w.PointsOne(w.leader(), org.ByID{ID: point.ID})
		refused(t, err, fault.NotFound, "")
		must2(w.NotifyPoints(w.officer(), to(point.ID, NoticeInput{NoticeNo: "记1号"})))(t)
		if n := reads(); n != 2 {
			t.Errorf("%d are read after the notice", n)
		}
	})
}

// Who is looked at again is read at the unit: a penalty for a matter of integrity is no
// reason there.
func TestNobodyIsLookedAtAgainForIntegrity(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		ofDrive := func(f *Filing) { f.CampaignID = "drive" }
		open := w.decided([]NewMeasure{fine(1_000)}, ofDrive)
		w.decided([]NewMeasure{fine(2_000)}, ofDrive, func(f *Filing) { f.Violations = []string{"V06", "V0803"} })
		err := w.DB.Read(t.Context(), func(r db.Reader) error {
			got, err := PunishedIn(r, "drive")
			if len(got) != 1 || got[0].ID != open.ID {
				t.Errorf("punished are %+v", got)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

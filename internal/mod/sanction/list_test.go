package sanction

import (
	"context"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/org"
)

// Every list has what its filters ask for, and nothing else.
func TestListsAreNarrowedByTheirOwnFilters(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		all := map[string]string{}
		name := func(id, name string) string { all[id] = name; return id }
		hospitals, doctors := w.served([]NewMeasure{fine(1_000)}, func(f *Filing) { f.CampaignID, f.Source, f.SourceID = "drive", "visit", "visit-1" }), w.file(func(f *Filing) { f.Subject = doctor })
		name(hospitals.ID, "the hospital's")
		name(doctors.ID, "the doctor's")
		veto := func(who Who, use string) Veto {
			return must2(w.Veto(w.officer(), body(NewVeto{Subject: who, Uses: []string{use}, Months: 12, Reason: "收受红包"})))(t)
		}
		lifted, inForce := veto(doctor, "title"), veto(theHospital, "pay")
		name(lifted.ID, "lifted")
		name(inForce.ID, "in force")
		must2(w.Lift(w.officer(), to(lifted.ID, Reasoned{Reason: "处分撤销"})))(t)
		send := func(agency string) Transfer {
			return must2(w.Send(w.officer(), body(NewTransfer{Subject: theHospital, Agency: agency, Matter: "涉嫌犯罪", Materials: []string{"案卷"}})))(t)
		}
		name(send("police").ID, "to the police")
		name(send("insurance").ID, "to the insurance")
		black := must2(w.Blacklist(w.officer(), body(NewBlack{Subject: theHospital, PenaltyID: hospitals.ID, Gravity: "grave", Months: 6, Reason: "严重失信"})))(t)
		name(black.ID, "listed")
		name(w.propose(hospitals.ID).ID, "proposed")
		name(w.give(scored(2, ofDoctor)).ID, "two points")
		name(black.SubjectID, "hospital")
		name(doctors.SubjectID, "doctor")
		for what, got := range map[string][]string{
			"the hospital's":                   ids(w, w.Penalties, PenaltyFilter{RecordFilter: RecordFilter{OriginFilter: OriginFilter{Source: "visit", SourceID: "visit-1", CampaignID: "drive"}}}, func(p Penalty) string { return p.ID }),
			"the doctor's":                     ids(w, w.Penalties, PenaltyFilter{RecordFilter: RecordFilter{AboutFilter: AboutFilter{Subject: doctors.SubjectID, Kind: Practitioner}}}, func(p Penalty) string { return p.ID }),
			"lifted":                           ids(w, w.Vetoes, VetoFilter{State: Lifted}, func(v Veto) string { return v.ID }),
			"in force":                         ids(w, w.Vetoes, VetoFilter{State: InForce, Q: "第一医院"}, func(v Veto) string { return v.ID }),
			"to the police":                    ids(w, w.Transfers, TransferFilter{Agency: "police"}, func(x Transfer) string { return x.ID }),
			"listed":                           ids(w, w.Blacklisted, BlackFilter{PenaltyID: hospitals.ID, Q: "hm-"}, func(b Black) string { return b.ID }),
			"":                                 ids(w, w.Blacklisted, BlackFilter{CampaignID: "drive"}, func(b Black) string { return b.ID }),
			"proposed":                         ids(w, w.Publications, PublicationFilter{StateFilter: StateFilter{Proposed}, Q: "决定"}, func(p Publication) string { return p.ID }),
			"two points":                       ids(w, w.PointsList, PointFilter{Scheme: OfPractice}, func(p PointLine) string { return p.ID }),
			"hospital":                         ids(w, w.Subjects, SubjectFilter{Grade: "D", Kind: Institution}, func(x Subject) string { return x.ID }),
			"doctor":                           ids(w, w.Subjects, SubjectFilter{Q: "清源"}, func(x Subject) string { return x.ID }),
			"to the insurance, to the police ": append(ids(w, w.Transfers, TransferFilter{RecordFilter: RecordFilter{Filter: Filter{Unit: hospital}}}, func(x Transfer) string { return x.ID }), ""),
		} {
			said := make([]string, len(got))
			for i, id := range got {
				said[i] = all[id]
			}
			if got := strings.TrimSuffix(strings.Join(said, ", "), ", "); got != strings.TrimSpace(what) {
				t.Errorf("want %s, got %q", what, got)
			}
		}
	})
}

// ids are the identifiers of what a list has.
func ids[F, T any](w *world, read func(context.Context, F) (list.Page[T], error), f F, id func(T) string) (out []string) {
	w.t.Helper()
	for _, x := range must2(read(w.officer(), f))(w.t).Items {
		out = append(out, id(x))
	}
	return out
}

// What an older program wrote counts by its main violation.
func TestMainViolationOfOlderPenalties(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(d.MigrateTo(t.Context(), "sanction", Migrations(), 1))
		must(d.InTx(t.Context(), func(tx *db.Tx) error {
			if _, err := tx.Exec(`insert into sanction_subject (id, kind, name, unit, certificate, path, region, grade, created_at) values ('x', 'person', '', '', '', '/', '', 'A', 1)`); err != nil {
				return err
			}
			for i, violations := range [][]string{{"V06", "V0604"}, {"V0604"}} {
				_, err := tx.Exec(`insert into sanction_penalty (id, number, subject_id, subject_kind, name, path, region, institution, violations, basis, facts, found_on, grave, officers, spot,
					source, source_id, campaign_id, state, filed_on, waived, decision_no, late_reason, paid_fen, late_fen, late_paid_fen, unpublished, created_by, created_at)
					values ($1, $1, 'x', '', '', '/', '', '', $2, '', '', 1, 0, '[]', 0, '', '', '', 'filed', 1, 0, '', '', 0, 0, 0, '', '', 1)`, string(rune('a'+i)), violations)
				if err != nil {
					return err
				}
			}
			return nil
		}))
		must(d.Migrate(t.Context(), "sanction", Migrations()))
		must(d.Read(t.Context(), func(r db.Reader) error {
			got, err := db.Values[string](r, `select violation from sanction_penalty order by id`)
			if !slices.Equal(got, []string{"V06", "V0604"}) {
				t.Errorf("got %v", got)
			}
			return err
		}))
	})
}

// A grade gets better with time alone.
func TestGradeGetsBetterWithTime(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		fined, warned := w.decided([]NewMeasure{fine(1_000)}), w.decided([]NewMeasure{{Kind: Warning}}, func(f *Filing) { f.Subject = doctor })
		grades := func() string {
			t.Helper()
			if err := w.gradeAll(t.Context(), struct{}{}); err != nil {
				t.Fatal(err)
			}
			out := ""
			for _, p := range []Penalty{fined, warned} {
				out += must2(w.CreditOf(w.officer(), org.ByID{ID: p.SubjectID}))(t).Grade
			}
			return out
		}
		if got := grades(); got != "BB" {
			t.Errorf("graded %s", got)
		}
		w.at = addMonths(w.at, 24)
		if got := grades(); got != "BB" {
			t.Errorf("on the last day graded %s", got)
		}
		w.pass(1)
		if got := grades(); got != "AA" {
			t.Errorf("after two years graded %s", got)
		}
		w.judge()
	})
}

// A record without a field for a column is found when the program is put together.
func TestRecordWithoutAFieldStopsTheProgram(t *testing.T) {
	defer func() {
		if said, ok := recover().(string); !ok || !strings.Contains(said, "sanction_grade.colour") {
			t.Errorf("it says %q", said)
		}
	}()
	storedAs(tlog.StandingTable{Table: gradeTable, Key: "id", Columns: "grade, colour"}, Grade{})
}

func TestMonthsBetweenAreThoseThatWereAdded(t *testing.T) {
	for _, text := range []string{"2026-01-31", "2026-06-10", "2028-02-29", "2026-12-01"} {
		from := on(t, text).In(clock.Shanghai)
		for months := range 60 {
			if got := monthsBetween(from, addMonths(from, months)); got != months {
				t.Errorf("%s and %d months: %d", text, months, got)
			}
		}
	}
}

// Nothing hangs on a campaign that its maker does not see, or that there is not; no
// number is drawn for it.
func TestNothingHangsOnAnUnseenCampaign(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		const unseen = "another's"
		for what, err := range map[string]error{
			"a penalty":   failed(w.File(w.officer(), body(filing(func(f *Filing) { f.CampaignID = unseen })))),
			"on the spot": failed(w.PunishOnSpot(w.officer(), body(OnSpot{Filing: filing(func(f *Filing) { f.CampaignID = unseen }), DecisionNo: "1", Measures: []NewMeasure{{Kind: Warning}}}))),
			"points":      failed(w.GivePoints(w.officer(), body(scored(2, ofDoctor, func(p *NewPoint) { p.CampaignID = unseen })))),
			"an entry":    failed(w.Blacklist(w.officer(), body(NewBlack{Subject: theHospital, Gravity: "grave", Months: 6, Reason: "严重失信", CampaignID: unseen}))),
			"a transfer":  failed(w.Send(w.officer(), body(NewTransfer{Subject: theHospital, Agency: "insurance", Matter: "涉嫌骗保", Materials: []string{"案卷"}, Origin: Origin{CampaignID: unseen}}))),
		} {
			if refused(t, err, fault.Invalid, "campaign_id"); t.Failed() {
				t.Fatal(what)
			}
		}
		if p := w.file(func(f *Filing) { f.CampaignID = "drive" }); p.CampaignID != "drive" || !strings.HasSuffix(p.Number, "-000001") {
			t.Errorf("filed %s of %q", p.Number, p.CampaignID)
		}
		w.judge()
	})
}

func failed[T any](_ T, err error) error { return err }

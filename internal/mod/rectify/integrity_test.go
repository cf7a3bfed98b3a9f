package rectify

import (
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/heardtest"
)

// A matter of integrity comes into the ledger, which the unit reads, by no way but its
// own self-examination.
func TestIntegrityStandsInNoLedger(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		bribe := func(source string) ProblemEnterInput {
			in := entry()
			in.Body.Source, in.Body.Category, in.Body.Description = source, "V0801", "骨科主任收受患者红包"
			return in
		}
		refused := func(way string, err error) {
			t.Helper()
			if d := fault.Details(err); !fault.Is(err, fault.Invalid) || d[0].Field != "category" || !strings.Contains(d[0].Text.ZH, "转为线索") {
				t.Errorf("%s: got %v", way, err)
			}
		}
		for _, source := range []string{FromInspection, FromPatrol, FromSuperior, FromSelf} {
			_, err := w.Enter(w.officer(), bribe(source))
			refused(source, err)
		}
		_, err := w.Enter(w.coordinator(), bribe(FromHazards))
		refused("the unit's hazards", err)
		p := w.entered()
		_, err = w.Correct(w.supervisor(), corrected(p, "V1203"))
		refused("corrected", err)
		refused("opened", w.DB.InTx(t.Context(), func(tx *db.Tx) error {
			_, err := w.Service.Open(authz.With(t.Context(), authz.System()), tx, Finding{Source: FromCase, SourceID: "case-1", Unit: hospital, Entry: Entry{Category: "V0902", Description: "药师为商业目的统方"}})
			return err
		}))
		for _, source := range []string{"检查", "自查"} {
			if r := w.importing(ledger(good(with("问题类别", "收受红包礼品"), with("来源", source))), true, false); len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text.ZH, "转为线索") {
				t.Errorf("imported as %s: %+v", source, r)
			}
		}
		own := w.must(w.Enter(w.coordinator(), bribe(FromSelf)))
		if page := w.all(); len(page) != 2 {
			t.Errorf("the ledger has %d lines", len(page))
		}
		w.must(w.Correct(w.supervisor(), corrected(own, own.Category)))
	})
}

// corrected is an entry with another category, and other words.
func corrected(p Problem, category string) (in ProblemCorrectInput) {
	in.ID = p.ID
	in.Body.Kind, in.Body.Category, in.Body.Grade, in.Body.Description, in.Body.FoundOn, in.Body.Reason = p.Kind, category, p.Grade, p.Description+"（补充）", dayText(p.FoundOn), "登记有误"
	return in
}

// A line from before is as if it were not there at the unit, in words and in numbers;
// the region keeps it.
func TestOlderMatterOfIntegrityIsHiddenFromTheUnit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		own := func(in *ProblemEnterInput) { in.Body.Source, in.Body.Category = FromSelf, "V0801" }
		w.must(w.Enter(w.coordinator(), entry(own)))
		shown := w.entered()
		before := w.unitReads(shown.ID)
		old := w.entered(func(in *ProblemEnterInput) { in.Body.Description = "骨科主任收受患者红包" })
		w.older(old.ID, FromInspection, "")
		imported := w.entered(func(in *ProblemEnterInput) { in.Body.Description = "药剂科收受回扣，自查台账" })
		w.older(imported.ID, FromSelf, fromSheet+"1")
		w.told = nil
		for _, id := range []string{old.ID, imported.ID} {
			for way, err := range map[string]error{
				"read": failed(w.Get(w.coordinator(), ByID{id})), "begun with": failed(w.Start(w.handler(), ByID{id})),
			} {
				if !fault.Is(err, fault.NotFound) {
					t.Errorf("%s: %v", way, err)
				}
			}
			if _, err := w.Get(w.supervisor(), ByID{id}); err != nil {
				t.Error(err)
			}
		}
		if after := w.unitReads(shown.ID); after != before {
			t.Errorf("the unit read\n%s\nand now reads\n%s", before, after)
		}
		w.at = w.at.AddDate(0, 3, 0)
		if err := w.pressAll(t.Context(), struct{}{}); err != nil {
			t.Fatal(err)
		}
		toUnit := slices.DeleteFunc(slices.Clone(w.told), func(said string) bool {
			return !strings.Contains(said, "coordinator") && !strings.Contains(said, "leader")
		})
		if len(toUnit) != 2 || len(w.told) != 4 {
			t.Errorf("told are %v, of them at the unit %v", w.told, toUnit)
		}
	})
}

// older makes a line what it was before such lines were refused.
func (w *world) older(id, source, sourceID string) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		_, err := tx.Exec(`update problem set category = 'V0802', source = $2, source_id = $3, campaign_id = 'drive' where id = $1`, id, source, sourceID)
		return err
	})
}

// unitReads is everything that the unit reads of its lines, as text.
func (w *world) unitReads(known string) string {
	w.t.Helper()
	heard, ctx := heardtest.By(w.t), w.coordinator()
	heard.Answer(w.ListProblems(ctx, ListInput{Count: true}))
	heard.Answer(w.Counts(ctx, Filter{}))
	heard.Answer(w.Get(ctx, ByID{known}))
	heard.Answer(w.counted(figure.Narrow{Path: hospitalPath}))
	heard.File(w.Export(ctx, ExportInput{Query: export.Query{Format: export.AsCSV}}))
	return heard.String()
}

func failed[T any](_ T, err error) error { return err }

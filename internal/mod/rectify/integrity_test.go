package rectify

import (
	"strings"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
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
		if r := w.importing(ledger(good(with("问题类别", "收受红包礼品"))), true, false); len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text.ZH, "转为线索") {
			t.Errorf("imported: %+v", r)
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

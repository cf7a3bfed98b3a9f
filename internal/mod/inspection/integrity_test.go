package inspection

import (
	"testing"

	"qingfeng/internal/kit/db"
)

// A matter of integrity is in no result, whatever the inspection is; it is said what to
// do with it.
func TestNoResultNamesIntegrity(t *testing.T) {
	each(t, func(_ *testing.T, w *world) {
		x := w.libraries().assigned()
		must(w.Start(w.lead(), idOf(x.ID)))(w)
		for _, code := range []string{"V0801", "V09", "V1203"} {
			in := w.corrected()
			in.Problems[1] = ProblemInput{Category: code, Text: "骨科主任收受患者红包"}
			_, err := w.Conclude(w.boss(), postedTo(x.ID, in))
			w.refusedAt(code, "problems[1].category", err)
		}
		must(w.Conclude(w.boss(), postedTo(x.ID, w.corrected())))(w)
	})
}

// What older programs wrote into results stays off the public pages: the line, or the
// whole result where it has no other.
func TestPublicPagesNameNoIntegrityOfOlderDays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		x := w.libraries().assigned()
		must(w.Conclude(w.boss(), postedTo(x.ID, w.corrected())))(w)
		must(w.Confirm(w.office(), idOf(x.ID)))(w)
		must(w.PublishTask(w.office(), idOf(x.ID)))(w)
		for _, want := range []int{1, 0} {
			w.tx(func(tx *db.Tx) error {
				_, err := tx.Exec(`update inspection_problem set category = 'V0801' where number > $1`, want)
				return err
			})
			page := must(w.PublicResults(t.Context(), PublicResultsInput{Query: firstPage()}))(w)
			if len(page.Items) != want || want == 1 && len(page.Items[0].Problems) != 1 {
				t.Errorf("with %d other problems the public reads %+v", want, page.Items)
			}
		}
	})
}

package sanction

import (
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

// A decision that was changed and served anew while its proposal waited is not what
// was proposed, whatever its number and day.
func TestApprovalIsOfWhatIsImposedNow(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.served([]NewMeasure{fine(1_000)})
		pending := w.propose(p.ID)
		must2(w.Alter(w.officer(), to(p.ID, Change{Reasoned: Reasoned{Reason: "复议变更"}, DecisionNo: p.DecisionNo, Measures: []NewMeasure{fine(800)}})))(t)
		_, err := w.Approve(w.director(), org.ByID{ID: pending.ID})
		refused(t, err, fault.Conflict, "")
		must2(w.Serve(w.officer(), to(p.ID, Noted{})))(t)
		_, err = w.Approve(w.director(), org.ByID{ID: pending.ID})
		refused(t, err, fault.Conflict, "")
		w.judge()
	})
}

// A proposal of older days does not say what is imposed: whoever would approve it is told
// to have it proposed again.
func TestProposalThatDoesNotSayWhatIsImposed(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.served([]NewMeasure{fine(1_000)})
		pending := w.propose(p.ID)
		must2(0, w.DB.InTx(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`update sanction_publication set measures = '[]' where id = $1`, pending.ID)
			return err
		}))(t)
		_, err := w.Approve(w.director(), org.ByID{ID: pending.ID})
		refused(t, err, fault.Conflict, "")
		if !strings.Contains(err.Error(), "does not say what the penalty imposes") {
			t.Errorf("it says %v", err)
		}
	})
}

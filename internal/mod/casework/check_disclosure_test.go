package casework_test

import (
	"testing"

	"qingfeng/internal/mod/casework"
)

// verify names each look that broke a rule, and each that hides.
func TestChecksOfDisclosuresCanFail(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, clue := w.named(), w.signedClue()
		w.must(casework.Case{}, w.opens(w.coordinator(), id))
		w.must(casework.Case{}, w.settles(w.custodian(), w.begs(w.officer(), clue), true))
		w.later(2)
		w.must(casework.Case{}, w.opens(w.officer(), clue))
		for name, q := range map[string]string{
			"nobody else decided":   `update case_disclosure set decided_by = asked_by where case_id = $1`,
			"the program decided":   `update case_disclosure set decided_by = 'system' where case_id = $1`,
			"lapsed by somebody":    `update case_disclosure set state = 'lapsed', opened_at = null where case_id = $1`,
			"nobody decided":        `update case_disclosure set decided_by = '' where case_id = $1`,
			"taken at once":         `update case_disclosure set guarded = 0, opened_at = asked_at where case_id = $1`,
			"opened before":         `update case_disclosure set opened_at = asked_at where case_id = $1`,
			"opened after":          `update case_disclosure set opened_at = ends_at where case_id = $1`,
			"opened, refused":       `update case_disclosure set state = 'refused' where case_id = $1`,
			"decided after it ends": `update case_disclosure set lapses_at = decided_at where case_id = $1`,
			"decided before":        `update case_disclosure set decided_at = asked_at - 1 where case_id = $1`,
			"a longer approval":     `update case_disclosure set ends_at = ends_at + 3600000 where case_id = $1`,
			"waits longer":          `update case_disclosure set lapses_at = lapses_at + 3600000 where case_id = $1`,
			"looked unseen":         `delete from case_event where case_id = $1 and action = 'identity_opened'`,
			"approved unseen":       `delete from case_event where case_id = $1 and action = 'identity_granted'`,
			"asked by another":      `update case_disclosure set asked_by = 'supervisor' where case_id = $1`,
			"a look that is hidden": `delete from case_disclosure where case_id = $1`,
			"a look that was taken": `update case_event set action = 'identity_opened' where case_id = $1 and action = 'identity_asked'`,
		} {
			w.damaged(t, "who reported was opened by the rules: "+name, clue, q)
		}
		for name, q := range map[string]string{
			"a longer look": `update case_disclosure set ends_at = ends_at + 1 where case_id = $1`,
			"an older look": `update case_disclosure set opened_at = opened_at - 1 where case_id = $1`,
			"looked unseen": `delete from case_event where case_id = $1 and action = 'identity_opened'`,
			"a made look":   `delete from case_disclosure where case_id = $1`,
		} {
			w.damaged(t, "who reported was opened by the rules: "+name, id, q)
		}
	})
}

package rectify

import (
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
)

// What is narrowed to one record or one person is found by an index.
func TestNarrowedListsHaveAnIndex(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for index, f := range map[string]Filter{"problem_source": {Source: FromInspection, SourceID: "found-1"}, "problem_responsible": {Responsible: "handler"}, "problem_campaign": {Campaign: "drive"}} {
			var narrowed db.Where
			err := w.DB.Read(t.Context(), func(r db.Reader) error { return w.narrow(w.officer(), r, &narrowed, f) })
			if err != nil {
				t.Fatal(err)
			}
			if plan := dbtest.Explain(t, w.DB, selectProblem+narrowed.String(), narrowed.Args()...); !strings.Contains(plan, index+" ") {
				t.Errorf("%s is not used:\n%s", index, plan)
			}
		}
	})
}

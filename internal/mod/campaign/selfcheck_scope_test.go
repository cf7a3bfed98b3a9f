package campaign_test

import (
	"fmt"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// The list follows the scope: who comes into it is asked, who leaves it is not asked
// any more, and nothing that was sent is lost.
func TestListFollowsTheScope(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		token := w.token(d.ID, "c1")
		if _, err := w.Send(t.Context(), token, clean(d)); err != nil {
			t.Fatal(err)
		}
		due := func(kinds ...string) int {
			t.Helper()
			c := d.Content
			c.Kinds = kinds
			d = w.amend(d, c)
			if err := w.AskAll(t.Context(), struct{}{}); err != nil {
				t.Fatal(err)
			}
			p, err := w.SelfProgress(w.office(), org.ByID{ID: d.ID})
			if err != nil {
				t.Fatal(err)
			}
			return p.All.Due*10 + p.All.Done
		}
		for i, step := range []struct {
			kinds []string
			want  int
		}{{[]string{"general"}, 20}, {nil, 51}, {[]string{"clinic"}, 21}} {
			if got := due(step.kinds...); got != step.want {
				t.Errorf("step %d: %d, want %d", i, got, step.want)
			}
		}
		if _, err := w.SelfForm(t.Context(), w.tokenOf(d.ID, "h1")); !fault.Is(err, fault.NotFound) {
			t.Errorf("a line that ended gives a link: %v", err)
		}
	})
}

// Files change what was sent, like answers: they are a revision, and there is an end of them.
func TestFilesOfASelfExamination(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		token := w.token(d.ID, "h1")
		in := clean(d)
		send := func(seen int, files ...string) (campaign.SelfSent, error) {
			in.Seen, in.Files = seen, files
			return w.Send(t.Context(), token, in)
		}
		for n, files := range [][]string{{}, {"a"}, {"a"}, {"a", "b"}} {
			want := []int{1, 2, 2, 3}[n]
			if sent, err := send(want-1, files...); err != nil || sent.Revision != want {
				t.Errorf("%v: revision %d, want %d: %v", files, sent.Revision, want, err)
			}
		}
		got, err := w.SelfGet(w.office(), campaign.SelfGetInput{SelfOf: campaign.SelfOf{ID: d.ID, Unit: "h1"}})
		if err != nil || len(got.Files) != 2 || len(got.Trail) != 4 {
			t.Errorf("%+v: %v", got, err)
		}
		if _, err := send(2, "c"); !fault.Is(err, fault.Conflict) {
			t.Errorf("a file beside what somebody else sent: %v", err)
		}
		w.files = map[string][]string{} // what the refused one brought is no transaction's
		full := make([]string, campaign.MaxSelfFiles)
		for i := range full {
			full[i] = fmt.Sprint("file", i)
		}
		if sent, err := send(3, full...); err != nil || sent.Revision != 4 {
			t.Errorf("as many as may be: %+v, %v", sent, err)
		}
		if sent, err := send(4, full[0]); err != nil || sent.Revision != 4 {
			t.Errorf("one that is there: %+v, %v", sent, err)
		}
		if _, err := send(4, "one more"); !fault.Is(err, fault.Invalid) {
			t.Errorf("one more: %v", err)
		}
	})
}

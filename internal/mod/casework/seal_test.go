package casework_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/search"
	"qingfeng/internal/mod/casework"
)

// planted is a word that stands in everything that is written about a case.
const planted = "zzplanted"

// plant takes a case through every step that takes words, each with the marker
// in them, until it is archived; who decides and who calls are other people.
func (w *world) plant(id string) {
	w.t.Helper()
	n := 0
	say := func() string {
		n++
		return fmt.Sprintf("%s-%02d", planted, n)
	}
	does := func(who string) context.Context {
		return w.as(who, districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Handle, casework.Review, casework.Triage,
			casework.Dispatch, casework.CallBack, casework.Supervise, casework.Dispose, casework.Export, seeIdentity)
	}
	me, other := does("discipline"), does("supervisor")
	receipt := casework.ByReceipt{Receipt: id}
	w.must(w.Sign(me, casework.ByID{ID: id}))
	w.must(w.Note(me, note(id, say())))
	hello := casework.WriteInput{ID: id}
	hello.Body.Text = say()
	w.must(w.Write(me, hello))
	reply := casework.SayInput{ByReceipt: receipt}
	reply.Body.Text = say()
	_, err := w.Say(w.t.Context(), reply)
	w.must(casework.Case{}, err)
	met := casework.ContactInput{ID: id}
	met.Body.Method, met.Body.Note = "visit", say()
	w.must(w.Contact(me, met))
	w.ordered(me, other, id, say)
	look := casework.InvestigateInput{ID: id}
	look.Body.Kind, look.Body.At, look.Body.Place, look.Body.People, look.Body.Summary = "talk", w.at, say(), []string{say(), say()}, say()
	w.must(w.Investigate(me, look))
	out := casework.KeepOutInput{ID: id}
	out.Body.Staff, out.Body.Reason = "stranger", say()
	w.must(w.KeepOut(me, out))
	more := ask(id, casework.AskExtension)
	more.Body.Extension, more.Body.Reason = daysOf(1), say()
	w.must(w.Ask(me, more))
	yes := casework.DecideInput{ID: id, Request: w.pending(id)}
	yes.Body.Grant, yes.Body.Reason = true, say()
	w.must(w.Decide(other, yes))
	if w.read(id).Route == casework.Integrity {
		way := casework.DisposeInput{ID: id}
		way.Body.Way, way.Body.Reason = "inquiry", say()
		w.must(w.Dispose(me, way))
		w.disclosed(me, id, say)
	}
	done := result(id)
	done.Body.Findings, done.Body.Measures, done.Body.Reply = say(), say(), say()
	c := w.must(w.Submit(me, done))
	if c.Reply != done.Body.Reply {
		w.t.Errorf("the reply came back as %q", c.Reply)
	}
	leftOut := ask(id, casework.AskExclusion)
	leftOut.Body.Exclusion, leftOut.Body.Reason, leftOut.Body.Files = "unlawful", say(), []string{"upload-1"}
	w.must(w.Ask(me, leftOut))
	yes.Request, yes.Body.Reason = w.pending(id), say()
	w.must(w.Decide(other, yes))
	w.must(w.Approve(other, reasoned(id, say())))
	rated := casework.AnswerInput{ByReceipt: receipt, Body: casework.Answers{Contacted: "yes", Solved: "no", Satisfied: "fair", Remark: say()}}
	_, err = w.Answer(w.t.Context(), rated)
	w.must(casework.Case{}, err)
	no := casework.ObjectInput{ByReceipt: receipt}
	no.Body.Reason = say()
	_, err = w.Object(w.t.Context(), no)
	w.must(casework.Case{}, err)
	refuse := casework.DecideInput{ID: id, Request: w.pending(id)}
	refuse.Body.Reason = say()
	w.must(w.Decide(other, refuse))
	w.must(w.Close(does("third"), reasoned(id, say())))
	w.work()
	w.everyWordShows(does("reader"), id, n)
}

// ordered has an order reported on, sent back, reported on again and closed.
func (w *world) ordered(me, other context.Context, id string, say func() string) {
	w.t.Helper()
	order := casework.SuperviseInput{ID: id}
	order.Body.Level, order.Body.Demand, order.Body.Due = 2, say(), w.at.Format("2006-01-02")
	w.must(w.Supervise(other, order))
	d := w.detail(me, id)
	answer := casework.AnswerSupervisionInput{ID: id, Supervision: d.Supervisions[0].ID}
	answer.Body.Text = say()
	v, err := w.AnswerSupervision(me, answer)
	w.must(casework.Case{}, err)
	if v.Demand != order.Body.Demand || v.Answer != answer.Body.Text {
		w.t.Errorf("the order came back as %+v", v)
	}
	end := casework.EndSupervisionInput{ID: id, Supervision: v.ID}
	end.Body.Reason = say()
	v, err = w.ReturnReport(other, end)
	w.must(casework.Case{}, err)
	answer.Body.Text, end.Body.Reason = say(), say()
	_, err = w.AnswerSupervision(me, answer)
	w.must(casework.Case{}, err)
	ended, err := w.EndSupervision(other, end)
	w.must(casework.Case{}, err)
	if v.Demand != order.Body.Demand || ended.Answer != answer.Body.Text || ended.Closing != end.Body.Reason {
		w.t.Errorf("the order came back as %+v, then %+v", v, ended)
	}
}

// everyWordShows looks for what was planted on the page of a case and on that
// of its reporter.
func (w *world) everyWordShows(ctx context.Context, id string, n int) {
	w.t.Helper()
	page := asText(w.t, w.detail(ctx, id))
	for i := 1; i <= n; i++ {
		if word := fmt.Sprintf("%s-%02d", planted, i); !strings.Contains(page, word) {
			w.t.Errorf("%s is not on the page", word)
		}
	}
	if strings.Contains(page, "sealed:") {
		w.t.Error("the page shows sealed words")
	}
	p := w.receipt(id)
	if !strings.Contains(p.Reply, planted) || !strings.Contains(asText(w.t, p.Messages), planted) || p.Gone || strings.Contains(asText(w.t, p), "sealed:") {
		w.t.Errorf("the reporter reads %+v", p)
	}
	if file, err := w.Archive(ctx, casework.ByID{ID: id}); err != nil || file.Write == nil {
		w.t.Errorf("the file of the case: %v", err)
	}
}

func asText(t *testing.T, x any) string {
	t.Helper()
	text, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// destroy destroys the key of a case, without a step that says so, until it is
// put back.
func (w *world) destroy(id string) (putBack func()) {
	w.t.Helper()
	w.exec(`create table copy_of_key as select * from sealed_key where record = $1`, "case/"+id)
	w.tx(func(tx *db.Tx) error {
		_, err := w.Vault.Destroy(tx, "case/"+id, w.at)
		return err
	})
	return func() {
		w.exec(`update sealed_key set destroyed_at = null, wrapped = (select wrapped from copy_of_key) where record = $1`, "case/"+id)
	}
}

func note(id, text string) (in casework.NoteInput) {
	in.ID = id
	in.Body.Text = text
	return in
}

// lines returns the lines of a dump that hold what was planted.
func (w *world) lines() (found []string) {
	for line := range strings.Lines(dbtest.Dump(w.t, w.DB)) {
		if strings.Contains(line, planted) {
			found = append(found, strings.TrimSpace(line))
		}
	}
	return found
}

// clue opens a case of the discipline line that its commission has.
func (w *world) namedClue() string {
	o := w.opening("F")
	o.Mode = "named"
	w.open(o)
	w.work()
	return o.ID
}

// No word that anybody writes about a sealed case is legible in any table;
// those about another case are, so that the test can fail.
func TestNoWordAboutASealedCaseIsLegible(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.namedClue()
		w.plant(id)
		if found := w.lines(); len(found) > 0 {
			t.Errorf("%d words lie open:\n%s", len(found), strings.Join(found, "\n"))
		}
		open := w.handling()
		w.must(w.Note(w.coordinator(), note(open, planted)))
		if len(w.lines()) != 1 {
			t.Error("the words of an ordinary case are not found: the test sees nothing")
		}
	})
}

// What reporters say who joined a sealed case, and who withdraw from one, is
// sealed as well, under the key of the case that it is on file in, and opens for
// everybody who may read it.
func TestWhatJoinedReportersSayIsSealed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.known()
		w.later(1)
		second := w.known()
		w.must(w.Merge(w.dispatcher(), merge(second, first)))
		say := casework.SayInput{ByReceipt: casework.ByReceipt{Receipt: second}}
		say.Body.Text = planted + "-01"
		_, err := w.Say(t.Context(), say)
		w.must(casework.Case{}, err)
		w.must(w.Retract(w.dispatcher(), retract(first, planted+"-02")))
		no := casework.ObjectInput{ByReceipt: casework.ByReceipt{Receipt: first}}
		no.Body.Reason = planted + "-03"
		p, err := w.Object(t.Context(), no)
		w.must(casework.Case{}, err)
		if !strings.Contains(asText(t, p), no.Body.Reason) {
			t.Errorf("who denies a withdrawal reads %+v", p.Timeline)
		}
		_, err = w.Withdraw(t.Context(), withdrawal(first, planted+"-04"))
		w.must(casework.Case{}, err)
		w.approved(first)
		_, err = w.Answer(t.Context(), casework.AnswerInput{ByReceipt: say.ByReceipt, Body: casework.Answers{Contacted: "yes", Solved: "yes", Satisfied: "fair", Remark: planted + "-05"}})
		w.must(casework.Case{}, err)
		if w.state(first) != casework.Archived {
			t.Fatalf("it is %s", w.state(first))
		}
		if found := w.lines(); len(found) > 0 {
			t.Errorf("words lie open:\n%s", strings.Join(found, "\n"))
		}
		page := asText(t, w.detail(w.dispatcher(), first))
		for i := 1; i <= 5; i++ {
			if word := fmt.Sprintf("%s-%02d", planted, i); !strings.Contains(page, word) {
				t.Errorf("%s is not on the page", word)
			}
		}
		if p := w.receipt(second); p.Answered == nil || p.Answered.Remark != planted+"-05" || !strings.Contains(asText(t, p.Messages), planted) {
			t.Errorf("who joined reads %+v", p)
		}
		if p := w.receipt(first); strings.Contains(asText(t, p), "sealed:") || p.Reply != "" {
			t.Errorf("who withdrew reads %+v", p)
		}
		if _, wrong := w.verify(); wrong != "" {
			t.Error(wrong)
		}
	})
}

// What a reporter denies who was alone is sealed with the opening of the case.
func TestADeniedWithdrawalOfASealedCase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.sentBack()
		w.must(w.Retract(w.dispatcher(), retract(id, planted+"-01")))
		no := casework.ObjectInput{ByReceipt: casework.ByReceipt{Receipt: id}}
		no.Body.Reason = planted + "-02"
		_, err := w.Object(t.Context(), no)
		w.must(casework.Case{}, err)
		page := asText(t, w.detail(w.dispatcher(), id))
		if len(w.lines()) > 0 || !strings.Contains(page, planted+"-01") || !strings.Contains(page, no.Body.Reason) || strings.Contains(page, "sealed:") {
			t.Errorf("%v lie open; the page shows %s", w.lines(), page)
		}
	})
}

// sentBack is a sealed case whose result was sent back: there is a reply in it.
func (w *world) sentBack() string {
	w.t.Helper()
	id := w.known()
	w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
	w.must(w.Submit(w.coordinator(), result(id)))
	w.must(w.SendBack(w.supervisor(), reasoned(id, planted)))
	return id
}

func withdrawal(id, reason string) (in casework.WithdrawInput) {
	in.Receipt, in.Body.Reason = id, reason
	return in
}

// Lists and exports show no word of a sealed case.
func TestListsShowNoSealedWords(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.namedClue()
		w.plant(id)
		ctx := w.as("clerk", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Export)
		page, err := w.List(ctx, casework.ListInput{Query: list.Query{Limit: 10}})
		if err != nil || len(page.Items) != 1 || page.Items[0].Reply != "" || !page.Items[0].Sealed {
			t.Errorf("the list shows %+v, %v", page.Items, err)
		}
		if rows := asText(t, w.exported(ctx, casework.Filter{})); strings.Contains(rows, "sealed:") || !strings.Contains(rows, "已密封") {
			t.Errorf("the export shows %s", rows)
		}
	})
}

// When the key of a case is destroyed, its trail is still told, without words,
// and nothing is added to it any more.
func TestDestroyedWordsLeaveTheTrail(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.namedClue()
		w.plant(id)
		ctx := w.discipline()
		before := w.detail(ctx, id)
		defer w.destroy(id)()
		d := w.detail(ctx, id)
		if text := asText(t, d); strings.Contains(text, planted) || strings.Contains(text, "sealed:") || len(d.Timeline) != len(before.Timeline) || !d.Content.Gone {
			t.Errorf("left of the case: %s", text)
		}
		if p := w.receipt(id); !p.Gone || len(p.Timeline) == 0 || p.Reply != "" {
			t.Errorf("the reporter reads %+v", p)
		}
		_, err := w.Note(ctx, note(id, "再补充一句"))
		want(t, err, fault.Gone)
		if after := w.detail(ctx, id); len(after.Timeline) != len(before.Timeline) {
			t.Error("a note was added without its words")
		}
	})
}

// Two cases that are joined share their fate: what was written about the
// ordinary one, and about one that joined it before, is sealed with the merging
// and found no more.
func TestMergingWithASealedCaseSealsBoth(t *testing.T) {
	for name, sealedFirst := range map[string]bool{"into a sealed case": true, "a sealed case into it": false} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				w.said = map[string]string{}
				ids := map[bool]string{}
				for _, sealed := range []bool{sealedFirst, !sealedFirst} {
					o := w.opening("B")
					if ids[sealed] = o.ID; sealed {
						o.Mode = "confidential"
					} else {
						o.Title, w.said[o.ID] = "门诊"+planted, planted
					}
					w.open(o)
					w.work()
					w.later(1)
				}
				plain := ids[false]
				child := w.routed("B")
				w.must(w.Note(w.dispatcher(), note(child, planted)))
				w.must(w.Merge(w.dispatcher(), merge(child, plain)))
				w.must(w.Sign(w.coordinator(), casework.ByID{ID: plain}))
				w.must(w.Note(w.coordinator(), note(plain, planted)))
				looked := casework.ListInput{Query: list.Query{Limit: 10}, Filter: casework.Filter{Q: planted}}
				if page, err := w.List(w.dispatcher(), looked); err != nil || len(page.Items) != 1 {
					t.Fatalf("found %d before, %v", len(page.Items), err)
				}
				if sealedFirst {
					w.must(w.Merge(w.dispatcher(), merge(plain, ids[true])))
				} else {
					w.must(w.Merge(w.dispatcher(), merge(ids[true], plain)))
				}
				w.must(casework.Case{}, search.Scrub(t.Context(), w.DB)) // which Conceal has done in the background
				if found := w.lines(); len(found) > 0 {
					t.Errorf("words lie open:\n%s", strings.Join(found, "\n"))
				}
				if page, err := w.List(w.dispatcher(), looked); err != nil || len(page.Items) != 0 {
					t.Errorf("found %d afterwards, %v", len(page.Items), err)
				}
				looked.Q = orderOf(w.read(plain))
				if page, err := w.List(w.dispatcher(), looked); err != nil || len(page.Items) != 1 {
					t.Errorf("found %d by the number of the hotline, %v", len(page.Items), err)
				}
				if !strings.Contains(asText(t, w.detail(w.dispatcher(), plain).Timeline), planted) || len(w.sealed) != 2 {
					t.Errorf("the note is gone, or what was said was not sealed: %v", w.sealed)
				}
				w.receipt(child)
				w.receipt(ids[true])
			})
		})
	}
}

// Cases from before the program sealed any are sealed in the background.
func TestOldCasesAreSealed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("B")
		w.exec(`update case_file set mode = 'confidential', reply = $2 where id = $1`, id, planted)
		w.must(w.Note(w.dispatcher(), note(id, planted)))
		if _, wrong := w.verify(); !strings.Contains(wrong, "should be sealed") || len(w.lines()) != 2 {
			t.Fatalf("verify says %q", wrong)
		}
		w.enqueue("casework.seal")
		w.work()
		if found := w.lines(); len(found) > 0 || len(w.sealed) != 1 {
			t.Errorf("words lie open: %v; sealed %v", found, w.sealed)
		}
		if d := w.detail(w.dispatcher(), id); d.Case.Reply != planted || !strings.Contains(asText(t, d.Timeline), planted) {
			t.Errorf("shown: %+v", d.Timeline)
		}
	})
}

// Sealed words that were swapped, or written in the clear, are found by verify,
// and the page is an error and not another person's words.
func TestSealedWordsThatWereTamperedWith(t *testing.T) {
	for name, q := range map[string]string{
		"from another row":   `update case_message set body = (select body from case_message where author = 'reporter') where author <> 'reporter'`,
		"from another field": `update case_file set reply = (select body from case_message where author = 'reporter')`,
		"in the clear":       `update case_message set body = 'nothing happened' where author = 'reporter'`,
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				id := w.namedClue()
				w.plant(id)
				w.keepCopy("case_message", "case_file")
				w.exec(q)
				if _, wrong := w.verify(); !strings.Contains(wrong, "do not open") {
					t.Errorf("verify says %q", wrong)
				}
				_, err := w.Get(w.discipline(), casework.ByID{ID: id})
				if err == nil || fault.KindOf(err) != fault.Internal {
					t.Errorf("the page says %v", err)
				}
				w.restore("case_message", "case_file") // the story itself was sound
			})
		})
	}
}

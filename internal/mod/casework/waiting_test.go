package casework_test

import (
	"context"
	"slices"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// desk is what somebody has to do by the list; it fails where the workbench
// counts something else.
func (w *world) desk(ctx context.Context, waits string) (ids []string) {
	w.t.Helper()
	in := listInput()
	in.Box, in.Waits, in.Count = "todo", waits, true
	page, err := w.List(ctx, in)
	w.must(casework.Case{}, err)
	bench, err := w.Workbench(ctx, struct{}{})
	w.must(casework.Case{}, err)
	name := waits
	if name == "" {
		name = "todo"
	}
	if n := len(page.Items); page.Count.Value != n || bench.Counts[name].Value != n {
		w.t.Errorf("%s: %d listed, %d counted, %d on the workbench", name, n, page.Count.Value, bench.Counts[name].Value)
	}
	for _, row := range page.Items {
		ids = append(ids, row.ID)
	}
	return ids
}

// turns says on whose desk a case lies.
func (w *world) turns(id string) (who []string) {
	w.t.Helper()
	for _, x := range []struct {
		name string
		ctx  context.Context
	}{{"dispatcher", w.dispatcher()}, {"supervisor", w.supervisor()}, {"coordinator", w.coordinator()}, {"stranger", w.stranger()}, {"handler", w.handler()}, {"reader", w.reader()}} {
		if slices.Contains(w.desk(x.ctx, ""), id) {
			who = append(who, x.name)
		}
	}
	return who
}

func (w *world) turn(id string, want ...string) {
	w.t.Helper()
	if got := w.turns(id); !slices.Equal(got, want) {
		w.t.Errorf("it is the turn of %v, want %v", got, want)
	}
}

// handler works in the ward of the first hospital.
func (w *world) handler() context.Context {
	return w.as("handler", "ward-1", wardPath, wardPath, casework.Handle)
}

// A case lies on the desk of whoever can take its next step, and on no other.
func TestWhoseTurnItIs(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open(w.opening("B"))
		w.turn(id, "dispatcher")
		w.work()
		w.turn(id, "coordinator")
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
		assign := casework.AssignInput{ID: id}
		assign.Body.Unit = "ward-1"
		w.must(w.Assign(w.coordinator(), assign))
		w.turn(id, "coordinator", "handler")
		w.must(w.Ask(w.handler(), ask(id, casework.AskPause)))
		w.turn(id, "supervisor", "coordinator", "handler")
		if ids := w.desk(w.supervisor(), "decide"); !slices.Equal(ids, []string{id}) {
			t.Errorf("requests to decide on: %v", ids)
		}
		w.decide(id, false)
		w.help(id)
		w.turn(id, "coordinator", "stranger", "handler")
		w.must(w.Opine(w.stranger(), opinion(id, "我院配合")))
		w.turn(id, "coordinator", "handler")
		w.must(w.Ask(w.coordinator(), ask(id, casework.AskReturn)))
		w.turn(id, "supervisor")
		w.decide(id, false)
		w.must(w.Supervise(w.supervisor(), order(id)))
		w.turn(id, "coordinator", "stranger", "handler")
		w.answerOrder(id)
		w.turn(id, "supervisor", "coordinator", "handler")
		w.must(w.Submit(w.coordinator(), result(id)))
		w.turn(id, "supervisor")
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
		w.turn(id, "dispatcher", "supervisor") // the order is not closed
		if _, err := w.rate(id, "yes", "satisfied"); err != nil {
			t.Fatal(err)
		}
		if err := w.object(id); err != nil {
			t.Fatal(err)
		}
		if ids := w.desk(w.supervisor(), "decide"); !slices.Equal(ids, []string{id}) {
			t.Errorf("an objection to what is archived waits for %v", ids)
		}
	})
}

// answerOrder reports on the order of supervision about a case.
func (w *world) answerOrder(id string) {
	w.t.Helper()
	in := casework.AnswerSupervisionInput{ID: id, Supervision: w.detail(w.supervisor(), id).Supervisions[0].ID}
	in.Body.Text = "正在办理"
	_, err := w.AnswerSupervision(w.coordinator(), in)
	w.must(casework.Case{}, err)
}

// Who may handle cases at the commission takes no step of a hospital below it;
// where the commission leads, its people do.
func TestTheCommissionDoesNotActForHospitals(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		office := w.as("office", districtBody, districtPath+districtBody+"/", districtPath, casework.Handle, casework.Dispatch, casework.Triage)
		city := w.as("city", "commission-c", cityPath+"commission-c/", cityPath, casework.Handle)
		theirs := w.routed("B")
		for _, ctx := range []context.Context{office, city} {
			w.offers(ctx, theirs, nil, "sign", "contact", "ask_return", "ask_pause")
			_, err := w.Sign(ctx, casework.ByID{ID: theirs})
			want(t, err, fault.Forbidden)
			if ids := w.desk(ctx, ""); len(ids) != 0 {
				t.Errorf("to be done by the commission: %v", ids)
			}
		}
		ours := w.opening("B")
		ours.Institution, ours.Department, ours.Path = "", "", districtPath
		id := w.open(ours)
		w.work()
		w.offers(office, id, []string{"sign"})
		w.offers(city, id, nil, "sign")
		if ids := w.desk(office, "work"); !slices.Equal(ids, []string{id}) {
			t.Errorf("to be done by the leading commission: %v", ids)
		}
		w.must(w.Sign(office, casework.ByID{ID: id}))
	})
}

// Somebody with a right to the discipline line at one node and to the office of
// another has the desks of both, each with its own.
func TestDesksAtTwoNodes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		clue, complaint := w.open(w.opening("F")), w.routed("B")
		both := w.holding("both", hospital, hospitalPath,
			authz.Grant{Path: otherPath, Permissions: []authz.Permission{casework.Read, casework.Triage}},
			authz.Grant{Path: hospitalPath, Permissions: []authz.Permission{casework.Read, casework.Handle}},
			authz.Grant{Path: cityPath, Permissions: []authz.Permission{casework.Read}})
		if ids := w.desk(both, ""); !slices.Equal(ids, []string{complaint}) {
			t.Errorf("to be done: %v", ids)
		}
		officer := w.as("officer", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Dispose)
		w.work()
		if ids := w.desk(officer, "dispose"); !slices.Equal(ids, []string{clue}) {
			t.Errorf("clues to decide on: %v", ids)
		}
	})
}

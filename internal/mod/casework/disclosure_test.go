package casework_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// custodian decides on requests in the whole city, and sees no case.
func (w *world) custodian() context.Context {
	return w.holding("custodian", "commission-c", cityPath+"commission-c/", authz.Grant{Role: casework.RoleCustodian, Path: cityPath, Permissions: []authz.Permission{casework.ApproveIdentity}})
}

// officer works on the clues of the district and may learn who reported them.
func (w *world) officer() context.Context {
	return w.as("discipline", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Handle, casework.Supervise, casework.Triage, casework.CallBack, seeIdentity)
}

func identity(id string, p casework.Purpose, reason string) (in casework.IdentityInput) {
	in.ID, in.Body.Purpose, in.Body.Reason = id, p, reason
	return in
}

// opens opens who reported.
func (w *world) opens(ctx context.Context, id string) error {
	return caught(w.OpenIdentity(ctx, identity(id, casework.PurposeContact, "")))
}

// begs asks to open who reported, and returns the request.
func (w *world) begs(ctx context.Context, id string) (request string) {
	w.t.Helper()
	w.must(casework.Case{}, caught(w.AskIdentity(ctx, identity(id, casework.PurposeVerify, "需当面核实"))))
	ds := w.detail(ctx, id).Disclosures
	return ds[len(ds)-1].ID
}

// settles decides on a request.
func (w *world) settles(ctx context.Context, request string, grant bool) error {
	in := casework.DecideIdentityInput{Request: request}
	in.Body.Grant, in.Body.Reason = grant, "确有必要"
	return caught(w.DecideIdentity(ctx, in))
}

// waiting are the requests that wait for somebody.
func (w *world) waiting(ctx context.Context) []casework.Asked {
	w.t.Helper()
	page, err := w.ListAsked(ctx, casework.AskedInput{Query: list.Query{Limit: 50}})
	w.must(casework.Case{}, err)
	return page.Items
}

// lapses runs the job that ends requests whose time is over.
func (w *world) lapses() {
	w.t.Helper()
	w.enqueue("casework.lapse")
	w.alarmsOnly()
}

// stands is how the first reporter of a case stands towards somebody.
func (w *world) stands(ctx context.Context, id string) casework.Standing {
	w.t.Helper()
	return w.detail(ctx, id).Reporters[0]
}

// disclosed asks twice, is refused and approved, and looks; every word of it is
// planted.
func (w *world) disclosed(me context.Context, id string, say func() string) {
	w.t.Helper()
	for _, grant := range []bool{false, true} {
		w.must(casework.Case{}, caught(w.AskIdentity(me, identity(id, casework.PurposeOther, say()))))
		in := casework.DecideIdentityInput{Request: w.waiting(w.custodian())[0].ID}
		in.Body.Grant, in.Body.Reason = grant, say()
		w.must(casework.Case{}, caught(w.DecideIdentity(w.custodian(), in)))
	}
	w.must(casework.Case{}, w.opens(me, id))
}

// clueOf is a clue on which the commission works.
func (w *world) signedClue() string {
	w.t.Helper()
	id := w.namedClue()
	w.must(w.Sign(w.officer(), casework.ByID{ID: id}))
	return id
}

// No page shows by itself who reported; who works on the case opens it for a
// purpose, and for some hours the page shows it to that person alone.
func TestWhoReportedIsOpenedForAPurpose(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.named()
		if x := w.stands(w.coordinator(), id); x.State != "closed" || x.Name != "" || x.Likely != casework.PurposeContact {
			t.Errorf("before: %+v", x)
		}
		x, err := w.OpenIdentity(w.coordinator(), identity(id, casework.PurposeContact, ""))
		if err != nil || x.Name != "name of "+id || x.Phone == "" || !x.Until.Equal(w.at.Add(8*time.Hour)) {
			t.Errorf("opened: %+v, %v", x, err)
		}
		w.later(7)
		if x := w.stands(w.coordinator(), id); x.State != "open" || x.Name == "" {
			t.Errorf("while it holds: %+v", x)
		}
		w.must(casework.Case{}, w.opens(w.coordinator(), id)) // again is nothing new
		if x := w.stands(w.dispatcher(), id); x.State != "closed" || x.Name != "" {
			t.Errorf("to another: %+v", x)
		}
		if n := len(w.detail(w.coordinator(), id).Disclosures); n != 1 {
			t.Errorf("%d looks", n)
		}
		w.later(1)
		if x := w.stands(w.coordinator(), id); x.State != "closed" || x.Name != "" {
			t.Errorf("after: %+v", x)
		}
		p := w.receipt(id)
		if last := p.Timeline[len(p.Timeline)-1]; last.Text != "清江市第一人民医院查看了您的姓名和电话，用途：联系您" || last.Note != "" {
			t.Errorf("the reporter reads %+v", last)
		}
	})
}

func TestWhoMayNotOpenWhoReported(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		confidential := func() string { return w.known() }
		handled := func() string { id := w.known(); w.must(w.Sign(w.coordinator(), casework.ByID{ID: id})); return id }
		with := func(p casework.Purpose, reason string) func(context.Context, string) error {
			return func(ctx context.Context, id string) error {
				return caught(w.OpenIdentity(ctx, identity(id, p, reason)))
			}
		}
		seeing := w.as("reader", districtBody, districtPath+districtBody+"/", districtPath, seeIdentity, casework.Triage)
		w.tries(t, []try{
			{"only reads", w.named, w.reader(), w.opens, fault.Forbidden},
			{"does not work on it", w.named, seeing, w.opens, fault.Forbidden},
			{"does not see it", w.named, w.stranger(), w.opens, fault.NotFound},
			{"in confidence, of the unit", handled, w.coordinator(), w.opens, fault.Forbidden},
			{"in confidence, of the commission", confidential, w.dispatcher(), w.opens, fault.Forbidden},
			{"in confidence, with the right", confidential, w.officer(), w.opens, none},
			{"without a name", w.dispatched, w.coordinator(), w.opens, fault.Conflict},
			{"for nothing", w.named, w.coordinator(), with("", ""), fault.Invalid},
			{"for what nobody knows", w.named, w.coordinator(), with("curiosity", ""), fault.Invalid},
			{"for another purpose, without words", w.named, w.coordinator(), with(casework.PurposeOther, "  "), fault.Invalid},
			{"for another purpose, with a sign that cannot be stored", w.named, w.coordinator(), with(casework.PurposeOther, "a\x00"), fault.Invalid},
			{"for another purpose", w.named, w.coordinator(), with(casework.PurposeOther, "送达文书"), none},
			{"of a clue, without approval", w.signedClue, w.officer(), w.opens, fault.Forbidden},
			{"asked for without need", w.named, w.coordinator(), func(ctx context.Context, id string) error {
				return caught(w.AskIdentity(ctx, identity(id, casework.PurposeVerify, "核实")))
			}, fault.Conflict},
			{"of another report", w.named, w.coordinator(), func(ctx context.Context, id string) error {
				in := identity(id, casework.PurposeVerify, "")
				in.Body.Report = w.named()
				return caught(w.OpenIdentity(ctx, in))
			}, fault.Invalid},
		})
		w.nameless = true
		w.tries(t, []try{{"none was given", w.named, w.coordinator(), w.opens, fault.Conflict}})
	})
}

// On the discipline line a second person approves, without seeing the case, and
// for one person and one day.
func TestOpeningWhoReportedAClue(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.signedClue()
		if x := w.stands(w.officer(), id); x.State != "guarded" || x.Name != "" {
			t.Errorf("before: %+v", x)
		}
		err := caught(w.AskIdentity(w.officer(), identity(id, casework.PurposeVerify, " ")))
		want(t, err, fault.Invalid)
		request := w.begs(w.officer(), id)
		if x := w.stands(w.officer(), id); x.State != "waiting" || !x.Until.Equal(w.at.AddDate(0, 0, 3)) {
			t.Errorf("asked: %+v", x)
		}
		want(t, caught(w.AskIdentity(w.officer(), identity(id, casework.PurposeVerify, "核实"))), fault.Conflict)
		want(t, w.opens(w.officer(), id), fault.Forbidden)
		waits := w.waiting(w.custodian())
		if len(waits) != 1 || waits[0].Number != w.read(id).Number || waits[0].Reason != "需当面核实" || waits[0].Requester != "discipline" || waits[0].Own || strings.Contains(asText(t, waits), "三个小时") {
			t.Errorf("the custodian reads %+v", waits)
		}
		if !slices.Equal(w.inbox["/identity/"+id], []string{"custodian-2", "custodian"}) {
			t.Errorf("told of it: %v", w.inbox)
		}
		_, err = w.Get(w.custodian(), casework.ByID{ID: id})
		want(t, err, fault.NotFound)
		w.must(casework.Case{}, w.settles(w.custodian(), request, true))
		if x := w.stands(w.officer(), id); x.State != "approved" || x.Name != "" || !x.Until.Equal(w.at.Add(24*time.Hour)) {
			t.Errorf("approved: %+v", x)
		}
		want(t, caught(w.AskIdentity(w.officer(), identity(id, casework.PurposeVerify, "核实"))), fault.Conflict)
		other := w.as("d2", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Supervise, seeIdentity)
		want(t, w.opens(other, id), fault.Forbidden)
		w.later(23)
		w.must(casework.Case{}, w.opens(w.officer(), id))
		if x := w.stands(w.officer(), id); x.State != "open" || x.Name != "name of "+id {
			t.Errorf("open: %+v", x)
		}
		w.later(1)
		if x := w.stands(w.officer(), id); x.State != "guarded" || x.Name != "" {
			t.Errorf("after: %+v", x)
		}
		want(t, w.opens(w.officer(), id), fault.Forbidden)
		if told := w.inbox["/cases/"+id]; !slices.Contains(told, "discipline") {
			t.Errorf("told of the decision: %v", told)
		}
		read := asText(t, w.receipt(id))
		for _, line := range []string{"临江区卫生健康局申请查看您的姓名和电话，用途：向您核实情况；须经另一人批准", "已由另一人批准", "临江区卫生健康局查看了您的姓名和电话"} {
			if !strings.Contains(read, line) {
				t.Errorf("the reporter does not read %q in %s", line, read)
			}
		}
		for _, word := range []string{"需当面核实", "确有必要", "custodian", "discipline"} {
			if strings.Contains(read, word) {
				t.Errorf("the reporter reads %q", word)
			}
		}
	})
}

// An approval that nobody made use of lets nobody look after its time.
func TestAnApprovalEnds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.signedClue()
		w.must(casework.Case{}, w.settles(w.custodian(), w.begs(w.officer(), id), true))
		w.later(24)
		want(t, w.opens(w.officer(), id), fault.Forbidden)
		w.must(casework.Case{}, w.settles(w.custodian(), w.begs(w.officer(), id), false)) // and it may be asked for again
		want(t, w.opens(w.officer(), id), fault.Forbidden)
	})
}

func TestWhoMayNotApprove(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		request := func() string { return w.begs(w.officer(), w.signedClue()) }
		yes := func(ctx context.Context, request string) error { return w.settles(ctx, request, true) }
		right := func(id, unitPath, role, path string) context.Context {
			return w.holding(id, districtBody, unitPath, authz.Grant{Role: role, Path: path, Permissions: []authz.Permission{casework.ApproveIdentity}})
		}
		office := districtPath + districtBody + "/"
		var id string
		w.tries(t, []try{
			{"who asked", request, right("discipline", office, casework.RoleCustodian, districtPath), yes, fault.Forbidden},
			{"an administrator", request, right("admin", office, org.SecurityAdmin, districtPath), yes, fault.Forbidden},
			{"a custodian of elsewhere", request, right("elsewhere", "/990000/990100/990102/x/", casework.RoleCustodian, "/990000/990100/990102/"), yes, fault.NotFound},
			{"without a reason", request, w.custodian(), func(ctx context.Context, request string) error {
				return caught(w.DecideIdentity(ctx, casework.DecideIdentityInput{Request: request}))
			}, fault.Invalid},
			{"of nothing", func() string { return "nothing" }, w.custodian(), yes, fault.NotFound},
			{"who is kept out", func() string {
				id = w.signedClue()
				w.must(w.KeepOut(w.officer(), keepOut(id, "custodian")))
				return w.begs(w.officer(), id)
			}, w.custodian(), yes, fault.NotFound},
			{"another custodian of that case", func() string { return w.waiting(w.district())[0].ID }, w.district(), yes, none},
			{"a second time", func() string {
				ds := w.detail(w.officer(), id).Disclosures
				return ds[0].ID
			}, w.district(), yes, fault.Conflict},
		})
		if told := w.inbox["/identity/"+id]; !slices.Equal(told, []string{"custodian-2"}) {
			t.Errorf("told of it: %v", told)
		}
		for _, x := range w.waiting(w.custodian()) {
			if x.Number == w.read(id).Number {
				t.Error("who is kept out reads of the request")
			}
		}
		if b, err := w.Workbench(w.custodian(), struct{}{}); err != nil || b.Counts["identity"].Value != len(w.waiting(w.custodian())) || len(w.waiting(w.custodian())) == 0 {
			t.Errorf("the workbench counts %+v, %v", b.Counts["identity"], err)
		}
	})
}

// district is the second custodian.
func (w *world) district() context.Context {
	return w.holding("custodian-2", districtBody, districtPath+districtBody+"/", authz.Grant{Role: casework.RoleCustodian, Path: districtPath, Permissions: []authz.Permission{casework.ApproveIdentity}})
}

// A request on which nobody decides lapses, to the moment, whether or not the
// job has come by, and may be made again.
func TestRequestsLapse(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.signedClue()
		request := w.begs(w.officer(), id)
		w.at = w.at.AddDate(0, 0, 3).Add(-time.Millisecond)
		w.lapses()
		if x := w.stands(w.officer(), id); x.State != "waiting" {
			t.Errorf("a moment before: %+v", x)
		}
		w.at = w.at.Add(time.Millisecond)
		want(t, w.settles(w.custodian(), request, true), fault.Conflict)
		if n := len(w.waiting(w.custodian())); n != 0 || w.stands(w.officer(), id).State != "guarded" {
			t.Errorf("%d wait, it stands %+v", n, w.stands(w.officer(), id))
		}
		again := w.begs(w.officer(), id) // makes room for itself
		w.at = w.at.AddDate(0, 0, 3)
		w.lapses()
		want(t, w.settles(w.custodian(), again, false), fault.Conflict)
		if n := strings.Count(asText(t, w.receipt(id)), "查看您姓名和电话的申请已失效"); n != 2 {
			t.Errorf("the reporter reads of %d", n)
		}
		page, err := w.ListAsked(w.custodian(), casework.AskedInput{Query: list.Query{Limit: 1}, Over: true})
		if err != nil || len(page.Items) != 1 || page.Next == "" || page.Items[0].ID != again || page.Items[0].State != "lapsed" {
			t.Errorf("what is over: %+v, %v", page, err)
		}
	})
}

// Two decide at once, and one of them did; so it is with a decision and the
// lapse, and with the decision and keeping out whoever asked.
func TestRacesAboutWhoReported(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range 4 {
			id := w.signedClue()
			request := w.begs(w.officer(), id)
			oneWins(t, func() error { return w.settles(w.custodian(), request, true) }, func() error { return w.settles(w.district(), request, false) })
		}
		for range 4 {
			id := w.signedClue()
			asking := w.as("supervisor", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Supervise, seeIdentity)
			request := w.begs(asking, id)
			ends := atOnce(func() error { return w.settles(w.custodian(), request, true) }, func() error { return caught(w.KeepOut(w.officer(), keepOut(id, "supervisor"))) })
			if d := w.detail(w.officer(), id).Disclosures[0]; ends[1] != nil || (ends[0] == nil) != (d.State == "granted") || ends[0] != nil && (d.State != "lapsed" || !fault.Is(ends[0], fault.Conflict)) {
				t.Errorf("%v, and it is %+v", ends, d)
			}
			want(t, w.opens(asking, id), fault.NotFound)
		}
		for range 4 {
			id := w.signedClue()
			request := w.begs(w.officer(), id)
			w.at = w.at.AddDate(0, 0, 3)
			w.enqueue("casework.lapse")
			ends := atOnce(func() error { return w.settles(w.custodian(), request, true) }, func() error { return w.Queue.RunDue(t.Context()) })
			if d := w.detail(w.officer(), id).Disclosures[0]; !fault.Is(ends[0], fault.Conflict) || ends[1] != nil || d.State != "lapsed" {
				t.Errorf("%v, and it is %+v", ends, d)
			}
		}
	})
}

// Opening twice at once is one look, and one line for the reporter.
func TestOpeningTwiceAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range 4 {
			id := w.named()
			look := func() error { return w.opens(w.coordinator(), id) }
			if ends := atOnce(look, look, look); ends[0] != nil || ends[1] != nil || ends[2] != nil {
				t.Fatal(ends)
			}
			if n := strings.Count(asText(t, w.receipt(id)), "查看了您的姓名和电话"); n != 1 || len(w.detail(w.coordinator(), id).Disclosures) != 1 {
				t.Errorf("%d looks", n)
			}
			clue := w.signedClue()
			request := func() error {
				return caught(w.AskIdentity(w.officer(), identity(clue, casework.PurposeVerify, "核实")))
			}
			oneWins(t, request, request)
		}
	})
}

// Whose name was destroyed is nobody's any more: what was asked about it ends.
func TestWhoReportedWasDestroyed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.namedClue()
		w.plant(id)
		officer := w.officer()
		w.at = w.read(id).ClosedAt.AddDate(3, 0, 0).Add(-time.Hour)
		w.begs(officer, id)
		w.retained(w.read(id).ClosedAt.AddDate(3, 0, 0))
		if x := w.stands(officer, id); x.State != "gone" {
			t.Errorf("it stands %+v", x)
		}
		want(t, w.opens(officer, id), fault.Gone)
		want(t, caught(w.AskIdentity(officer, identity(id, casework.PurposeVerify, "核实"))), fault.Gone)
		ds := w.detail(officer, id).Disclosures
		if last := ds[len(ds)-1]; last.State != "lapsed" || len(w.waiting(w.custodian())) != 0 {
			t.Errorf("the request: %+v", last)
		}
	})
}

// A report that joined another has a reporter of its own, who alone reads of it.
func TestWhoReportedWhatJoined(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first, second := w.named(), w.named()
		w.must(w.Merge(w.dispatcher(), merge(second, first)))
		in := identity(first, casework.PurposeContact, "")
		in.Body.Report = second
		x, err := w.OpenIdentity(w.coordinator(), in)
		if err != nil || x.Name != "name of "+second || x.Number != w.read(second).Number {
			t.Errorf("opened %+v, %v", x, err)
		}
		list := w.detail(w.coordinator(), first).Reporters
		if len(list) != 2 || list[0].State != "closed" || list[1].State != "open" || list[1].Name != "name of "+second {
			t.Errorf("the page says %+v", list)
		}
		const line = "查看了您的姓名和电话"
		if strings.Contains(asText(t, w.receipt(first)), line) || !strings.Contains(asText(t, w.receipt(second)), line) {
			t.Error("another reporter reads of it")
		}
		w.later(1)
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: first}))
		w.later(1)
		in.Body.Purpose = casework.PurposeVerify
		w.must(casework.Case{}, caught(w.OpenIdentity(w.dispatcher(), in)))
		p := w.receipt(second)
		if !slices.IsSortedFunc(p.Timeline, func(a, b casework.PublicStep) int { return a.At.Compare(b.At) }) || len(p.Timeline) < 6 {
			t.Errorf("the reporter reads %+v", p.Timeline)
		}
	})
}

// What was written about a look is sealed with the case that it is about.
func TestWordsOfLooksAreSealedLate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		secret, plain := w.known(), w.named()
		w.must(casework.Case{}, caught(w.OpenIdentity(w.coordinator(), identity(plain, casework.PurposeOther, planted))))
		if len(w.lines()) == 0 {
			t.Fatal("the test sees nothing")
		}
		w.must(w.Merge(w.dispatcher(), merge(plain, secret)))
		if lines := w.lines(); len(lines) > 0 {
			t.Errorf("words lie open: %v", lines)
		}
		if page := asText(t, w.detail(w.dispatcher(), plain)); strings.Count(page, planted) != 2 { // of the look, and of its event
			t.Errorf("the page says %s", page)
		}
	})
}

// Who withdrew goes on reading who looks.
func TestWhoWithdrewReadsWhoLooks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first, second := w.named(), w.named()
		w.must(w.Merge(w.dispatcher(), merge(second, first)))
		w.withdraws(first)
		w.must(w.Note(w.dispatcher(), note(first, "备注")))
		w.must(casework.Case{}, w.opens(w.coordinator(), first))
		p := w.receipt(first)
		if last := p.Timeline[len(p.Timeline)-1]; !strings.Contains(last.Text, "查看了您的姓名和电话") || p.State != casework.Withdrawn {
			t.Errorf("the reporter reads %+v", p)
		}
	})
}

// The purpose that fits the stage of the case comes first.
func TestTheLikelyPurpose(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.named()
		met := casework.ContactInput{ID: id}
		met.Body.Method, met.Body.Note = "phone", "已联系"
		for _, x := range []struct {
			do   func() (casework.Case, error)
			want casework.Purpose
		}{
			{func() (casework.Case, error) { return w.Sign(w.coordinator(), casework.ByID{ID: id}) }, casework.PurposeContact},
			{func() (casework.Case, error) { return w.Contact(w.coordinator(), met) }, casework.PurposeVerify},
			{func() (casework.Case, error) { return w.Submit(w.coordinator(), result(id)) }, casework.PurposeVerify},
			{func() (casework.Case, error) { return w.Approve(w.supervisor(), casework.Reasoned{ID: id}) }, casework.PurposeCallBack},
			{func() (casework.Case, error) { return w.Close(w.dispatcher(), reasoned(id, "已答复")) }, casework.PurposeReply},
		} {
			w.must(x.do())
			if got := w.stands(w.dispatcher(), id).Likely; got != x.want {
				t.Errorf("in %s: %s, want %s", w.state(id), got, x.want)
			}
		}
	})
}

// The printed file of a case does not say who reported, whoever prints it.
func TestTheFileDoesNotSayWhoReported(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		o := w.opening("B")
		o.Mode = demand.RealName
		id := w.open(o)
		w.work()
		clerk := w.as("clerk", districtBody, districtPath+districtBody+"/", districtPath, casework.Export, casework.CallBack)
		w.must(casework.Case{}, w.opens(clerk, id))
		text := w.printed(clerk, id)
		if strings.Contains(text, "13900000001") || !strings.Contains(text, "身份另行开启") || !strings.Contains(text, "查看诉求人身份") || !strings.Contains(text, "联系诉求人") {
			t.Errorf("the file says %s", text)
		}
	})
}

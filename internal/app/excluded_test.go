package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/demo"
	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/mod/casework"
)

// unaware is a city whose people are about to be kept out of cases, and a clock
// that can be set back: what they see is compared at one and the same instant.
type unaware struct {
	*matrix
	clock  *demo.Clock
	looks  []look
	shown  []string // cases that everybody of the district may know, the first with a file
	file   string   // of the first
	hidden []secret
	barred string // the unit that is kept out; the people themselves when empty
	known  bool   // the people once knew of a case
	asks   []question
	turn   int // which share of them is taken

	refused map[string]bool // looks that a role does not have
}

// secret is a case of which the people must not know, with what leads to it.
type secret struct{ name, id, number, receipt, file string }

// lookedAt is when everybody looks. No deadline of the city lies within the hour.
func lookedAt() time.Time { return thatMorning.Add(2 * time.Hour) }

// Nobody who is kept out of a case can tell the world from one in which there is
// no such case. Everybody looks at everything that can be read; then cases are
// reported, kept from them and led on; and they look again. What they see is what
// they saw, byte for byte (mask says what is let pass, and why). So it is after
// cases of which they knew are taken from them. Whatever they ask of a case by its
// true identifier or number is answered as what does not exist.
func TestExcludedSeeNoDifference(t *testing.T) {
	engines(t, func(t *testing.T, place Place) {
		u := newUnaware(t, place)
		before := u.lookAround()
		u.unheard()
		u.same("unheard", before, u.lookAround())
		u.takenBack()
		u.same("taken back", u.knowing(before), u.lookAround())
		asked := u.askByName()
		t.Logf("%d people, %d hidden cases, %d looks compared twice, %d requests by the true name", len(u.people), len(u.hidden), len(before), asked)
	})
}

// knowing masks what was seen for people who knew of a case for a while.
func (u *unaware) knowing(before map[string]string) map[string]string {
	u.known = true
	for at, was := range before {
		before[at] = counted.ReplaceAllString(was, "")
	}
	return before
}

// same fails the test by each look that shows something else than before.
func (u *unaware) same(what string, before, after map[string]string) {
	u.t.Helper()
	for _, at := range slices.Sorted(maps.Keys(before)) {
		is := after[at]
		if is != before[at] {
			u.t.Errorf("%s: %s\n%s", what, at, difference(before[at], is))
		}
		for _, x := range u.hidden {
			for _, name := range []string{x.id, x.number, x.file} {
				if strings.Contains(is, name) {
					u.t.Errorf("%s: %s names %s (%s)", what, at, name, x.name)
				}
			}
		}
	}
}

func newUnaware(t testing.TB, place Place) *unaware {
	t.Helper()
	u := &unaware{clock: demo.NewClock(thatMorning), refused: map[string]bool{}}
	u.clock.Set(thatMorning)
	place.options, place.hasher = []db.Option{db.Unsynced}, authn.NewCheapHasher(2)
	s, err := Open(t.Context(), place, Web{Limits: "off", Workers: 1}, u.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	u.matrix = &matrix{t: t, s: s, url: server.URL, client: server.Client(), ops: map[string]httpapi.Endpoint{}}
	u.build()
	for _, e := range s.API.Endpoints() {
		u.ops[operation(e)] = e
	}
	for _, at := range u.sites[:2] {
		u.shown = append(u.shown, u.handling(at), u.dispatched(at), u.reviewing(at), u.archived(at), u.clueAt(at))
	}
	u.file, u.asks = u.attached(u.shown[0]), u.questions()
	u.rest(lookedAt())
	u.looks = u.allLooks()
	u.openFile()
	return u
}

// openFile has everybody look at the file of the first case. Who did stands in its
// archive: otherwise the first look around would change what the second shows.
func (u *unaware) openFile() {
	u.t.Helper()
	for _, who := range u.people {
		u.see(who, "GET /cases/{id}/files/{file}", call{fill: []string{u.shown[0], u.file}})
	}
}

// rest does all that is due, and counts the figures, at an instant.
func (u *unaware) rest(at time.Time) {
	u.t.Helper()
	u.clock.Set(at)
	u.work()
	if err := u.s.Rates.Sweep(u.root()); err != nil {
		u.t.Fatal(err)
	}
}

// share is of how many looks and questions each of the people takes one: the next
// takes the next, so that everything is looked at from several roles.
const share = 6

// taken reports whether the k-th of the people takes the i-th look. What tells of
// many things at once everybody looks at.
func (u *unaware) taken(i, k int, op string) bool {
	at := strings.TrimPrefix(op, "GET /")
	for _, all := range []string{"audit", "notifications", "workbench", "jobs", "status"} {
		if strings.HasPrefix(at, all) {
			return true
		}
	}
	return (i+k+u.turn)%share == 0
}

// lookAround has everybody look, together at everything; nobody twice at what their
// role may not do, whatever there is.
func (u *unaware) lookAround() map[string]string {
	u.t.Helper()
	seen := map[string]string{}
	for k, who := range u.people {
		for i, l := range u.looks {
			at := who.role + " " + l.String()
			if u.refused[at] || !u.taken(i, k, l.op) {
				continue
			}
			is := u.see(who, l.op, l.call)
			seen[at], u.refused[at] = u.mask(l.op, is), strings.HasPrefix(is, "403") || strings.HasPrefix(is, "401")
		}
	}
	maps.DeleteFunc(seen, func(at, _ string) bool { return u.refused[at] })
	return seen
}

// see is the whole answer to a request: status, headers and body.
func (u *unaware) see(who *person, op string, c call) string {
	u.t.Helper()
	e, n := u.ops[op], 0
	path := parameter.ReplaceAllStringFunc(e.Path, func(string) string { n++; return c.fill[n-1] })
	if c.query != "" {
		path += "?" + c.query
	}
	var text []byte
	if c.body != nil {
		text = got(json.Marshal(c.body))(u.matrix)
	}
	req := got(http.NewRequestWithContext(u.t.Context(), e.Method, u.url+path, bytes.NewReader(text)))(u.matrix)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept-Language", "en")
	if who.session != "" {
		req.Header.Set("Cookie", who.session)
	}
	res, err := u.client.Do(req)
	if err != nil {
		u.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body := got(io.ReadAll(res.Body))(u.matrix)
	var all strings.Builder
	fmt.Fprintln(&all, res.StatusCode)
	for _, h := range []string{"Date", "X-Request-Id", "Set-Cookie", "Content-Length"} {
		res.Header.Del(h) // the length is that of the body
	}
	if err = res.Header.Write(&all); err != nil {
		u.t.Fatal(err)
	}
	return all.String() + "\n" + string(body)
}

// difference shows where two texts part.
func difference(was, is string) string {
	i := 0
	for i < min(len(was), len(is)) && was[i] == is[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, min(i-100, len(s))):min(len(s), i+200)] }
	return fmt.Sprintf("was …%q…\nis  …%q…", cut(was), cut(is))
}

// askByName asks, as everybody, for what is hidden by its true name, and compares
// with what a name is answered that nothing has.
func (u *unaware) askByName() (asked int) {
	u.t.Helper()
	nothing := secret{id: db.NewID(), number: "QF-990102-20261028-999999", file: db.NewID()}
	for i, q := range u.asks {
		for k, who := range u.people {
			if !u.taken(i, k, q.op) {
				continue
			}
			want := u.mask(q.op, u.see(who, q.op, q.of(nothing)))
			for _, x := range u.sample() {
				asked++
				is := u.see(who, q.op, q.of(x))
				for _, pair := range [][2]string{{x.id, nothing.id}, {x.number, nothing.number}, {x.file, nothing.file}} {
					is = strings.ReplaceAll(is, pair[0], pair[1])
				}
				if is = u.mask(q.op, is); is != want {
					u.t.Errorf("%s asks %s of %s\n%s", who.role, q.op, x.name, difference(want, is))
				}
			}
		}
	}
	return asked
}

// sample is the first and the last of what is hidden.
func (u *unaware) sample() []secret {
	if len(u.hidden) < 3 {
		return u.hidden
	}
	return []secret{u.hidden[0], u.hidden[len(u.hidden)-1]}
}

// question asks an operation for something hidden.
type question struct {
	op string
	of func(x secret) call
}

// questions are all the steps and pages of a case, and all that names another.
func (u *unaware) questions() (all []question) {
	u.t.Helper()
	for _, r := range slices.Concat(caseRows(), stepRows()) {
		if !strings.Contains(r.op, "/cases/{id}") {
			continue
		}
		c := r.make(u.matrix, u.sites[own])
		all = append(all, question{r.op, func(x secret) call {
			asked := c
			asked.fill = append([]string{x.id}, c.fill[1:]...)
			return asked
		}})
	}
	into, proof := u.received(u.sites[own]), u.handling(u.sites[own])
	of := func(op string, f func(x secret) call) { all = append(all, question{op, f}) }
	of("POST /cases/{id}/merge", func(x secret) call {
		return call{fill: []string{into}, body: map[string]any{"into": x.id, "reason": "同一件事。"}}
	})
	of("POST /cases/{id}/requests", func(x secret) call {
		return call{fill: []string{proof}, body: map[string]any{"kind": "exclusion", "reason": "重复。", "exclusion": "repeated", "other": x.number}}
	})
	for _, action := range []string{"accept", "dispatch", "sign"} {
		of("POST /cases/steps", func(x secret) call {
			return call{body: map[string]any{"action": action, "ids": []string{x.id}}}
		})
	}
	of("GET /cases/{id}/files/{file}", func(x secret) call { return call{fill: []string{u.shown[0], x.file}} })
	of("GET /cases", func(x secret) call { return call{query: "q=" + x.number} })
	of("GET /cases", func(x secret) call { return call{query: "count=true&q=" + x.number} })
	of("GET /cases/export", func(x secret) call { return call{query: "format=csv&q=" + x.number} })
	for _, op := range []string{"GET /audit", "GET /audit/export"} {
		of(op, func(x secret) call { return call{query: "subject=" + x.number} })
		of(op, func(x secret) call { return call{query: "subject=" + x.id} })
	}
	return all
}

// keptFrom keeps everybody out of a case, one after the other, or their unit
// where that does not work on it.
func (u *unaware) keptFrom(id string) {
	u.t.Helper()
	if u.barred != "" {
		in := casework.KeepOutInput{ID: id}
		in.Body.Unit, in.Body.Reason = u.barred, "举报中提到这个单位。"
		if _, err := u.s.Casework.KeepOut(u.root(), in); err == nil {
			return
		} else if !fault.Is(err, fault.Conflict) {
			u.t.Fatal(err)
		}
	}
	for _, p := range u.people {
		if p.staff == "" {
			continue
		}
		in := casework.KeepOutInput{ID: id}
		in.Body.Staff, in.Body.Reason = p.staff, "举报中提到此人。"
		got(u.s.Casework.KeepOut(u.root(), in))(u.matrix)
	}
}

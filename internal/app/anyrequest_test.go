package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org/demand"
)

// asking is a city, its specification, and all that a request can be made of.
type asking struct {
	*unaware
	doc    *openapi3.T
	rows   []row // how each operation is called rightly
	values values
	secret []string             // what nobody who asks may ever read
	able   map[string][]*person // who holds the permission of an operation
	made   map[string]call      // what was prepared last for an operation at a place

	mu       sync.Mutex
	statuses map[int]int
	answered map[string]bool // operations that did what they were asked
}

// request is one that was drawn.
type request struct {
	op, path, query, kind, lang string
	body                        []byte
	who                         *person
}

// String is the request where it shows a fault. It names no session.
func (q request) String() string {
	return fmt.Sprintf("%s asks %s at %s?%s (%s, %s)\n%.2000s", q.who.role, q.op, q.path, q.query, q.kind, q.lang, q.body)
}

// Elsewhere a person reports, by the name and in the words that nobody of another
// district reads.
const (
	elsewhereName  = "欧阳暗香"
	elsewherePhone = "13855550123"
	elsewhereWords = "魍魉魑魅"
)

// anyRequests is how many requests a run of the test draws.
const anyRequests = 600

// Whatever is asked, in whatever order, by whoever: what the specification allows
// and what it does not. No answer is a fault of ours, each is one that the
// specification has, and none holds what the asking person may not read.
func TestAnyRequestIsAnswered(t *testing.T) {
	a := newAsking(t)
	draw := rapid.Custom(a.draw)
	for i := range anyRequests {
		a.ask(t, draw.Example(i))
	}
	a.told(t)
}

// The same, led by what the program does with them.
func FuzzRequests(f *testing.F) {
	a := newAsking(f)
	prop := rapid.MakeFuzz(func(rt *rapid.T) { a.ask(rt, a.draw(rt)) })
	for _, seed := range []string{"", "one", strings.Repeat("\x01\x80\x33\x07", 64), strings.Repeat("\xff", 256), strings.Repeat("request ", 40)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, seed []byte) {
		a.t = t
		prop(t, seed)
	})
}

// newAsking is a city in which something lies of everything.
func newAsking(t testing.TB) *asking {
	t.Helper()
	a := &asking{unaware: newUnaware(t, Place{Data: t.TempDir()}), able: map[string][]*person{}, made: map[string]call{}, statuses: map[int]int{}, answered: map[string]bool{}}
	a.unheard()
	a.elsewhere()
	var err error
	if a.doc, err = openapi3.NewLoader().LoadFromData(got(a.s.API.Specification())(a.matrix)); err != nil {
		t.Fatal(err)
	}
	a.rows, a.s.Org.Issuer = allRows(), "https://id.example.org"
	slices.SortStableFunc(a.rows, func(x, y row) int { return strings.Compare(x.op, y.op) })
	for _, x := range a.hidden {
		a.secret = append(a.secret, x.id, x.number, x.file, x.receipt)
	}
	a.secret = append(slices.DeleteFunc(a.secret, func(s string) bool { return s == "" }), whispered, elsewhereName, elsewherePhone, elsewhereWords)
	a.values = values{known: a.known()}
	for _, r := range Roles() {
		for op, e := range a.ops {
			if slices.Contains(r.Permissions, e.Needs) {
				a.able[op] = append(a.able[op], a.people[slices.IndexFunc(a.people, func(p *person) bool { return p.role == r.Key })])
			}
		}
	}
	return a
}

// elsewhere has somebody report next door.
func (a *asking) elsewhere() {
	a.t.Helper()
	at := a.sites[other]
	sub := intake.Submission{Category: "A", Mode: demand.RealName, Narrative: elsewhereWords, ReporterName: elsewhereName, ReporterPhone: elsewherePhone,
		Region: at.region.Code, Institution: at.hospital.ID}
	got(a.s.Intake.Submit(a.root(), sub, intake.Origin{Channel: demand.Website}))(a.matrix)
}

// known are the names of things that there are, those that are hidden among them.
func (a *asking) known() (all []string) {
	for _, x := range a.sites {
		all = append(all, x.region.Code, x.region.Path, x.commission.ID, x.agency.ID, x.hospital.ID, x.department.ID, x.place.ID, x.worker, x.reviewer, x.code, x.month)
	}
	for _, x := range a.hidden {
		all = append(all, x.id, x.number, x.file)
	}
	for _, p := range a.people {
		all = append(all, p.staff, p.username)
	}
	return append(all, append(a.shown, a.file, "casework.callback_days", "2026", "A", "F", "month", "0000-0000-0000-0000")...)
}

// complaint takes what is wrong with an answer.
type complaint interface {
	Errorf(text string, args ...any)
}

// ask sends a request and judges the answer.
func (a *asking) ask(t complaint, q request) {
	req, err := http.NewRequestWithContext(context.Background(), strings.SplitN(q.op, " ", 2)[0], a.url+q.path+"?"+q.query, bytes.NewReader(q.body))
	if err != nil {
		return // no client can send it
	}
	req.Header.Set("Content-Type", q.kind)
	req.Header.Set("Accept-Language", q.lang)
	a.mu.Lock()
	defer a.mu.Unlock()
	if q.who.session != "" {
		req.Header.Set("Cookie", q.who.session)
	}
	res, err := a.client.Do(req)
	if err != nil {
		t.Errorf("%s\n%v", q, err)
		return
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Errorf("%s\n%v", q, err)
		return
	}
	a.again(q, res)
	a.judge(t, q, req, res, body)
}

// again signs a person in who has just signed out, or was.
func (a *asking) again(q request, res *http.Response) {
	switch session := sessionOf(res); {
	case session != "":
		q.who.session = session
	case res.StatusCode == http.StatusUnauthorized && q.who.staff != "":
		q.who.session = a.back(q.who)
	}
}

// judge fails where an answer is our fault, is none of the specification, or
// holds what nobody here may read.
func (a *asking) judge(t complaint, q request, req *http.Request, res *http.Response, body []byte) {
	a.statuses[res.StatusCode]++
	if res.StatusCode < 300 {
		a.answered[q.op] = true
	}
	if res.StatusCode >= 500 {
		t.Errorf("%s\nanswered %d %.500s", q, res.StatusCode, body)
	}
	item := a.doc.Paths.Value(a.ops[q.op].Path)
	operation := item.GetOperation(req.Method)
	fits := cmp.Or(operation.Responses.Status(res.StatusCode), operation.Responses.Default())
	plain := fits == nil || fits.Value.Content["*/*"] != nil // a file, or a status that there should not be
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, Route: &routers.Route{Spec: a.doc, PathItem: item, Method: req.Method, Operation: operation}},
		Status:                 res.StatusCode, Header: res.Header,
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true, ExcludeResponseBody: plain},
	}
	in.SetBodyBytes(body)
	if err := openapi3filter.ValidateResponse(req.Context(), in); err != nil {
		t.Errorf("%s\nanswered %d, which the specification does not have: %v", q, res.StatusCode, err)
	}
	for _, s := range a.secret {
		if bytes.Contains(body, []byte(s)) && !strings.Contains(q.path+q.query+string(q.body), s) {
			t.Errorf("%s\nanswered %d with %s:\n%.1000s", q, res.StatusCode, s, body)
		}
	}
}

// told says what was asked, and fails where nothing much was.
func (a *asking) told(t *testing.T) {
	t.Helper()
	total, fine := 0, 0
	for status, n := range a.statuses {
		if total += n; status < 300 {
			fine += n
		}
	}
	t.Logf("%d requests of %d operations, %d of which did what they were asked at least once; answers by status %v", total, len(a.ops), len(a.answered), a.statuses)
	if fine < total/20 {
		t.Errorf("only %d of %d requests were in order", fine, total)
	}
}

// draw draws a request: one that is in order, or nearly, or one that is made of
// the specification alone.
func (a *asking) draw(rt *rapid.T) request {
	r := a.rows[rapid.IntRange(0, len(a.rows)-1).Draw(rt, "row")]
	e := a.ops[r.op]
	spec := a.doc.Paths.Value(e.Path).GetOperation(e.Method)
	q := request{op: r.op, path: e.Path, who: a.somebody(rt, r.op), kind: "application/json"}
	q.lang = rapid.SampledFrom([]string{"zh-CN", "en", "", "tlh, *;q=0.1", strings.Repeat("a", 300)}).Draw(rt, "language")
	c := call{}
	if rapid.IntRange(0, 2).Draw(rt, "rightly") > 0 {
		c = a.prepared(rt, r)
	}
	query, n := url.Values{}, 0
	for _, p := range spec.Parameters {
		switch p := p.Value; {
		case p.In == openapi3.ParameterInPath:
			q.path = strings.ReplaceAll(q.path, "{"+p.Name+"}", cmp.Or(url.PathEscape(fmt.Sprint(a.values.like(rt, c.part(n), p.Schema))), "x"))
			n++
		case p.In == openapi3.ParameterInQuery && (p.Required || c.fill == nil && rapid.Bool().Draw(rt, p.Name)):
			query.Set(p.Name, fmt.Sprint(a.values.of(rt, p.Schema, 0)))
		}
	}
	q.query = cmp.Or(c.query, query.Encode())
	a.drawBody(rt, spec, c, &q)
	return q
}

// somebody draws a person, mostly one who may.
func (a *asking) somebody(rt *rapid.T, op string) *person {
	from := a.people
	if able := a.able[op]; len(able) > 0 && rapid.IntRange(0, 3).Draw(rt, "able") > 0 {
		from = able
	}
	return from[rapid.IntRange(0, len(from)-1).Draw(rt, "who")]
}

// prepared is a call that is in order; one that was made before may be no more.
func (a *asking) prepared(rt *rapid.T, r row) call {
	where := rapid.SampledFrom([]scope{own, own, own, own, other, parent}).Draw(rt, "where")
	key := fmt.Sprint(r.op, r.about, where)
	if c, known := a.made[key]; known && rapid.IntRange(0, 3).Draw(rt, "again") > 0 {
		return c
	}
	a.made[key] = r.make(a.matrix, a.sites[where])
	return a.made[key]
}

// part is a parameter of the path of a call; nil where there is no call.
func (c call) part(n int) any {
	if n >= len(c.fill) {
		return nil
	}
	return c.fill[n]
}

// drawBody draws the body of a request in the form that the operation takes, most
// of the time.
func (a *asking) drawBody(rt *rapid.T, spec *openapi3.Operation, c call, q *request) {
	if spec.RequestBody == nil {
		return
	}
	content := spec.RequestBody.Value.Content
	for _, kind := range slices.Sorted(maps.Keys(content)) {
		media := content[kind]
		q.kind = kind
		switch {
		case c.raw != "":
			q.body = []byte(c.raw)
		case strings.Contains(kind, "json"):
			q.body = a.drawJSON(rt, c.body, media.Schema)
		default:
			q.body = []byte(rapid.SampledFrom(files()).Draw(rt, "file"))
		}
	}
	switch rapid.IntRange(0, 30).Draw(rt, "spoilt") {
	case 0:
		q.body = q.body[:len(q.body)/2]
	case 1:
		q.body = rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(rt, "noise")
	case 2:
		q.kind = rapid.SampledFrom([]string{"", "text/plain", "application/xml", "multipart/form-data", "multipart/form-data; boundary=x", "application/json; charset=utf-16"}).Draw(rt, "kind")
	}
}

// drawJSON draws a body like the one that is in order, or any.
func (a *asking) drawJSON(rt *rapid.T, right any, schema *openapi3.SchemaRef) []byte {
	var like any
	text, err := json.Marshal(right)
	if err != nil || json.Unmarshal(text, &like) != nil {
		like = nil
	}
	text, err = json.Marshal(a.values.like(rt, like, schema))
	if err != nil {
		return nil
	}
	return text
}

// files are some that somebody may send where a table is wanted.
func files() []string {
	return []string{"", "a,b\n1,2\n", "\xef\xbb\xbf工单编号,内容\n1,护士站\n", "PK\x03\x04 no archive", strings.Repeat(",", 5000), "\"", "\x00\x01\x02"}
}

// back signs a person in again; one who may no more asks on as nobody.
func (a *asking) back(p *person) string {
	text, _ := json.Marshal(map[string]string{"username": p.username, "password": everybodys})
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, a.url+httpapi.Version+"/session", bytes.NewReader(text))
	if err != nil {
		return ""
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := a.client.Do(req)
	if err != nil {
		return ""
	}
	_ = res.Body.Close()
	return sessionOf(res)
}

package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

const manage authz.Permission = "gift.manage"

// gift is the body of a use case.
type gift struct {
	Name  string    `json:"name" minLength:"1" maxLength:"5"`
	Value int       `json:"value" minimum:"1" maximum:"9"`
	Kind  string    `json:"kind,omitempty" enum:"cash,goods"`
	On    time.Time `json:"on,omitzero"`
	Tags  []string  `json:"tags,omitempty" maxItems:"2"`
	Note  string    `json:"note,omitempty"`
}

type handIn struct {
	Body gift
}

// Validate refuses what no tag can say.
func (h handIn) Validate() error {
	if h.Body.Note == "refuse me" {
		return fault.Field("note", i18n.T("不能这样写", "not like this"))
	}
	return nil
}

type lookUp struct {
	ID    string `path:"id" maxLength:"10"`
	Q     string `query:"q" maxLength:"10"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type found struct {
	ID    string `json:"id"`
	Q     string `json:"q"`
	Limit int    `json:"limit"`
	By    string `json:"by"`
}

// outcome is what the use case under test answers.
type outcome struct{ err error }

func (o *outcome) handIn(context.Context, handIn) (gift, error) { return gift{Name: "茶<叶>"}, o.err }

func lookup(ctx context.Context, in lookUp) (found, error) {
	return found{in.ID, in.Q, in.Limit, authz.From(ctx).ID}, nil
}

// server serves a few endpoints of every access.
func server(o *outcome) *http.ServeMux {
	mux := http.NewServeMux()
	httpapi.New(mux, "Test", "1").Mount(
		httpapi.Do("POST /gifts", "Hand in", manage, o.handIn, httpapi.Created),
		httpapi.Do("GET /gifts/{id}", "Look up", manage, lookup),
		httpapi.Own("GET /own/{id}", "Look up one's own", lookup),
		httpapi.Public("GET /public/{id}", "Look up as a stranger", lookup),
		httpapi.Public("POST /public/short", "A small body", o.handIn, httpapi.MaxBody(64)),
		httpapi.Download("GET /files/{id}", "A file", manage, file),
		httpapi.PublicDownload("GET /public/files/{id}", "A file for everybody", file),
	)
	return mux
}

var manager = authz.Actor{ID: "zhang", Grants: []authz.Grant{{Path: "/", Permissions: []authz.Permission{manage}}}}

// answer is a response with its body, read as a problem where it is one.
type answer struct {
	*httptest.ResponseRecorder
	problem httpapi.Problem
}

func ask(t testing.TB, h http.Handler, as authz.Actor, lang i18n.Lang, request, body string, headers ...string) answer {
	t.Helper()
	method, path, _ := strings.Cut(request, " ")
	r := httptest.NewRequest(method, httpapi.Version+path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r.WithContext(i18n.WithLang(authz.With(r.Context(), as), lang)))
	a := answer{ResponseRecorder: w}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json") {
		if err := json.Unmarshal(w.Body.Bytes(), &a.problem); err != nil {
			t.Fatalf("%s: %v in %s", request, err, w.Body)
		}
	}
	return a
}

// wantProblem expects a refusal whose title and detail are there in the
// language that was asked for.
func wantProblem(t testing.TB, a answer, status int, title string) {
	t.Helper()
	if a.Code != status || a.problem.Status != status || a.problem.Title != title {
		t.Errorf("got %d %q, want %d %q", a.Code, a.problem.Title, status, title)
	}
}

func TestWhoMayCall(t *testing.T) {
	h := server(&outcome{})
	somebody := authz.Actor{ID: "li"}
	elsewhere := authz.Actor{ID: "wang", Grants: []authz.Grant{{Path: "/99/", Permissions: []authz.Permission{"other"}}}}
	for _, c := range []struct {
		as      authz.Actor
		request string
		want    int
	}{
		{authz.Actor{}, "GET /gifts/1", 401},
		{somebody, "GET /gifts/1", 403},
		{elsewhere, "GET /gifts/1", 403},
		{manager, "GET /gifts/1", 200},
		{authz.System(), "GET /gifts/1", 200},
		{authz.Actor{}, "GET /own/1", 401},
		{somebody, "GET /own/1", 200},
		{authz.Actor{}, "GET /public/1", 200},
		{authz.Actor{}, "GET /files/1", 401},
		{somebody, "GET /files/1", 403},
		{manager, "GET /files/1", 200},
		{authz.Actor{}, "GET /public/files/1", 200},
	} {
		if a := ask(t, h, c.as, i18n.ZH, c.request, ""); a.Code != c.want {
			t.Errorf("%s as %q: %d, want %d", c.request, c.as.ID, a.Code, c.want)
		}
	}
}

// Answers about people, and refusals too, stay in no cache.
func TestNothingIsCached(t *testing.T) {
	h := server(&outcome{})
	for request, want := range map[string]string{"GET /own/1": "no-store", "GET /public/1": "no-store", "GET /gifts/1": "no-store", "GET /public/files/1": "private, no-store"} {
		if a := ask(t, h, authz.Actor{ID: "li"}, i18n.ZH, request, ""); a.Header().Get("Cache-Control") != want {
			t.Errorf("%s: Cache-Control %q, want %q", request, a.Header().Get("Cache-Control"), want)
		}
	}
}

// Who may not call learns nothing from the input: it is not even read.
func TestRefusalComesBeforeTheInput(t *testing.T) {
	h := server(&outcome{})
	for _, body := range []string{`{`, `{"name":"x"}`, strings.Repeat("x", 2<<20)} {
		wantProblem(t, ask(t, h, authz.Actor{}, i18n.EN, "POST /gifts", body), 401, "please sign in")
	}
	wantProblem(t, ask(t, h, authz.Actor{}, i18n.EN, "GET /gifts/%00", ""), 401, "please sign in")
}

func TestAnswerIsPlainJSON(t *testing.T) {
	a := ask(t, server(&outcome{}), manager, i18n.ZH, "POST /gifts", `{"name":"茶","value":3}`)
	if a.Code != 201 || !strings.Contains(a.Body.String(), `"茶<叶>"`) || strings.Contains(a.Body.String(), "$schema") {
		t.Errorf("%d %s", a.Code, a.Body)
	}
}

func TestBadInputIsNamedInPlainWords(t *testing.T) {
	h := server(&outcome{})
	const bad, good = 422, `"name":"茶","value":3`
	for _, c := range []struct {
		body, at, zh, en string
		status           int
	}{
		{`{"value":3}`, "body", "缺少 name", "name is missing", bad},
		{`{"name":"","value":3}`, "body.name", "请填写此项", "please fill this in", bad},
		{`{"name":"六个字的名字","value":3}`, "body.name", "最多 5 个字", "at most 5 characters", bad},
		{`{"name":7,"value":3}`, "body.name", "应为文字", "must be text", bad},
		{`{"name":"茶","value":0}`, "body.value", "不能小于 1", "must be at least 1", bad},
		{`{"name":"茶","value":10}`, "body.value", "不能大于 9", "must be at most 9", bad},
		{`{"name":"茶","value":"3"}`, "body.value", "应为数字", "must be a number", bad},
		{`{"name":"茶","value":3.5}`, "body.value", "应为数字", "must be a number", bad},
		{`{` + good + `,"kind":"x"}`, "body.kind", "只能是以下之一：cash, goods", "must be one of: cash, goods", bad},
		{`{` + good + `,"on":"yesterday"}`, "body.on", "应为日期和时间，如 2026-07-28T09:30:00+08:00", "must be a date and time such as 2026-07-28T09:30:00+08:00", bad},
		{`{` + good + `,"on":"2026-02-30T00:00:00Z"}`, "body.on", "应为日期和时间，如 2026-07-28T09:30:00+08:00", "must be a date and time such as 2026-07-28T09:30:00+08:00", bad},
		{`{` + good + `,"tags":["a","b","c"]}`, "body.tags", "最多 2 项", "at most 2 items", bad},
		{`{` + good + `,"tags":[[]]}`, "body.tags[0]", "应为文字", "must be text", bad},
		{`{` + good + `,"tags":"a"}`, "body.tags", "应为列表", "must be a list", bad},
		{`{` + good + `,"colour":"red"}`, "body.colour", "不认识此项", "this field is not known", bad},
		{`[]`, "body", "应为一组字段", "must be an object", bad},
		{`{` + good + `,"note":"refuse me"}`, "body.note", "不能这样写", "not like this", bad},
	} {
		for lang, want := range map[i18n.Lang]string{i18n.ZH: c.zh, i18n.EN: c.en} {
			a := ask(t, h, manager, lang, "POST /gifts", c.body)
			if a.Code != c.status || len(a.problem.Errors) == 0 {
				t.Errorf("%s: %d %s", c.body, a.Code, a.Body)
				continue
			}
			if diff := cmp.Diff(httpapi.ProblemDetail{Location: c.at, Message: want}, a.problem.Errors[0]); diff != "" {
				t.Errorf("%s: %s", c.body, diff)
			}
		}
	}
}

func TestBodiesThatCannotBeReadAreRefused(t *testing.T) {
	h := server(&outcome{})
	for name, c := range map[string]struct {
		body, en string
		status   int
	}{
		"none":                  {"", "the request has no body", 400},
		"half":                  {`{"name":"茶"`, "", 400},
		"not UTF-8":             {"{\"name\":\"\xff\",\"value\":3}", "the text is not UTF-8", 400},
		"a null character":      {`{"name":"a\u0000","value":3}`, "the text holds a control character that cannot be stored", 400},
		"a null in a key":       {`{"name":"a","value":3,"x\u0000":1}`, "the text holds a control character that cannot be stored", 400},
		"an escaped backslash":  {`{"name":"\\u0000","value":3}`, "", 422}, // six characters, and no null
		"more than a mebibyte":  {`{"name":"` + strings.Repeat("x", 1<<20) + `","value":3}`, "", 413},
		"numbers of many signs": {`{"name":"x","value":` + strings.Repeat("9", 400) + `}`, "this cannot be understood", 400},
		"a field twice":         {`{"name":"x","value":3,"value":4}`, "a field is there twice", 400},
		"deep nesting":          {strings.Repeat("[", 100_000), "", 400},
	} {
		a := ask(t, h, manager, i18n.EN, "POST /gifts", c.body)
		if a.Code != c.status {
			t.Errorf("%s: %d %.200s, want %d", name, a.Code, a.Body, c.status)
		}
		said := a.problem.Title + a.problem.Detail
		for _, d := range a.problem.Errors {
			said += d.Message
		}
		if !strings.Contains(said, c.en) || said == "" {
			t.Errorf("%s: said %q, want %q", name, said, c.en)
		}
	}
}

// What is checked is what is read: no second spelling of a field, and no second
// one of its name, brings in what no rule has seen.
func TestFieldsAreThereOnceAndSpelledAsTheyAre(t *testing.T) {
	h := server(&outcome{})
	for body, want := range map[string]int{
		`{"name":"茶","value":5}`:                                    http.StatusCreated,
		`{"name":"茶","value":5,"tags":["name","name2"]}`:            http.StatusCreated,
		`{"name":"茶","value":5,"VALUE":99}`:                         http.StatusUnprocessableEntity,
		`{"name":"茶","Value":5}`:                                    http.StatusUnprocessableEntity,
		`{"name":"茶","value":99,"value":5}`:                         http.StatusBadRequest,
		`{"name":"茶","value":99,"v\u0061lue":5}`:                    http.StatusBadRequest,
		`{"name":"茶","value":5,"tags":["a",{"b":{},"b":[1]},true]}`: http.StatusBadRequest,
	} {
		if a := ask(t, h, manager, i18n.EN, "POST /gifts", body); a.Code != want {
			t.Errorf("%s: %d %s, want %d", body, a.Code, a.Body, want)
		}
	}
}

func TestBodyLimitOfAnEndpoint(t *testing.T) {
	h := server(&outcome{})
	if a := ask(t, h, manager, i18n.EN, "POST /public/short", `{"name":"a","value":3}`); a.Code != 200 {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	a := ask(t, h, manager, i18n.EN, "POST /public/short", `{"name":"a","value":3,"note":"`+strings.Repeat("x", 64)+`"}`)
	wantProblem(t, a, 413, "too long (at most 64 bytes); please shorten it")
}

func TestOtherContentTypesAreRefused(t *testing.T) {
	a := ask(t, server(&outcome{}), manager, i18n.EN, "POST /gifts", `name=x`, "Content-Type", "application/x-www-form-urlencoded")
	if a.Code < 400 || a.Code >= 500 || a.problem.Title == "" {
		t.Errorf("%d %s", a.Code, a.Body)
	}
}

func TestAddressesThatNoDatabaseTakesAreRefused(t *testing.T) {
	h := server(&outcome{})
	for _, path := range []string{"/public/a%00b", "/public/%ff", "/public/1?q=%00", "/public/1?q=%C3%28", "/public/1?q=%zz", "/public/1?x%00=1"} {
		a := ask(t, h, authz.Actor{}, i18n.ZH, "GET "+path, "")
		wantProblem(t, a, 422, "网址或查询条件含有无法识别的字符")
	}
	a := ask(t, h, authz.Actor{}, i18n.ZH, "GET /public/%E7%97%85%20%F0%9F%8F%A5?q=%25%26+%E7%BA%A2", "")
	if a.Code != 200 || !strings.Contains(a.Body.String(), `"q":"%& 红"`) || !strings.Contains(a.Body.String(), `"病 🏥"`) {
		t.Errorf("%d %s", a.Code, a.Body)
	}
}

func TestParameters(t *testing.T) {
	h := server(&outcome{})
	for _, c := range []struct {
		path, at, en string
	}{
		{"/public/1?limit=0", "query.limit", "must be at least 1"},
		{"/public/1?limit=201", "query.limit", "must be at most 200"},
		{"/public/1?limit=many", "query.limit", "must be a number"},
		{"/public/1?q=" + strings.Repeat("x", 11), "query.q", "at most 10 characters"},
		{"/public/" + strings.Repeat("x", 11), "path.id", "at most 10 characters"},
	} {
		a := ask(t, h, authz.Actor{}, i18n.EN, "GET "+c.path, "")
		want := []httpapi.ProblemDetail{{Location: c.at, Message: c.en}}
		if diff := cmp.Diff(want, a.problem.Errors); a.Code != 422 || diff != "" {
			t.Errorf("%s: %d %s", c.path, a.Code, diff)
		}
	}
	if a := ask(t, h, manager, i18n.EN, "GET /own/1", ""); !strings.Contains(a.Body.String(), `"limit":50,"by":"zhang"`) {
		t.Errorf("%s", a.Body)
	}
}

func TestFaultsBecomeProblems(t *testing.T) {
	text, fix := i18n.T("出错", "wrong"), i18n.T("改正", "mend it")
	for kind, status := range map[fault.Kind]int{
		fault.Invalid: 422, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404,
		fault.Conflict: 409, fault.TooLarge: 413, fault.TooMany: 429, fault.Unavailable: 503, fault.Gone: 410,
	} {
		h := server(&outcome{fmt.Errorf("gift.HandIn: %w", fault.New(kind, text).WithFix(fix))})
		for lang, want := range map[i18n.Lang]i18n.Text{i18n.ZH: i18n.T("出错", "改正"), i18n.EN: i18n.T("wrong", "mend it")} {
			a := ask(t, h, manager, lang, "POST /gifts", `{"name":"x","value":3}`)
			wantProblem(t, a, status, want.ZH)
			if a.problem.Detail != want.EN || strings.Contains(a.Body.String(), "HandIn") {
				t.Errorf("kind %d: %s", kind, a.Body)
			}
		}
		if httpapi.Status(kind) != status {
			t.Errorf("Status(%d) = %d", kind, httpapi.Status(kind))
		}
	}
}

func TestFullDiskSaysSo(t *testing.T) {
	a := ask(t, server(&outcome{fmt.Errorf("gift.HandIn: %w", &os.PathError{Op: "write", Path: "/srv/x", Err: syscall.ENOSPC})}), manager, i18n.EN, "POST /gifts", `{"name":"x","value":3}`)
	wantProblem(t, a, 503, "the server has no space left; nothing was saved")
	if a.problem.Detail != "keep what you wrote and tell the system administrator" || strings.Contains(a.Body.String(), "srv") {
		t.Errorf("%s", a.Body)
	}
}

func TestProblemNamesEveryFieldAndTheWait(t *testing.T) {
	e := fault.Field("name", i18n.T("太长", "too long"))
	e.Fields = []fault.Detail{{Field: "phone", Text: i18n.T("缺少", "missing")}}
	e.Retry, e.Hint = 1500*time.Millisecond, map[string]int{"bits": 18}
	a := ask(t, server(&outcome{e}), manager, i18n.EN, "POST /gifts", `{"name":"x","value":3}`)
	want := []httpapi.ProblemDetail{{Location: "body.name", Message: "too long"}, {Location: "body.phone", Message: "missing"}}
	if diff := cmp.Diff(want, a.problem.Errors); diff != "" {
		t.Error(diff)
	}
	if a.Header().Get("Retry-After") != "2" || !strings.Contains(a.Body.String(), `"hint":{"bits":18}`) {
		t.Errorf("%v %s", a.Header(), a.Body)
	}
}

// An error that nobody classified is logged under a number; the person sees
// the number and nothing else.
func TestUnclassifiedErrorsAreNotShown(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	secret := errors.New("password of the database is 1234")
	for _, err := range []error{secret, fmt.Errorf("x: %w", secret), fault.New(fault.Internal, i18n.T("机密 1234", "password 1234"))} {
		log.Reset()
		a := ask(t, server(&outcome{err}), manager, i18n.EN, "POST /gifts", `{"name":"x","value":3}`)
		wantProblem(t, a, 500, "something went wrong on our side")
		if strings.Contains(a.Body.String(), "1234") {
			t.Errorf("%v is shown: %s", err, a.Body)
		}
		words := strings.Fields(a.problem.Detail)
		if number := words[len(words)-1]; !strings.Contains(log.String(), "number="+number) || !strings.Contains(log.String(), "1234") {
			t.Errorf("number %s is not in the log: %s", number, log.String())
		}
	}
}

func TestWhoLeftIsNoFaultOfOurs(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	a := ask(t, server(&outcome{fmt.Errorf("db.Read: %w", context.Canceled)}), manager, i18n.EN, "POST /gifts", `{"name":"x","value":3}`)
	if a.Code != 503 || log.Len() != 0 {
		t.Errorf("%d, logged %s", a.Code, log.String())
	}
}

func TestWriteProblemAnswersOutsideOfTheAPI(t *testing.T) {
	w := httptest.NewRecorder()
	e := fault.New(fault.TooMany, i18n.T("太频繁", "too often"))
	e.Retry = time.Second
	httpapi.WriteProblem(w, httpapi.ProblemOf(t.Context(), e))
	if w.Code != 429 || w.Header().Get("Retry-After") != "2" || w.Header().Get("Content-Type") != "application/problem+json" || !strings.Contains(w.Body.String(), "太频繁") {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}

func panics(f func()) (p any) {
	defer func() { p = recover() }()
	f()
	return nil
}

func TestEndpointsThatCannotBeMeantPanicAtTheStart(t *testing.T) {
	for name, f := range map[string]func(*httpapi.API){
		"no permission": func(a *httpapi.API) { a.Mount(httpapi.Do("GET /x/{id}", "x", "", lookup)) },
		"a download without permission": func(a *httpapi.API) {
			a.Mount(httpapi.Download("GET /x/{id}", "x", "", file))
		},
		"no method":   func(a *httpapi.API) { a.Mount(httpapi.Public("/x/{id}", "x", lookup)) },
		"a bare path": func(a *httpapi.API) { a.Mount(httpapi.Public("GET x/{id}", "x", lookup)) },
		"unique items, on which huma panics": func(a *httpapi.API) {
			a.Mount(httpapi.Public("POST /x", "x", func(context.Context, struct {
				Body struct {
					IDs []string `json:"ids" uniqueItems:"true"`
				}
			},
			) (httpapi.Nothing, error) {
				return httpapi.Nothing{}, nil
			}))
		},
		"a path twice": func(a *httpapi.API) {
			a.Mount(httpapi.Public("GET /x/{id}", "x", lookup), httpapi.Public("GET /x/{id}", "x", lookup))
		},
	} {
		if panics(func() { f(httpapi.New(http.NewServeMux(), "Test", "1")) }) == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestSpecificationNamesAccessAndRefusals(t *testing.T) {
	api := httpapi.New(http.NewServeMux(), "Test", "1")
	api.Mount(httpapi.Do("GET /gifts/{id}", "Look up", manage, lookup), httpapi.Public("GET /public/{id}", "As a stranger", lookup))
	text, err := api.Specification()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"openapi: 3.1", "/api/v1/gifts/{id}:", "operationId: get-gifts-id", "Permission: gift.manage", "session: []", "default:", "HttpapiProblem", "application/problem+json"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is missing", want)
		}
	}
	_, public, _ := strings.Cut(string(text), "/api/v1/public/{id}:")
	if strings.Contains(public, "session: []") {
		t.Error("a public endpoint asks for a session")
	}
	es := api.Endpoints()
	if len(es) != 2 || es[0].Path != "/api/v1/gifts/{id}" || es[0].Needs != manage || es[1].Access != httpapi.Open {
		t.Errorf("got %+v", es)
	}
}

// Whatever somebody sends, the answer is no failure of the server and repeats
// nothing of it.
func TestLawOfBadInput(t *testing.T) {
	h := server(&outcome{})
	value := rapid.OneOf(rapid.Just(`"x"`), rapid.Just(`7`), rapid.Just(`null`), rapid.Just(`{}`), rapid.Just(`[]`), rapid.Just(`1e999`),
		rapid.Just(`"\ud800"`), rapid.Just("\"\xff\""), rapid.Just(`true`), rapid.Just(``))
	key := rapid.SampledFrom([]string{"name", "value", "kind", "on", "tags", "note", "other"})
	rapid.Check(t, func(rt *rapid.T) {
		var fields []string
		for range rapid.IntRange(0, 7).Draw(rt, "fields") {
			fields = append(fields, `"`+key.Draw(rt, "key")+`":`+value.Draw(rt, "value"))
		}
		body := "{" + strings.Join(fields, ",") + "}" + rapid.SampledFrom([]string{"", "}", "{}"}).Draw(rt, "end")
		a := ask(t, h, manager, i18n.EN, "POST /gifts", body)
		if a.Code >= 500 {
			rt.Fatalf("%s: %d %s", body, a.Code, a.Body)
		}
		if a.Code >= 400 && (a.problem.Title == "" || strings.Contains(a.Body.String(), "999")) {
			rt.Fatalf("%s: %s", body, a.Body)
		}
	})
}

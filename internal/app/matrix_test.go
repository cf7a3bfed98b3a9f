package app

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/httpapi"
)

// golden is the table that TestAuthorizationMatrix compares with, and renew the
// variable of the environment that has it written instead.
const (
	golden = "../../docs/authorization.md"
	renew  = "QINGFENG_GOLDEN"
)

// scope is where the thing lies that a person acts on, seen from the person.
type scope int

const (
	own      scope = iota // in the own district, at the own hospital
	other                 // in the district next door
	parent                // the city's own
	excluded              // as own, but the case keeps the person out
	scopes
)

// answer is what a cell says.
type answer byte

const (
	done    answer = 'y' // it was done, or shown
	hidden  answer = '.' // as if there were no such thing
	refused answer = 'x' // the person may not do it
	asked   answer = 'o' // the person may, with what only they have
	unknown answer = 'i' // sign in first
	absent  answer = ' ' // there is no such scope
)

// row is how one operation is tried out.
type row struct {
	op    string // as "GET /cases/{id}"
	about string // what is tried, where the operation has several rows
	reach scope  // the last scope that it has
	// make makes what the operation acts on, and says how it is called.
	make func(m *matrix, at site) call
	// proof says that the operation wants a code or key that only the owner of an
	// account has: it is called without, and may not do anything.
	proof bool
	// judge reads the answer where the status does not say all.
	judge func(c call, body []byte) answer
}

// call is a request that is in order in all but the person.
type call struct {
	fill  []string // parameters of the path
	query string
	body  any
	raw   string // body that is no JSON
	shows string // what is in the answer only if the thing is shown
	id    string // of the case, for keeping people out of it
	as    string // a session other than that of the person, which stays
}

// lone is a row of an operation that acts on nothing that lies anywhere.
func lone(op string, f func(m *matrix, at site) call) row { return row{op: op, reach: own, make: f} }

// sited is a row of an operation on something that lies somewhere.
func sited(op string, f func(m *matrix, at site) call) row {
	return row{op: op, reach: parent, make: f}
}

// listed makes a row of one whose answer may leave the thing out.
func listed(r row) row {
	r.judge = func(c call, body []byte) answer {
		if !bytes.Contains(body, []byte(c.shows)) {
			return hidden
		}
		return done
	}
	return r
}

// Who may do what is a table: each operation by each role, on what lies in the
// own district, next door, above, and in a case that keeps the person out. It is
// what the running server answers. An operation without a row fails. Whatever is
// refused leaves the database as it was, byte for byte, and what is hidden
// answers like what does not exist.
func TestAuthorizationMatrix(t *testing.T) {
	m := newMatrix(t)
	rows := allRows()
	m.complete(rows)
	table := make([][]string, len(rows))
	for i, r := range rows {
		t.Run(strings.TrimSpace(r.op+" "+r.about), func(t *testing.T) {
			m.t = t
			table[i] = m.try(r)
		})
	}
	m.t = t
	m.stands()
	text := m.page(rows, table)
	if os.Getenv(renew) != "" {
		if err := os.WriteFile(golden, []byte(text), 0o644); err != nil { //nolint:gosec // a page of the documentation
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	differences(t, string(want), text)
}

// allRows are the rows of all areas.
func allRows() []row {
	return slices.Concat(
		caseRows(), stepRows(), receiptRows(), codeRows(), orgRows(), staffRows(), accountRows(), ratesRows(), figureRows(),
		campaignRows(), toldRows(), returnRows(), inspectionRows(), problemRows(), sanctionRows(),
		formRows(),
		systemRows(), sessionRows(),
	)
}

// differences names the lines that are not as the table has them.
func differences(t *testing.T, want, got string) {
	t.Helper()
	if want == got {
		return
	}
	was, is := strings.Split(want, "\n"), strings.Split(got, "\n")
	for _, line := range is {
		if !slices.Contains(was, line) {
			t.Errorf("new:  %s", line)
		}
	}
	for _, line := range was {
		if !slices.Contains(is, line) {
			t.Errorf("gone: %s", line)
		}
	}
	t.Errorf("%s is out of date. Read what changed; where it is meant, run this test with %s=write", golden, renew)
}

// complete fails the test by the name of each operation without a row, and of
// each row without an operation.
func (m *matrix) complete(rows []row) {
	m.t.Helper()
	for _, e := range m.s.API.Endpoints() {
		m.ops[operation(e)] = e
	}
	have := map[string]bool{}
	for _, r := range rows {
		have[r.op] = true
		if _, known := m.ops[r.op]; !known {
			m.t.Errorf("%s has a row and is no operation", r.op)
		}
	}
	for op := range m.ops {
		if !have[op] {
			m.t.Errorf("%s has no row: add one to matrix_*_test.go and see who may call it", op)
		}
	}
	if m.t.Failed() {
		m.t.FailNow()
	}
}

func operation(e httpapi.Endpoint) string {
	return e.Method + " " + strings.TrimPrefix(e.Path, httpapi.Version)
}

// try calls an operation as everybody, everywhere, and returns a cell for each.
func (m *matrix) try(r row) (cells []string) {
	byWho := make([][]answer, len(m.people))
	for sc := range scopes {
		var c *call
		for i, who := range m.people {
			if sc > r.reach {
				byWho[i] = append(byWho[i], absent)
				continue
			}
			if c == nil {
				c = m.prepare(r, sc)
			}
			a, wrote := m.ask(r, *c, who)
			byWho[i] = append(byWho[i], a)
			if wrote && !strings.HasPrefix(r.op, http.MethodGet) {
				c = nil
			}
			m.asked++
		}
	}
	for _, as := range byWho {
		cells = append(cells, strings.TrimSpace(string(as)))
	}
	return cells
}

// prepare makes what an operation acts on in a scope.
func (m *matrix) prepare(r row, sc scope) *call {
	c := r.make(m, m.sites[sc%excluded])
	if sc == excluded {
		m.keepOut(c.id)
	}
	m.made++
	return &c
}

// ask sends a request as a person, and reads the answer. wrote says that the
// database was written.
func (m *matrix) ask(r row, c call, who *person) (a answer, wrote bool) {
	m.t.Helper()
	before := m.version()
	status, body := m.send(r, c, who)
	wrote = m.version() != before
	switch {
	case r.proof && status < 500 && (status != http.StatusUnauthorized || m.ops[r.op].Access == httpapi.Open):
		return asked, wrote
	case status >= 200 && status < 300:
		a = done
		if r.judge != nil {
			a = r.judge(c, body)
		}
	case status == http.StatusUnauthorized:
		if a = unknown; who.session != "" {
			m.t.Errorf("%s had signed in and is asked to", who.role)
		}
	case status == http.StatusForbidden:
		a = refused
	case status == http.StatusNotFound:
		a = hidden
		m.likeNothing(r, c, who, body)
	default:
		m.t.Fatalf("%s: %d %s (%v)", who.role, status, body, c)
	}
	if a != done && wrote && !notes(r) {
		m.t.Errorf("%s was refused (%c) and the database was written", who.role, a)
	}
	return a, wrote
}

// notes reports whether an operation writes down that somebody looked, whatever
// there was to see.
func notes(r row) bool {
	return strings.HasPrefix(r.op, "GET /audit") || r.op == "GET /cases/export" || r.op == "GET /forms/{id}/answers/export" || r.op == "GET /problems/export" ||
		strings.HasPrefix(r.op, "GET /campaigns/") && strings.HasSuffix(r.op, "/export")
}

// likeNothing fails the test where what is hidden answers otherwise than what
// does not exist.
func (m *matrix) likeNothing(r row, c call, who *person, body []byte) {
	m.t.Helper()
	if c.id == "" || len(c.fill) == 0 {
		return
	}
	c.fill = append([]string{db.NewID()}, c.fill[1:]...)
	if status, nothing := m.send(r, c, who); status != http.StatusNotFound || !bytes.Equal(nothing, body) {
		m.t.Errorf("%s: what is hidden answers %s, and what does not exist %d %s", who.role, body, status, nothing)
	}
}

var parameter = regexp.MustCompile(`\{[a-z]+\}`)

// send sends a request as a person.
func (m *matrix) send(r row, c call, who *person) (status int, body []byte) {
	m.t.Helper()
	e, n := m.ops[r.op], 0
	path := parameter.ReplaceAllStringFunc(e.Path, func(string) string { n++; return c.fill[n-1] })
	if c.query != "" {
		path += "?" + c.query
	}
	kind, text := "application/json", []byte(nil)
	switch {
	case c.raw != "":
		kind, text = "application/octet-stream", []byte(c.raw)
	case c.body != nil:
		var err error
		if text, err = json.Marshal(c.body); err != nil {
			m.t.Fatal(err)
		}
	}
	req, err := http.NewRequestWithContext(m.t.Context(), e.Method, m.url+path, bytes.NewReader(text))
	if err != nil {
		m.t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Accept-Language", "en")
	if session := cmp.Or(c.as, who.session); session != "" {
		req.Header.Set("Cookie", session)
	}
	res, err := m.client.Do(req)
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if c.as == "" {
		who.session = cmp.Or(sessionOf(res), who.session)
	}
	if body, err = io.ReadAll(res.Body); err != nil {
		m.t.Fatal(err)
	}
	return res.StatusCode, body
}

// page writes the table down.
func (m *matrix) page(rows []row, table [][]string) string {
	var b strings.Builder
	b.WriteString(legend())
	area := ""
	for i, r := range rows {
		_, path, _ := strings.Cut(r.op, " /")
		if now, _, _ := strings.Cut(path, "/"); now != area {
			area = now
			m.head(&b, area)
		}
		name := m.ops[r.op].Summary
		if r.about != "" {
			name += ": " + r.about
		}
		fmt.Fprintf(&b, "| %s<br>`%s` |", name, r.op)
		for _, c := range table[i] {
			fmt.Fprintf(&b, " %s |", shown(c))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// shown writes a cell: one letter where all scopes have the same.
func shown(cell string) string {
	if cell != "" && strings.Trim(cell, cell[:1]) == "" {
		cell = cell[:1]
	}
	return "`" + cell + "`"
}

func (m *matrix) head(b *strings.Builder, area string) {
	fmt.Fprintf(b, "\n## %s\n\n| operation |", area)
	for _, p := range m.people {
		fmt.Fprintf(b, " %s |", strings.ReplaceAll(p.role, "_", " "))
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(m.people)) + "\n")
}

func legend() string {
	return `# Who may do what

Every operation of the API by every role, as the running server answers. The test
` + "`TestAuthorizationMatrix`" + ` (internal/app) calls each of them on things made for it and
compares the answers with this page; an operation without a row fails it. It is
written, never edited: ` + "`" + renew + `=write go test -tags sqlite_fts5 -run TestAuthorizationMatrix ./internal/app` + "`" + `.

The people all work in one district of a city, the commission's at the commission,
the others at a hospital (the handler in a department), and hold their role there.
The three administrators hold theirs for the district, and one system administrator
for everything. A cell has a letter for each
place where the thing may lie, in this order, or a single one where all are the same:

1. **own**: about the own hospital, in the own district
2. **other**: the same about a hospital of the district next door
3. **parent**: about a hospital that the city keeps itself
4. **excluded**: as own, but the case keeps the person out (only where there is a case)

| letter | what the server answers |
|---|---|
| ` + "`y`" + ` | it does it, or shows it |
| ` + "`.`" + ` | as if there were no such thing: 404, with the very words for what does not exist, or a list without it |
| ` + "`x`" + ` | this person may not: 403 |
| ` + "`i`" + ` | sign in first: 401 |
| ` + "`o`" + ` | the own account, by a code, a key or a password that only its owner has: called without (internal/org tests it with) |

Whatever is answered ` + "`.`, `x` or `i`" + ` leaves the database as it was.
`
}

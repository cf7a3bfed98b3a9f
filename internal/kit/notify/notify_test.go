package notify_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/notify"
)

func tables() []dbtest.Migration {
	return []dbtest.Migration{{Module: "job", Files: job.Migrations()}, {Module: "notify", Files: notify.Migrations()}}
}

// hand is a clock that a test moves.
type hand struct{ at time.Time }

func (h *hand) now() time.Time { return h.at }

func begin() *hand { return &hand{time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai)} }

// people is a directory in memory.
type people map[string]notify.Address

func (p people) Address(_ context.Context, staff string) (notify.Address, error) {
	if staff == "unreachable" {
		return notify.Address{}, errors.New("the directory is away")
	}
	return p[staff], nil
}

// post is a channel that keeps what it delivers.
type post struct {
	sent []string
	fail error
}

func (*post) Name() string { return "post" }

func (p *post) Deliver(_ context.Context, n notify.Notification, to notify.Address) error {
	if p.fail != nil {
		return p.fail
	}
	p.sent = append(p.sent, n.StaffID+" "+n.Title.In(to.Lang)+" "+to.Email)
	return nil
}

// office is a service with its queue.
type office struct {
	*notify.Service
	db    *db.DB
	queue *job.Queue
}

func open(d *db.DB, h *hand, channels ...notify.Channel) office {
	q := job.New(d, h.now)
	s := notify.New(d, q, h.now, people{"wang": {Email: "wang@example.com"}, "smith": {Email: "smith@example.com", Lang: i18n.EN}}, channels...)
	q.Handle(s.Jobs()...)
	return office{s, d, q}
}

func overdue(to ...string) notify.Message {
	return notify.Message{To: to, Kind: "case.overdue", Title: i18n.T("事项超期", "A case is overdue"), Body: i18n.T("请今天办结", "Please finish it today"), Link: "/cases/1"}
}

func (o office) send(t *testing.T, m notify.Message) {
	t.Helper()
	if err := o.db.InTx(t.Context(), func(tx *db.Tx) error { return o.Send(tx, m) }); err != nil {
		t.Fatal(err)
	}
}

func as(t *testing.T, staff string) context.Context {
	return authz.With(t.Context(), authz.Actor{ID: staff})
}

func (o office) inbox(t *testing.T, staff string, unread bool) []notify.Notification {
	t.Helper()
	page, err := o.List(as(t, staff), notify.ListInput{Query: list.Query{Limit: 50}, Unread: unread})
	if err != nil {
		t.Fatal(err)
	}
	return page.Items
}

func (o office) unread(t *testing.T, staff string) int {
	t.Helper()
	n, err := o.UnreadCount(as(t, staff), notify.Nobody{})
	if err != nil {
		t.Fatal(err)
	}
	return n.Value
}

func read(ids ...string) (in notify.ReadInput) {
	in.Body.IDs = ids
	return in
}

func TestEverybodyIsToldOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, p := begin(), &post{}
		o := open(d, h, p)
		o.send(t, overdue("wang", "smith", "wang"))
		got := o.inbox(t, "wang", false)
		want := []notify.Notification{{StaffID: "wang", Kind: "case.overdue", Title: overdue().Title, Body: overdue().Body, Link: "/cases/1", CreatedAt: h.at.UTC()}}
		if len(got) == 1 {
			want[0].ID = got[0].ID
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if err := o.queue.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"smith A case is overdue smith@example.com", "wang 事项超期 wang@example.com"}, p.sent); diff != "" {
			t.Error(diff)
		}
	}, tables()...)
}

func TestNobodyIsToldWhatDidNotHappen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := &post{}
		o := open(d, begin(), p)
		refused := errors.New("refused")
		err := d.InTx(t.Context(), func(tx *db.Tx) error { return errors.Join(o.Send(tx, overdue("wang")), refused) })
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		if err := o.queue.RunDue(t.Context()); err != nil || len(p.sent) != 0 || len(o.inbox(t, "wang", false)) != 0 {
			t.Errorf("%v, sent %v", err, p.sent)
		}
	}, tables()...)
}

func TestMessagesThatAreMistakes(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t), tables()...)
	o := open(d, begin())
	for name, spoil := range map[string]func(*notify.Message){
		"no kind":             func(m *notify.Message) { m.Kind = "" },
		"nobody":              func(m *notify.Message) { m.To = []string{"wang", ""} },
		"no Chinese title":    func(m *notify.Message) { m.Title.ZH = "" },
		"no English title":    func(m *notify.Message) { m.Title.EN = "" },
		"half a body":         func(m *notify.Message) { m.Body.EN = "" },
		"another site":        func(m *notify.Message) { m.Link = "https://example.com/" },
		"another host":        func(m *notify.Message) { m.Link = "//example.com/" },
		"a backslash":         func(m *notify.Message) { m.Link = `/\example.com` },
		"a script":            func(m *notify.Message) { m.Link = "javascript:alert(1)" },
		"a line break":        func(m *notify.Message) { m.Link = "/cases\r\nBcc: x@example.com" },
		"a relative path":     func(m *notify.Message) { m.Link = "cases/1" },
		"a space in the path": func(m *notify.Message) { m.Link = "/cases/1 x" },
	} {
		m := overdue("wang")
		spoil(&m)
		err := d.InTx(t.Context(), func(tx *db.Tx) error { return o.Send(tx, m) })
		if err == nil || fault.KindOf(err) != fault.Internal {
			t.Errorf("%s: got %v", name, err)
		}
	}
	o.send(t, notify.Message{To: []string{"wang"}, Kind: "x", Title: i18n.T("好", "fine")})
	o.send(t, overdue())
	if n := o.unread(t, "wang"); n != 1 {
		t.Errorf("%d notifications, want 1", n)
	}
}

func TestPeopleSeeAndReadTheirOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := begin()
		o := open(d, h)
		o.send(t, overdue("wang", "smith"))
		o.send(t, overdue("wang"))
		first, foreign := o.inbox(t, "wang", true)[1].ID, o.inbox(t, "smith", true)[0].ID
		h.at = h.at.Add(time.Hour)
		left, err := o.MarkRead(as(t, "wang"), read(first, foreign, "unknown"))
		if err != nil || left.Value != 1 {
			t.Errorf("%d left, %v", left.Value, err)
		}
		if o.unread(t, "wang") != 1 || o.unread(t, "smith") != 1 {
			t.Error("marked somebody else's, or not its own")
		}
		seen := h.at
		h.at = h.at.Add(time.Hour)
		if _, err := o.MarkRead(as(t, "wang"), read(first)); err != nil {
			t.Fatal(err)
		}
		if at := o.inbox(t, "wang", false)[1].ReadAt; !at.Equal(seen) {
			t.Errorf("read at %s, want the first time %s", at, seen)
		}
		var all notify.ReadInput
		all.Body.All = true
		if left, err := o.MarkRead(as(t, "wang"), all); err != nil || left.Value != 0 {
			t.Errorf("%d left, %v", left.Value, err)
		}
		if len(o.inbox(t, "wang", true)) != 0 || len(o.inbox(t, "wang", false)) != 2 || o.unread(t, "smith") != 1 {
			t.Error("read notifications are lost, or somebody else's are read")
		}
	}, tables()...)
}

// Who may not know any more what a notification was about has it no longer, and
// it does not leave the house; others and other pages keep theirs.
func TestWhatIsForgottenIsGone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		channel := &post{}
		o := open(d, begin(), channel)
		other := overdue("wang")
		other.Link = "/cases/2"
		o.send(t, overdue("wang", "smith"))
		o.send(t, other)
		var told []string
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			return o.Forget(tx, "/cases/1", func(ids []string) ([]string, error) {
				told = ids
				return []string{"wang"}, nil
			})
		})
		if err != nil || !slices.Equal(told, []string{"smith", "wang"}) {
			t.Fatalf("%v, told were %v", err, told)
		}
		if mine := o.inbox(t, "wang", false); len(mine) != 1 || mine[0].Link != "/cases/2" || o.unread(t, "wang") != 1 || o.unread(t, "smith") != 1 {
			t.Errorf("wang has %+v, smith %d", mine, o.unread(t, "smith"))
		}
		if err := o.queue.RunDue(t.Context()); err != nil || len(channel.sent) != 2 {
			t.Errorf("%v, delivered %v", err, channel.sent)
		}
		refused := errors.New("refused")
		err = d.InTx(t.Context(), func(tx *db.Tx) error {
			return o.Forget(tx, "/cases/1", func([]string) ([]string, error) { return nil, refused })
		})
		if !errors.Is(err, refused) || o.unread(t, "smith") != 1 {
			t.Errorf("%v, smith has %d", err, o.unread(t, "smith"))
		}
	}, tables()...)
}

func TestMarkReadNamesSomething(t *testing.T) {
	if err := read().Validate(); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
	if err := read("1").Validate(); err != nil {
		t.Error(err)
	}
}

// Paging shows everything once, newest first, however many came in the same
// millisecond.
func TestListPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(d, begin())
		for range 7 {
			o.send(t, overdue("wang"))
		}
		seen, last := 0, "~"
		in := notify.ListInput{Query: list.Query{Limit: 3}}
		for {
			page, err := o.List(as(t, "wang"), in)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range page.Items {
				if n.ID >= last {
					t.Errorf("%s after %s", n.ID, last)
				}
				last = n.ID
				seen++
			}
			if in.Cursor = page.Next; page.Next == "" {
				break
			}
		}
		if seen != 7 {
			t.Errorf("%d seen, want 7", seen)
		}
		in.Cursor = "nonsense"
		if _, err := o.List(as(t, "wang"), in); !fault.Is(err, fault.Invalid) {
			t.Errorf("got %v", err)
		}
	}, tables()...)
}

func TestCountStopsAtItsCap(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t), tables()...)
	o := open(d, begin())
	err := d.InTx(t.Context(), func(tx *db.Tx) (err error) {
		for range list.CountCap + 2 {
			err = errors.Join(err, o.Send(tx, overdue("wang")))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	n, err := o.UnreadCount(as(t, "wang"), notify.Nobody{})
	if err != nil || n.Value != list.CountCap || !n.Capped {
		t.Errorf("%+v, %v", n, err)
	}
}

func TestFailedDeliveryIsTriedAgainUntilRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, p := begin(), &post{fail: errors.New("the server is away")}
		o := open(d, h, p)
		o.send(t, overdue("wang"))
		if err := o.queue.RunDue(t.Context()); !errors.Is(err, p.fail) {
			t.Fatalf("got %v", err)
		}
		p.fail = nil
		h.at = h.at.Add(time.Hour)
		if err := o.queue.RunDue(t.Context()); err != nil || len(p.sent) != 1 {
			t.Fatalf("%v, sent %v", err, p.sent)
		}
		o.send(t, overdue("wang"))
		if _, err := o.MarkRead(as(t, "wang"), read(o.inbox(t, "wang", true)[0].ID)); err != nil {
			t.Fatal(err)
		}
		if err := o.queue.RunDue(t.Context()); err != nil || len(p.sent) != 1 {
			t.Errorf("%v, sent %v although the last is read", err, p.sent)
		}
	}, tables()...)
}

func TestFailingDirectoryIsAskedAgain(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t), tables()...)
	o := open(d, begin(), &post{})
	o.send(t, overdue("unreachable"))
	if err := o.queue.RunDue(t.Context()); err == nil {
		t.Error("no error")
	}
	err := d.Read(t.Context(), func(r db.Reader) error {
		dead, err := job.Dead(r)
		if len(dead) != 0 {
			t.Error("dead at once")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// Two windows of one person mark everything read at once.
func TestMarkReadRace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(d, begin())
		for range 20 {
			o.send(t, overdue("wang"))
		}
		var all notify.ReadInput
		all.Body.All = true
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if left, err := o.MarkRead(as(t, "wang"), all); err != nil || left.Value != 0 {
					t.Errorf("%d left, %v", left.Value, err)
				}
			})
		}
		wg.Wait()
	}, tables()...)
}

// The console gets what it shows and no recipient; a stranger gets nothing.
func TestEndpoints(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t), tables()...)
	o := open(d, begin())
	o.send(t, overdue("wang"))
	mux := http.NewServeMux()
	httpapi.New(mux, "test", "1").Mount(o.Endpoints()...)
	id := o.inbox(t, "wang", true)[0].ID
	item := `{"items":[{"id":"` + id + `","kind":"case.overdue","title":{"zh":"事项超期","en":"A case is overdue"},"body":{"zh":"请今天办结","en":"Please finish it today"},"link":"/cases/1","created_at":"2026-07-28T01:00:00Z"}]}`
	for _, c := range []struct {
		staff, method, path, body string
		status                    int
		want                      string
	}{
		{"", "GET", "/notifications", "", 401, ""},
		{"", "POST", "/notifications/read", `{"all":true}`, 401, ""},
		{"wang", "GET", "/notifications?unread=true", "", 200, item},
		{"smith", "GET", "/notifications", "", 200, `{"items":[]}`},
		{"wang", "GET", "/notifications/unread", "", 200, `{"value":1,"capped":false}`},
		{"wang", "POST", "/notifications/read", `{}`, 422, ""},
		{"wang", "POST", "/notifications/read", `{"ids":["` + id + `"]}`, 200, `{"value":0,"capped":false}`},
		{"wang", "GET", "/notifications?unread=true", "", 200, `{"items":[]}`},
	} {
		req := httptest.NewRequestWithContext(as(t, c.staff), c.method, "/api/v1"+c.path, strings.NewReader(c.body))
		req.Header.Set("Content-Type", "application/json")
		rec := httptest.NewRecorder()
		mux.ServeHTTP(rec, req)
		if got := strings.TrimSpace(rec.Body.String()); rec.Code != c.status || c.want != "" && got != c.want {
			t.Errorf("%s %s as %q: %d %s", c.method, c.path, c.staff, rec.Code, got)
		}
	}
}

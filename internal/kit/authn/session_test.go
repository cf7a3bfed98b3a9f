package authn_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
)

var tables = dbtest.Migration{Module: "session", Files: authn.Migrations()}

// site is a server with sessions: /in signs in, /out signs out, everything
// else says who is there.
type site struct {
	t        *testing.T
	db       *db.DB
	sessions *authn.Sessions
	closed   atomic.Bool  // the account is closed
	asked    atomic.Int64 // how often the account was looked up
	during   func()       // runs inside every other request
	handler  http.Handler
}

var errNoStaff = errors.New("the list of staff does not answer")

func newSite(t *testing.T, d *db.DB, secure bool) *site {
	s := &site{t: t, db: d, during: func() {}}
	s.sessions = authn.NewSessions(d, secure, make([]byte, 32), func(_ context.Context, staff string, _ authn.Method) (authz.Actor, error) {
		s.asked.Add(1)
		switch {
		case staff == "broken":
			return authz.Actor{}, errNoStaff
		case s.closed.Load():
			return authz.Actor{}, nil
		}
		return authz.Actor{ID: staff}, nil
	})
	mux := http.NewServeMux()
	mux.HandleFunc("/in/{staff}", func(_ http.ResponseWriter, r *http.Request) {
		if err := s.sessions.Begin(r.Context(), r.PathValue("staff"), authn.ByPassword); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("/first/{staff}", func(_ http.ResponseWriter, r *http.Request) {
		if err := s.sessions.BeginWaiting(r.Context(), r.PathValue("staff"), authn.ByPassword); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("/owes", func(w http.ResponseWriter, r *http.Request) {
		who, _ := s.sessions.Waiting(r.Context())
		_, _ = w.Write([]byte(who))
	})
	mux.HandleFunc("/known/{staff}", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(s.sessions.Device(r.Context(), r.PathValue("staff"))))
	})
	mux.HandleFunc("/out", func(_ http.ResponseWriter, r *http.Request) {
		if err := s.sessions.End(r.Context()); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.during()
		a := authz.From(r.Context())
		_, _ = w.Write([]byte(a.ID + "|" + a.Session))
	})
	s.handler = s.sessions.Middleware(mux)
	return s
}

// visit requests path with a cookie and returns who was seen there and the
// cookie that the answer sets, nil when it sets none.
func (s *site) visit(path string, cookie *http.Cookie) (who, session string, set *http.Cookie) {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if cookie != nil {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		s.t.Errorf("%s: %d", path, w.Code)
	}
	who, session, _ = strings.Cut(w.Body.String(), "|")
	for _, c := range w.Result().Cookies() {
		if c.Name == authn.Cookie {
			set = c
		}
	}
	return who, session, set
}

func (s *site) signIn(staff string) *http.Cookie {
	s.t.Helper()
	_, _, c := s.visit("/in/"+staff, nil)
	if c == nil {
		s.t.Fatal("signing in set no cookie")
	}
	return c
}

func (s *site) wantSeen(want string, c *http.Cookie) {
	s.t.Helper()
	if who, _, _ := s.visit("/", c); who != want {
		s.t.Errorf("seen as %q, want %q", who, want)
	}
}

func (s *site) rows() (n int64) {
	s.t.Helper()
	err := s.db.Read(s.t.Context(), func(r db.Reader) (err error) {
		n, err = db.Value[int64](r, `select count(*) from session`)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// each runs f on both engines, on a site of its own.
func each(t *testing.T, f func(*site)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(newSite(t, d, true)) }, tables)
}

func TestSessionIsValidOnEveryServerUntilItEnds(t *testing.T) {
	each(t, func(s *site) {
		c := s.signIn("zhang")
		other := newSite(s.t, s.db, true)
		s.wantSeen("zhang", c)
		other.wantSeen("zhang", c)
		_, _, cleared := other.visit("/out", c)
		if cleared == nil || cleared.MaxAge >= 0 {
			s.t.Errorf("signing out left the cookie %v", cleared)
		}
		s.wantSeen("", c)
		if n := s.rows(); n != 0 {
			s.t.Errorf("%d sessions left", n)
		}
	})
}

func TestCookieIsKeptFromScriptsAndStrangers(t *testing.T) {
	each(t, func(s *site) {
		c := s.signIn("zhang")
		if c.Name != authn.Cookie || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteStrictMode || len(c.Value) < 32 {
			s.t.Errorf("cookie %+v", c)
		}
		if plain := newSite(s.t, s.db, false).signIn("li"); plain.Secure {
			s.t.Error("a site without HTTPS asks for it")
		}
	})
}

func TestDatabaseHoldsNoToken(t *testing.T) {
	each(t, func(s *site) {
		c := s.signIn("zhang")
		err := s.db.Read(s.t.Context(), func(r db.Reader) error {
			token, err := db.Value[string](r, `select token || data from session`)
			if strings.Contains(token, c.Value) {
				s.t.Error("the token can be read in the database")
			}
			return err
		})
		if err != nil {
			s.t.Error(err)
		}
	})
}

func TestStrangersLeaveNoTrace(t *testing.T) {
	each(t, func(s *site) {
		for _, c := range []*http.Cookie{nil, {Name: authn.Cookie, Value: "made-up"}, {Name: authn.Cookie, Value: ""}} {
			who, session, set := s.visit("/", c)
			if who != "" || session != "" || set != nil {
				s.t.Errorf("with %v: seen as %q, session %q, cookie %v", c, who, session, set)
			}
		}
		if s.rows() != 0 || s.asked.Load() != 0 {
			s.t.Errorf("%d sessions, %d look-ups", s.rows(), s.asked.Load())
		}
	})
}

// The log tells logins apart without holding what opens them.
func TestSessionOfTheLogIsNotTheToken(t *testing.T) {
	each(t, func(s *site) {
		one, two := s.signIn("zhang"), s.signIn("zhang")
		_, first, _ := s.visit("/", one)
		_, again, _ := s.visit("/", one)
		_, second, _ := s.visit("/", two)
		if first != again || first == second || len(first) != 16 || strings.Contains(one.Value, first) {
			s.t.Errorf("sessions %q, %q, %q", first, again, second)
		}
	})
}

// Whoever knew the cookie before somebody signed in does not know it after.
func TestSigningInChangesTheToken(t *testing.T) {
	each(t, func(s *site) {
		before := s.signIn("zhang")
		_, _, after := s.visit("/in/li", before)
		if after == nil || after.Value == before.Value {
			s.t.Fatal("the token stayed")
		}
		s.wantSeen("li", after)
		s.wantSeen("", before)
	})
}

func TestClosedAccountIsOutAtTheNextRequest(t *testing.T) {
	each(t, func(s *site) {
		c := s.signIn("zhang")
		s.closed.Store(true)
		s.wantSeen("", c)
		if n := s.rows(); n != 0 {
			s.t.Errorf("%d sessions left", n)
		}
	})
}

func TestEndAllEndsThoseOfOnePerson(t *testing.T) {
	each(t, func(s *site) {
		one, two, li := s.signIn("zhang"), s.signIn("zhang"), s.signIn("li")
		endAll(s, "zhang")
		s.wantSeen("", one)
		s.wantSeen("", two)
		s.wantSeen("li", li)
	})
}

func endAll(s *site, staff string) {
	s.t.Helper()
	if err := s.db.InTx(context.Background(), func(tx *db.Tx) error { return authn.EndAll(tx, staff) }); err != nil {
		s.t.Error(err)
	}
}

// Whoever is signed out everywhere does not come in by what was begun before.
func TestEndAllEndsWhatWasBegun(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			hers, err := authn.BeginCeremony(tx, "link", "zhang", "x")
			if err != nil {
				return err
			}
			other, err := authn.BeginCeremony(tx, "link", "li", "x")
			if err != nil {
				return err
			}
			if err := authn.EndAll(tx, "zhang"); err != nil {
				return err
			}
			var kept string
			if _, err := authn.EndCeremony(tx, "link", hers, &kept); !fault.Is(err, fault.Conflict) {
				t.Errorf("what was begun goes on: %v", err)
			}
			_, err = authn.EndCeremony(tx, "link", other, &kept)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}, tables)
}

func TestPersonWhoCannotBeLookedUpIsNotLetIn(t *testing.T) {
	each(t, func(s *site) {
		c := s.signIn("broken")
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(c)
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		if w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), errNoStaff.Error()) {
			s.t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}

// The times of a session are the machine's; a bubble of testing/synctest lets
// them pass. Only SQLite lives in one, for it speaks over no socket.
func inBubble(t *testing.T, f func(*site)) {
	synctest.Test(t, func(t *testing.T) {
		d, err := db.Open(t.Context(), dbtest.SQLiteURL(t))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Migrate(t.Context(), tables.Module, tables.Files); err != nil {
			t.Fatal(err)
		}
		f(newSite(t, d, true))
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestSessionEndsAfterAnHourWithoutUse(t *testing.T) {
	inBubble(t, func(s *site) {
		c := s.signIn("zhang")
		<-time.After(time.Hour)
		s.wantSeen("zhang", c) // the hour is not over, and begins anew
		<-time.After(time.Hour)
		s.wantSeen("zhang", c)
		<-time.After(time.Hour + time.Minute)
		s.wantSeen("", c)
		if n := s.rows(); n != 0 {
			s.t.Errorf("%d sessions left", n)
		}
	})
}

func TestSessionEndsAfterTwelveHoursOfUse(t *testing.T) {
	inBubble(t, func(s *site) {
		c := s.signIn("zhang")
		for range 23 {
			<-time.After(30 * time.Minute)
			s.wantSeen("zhang", c)
		}
		<-time.After(31 * time.Minute)
		s.wantSeen("", c)
	})
}

// Reading does not become writing: within five minutes nothing is noted.
func TestUseIsNotedEveryFiveMinutes(t *testing.T) {
	inBubble(t, func(s *site) {
		c := s.signIn("zhang")
		<-time.After(5 * time.Minute)
		if _, _, set := s.visit("/", c); set != nil {
			s.t.Error("noted within five minutes")
		}
		<-time.After(time.Millisecond)
		if _, _, set := s.visit("/", c); set == nil || set.Value != c.Value {
			s.t.Errorf("after five minutes the cookie is %v", set)
		}
	})
}

// A request that notes the use of a session while the session is ended must
// not bring it back to life.
func TestEndedSessionStaysEnded(t *testing.T) {
	inBubble(t, func(s *site) {
		c := s.signIn("zhang")
		<-time.After(10 * time.Minute)
		s.during = func() { endAll(s, "zhang") }
		s.wantSeen("zhang", c) // it had been let in already
		s.during = func() {}
		s.wantSeen("", c)
		if n := s.rows(); n != 0 {
			s.t.Errorf("%d sessions came back", n)
		}
	})
}

func TestSweepDeletesWhatHasExpired(t *testing.T) {
	inBubble(t, func(s *site) {
		s.signIn("zhang")
		<-time.After(6 * time.Hour)
		li := s.signIn("li")
		<-time.After(6*time.Hour + time.Minute)
		if err := s.sessions.Sweep(s.t.Context()); err != nil {
			s.t.Fatal(err)
		}
		if n := s.rows(); n != 1 {
			s.t.Errorf("%d sessions, want li's", n)
		}
		s.wantSeen("", li) // without use for more than an hour
	})
}

// Between the steps of signing in one is a stranger, and after five minutes
// nobody is expected any more.
func TestSecondStepIsExpectedForFiveMinutes(t *testing.T) {
	inBubble(t, func(s *site) {
		_, _, c := s.visit("/first/zhang", nil)
		s.wantSeen("", c)
		<-time.After(5 * time.Minute)
		if who, _, _ := s.visit("/owes", c); who != "zhang" {
			s.t.Errorf("%q owes the second step", who)
		}
		<-time.After(time.Second)
		if who, _, _ := s.visit("/owes", c); who != "" {
			s.t.Errorf("%q owes the second step still", who)
		}
	})
}

// A browser is known again by a cookie that is signed, its owner's and not too old.
func TestBrowserIsKnownAgain(t *testing.T) {
	inBubble(t, func(s *site) {
		r := httptest.NewRequest(http.MethodGet, "/in/zhang", nil)
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		var device *http.Cookie
		for _, c := range w.Result().Cookies() {
			if c.Name == authn.DeviceCookie {
				device = c
			}
		}
		if device == nil || !device.HttpOnly || device.SameSite != http.SameSiteStrictMode || !device.Secure {
			s.t.Fatalf("cookie %+v", device)
		}
		known := func(staff string, c *http.Cookie) bool {
			who, _, _ := s.visit("/known/"+staff, c)
			return who != ""
		}
		if !known("zhang", device) || known("li", device) || known("zhang", nil) {
			s.t.Error("known to the wrong people")
		}
		for _, forged := range []string{"li" + strings.TrimPrefix(device.Value, "zhang"), device.Value + "x", "", "~", "zhang.1.x~", strings.Split(device.Value, "~")[0]} {
			if c := (&http.Cookie{Name: authn.DeviceCookie, Value: forged}); known("zhang", c) || known("li", c) {
				s.t.Errorf("%q is known", forged)
			}
		}
		<-time.After(180*24*time.Hour + time.Second)
		if known("zhang", device) {
			s.t.Error("known after half a year")
		}
	})
}

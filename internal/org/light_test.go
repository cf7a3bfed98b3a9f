package org_test

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

const (
	volunteerPhone = "13800001357"
	goodPin        = "739164"
)

// volunteer gives somebody a personal link, and returns the account and the secret.
func (c *city) volunteer(staff string) (id, token string) {
	c.t.Helper()
	c.tx(func(tx *db.Tx) (err error) {
		until := today().AddDate(1, 0, 0)
		if id, err = c.Enlist(c.admin, tx, org.Volunteer{StaffID: staff, Name: "周望舒", Phone: volunteerPhone, Path: prefecture, Role: "monitor", Until: until}); err == nil {
			token, err = c.GiveLink(c.admin, tx, id, until)
		}
		return err
	})
	return id, token
}

// What is brought up to date is told, before and after; nothing is told where nothing
// is another.
func TestRefreshedVolunteerStandsInTheAudit(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		id, _ := c.volunteer("")
		refreshed := func(name, phone string) []audit.Entry {
			t.Helper()
			var told []audit.Entry
			c.tx(func(tx *db.Tx) error {
				_, err := c.Enlist(c.admin, tx, org.Volunteer{StaffID: id, Name: name, Phone: phone, Path: prefecture, Role: "monitor", Until: today().AddDate(1, 0, 0)})
				if err == nil {
					told, err = audit.About(tx.Reader, id, time.Time{}, "org.link.refresh")
				}
				return err
			})
			return told
		}
		if told := refreshed("周望舒", volunteerPhone); len(told) != 0 {
			t.Errorf("of nothing: %+v", told)
		}
		told := refreshed("周明月", "13900002468")
		if len(told) != 1 || told[0].Detail["name_was"] != "周望舒" || told[0].Detail["name"] != "周明月" || told[0].Detail["phone"] != "changed" || len(told[0].Detail) != 3 {
			t.Errorf("the audit tells %+v", told)
		}
	})
}

func (b *browser) light(path string, body map[string]any) int {
	b.t.Helper()
	return b.post("/session/link"+path, body)
}

// post sends JSON and returns the status of the answer.
func (b *browser) post(path string, in any) int {
	b.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		b.t.Fatal(err)
	}
	status, _ := b.send(http.MethodPost, path, "application/json", body)
	return status
}

func opening(token string) map[string]any {
	return map[string]any{"token": token, "phone": "1357", "pin": goodPin}
}

// signedIn reports whether a browser has a session.
func (b *browser) signedIn() bool {
	status, _ := b.send(http.MethodGet, "/session", "", nil)
	return status == http.StatusOK
}

func TestPersonalLinkOpensTheAccountOfItsOwner(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		id, token := c.volunteer("")
		b := c.open()
		if got := b.light("", map[string]any{"token": token}); got != http.StatusOK {
			t.Fatalf("asked: %d", got)
		}
		if got := b.light("/enter", map[string]any{"token": token, "pin": goodPin}); got != http.StatusConflict {
			t.Errorf("entered before a PIN was chosen: %d", got)
		}
		if got := b.light("/first", opening(token)); got != http.StatusOK || !b.signedIn() {
			t.Fatalf("first opening: %d", got)
		}
		thief := b.another()
		if got := thief.light("/first", opening(token)); got != http.StatusConflict {
			t.Errorf("second first opening: %d", got)
		}
		if got := thief.light("/enter", map[string]any{"token": token, "pin": "555221"}); got != http.StatusUnprocessableEntity || thief.signedIn() {
			t.Errorf("wrong PIN: %d", got)
		}
		if got := thief.light("/enter", map[string]any{"token": token, "pin": goodPin}); got != http.StatusOK {
			t.Errorf("right PIN: %d", got)
		}
		a := ok(c.ActorOf(t.Context(), id, authn.ByLink))(t)
		if got := a.Permissions(); len(got) != 1 || got[0] != "visit" {
			t.Errorf("a link opens %v", got)
		}
		if b.settles() {
			t.Error("a session of a link set up a second factor")
		}
	})
}

// settles tries to make oneself at home in an account that a link opened.
func (b *browser) settles() bool {
	b.t.Helper()
	return b.post("/session/code", map[string]any{"password": ""}) < http.StatusBadRequest || b.post("/session/passkeys", map[string]any{"password": ""}) < http.StatusBadRequest
}

func TestLinkThatOpensNothing(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		for name, spoil := range map[string]func(id string){
			"ended":    func(id string) { c.tx(func(tx *db.Tx) error { return c.EndLink(c.admin, tx, id, "不再聘任") }) },
			"replaced": func(id string) { c.volunteer(id) },
			"closed":   func(id string) { ok(c.CloseStaff(c.admin, postedTo(id, org.Reason{Reason: "离任"})))(t) },
			"another role": func(id string) {
				ok(c.Grant(c.admin, postedTo(id, org.NewGrant{Role: "handler", Path: prefecture})))(t)
			},
			"asleep": func(id string) {
				c.tx(func(tx *db.Tx) error {
					_, err := tx.Change("staff", id, `update staff set dormant_at = $1 where id = $2`, today(), id)
					return err
				})
			},
			"over": func(id string) {
				c.tx(func(tx *db.Tx) error {
					_, err := tx.Change("account_link", id, `update account_link set until = $1 where staff_id = $2`, today(), id)
					return err
				})
			},
		} {
			id, token := c.volunteer("")
			inside, outside := c.open(), c.open()
			if got := inside.light("/first", opening(token)); got != http.StatusOK {
				t.Fatalf("%s: first opening: %d", name, got)
			}
			spoil(id)
			if inside.signedIn() {
				t.Errorf("%s: whoever was inside stayed", name)
			}
			for path, body := range map[string]map[string]any{"": {"token": token}, "/first": opening(token), "/enter": {"token": token, "pin": goodPin}} {
				if got := outside.light(path, body); got != http.StatusUnauthorized {
					t.Errorf("%s: %s: %d", name, path, got)
				}
			}
		}
		guess := map[string]any{"token": "abcdefghijklmnopqrstuvwxyz"}
		if got := c.open().light("", guess); got != http.StatusUnauthorized {
			t.Errorf("a guess: %d", got)
		}
	})
}

func TestFirstOpeningIsOfTheOwner(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		_, token := c.volunteer("")
		for name, body := range map[string]map[string]any{
			"another's number": {"token": token, "phone": "0000", "pin": goodPin},
			"a short number":   {"token": token, "phone": "7", "pin": goodPin},
			"no number":        {"token": token, "phone": "", "pin": goodPin},
			"a short PIN":      {"token": token, "phone": "1357", "pin": "7391"},
			"letters":          {"token": token, "phone": "1357", "pin": "73916a"},
			"one digit":        {"token": token, "phone": "1357", "pin": "777777"},
			"a row":            {"token": token, "phone": "1357", "pin": "345678"},
			"the telephone":    {"token": token, "phone": "1357", "pin": "001357"},
		} {
			b := c.open()
			if got := b.light("/first", body); got != http.StatusUnprocessableEntity || b.signedIn() {
				t.Errorf("%s: %d", name, got)
			}
		}
	})
}

func TestTenWrongPinsEndALink(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		id, token := c.volunteer("")
		b := c.open()
		b.light("/first", opening(token))
		thief := b.another()
		wrong := func(times int) {
			for range times {
				thief.light("/enter", map[string]any{"token": token, "pin": "111222"})
			}
		}
		wrong(9)
		if got := b.light("/enter", map[string]any{"token": token, "pin": goodPin}); got != http.StatusOK {
			t.Fatalf("after nine wrong ones: %d", got)
		}
		wrong(9)
		if !b.signedIn() {
			t.Error("a right PIN did not begin the count anew")
		}
		wrong(1)
		if b.signedIn() || b.light("/enter", map[string]any{"token": token, "pin": goodPin}) != http.StatusUnauthorized {
			t.Error("ten wrong PINs did not end the link")
		}
		c.tx(func(tx *db.Tx) error {
			if k := ok(org.LinkStateOf(tx.Reader, id))(t); k.EndedAt.IsZero() {
				t.Error("nobody sees that the link has ended")
			}
			return nil
		})
	})
}

func TestTwoFirstOpeningsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		_, token := c.volunteer("")
		var got [2]int
		var both sync.WaitGroup
		for i, b := range []*browser{c.open(), c.open()} {
			both.Go(func() { got[i] = b.light("/first", opening(token)) })
		}
		both.Wait()
		if got != [2]int{http.StatusOK, http.StatusConflict} && got != [2]int{http.StatusConflict, http.StatusOK} {
			t.Errorf("two first openings: %v", got)
		}
	})
}

func TestLinkIsForLightAccountsAlone(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		worker := c.hire(c.commission.ID, "吴思齐")
		give := func() error {
			return c.DB.InTx(t.Context(), func(tx *db.Tx) error {
				_, err := c.GiveLink(c.admin, tx, worker.ID, today().AddDate(1, 0, 0))
				return err
			})
		}
		refused(t, give(), fault.Conflict, "")
		ok(c.OpenAccount(c.admin, postedTo(worker.ID, org.NewAccount{Username: "wusiqi"})))(t)
		refused(t, give(), fault.Conflict, "")
		ok(c.Grant(c.admin, postedTo(worker.ID, org.NewGrant{Role: "monitor", Path: prefecture})))(t)
		if err := give(); err != nil {
			t.Error(err)
		}
		ok(c.Grant(c.admin, postedTo(worker.ID, org.NewGrant{Role: "handler", Path: prefecture})))(t)
		refused(t, give(), fault.Conflict, "")
		refused(t, c.DB.InTx(t.Context(), func(tx *db.Tx) error {
			_, err := c.Enlist(c.admin, tx, org.Volunteer{Name: "周望舒", Phone: volunteerPhone, Path: prefecture, Role: "handler"})
			return err
		}), fault.Forbidden, "")
	})
}

func TestLinkDoesNotGetPastASecondFactor(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		id, token := c.volunteer("")
		b := c.open()
		b.light("/first", opening(token))
		c.tx(func(tx *db.Tx) error {
			_, err := c.Factors.NewRecovery(tx, id)
			return err
		})
		c.tx(func(tx *db.Tx) error {
			_, err := tx.Change("passkey", id, `insert into passkey (id, staff, credential, name, data, added_at) values ($1, $2, $1, 'a', '{}', $3)`, db.NewID(), id, today())
			return err
		})
		if got := b.another().light("/enter", map[string]any{"token": token, "pin": goodPin}); got != http.StatusForbidden {
			t.Errorf("with a second factor: %d", got)
		}
	})
}

func TestActorOfALinkIsNobodyWithoutOne(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		worker := c.hire(c.commission.ID, "吴思齐")
		ok(c.OpenAccount(c.admin, postedTo(worker.ID, org.NewAccount{Username: "wusiqi"})))(t)
		ok(c.Grant(c.admin, postedTo(worker.ID, org.NewGrant{Role: "monitor", Path: prefecture})))(t)
		if a := ok(c.ActorOf(context.Background(), worker.ID, authn.ByLink))(t); a.Known() {
			t.Errorf("%v is signed in by a link that there is not", a)
		}
	})
}

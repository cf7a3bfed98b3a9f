package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/verify"
)

const (
	crashReports = 1000
	crashClients = 16
	crashes      = 6
)

// acknowledged is what a reporter was promised.
type acknowledged struct {
	Receipt    string `json:"receipt"`
	CaseNumber string `json:"case_number"`
}

// crashing is a server that is killed at random while people report.
type crashing struct {
	t     *testing.T
	place Place
	token string
	url   atomic.Value // where it answers at present
	done  atomic.Int64
}

// What a server acknowledged before it was killed is there afterwards, once,
// and everything that is stored holds together.
func TestKilledServerLosesNothing(t *testing.T) {
	engines(t, func(t *testing.T, place Place) {
		s, made := city(t, place, 0, false)
		c := &crashing{t: t, place: s.Place, token: made.Token}
		before := count(t, s.DB)
		promised := c.run()
		if stored := count(t, s.DB) - before; stored != crashReports {
			t.Errorf("%d reports stored of %d", stored, crashReports)
		}
		last := serve(t, c.place)
		web, numbers := client(t), map[string]bool{}
		for _, p := range promised {
			var found struct {
				CaseNumber string `json:"case_number"`
			}
			if err := json.Unmarshal(must(t, web, http.StatusOK, http.MethodGet, last.url+"/api/v1/public/receipts/"+p.Receipt, nil), &found); err != nil || found.CaseNumber != p.CaseNumber {
				t.Errorf("a receipt of case %s leads to %q, %v", p.CaseNumber, found.CaseNumber, err)
			}
			numbers[p.CaseNumber] = true
		}
		if len(numbers) != crashReports {
			t.Errorf("%d case numbers for %d reports", len(numbers), crashReports)
		}
		last.stop(t)
		var out bytes.Buffer
		if wrong, err := verify.All(t.Context(), s.DB, &out, s.Checks()); err != nil || wrong > 0 {
			t.Errorf("%d wrong, %v\n%s", wrong, err, out.String())
		}
	})
}

func count(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	if err := d.Read(t.Context(), func(r db.Reader) (err error) {
		n, err = db.Value[int](r, `select count(*) from report`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

// run sends the reports while the server is killed and started again, and
// returns what was promised.
func (c *crashing) run() []acknowledged {
	server := serve(c.t, c.place)
	c.url.Store(server.url)
	promised := make([]acknowledged, crashReports)
	turns := make(chan int, crashReports)
	for i := range promised {
		turns <- i
	}
	close(turns)
	var clients sync.WaitGroup
	for range crashClients {
		clients.Go(func() {
			web := client(c.t)
			for i := range turns {
				promised[i] = c.report(web, i)
				c.done.Add(1)
			}
		})
	}
	for n := range crashes {
		from := int64(n * crashReports / (crashes + 1))
		for at := from + rand.Int64N(crashReports/(crashes+1)); c.done.Load() < at; { //nolint:gosec // any moment will do
			_, _, _ = send(c.t, client(c.t), http.MethodGet, server.url+"/healthz", nil)
		}
		server.kill()
		server = serve(c.t, c.place)
		c.url.Store(server.url)
	}
	clients.Wait()
	server.stop(c.t)
	return promised
}

// report sends one report until it is acknowledged, as a phone does.
func (c *crashing) report(web *http.Client, n int) (a acknowledged) {
	in := map[string]any{"token": c.token, "category": "A", "narrative": fmt.Sprintf("窗口排队无人处理，第 %d 次", n),
		"mode": "anonymous", "idempotency_key": fmt.Sprintf("crash-%d", n)}
	for {
		status, answer, err := send(c.t, web, http.MethodPost, c.url.Load().(string)+"/api/v1/public/reports", in)
		switch {
		case err != nil || status == http.StatusServiceUnavailable:
			continue // the server is gone; the phone tries again
		case status != http.StatusCreated:
			c.t.Errorf("report %d: %d %s", n, status, answer)
			return a
		}
		if err := json.Unmarshal(answer, &a); err != nil {
			c.t.Errorf("report %d: %v", n, err)
		}
		return a
	}
}

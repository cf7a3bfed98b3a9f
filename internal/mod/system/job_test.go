package system_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/mod/system"
	"qingfeng/internal/org"
)

// fail leaves a dead job behind and returns its identifier and how often it
// ran since.
func (w *world) fail() (id string, runs func() int) {
	w.Helper()
	n := 0
	w.Queue.Handle(job.On("mail", func(context.Context, struct{}) error {
		n++
		return job.Fatal(errors.New("the mail server is gone"))
	}))
	w.must(w.DB.InTx(w.Context(), func(tx *db.Tx) error { return w.Queue.Enqueue(tx, "mail", struct{}{}) }))
	if err := w.Queue.RunDue(w.Context()); err == nil {
		w.Fatal("the job did not fail")
	}
	dead, err := w.DeadJobs(w.top(), struct{}{})
	w.must(err)
	if len(dead.Items) != 1 || dead.Items[0].Kind != "mail" || dead.Items[0].LastError != "the mail server is gone" {
		w.Fatalf("dead: %+v", dead)
	}
	return dead.Items[0].ID, func() int { return n }
}

func revive(id, reason string) org.PostedTo[org.Reason] {
	return org.PostedTo[org.Reason]{ID: id, Body: org.Reason{Reason: reason}}
}

func TestDeadJobIsShownAndTriedAgain(t *testing.T) {
	each(t, func(w *world) {
		id, runs := w.fail()
		_, err := w.ReviveJob(w.top(), revive(id, "邮件服务器已恢复"))
		w.must(err)
		_ = w.Queue.RunDue(w.Context())
		if runs() != 2 {
			w.Errorf("ran %d times", runs())
		}
		if got := w.actions(); !slices.Equal(got, []string{"job.revive " + id}) {
			w.Errorf("the log says %v", got)
		}
	})
}

func TestJobsConcernTheWholeSystem(t *testing.T) {
	each(t, func(w *world) {
		id, _ := w.fail()
		hospital := w.as("of-hospital", w.hospital)
		_, err := w.DeadJobs(hospital, struct{}{})
		w.want(fault.Forbidden, err, "seeing")
		_, err = w.ReviveJob(hospital, revive(id, "x"))
		w.want(fault.Forbidden, err, "reviving")
		if len(w.actions()) != 0 {
			w.Errorf("the log says %v", w.actions())
		}
	})
}

func TestJobThatIsNotDeadIsNotRevived(t *testing.T) {
	each(t, func(w *world) {
		_, err := w.ReviveJob(w.top(), revive("none", "x"))
		w.want(fault.NotFound, err, "an unknown job")
		if len(w.actions()) != 0 {
			w.Errorf("the log says %v", w.actions())
		}
	})
}

// Of two who revive one job exactly one does.
func TestRaceToRevive(t *testing.T) {
	each(t, func(w *world) {
		id, runs := w.fail()
		var mu sync.Mutex
		won := 0
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				_, err := w.ReviveJob(w.top(), revive(id, "x"))
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else if !fault.Is(err, fault.NotFound) {
					w.Error(err)
				}
			})
		}
		wg.Wait()
		_ = w.Queue.RunDue(w.Context())
		if won != 1 || runs() != 2 || len(w.actions()) != 1 {
			w.Errorf("%d won, %d runs, log %v", won, runs(), w.actions())
		}
	})
}

func TestBacklogCountsWhatIsDueAndDead(t *testing.T) {
	each(t, func(w *world) {
		w.fail()
		w.must(w.DB.InTx(w.Context(), func(tx *db.Tx) error {
			for _, when := range []time.Duration{-90 * time.Second, -time.Second, 0, time.Second} {
				if err := w.Queue.Enqueue(tx, "mail", struct{}{}, job.At(w.time.Add(when))); err != nil {
					return err
				}
			}
			return nil
		}))
		b, err := w.Backlog(w.top(), struct{}{})
		if want := (system.Backlog{Due: 3, OldestSeconds: 90, Dead: 1}); err != nil || b != want {
			w.Errorf("got %+v, %v", b, err)
		}
	})
}

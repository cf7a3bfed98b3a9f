package casework

import (
	"testing"
	"time"

	"qingfeng/internal/kit/fault"
)

func TestHistoriesHaveAnOrder(t *testing.T) {
	at := func(h int) time.Time { return time.Date(2026, 7, 28, h, 0, 0, 0, time.UTC) }
	whole := func() Past {
		return Past{Opening: Opening{ReceivedAt: at(1)}, AcceptedAt: at(2), SignedAt: at(3), ContactedAt: at(4), SubmittedAt: at(5), ApprovedAt: at(6), ClosedAt: at(7)}
	}
	for name, c := range map[string]struct {
		change func(*Past)
		ok     bool
	}{
		"whole":                   {func(*Past) {}, true},
		"just received":           {func(p *Past) { *p = Past{Opening: p.Opening} }, true},
		"never contacted":         {func(p *Past) { p.ContactedAt = time.Time{} }, true},
		"at one moment":           {func(p *Past) { p.SignedAt = p.AcceptedAt }, true},
		"accepted before receipt": {func(p *Past) { p.AcceptedAt = at(0) }, false},
		"a step is missing":       {func(p *Past) { p.SubmittedAt = time.Time{} }, false},
		"closed before approval":  {func(p *Past) { p.ClosedAt = at(5) }, false},
		"contact before signing":  {func(p *Past) { p.ContactedAt = at(2) }, false},
		"contact after result":    {func(p *Past) { p.ContactedAt = at(6) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := whole()
			c.change(&p)
			if err := p.inOrder(); (err == nil) != c.ok || err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("got %v", err)
			}
		})
	}
}

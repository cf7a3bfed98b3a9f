package campaign

import (
	"encoding/json"
	"slices"
	"sync"
	"time"

	"qingfeng/internal/kit/db"
)

// keptSums are sums that were made before, for looking at: a year of a city reads
// tens of thousands of returns. Whoever signs gets a sum that was made anew.
type keptSums struct {
	mu sync.Mutex
	of map[string]keptSum
}

// keptSum is a sum with what it was made of.
type keptSum struct {
	stamp stamp
	table string
	sum   *sums
}

// stamp changes with every signature below a return and with every return that
// comes there or goes: what is signed only ever grows, and who comes has a later
// time.
type stamp struct {
	Above  string
	N      int
	Signed int
	Placed time.Time
}

// mostKept is how many sums are kept.
const mostKept = 2000

// forget drops everything.
func (k *keptSums) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.of = nil
}

// below is what below returns, made of what is kept where nothing has changed.
func (k *keptSums) below(r db.Reader, campaign string, above []string, to Table) (map[string]*sums, error) {
	if len(above) == 0 {
		return map[string]*sums{}, nil
	}
	text, err := json.Marshal(to.Rows)
	if err != nil {
		return nil, err
	}
	stamps, err := stampsOf(r, above)
	if err != nil {
		return nil, err
	}
	of, missing := k.find(above, stamps, string(text))
	fresh, err := below(r, campaign, missing, to)
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil || len(k.of) > mostKept {
		k.of = map[string]keptSum{}
	}
	for id, sum := range fresh {
		of[id], k.of[id] = sum, keptSum{stamps[id], string(text), sum}
	}
	return of, nil
}

// find returns the sums that are kept and still right, and what is missing.
func (k *keptSums) find(above []string, stamps map[string]stamp, table string) (of map[string]*sums, missing []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	of = map[string]*sums{}
	missing = slices.DeleteFunc(slices.Clone(above), func(id string) bool {
		have, ok := k.of[id]
		if !ok || have.stamp != stamps[id] || have.table != table {
			return false
		}
		of[id] = have.sum
		return true
	})
	return of, missing
}

func stampsOf(r db.Reader, above []string) (map[string]stamp, error) {
	var w db.Where
	w.AndIn("above", above)
	w.And("state <> 'lapsed'")
	rows, err := db.All[stamp](r, `select above, count(*) as n, sum(signed) as signed, max(placed_at) as placed from campaign_return `+w.String()+` group by above`, w.Args()...)
	of := map[string]stamp{}
	for _, x := range rows {
		of[x.Above] = x
	}
	return of, err
}

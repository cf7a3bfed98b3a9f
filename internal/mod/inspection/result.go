package inspection

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"maps"
	"slices"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Drawn is a target that is inspected, and by whom, the leading one first.
type Drawn struct {
	Target     string   `json:"target"`
	Inspectors []string `json:"inspectors"`
}

// Replacement takes the next in place of a target, or of one of its inspectors.
type Replacement struct {
	Target    string `json:"target"`
	Inspector string `json:"inspector,omitempty"` // empty: the target itself falls out
	Reason    string `json:"reason"`
	At        string `json:"at"` // RFC 3339
	By        string `json:"by"`
}

// stratum is a group of targets of which a share is drawn.
type stratum struct {
	district, kind, credit string
}

// table is a draw while it is made, or made again.
type table struct {
	list     List
	targets  map[string]Target
	free     *bench
	order    map[stratum][]string // of targets, the drawn ones first
	taken    map[stratum]int      // how many of the order are used up
	before   map[stratum]int      // how many an earlier draw took
	spared   map[stratum]int      // how many are left alone
	recused  map[Recusal]bool
	out      map[string]map[string]bool // inspectors who fell out, by target
	result   []Drawn
	inResult map[string]int
}

// Draw makes the draw of a sorted list and a seed. Faults: Invalid for a list that
// Check refuses, or a target for which no two inspectors are free.
func Draw(l List, seed []byte, replaced ...Replacement) ([]Drawn, error) {
	if err := l.Check(); err != nil {
		return nil, err
	}
	t := newTable(l, seed)
	for _, s := range t.strata() {
		if err := t.draw(s); err != nil {
			return nil, err
		}
	}
	for _, r := range replaced {
		if err := t.replace(r); err != nil {
			return nil, err
		}
	}
	return t.result, nil
}

func newTable(l List, seed []byte) *table {
	t := &table{list: l, targets: map[string]Target{}, free: newBench(l.Inspectors, seed), order: map[stratum][]string{}, taken: map[stratum]int{}, before: map[stratum]int{}, spared: map[stratum]int{},
		recused: map[Recusal]bool{}, out: map[string]map[string]bool{}, inResult: map[string]int{}}
	for _, x := range l.Targets {
		t.targets[x.ID] = x
		s := x.stratum()
		switch {
		case x.Drawn:
			t.before[s]++
			continue
		case x.Spared:
			t.spared[s]++
			continue
		}
		t.order[s] = append(t.order[s], x.ID)
	}
	for _, r := range l.Recusals {
		t.recused[r] = true
	}
	for s, ids := range t.order {
		shuffle(newStream(seed, "stratum\x00"+s.district+"\x00"+s.kind+"\x00"+s.credit), ids)
	}
	return t
}

func (x Target) stratum() stratum { return stratum{x.District, x.Kind, x.Credit} }

// strata are the groups, in an order that does not depend on the machine.
func (t *table) strata() []stratum { return sorted(t.order) }

func sorted[T any](by map[stratum]T) []stratum {
	all := slices.Collect(maps.Keys(by))
	slices.SortFunc(all, func(a, b stratum) int {
		return cmp.Or(cmp.Compare(a.district, b.district), cmp.Compare(a.kind, b.kind), cmp.Compare(a.credit, b.credit))
	})
	return all
}

// share is that of the entry that names the most of a stratum; nought without one.
func (l List) share(s stratum) int {
	best, share := -1, 0
	for _, x := range l.Shares {
		named, fits := 0, true
		for _, pair := range [][2]string{{x.District, s.district}, {x.Kind, s.kind}, {x.Credit, s.credit}} {
			if pair[0] != "" {
				named++
				fits = fits && pair[0] == pair[1]
			}
		}
		if fits && named > best {
			best, share = named, x.Per10000
		}
	}
	return share
}

// quota is how many of a stratum are drawn: the share, rounded up, less what was taken
// before; all that may be taken where that is less.
func (t *table) quota(s stratum) int {
	const whole = 10000
	n := (t.list.share(s)*(len(t.order[s])+t.before[s]+t.spared[s])+whole-1)/whole - t.before[s]
	return max(0, min(n, len(t.order[s])))
}

// draw takes the quota of a stratum.
func (t *table) draw(s stratum) error {
	for range t.quota(s) {
		if err := t.take(s, len(t.result)); err != nil {
			return err
		}
	}
	return nil
}

// take puts the next target of a stratum at a place of the result.
func (t *table) take(s stratum, place int) error {
	if t.taken[s] == len(t.order[s]) {
		return fault.New(fault.Conflict, i18n.T("该组已没有可以递补的对象", "nobody is left in this group to take the place"))
	}
	id := t.order[s][t.taken[s]]
	t.taken[s]++
	d := Drawn{Target: id}
	for range t.list.team() {
		who, err := t.inspector(id, d.Inspectors)
		if err != nil {
			return err
		}
		d.Inspectors = append(d.Inspectors, who)
	}
	if place == len(t.result) {
		t.result = append(t.result, d)
	} else {
		delete(t.inResult, t.result[place].Target)
		t.result[place] = d
	}
	t.inResult[id] = place
	return nil
}

// team is how many go to what is drawn.
func (l List) team() int {
	if l.Of != "" {
		return 0
	}
	return teamSize
}

// inspector takes whoever is next and may go to a target with a partner.
func (t *table) inspector(target string, with []string) (string, error) {
	x := t.targets[target]
	who, ok := t.free.take(func(id string) bool {
		if t.recused[Recusal{id, target}] || t.out[target][id] || slices.Contains(with, id) {
			return false
		}
		return len(with) == 0 || len(x.Last) < teamSize || !slices.Contains(x.Last, id) || !slices.Contains(x.Last, with[0])
	})
	if !ok {
		return "", fault.New(fault.Invalid, i18n.T("检查对象 %s 找不到两名可以参加的检查人员", "no two inspectors are free for %s"), x.Name).
			WithFix(i18n.T("请补充检查人员，或核对回避关系", "add inspectors, or look at the recusals"))
	}
	return who, nil
}

// replace takes the next in place of a target or of an inspector.
func (t *table) replace(r Replacement) error {
	place, there := t.inResult[r.Target]
	switch {
	case r.Reason == "":
		return fault.Field("reason", i18n.T("请说明更换的原因", "say why it is replaced"))
	case !there:
		return fault.Missing(i18n.T("抽中的对象", "drawn target"))
	case r.Inspector == "":
		for _, who := range t.result[place].Inspectors {
			t.free.back(who)
		}
		return t.take(t.targets[r.Target].stratum(), place)
	}
	team := t.result[place].Inspectors
	i := slices.Index(team, r.Inspector)
	if i < 0 {
		return fault.Missing(i18n.T("该对象的检查人员", "inspector of this target"))
	}
	if t.out[r.Target] == nil {
		t.out[r.Target] = map[string]bool{}
	}
	t.out[r.Target][r.Inspector] = true
	t.free.back(r.Inspector)
	who, err := t.inspector(r.Target, []string{team[teamSize-1-i]})
	if err == nil {
		t.result[place].Inspectors = slices.Clone(team)
		t.result[place].Inspectors[i] = who
	}
	return err
}

// bench is where inspectors wait: those with the fewest targets in front, and
// among them in an order that the seed decides anew for each number of targets.
type bench struct {
	seed  []byte
	seats []*seat
	by    map[string]*seat
}

type seat struct {
	id    string
	load  int
	rank  uint64
	place int
}

func newBench(inspectors []Inspector, seed []byte) *bench {
	b := &bench{seed: seed, by: map[string]*seat{}}
	for i, x := range inspectors {
		s := &seat{id: x.ID, load: x.Load, place: i}
		s.rank = b.rank(s)
		b.seats, b.by[x.ID] = append(b.seats, s), s
	}
	heap.Init(b)
	return b
}

func (b *bench) rank(s *seat) uint64 {
	return binary.BigEndian.Uint64(block(b.seed, "inspector\x00"+s.id, uint64(s.load))) //nolint:gosec // a count
}

// take returns the first who may, with one target more from now on.
func (b *bench) take(may func(string) bool) (string, bool) {
	var passed []*seat
	defer func() {
		for _, s := range passed {
			heap.Push(b, s)
		}
	}()
	for len(b.seats) > 0 {
		s := b.seats[0]
		heap.Remove(b, 0)
		passed = append(passed, s)
		if may(s.id) {
			s.load++
			s.rank = b.rank(s)
			return s.id, true
		}
	}
	return "", false
}

// back takes a target from an inspector.
func (b *bench) back(id string) {
	s := b.by[id]
	s.load--
	s.rank = b.rank(s)
	heap.Fix(b, s.place)
}

// Len, Less, Swap, Push and Pop make it a heap.
func (b *bench) Len() int { return len(b.seats) }

// Less says who is in front.
func (b *bench) Less(i, k int) bool {
	x, y := b.seats[i], b.seats[k]
	return cmp.Or(cmp.Compare(x.load, y.load), cmp.Compare(x.rank, y.rank), cmp.Compare(x.id, y.id)) < 0
}

// Swap lets two change places.
func (b *bench) Swap(i, k int) {
	b.seats[i], b.seats[k] = b.seats[k], b.seats[i]
	b.seats[i].place, b.seats[k].place = i, k
}

// Push adds somebody.
func (b *bench) Push(x any) {
	if s, ok := x.(*seat); ok { // nothing else is put in
		s.place = len(b.seats)
		b.seats = append(b.seats, s)
	}
}

// Pop takes the last out.
func (b *bench) Pop() any {
	last := b.seats[len(b.seats)-1]
	b.seats = b.seats[:len(b.seats)-1]
	return last
}

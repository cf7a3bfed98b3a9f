package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"qingfeng/internal/mod/inspection"
)

// A large city draws from its library: how many can be inspected, by how many.
const (
	targets    = 100_000
	inspectors = 2_000
)

// draw measures a draw of all targets, each with two inspectors, against giving
// each target two inspectors by a hash alone: no strata, nobody who stands aside,
// no equal loads.
func draw(_ context.Context, s *settings) ([]line, error) {
	list := library()
	seed := sha256.Sum256([]byte("bench"))
	ours, theirs, err := s.inTurns(func() error { return bareDraw(list, seed[:]) }, func() error {
		result, err := inspection.Draw(list, seed[:])
		if err == nil && len(result) != targets {
			err = fmt.Errorf("draw: %d of %d", len(result), targets)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	r := ratios(ours, theirs)
	return []line{{what: fmt.Sprintf("draw of %d targets, %d inspectors", targets, inspectors), floor: fmt.Sprintf("a hash of each, sorted: %.2f s", 1/median(theirs)),
		figure: fmt.Sprintf("%.2f s", 1/median(ours)), ratio: median(r), goal: "≤ 2 s", spread: span(r)}}, nil
}

// library is a list of which everything is drawn.
func library() (l inspection.List) {
	for i := range targets {
		l.Targets = append(l.Targets, inspection.Target{ID: fmt.Sprintf("t%06d", i), Name: fmt.Sprintf("第%d门诊部", i), District: []string{"370202", "370203"}[i%2], Kind: "clinic", Credit: []string{"A", "D"}[i/2%2]})
	}
	for i := range inspectors {
		l.Inspectors = append(l.Inspectors, inspection.Inspector{ID: fmt.Sprintf("i%04d", i), Name: fmt.Sprintf("检查员%d", i)})
	}
	l.Shares = []inspection.Share{{Per10000: 10_000}}
	l.Sort()
	return l
}

// bareDraw hashes the list, brings the targets into an order by hashes, and gives
// two inspectors to each.
func bareDraw(l inspection.List, seed []byte) error {
	text, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("floor: %w", err)
	}
	whole := sha256.Sum256(text)
	type drawn struct {
		target, first, second string
		at                    [32]byte
	}
	order := make([]drawn, len(l.Targets))
	for i, t := range l.Targets {
		at := sha256.Sum256(slices.Concat(seed, whole[:], []byte(t.ID)))
		first := int(at[0])<<8 | int(at[1])
		order[i] = drawn{t.ID, l.Inspectors[first%inspectors].ID, l.Inspectors[(first+1)%inspectors].ID, at}
	}
	slices.SortFunc(order, func(a, b drawn) int { return cmp.Compare(string(a.at[:]), string(b.at[:])) })
	return nil
}

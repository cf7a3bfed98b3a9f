// Package costtest says what a piece of work costs in memory, for tests that a small
// file makes no large work. Bytes are counted, not seconds: they are the same on a
// busy machine.
package costtest

import (
	"runtime"
	"testing"
)

// AtMost runs f and fails the test where more bytes were allocated meanwhile, freed
// ones too. Other work of the process counts with it, so the bound is a generous one.
func AtMost(t testing.TB, most uint64, f func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > most {
		t.Errorf("%d MiB were allocated, at most %d are", took>>20, most>>20)
	}
}

// Package ooxmltest makes archives of Office documents for tests.
package ooxmltest

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"testing"
)

// Pack makes an archive of parts by their names, in the order of these.
func Pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

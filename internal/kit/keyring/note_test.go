package keyring_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/keyring"
)

func note(t *testing.T, dir string) (n *keyring.Note, path string) {
	t.Helper()
	r, err := keyring.Make(filepath.Join(dir, "ring"), "")
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, "ring.note")
	return r.Note(path, "test"), path
}

func put(text string) func([]byte) ([]byte, error) {
	return func([]byte) ([]byte, error) { return []byte(text), nil }
}

// What was written is read again, and only the owner can read it.
func TestANoteIsReadAgain(t *testing.T) {
	n, path := note(t, t.TempDir())
	if _, err := n.Read(); !fault.Is(err, fault.NotFound) {
		t.Errorf("before it was written: %v", err)
	}
	if err := n.Change(put("one")); err != nil {
		t.Fatal(err)
	}
	err := n.Change(func(old []byte) ([]byte, error) { return append(old, " two"...), nil })
	if got, err2 := n.Read(); err != nil || err2 != nil || string(got) != "one two" {
		t.Errorf("%q %v %v", got, err, err2)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

// Nobody without the ring can plant a note: not one of another ring, and not one
// with a letter or the code changed.
func TestAPlantedNoteIsRefused(t *testing.T) {
	n, path := note(t, t.TempDir())
	other, theirs := note(t, t.TempDir())
	for _, x := range []*keyring.Note{n, other} {
		if err := x.Change(put("size 7")); err != nil {
			t.Fatal(err)
		}
	}
	mine, err1 := os.ReadFile(path)
	foreign, err2 := os.ReadFile(theirs)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	for name, text := range map[string]string{
		"another ring's": string(foreign), "a letter": strings.Replace(string(mine), "7", "8", 1), "no code": "size 7",
		"half a code": string(mine[:len(mine)-2]), "a code too many": string(mine) + "\ncode ", "empty": "",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := n.Read(); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %q %v", name, got, err)
		}
		if err := n.Change(put("x")); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: changed, %v", name, err)
		}
	}
	if err := n.Replace(func(old []byte) ([]byte, error) { return append([]byte("again"), old...), nil }); err != nil {
		t.Error(err)
	}
	if got, err := n.Read(); err != nil || !bytes.Equal(got, []byte("again")) {
		t.Errorf("%q %v", got, err)
	}
}

package keyring_test

import (
	"bytes"
	"os"
	"strings"
	"sync"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/keyring"
)

func add(t testing.TB, r *keyring.Ring) {
	t.Helper()
	if _, err := r.AddGeneration(); err != nil {
		t.Fatal(err)
	}
}

// A process that holds the ring open sees a generation that another adds; what
// was derived from the root stays as it is.
func TestGenerationIsSeenByWhoeverHoldsTheRing(t *testing.T) {
	p := path(t)
	mine, other := open(t, p), open(t, p)
	first, old := mine.Newest()
	receipts := mine.Key("receipt")
	add(t, other)
	second, fresh := mine.Newest()
	if first != 1 || second != 2 || bytes.Equal(old, fresh) {
		t.Errorf("generations %d and %d, equal %v", first, second, bytes.Equal(old, fresh))
	}
	kept, err := mine.Generation(1)
	if err != nil || !bytes.Equal(kept, old) {
		t.Errorf("the first generation is %x, %v", kept, err)
	}
	if !bytes.Equal(receipts, mine.Key("receipt")) || !bytes.Equal(receipts, open(t, p).Key("receipt")) {
		t.Error("a new generation changed the key of receipts")
	}
}

// A program that runs while its file is locked or lost goes on.
func TestRunningProgramKeepsItsKeys(t *testing.T) {
	p := path(t)
	mine, other := open(t, p), open(t, p)
	_, known := mine.Newest()
	if err := other.SetPassphrase("清风徐来 2026"); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func() error{"locked": func() error { return nil }, "lost": func() error { return os.Remove(p) }} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		if n, secret := mine.Newest(); n != 1 || !bytes.Equal(secret, known) {
			t.Errorf("%s: generation %d", name, n)
		}
	}
}

func TestGenerationThatIsNotThereSaysWhatToDo(t *testing.T) {
	_, err := open(t, path(t)).Generation(2)
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
}

// The newest generation is never forgotten, whatever is asked.
func TestForgetKeepsTheNewest(t *testing.T) {
	p := path(t)
	r := open(t, p)
	add(t, r)
	add(t, r)
	for _, c := range []struct{ oldest, gone int }{{2, 1}, {2, 0}, {99, 1}, {99, 0}} {
		if n, err := r.Forget(c.oldest); err != nil || n != c.gone {
			t.Errorf("before %d: %d went, %v; want %d", c.oldest, n, err, c.gone)
		}
	}
	if n, _ := open(t, p).Newest(); n != 3 {
		t.Errorf("generation %d is left, want 3", n)
	}
	if _, err := open(t, p).Generation(1); err == nil {
		t.Error("the first generation is still there")
	}
}

func TestPassphraseLocksTheFile(t *testing.T) {
	p := path(t)
	r := open(t, p)
	_, secret := r.Newest()
	receipts := r.Key("receipt")
	if err := r.SetPassphrase("清风徐来 2026"); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(p)
	if err != nil || strings.Contains(string(content), "root") {
		t.Errorf("the file lies open, %v", err)
	}
	for _, wrong := range []string{"", "清风徐来"} {
		if _, err := keyring.Open(p, wrong); !fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), "2026") {
			t.Errorf("passphrase %q: %v", wrong, err)
		}
	}
	again, err := keyring.Open(p, "清风徐来 2026")
	if err != nil {
		t.Fatal(err)
	}
	if _, kept := again.Newest(); !bytes.Equal(kept, secret) || !bytes.Equal(again.Key("receipt"), receipts) {
		t.Error("locking changed the keys")
	}
	add(t, again.Lighten())
	if _, err := keyring.Open(p, ""); err == nil {
		t.Error("a new generation unlocked the file")
	}
	if err := again.SetPassphrase(""); err != nil {
		t.Fatal(err)
	}
	if n, _ := open(t, p).Newest(); n != 2 {
		t.Errorf("unlocked at generation %d", n)
	}
}

// A locked file that was cut or changed is refused, not read in part.
func TestDamagedLockedFileIsRefused(t *testing.T) {
	p := path(t)
	if err := open(t, p).SetPassphrase("geheim"); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Clone(content)
	changed[len(changed)-1] ^= 1
	for name, text := range map[string][]byte{"cut": content[:len(content)-20], "changed": changed} {
		if err := os.WriteFile(p, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := keyring.Open(p, "geheim"); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v, want Invalid", name, err)
		}
	}
}

// Generations that are added at once all stay.
func TestRaceToAddGenerations(t *testing.T) {
	p := path(t)
	open(t, p)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			r, err := keyring.Open(p, "")
			if err == nil {
				_, err = r.AddGeneration()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	r := open(t, p)
	if n, _ := r.Newest(); n != 9 {
		t.Errorf("newest %d, want 9", n)
	}
	for n := 1; n <= 9; n++ {
		if _, err := r.Generation(n); err != nil {
			t.Errorf("generation %d: %v", n, err)
		}
	}
}

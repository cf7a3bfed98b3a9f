package keyring_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/keyring"
)

func path(t testing.TB) string { return filepath.Join(t.TempDir(), "ring") }

func open(t testing.TB, path string) *keyring.Ring {
	t.Helper()
	r, err := keyring.Make(path, "")
	if err != nil {
		t.Fatal(err)
	}
	return r.Lighten()
}

func TestRingIsMadeOnceAndForItsOwnerOnly(t *testing.T) {
	p := path(t)
	key := open(t, p).Key("receipt")
	if len(key) != 32 || bytes.Equal(key, make([]byte, 32)) {
		t.Errorf("key %x", key)
	}
	if !bytes.Equal(key, open(t, p).Key("receipt")) {
		t.Error("the second start has another key")
	}
	info, err := os.Stat(p)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(p), ".keys-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind %v, %v", left, err)
	}
}

func TestTwoRingsDiffer(t *testing.T) {
	if bytes.Equal(open(t, path(t)).Key("receipt"), open(t, path(t)).Key("receipt")) {
		t.Error("two rings have one key")
	}
}

// Servers that start at the same time on one folder end up with one ring.
func TestStartingAtOnceGivesOneRing(t *testing.T) {
	p := path(t)
	var mu sync.Mutex
	keys := map[string]bool{}
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			r, err := keyring.Make(p, "")
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			keys[hex.EncodeToString(r.Key("receipt"))] = true
		})
	}
	wg.Wait()
	if len(keys) != 1 {
		t.Errorf("%d rings", len(keys))
	}
}

func TestOpenRefusals(t *testing.T) {
	secret := strings.Repeat("ab", 32)
	whole := ring("root "+secret, "wrap 1 "+secret)
	for name, c := range map[string]struct {
		text string
		mode os.FileMode
	}{
		"readable by the group":  {whole, 0o640},
		"readable by everybody":  {whole, 0o604},
		"writable by everybody":  {whole, 0o602},
		"empty":                  {"", 0o600},
		"of another kind":        {"qingfeng keys 2" + whole[15:], 0o600},
		"without a root":         {ring("wrap 1 " + secret), 0o600},
		"without a generation":   {ring("root " + secret), 0o600},
		"generation nought":      {ring("root "+secret, "wrap 0 "+secret), 0o600},
		"negative generation":    {ring("root "+secret, "wrap -1 "+secret), 0o600},
		"a root too short":       {ring("root "+secret[2:], "wrap 1 "+secret), 0o600},
		"a secret too long":      {ring("root "+secret, "wrap 1 "+secret+"ab"), 0o600},
		"not hexadecimal":        {ring("root xy"+secret[2:], "wrap 1 "+secret), 0o600},
		"an odd number of signs": {ring("root "+secret[1:], "wrap 1 "+secret), 0o600},
		"something else":         {whole + "more\n", 0o600},
	} {
		p := path(t)
		if err := errors.Join(os.WriteFile(p, []byte(c.text), 0o600), os.Chmod(p, c.mode)); err != nil {
			t.Fatal(err)
		}
		_, err := keyring.Open(p, "")
		e, ok := errors.AsType[*fault.Error](err)
		if !ok || e.Kind != fault.Invalid || !strings.Contains(e.Text.ZH, p) {
			t.Errorf("%s: got %v", name, err)
		}
		if strings.Contains(err.Error(), secret[:20]) {
			t.Errorf("%s: the refusal shows the secret", name)
		}
	}
}

// ring is the text of a ring with these lines.
func ring(lines ...string) string {
	return "qingfeng keys 1\n" + strings.Join(lines, "\n") + "\n"
}

// Where there is no file, Open makes none.
func TestOpenMakesNothing(t *testing.T) {
	p := path(t)
	if _, err := keyring.Open(p, ""); !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), p) {
		t.Errorf("got %v, want NotFound", err)
	}
	isEmpty(t, filepath.Dir(p))
}

// isEmpty fails the test where something was left in a folder.
func isEmpty(t *testing.T, folder string) {
	t.Helper()
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left in the folder: %v, %v", left, err)
	}
}

// In a folder that others may write to, a ring is neither made nor opened, and
// the refusal says what to do.
func TestFolderThatOthersMayWriteTo(t *testing.T) {
	for _, mode := range []os.FileMode{0o720, 0o702, 0o777, 0o777 | os.ModeSticky} {
		p := path(t)
		folder := filepath.Dir(p)
		if err := os.Chmod(folder, mode); err != nil {
			t.Fatal(err)
		}
		refused := func(_ *keyring.Ring, err error) {
			t.Helper()
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "chmod go-w "+folder) {
				t.Errorf("%v: got %v", mode, err)
			}
		}
		refused(keyring.Make(p, ""))
		isEmpty(t, folder)
		if err := os.Chmod(folder, 0o755); err != nil { //nolint:gosec // others may read the folder
			t.Fatal(err)
		}
		open(t, p)
		if err := os.Chmod(folder, mode); err != nil {
			t.Fatal(err)
		}
		refused(keyring.Open(p, ""))
	}
}

func TestFolderThatIsNotThereIsAnError(t *testing.T) {
	if _, err := keyring.Make(filepath.Join(t.TempDir(), "no", "ring"), ""); err == nil {
		t.Error("made a ring nowhere")
	}
}

// Keys of different purposes have nothing to do with each other, and none is
// the secret itself.
func TestLawOfPurposes(t *testing.T) {
	p := path(t)
	r := open(t, p)
	secret, err := os.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		a, b := rapid.String().Draw(rt, "one"), rapid.String().Draw(rt, "other")
		if (a == b) != bytes.Equal(r.Key(a), r.Key(b)) {
			rt.Fatalf("%q and %q: %x and %x", a, b, r.Key(a), r.Key(b))
		}
		if strings.Contains(string(secret), hex.EncodeToString(r.Key(a))) {
			rt.Fatalf("the key for %q is the secret", a)
		}
	})
}

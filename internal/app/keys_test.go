package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/keyring"
	"qingfeng/internal/kit/verify"
)

// says runs a command on the data of a place and returns what it said, and
// whether it did what it was asked.
func says(t *testing.T, place Place, args ...string) (said string, done bool) {
	t.Helper()
	cmd := exec.Command(program(t), on(place, args...)...)
	cmd.Env = append(os.Environ(), "LANG=en_US.UTF-8")
	text, err := cmd.CombinedOutput()
	if _, refused := errors.AsType[*exec.ExitError](err); err != nil && !refused {
		t.Fatal(err)
	}
	return string(text), err == nil
}

func on(place Place, args ...string) []string {
	return append(args, "--data", place.Data, "--database", place.Database, "--keys", place.Keys)
}

// does is says for what must be done.
func does(t *testing.T, place Place, args ...string) {
	t.Helper()
	if said, done := says(t, place, args...); !done {
		t.Fatalf("%v: %s", args, said)
	}
}

// manyKeys is how many keys a rotation goes through in the test: enough that it
// can be killed in the middle.
const manyKeys = 4_000

// generations counts keys by the generation that wraps them.
func generations(t *testing.T, d *db.DB) map[int]int {
	t.Helper()
	counts := map[int]int{}
	err := d.Read(t.Context(), func(r db.Reader) error {
		rows, err := db.All[struct{ Generation, N int }](r, `select generation, count(*) as n from sealed_key group by generation`)
		for _, x := range rows {
			counts[x.Generation] = x.N
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

// A rotation that is killed leaves a place in which everything opens, goes on
// where it was, and disturbs nobody who reports meanwhile.
func TestKeysAreRotatedWhileTheServerRuns(t *testing.T) {
	engines(t, func(t *testing.T, place Place) {
		s, made := city(t, place, 0, false)
		if err := s.DB.InTx(t.Context(), func(tx *db.Tx) error {
			keys := s.Vault.Batch()
			for i := range manyKeys {
				if _, err := keys.Create(fmt.Sprint("test/", i)); err != nil {
					return err
				}
			}
			return keys.Store(tx)
		}); err != nil {
			t.Fatal(err)
		}
		server := serve(t, s.Place)
		before := confide(t, server.url, made.Token)
		newest := killedInTheMiddle(t, s)
		during := confide(t, server.url, made.Token)
		reads(t, server.url, before)
		does(t, s.Place, "keys", "rotate", "--only")
		after := confide(t, server.url, made.Token)
		if left := generations(t, s.DB); len(left) != 1 || left[newest] < manyKeys {
			t.Errorf("after the rotation: %v, want %d alone", left, newest)
		}
		for _, receipt := range []string{before, during, after} {
			reads(t, server.url, receipt)
		}
		server.stop(t)
		var out bytes.Buffer
		if wrong, err := verify.All(t.Context(), s.DB, &out, s.Checks()); err != nil || wrong > 0 {
			t.Errorf("%d wrong, %v\n%s", wrong, err, out.String())
		}
	})
}

// killedInTheMiddle kills a rotation that has wrapped some keys anew and not all,
// and returns the generation that it went for. One that was too fast is followed
// by another.
func killedInTheMiddle(t *testing.T, s *System) (newest int) {
	t.Helper()
	for newest = 2; ; newest++ {
		rotating := exec.Command(program(t), on(s.Place, "keys", "rotate")...)
		if err := rotating.Start(); err != nil {
			t.Fatal(err)
		}
		for generations(t, s.DB)[newest] == 0 {
			runtime.Gosched()
		}
		if err := rotating.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		_ = rotating.Wait()
		if generations(t, s.DB)[newest-1] != 0 {
			return newest
		}
	}
}

// confide sends a report whose words are sealed.
func confide(t *testing.T, url, token string) (receipt string) {
	t.Helper()
	var a acknowledged
	in := map[string]any{"token": token, "category": "F", "mode": "anonymous", "narrative": "主任收了红包"}
	if err := json.Unmarshal(must(t, client(t), http.StatusCreated, http.MethodPost, url+"/api/v1/public/reports", in), &a); err != nil {
		t.Fatal(err)
	}
	must(t, client(t), http.StatusOK, http.MethodPost, url+"/api/v1/public/receipts/"+a.Receipt+"/messages", map[string]string{"text": "还有一位同事在场"})
	return a.Receipt
}

// reads reads the dialogue of a sealed case.
func reads(t *testing.T, url, receipt string) {
	t.Helper()
	if page := must(t, client(t), http.StatusOK, http.MethodGet, url+"/api/v1/public/receipts/"+receipt, nil); !strings.Contains(string(page), "还有一位同事在场") {
		t.Errorf("the dialogue reads %s", page)
	}
}

// Older secrets are removed once nothing is wrapped by them, but for the one
// before the newest: what began before the rotation may still come to be
// stored under it.
func TestForgettingOlderSecrets(t *testing.T) {
	engines(t, func(t *testing.T, place Place) {
		s, _ := city(t, place, 0, false)
		ring := func() string {
			text, err := os.ReadFile(s.Place.Keys)
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		has := func(want ...int) {
			t.Helper()
			for n := 1; n <= 4; n++ {
				listed := false
				for _, w := range want {
					listed = listed || w == n
				}
				if strings.Contains(ring(), fmt.Sprintf("wrap %d ", n)) != listed {
					t.Errorf("generation %d in the file: %t, want %v", n, !listed, want)
				}
			}
		}
		if err := s.DB.InTx(t.Context(), func(tx *db.Tx) error {
			_, err := s.Vault.Create(tx, "test/1")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		does(t, s.Place, "keys", "forget")
		has(1)
		does(t, s.Place, "keys", "rotate")
		does(t, s.Place, "keys", "forget")
		has(1, 2)
		if _, err := s.Keys.AddGeneration(); err != nil { // a rotation that was killed before its first key
			t.Fatal(err)
		}
		does(t, s.Place, "keys", "forget")
		has(2, 3)
		does(t, s.Place, "keys", "rotate")
		does(t, s.Place, "keys", "forget")
		has(3, 4)
		if err := s.DB.Read(t.Context(), func(r db.Reader) error {
			k, err := crypt.NewVault(s.Keys, s.Now).Key(r, "test/1")
			if err == nil && k.Gone() {
				t.Error("the key is gone")
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}

// dearScrypt begins a file whose passphrase costs a second a guess.
var dearScrypt = regexp.MustCompile(`^age-encryption\.org/v1\n-> scrypt \S+ 18\n`)

// A locked key file is asked for its passphrase at each start, and who has none
// is told so. The server that runs meanwhile goes on.
func TestLockedKeysNeedTheirPassphrase(t *testing.T) {
	engines(t, func(t *testing.T, place Place) {
		s, made := city(t, place, 0, false)
		server := serve(t, s.Place)
		before := confide(t, server.url, made.Token)
		secret := func(name, words string) string {
			path := filepath.Join(t.TempDir(), name)
			if err := os.WriteFile(path, []byte(words+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}
		right, wrong := secret("right", "correct horse battery"), secret("wrong", "incorrect horse battery")
		refuses(t, s.Place, "at least 12 characters", "keys", "lock", "--new-file", secret("short", "horse"))
		refuses(t, s.Place, "is empty", "keys", "lock", "--new-file", secret("empty", ""))
		does(t, s.Place, "keys", "lock", "--new-file", right)
		if text, err := os.ReadFile(s.Place.Keys); err != nil || !dearScrypt.Match(text) {
			t.Errorf("a guess at the passphrase is cheap: %.100q, %v", text, err)
		}
		reads(t, server.url, confide(t, server.url, made.Token)) // it knows its keys
		server.stop(t)
		for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"keys", "rotate"}, {"keys", "unlock"}, {"verify"}} {
			refuses(t, s.Place, "locked by a passphrase", args...)
		}
		refuses(t, s.Place, "passphrase of the key file is wrong", "serve", "--listen", "127.0.0.1:0", "--passphrase-file", wrong)
		does(t, s.Place, "keys", "rotate", "--passphrase-file", right)
		t.Setenv("QINGFENG_PASSPHRASE_FILE", right)
		locked := serve(t, s.Place)
		reads(t, locked.url, before)
		locked.stop(t)
		does(t, s.Place, "keys", "unlock")
		t.Setenv("QINGFENG_PASSPHRASE_FILE", "")
		reads(t, serve(t, s.Place).url, before)
	})
}

// A program that misses its key file, or is given another, says so and makes
// none: a new one would open nothing, and lie where the right one belongs.
func TestLostKeysAreNotMadeAnew(t *testing.T) {
	engines(t, func(t *testing.T, place Place) {
		s, _ := city(t, place, 0, false)
		kept := s.Place.Keys + ".safe"
		rename := func(from, to string) {
			t.Helper()
			if err := os.Rename(from, to); err != nil {
				t.Fatal(err)
			}
		}
		rename(s.Place.Keys, kept)
		for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"verify"}, {"migrate"}, {"keys", "rotate"}, {"keys", "forget"}, {"keys", "unlock"}} {
			refuses(t, s.Place, "there is no key file "+s.Place.Keys, args...)
			if _, err := os.Stat(s.Place.Keys); err == nil {
				t.Fatalf("%v left a key file", args)
			}
		}
		if _, err := keyring.Make(s.Place.Keys, ""); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"verify"}, {"keys", "rotate"}} {
			refuses(t, s.Place, "belongs to another key ring", args...)
		}
		rename(kept, s.Place.Keys)
		folder := filepath.Dir(s.Place.Keys)
		for _, x := range []struct {
			mode os.FileMode
			done bool
		}{{0o777, false}, {0o700, true}} {
			if err := os.Chmod(folder, x.mode); err != nil {
				t.Fatal(err)
			}
			if said, done := says(t, s.Place, "verify"); done != x.done || !done && !strings.Contains(said, "chmod go-w "+folder) {
				t.Errorf("folder %v: done %t, %q", x.mode, done, said)
			}
		}
	})
}

// refuses fails the test unless a command refuses to run, with a reason.
func refuses(t *testing.T, place Place, why string, args ...string) {
	t.Helper()
	if said, done := says(t, place, args...); done || !strings.Contains(said, why) {
		t.Errorf("%v: done %t, %q; want %q", args, done, said, why)
	}
}

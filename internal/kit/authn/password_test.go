package authn_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/fault"
)

func hash(t *testing.T, h *authn.Hasher, password string) string {
	t.Helper()
	s, err := h.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPasswordMatchesItsHashAlone(t *testing.T) {
	h := authn.NewHasher(1)
	stored := hash(t, h, "春天的花12")
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(stored, "春天") {
		t.Errorf("stored as %s", stored)
	}
	if hash(t, h, "春天的花12") == stored {
		t.Error("two hashes of one password are alike")
	}
	for password, want := range map[string]bool{"春天的花12": true, "春天的花1": false, "春天的花12 ": false, "": false} {
		if got, err := h.Matches(t.Context(), password, stored); err != nil || got != want {
			t.Errorf("%q: %v, %v", password, got, err)
		}
	}
}

// An account that does not exist is refused like a wrong password, the empty
// password included.
func TestNoHashMatchesNothing(t *testing.T) {
	h := authn.NewHasher(1)
	for _, password := range []string{"", "whatever 1"} {
		if got, err := h.Matches(t.Context(), password, ""); err != nil || got {
			t.Errorf("%q: %v, %v", password, got, err)
		}
	}
}

func TestDamagedHashIsAnErrorAndNoMatch(t *testing.T) {
	if ok, err := authn.NewHasher(1).Matches(t.Context(), "x", "$argon2id$broken"); err == nil || ok {
		t.Errorf("got %v, %v", ok, err)
	}
}

// Whoever finds every place taken is told to come back, and whoever leaves
// waits no longer; both without hashing anything.
func TestFloodOfLoginsIsTurnedAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		none := authn.NewHasher(0)
		begin := time.After(5*time.Second - 1)
		refused := make(chan error)
		go func() {
			_, err := none.Hash(t.Context(), "x")
			refused <- err
		}()
		select {
		case err := <-refused:
			t.Errorf("too early: %v", err)
		case <-begin:
		}
		if err := <-refused; !fault.Is(err, fault.Unavailable) {
			t.Errorf("got %v, want Unavailable", err)
		}
		gone, leave := context.WithCancel(t.Context())
		leave()
		if _, err := none.Matches(gone, "x", ""); !fault.Is(err, fault.Unavailable) {
			t.Errorf("got %v, want Unavailable", err)
		}
	})
}

func TestPlacesAreGivenBack(t *testing.T) {
	h := authn.NewHasher(1)
	for range 3 {
		_ = hash(t, h, "x")
		if _, err := h.Matches(t.Context(), "x", "broken"); err == nil {
			t.Error("no error")
		}
	}
}

func TestCheckPassword(t *testing.T) {
	const words = "green river 7 bamboo "
	for _, c := range []struct {
		password, username string
		ok                 bool
	}{
		{"river-bamboo", "zhang", true},                     // twelve characters
		{"river-bambo", "zhang", false},                     // eleven
		{"东湖边有三棵老柳树很高1", "zhang", true},                     // twelve characters, not bytes
		{"东湖边有三棵老柳树很1", "zhang", false},                     // eleven
		{strings.Repeat(words, 6) + "..", "zhang", true},    // 128
		{strings.Repeat(words, 6) + "...", "zhang", false},  // 129
		{"riverbamboogreen", "zhang", false},                // letters only
		{"830294756183", "zhang", false},                    // digits only
		{"............", "zhang", false},                    // signs only
		{"my-ZHANG-is-green-1", "zhang", false},             // holds the name, whatever the case
		{"green river 李", "李", true},                        // a name of one character is in many words
		{"李小红的green river", "李小红", false},                   //
		{"river-bamboo", "", true},                          // no name to hold
		{"", "zhang", false},                                //
		{"riv\u200bzhang-bamboo1", "zhang", false},          //
		{strings.Repeat("ab 1", 1_000_000), "zhang", false}, //
		// What everybody chooses, however long.
		{"password1234", "", false},
		{"P@ssw0rd!2024", "", false},
		{"Admin@123456", "", false},
		{"woaini1314520", "", false},
		{"Woaini@19900101", "", false},
		{"qwer1234asdf", "", false},
		{"1qaz2wsx3edc", "", false},
		{"abcdefgh1234567", "", false},
		{"zhangwang5201314", "", false},
		{"yiyuan@20260101", "", false},
		{"我爱你我爱你我爱你5201314", "", false},
		{"人民医院admin2026", "", false},
		{"aaaaaaaaaaa1", "", false},
		{"Iloveyou-1314-520", "", false},
		{"correct horse 7", "", true},
		{"Qingfeng-demo-2026", "", false},
	} {
		err := authn.CheckPassword(c.password, c.username)
		if c.ok != (err == nil) || err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%.20q: %v", c.password, err)
		}
		if e, isFault := errors.AsType[*fault.Error](err); isFault && e.Field != "password" {
			t.Errorf("%.20q: about %q", c.password, e.Field)
		}
	}
}

// No refusal repeats the password.
func TestRefusalsDoNotRepeatThePassword(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		password := rapid.StringMatching(`[xyz]{4,11}`).Draw(rt, "password")
		if err := authn.CheckPassword(password, ""); err == nil || strings.Contains(err.Error(), password) {
			rt.Fatalf("%q: %v", password, err)
		}
	})
}

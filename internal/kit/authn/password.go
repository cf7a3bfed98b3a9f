package authn

import (
	"context"
	"fmt"
	"time"

	"github.com/alexedwards/argon2id"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Hasher hashes and checks passwords.
type Hasher struct {
	params *argon2id.Params
	slots  chan struct{}
}

// hashWait is how long a login waits for its turn before it is told to come back.
const hashWait = 5 * time.Second

// NewHasher returns a hasher that works on at most n passwords at a time.
func NewHasher(n int) *Hasher {
	return &Hasher{
		params: &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32},
		slots:  make(chan struct{}, n),
	}
}

// NewCheapHasher is NewHasher for tests, where hashing would take most of the
// time: anybody guesses what it has hashed.
func NewCheapHasher(n int) *Hasher {
	h := NewHasher(n)
	h.params.Memory, h.params.Iterations = 8, 1
	return h
}

// Hash returns the stored form of a password.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	s, err := argon2id.CreateHash(password, h.params)
	if err != nil {
		return "", fmt.Errorf("authn.Hash: %w", err)
	}
	return s, nil
}

// Matches reports whether password belongs to the stored form. An empty
// stored form matches nothing but takes as long, so that the time of an
// answer does not tell which accounts exist.
func (h *Hasher) Matches(ctx context.Context, password, stored string) (bool, error) {
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	if stored == "" {
		_, err := argon2id.CreateHash(password, h.params)
		return false, err
	}
	ok, err := argon2id.ComparePasswordAndHash(password, stored)
	if err != nil {
		return false, fmt.Errorf("authn.Matches: %w", err)
	}
	return ok, nil
}

func (h *Hasher) enter(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, hashWait)
	defer cancel()
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fault.New(fault.Unavailable, i18n.T("登录的人太多", "too many people are signing in")).
			WithFix(i18n.T("请稍等片刻再试", "please try again in a moment"))
	}
}

func (h *Hasher) leave() { <-h.slots }

package cert

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Files returns a source of the certificate (and chain) and the private key in
// two PEM files. Fault: Invalid when they cannot be used.
func Files(cert, key string) (*Source, error) {
	p := &pair{cert: cert, key: key}
	s := &Source{next: []string{"h2", "http/1.1"}, fetch: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) { return p.current(hello.Context()) }}
	if err := s.Fetch(); err != nil {
		return nil, fault.New(fault.Invalid, i18n.T("证书或私钥读不出来：%s", "certificate or key cannot be used: %s"), err.Error())
	}
	return s, nil
}

// pair is a certificate in files that somebody renews.
type pair struct {
	cert, key string

	mu   sync.Mutex
	in   *tls.Certificate
	seen state // of the files when they were looked at last, good or bad
}

// state is what tells that files were written: when, and that they are there.
type state struct{ cert, key written }

type written struct {
	there bool
	at    time.Time
	size  int64
}

// current returns the certificate as it is now, or the one before when what is
// in the files now cannot be used.
func (p *pair) current(ctx context.Context) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := state{look(p.cert), look(p.key)}
	if p.in != nil && now == p.seen {
		return p.in, nil
	}
	p.seen = now
	fresh, err := tls.LoadX509KeyPair(p.cert, p.key)
	switch {
	case err == nil:
		p.in = &fresh
	case p.in == nil:
		return nil, fmt.Errorf("cert: %w", err)
	default:
		slog.ErrorContext(ctx, "the renewed certificate cannot be used; the one before is", "err", err)
	}
	return p.in, nil
}

func look(name string) written {
	info, err := os.Stat(name)
	if errors.Is(err, os.ErrNotExist) || info == nil {
		return written{}
	}
	return written{true, info.ModTime(), info.Size()}
}

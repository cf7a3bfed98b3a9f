package app

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// TLS says how connections are encrypted where no other server does it.
type TLS struct {
	Cert string `help:"Certificate and chain as a PEM file; read again when it changes." env:"QINGFENG_TLS_CERT" type:"path"`
	Key  string `help:"Its private key as a PEM file." env:"QINGFENG_TLS_KEY" type:"path"`
	ACME string `help:"Directory of an ACME server that issues a certificate for the host of --url, such as https://acme-v02.api.letsencrypt.org/directory; port 443 must lead here." env:"QINGFENG_TLS_ACME"`
}

// config returns how to encrypt; nil without. data is the folder in which
// certificates that an ACME server issued are kept.
func (t TLS) config(url, data string) (*tls.Config, error) {
	switch {
	case t.ACME != "" && (t.Cert != "" || t.Key != ""):
		return nil, fault.New(fault.Invalid, i18n.T("证书文件和 ACME 只能用一种", "give certificate files or an ACME server, not both"))
	case t.ACME != "":
		return t.issued(nameOf(url), data)
	case t.Cert == "" && t.Key == "":
		return nil, nil
	case t.Cert == "" || t.Key == "":
		return nil, fault.New(fault.Invalid, i18n.T("证书和私钥要一起给出", "certificate and key are given together")).
			WithFix(i18n.T("请同时设置 QINGFENG_TLS_CERT 和 QINGFENG_TLS_KEY", "set both QINGFENG_TLS_CERT and QINGFENG_TLS_KEY"))
	}
	p := &pair{cert: t.Cert, key: t.Key}
	if _, err := p.current(nil); err != nil {
		return nil, fault.New(fault.Invalid, i18n.T("证书或私钥读不出来：%s", "certificate or key cannot be used: %s"), err.Error())
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}, GetCertificate: p.current}, nil
}

func (t TLS) issued(host, data string) (*tls.Config, error) {
	if host == "" || unmistakable(host) {
		return nil, fault.New(fault.Invalid, i18n.T("ACME 需要域名，请用 QINGFENG_URL 设置网址", "an ACME server needs a host name; set the address by QINGFENG_URL"))
	}
	m := &autocert.Manager{Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(host), Cache: autocert.DirCache(filepath.Join(data, "acme")),
		Client: &acme.Client{DirectoryURL: t.ACME}}
	c := m.TLSConfig()
	c.MinVersion = tls.VersionTLS12
	return c, nil
}

// pair is a certificate in files that somebody renews.
type pair struct {
	cert, key string

	mu     sync.Mutex
	at     [2]time.Time // when the files were written that are in use
	in     *tls.Certificate
	failed [2]time.Time // files that cannot be used, so that it is said once
}

// current returns the certificate as it is now. One that cannot be read leaves
// the one before in use.
func (p *pair) current(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at, err := p.written()
	if err == nil && at == p.at || p.in != nil && at == p.failed {
		return p.in, nil
	}
	var fresh tls.Certificate
	if err == nil {
		fresh, err = tls.LoadX509KeyPair(p.cert, p.key)
	}
	switch {
	case err == nil:
		p.at, p.in = at, &fresh
	case p.in == nil:
		return nil, err
	default:
		p.failed = at
		slog.Error("the renewed certificate cannot be used; the one before is", "err", err)
	}
	return p.in, nil
}

// written returns when both files were written.
func (p *pair) written() (at [2]time.Time, err error) {
	for i, name := range []string{p.cert, p.key} {
		info, missing := os.Stat(name)
		if missing != nil {
			err = errors.Join(err, fmt.Errorf("tls: %w", missing))
			continue
		}
		at[i] = info.ModTime()
	}
	return at, err
}

package cert

import (
	"crypto/tls"
	"sync"
	"time"
)

// Source hands out the certificate that is in use. It may be used by many
// goroutines.
type Source struct {
	name  string   // for connections that name none; "" when any name will do
	next  []string // protocols
	fetch func(*tls.ClientHelloInfo) (*tls.Certificate, error)

	mu   sync.Mutex
	ends time.Time
}

// Config says how a server encrypts.
func (s *Source) Config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: s.next, GetCertificate: s.certificate}
}

// Fetch gets the certificate before anybody asks for it, which takes minutes
// where an ACME server issues it. Then Ends tells when it ends.
func (s *Source) Fetch() error {
	_, err := s.certificate(&tls.ClientHelloInfo{ServerName: s.name, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
		SignatureSchemes: []tls.SignatureScheme{tls.ECDSAWithP256AndSHA256}, SupportedCurves: []tls.CurveID{tls.CurveP256}, SupportedVersions: []uint16{tls.VersionTLS13}})
	return err
}

// Ends returns when the certificate that was handed out last ends; the zero
// time when there is none yet.
func (s *Source) Ends() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ends
}

func (s *Source) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	if hello.ServerName == "" && s.name != "" {
		named := *hello
		named.ServerName = s.name
		hello = &named
	}
	c, err := s.fetch(hello)
	if err == nil && c.Leaf != nil && !proves(hello) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.ends = c.Leaf.NotAfter
	}
	return c, err
}

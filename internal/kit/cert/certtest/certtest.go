// Package certtest writes certificates for tests.
package certtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Pair is a certificate for this machine that vouches for itself.
type Pair struct {
	Folder, Cert, Key string         // two PEM files, cert.pem and key.pem in the folder
	Trust             *x509.CertPool // whoever trusts it
}

// Ends is when the certificate with the serial number ends.
func Ends(serial int64) time.Time { return time.Date(2100, 1, int(serial), 0, 0, 0, 0, time.UTC) }

// Write writes a new pair into the folder, over one that is there. Each serial
// number makes files of another time.
func Write(t testing.TB, folder string, serial int64) Pair {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "qingfeng"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Unix(0, 0), NotAfter: Ends(serial), IPAddresses: []net.IP{netip.MustParseAddr("127.0.0.1").AsSlice()}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	p := Pair{Folder: folder, Cert: filepath.Join(folder, "cert.pem"), Key: filepath.Join(folder, "key.pem"), Trust: x509.NewCertPool()}
	p.Trust.AppendCertsFromPEM(write(t, p.Cert, serial, &pem.Block{Type: "CERTIFICATE", Bytes: der}))
	write(t, p.Key, serial, &pem.Block{Type: "EC PRIVATE KEY", Bytes: private})
	return p
}

func write(t testing.TB, name string, serial int64, block *pem.Block) []byte {
	t.Helper()
	text := pem.EncodeToMemory(block)
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, time.Time{}, time.Unix(serial, 0)); err != nil {
		t.Fatal(err)
	}
	return text
}

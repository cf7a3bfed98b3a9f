package cert

import (
	"crypto/tls"
	"slices"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/origin"
)

// Issued returns a source whose certificate for the name is issued by the ACME
// server with the given directory and kept in folder. The server's conditions
// are taken to be accepted. Fault: Invalid when no authority can vouch for name.
func Issued(directory, name, folder string) (*Source, error) {
	if name == "" || origin.Unmistakable(name) {
		return nil, fault.New(fault.Invalid, i18n.T("ACME 需要域名，请用 QINGFENG_URL 设置网址", "an ACME server needs a host name; set the address by QINGFENG_URL"))
	}
	m := &autocert.Manager{Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(name), Cache: autocert.DirCache(folder),
		Client: &acme.Client{DirectoryURL: directory}}
	return &Source{name: name, next: []string{"h2", "http/1.1", acme.ALPNProto}, fetch: m.GetCertificate}, nil
}

// proves reports whether a connection is an authority's, to see whether the
// name leads here.
func proves(hello *tls.ClientHelloInfo) bool {
	return slices.Contains(hello.SupportedProtos, acme.ALPNProto)
}

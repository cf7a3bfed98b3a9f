// Package cert has the certificate with which the program encrypts connections
// by itself, where no other server does it.
//
// # What it owns
//
// A Source: either two files that somebody renews (Files), or an ACME server
// that issues the certificate (Issued, RFC 8555, by the challenge tls-alpn-01 of
// RFC 8737, which needs port 443 of the name to lead here and nothing else).
//
// # Rules
//
//   - TLS 1.2 and newer; HTTP/2 and HTTP/1.1.
//   - Files are looked at with each connection and read again when either of them
//     was written, without a new start. Files that are gone or do not fit leave the
//     certificate before in use, and it is logged, once for each state of them.
//   - What an ACME server issued lies in a folder of the data, the private key in
//     clear, readable by the program's user alone. Renewal begins a month before
//     the end. One program alone can do this: the challenge reaches any of several.
//   - A connection that names no host, as those by address do not, gets the
//     certificate of the one name that there is.
//   - Ends tells when the certificate in use ends, so that somebody is warned.
//
// # What it refuses
//
// Half of a pair, a pair that does not fit, both ways at once, a name that no
// authority can vouch for (an address, localhost): when the Source is made,
// before anything is served.
package cert

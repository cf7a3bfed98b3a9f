package origin

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Address is where people find the program. The zero Address is nowhere.
type Address struct {
	scheme string // http or https
	name   string // as browsers send it, without brackets
	port   string // empty for the scheme's own
}

// Parse reads an address as people write it, such as https://12345.example.org.
// Fault: Invalid, of the field url.
func Parse(text string) (Address, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		return Address{}, wrong(text, i18n.T("要以 https:// 开头，后面是域名", "it begins with https://, and a host follows"))
	case u.Scheme != "http" && u.Scheme != "https":
		return Address{}, wrong(text, i18n.T("只能以 https:// 或 http:// 开头", "it begins with https:// or http://"))
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return Address{}, wrong(text, i18n.T("域名后面不能再有别的内容", "nothing follows the host"))
	}
	a := Address{scheme: u.Scheme, port: u.Port()}
	if a.name, err = parseName(u.Hostname()); err != nil {
		return Address{}, wrong(text, i18n.T("其中的域名不对", "its host is no name of a host"))
	}
	if n, err := strconv.ParseUint(a.port, 10, 16); a.port != "" && (err != nil || n == 0) {
		return Address{}, wrong(text, i18n.T("其中的端口不对", "its port is none"))
	}
	if a.port == map[string]string{"http": "80", "https": "443"}[a.scheme] {
		a.port = ""
	}
	return a, nil
}

// Listening is the address of a program that nobody has named: where it
// listens, as host:port.
func Listening(at string, encrypted bool) Address {
	a := Address{scheme: "http"}
	if encrypted {
		a.scheme = "https"
	}
	name, port, err := net.SplitHostPort(at)
	if err != nil || name == "" {
		name = "localhost"
	}
	a.name, a.port = name, port
	return a
}

func wrong(text string, why i18n.Text) error {
	return fault.Field("url", i18n.T("网址“%s”不对：%s", `the address "%s" is wrong: %s`), text, why)
}

// parseName reads the name of a host or a literal address.
func parseName(text string) (string, error) {
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		return a.String(), nil
	}
	strict := idna.New(idna.MapForLookup(), idna.BidiRule(), idna.VerifyDNSLength(true), idna.StrictDomainName(true))
	return strict.ToASCII(strings.TrimSuffix(text, "."))
}

// IsZero reports whether nobody has said where the program is found.
func (a Address) IsZero() bool { return a == Address{} }

// Secure reports whether people come by https.
func (a Address) Secure() bool { return a.scheme == "https" }

// Name is the host, without port and brackets.
func (a Address) Name() string { return a.name }

// String writes the address without a slash at its end; "" for the zero
// Address. It is an origin in the sense of browsers.
func (a Address) String() string {
	if a.IsZero() {
		return ""
	}
	host := a.name
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if a.port != "" {
		host += ":" + a.port
	}
	return a.scheme + "://" + host
}

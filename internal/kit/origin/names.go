package origin

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Names are the names under which requests are answered.
type Names struct {
	public Address
	other  []string
}

// NewNames returns the names of a program that is found at public and was, or
// is by some, called by the names of other, which are parted by commas.
// Fault: Invalid, of the field also-at.
func NewNames(public Address, other string) (n Names, err error) {
	n.public = public
	for one := range strings.SplitSeq(other, ",") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		name, err := parseName(one)
		if err != nil {
			return Names{}, fault.Field("also-at", i18n.T("“%s”不是域名，如 old.example.org", `"%s" is no name of a host such as old.example.org`), one)
		}
		n.other = append(n.other, name)
	}
	if len(n.other) > 0 && public.IsZero() {
		return Names{}, fault.Field("also-at", i18n.T("设置其他域名之前，请先用 QINGFENG_URL 设置网址", "other names need an address to send people to; set it by QINGFENG_URL"))
	}
	return n, nil
}

// Within serves with next what comes under a name of ours, or what free lets
// through; it leaves the rest to refuse.
func (n Names) Within(next http.Handler, free func(*http.Request) bool, refuse http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch name := asked(r.Host); {
		case free(r), Unmistakable(name), name != "" && name == n.public.name:
			next.ServeHTTP(w, r)
		case slices.Contains(n.other, name) && reads(r):
			http.Redirect(w, r, n.public.String()+r.URL.RequestURI(), http.StatusPermanentRedirect)
		default:
			refuse(w, r)
		}
	})
}

// reads reports whether a request may be sent elsewhere: it changes nothing
// and names a page.
func reads(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodHead) && strings.HasPrefix(r.URL.RequestURI(), "/")
}

// asked is the host that a request names, without its port.
func asked(host string) string {
	return strings.TrimSuffix(strings.ToLower((&url.URL{Host: host}).Hostname()), ".")
}

// Unmistakable reports whether a name leads to the machine that it names,
// whatever a name server says.
func Unmistakable(name string) bool {
	_, err := netip.ParseAddr(name)
	return err == nil || name == "localhost" || strings.HasSuffix(name, ".localhost")
}

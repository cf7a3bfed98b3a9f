// Package peer says from where a request comes, when proxies stand in between.
//
// # Rules
//
//   - The address of the connection is certain; what X-Forwarded-For says is the
//     word of whoever wrote it. The line is walked from its end, the nearest, on
//     and on as long as the address that was reached is one of the trusted
//     Networks: the first that is not is the sender. So a chain of proxies of our
//     own may be as long as it is, and what a sender writes into the line stands
//     beyond its own address, where nobody looks.
//   - A hop may be written with a port and in brackets. Where the line holds what
//     is no address, it is not believed at all: the sender is the connection.
//   - All proxies and no sender: the furthest proxy is the sender.
//
// The address is for the moment: a limit of attempts, a question of access. It
// is stored and logged nowhere, which is the caller's duty.
package peer

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Networks are ranges of addresses.
type Networks []netip.Prefix

// Loopback is this machine.
func Loopback() Networks {
	return Networks{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

// Parse reads networks as people write them, parted by commas: 10.0.0.0/8, or
// an address. Fault: Invalid, of the named field.
func Parse(field, text string) (all Networks, err error) {
	for one := range strings.SplitSeq(text, ",") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		network, err := parseNetwork(one)
		if err != nil {
			return nil, fault.Field(field, i18n.T("“%s”不是网段，如 10.0.0.0/8", `"%s" is no network such as 10.0.0.0/8`), one)
		}
		all = append(all, network)
	}
	return all, nil
}

func parseNetwork(text string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(text); err == nil {
		return a.Unmap().Prefix(a.Unmap().BitLen())
	}
	p, err := netip.ParsePrefix(text)
	return p.Masked(), err
}

// Has reports whether the address lies in one of them.
func (n Networks) Has(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	return slices.ContainsFunc(n, func(network netip.Prefix) bool { return network.Contains(a) })
}

// forwarded names the header in which proxies write whom they speak for.
const forwarded = "X-Forwarded-For"

// Sender is the address from which a request comes, with n as the trusted
// proxies; the zero Addr when not even the connection has one. Unbelieved is
// true when somebody who is not trusted says to speak for somebody else.
func (n Networks) Sender(r *http.Request) (from netip.Addr, unbelieved bool) {
	near, err := parseHop(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, false
	}
	lines := r.Header.Values(forwarded)
	if len(lines) == 0 {
		return near, false
	}
	if !n.Has(near) {
		return near, true
	}
	from = near
	for _, hop := range slices.Backward(strings.Split(strings.Join(lines, ","), ",")) { // a proxy may begin a line of its own
		if from, err = parseHop(hop); err != nil {
			return near, false
		}
		if !n.Has(from) {
			break
		}
	}
	return from, false
}

// parseHop reads an address as connections and proxies write it.
func parseHop(text string) (netip.Addr, error) {
	text = strings.TrimSpace(text)
	if both, err := netip.ParseAddrPort(text); err == nil {
		return both.Addr().Unmap(), nil
	}
	a, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	return a.Unmap(), err
}

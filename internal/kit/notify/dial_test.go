package notify

import (
	"errors"
	"net/netip"
	"testing"

	"pgregory.net/rapid"
)

func TestPublicAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "223.5.5.5": true, "172.15.255.255": true, "172.32.0.0": true, "100.63.255.255": true, "100.128.0.0": true,
		"2400:3200::1": true, "2001:4860:4860::8888": true, "::ffff:8.8.8.8": true,
		"127.0.0.1": false, "127.255.255.254": false, "0.0.0.0": false, "10.1.2.3": false, "172.16.0.1": false, "172.31.255.255": false,
		"192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "100.127.255.255": false, "198.18.0.1": false,
		"224.0.0.1": false, "255.255.255.255": false, "192.0.2.1": false,
		"::": false, "::1": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::127.0.0.1": false, "64:ff9b::7f00:1": false,
		"fc00::1": false, "fd12:3456::1": false, "fe80::1%eth0": false, "fec0::1": false, "ff02::1": false,
		"2001::1": false, "2001:db8::1": false, "2002:7f00:1::": false,
	} {
		if got := isPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: public %v, want %v", address, got, want)
		}
	}
}

// What Go itself calls private, loopback, link-local, multicast or unspecified
// is never public, however it is written.
func TestLawOfPublicAddresses(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		raw := [16]byte(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(rt, "bytes"))
		v4 := netip.AddrFrom4([4]byte(raw[:4]))
		for _, ip := range []netip.Addr{v4, netip.AddrFrom16(v4.As16()), netip.AddrFrom16(raw)} {
			u := ip.Unmap()
			house := u.IsPrivate() || u.IsLoopback() || u.IsLinkLocalUnicast() || u.IsMulticast() || u.IsUnspecified()
			if house && isPublic(ip) {
				rt.Fatalf("%s is called public", ip)
			}
		}
		if isPublic(v4) != isPublic(netip.AddrFrom16(v4.As16())) {
			rt.Fatalf("%s depends on how it is written", v4)
		}
	})
}

func TestDialerLooksAtTheAddressItConnectsTo(t *testing.T) {
	for _, address := range []string{"127.0.0.1:9", "localhost:9", "[::1]:9", "10.255.255.1:9", "[::ffff:127.0.0.1]:9"} {
		conn, err := publicDialer().DialContext(t.Context(), "tcp", address)
		if !errors.Is(err, errPrivate) {
			t.Errorf("%s: got %v, %v", address, conn, err)
		}
	}
}

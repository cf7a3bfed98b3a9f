// Package origin knows under which names the program is found.
//
// # What it owns
//
// The public Address, read once at the start, and the Names under which
// requests are answered. Whatever prints, sends or compares an address of the
// program takes it from here, so that there is one answer.
//
// # Rules
//
//   - An address is http or https, a host and perhaps a port; no path, for the
//     program serves from the root. The host is written as browsers send it: lower
//     case, without a last dot, in ASCII (投诉.政务 as xn--…; IDNA 2008 lookup).
//     The scheme's own port is left out, as browsers do in Origin.
//   - A request under the public name is answered. So is one under a literal
//     address or localhost: no name server decides where these lead, so that no
//     page of a stranger can stand there too (DNS rebinding).
//   - A GET or HEAD under another name of ours, such as one that is printed on old
//     posters, is sent to the public address for good (308), with path and query.
//     The target's host is a constant, so that nobody is sent elsewhere.
//   - All else is refused, by whoever the caller names.
//
// # What it refuses
//
// An address that is none, with what is wrong with it, before the program
// starts: a mistyped one would otherwise be printed on every poster and answer
// nobody. Other names without a public address to send people to.
package origin

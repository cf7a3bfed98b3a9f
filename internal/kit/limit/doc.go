// Package limit keeps a flood out without knowing who sends it.
//
// # What it owns
//
// Two things, both in memory and gone when the process ends: a Limiter, which
// lets each sender do a thing so often (try a receipt, sign in, upload), and
// a Gate, which asks for a proof of work where a place is flooded with reports.
// Nothing here is stored, logged or counted by person.
//
// # Limiter
//
//   - A rule is a token bucket: Burst at once, then one each Every. A scope
//     without a rule is a mistake of the program and panics.
//   - It keeps no address. A bucket is found by HMAC-SHA256 of scope and key
//     under a random key that only this process has and that is replaced each
//     hour; then every bucket is forgotten, for nobody could find it again.
//     Everybody begins the hour with a full bucket.
//   - Buckets that are full again are swept. Past 100,000 of them newcomers
//     share 256 buckets for each scope: a flood from many networks slows down
//     newcomers instead of filling the memory.
//   - Sender reduces an address to what one sender holds: an IPv4 address, or
//     the /64 network of an IPv6 one.
//
// # Gate
//
//   - The load of a place is how many reports this process took from it within
//     the last minute. Below Free a report needs no work, which keeps the form
//     usable without JavaScript. From there on it needs a solved puzzle of Least
//     bits, and one bit more each time the load doubles, up to Most. Reports
//     refused by the gate are not counted: who does no work cannot raise the
//     price.
//   - A puzzle holds for one purpose and one place, for ten minutes, once. It
//     is signed and not stored, so every process that has the secret can check
//     a puzzle of the others. What is spent each process remembers by itself: a
//     solution is good at most once per process.
//   - Ask looks at a solution without spending it or counting a report, before
//     the files of a report are stored.
//   - A puzzle made while the price was lower is taken if it is at most two bits
//     cheaper than asked for now, so that people do not chase a rising price.
//   - The refusal is a fault of kind too many; its hint is the Puzzle to solve,
//     and its waiting time is when a person without JavaScript may try again.
//
// # The puzzle, for whoever solves it
//
// A Puzzle has a challenge (text) and a number of bits. Find a counter, a
// decimal number written without sign or leading zeros and of at most 20
// digits, such that
//
//	SHA-256(challenge + ":" + counter)
//
// begins with at least that many zero bits, counting from the highest bit of
// the first byte; challenge, colon and counter are taken as ASCII bytes. Count
// up from 0: 2^bits attempts on average. Send challenge and counter back.
// With the challenge "qingfeng" the first counter for 8 bits is 824, and for
// 16 bits it is 9983.
//
// # What it refuses
//
// The rule's excess, with the time to wait; a challenge that is altered, too
// old, of another purpose or place, too cheap or spent; a counter that does not
// solve it. All refusals of the gate read the same, and signatures are compared
// in constant time. A secret of less than 32 bytes and a load that makes no
// sense are refused when the gate is made.
//
// Off and OffGate (QINGFENG_LIMITS=off, for load tests) refuse nothing.
package limit

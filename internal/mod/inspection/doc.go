// Package inspection is about who is inspected by whom, what was found, and that
// both can be checked.
//
// # The draw (双随机, domain 5.1)
//
// Targets, inspectors, shares and recusals are frozen as one list. Its hash and
// the secrets of at least two witnesses make a seed; the seed decides everything
// that is left to chance. Whoever has the published record repeats the draw and
// compares (Verify, "qingfeng draw verify").
//
//   - Witnesses say the hash of their secret before the secret (commit, reveal), so
//     that the last of them cannot choose a draw by choosing a secret. The list is
//     frozen before.
//   - Of a stratum (district × kind × credit class) of n targets share × n are
//     drawn, rounded up, so at least one where the share is not nought. A share
//     that names more of the three goes before one that names fewer.
//   - The order of a stratum is a Fisher–Yates shuffle by HMAC-SHA-256 of the seed
//     in counter mode, without a modulo's bias. The first are drawn; the rest, in
//     their order, replace those that fall out.
//   - Each target gets two inspectors: those who have the fewest, and of these
//     whom the seed puts first; nobody who is recused from it, and not the two who
//     were there last.
//   - A replacement has a reason and takes the next in the order; replaying the
//     record replays it too.
//
// The algorithm has a name (Algorithm). What would change a result is another one.
//
// # Refusals
//
// An empty list, names that are there twice, a share above one, fewer than two
// witnesses, a secret that is not what was committed to, a target for which no two
// inspectors are free, a replacement without a reason or with nothing left to take.
package inspection

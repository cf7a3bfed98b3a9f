// Package intake turns what a person has to say, by whatever channel, into an
// accepted report with a receipt.
//
// # What it owns
//
// The codes on the walls and their scans, the report as it was given (never
// edited afterwards), the reporter's identity, the receipt. What happens to a
// report is casework's; intake hands it over inside the same transaction, so
// that there is no report without a case.
//
// # Rules
//
//   - A report is accepted only when it is durable: report, receipt, identity,
//     evidence and case are one transaction. The answer is sent after the commit.
//   - The receipt is sixteen digits. Only an HMAC of it is stored, under a key
//     that lies outside the database; it cannot be recovered. The same
//     submission sent twice (idempotency key and content) gives the same
//     receipt and one report.
//   - An unknown or revoked code never turns a person away: the report is taken
//     without a place.
//   - A code carries two words that the poster shows too, against swapped
//     stickers. Scans are counted by day and code and say nothing about anyone.
//   - Identity passes through identity.go alone. Anonymous reports have none;
//     that of a confidential report is for the commission only; none is ever
//     for the unit that is concerned.
//   - Nothing about the sender's device, address or browser is read or kept.
//
// Sources: product.md 1; 《北京市接诉即办工作条例》 arts. 8, 10; seed document S0.
package intake

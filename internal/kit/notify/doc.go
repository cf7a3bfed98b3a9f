// Package notify tells staff that something waits for them: in the console, by
// e-mail and by webhook.
//
// # What it owns
//
// The table notification, one row per message and person, and the deliveries
// to the outside, which are jobs.
//
// # Rules
//
//   - Send writes the rows and enqueues the deliveries in the caller's
//     transaction: people are told if and only if the fact is stored.
//   - A message is for staff, says so in both languages, and leads to a page of
//     the console. It has no field for a person outside, and a caller never
//     names in a text who reported something, how they are reached, or what they
//     wrote: e-mail and webhooks leave the house. Who wants to know opens the
//     link, and the page decides what they may see.
//   - People see and mark as read their own notifications only.
//   - What was told about a page is taken from somebody's inbox when they may not
//     know of it any more; a delivery that has not left by then never does.
//   - A delivery is tried again by the queue until it succeeds or is dead. It
//     may arrive twice; the notification's identifier (Message-ID,
//     X-Qingfeng-Delivery) tells the second from another. What the person has
//     read in the console meanwhile is not delivered any more.
//   - An e-mail goes over TLS, by STARTTLS or from the first byte. Mail without
//     encryption is for a server on the same machine or in tests and has to be
//     chosen. A server that has stopped offering STARTTLS gets nothing.
//   - A webhook is one POST of JSON per person and message. Its header
//     X-Qingfeng-Signature is "sha256=" and the hexadecimal HMAC-SHA256, under
//     the shared secret, of X-Qingfeng-Timestamp (seconds since 1970), a full
//     stop and the body. Receivers refuse old time stamps. Redirections are not
//     followed.
//   - The webhook's connection is refused when the address that it would reach
//     is not public (dial.go): it is checked after the name was resolved, for
//     each attempt, so that no name can lead into the house. A setting allows
//     it, for a receiver in the same network.
//
// # What it refuses
//
// A message without kind or title, one whose text lacks a language, a link that
// is no path of the console: these are mistakes of the program and fail the
// transaction. Addresses and webhooks that are malformed are refused when the
// program starts. A server that says for good that a person's mailbox does not
// exist makes the delivery dead at once.
package notify

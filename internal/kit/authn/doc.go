// Package authn knows who is there: passwords and sessions.
//
//   - Passwords are hashed with argon2id, a bounded number at a time: each
//     takes 19 MiB and some 50 ms, and a flood of logins must not take the
//     machine. Who waits too long is told that the system is busy.
//   - Sessions live in the database, so they are valid on every server. The
//     cookie holds a random token, the database only its hash. A session ends
//     after twelve hours, or after one hour without use. One that was ended
//     stays ended, whatever requests of it are still under way.
//   - Strangers get no cookie and no session.
package authn

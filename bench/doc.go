// Command bench measures how fast the program is, always against a floor: the
// least that a program without any rules would have to do for the same effect,
// measured in the same run, on the same machine, in turns with the program.
//
// # What it owns
//
// The lines of bench/README.md. Each line is a function that starts what it
// measures, measures it and its floor, and returns figures; main prints them as
// a table. Nothing here is a test: no figure fails a build.
//
// Rules
//
//   - The real program is measured from outside, over HTTP, as a process of its
//     own with its own settings, on data that it made. Only proof-of-work and
//     rate limits are switched off (QINGFENG_LIMITS=off).
//   - A floor keeps the same promise as the program: what it has answered is on
//     disk. Both use the same engine under the same settings of durability
//     (SQLite: WAL, synchronous=FULL; PostgreSQL: fsync and synchronous_commit
//     on, in a cluster of its own).
//   - A floor is a process of its own too, the same binary with another first
//     argument, so that both sides pay for HTTP alike.
//   - Program and floor take turns, several times. What is printed is the median
//     of the turns, and how far apart they were: a machine that others use is
//     noisy, and the table says so.
//   - Only what was measured is printed.
package main

// Package job does work in the background, exactly as promised by the
// transaction that asked for it.
//
//   - Enqueue puts a job into the caller's transaction: it exists if and only
//     if the fact that caused it does.
//   - A handler is registered for a kind and receives typed arguments. It may
//     run more than once (a process may die between the work and its note of
//     it), so it must not mind.
//   - A worker takes a job by a lease. While it works it renews the lease;
//     when it dies another takes over. Any number of processes share a queue.
//   - A failure is tried again after a growing pause; after the last attempt
//     the job is dead and waits in the console for a person (Dead, Revive).
//     Snooze puts a job off without counting as a failure.
//   - A unique key lets one job of that key wait at a time; one that runs has
//     given its key up, for it may not see what happens meanwhile.
//   - Periodic work is a job whose key is the slot it is for, so several
//     processes start it once. What it does with many records, it does with
//     each by itself (Sweep).
//
// States: waiting → (running, by a lease in the future) → done (deleted) or
// dead. Done jobs leave no row; what they did leaves its own trace.
package job

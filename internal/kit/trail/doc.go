// Package trail writes down the life of a record: who took which step when, from
// which state into which, and why.
//
// # What it owns
//
// One table of events for the records of every module that has no history of
// its own. A module names its records by a kind ("problem") and their
// identifier, writes the event in the transaction that changes the record, and
// shows what Of returns.
//
// # Rules
//
//   - Events are only ever added. Each has a leaf in the transparency log, which
//     covers every column: an event that is altered, taken away or put in is
//     named by `qingfeng verify`.
//   - The events of a record follow each other: each begins in the state in which
//     the one before ended (Check). A step that leaves the state as it is has the
//     same state twice; the first has no state before it.
//   - The actor is that of the context, the time is the clock's; but for steps that
//     were taken before the program knew of them (AddPast).
//   - Detail is for what a step decided beside its state, such as a new deadline.
//     It holds identifiers, numbers and words of the module, never anything of a
//     reporter.
//
// # What it refuses
//
// It knows no states and allows no step: that is kit/flow's business, whose
// Step it writes down.
package trail

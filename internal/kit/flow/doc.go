// Package flow holds the life of a record as a table: from which state which
// action leads where, who may take it, and under which condition.
//
// # What it owns
//
// The form of the table (Table), the question whether a step may be taken now
// (Move), what else could be done instead (Actions), the refusal that a person
// reads, the drawing that stands in a module's doc.go (Draw), and the check
// that the table makes sense (Check). A machine is a value that never changes,
// so any number of goroutines may share it.
//
// # What it refuses
//
// It stores no state and opens no transaction: a module reads the state, asks
// Move and writes the answer in the same transaction. It knows no person: who
// has a permission is a function that the caller passes. It calls no code for
// a condition: the module says which conditions hold.
//
// # Rules
//
//   - A row without From creates the record; creating is a step like any other.
//   - A row without To leaves the state as it is (a reminder, a note).
//   - A row without Who is open to everyone who reached the use case.
//   - Among the rows for one state and action, the first that is open to the
//     person and whose guard holds decides. So one action can lead to different
//     states: the third return goes to the commission, the first two go back.
//   - An action that the state does not know, or whose guard fails, is a
//     Conflict that names the state and what can be done instead; one that only
//     others may take is Forbidden; one that no row knows is Invalid.
//   - A final state has no way out. A state without a way out, or from which no
//     final state can be reached, must not exist.
//
// # The drawing
//
// "(new)" is where the record does not exist yet, brackets mark final states:
//
//	from    action       to        who         guard
//	(new)   -- file -->  open      anyone
//	open    -- send -->  open      desk        under-three
//	        -- send -->  parked    desk
//	        -- close ->  [closed]  desk
//	parked  -- send -->  open      commission
//
// A module's test calls flowtest.Check, which fails when the drawing in doc.go
// is not the table's.
package flow

// Package archtest keeps the drawing of the house true: it reads the source of
// the whole project and fails where a rule is broken. It holds no code that
// the program uses, only tests.
//
// The floors, from the top; a package imports only from floors below its own:
//
//	cmd, bench          arguments and signals; measurements
//	internal/app        the one place that knows every module
//	internal/report     internal/web     internal/demo
//	internal/mod/<area> one package each, nothing below it
//	internal/org        the nouns that every module shares
//	internal/kit/<tool> knows no business word
//
// Side by side on one floor, packages do not know each other, except the tools
// of the kit (Go forbids circles) and the parts of one unit, such as web and
// web/console. Modules never import net/http or database/sql outside their
// tests: the kit speaks HTTP and SQL for them. These rules come from "The house
// has four floors" in docs/architecture.md.
//
// The tables: each is written by one package, and within a module or org by
// one of its files (ADR 8).
//
// The habits: every package says what it is for; no file is longer than 500
// lines; nothing happens before main (no func init); what stands outside
// functions is never written again after its declaration, so that a table is a
// table and not a state; nothing is called util, common, helper, base, types
// or models; no return hands out a variable beside a call that writes it.
//
// The run: a test that is left out of the run with the race detector runs in the
// one without.
//
// Each rule is a function over plain values that returns complaints. The tests
// give it the real tree, and the planted test gives it a tree with one fault of
// each kind and expects every one to be found: a rule that finds nothing
// because it looks at nothing fails there.
package archtest

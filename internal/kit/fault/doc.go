// Package fault is the one error vocabulary of the program.
//
// A fault says what kind of thing went wrong, which input field it is about,
// what the person reads (in both languages) and how to mend it. Only
// kit/httpapi knows which HTTP status a Kind becomes. An error that nobody
// classified is Internal and is never shown.
package fault

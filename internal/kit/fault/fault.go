package fault

import (
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"qingfeng/internal/kit/i18n"
)

// Kind classifies an error for callers.
type Kind uint8

// The kinds. The zero Kind is Internal, so that an error nobody classified
// never reaches a person as text.
const (
	Internal Kind = iota
	Invalid
	Unauthenticated
	Forbidden
	NotFound
	Conflict
	TooLarge
	TooMany
	Unavailable
	Gone // it was there, and was destroyed on purpose
)

// Error is an error whose texts may be shown to the person who caused it.
type Error struct {
	Kind  Kind
	Field string    // name of the input field, empty when it is about no single one
	Text  i18n.Text // what went wrong
	Fix   i18n.Text // what to do about it; may be empty
	// Fields are further complaints about single fields.
	Fields []Detail
	// Retry is how long to wait before trying again; zero says nothing.
	Retry time.Duration
	// Hint is a machine-readable answer that goes with the refusal, for
	// example the puzzle that a flood of reports must solve.
	Hint any
}

// Detail is one complaint about one field.
type Detail struct {
	Field string
	Text  i18n.Text
}

// Error returns the English text, for logs.
func (e *Error) Error() string {
	s := e.Text.EN
	if e.Field != "" {
		s = e.Field + ": " + s
	}
	for _, d := range e.Fields {
		s += "; " + d.Field + ": " + d.Text.EN
	}
	return s
}

// New returns a fault of kind k. Verbs in both texts are filled from args.
func New(k Kind, text i18n.Text, args ...any) *Error {
	return &Error{Kind: k, Text: text.With(args...)}
}

// Field returns an Invalid fault about one input field.
func Field(name string, text i18n.Text, args ...any) *Error {
	return &Error{Kind: Invalid, Field: name, Text: text.With(args...)}
}

// WithFix adds what to do about it.
func (e *Error) WithFix(fix i18n.Text, args ...any) *Error {
	e.Fix = fix.With(args...)
	return e
}

// Details lists what err complains about, with its own text first; nothing where it
// is no fault.
func Details(err error) []Detail {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return nil
	}
	return append([]Detail{{e.Field, e.Text}}, e.Fields...)
}

// KindOf reports the kind of err: Internal when it carries none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is a fault of kind k.
func Is(err error, k Kind) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Kind == k
}

// Wrap adds context to *err, once per function:
//
//	defer fault.Wrap(&err, "gift.HandIn(%s)", in.ID)
func Wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}

// First does steps until one fails, and returns why.
func First(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// Fields collects complaints about several fields, so that a person mends
// them in one go.
type Fields struct{ details []Detail }

// Refuse records the complaint when bad is true.
func (f *Fields) Refuse(bad bool, field string, text i18n.Text, args ...any) {
	if bad {
		f.details = append(f.details, Detail{field, text.With(args...)})
	}
}

// AtMost refuses a text of more than most characters.
func (f *Fields) AtMost(most int, field, text string) {
	n := utf8.RuneCountInString(text)
	f.Refuse(n > most, field, i18n.T("最多 %d 个字，现在有 %d 个", "at most %d characters; there are %d"), most, n)
}

// Err returns nil, or an Invalid fault that names every refused field.
func (f *Fields) Err() error {
	if len(f.details) == 0 {
		return nil
	}
	first := f.details[0]
	return &Error{Kind: Invalid, Field: first.Field, Text: first.Text, Fields: f.details[1:]}
}

// Missing is the fault of something that does not exist or that the person
// may not know of; the two are never told apart.
func Missing(what i18n.Text) *Error {
	return New(NotFound, i18n.T("没有找到%s，或您无权查看", "%s not found, or not yours to see"), what)
}

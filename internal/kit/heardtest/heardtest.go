// Package heardtest keeps what somebody was told, as text, for tests that somebody is
// told the same before and after something that is not for them.
package heardtest

import (
	"encoding/json"
	"strings"
	"testing"

	"qingfeng/internal/kit/httpapi"
)

// Heard is what was told so far.
type Heard struct {
	t    testing.TB
	said strings.Builder
}

// By begins with nothing told.
func By(t testing.TB) *Heard { return &Heard{t: t} }

// Answer adds what a use case answers. That it refuses ends the test.
func (h *Heard) Answer(x any, err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	text, err := json.Marshal(x)
	if err != nil {
		h.t.Fatal(err)
	}
	h.said.Write(append(text, '\n'))
}

// File adds what is in a file.
func (h *Heard) File(f httpapi.File, err error) {
	h.t.Helper()
	if err == nil {
		err = f.Write(&h.said)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// String is all of it.
func (h *Heard) String() string { return h.said.String() }

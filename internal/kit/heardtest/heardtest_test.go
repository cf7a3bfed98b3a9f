package heardtest_test

import (
	"errors"
	"io"
	"runtime"
	"testing"

	"qingfeng/internal/kit/heardtest"
	"qingfeng/internal/kit/httpapi"
)

// ended is a test that remembers that it was ended.
type ended struct {
	testing.TB
	failed bool
}

func (e *ended) Helper() {}
func (e *ended) Fatal(...any) {
	e.failed = true
	runtime.Goexit()
}

func TestAllThatWasToldIsKept(t *testing.T) {
	h := heardtest.By(t)
	h.Answer(map[string]int{"a": 1}, nil)
	h.Answer("b", nil)
	h.File(httpapi.File{Write: func(w io.Writer) error { _, err := io.WriteString(w, "c"); return err }}, nil)
	if got := h.String(); got != "{\"a\":1}\n\"b\"\nc" {
		t.Errorf("heard %q", got)
	}
}

// Who is refused hears nothing that could be compared.
func TestRefusalsEndTheTest(t *testing.T) {
	refused := errors.New("refused")
	unwritten := httpapi.File{Write: func(io.Writer) error { return refused }}
	for name, tell := range map[string]func(*heardtest.Heard){
		"an answer":          func(h *heardtest.Heard) { h.Answer("a", refused) },
		"what is no text":    func(h *heardtest.Heard) { h.Answer(make(chan int), nil) },
		"a file":             func(h *heardtest.Heard) { h.File(httpapi.File{}, refused) },
		"a file that breaks": func(h *heardtest.Heard) { h.File(unwritten, nil) },
	} {
		e := &ended{TB: t}
		done := make(chan struct{})
		go func() {
			defer close(done)
			tell(heardtest.By(e))
		}()
		<-done
		if !e.failed {
			t.Errorf("%s: the test goes on", name)
		}
	}
}

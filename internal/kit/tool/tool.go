package tool

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

const (
	memory   = 2 << 30 // bytes of address space
	files    = 64      // open files
	grace    = 5 * time.Second
	mostSaid = 400 // bytes of complaint that are kept
)

// Find returns the path of a program; empty where it is not installed.
func Find(name string) string {
	path, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return path
}

// Box is what tools run in: the paths of util-linux's prlimit and coreutils' nice.
type Box struct{ Limit, Nice string }

// FindBox looks for both on the PATH.
func FindBox() Box { return Box{Limit: Find("prlimit"), Nice: Find("nice")} }

// Call is one run of a tool.
type Call struct {
	Name    string // as people call it
	Program string // path; empty is a tool that is not installed
	Args    []string
	Dir     string
	In      io.Reader     // what it reads; nil: nothing
	Time    time.Duration // of the processor that it may take
	File    int64         // bytes of a file that it may write
	Print   int           // bytes that it may print
}

// MissingError names a tool that is not installed.
type MissingError struct{ Tool string }

func (e *MissingError) Error() string { return "tool: " + e.Tool + " is not installed" }

// ErrPrints says that a tool printed more than it may.
var ErrPrints = errors.New("tool: it prints too much")

// Run starts a tool, waits for it and returns what it printed. Errors: a
// MissingError, ErrPrints, that of the context, and whatever the tool ended with.
func (b Box) Run(ctx context.Context, c Call) ([]byte, error) {
	for _, part := range [...]struct{ name, path string }{{c.Name, c.Program}, {"prlimit", b.Limit}, {"nice", b.Nice}} {
		if part.path == "" {
			return nil, &MissingError{part.name}
		}
	}
	cmd := exec.CommandContext(ctx, b.Limit, append(b.bounds(c), c.Args...)...) //nolint:gosec // a tool of the machine, with our arguments
	cmd.Dir, cmd.Env, cmd.Stdin = c.Dir, []string{}, c.In
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = grace
	out, said := &printed{left: c.Print}, &complaint{}
	cmd.Stdout, cmd.Stderr = out, said
	err := cmd.Run()
	switch {
	case out.left < 0:
		return nil, ErrPrints
	case err == nil:
		return out.text.Bytes(), nil
	case ctx.Err() != nil:
		return nil, errors.Join(ctx.Err(), err)
	}
	return nil, fmt.Errorf("%s: %w: %s", c.Name, err, said)
}

// bounds is what stands before the arguments on the command line.
func (b Box) bounds(c Call) []string {
	return []string{
		"--as=" + strconv.Itoa(memory), "--cpu=" + strconv.Itoa(int(c.Time.Seconds())+1), "--nofile=" + strconv.Itoa(files), "--core=0",
		"--fsize=" + strconv.FormatInt(c.File, 10),
		b.Nice, "-n", "10", c.Program,
	}
}

// printed keeps what a tool prints; more than it may ends the tool, for nobody
// takes it any more.
type printed struct {
	text bytes.Buffer
	left int
}

// Write implements io.Writer.
func (p *printed) Write(b []byte) (int, error) {
	if p.left -= len(b); p.left < 0 {
		return 0, ErrPrints
	}
	return p.text.Write(b)
}

// complaint keeps the beginning of what a tool complains about.
type complaint struct{ text []byte }

// Write implements io.Writer.
func (c *complaint) Write(p []byte) (int, error) {
	c.text = append(c.text, p[:min(len(p), mostSaid-len(c.text))]...)
	return len(p), nil
}

// String returns the complaint on one line, in printable characters.
func (c *complaint) String() string { return strconv.QuoteToASCII(string(bytes.TrimSpace(c.text))) }

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// child is a server under measurement, in a process of its own.
type child struct {
	cmd   *exec.Cmd
	base  string
	begin time.Duration // from its start until it was ready
	ended chan error
}

// start runs a program that prints one line when it is ready; read takes the
// base address from that line.
func start(ctx context.Context, log string, read func(line []byte) (string, error), name string, args ...string) (*child, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 30 * time.Second
	cmd.Env = append(os.Environ(), "QINGFENG_LIMITS=off")
	errs, err := os.Create(log) //nolint:gosec // a path of this command's own
	if err != nil {
		return nil, fmt.Errorf("log: %w", err)
	}
	defer func() { _ = errs.Close() }()
	cmd.Stderr = errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	c := &child{cmd: cmd, ended: make(chan error, 1)}
	ready, readErr := bufio.NewReader(out).ReadBytes('\n')
	c.begin = time.Since(begin)
	go func() { c.ended <- cmd.Wait() }()
	if readErr == nil {
		c.base, readErr = read(ready)
	}
	if readErr != nil {
		text, _ := os.ReadFile(log) //nolint:gosec // a path of this command's own
		return nil, errors.Join(fmt.Errorf("%s is not ready: %w\n%s", name, readErr, text), c.stop())
	}
	return c, nil
}

// stop ends the process as an operator would.
func (c *child) stop() error {
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop: %w", err)
	}
	if err := <-c.ended; err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(c.cmd.Path), err)
	}
	return nil
}

// pause has a process stand still, and goOn has it go on.
func (c *child) pause() error { return c.signal(syscall.SIGSTOP) }
func (c *child) goOn() error  { return c.signal(syscall.SIGCONT) }

func (c *child) signal(what syscall.Signal) error {
	if err := c.cmd.Process.Signal(what); err != nil {
		return fmt.Errorf("signal: %w", err)
	}
	return nil
}

// resident is the memory that the process holds, in bytes.
func (c *child) resident() (int64, error) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(c.cmd.Process.Pid) + "/statm")
	if err != nil {
		return 0, fmt.Errorf("memory: %w", err)
	}
	pages, err := strconv.ParseInt(strings.Fields(string(text))[1], 10, 64)
	return pages * int64(os.Getpagesize()), err
}

// peak is the most memory that the process held, in bytes, since the last time
// that it was told to forget.
func (c *child) peak(forget bool) (int64, error) {
	of := "/proc/" + strconv.Itoa(c.cmd.Process.Pid)
	if forget {
		if err := os.WriteFile(of+"/clear_refs", []byte("5"), 0); err != nil {
			return 0, fmt.Errorf("memory: %w", err)
		}
	}
	text, err := os.ReadFile(of + "/status")
	if err != nil {
		return 0, fmt.Errorf("memory: %w", err)
	}
	for l := range strings.Lines(string(text)) {
		if kilobytes, ok := strings.CutPrefix(l, "VmHWM:"); ok {
			n, err := strconv.ParseInt(strings.Fields(kilobytes)[0], 10, 64)
			return n << 10, err
		}
	}
	return 0, errors.New("memory: the system tells no peak")
}

// city is a demo under measurement.
type city struct {
	*child
	Base   string  `json:"base_url"`
	Token  string  `json:"report_token"`
	Logins []login `json:"logins"`
}

type login struct{ Role, Username, Password string }

// demo starts the demo city of a folder, made at the first start.
func (s *settings) demo(ctx context.Context, folder, database string, args ...string) (*city, error) {
	c := &city{}
	args = append([]string{"demo", "--print-json", "--listen", "127.0.0.1:0", "--data", filepath.Join(s.dir, folder)}, args...)
	if database != "" {
		args = append(args, "--database", database)
	}
	read := func(line []byte) (string, error) {
		err := json.Unmarshal(line, c)
		return c.Base, err
	}
	var err error
	c.child, err = start(ctx, filepath.Join(s.dir, folder+".log"), read, s.program, args...)
	return c, err
}

// quiet waits until no background work is due any more.
func (c *child) quiet(ctx context.Context) error {
	for ctx.Err() == nil {
		oldest, err := c.metric(ctx, "qingfeng_jobs_oldest_seconds")
		if err != nil || oldest == 0 {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return ctx.Err() //nolint:wrapcheck // the operator has interrupted
}

// metric reads one number from the metrics of the server.
func (c *child) metric(ctx context.Context, name string) (float64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/metrics", nil)
	if err != nil {
		return 0, fmt.Errorf("metrics: %w", err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, fmt.Errorf("metrics: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		if text, ok := strings.CutPrefix(lines.Text(), name+" "); ok {
			return strconv.ParseFloat(text, 64)
		}
	}
	return 0, fmt.Errorf("no metric %s", name)
}

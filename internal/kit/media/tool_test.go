package media_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/media"
	"qingfeng/internal/kit/tooltest"
)

// script writes a program that stands in for a tool.
func script(t *testing.T, lines string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tool")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+lines+"\n"), 0o700); err != nil { //nolint:gosec // it must run
		t.Fatal(err)
	}
	return path
}

func withFFmpeg(path string) func(*media.Options) {
	return func(o *media.Options) { o.Tools.FFmpeg = path }
}

func TestToolsRunBounded(t *testing.T) {
	tooltest.Need(t, "prlimit", "nice")
	t.Setenv("PLANTED", "secret")
	out := filepath.Join(t.TempDir(), "seen")
	s := newStudio(t, withFFmpeg(script(t, fmt.Sprintf(`cat /proc/$$/environ > %[1]s.env; cat /proc/$$/limits > %[1]s.limits; cat /proc/$$/stat > %[1]s.stat; pwd > %[1]s.pwd; echo "$@" > %[1]s.args; exit 1`, out))))
	if _, _, err := s.try("a.amr", amr()); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
	said := func(what string) string { return string(must[[]byte](t)(os.ReadFile(out + "." + what))) }
	if env := said("env"); env != "" {
		t.Errorf("environment: %q", env)
	}
	for line := range strings.SplitSeq(said("limits"), "\n") {
		f := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "Max address space") && f[3] != strconv.Itoa(2<<30),
			strings.HasPrefix(line, "Max cpu time") && f[3] != "61",
			strings.HasPrefix(line, "Max open files") && f[3] != "64",
			strings.HasPrefix(line, "Max file size") && f[3] != strconv.Itoa(400<<20),
			strings.HasPrefix(line, "Max core file") && f[4] != "0":
			t.Error(line)
		}
	}
	if nice := strings.Fields(said("stat"))[18]; nice != "10" {
		t.Errorf("nice %s", nice)
	}
	if pwd := said("pwd"); !strings.HasPrefix(pwd, s.scratch) {
		t.Errorf("works in %s", pwd)
	}
	if args := said("args"); !strings.Contains(args, "-protocol_whitelist file,pipe -f amr -i in") {
		t.Errorf("asked to %s", args)
	}
}

// A tool that never ends is ended with everything that it started.
func TestHangingToolIsEnded(t *testing.T) {
	tooltest.Need(t, "prlimit", "nice")
	pids := filepath.Join(t.TempDir(), "pids")
	s := newStudio(t, withFFmpeg(script(t, "sleep 1000 & echo $! > "+pids+"; echo $$ >> "+pids+"; wait")), func(o *media.Options) { o.Time = 500 * time.Millisecond })
	if _, _, err := s.try("a.amr", amr()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want unavailable", err)
	}
	for line := range strings.FieldsSeq(string(must[[]byte](t)(os.ReadFile(pids)))) {
		pid := must[int](t)(strconv.Atoi(line))
		if err := syscall.Kill(pid, 0); err == nil && !zombie(pid) {
			t.Errorf("process %d lives on", pid)
		}
	}
}

// zombie reports whether a process is dead and only not yet buried by init.
func zombie(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(stat), ") Z ")
}

func TestHungryToolFails(t *testing.T) {
	tooltest.Need(t, "prlimit", "nice")
	s := newStudio(t, withFFmpeg(script(t, "dd if=/dev/zero of=copy bs=3G count=1")))
	if _, _, err := s.try("a.amr", amr()); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}

func TestToolThatWritesNothingFails(t *testing.T) {
	tooltest.Need(t, "ffprobe", "prlimit", "nice")
	for _, lines := range []string{"exit 0", ": > copy", "echo no film > copy"} {
		s := newStudio(t, withFFmpeg(script(t, lines)))
		if _, _, err := s.try("a.amr", amr()); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", lines, err)
		}
	}
}

func TestMissingToolsSaySo(t *testing.T) {
	for name, lose := range map[string]func(*media.Tools){
		"ffmpeg": func(o *media.Tools) { o.FFmpeg = "" }, "prlimit": func(o *media.Tools) { o.Limit = "" }, "nice": func(o *media.Tools) { o.Nice = "" },
	} {
		s := newStudio(t, func(o *media.Options) {
			o.Tools = media.Tools{FFmpeg: "/x", FFprobe: "/x", HEIF: "/x", Limit: "/x", Nice: "/x"}
			lose(&o.Tools)
		})
		_, _, err := s.try("a.amr", amr())
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Kind != fault.Unavailable || !strings.Contains(f.Text.ZH, name) || f.Fix.Zero() {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLeftFoldersAreRemoved(t *testing.T) {
	scratch := t.TempDir()
	long := time.Unix(1, 0)
	for _, name := range []string{"qingfeng-media-old", "qingfeng-media-young", "another-old"} {
		dir := filepath.Join(scratch, name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "old") {
			if err := os.Chtimes(dir, long, long); err != nil {
				t.Fatal(err)
			}
		}
	}
	newStudio(t, func(o *media.Options) { o.Scratch = scratch })
	var left []string
	for _, e := range must[[]os.DirEntry](t)(os.ReadDir(scratch)) {
		left = append(left, e.Name())
	}
	if got := strings.Join(left, " "); got != "another-old qingfeng-media-young" {
		t.Errorf("left: %s", got)
	}
}

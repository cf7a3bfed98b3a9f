package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

// Tools are the programs that read what Go does not; an empty path is a tool
// that is not installed.
type Tools struct {
	FFmpeg, FFprobe, HEIF string
	// PDFInfo and PDFPages are poppler's pdfinfo and pdftoppm, Office is
	// LibreOffice's soffice.
	PDFInfo, PDFPages, Office string
	// Limit and Nice are util-linux's prlimit and coreutils' nice, without
	// which no other tool is started.
	Limit, Nice string
}

// FindTools looks for the tools on the PATH.
func FindTools() Tools {
	find := func(name string) string {
		p, err := exec.LookPath(name)
		if err != nil {
			return ""
		}
		return p
	}
	return Tools{FFmpeg: find("ffmpeg"), FFprobe: find("ffprobe"), HEIF: find("heif-convert"), Limit: find("prlimit"), Nice: find("nice"),
		PDFInfo: find("pdfinfo"), PDFPages: find("pdftoppm"), Office: find("soffice")}
}

const (
	toolMemory = 2 << 30 // bytes of address space of a child process
	toolFiles  = 64      // open files
	grace      = 5 * time.Second
	mostSaid   = 400 // bytes of complaint that are kept
)

// run starts a tool in dir and waits for it. Whatever the tool reads comes
// from strangers, so it gets no environment, little memory and time, and
// nothing is asked of it twice. It returns what the tool printed.
func (s *Sanitiser) run(ctx context.Context, dir, name, program string, args ...string) ([]byte, error) {
	for _, tool := range [...]struct{ name, path string }{{name, program}, {"prlimit", s.tools.Limit}, {"nice", s.tools.Nice}} {
		if tool.path == "" {
			return nil, errMissing(tool.name)
		}
	}
	cmd := exec.CommandContext(ctx, s.tools.Limit, append(s.bounds(program), args...)...)
	cmd.Dir = dir
	cmd.Env = []string{}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = grace
	var out bytes.Buffer
	said := &complaint{}
	cmd.Stdout, cmd.Stderr = &out, said
	err := cmd.Run()
	switch {
	case err == nil:
		return out.Bytes(), nil
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, errTakesTooLong(err)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	return nil, errUndecodable(fmt.Errorf("%s: %w: %s", name, err, said))
}

// bounds is what stands before a program on the command line.
func (s *Sanitiser) bounds(program string) []string {
	seconds := strconv.Itoa(int(s.time.Seconds()) + 1)
	return []string{
		"--as=" + strconv.Itoa(toolMemory), "--cpu=" + seconds, "--nofile=" + strconv.Itoa(toolFiles), "--core=0",
		"--fsize=" + strconv.FormatInt(2*s.limits.Video, 10),
		s.tools.Nice, "-n", "10", program,
	}
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

package app

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	if os.Getenv(providerEnv) != "" {
		if err := provide(); err != nil {
			log.Fatal(err)
		}
		return
	}
	code := m.Run()
	if err := os.RemoveAll(folder()); err != nil {
		log.Fatal(err)
	}
	os.Exit(code)
}

// folder is where the program is built, once for all tests.
func folder() string { return filepath.Join(os.TempDir(), fmt.Sprint("qingfeng-app-", os.Getpid())) }

// build makes the program: what is killed and run here is what people run,
// without the race detector, which would make it ten times slower.
var build = sync.OnceValues(func() (path string, err error) {
	path = filepath.Join(folder(), "qingfeng")
	cmd := exec.Command("go", "build", "-tags", "sqlite_fts5", "-o", path, "qingfeng/cmd/qingfeng")
	cmd.Env = append(os.Environ(), "CGO_CFLAGS=") // as `make build` does, whatever these tests were built with
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, said)
	}
	return path, nil
})

func program(t *testing.T) string {
	t.Helper()
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// process is a running `qingfeng serve`.
type process struct {
	url   string
	cmd   *exec.Cmd
	ended chan error
}

// serve starts the program as a server on place and waits until it answers. The test's end
// stops it.
func serve(t *testing.T, place Place) *process {
	t.Helper()
	cmd := exec.Command(program(t), "serve", "--data", place.Data, "--database", place.Database, "--blob", place.Blob, "--keys", place.Keys, "--listen", "127.0.0.1:0")
	cmd.Env = append(os.Environ(), "QINGFENG_LIMITS=off", "QINGFENG_WORKERS=2")
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: cmd, ended: make(chan error, 1)}
	t.Cleanup(p.kill)
	ready, log := make(chan string, 1), &bytes.Buffer{}
	go func() {
		defer close(ready)
		listen(said, log, ready)
		p.ended <- cmd.Wait()
	}()
	if p.url = <-ready; p.url == "" {
		t.Fatalf("the server did not start: %s", log)
	}
	return p
}

// listen reads a server's log to its end and sends the address that it serves.
func listen(said io.Reader, log *bytes.Buffer, ready chan<- string) {
	for lines := bufio.NewScanner(said); lines.Scan(); {
		var line struct{ Msg, URL string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "serving" {
			ready <- line.URL
		}
		log.Write(append(lines.Bytes(), '\n'))
	}
}

// kill ends the process as a power cut would, and waits until it is gone.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.gone()
}

// stop asks the process to end, as systemd does.
func (p *process) stop(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.gone(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
}

// gone waits for the end of the process, however often it is asked.
func (p *process) gone() error {
	err := <-p.ended
	p.ended <- err
	return err
}

// client is a person's browser.
func client(t testing.TB) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, Timeout: time.Minute, Transport: &http.Transport{}}
}

// send sends a JSON body, or none, and returns the answer's status and body.
func send(t *testing.T, c *http.Client, method, url string, body any) (status int, answer []byte, err error) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err = io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

// must sends like send and fails the test unless the answer has the status.
func must(t *testing.T, c *http.Client, status int, method, url string, body any) []byte {
	t.Helper()
	got, answer, err := send(t, c, method, url, body)
	if err != nil || got != status {
		t.Fatalf("%s %s: %d %s %v", method, strings.SplitN(url, "/receipts/", 2)[0], got, answer, err)
	}
	return answer
}

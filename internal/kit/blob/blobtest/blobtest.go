// Package blobtest runs a test on both places that a store can be: a folder,
// and a bucket of a real S3 server (versitygw), which it starts for the test.
//
// The server's program is looked for in QINGFENG_VERSITYGW, on the PATH, in
// bin/tools of the project and in the user's go/bin. Where it is missing the
// second half is skipped, except under CI, where a skipped half is a failure.
package blobtest

import (
	"bufio"
	"context"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/tooltest"
)

// Keys of the test server, which listens on this machine only and lives as
// long as one test.
const (
	access = "qingfeng"
	secret = "qingfeng-test"
	region = "us-east-1"
)

// Each runs f once on a folder and once in a bucket.
func Each(t *testing.T, f func(*testing.T, *blob.Store)) {
	t.Helper()
	t.Run("disk", func(t *testing.T) { f(t, Open(t, t.TempDir())) })
	t.Run("s3", func(t *testing.T) { f(t, Open(t, S3URL(t))) })
}

// Open opens the store of url.
func Open(t testing.TB, url string) *blob.Store {
	t.Helper()
	s, err := blob.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// S3URL starts an S3 server for the length of the test and names a prefix of
// an empty bucket in it.
func S3URL(t testing.TB) string {
	t.Helper()
	address := start(t, binary(t))
	c, err := minio.New(address, &minio.Options{Creds: credentials.NewStaticV4(access, secret, ""), Region: region})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.MakeBucket(t.Context(), "media", minio.MakeBucketOptions{}); err != nil {
		t.Fatal(err)
	}
	return "s3://" + access + ":" + secret + "@media/city?endpoint=http://" + address + "&region=" + region
}

func binary(t testing.TB) string {
	t.Helper()
	if p := os.Getenv("QINGFENG_VERSITYGW"); p != "" {
		return p
	}
	if p, err := exec.LookPath("versitygw"); err == nil {
		return p
	}
	for _, dir := range []string{projectTools(), filepath.Join(os.Getenv("HOME"), "go", "bin")} {
		p := filepath.Join(dir, "versitygw")
		if _, err := os.Stat(p); err == nil {
			return p
		}
	}
	tooltest.Lack(t, "versitygw, an object store, is not installed; build it with scripts/tool.sh versitygw")
	return ""
}

// projectTools is bin/tools of the project that the test belongs to.
func projectTools() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	return filepath.Join(dir, "bin", "tools")
}

// start runs the server on a free port and returns its address once the server
// says that it listens.
func start(t testing.TB, program string) string {
	t.Helper()
	address, dir := freeAddress(t), t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program, "--access", access, "--secret", secret, "--region", region,
		"--port", address, "posix", "--sidecar", folder(t, dir, "attributes"), folder(t, dir, "objects"))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = cmd.Wait() // it was told to die
	})
	ready(t, out)
	return address
}

// ready reads what the server says until it says where it listens, and keeps
// reading so that the server never waits for a reader.
func ready(t testing.TB, out io.Reader) {
	t.Helper()
	var said strings.Builder
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), "http://") {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return
		}
	}
	t.Fatalf("the S3 server ended before it was ready:\n%s", said.String())
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // answered by the kernel at once
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

func folder(t testing.TB, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

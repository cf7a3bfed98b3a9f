package upload_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"qingfeng/internal/kit/tooltest"
	"qingfeng/internal/kit/upload"
)

const clientDir = "testdata/tusjs"

// client sends size bytes with tus-js-client and returns the upload's id.
func (s *site) client(endpoint, way string, size int, elsewhere ...string) string {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	args := append([]string{"send.mjs", endpoint + "/files", way, strconv.Itoa(size)}, elsewhere...)
	cmd := exec.CommandContext(ctx, "node", args...)
	cmd.Dir = clientDir
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("%s: %v\n%s", way, err, &said)
	}
	return path.Base(strings.TrimSpace(string(out)))
}

func needClient(t *testing.T) {
	t.Helper()
	_, missing := os.Stat(clientDir + "/node_modules/tus-js-client")
	_, noNode := exec.LookPath("node")
	if missing == nil && noNode == nil {
		return
	}
	tooltest.Lack(t, "tus-js-client is not installed; run npm ci in internal/kit/upload/"+clientDir)
}

// pattern is what send.mjs sends.
func pattern(size int) []byte {
	data := make([]byte, size)
	for i := range data {
		data[i] = byte(i * 31 % 251)
	}
	return data
}

const clientSize = 1 << 20

func TestPublicClientUploads(t *testing.T) {
	needClient(t)
	each(t, func(s *site) {
		other := s.another(upload.DefaultRules())
		for _, way := range []string{"whole", "chunks", "early", "earlyChunks", "override", "moved"} {
			up := s.client(s.url, way, clientSize, other.url)
			if !bytes.Equal(pattern(clientSize), s.content(up)) {
				s.t.Errorf("%s: the file came out changed", way)
			}
			if u, err := s.take(up, way); err != nil || u.Name != "红包.bin" || u.Type != "application/octet-stream" {
				s.t.Errorf("%s: took %+v, %v", way, u, err)
			}
		}
	})
}

func TestPublicClientTerminates(t *testing.T) {
	needClient(t)
	each(t, func(s *site) {
		up := s.client(s.url, "terminated", clientSize)
		s.want(http.StatusNotFound, s.do("HEAD", "/files/"+up, nil, nil))
		if n := s.staged(); n != 0 {
			s.t.Errorf("%d objects left", n)
		}
	})
}

// The client's connections break, one after the other, and it goes on; what
// had arrived is not sent again.
func TestPublicClientResumes(t *testing.T) {
	needClient(t)
	for name, hang := range map[string]bool{"both ends see it": false, "the server does not see it": true} {
		t.Run(name, func(t *testing.T) {
			eachAt(t, slow, func(s *site) {
				line := s.badLine(clientSize*2/5, 2, hang)
				up := s.client(line.url, "whole", clientSize)
				if !bytes.Equal(pattern(clientSize), s.content(up)) {
					s.t.Error("the file came out changed")
				}
				if cuts := line.cuts.Load(); cuts > 0 {
					s.t.Errorf("%d cuts were not reached", cuts)
				}
				if n := line.carried.Load(); n > clientSize*3/2 {
					s.t.Errorf("%d bytes sent for a file of %d", n, clientSize)
				}
			})
		})
	}
}

// line is a bad connection: it carries bytes to a server, and breaks after so
// many, a few times. Where it hangs, only the client learns of the break.
type line struct {
	*site
	url     string
	after   int64
	hang    bool
	cuts    atomic.Int64
	carried atomic.Int64
}

func (s *site) badLine(after, cuts int64, hang bool) *line {
	s.t.Helper()
	l := &line{site: s, after: after, hang: hang}
	l.cuts.Store(cuts)
	in, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	l.url = "http://" + in.Addr().String()
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(context.Background())
	s.t.Cleanup(func() {
		cancel()
		_ = in.Close()
		wg.Wait()
	})
	wg.Go(func() {
		for {
			client, err := in.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { l.carry(ctx, client, strings.TrimPrefix(s.url, "http://")) })
		}
	})
	return l
}

// noticed waits until the server has begun to receive, or even to count, what
// was carried since it had counted so many bytes. A client that came back
// sooner would send the same again, in vain.
func (l *line) noticed(ctx context.Context, received int) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for l.value(`select count(*) from upload where holder <> '' or received > $1`, received) == 0 {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (l *line) carry(ctx context.Context, client net.Conn, address string) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	context.AfterFunc(ctx, func() { _ = client.Close(); _ = server.Close() })
	go func() {
		_, _ = io.Copy(client, server)
		_ = client.Close()
	}()
	received := l.value(`select coalesce(max(received), 0) from upload`)
	n, _ := io.Copy(server, io.LimitReader(client, l.after))
	l.carried.Add(n)
	if n == l.after && l.cuts.Add(-1) >= 0 {
		l.noticed(ctx, received)
		_ = client.Close()
		if l.hang {
			<-ctx.Done()
		}
		return
	}
	n, _ = io.Copy(server, client)
	l.carried.Add(n)
}

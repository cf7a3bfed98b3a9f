package upload_test

import (
	"bytes"
	"context"
	"net/http"
	"sync"
	"testing"

	"qingfeng/internal/kit/blob/blobtest"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/upload"
)

func TestWhatCameBeforeABreakCounts(t *testing.T) {
	eachAt(t, slow, func(s *site) {
		data := noise(5, 100_000)
		path := s.create(len(data))
		if err := s.begin(path, 0, len(data), data[:60_000]).Close(); err != nil {
			s.t.Fatal(err)
		}
		s.resume(path, data, 60_000)
	})
}

// resume asks how far an upload came, wants it to be at want or, where a
// packet did not make it, before, and sends the rest.
func (s *site) resume(path string, data []byte, want int) {
	s.t.Helper()
	at := s.offset(path)
	if at > want || at == 0 {
		s.t.Errorf("offset %d, want %d", at, want)
	}
	s.want(http.StatusNoContent, s.patch(path, at, data[at:]))
	if !bytes.Equal(data, s.content(id(path))) {
		s.t.Error("the file came out changed")
	}
}

// A telephone that changes its network leaves a connection behind that nobody
// closes. Asking for the offset ends it, in whichever process it is.
func TestHeadMakesAHangingRequestGiveWay(t *testing.T) {
	eachAt(t, slow, func(s *site) {
		data := noise(6, 100_000)
		path := s.create(len(data))
		s.begin(path, 0, len(data), data[:60_000])
		s.another(upload.DefaultRules()).resume(path, data, 60_000)
	})
}

func TestSilenceIsABreak(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSiteAt(t, never, d, blobtest.Open(t, t.TempDir()), crypttest.Vault(t, clock.System), upload.DefaultRules())
		s.serve(impatient())
		path := s.create(1000)
		s.begin(path, 0, 1000, noise(7, 600))
		s.until("the silent request ends", func() bool { return s.value(`select count(*) from upload where holder <> ''`) == 0 })
		if at := s.offset(path); at != 600 {
			t.Errorf("offset %d, want 600", at)
		}
	}, tables()...)
}

// With a checksum, half of a piece is none.
func TestBrokenPieceWithChecksumIsDropped(t *testing.T) {
	each(t, func(s *site) {
		path := s.create(1000)
		ctx, leave := context.WithCancel(s.t.Context())
		req, err := http.NewRequestWithContext(ctx, "PATCH", s.url+path, &breaking{data: noise(8, 600), leave: leave, end: ctx.Done()})
		if err != nil {
			s.t.Fatal(err)
		}
		req.ContentLength = 1000
		for k, v := range (headers{"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0", "Upload-Checksum": "sha1 AAAA"}) {
			req.Header.Set(k, v)
		}
		if res, err := http.DefaultClient.Do(req); err == nil {
			_ = res.Body.Close()
			s.t.Error("the request did not break")
		}
		if at := s.offset(path); at != 0 {
			s.t.Errorf("offset %d, want 0", at)
		}
	})
}

// breaking is a body that ends with its connection.
type breaking struct {
	data  []byte
	leave func()
	end   <-chan struct{}
}

func (b *breaking) Read(p []byte) (int, error) {
	if len(b.data) == 0 {
		b.leave()
		<-b.end
		return 0, context.Canceled
	}
	n := copy(p, b.data)
	b.data = b.data[n:]
	return n, nil
}

// A process that was killed cannot make way; whoever asks takes over.
func TestDeadHolderLosesTheUpload(t *testing.T) {
	each(t, func(s *site) {
		path := s.create(6)
		s.want(http.StatusNoContent, s.patch(path, 0, []byte("abc")))
		s.exec(`update upload set holder = 'killed'`)
		s.want(http.StatusLocked, s.patch(path, 3, []byte("def")))
		if s.offset(path) != 3 {
			s.t.Error("wrong offset")
		}
		s.want(http.StatusNoContent, s.patch(path, 3, []byte("def")))
	})
}

// What a holder stores after it lost the upload is counted nowhere.
func TestLateHolderCountsNothing(t *testing.T) {
	eachAt(t, never, func(s *site) {
		path := s.create(6)
		c := s.begin(path, 0, 6, []byte("old"))
		s.exec(`update upload set holder = ''`)
		s.want(http.StatusNoContent, s.patch(path, 0, []byte("abc")))
		if _, err := c.Write([]byte("old")); err != nil {
			s.t.Fatal(err)
		}
		answer := make([]byte, 12)
		if _, err := c.Read(answer); err != nil || string(answer) != "HTTP/1.1 409" {
			s.t.Errorf("answered %q, %v", answer, err)
		}
		s.want(http.StatusNoContent, s.patch(path, 3, []byte("def")))
		if got := s.content(id(path)); string(got) != "abcdef" {
			s.t.Errorf("got %q", got)
		}
		if n := s.staged(); n != 0 {
			s.t.Errorf("%d objects left", n)
		}
	})
}

func TestSecondRequestIsLockedOut(t *testing.T) {
	each(t, func(s *site) {
		path := s.create(1000)
		s.begin(path, 0, 1000, noise(9, 10))
		s.want(http.StatusLocked, s.patch(path, 0, noise(9, 1000)))
		s.want(http.StatusNoContent, s.do("DELETE", path, nil, nil))
		s.until("the request notices that its upload is gone", func() bool { return s.staged() == 0 })
	})
}

// Many send the same bytes at once, to two processes: one of them counts.
func TestOneOfManyWins(t *testing.T) {
	each(t, func(s *site) {
		other := s.another(upload.DefaultRules())
		data := noise(10, 50_000)
		path := s.create(len(data))
		statuses := make(chan int, 8)
		var wg sync.WaitGroup
		for i := range cap(statuses) {
			wg.Go(func() {
				statuses <- []*site{s, other}[i%2].patch(path, 0, data[:30_000]).Status
			})
		}
		wg.Wait()
		close(statuses)
		count := map[int]int{}
		for status := range statuses {
			count[status]++
		}
		if count[204] != 1 || count[409]+count[423] != 7 {
			s.t.Errorf("answers %v, want one 204 and else 409 or 423", count)
		}
		s.resume(path, data, 30_000)
	})
}

func TestOneOfTwoClaimsWins(t *testing.T) {
	each(t, func(s *site) {
		up := s.send([]byte("abc"))
		s.content(up)
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() { _, errs[i] = s.take(up, string(rune('a'+i))) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !fault.Is(err, fault.Conflict) {
				s.t.Errorf("got %v, want a conflict", err)
			}
		}
		if won != 1 {
			s.t.Errorf("%d claims won, want 1", won)
		}
	})
}

// Keep may run in two processes at once, beside the joining of the last
// request.
func TestKeepMayRunTwice(t *testing.T) {
	each(t, func(s *site) {
		other := s.another(upload.DefaultRules())
		data := noise(11, 200_000)
		path := s.create(len(data))
		for at := 0; at < len(data); at += 20_000 {
			s.want(http.StatusNoContent, s.patch(path, at, data[at:at+20_000]))
		}
		// As if the last request had died before it joined the pieces.
		s.exec(`update upload set sha256 = ''`)
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				if _, err := []*site{s, other}[i%2].Keep(context.Background(), id(path)); err != nil {
					s.t.Error(err)
				}
			})
		}
		wg.Wait()
		if !bytes.Equal(data, s.content(id(path))) {
			s.t.Error("the file came out changed")
		}
		if n := s.staged(); n != 0 {
			s.t.Errorf("%d objects left", n)
		}
	})
}

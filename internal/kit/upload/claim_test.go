package upload_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/blob/blobtest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/upload"
)

func TestClaimedCannotBeTakenBack(t *testing.T) {
	each(t, func(s *site) {
		up := s.send([]byte("abc"))
		s.content(up)
		if _, err := s.take(up, "report 1"); err != nil {
			s.t.Fatal(err)
		}
		s.want(http.StatusConflict, s.do("DELETE", "/files/"+up, nil, nil))
	})
}

func TestTakeIsOnce(t *testing.T) {
	each(t, func(s *site) {
		path := s.create(3)
		if _, err := s.Keep(s.t.Context(), id(path)); !fault.Is(err, fault.Conflict) {
			s.t.Errorf("kept an unfinished upload: %v", err)
		}
		s.want(http.StatusNoContent, s.patch(path, 0, []byte("abc")))
		if _, err := s.take(id(path), "a"); !fault.Is(err, fault.Conflict) {
			s.t.Errorf("took what was not kept: %v", err)
		}
		for range 2 {
			if got := s.content(id(path)); string(got) != "abc" {
				s.t.Errorf("got %q", got)
			}
		}
		first, err := s.take(id(path), "a")
		if err != nil {
			s.t.Fatal(err)
		}
		again, err := s.take(id(path), "a")
		if diff := cmp.Diff(first, again); diff != "" || err != nil {
			s.t.Errorf("the same key again: %v %s", err, diff)
		}
		if _, err := s.take(id(path), "b"); !fault.Is(err, fault.Conflict) {
			s.t.Errorf("another key: %v, want a conflict", err)
		}
		for _, unknown := range []string{"", "x"} {
			if _, err := s.take(unknown, "a"); !fault.Is(err, fault.NotFound) {
				s.t.Errorf("took %q: %v", unknown, err)
			}
		}
	})
}

// Of several files in a form, the refusal names the one.
func TestUsedFileIsNamed(t *testing.T) {
	each(t, func(s *site) {
		res := s.want(http.StatusCreated, s.do("POST", "/files", headers{"Upload-Length": "3", "Upload-Metadata": "filename " + base64.StdEncoding.EncodeToString([]byte("收据.txt"))}, nil))
		path := res.Header.Get("Location")
		s.want(http.StatusNoContent, s.patch(path, 0, []byte("abc")))
		s.content(id(path))
		_, err := s.take(id(path), "a")
		if err == nil {
			_, err = s.take(id(path), "b")
		}
		if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "收据.txt") {
			s.t.Errorf("got %v", err)
		}
	})
}

// A transaction that fails claims nothing.
func TestFailedTransactionClaimsNothing(t *testing.T) {
	each(t, func(s *site) {
		up := s.send([]byte("abc"))
		s.content(up)
		boom := errors.New("boom")
		err := s.d.InTx(s.t.Context(), func(tx *db.Tx) error {
			if _, err := s.Take(tx, up, "a"); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			s.t.Fatal(err)
		}
		if _, err := s.take(up, "b"); err != nil {
			s.t.Errorf("still claimed: %v", err)
		}
	})
}

func TestExpiry(t *testing.T) {
	each(t, func(s *site) {
		open, whole, claimed := s.create(9), s.send([]byte("whole")), s.send([]byte("claimed"))
		s.want(http.StatusNoContent, s.patch(open, 0, []byte("begun")))
		s.content(claimed)
		u, err := s.take(claimed, "report 1")
		if err != nil {
			s.t.Fatal(err)
		}
		*s.now = s.now.Add(48*time.Hour - time.Millisecond)
		s.expire(3)
		if s.offset(open) != 5 {
			s.t.Error("gone a moment too early")
		}
		*s.now = s.now.Add(time.Millisecond)
		s.want(http.StatusNotFound, s.do("HEAD", open, nil, nil))
		if _, err := s.Keep(s.t.Context(), whole); !fault.Is(err, fault.NotFound) {
			s.t.Errorf("kept an expired upload: %v", err)
		}
		s.expire(0)
		if n := s.staged(); n != 0 {
			s.t.Errorf("%d objects left", n)
		}
		if _, _, err := s.store.Open(s.t.Context(), u.Address); err != nil {
			s.t.Errorf("the claimed file went too: %v", err)
		}
	})
}

// expire runs the job and wants so many uploads left.
func (s *site) expire(want int) {
	s.t.Helper()
	if err := s.Expire(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	if n := s.value(`select count(*) from upload`); n != want {
		s.t.Errorf("%d uploads left, want %d", n, want)
	}
}

func TestExpiryTakesAnyNumber(t *testing.T) {
	each(t, func(s *site) {
		for range 110 {
			s.create(1)
		}
		*s.now = s.now.Add(49 * time.Hour)
		s.expire(0)
	})
}

// Equal files are sealed apart: throwing one upload away leaves the other's.
func TestExpiryTakesNoFileFromItsTwin(t *testing.T) {
	each(t, func(s *site) {
		mine, twin := s.send([]byte("same")), s.send([]byte("same"))
		s.content(mine)
		u, err := s.take(mine, "report 1")
		if err != nil {
			s.t.Fatal(err)
		}
		s.want(http.StatusNoContent, s.do("DELETE", "/files/"+twin, nil, nil))
		if _, _, err := s.store.Open(s.t.Context(), u.Address); err != nil {
			s.t.Errorf("the twin took the file along: %v", err)
		}
	})
}

// What was sent lies nowhere in the store as it was sent, from its first byte
// on; nor is its key left once nobody claimed it.
func TestStoredBytesTellNothing(t *testing.T) {
	dir := t.TempDir()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d, blobtest.Open(t, dir), upload.DefaultRules())
		marker := []byte("a red envelope, planted to be found")
		open := s.create(100)
		s.want(http.StatusNoContent, s.patch(open, 0, marker))
		s.content(s.send(marker))
		streamed, err := s.Receive(t.Context(), "a.txt", "", bytes.NewReader(marker))
		if err != nil {
			t.Fatal(err)
		}
		s.content(streamed)
		looked := 0
		err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			looked++
			stored, err := os.ReadFile(path)
			if bytes.Contains(stored, marker[:12]) {
				t.Errorf("%s lies open", path)
			}
			return err
		})
		if err != nil || looked < 3 {
			t.Errorf("looked at %d files, %v", looked, err)
		}
		*s.now = s.now.Add(49 * time.Hour)
		s.expire(0)
		if n := s.value(`select count(*) from sealed_key`); n != 0 {
			t.Errorf("%d keys left", n)
		}
	}, tables()...)
}

func TestRulesLookAtTheWhole(t *testing.T) {
	bad := fault.New(fault.Invalid, i18n.T("不行", "no good"))
	rules := upload.DefaultRules()
	rules.Accept = func(_ context.Context, u upload.Upload, r io.ReadSeeker) error {
		data, err := io.ReadAll(r)
		if err == nil && bytes.Contains(data, []byte("bad")) && u.Size == int64(len(data)) {
			return bad
		}
		return err
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d, blobtest.Open(t, t.TempDir()), rules)
		s.send([]byte("good"))
		path := s.create(3)
		res := s.want(http.StatusUnprocessableEntity, s.patch(path, 0, []byte("bad")))
		if !strings.Contains(res.Text, "不行") {
			t.Errorf("the sender reads %s", res.Text)
		}
		s.want(http.StatusNotFound, s.do("HEAD", path, nil, nil))
		path = s.create(3)
		s.want(http.StatusNoContent, s.patch(path, 0, []byte("b")))
		s.want(http.StatusUnprocessableEntity, s.patch(path, 1, []byte("ad")))
		s.want(http.StatusNotFound, s.do("HEAD", path, nil, nil))
		if n := s.staged(); n != 1 {
			t.Errorf("%d objects left, want the good one", n)
		}
	}, tables()...)
}

// A process that dies between the last byte and the joining leaves the work
// to Keep.
func TestKeepFinishesWhatALastRequestCouldNot(t *testing.T) {
	broken := upload.DefaultRules()
	broken.Accept = func(context.Context, upload.Upload, io.ReadSeeker) error { return errors.New("the disk is on fire") }
	each(t, func(s *site) {
		dying := s.another(broken)
		path := s.create(6)
		s.want(http.StatusNoContent, s.patch(path, 0, []byte("abc")))
		dying.want(http.StatusInternalServerError, dying.patch(path, 3, []byte("def")))
		if s.offset(path) != 6 {
			s.t.Error("the last bytes were lost")
		}
		if got := s.content(id(path)); string(got) != "abcdef" {
			s.t.Errorf("got %q", got)
		}
	})
}

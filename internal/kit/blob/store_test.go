package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/blob/blobtest"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/verify"
)

func refOf(data []byte) blob.Ref {
	sum := sha256.Sum256(data)
	return blob.Ref{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(data)), Address: hex.EncodeToString(sum[:])}
}

// noise is data that no two seeds share.
func noise(seed uint64, size int) []byte {
	data := make([]byte, size)
	r := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)})
	_, _ = r.Read(data)
	return data
}

func put(t *testing.T, s *blob.Store, data []byte) blob.Ref {
	t.Helper()
	ref, err := s.Put(t.Context(), bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func get(t *testing.T, s *blob.Store, sha string) []byte {
	t.Helper()
	f, size, err := s.Open(t.Context(), sha)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(data)) != size {
		t.Errorf("%d bytes, but the store said %d", len(data), size)
	}
	return data
}

// listed returns everything at addresses, sorted.
func listed(t *testing.T, s *blob.Store) []blob.Stored {
	t.Helper()
	refs := []blob.Stored{}
	for ref, err := range s.Each(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		refs = append(refs, ref)
	}
	slices.SortFunc(refs, func(a, b blob.Stored) int { return strings.Compare(a.Address, b.Address) })
	return refs
}

// The sizes lie on both sides of an empty file, of a buffer, and of what an
// object store takes in one request.
func TestWhatIsPutComesBack(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s *blob.Store) {
		for i, size := range []int{0, 1, 256<<10 - 1, 256 << 10, 8<<20 - 1, 8 << 20, 8<<20 + 1, 20 << 20} {
			data := noise(uint64(i), size)
			ref := put(t, s, data)
			if diff := cmp.Diff(refOf(data), ref); diff != "" {
				t.Errorf("%d bytes: %s", size, diff)
			}
			if !bytes.Equal(data, get(t, s, ref.Address)) {
				t.Errorf("%d bytes came back changed", size)
			}
		}
	})
}

func TestEqualFilesShareAnAddress(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s *blob.Store) {
		data := noise(1, 1000)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := s.Put(context.Background(), bytes.NewReader(data)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if diff := cmp.Diff([]blob.Stored{{Address: refOf(data).Address, Size: 1000}}, listed(t, s)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestReadingBeginsAnywhere(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s *blob.Store) {
		data := noise(2, 100_000)
		f, _, err := s.Open(t.Context(), put(t, s, data).Address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		rapid.Check(t, func(rt *rapid.T) {
			at := rapid.IntRange(0, len(data)).Draw(rt, "at")
			n := rapid.IntRange(0, len(data)-at).Draw(rt, "n")
			if _, err := f.Seek(int64(at), io.SeekStart); err != nil {
				rt.Fatal(err)
			}
			got := make([]byte, n)
			if _, err := io.ReadFull(f, got); err != nil {
				rt.Fatal(err)
			}
			if !bytes.Equal(got, data[at:at+n]) {
				rt.Fatalf("bytes %d to %d differ", at, at+n)
			}
		})
	})
}

func TestJoinedPartsAreOneFile(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s *blob.Store) {
		data := noise(3, 3_000_000)
		var names []string
		for _, part := range [][]byte{data[:1], data[1:1_000_000], nil, data[1_000_000:]} {
			st, err := s.Stage(t.Context(), bytes.NewReader(part))
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, st.Name)
		}
		whole, err := s.Join(t.Context(), names)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(refOf(data), whole.Ref); diff != "" {
			t.Error(diff)
		}
		if err := s.Keep(t.Context(), whole); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(data, get(t, s, whole.Address)) {
			t.Error("the joined file differs")
		}
	})
}

func TestStagedIsNoBlobUntilKept(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s *blob.Store) {
		st, err := s.Stage(t.Context(), strings.NewReader("on its way"))
		if err != nil {
			t.Fatal(err)
		}
		if refs := listed(t, s); len(refs) != 0 {
			t.Errorf("listed before it was kept: %v", refs)
		}
		if _, _, err := s.Open(t.Context(), st.Address); !fault.Is(err, fault.NotFound) {
			t.Errorf("opened before it was kept: %v", err)
		}
		for range 2 { // the second time finds it moved already
			if err := s.Keep(t.Context(), st); err != nil {
				t.Fatal(err)
			}
		}
		if got := get(t, s, st.Address); string(got) != "on its way" {
			t.Errorf("got %q", got)
		}
		if _, _, err := s.OpenStaged(t.Context(), st.Name); !fault.Is(err, fault.NotFound) {
			t.Errorf("still staged: %v", err)
		}
	})
}

func TestDiscardedIsGone(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s *blob.Store) {
		st, err := s.Stage(t.Context(), strings.NewReader("x"))
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := s.Discard(t.Context(), st.Name); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Join(t.Context(), []string{st.Name}); !fault.Is(err, fault.NotFound) {
			t.Errorf("joined what was discarded: %v", err)
		}
		if err := s.Keep(t.Context(), st); !fault.Is(err, fault.NotFound) {
			t.Errorf("kept what was discarded: %v", err)
		}
	})
}

func TestDeletedIsGone(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s *blob.Store) {
		ref := put(t, s, []byte("x"))
		for range 2 {
			if err := s.Delete(t.Context(), ref.Address); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := s.Open(t.Context(), ref.Address); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v, want NotFound", err)
		}
	})
}

func TestSweepSparesTheYoung(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s *blob.Store) {
		if _, err := s.Stage(t.Context(), strings.NewReader("x")); err != nil {
			t.Fatal(err)
		}
		put(t, s, []byte("kept"))
		if n, err := s.Sweep(t.Context(), time.Hour); n != 0 || err != nil {
			t.Errorf("swept %d young objects, %v", n, err)
		}
		if n, err := s.Sweep(t.Context(), -time.Hour); n != 1 || err != nil {
			t.Errorf("swept %d, %v; want the one that was staged", n, err)
		}
		if got := len(listed(t, s)); got != 1 {
			t.Errorf("%d blobs left, want 1", got)
		}
	})
}

// A reader that fails leaves nothing, and its own error comes back.
func TestBrokenInputLeavesNothing(t *testing.T) {
	boom := errors.New("boom")
	blobtest.Each(t, func(t *testing.T, s *blob.Store) {
		for _, size := range []int64{0, 1000, 9 << 20} {
			r := io.MultiReader(io.LimitReader(rand.NewChaCha8([32]byte{}), size), iotest.ErrReader(boom))
			if _, err := s.Put(t.Context(), r); !errors.Is(err, boom) {
				t.Errorf("after %d bytes: got %v, want the reader's own error", size, err)
			}
		}
		if n, err := s.Sweep(t.Context(), -time.Hour); n != 0 || err != nil {
			t.Errorf("%d objects left behind, %v", n, err)
		}
	})
}

func TestNoAddressLeadsOutOfTheStore(t *testing.T) {
	sum := refOf(nil).SHA256
	blobtest.Each(t, func(t *testing.T, s *blob.Store) {
		put(t, s, nil)
		for _, sha := range []string{"", "../../etc/passwd", sum[:62], sum + "00", strings.ToUpper(sum), "zz" + sum[2:]} {
			if _, _, err := s.Open(t.Context(), sha); !fault.Is(err, fault.NotFound) {
				t.Errorf("Open(%q): %v, want NotFound", sha, err)
			}
			if err := s.Delete(t.Context(), sha); !fault.Is(err, fault.NotFound) {
				t.Errorf("Delete(%q): %v, want NotFound", sha, err)
			}
		}
		if err := s.Discard(t.Context(), "../blob/"+sum[:2]+"/"+sum); err != nil {
			t.Error(err)
		}
		if got := len(listed(t, s)); got != 1 {
			t.Errorf("%d blobs, want the one that a staged name must not reach", got)
		}
	})
}

func TestEachEndsWhenAskedTo(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s *blob.Store) {
		for i := range 5 {
			put(t, s, []byte{byte(i)})
		}
		n := 0
		for _, err := range s.Each(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n == 2 {
				break
			}
		}
		if n != 2 {
			t.Errorf("went on to %d", n)
		}
	})
}

func TestCheckFindsWhatRotted(t *testing.T) {
	dir := t.TempDir()
	s := blobtest.Open(t, dir)
	good, bad := put(t, s, []byte("good")), put(t, s, []byte("bad"))
	var out bytes.Buffer
	d := dbtest.Open(t, dbtest.SQLiteURL(t))
	wrong := func() int {
		n, err := verify.All(t.Context(), d, &out, []verify.Check{s.Check()})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := wrong(); n != 0 {
		t.Errorf("%d wrong in a sound store:\n%s", n, &out)
	}
	if err := os.WriteFile(filepath.Join(dir, "blob", bad.SHA256[:2], bad.SHA256), []byte("BAD"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := wrong(); n != 1 || !strings.Contains(out.String(), "WRONG") || strings.Contains(out.String(), good.SHA256) {
		t.Errorf("%d wrong, want the changed one:\n%s", n, &out)
	}
}

func TestFilesAreForTheProgramAlone(t *testing.T) {
	dir := t.TempDir()
	put(t, blobtest.Open(t, dir), []byte("x"))
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %s", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for url, kind := range map[string]fault.Kind{
		"s3://media":                           fault.Invalid, // no endpoint
		"s3:///prefix?endpoint=http://x":       fault.Invalid, // no bucket
		"s3://media?endpoint=http://a b/":      fault.Invalid,
		"s3://media?endpoint=http://x/y/z":     fault.Invalid,
		file:                                   fault.Internal,
		"s3://a:b@media?endpoint=http://[::1]": fault.Unavailable,
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		_, err := blob.Open(ctx, url)
		cancel()
		if err == nil || fault.KindOf(err) != kind {
			t.Errorf("Open(%q): %v, want kind %d", url, err, kind)
		}
	}
}

func TestMissingBucketSaysSo(t *testing.T) {
	url := strings.Replace(blobtest.S3URL(t), "@media/", "@absent/", 1)
	if _, err := blob.Open(t.Context(), url); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "absent") {
		t.Errorf("got %v", err)
	}
}

func TestKeysComeFromTheEnvironment(t *testing.T) {
	url := blobtest.S3URL(t)
	keys, rest, _ := strings.Cut(strings.TrimPrefix(url, "s3://"), "@")
	user, password, _ := strings.Cut(keys, ":")
	t.Setenv("QINGFENG_S3_ACCESS_KEY", user)
	t.Setenv("QINGFENG_S3_SECRET_KEY", password)
	s, err := blob.Open(t.Context(), "s3://"+rest)
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, []byte("x"))
}

// Two prefixes of one bucket do not see each other.
func TestPrefixesAreApart(t *testing.T) {
	url := blobtest.S3URL(t)
	a, b := blobtest.Open(t, url), blobtest.Open(t, strings.Replace(url, "/city?", "/?", 1))
	ref := put(t, a, []byte("x"))
	if _, _, err := b.Open(t.Context(), ref.Address); !fault.Is(err, fault.NotFound) {
		t.Errorf("got %v, want NotFound", err)
	}
	if refs := listed(t, b); len(refs) != 0 {
		t.Errorf("the other prefix lists %v", refs)
	}
}

func TestUnreachableStoreAsksToComeBack(t *testing.T) {
	server := httptest.NewServer(nil)
	server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err := blob.Open(ctx, "s3://a:b@media?region=r&endpoint="+server.URL)
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
}

func ExampleStore() {
	dir, err := os.MkdirTemp("", "blob")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	s, err := blob.Open(context.Background(), dir)
	if err != nil {
		panic(err)
	}
	ref, err := s.Put(context.Background(), strings.NewReader("清风"))
	fmt.Println(ref.SHA256[:8], ref.Size, err)
	// Output: 45da2e33 6 <nil>
}

// Files leave room on the disk for what else lies there, and nothing half-written
// behind.
func TestFilesDoNotFillTheDisk(t *testing.T) {
	dir := t.TempDir()
	s, err := blob.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), strings.NewReader("there is room")); err != nil {
		t.Fatal(err)
	}
	blob.Shrink(s, 10)
	if _, err := s.Put(t.Context(), strings.NewReader("ten bytes.")); err != nil {
		t.Errorf("what fits: %v", err)
	}
	_, err = s.Put(t.Context(), strings.NewReader("eleven byte"))
	if !fault.Is(err, fault.Unavailable) || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("got %v", err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, "staged")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

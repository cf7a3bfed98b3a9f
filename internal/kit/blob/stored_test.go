package blob_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/blob/blobtest"
	"qingfeng/internal/kit/fault"
)

// What was read as it is stored is a blob again where it is put, and a source
// that breaks off leaves none.
func TestStoredBytesTravel(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s *blob.Store) {
		ref, err := s.Put(t.Context(), strings.NewReader("a photo"))
		if err != nil {
			t.Fatal(err)
		}
		other := blobtest.Open(t, t.TempDir())
		broken := errors.New("broken")
		if err := other.PutStored(t.Context(), ref.SHA256, io.MultiReader(strings.NewReader("a ph"), iotest.ErrReader(broken))); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		if _, _, err := other.OpenStored(t.Context(), ref.SHA256); !fault.Is(err, fault.NotFound) {
			t.Errorf("half a blob: %v", err)
		}
		f, size, err := s.OpenStored(t.Context(), ref.SHA256)
		if err != nil || size != 7 {
			t.Fatal(size, err)
		}
		if err := errors.Join(other.PutStored(t.Context(), ref.SHA256, f), f.Close()); err != nil {
			t.Fatal(err)
		}
		if sum, err := other.Sum(t.Context(), ref.SHA256); err != nil || sum != ref.SHA256 {
			t.Errorf("%s %v", sum, err)
		}
		for _, bad := range []string{"", "../../etc/passwd", strings.Repeat("A", 64)} {
			if err := other.PutStored(t.Context(), bad, strings.NewReader("")); !fault.Is(err, fault.NotFound) {
				t.Errorf("%q: %v", bad, err)
			}
		}
	})
}

package upload_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/upload"
)

// rows counts what uploads and their bytes leave behind.
func (s *site) rows() (n int64) {
	s.t.Helper()
	err := s.d.Read(s.t.Context(), func(r db.Reader) (err error) {
		n, err = db.Value[int64](r, `select (select count(*) from upload) + (select count(*) from upload_piece)`)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// swept is how many staged objects nobody knows of.
func (s *site) swept() int {
	s.t.Helper()
	n, err := s.store.Sweep(s.t.Context(), -time.Hour)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// A streamed file is kept and taken like one that came by the protocol.
func TestReceivedFileIsAnUpload(t *testing.T) {
	each(t, func(s *site) {
		id, err := s.Receive(t.Context(), `C:\my\照片.jpg`, "image/jpeg", strings.NewReader("picture"))
		if err != nil {
			t.Fatal(err)
		}
		kept, err := s.Keep(t.Context(), id)
		if err != nil || kept.Name != "照片.jpg" || kept.Type != "image/jpeg" || kept.Size != 7 {
			t.Fatalf("kept %+v, %v", kept, err)
		}
		f, _ := s.open(id, kept)
		defer func() { _ = f.Close() }()
		if content, err := io.ReadAll(f); err != nil || string(content) != "picture" {
			t.Errorf("holds %q, %v", content, err)
		}
		err = s.d.InTx(t.Context(), func(tx *db.Tx) error {
			_, err := s.Take(tx, id, "report/1")
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// What is refused, and what broke, leaves neither a row nor a byte.
func TestReceiveRefusals(t *testing.T) {
	each(t, func(s *site) {
		rules := upload.DefaultRules()
		rules.Size = 10
		rules.Accept = func(_ context.Context, _ upload.Upload, r io.ReadSeeker) error {
			if b, _ := io.ReadAll(r); bytes.HasPrefix(b, []byte("MZ")) {
				return fault.New(fault.Invalid, i18n.T("不收程序", "no programs"))
			}
			return nil
		}
		small := s.another(rules)
		gone := errors.New("gone")
		for name, c := range map[string]struct {
			r    io.Reader
			kind fault.Kind
		}{
			"empty":     {strings.NewReader(""), fault.Invalid},
			"too large": {strings.NewReader("12345678901"), fault.TooLarge},
			"blamed":    {strings.NewReader("MZ..."), fault.Invalid},
			"broken":    {io.MultiReader(strings.NewReader("half"), iotest.ErrReader(gone)), fault.Internal},
		} {
			_, err := small.Receive(t.Context(), "x", "", c.r)
			if err == nil || fault.KindOf(err) != c.kind || c.kind == fault.Internal && !errors.Is(err, gone) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if s.rows() != 0 || s.swept() != 0 {
			t.Errorf("%d rows and staged bytes left behind", s.rows())
		}
		if _, err := small.Receive(t.Context(), "x", "", strings.NewReader("1234567890")); err != nil {
			t.Errorf("as large as allowed: %v", err)
		}
	})
}

// Whatever a sender calls a file, the name can be stored and is short enough,
// and what kind of file it is stays at its end.
func TestLawOfReceivedNames(t *testing.T) {
	each(t, func(s *site) {
		rapid.Check(t, func(rt *rapid.T) {
			name := string(rapid.SliceOfN(rapid.Byte(), 0, 600).Draw(rt, "name"))
			id, err := s.Receive(t.Context(), name+".jpg", strings.Repeat("t", 200), strings.NewReader("x"))
			if err != nil {
				rt.Fatal(err)
			}
			up, err := s.Keep(t.Context(), id)
			if err != nil || !utf8.ValidString(up.Name) || utf8.RuneCountInString(up.Name) > upload.DefaultRules().Name || !strings.HasSuffix(up.Name, ".jpg") || up.Type != "" {
				rt.Fatalf("%q became %q of type %q, %v", name, up.Name, up.Type, err)
			}
		})
	})
}

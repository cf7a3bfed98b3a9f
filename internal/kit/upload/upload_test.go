package upload_test

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // the protocol names it
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/blob/blobtest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/upload"
	"qingfeng/internal/kit/verify"
)

func TestFileArrives(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		blobtest.Each(t, func(t *testing.T, store *blob.Store) {
			s := newSite(t, d, store, upload.DefaultRules())
			data := noise(1, 300_000)
			meta := "filename " + base64.StdEncoding.EncodeToString([]byte("红包 1.jpg")) + ",filetype " + base64.StdEncoding.EncodeToString([]byte("image/jpeg"))
			res := s.want(http.StatusCreated, s.do("POST", "/files/", headers{"Upload-Length": "300000", "Upload-Metadata": meta}, nil))
			path := res.Header.Get("Location")
			if at := s.want(http.StatusNoContent, s.patch(path, 0, data[:100_000])).Header.Get("Upload-Offset"); at != "100000" {
				t.Errorf("offset %s", at)
			}
			s.want(http.StatusNoContent, s.patch(path, 100_000, data[100_000:]))
			head := s.want(http.StatusOK, s.do("HEAD", path, nil, nil)).Header
			want := headers{"Upload-Offset": "300000", "Upload-Length": "300000", "Upload-Metadata": meta, "Cache-Control": "no-store",
				"Tus-Resumable": "1.0.0", "Upload-Expires": "Thu, 30 Jul 2026 01:30:00 GMT"}
			for k, v := range want {
				if head.Get(k) != v {
					t.Errorf("%s: got %q, want %q", k, head.Get(k), v)
				}
			}
			if !bytes.Equal(data, s.content(id(path))) {
				t.Error("the file came out changed")
			}
			u, err := s.take(id(path), "report 1")
			if err != nil || u.Name != "红包 1.jpg" || u.Type != "image/jpeg" {
				t.Errorf("took %+v, %v", u, err)
			}
		})
	}, tables()...)
}

func TestOptionsTellWhatIsPossible(t *testing.T) {
	s := newSite(t, nil, nil, upload.DefaultRules())
	head := s.want(http.StatusNoContent, s.do("OPTIONS", "/files", headers{"Tus-Resumable": "0.2"}, nil)).Header
	want := headers{
		"Tus-Version": "1.0.0", "Tus-Max-Size": "209715200", "Tus-Checksum-Algorithm": "sha1,sha256",
		"Tus-Extension": "creation,creation-with-upload,checksum,expiration,termination",
	}
	for k, v := range want {
		if head.Get(k) != v {
			t.Errorf("%s: got %q, want %q", k, head.Get(k), v)
		}
	}
}

func TestContentMayComeWithTheAnnouncement(t *testing.T) {
	each(t, func(s *site) {
		data := noise(2, 5000)
		for n, at := range map[int]string{5000: "5000", 1000: "1000"} {
			h := headers{"Upload-Length": "5000", "Content-Type": "application/offset+octet-stream"}
			head := s.want(http.StatusCreated, s.do("POST", "/files", h, bytes.NewReader(data[:n]))).Header
			if head.Get("Upload-Offset") != at {
				s.t.Errorf("offset %s, want %s", head.Get("Upload-Offset"), at)
			}
			path := head.Get("Location")
			s.want(http.StatusNoContent, s.patch(path, n, data[n:]))
			if !bytes.Equal(data, s.content(id(path))) {
				s.t.Error("the file came out changed")
			}
		}
	})
}

// Any way of cutting a file gives the same file.
func TestPiecesAddUp(t *testing.T) {
	s := newSite(t, dbtest.Open(t, dbtest.SQLiteURL(t), tables()...), blobtest.Open(t, t.TempDir()), upload.DefaultRules())
	other := s.another(upload.DefaultRules())
	rapid.Check(t, func(rt *rapid.T) {
		data := rapid.SliceOfN(rapid.Byte(), 1, 3000).Draw(rt, "data")
		path := s.create(len(data))
		for at := 0; at < len(data); {
			n := rapid.IntRange(0, len(data)-at).Draw(rt, "n")
			next := rapid.SampledFrom([]*site{s, other}).Draw(rt, "process")
			next.want(http.StatusNoContent, next.patch(path, at, data[at:at+n]))
			at += n
		}
		if !bytes.Equal(data, s.content(id(path))) {
			rt.Fatal("the file came out changed")
		}
	})
}

func TestRefusals(t *testing.T) {
	meta := func(s string) string { return "filename " + base64.StdEncoding.EncodeToString([]byte(s)) }
	for name, c := range map[string]struct {
		method, path string
		h            headers
		status       int
	}{
		"no version":        {"POST", "/files", headers{"Tus-Resumable": "", "Upload-Length": "1"}, 412},
		"other version":     {"POST", "/files", headers{"Tus-Resumable": "2.0.0", "Upload-Length": "1"}, 412},
		"no length":         {"POST", "/files", nil, 400},
		"deferred length":   {"POST", "/files", headers{"Upload-Defer-Length": "1"}, 400},
		"no number":         {"POST", "/files", headers{"Upload-Length": "1e3"}, 400},
		"negative":          {"POST", "/files", headers{"Upload-Length": "-1"}, 400},
		"above 63 bits":     {"POST", "/files", headers{"Upload-Length": "9223372036854775808"}, 400},
		"empty":             {"POST", "/files", headers{"Upload-Length": "0"}, 422},
		"too large":         {"POST", "/files", headers{"Upload-Length": "209715201"}, 413},
		"long name":         {"POST", "/files", headers{"Upload-Length": "1", "Upload-Metadata": meta(strings.Repeat("字", 256))}, 422},
		"name not UTF-8":    {"POST", "/files", headers{"Upload-Length": "1", "Upload-Metadata": meta("\xff")}, 400},
		"name with null":    {"POST", "/files", headers{"Upload-Length": "1", "Upload-Metadata": meta("a\x00b")}, 400},
		"name twice":        {"POST", "/files", headers{"Upload-Length": "1", "Upload-Metadata": meta("a") + "," + meta("b")}, 400},
		"no base64":         {"POST", "/files", headers{"Upload-Length": "1", "Upload-Metadata": "filename §"}, 400},
		"long metadata":     {"POST", "/files", headers{"Upload-Length": "1", "Upload-Metadata": "x " + strings.Repeat("AAAA", 3000)}, 400},
		"long type":         {"POST", "/files", headers{"Upload-Length": "1", "Upload-Metadata": "filetype " + strings.Repeat("AAAA", 100)}, 400},
		"unknown algorithm": {"POST", "/files", headers{"Upload-Length": "1", "Upload-Checksum": "md5 AAAA"}, 400},
		"list":              {"GET", "/files", nil, 405},
		"read":              {"GET", "/files/x", nil, 405},
		"create below":      {"POST", "/files/x", nil, 405},
		"unknown":           {"HEAD", "/files/x", nil, 404},
		"null":              {"HEAD", "/files/a%00b", nil, 404},
		"not UTF-8":         {"DELETE", "/files/%ff", nil, 404},
		"below an upload":   {"DELETE", "/files/x/y", nil, 404},
		"patch unknown":     {"PATCH", "/files/x", headers{"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}, 404},
		"patch as a form":   {"PATCH", "/files/x", headers{"Content-Type": "text/plain", "Upload-Offset": "0"}, 415},
		"patch nowhere":     {"PATCH", "/files/x", headers{"Content-Type": "application/offset+octet-stream"}, 400},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, dbtest.Open(t, dbtest.SQLiteURL(t), tables()...), nil, upload.DefaultRules())
			res := s.want(c.status, s.do(c.method, c.path, c.h, nil))
			if c.method != "HEAD" && !strings.Contains(res.Text, `"title"`) {
				t.Errorf("no problem in the answer: %s", res.Text)
			}
			if n := s.value(`select count(*) from upload`); n != 0 {
				t.Errorf("%d uploads begun", n)
			}
		})
	}
}

func TestBoundariesOfSizeAndName(t *testing.T) {
	s := newSite(t, dbtest.Open(t, dbtest.SQLiteURL(t), tables()...), nil, upload.DefaultRules())
	name := "filename " + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("字", 255)))
	s.want(http.StatusCreated, s.do("POST", "/files", headers{"Upload-Length": "209715200", "Upload-Metadata": name}, nil))
	s.want(http.StatusCreated, s.do("POST", "/files", headers{"Upload-Length": "1"}, nil))
}

func TestMethodMayHideInAPost(t *testing.T) {
	each(t, func(s *site) {
		path := s.create(3)
		h := headers{"X-HTTP-Method-Override": "PATCH", "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
		s.want(http.StatusNoContent, s.do("POST", path, h, strings.NewReader("abc")))
	})
}

func TestMoreThanAnnouncedIsRefused(t *testing.T) {
	each(t, func(s *site) {
		path := s.create(1000)
		data := noise(3, 1001)
		s.want(http.StatusRequestEntityTooLarge, s.patch(path, 0, data))
		// Without a length in the request, the excess shows only at the end.
		h := headers{"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
		s.want(http.StatusRequestEntityTooLarge, s.do("PATCH", path, h, io.MultiReader(bytes.NewReader(data))))
		if at, left := s.offset(path), s.staged(); at != 0 || left != 0 {
			s.t.Errorf("offset %d, %d objects left", at, left)
		}
	})
}

func TestOffsetMustFit(t *testing.T) {
	each(t, func(s *site) {
		path := s.create(10)
		s.want(http.StatusNoContent, s.patch(path, 0, []byte("abc")))
		for _, at := range []int{0, 2, 4, 10, 11} {
			s.want(http.StatusConflict, s.patch(path, at, nil))
		}
		if s.offset(path) != 3 {
			s.t.Error("the offset moved")
		}
	})
}

// A request without content moves nothing, also at the end of the file.
func TestEmptyRequestChangesNothing(t *testing.T) {
	each(t, func(s *site) {
		path := s.create(3)
		s.want(http.StatusNoContent, s.patch(path, 0, nil))
		s.want(http.StatusNoContent, s.patch(path, 0, []byte("abc")))
		s.want(http.StatusNoContent, s.patch(path, 3, nil))
		s.want(http.StatusRequestEntityTooLarge, s.patch(path, 3, []byte("d")))
		if got := s.content(id(path)); string(got) != "abc" {
			s.t.Errorf("got %q", got)
		}
	})
}

func TestChecksumDecides(t *testing.T) {
	each(t, func(s *site) {
		data := noise(4, 1000)
		one, two := sha1.Sum(data[:400]), sha256.Sum256(data[400:]) //nolint:gosec // the protocol names it
		sum1, sum2 := base64.StdEncoding.EncodeToString(one[:]), base64.StdEncoding.EncodeToString(two[:])
		path := s.create(1000)
		for _, wrong := range []string{"sha1 " + sum2, "sha256 " + sum1, "sha1 AAAA", "sha256 AAAA"} {
			s.want(460, s.patch(path, 0, data[:400], "Upload-Checksum", wrong))
		}
		for _, wrong := range []string{"sha1", "sha1 ", "md5 AAAA", "sha1 §"} {
			s.want(http.StatusBadRequest, s.patch(path, 0, data[:400], "Upload-Checksum", wrong))
		}
		if at, left := s.offset(path), s.staged(); at != 0 || left != 0 {
			s.t.Fatalf("offset %d, %d objects left after wrong checksums", at, left)
		}
		s.want(http.StatusNoContent, s.patch(path, 0, data[:400], "Upload-Checksum", "sha1 "+sum1))
		s.want(http.StatusNoContent, s.patch(path, 400, data[400:], "Upload-Checksum", "sha256 "+sum2))
		if !bytes.Equal(data, s.content(id(path))) {
			s.t.Error("the file came out changed")
		}
	})
}

func TestTooManyPiecesAreRefused(t *testing.T) {
	rules := upload.DefaultRules()
	rules.Pieces = 2
	s := newSite(t, dbtest.Open(t, dbtest.SQLiteURL(t), tables()...), blobtest.Open(t, t.TempDir()), rules)
	path := s.create(3)
	s.want(http.StatusNoContent, s.patch(path, 0, []byte("a")))
	s.want(http.StatusNoContent, s.patch(path, 1, []byte("b")))
	s.want(http.StatusRequestEntityTooLarge, s.patch(path, 2, []byte("c")))
}

func TestTerminatedIsGone(t *testing.T) {
	each(t, func(s *site) {
		path := s.create(3)
		s.want(http.StatusNoContent, s.patch(path, 0, []byte("ab")))
		s.want(http.StatusNoContent, s.do("DELETE", path, nil, nil))
		s.want(http.StatusNotFound, s.do("HEAD", path, nil, nil))
		s.want(http.StatusNotFound, s.do("DELETE", path, nil, nil))
		s.want(http.StatusNotFound, s.patch(path, 2, []byte("c")))
		if n := s.staged(); n != 0 {
			s.t.Errorf("%d objects left", n)
		}
	})
}

// A name has no folders, and nothing in it turns the order of what is read
// after it: "gpj.mp4" is not shown as "4pm.jpg".
func TestNameHasNoFolders(t *testing.T) {
	s := newSite(t, dbtest.Open(t, dbtest.SQLiteURL(t), tables()...), blobtest.Open(t, t.TempDir()), upload.DefaultRules())
	for said, want := range map[string]string{`C:\照片\a.jpg`: "a.jpg", "../../etc/passwd": "passwd", "a/": "a", "/": "", "..": "", ".": "", "": "", "a.jpg": "a.jpg",
		"发票\u202egpj.mp4": "发票gpj.mp4", "\u2067a\u2069\u200f.txt\u202c": "a.txt", "家\u200d.jpg": "家\u200d.jpg"} {
		h := headers{"Upload-Length": "1", "Upload-Metadata": "filename " + base64.StdEncoding.EncodeToString([]byte(said))}
		path := s.want(http.StatusCreated, s.do("POST", "/files", h, nil)).Header.Get("Location")
		s.want(http.StatusNoContent, s.patch(path, 0, []byte("x")))
		u, err := s.Keep(t.Context(), id(path))
		if err != nil || u.Name != want {
			t.Errorf("%q became %q, %v; want %q", said, u.Name, err, want)
		}
	}
}

// What a request tells about its sender is nowhere on the disk.
func TestNothingAboutTheSenderIsStored(t *testing.T) {
	dir := t.TempDir()
	url := filepath.Join(dir, "city.db")
	s := newSite(t, dbtest.Open(t, url, tables()...), blobtest.Open(t, filepath.Join(dir, "blobs")), upload.DefaultRules())
	h := headers{"Upload-Length": "3", "User-Agent": "PLANTED-phone", "X-Forwarded-For": "203.0.113.77", "Referer": "https://PLANTED.example/", "Cookie": "c=PLANTED"}
	path := s.want(http.StatusCreated, s.do("POST", "/files", h, nil)).Header.Get("Location")
	s.want(http.StatusNoContent, s.patch(path, 0, []byte("abc"), "User-Agent", "PLANTED-phone", "X-Forwarded-For", "203.0.113.77"))
	s.content(id(path))
	err := filepath.WalkDir(dir, func(file string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		for _, mark := range []string{"PLANTED", "203.0.113.77", "127.0.0.1"} {
			if bytes.Contains(data, []byte(mark)) {
				t.Errorf("%s in %s", mark, filepath.Base(file))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestIDsAreLongAndDifferent(t *testing.T) {
	s := newSite(t, dbtest.Open(t, dbtest.SQLiteURL(t), tables()...), nil, upload.DefaultRules())
	seen := map[string]bool{}
	for range 100 {
		seen[id(s.create(1))] = true
	}
	for up := range seen {
		if len(up)*5 < 128 { // base32
			t.Errorf("%s has fewer than 128 bits", up)
		}
	}
	if len(seen) != 100 {
		t.Errorf("%d different ids of 100", len(seen))
	}
}

func TestChecksSeeWhatIsWrong(t *testing.T) {
	each(t, func(s *site) {
		wrong := func() int {
			var out strings.Builder
			n, err := verify.All(s.t.Context(), s.d, &out, s.Checks())
			if err != nil {
				s.t.Fatal(err)
			}
			return n
		}
		kept, begun := s.send([]byte("kept")), s.create(10)
		s.want(http.StatusNoContent, s.patch(begun, 0, []byte("abc")))
		s.want(http.StatusNoContent, s.patch(begun, 3, []byte("def")))
		s.content(kept)
		if n := wrong(); n != 0 {
			s.t.Errorf("%d wrong in a sound city", n)
		}
		s.exec(`update upload_piece set at = 4 where at = 3`)
		s.exec(`update upload set received = 7 where received = 6`)
		s.exec(`update upload set size = size + 1 where kept = 1`)
		if n := wrong(); n != 3 {
			s.t.Errorf("%d wrong, want 3", n)
		}
	})
}

func TestMetadataAnyTextComesBack(t *testing.T) {
	s := newSite(t, dbtest.Open(t, dbtest.SQLiteURL(t), tables()...), nil, upload.DefaultRules())
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.StringMatching(`[^\pC]{1,60}`).Draw(rt, "name")
		meta := "filename " + base64.StdEncoding.EncodeToString([]byte(name))
		res := s.want(http.StatusCreated, s.do("POST", "/files", headers{"Upload-Length": strconv.Itoa(1), "Upload-Metadata": meta + ",other eA=="}, nil))
		if got := s.do("HEAD", res.Header.Get("Location"), nil, nil).Header.Get("Upload-Metadata"); got != meta {
			rt.Errorf("%q: got %q, want %q", name, got, meta)
		}
	})
}

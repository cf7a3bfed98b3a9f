package media_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/media"
	"qingfeng/internal/kit/tooltest"
)

func needPlayer(t *testing.T) {
	t.Helper()
	tooltest.Need(t, "ffmpeg", "ffprobe", "prlimit", "nice")
}

// The files are made once, because that takes longer than all that is done
// with them.
func TestPlayable(t *testing.T) {
	needPlayer(t)
	files := playable(t)
	t.Run("kinds", func(t *testing.T) { kinds(t, files) })
	t.Run("copies", func(t *testing.T) { copies(t, files) })
	t.Run("truncated", func(t *testing.T) { newStudio(t).truncated(files, 30, 90) })
	t.Run("a tool that leaves the metadata in", func(t *testing.T) { lies(t, files) })
}

func kinds(t *testing.T, files map[string][]byte) {
	for name, data := range files {
		want := media.Audio
		if slices.Contains([]string{"a.mp4", "a.mov", "silent.mp4", "a.3gp", "a.webm"}, name) {
			want = media.Video
		}
		got, err := inspect(name, data)
		if err != nil || got.Kind != want || !strings.HasPrefix(got.MIME, string(want)+"/") {
			t.Errorf("%s: %+v, %v; want %s", name, got, err, want)
		}
		// Phones give sound the names of films and the other way round.
		if _, err := inspect("a.mp4", data); err != nil {
			t.Errorf("%s called a.mp4: %v", name, err)
		}
	}
}

func copies(t *testing.T, files map[string][]byte) {
	s := newStudio(t)
	for name, data := range files {
		data = append(slices.Clone(data), tailOf(name)...)
		kind, d, err := s.try(name, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if name != "a.amr" && !bytes.Contains(data, []byte(mark)) {
			t.Errorf("%s: nothing planted", name)
		}
		s.clean(name, d)
		if d.Kind != kind.Kind || d.Copy.MIME != kind.MIME || d.DownloadOnly {
			t.Errorf("%s: %+v of a %+v", name, d, kind)
		}
		if d.Duration < 900*time.Millisecond || d.Duration > 1200*time.Millisecond {
			t.Errorf("%s: lasts %s", name, d.Duration)
		}
		if video := kind.Kind == media.Video; video != (d.Thumb.Width == 320) || video != (d.Copy.Width == 320) {
			t.Errorf("%s: %+v", name, d)
		}
		if again, err := inspect(name, s.read(d.Copy)); again != kind || err != nil {
			t.Errorf("%s: the copy is %+v, %v", name, again, err)
		}
	}
}

// lies has a tool leave everything in; the second tool must see it.
func lies(t *testing.T, files map[string][]byte) {
	s := newStudio(t, withFFmpeg(script(t, "cp in copy")))
	for _, name := range []string{"a.mp4", "a.mov", "a.webm", "a.3gp", "a.mp3", "a.m4a", "a.wav", "a.ogg", "a.opus"} {
		if _, d, err := s.try(name, files[name]); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
}

// tailOf is a page behind the end of a file, where the container has an end:
// a polyglot.
func tailOf(name string) []byte {
	if slices.Contains([]string{".mp4", ".m4a", ".mov", ".3gp", ".mp3", ".wav"}, filepath.Ext(name)) {
		return []byte("<html><script>" + mark + "</script></html>")
	}
	return nil
}

// Tracks that a camera adds for itself do not come along.
func TestOtherTracksStayBehind(t *testing.T) {
	needPlayer(t)
	subtitles := filepath.Join(t.TempDir(), "s.srt")
	if err := os.WriteFile(subtitles, []byte("1\n00:00:00,000 --> 00:00:01,000\n"+mark+" 39.9042 116.4074\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newStudio(t)
	dir := t.TempDir()
	plain, full := filepath.Join(dir, "a.mp4"), filepath.Join(dir, "b.mp4")
	if err := os.WriteFile(plain, film(t, "a.mp4", true, true, "-c:v", "libx264", "-c:a", "aac"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("ffmpeg", "-loglevel", "error", "-i", plain, "-i", subtitles, "-map", "0:v", "-map", "0:a", "-map", "0:a", "-map", "1", "-c", "copy", "-c:s", "mov_text", full)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, said)
	}
	data := must[[]byte](t)(os.ReadFile(full))
	if !bytes.Contains(data, []byte("39.9042")) {
		t.Fatal("nothing planted")
	}
	d := s.make("a.mp4", data)
	s.clean("a.mp4", d)
	if bytes.Contains(s.read(d.Copy), []byte("39.9042")) {
		t.Error("the places of the subtitles came along")
	}
}

func TestRotatedFilmKeepsItsRotation(t *testing.T) {
	needPlayer(t)
	dir := t.TempDir()
	lying := filepath.Join(dir, "a.mp4")
	if err := os.WriteFile(lying, film(t, "a.mp4", true, false, "-c:v", "libx264"), 0o600); err != nil {
		t.Fatal(err)
	}
	turned := filepath.Join(dir, "b.mp4")
	if said, err := exec.Command("ffmpeg", "-loglevel", "error", "-i", lying, "-c", "copy", "-metadata:s:v", "rotate=90", turned).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, said)
	}
	s := newStudio(t)
	d := s.make("b.mp4", must[[]byte](t)(os.ReadFile(turned)))
	if d.Thumb.Width >= d.Thumb.Height {
		t.Errorf("the thumbnail lies on its side: %+v", d.Thumb)
	}
}

// A playlist that got as far as ffmpeg would have it fetch what it lists.
func TestNothingIsFetched(t *testing.T) {
	needPlayer(t)
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	secret := filepath.Join(t.TempDir(), "secret.mp3")
	if err := os.WriteFile(secret, film(t, "a.mp3", false, true), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newStudio(t)
	for _, list := range []string{
		"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\n" + server.URL + "/a.ts\n#EXT-X-ENDLIST\n",
		"#EXTM3U\n#EXTINF:1,\nfile://" + secret + "\n",
		"ffconcat version 1.0\nfile " + secret + "\n",
		"ffconcat version 1.0\nfile " + server.URL + "/a.mp3\n",
	} {
		for _, mime := range []string{"audio/mpeg", "video/mp4", "video/webm", "audio/ogg", "audio/wav", "audio/amr", "audio/aac"} {
			_, err := s.Sanitise(t.Context(), media.Type{Kind: media.Video, MIME: mime}, bytes.NewReader([]byte(list)), s.put)
			if err == nil {
				t.Errorf("%q passed as %s", list, mime)
			}
		}
	}
	if asked {
		t.Error("a server was asked")
	}
}

package media_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/cmplx"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"qingfeng/internal/kit/media"
	"qingfeng/internal/kit/tooltest"
)

// The voice of these tests: pulses of a throat at 150 Hz through the formants of
// an open "a" (700 and 1200 Hz), 3 seconds.
const (
	samples = 24000
	pitch   = 150.0
	seconds = 3
)

// vowel is that voice as 16-bit samples.
func vowel() []byte {
	sound := make([]float64, samples*seconds)
	for i := range sound {
		if i%int(samples/pitch) == 0 {
			sound[i] = 1
		}
	}
	for _, f := range []struct{ at, wide float64 }{{700, 90}, {1200, 110}} { // resonators of two poles
		r := math.Exp(-math.Pi * f.wide / samples)
		a1, a2 := -2*r*math.Cos(2*math.Pi*f.at/samples), r*r
		for i := range sound {
			if i > 1 {
				sound[i] -= a1*sound[i-1] + a2*sound[i-2]
			}
		}
	}
	most := slices.Max(sound)
	var pcm []byte
	for _, x := range sound {
		pcm = binary.LittleEndian.AppendUint16(pcm, uint16(int16(20000*x/most)))
	}
	return pcm
}

// spoken has ffmpeg write the voice as a file of this name.
func spoken(t testing.TB, name string, more ...string) []byte {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "pcm"), vowel(), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"-nostdin", "-loglevel", "error", "-f", "s16le", "-ar", "24000", "-ac", "1", "-i", filepath.Join(dir, "pcm")}
	out := filepath.Join(dir, name)
	if said, err := exec.Command("ffmpeg", append(append(args, more...), out)...).CombinedOutput(); err != nil {
		t.Fatalf("ffmpeg: %v\n%s", err, said)
	}
	return must[[]byte](t)(os.ReadFile(out))
}

// heard has ffmpeg play a copy.
func (s *studio) heard(f media.File) []float64 {
	s.t.Helper()
	cmd := exec.Command("ffmpeg", "-nostdin", "-loglevel", "error", "-i", "pipe:0", "-vn", "-f", "s16le", "-ar", "24000", "-ac", "1", "pipe:1")
	file := filepath.Join(s.t.TempDir(), "copy")
	if err := os.WriteFile(file, s.read(f), 0o600); err != nil {
		s.t.Fatal(err)
	}
	cmd.Args[5] = file
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatal(err)
	}
	sound := make([]float64, len(out)/2)
	for i := range sound {
		sound[i] = float64(int16(binary.LittleEndian.Uint16(out[2*i:]))) / 32768
	}
	return sound
}

// fundamental is the pitch of a sound by its autocorrelation, in Hz.
func fundamental(sound []float64) float64 {
	part := sound[samples : samples+4800]
	most, alike := 0.0, make([]float64, samples/70)
	for lag := samples / 400; lag < len(alike); lag++ {
		for i := range part[lag:] {
			alike[lag] += part[i] * part[i+lag]
		}
		alike[lag] /= float64(len(part) - lag)
		most = max(most, alike[lag])
	}
	for lag := 1; lag+1 < len(alike); lag++ { // two periods are as alike as one
		if alike[lag] > 0.75*most && alike[lag] >= alike[lag-1] && alike[lag] >= alike[lag+1] {
			return samples / float64(lag)
		}
	}
	return 0
}

// formant is where the strongest part of a sound between two frequencies lies:
// the centre of its energy, in Hz.
func formant(sound []float64, from, to float64) float64 {
	part := sound[samples : samples+4800]
	weight, sum := 0.0, 0.0
	for hz := from; hz <= to; hz += 5 {
		var c complex128
		for i, x := range part {
			hann := 0.5 - 0.5*math.Cos(2*math.Pi*float64(i)/float64(len(part)))
			c += complex(x*hann, 0) * cmplx.Rect(1, -2*math.Pi*hz*float64(i)/samples)
		}
		e := real(c)*real(c) + imag(c)*imag(c)
		weight, sum = weight+e*hz, sum+e
	}
	return weight / sum
}

// Pitch and formants move, by more than ears forgive; the time stays.
func TestVoicesAreDisguised(t *testing.T) {
	tooltest.Need(t, "ffmpeg", "ffprobe", "prlimit", "nice")
	s := newStudio(t)
	picture := []string{"-f", "lavfi", "-i", "testsrc=size=160x120:rate=10:duration=3", "-shortest"}
	for name, more := range map[string][]string{
		"a.mp3": nil, "a.wav": nil, "a.m4a": nil, "a.aac": nil, "a.ogg": {"-c:a", "libvorbis"}, "a.opus": nil, "voice.webm": {"-c:a", "libopus"},
		"a.mp4": append(slices.Clone(picture), "-c:v", "libx264", "-pix_fmt", "yuv420p"), "a.mov": append(slices.Clone(picture), "-c:v", "libx264", "-pix_fmt", "yuv420p"),
		"a.webm": append(slices.Clone(picture), "-c:v", "libvpx"),
	} {
		data := spoken(t, name, append(more, "-metadata", "title="+mark)...)
		kind := must[media.Type](t)(media.DefaultLimits().Inspect(name, bytes.NewReader(data)))
		open := must[media.Derived](t)(s.Sanitise(t.Context(), kind, bytes.NewReader(data), s.put))
		masked := must[media.Derived](t)(s.Disguise(t.Context(), kind, bytes.NewReader(data), s.put))
		s.clean(name, masked)
		before, after := s.heard(open.Copy), s.heard(masked.Copy)
		if f := fundamental(before); math.Abs(f-pitch) > 4 {
			t.Fatalf("%s: the test hears %.0f Hz in a voice of %.0f", name, f, pitch)
		}
		if f := fundamental(after); f < 0.68*pitch || f > 0.88*pitch {
			t.Errorf("%s: the pitch is %.0f Hz of %.0f", name, f, pitch)
		}
		if a, b := formant(before, 500, 950), formant(after, 400, 800); b > 0.92*a {
			t.Errorf("%s: the formant is at %.0f Hz, and was at %.0f", name, b, a)
		}
		if long := float64(len(after)) / samples; math.Abs(long-seconds) > 0.15 {
			t.Errorf("%s: %.2f seconds of %d", name, long, seconds)
		}
		if masked.Kind != open.Kind || kind.Kind == media.Audio && masked.Copy.MIME != "audio/mp4" || (open.Thumb == media.File{}) != (masked.Thumb == media.File{}) {
			t.Errorf("%s: %+v", name, masked)
		}
	}
}

// No two files are changed by the same factor that could be undone at once, and
// what has no voice is what it would be anyway.
func TestOnlyVoicesAreDisguised(t *testing.T) {
	tooltest.Need(t, "ffmpeg", "ffprobe", "prlimit", "nice")
	s := newStudio(t)
	silent := film(t, "a.mp4", true, false, "-c:v", "libx264")
	kind := must[media.Type](t)(media.DefaultLimits().Inspect("a.mp4", bytes.NewReader(silent)))
	if d, err := s.Disguise(t.Context(), kind, bytes.NewReader(silent), s.put); err != nil || d.Kind != media.Video {
		t.Errorf("a silent film: %+v, %v", d, err)
	}
	photo := jpegOf(t, scene(64, 48))
	kind = must[media.Type](t)(media.DefaultLimits().Inspect("a.jpg", bytes.NewReader(photo)))
	a, b := must[media.Derived](t)(s.Disguise(t.Context(), kind, bytes.NewReader(photo), s.put)), must[media.Derived](t)(s.Sanitise(t.Context(), kind, bytes.NewReader(photo), s.put))
	if a != b {
		t.Errorf("%+v, %+v", a, b)
	}
	voice := spoken(t, "a.wav")
	kind = must[media.Type](t)(media.DefaultLimits().Inspect("a.wav", bytes.NewReader(voice)))
	seen := map[string]bool{}
	for range 8 {
		seen[must[media.Derived](t)(s.Disguise(t.Context(), kind, bytes.NewReader(voice), s.put)).Copy.SHA256] = true
	}
	if len(seen) < 2 {
		t.Error("one factor for all")
	}
}

// Whatever lies in the memory that a filter is given: it is neither heard nor in
// the way. Here all of it is no number.
func TestNoMemoryIsHeard(t *testing.T) {
	tooltest.Need(t, "ffmpeg", "ffprobe", "prlimit", "nice")
	s := newStudio(t, func(o *media.Options) {
		o.Tools.FFmpeg = script(t, "MALLOC_PERTURB_=128 exec "+o.Tools.FFmpeg+` "$@"`)
	})
	voice := spoken(t, "a.wav")
	kind := must[media.Type](t)(media.DefaultLimits().Inspect("a.wav", bytes.NewReader(voice)))
	for range 3 {
		if _, err := s.Disguise(t.Context(), kind, bytes.NewReader(voice), s.put); err != nil {
			t.Fatal(err)
		}
	}
}

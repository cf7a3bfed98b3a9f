package media

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"math/big"
)

// A voice is known by its pitch and by the formants, which the throat makes.
// Playing faster or slower moves both by the same factor, and stretching gives
// the time back. The factor is drawn for each file, so that nobody undoes all of
// them with one number; a wavering pitch and the band of a telephone take away
// more of what is one person's own. This hides a speaker from ears that half
// know the voice. It is no proof against a laboratory, nor against the words.
const (
	voiceRate = 24000 // samples a second that the filters work with
	lowest    = 74    // hundredths of the pitch
	highest   = 82
	lead      = voiceRate / 50 // samples of silence that go before, and are cut off
)

// voiceFilter returns the chain of filters that hides a voice. The vibrato begins
// with 5 ms of whatever lay in memory, which may be no numbers at all: a lead
// takes these and is cut off before a filter with a memory of its own sees them.
func voiceFilter(hundredths int64) string {
	return fmt.Sprintf("aresample=%[1]d,asetrate=%[2]d,aresample=%[1]d,atempo=%.6[3]f,adelay=%[4]dS:all=1,vibrato=f=5:d=0.12,atrim=start_sample=%[4]d,asetpts=PTS-%.3[5]f/TB,highpass=f=180,lowpass=f=3400,aformat=channel_layouts=mono",
		voiceRate, voiceRate*hundredths/100, 100/float64(hundredths), lead, float64(lead)/voiceRate)
}

// disguise is remux with the voices changed. Sound alone becomes MPEG-4, which
// every browser plays.
func (s *Sanitiser) disguise(ctx context.Context, t Type, in io.ReadSeeker, dir string) (draft, error) {
	drawn, err := rand.Int(rand.Reader, big.NewInt(highest-lowest+1))
	if err != nil {
		return draft{}, err
	}
	f, _ := formatOf(t.MIME) // what is not on the list plays nowhere
	if t.Kind == Audio {
		f, _ = formatOf("audio/mp4") // it is on the list
	}
	codec := "aac"
	if f.muxer == "webm" {
		codec = "libopus"
	}
	streams := []string{"-c:v", "copy", "-af", voiceFilter(lowest + drawn.Int64()), "-c:a", codec, "-b:a", "64k"}
	return s.repack(ctx, packing{from: t, to: f, streams: streams}, in, dir)
}

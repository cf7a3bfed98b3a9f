package media

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/fault"
)

// remux moves the first picture track and the first sound track of a file
// into a new container and makes a thumbnail of the first picture.
func (s *Sanitiser) remux(ctx context.Context, t Type, in io.ReadSeeker, dir string) (draft, error) {
	f, _ := formatOf(t.MIME) // what is not on the list plays nowhere
	return s.repack(ctx, packing{from: t, to: f, streams: []string{"-c", "copy"}}, in, dir)
}

// packing says into what a file is packed anew, and what becomes of its streams.
type packing struct {
	from    Type
	to      format
	streams []string
}

func (s *Sanitiser) repack(ctx context.Context, p packing, in io.ReadSeeker, dir string) (draft, error) {
	f, ok := formatOf(p.from.MIME)
	if !ok || !f.plays() {
		return draft{}, errUndecodable(errors.New("no way to play " + p.from.MIME))
	}
	if err := save(in, filepath.Join(dir, "in")); err != nil {
		return draft{}, err
	}
	args := slices.Concat(quiet(), reading(f.demuxer, "in"), []string{
		"-map", "0:V:0?", "-map", "0:a:0?", "-sn", "-dn",
		"-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1",
		"-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
	}, p.streams, []string{"-f", p.to.muxer, "copy"})
	if _, err := s.run(ctx, dir, "ffmpeg", s.tools.FFmpeg, args...); err != nil {
		return draft{}, err
	}
	seen, err := s.look(ctx, p.to, dir)
	if err != nil {
		return draft{}, err
	}
	return s.packed(ctx, p, seen, dir)
}

// packed says what the new container is.
func (s *Sanitiser) packed(ctx context.Context, p packing, seen seen, dir string) (d draft, err error) {
	d = draft{copy: filepath.Join(dir, "copy"), Derived: Derived{Kind: Audio, Duration: seen.duration()}}
	d.Copy.MIME = p.to.MIME
	video, ok := seen.picture()
	if !ok {
		d.Copy.MIME = cmp.Or(p.to.sound, p.to.MIME)
		return d, nil
	}
	d.Kind = Video
	d.Copy.Width, d.Copy.Height = video.Width, video.Height
	d.thumb, d.Thumb, err = s.poster(ctx, p.to, dir)
	return d, err
}

// tagCost is what a file that is being tagged counts in the common budget: it
// is its folder on the disk that must not become too large.
const tagCost = 64 << 20

// Tag returns a copy of sound or video with words in its container, where the
// container has room for any: AMR has none. Its streams stay as they are. Closing
// it removes it.
func (s *Sanitiser) Tag(ctx context.Context, mime string, in io.Reader, words string) (_ io.ReadSeekCloser, err error) {
	defer fault.Wrap(&err, "media.Tag(%s)", mime)
	f, ok := formatOf(mime)
	if !ok || !f.plays() {
		return nil, errUndecodable(errors.New("no way to play " + mime))
	}
	if err := s.memory.Acquire(ctx, tagCost); err != nil {
		return nil, errTakesTooLong(err)
	}
	dir, err := os.MkdirTemp(s.scratch, scratchName)
	if err != nil {
		s.memory.Release(tagCost)
		return nil, err
	}
	t := &tagged{done: func() { discard(ctx, dir); s.memory.Release(tagCost) }}
	if t.File, err = s.tag(ctx, f, in, dir, words); err != nil {
		t.done()
		return nil, err
	}
	return t, nil
}

func (s *Sanitiser) tag(ctx context.Context, f format, in io.Reader, dir, words string) (*os.File, error) {
	ctx, cancel := context.WithTimeout(ctx, s.time)
	defer cancel()
	if err := save(in, filepath.Join(dir, "in")); err != nil {
		return nil, err
	}
	args := slices.Concat(quiet(), reading(f.demuxer, "in"), []string{"-map", "0", "-c", "copy", "-fflags", "+bitexact"})
	for _, key := range []string{"comment", "description", "copyright"} { // each container knows one of them
		args = append(args, "-metadata", key+"="+words, "-metadata:s", key+"="+words)
	}
	if f.muxer == "adts" {
		args = append(args, "-write_id3v2", "1")
	}
	if _, err := s.run(ctx, dir, "ffmpeg", s.tools.FFmpeg, append(args, "-f", f.muxer, "out")...); err != nil {
		return nil, err
	}
	return os.Open(filepath.Join(dir, "out"))
}

// tagged is a file whose folder goes when it is closed.
type tagged struct {
	*os.File
	done func()
}

// Close implements io.Closer.
func (t *tagged) Close() error {
	defer t.done()
	return t.File.Close()
}

// Ending returns the usual ending of names of a type, with its dot; empty for
// one that is not on the list.
func Ending(mime string) string {
	f, ok := formatOf(mime)
	switch {
	case ok && mime == "audio/mp4":
		return ".m4a"
	case ok:
		return f.Ext
	}
	return ""
}

func quiet() []string { return []string{"-nostdin", "-hide_banner", "-loglevel", "error"} }

// reading tells ffmpeg and ffprobe what they read, so that they do not guess,
// and that it is a file, whatever the file says.
func reading(demuxer, file string) []string {
	return []string{"-protocol_whitelist", "file,pipe", "-f", demuxer, "-i", file}
}

// posterScale makes a large picture twice as large as a thumbnail, which is
// averaged from it, and leaves a small one alone.
const posterScale = `scale=min(960\,iw):min(960\,ih):force_original_aspect_ratio=decrease`

// poster takes the first picture of the copy.
func (s *Sanitiser) poster(ctx context.Context, f format, dir string) (string, File, error) {
	args := slices.Concat(quiet(), []string{"-threads", "1"}, reading(f.demuxer, "copy"), []string{
		"-frames:v", "1", "-an", "-sn", "-dn", "-vf", posterScale,
		"-c:v", "png", "-f", "image2", "poster",
	})
	if _, err := s.run(ctx, dir, "ffmpeg", s.tools.FFmpeg, args...); err != nil {
		return "", File{}, err
	}
	in, err := os.Open(filepath.Join(dir, "poster"))
	if err != nil {
		return "", File{}, errUndecodable(err)
	}
	defer func() { _ = in.Close() }()
	img, done, err := s.decode(ctx, in)
	if err != nil {
		return "", File{}, err
	}
	defer done()
	return thumbnail(img, dir)
}

// seen is what ffprobe says about a file.
type seen struct {
	Streams  []track `json:"streams"`
	Chapters []any   `json:"chapters"`
	Format   struct {
		Duration string            `json:"duration"`
		Tags     map[string]string `json:"tags"`
	} `json:"format"`
}

type track struct {
	Kind          string `json:"codec_type"`
	Width, Height int
	Tags          map[string]string `json:"tags"`
}

// look is the second pair of eyes: it reads the copy as a stranger would and
// refuses one that says more than it must.
func (s *Sanitiser) look(ctx context.Context, f format, dir string) (seen, error) {
	args := slices.Concat([]string{"-hide_banner", "-loglevel", "error", "-show_streams", "-show_chapters", "-show_format", "-of", "json"}, reading(f.demuxer, "copy"))
	out, err := s.run(ctx, dir, "ffprobe", s.tools.FFprobe, args...)
	if err != nil {
		return seen{}, err
	}
	var v seen
	if err := json.Unmarshal(out, &v); err != nil {
		return seen{}, errUndecodable(err)
	}
	return v, v.judge()
}

func (v seen) judge() error {
	if len(v.Chapters) > 0 {
		return errLeaks("chapters")
	}
	played := 0
	tags := []map[string]string{v.Format.Tags}
	for _, t := range v.Streams {
		if t.Kind != "audio" && t.Kind != "video" {
			return errLeaks(t.Kind + " track")
		}
		played++
		tags = append(tags, t.Tags)
	}
	if played == 0 {
		return errUndecodable(errors.New("neither pictures nor sound"))
	}
	for _, ts := range tags {
		for key, value := range ts {
			if !harmless(strings.ToLower(key), value) {
				return errLeaks("tag " + key)
			}
		}
	}
	return nil
}

// harmless knows the tags that containers cannot do without, which the tool
// fills in by itself.
func harmless(key, value string) bool {
	switch key {
	case "major_brand", "minor_version", "compatible_brands", "vendor_id", "duration":
		return true
	case "handler_name":
		return value == "VideoHandler" || value == "SoundHandler"
	case "language":
		return value == "und"
	case "encoder":
		return value == "Lavf" || value == "Lavc libopus" || value == "Lavc aac"
	}
	return false
}

func (v seen) picture() (track, bool) {
	i := slices.IndexFunc(v.Streams, func(t track) bool { return t.Kind == "video" })
	if i < 0 {
		return track{}, false
	}
	return v.Streams[i], true
}

// duration is zero where the container does not say.
func (v seen) duration() time.Duration {
	seconds, err := strconv.ParseFloat(v.Format.Duration, 64)
	if err != nil || seconds < 0 || seconds > 1e7 {
		return 0
	}
	return time.Duration(seconds * float64(time.Second)).Round(time.Millisecond)
}

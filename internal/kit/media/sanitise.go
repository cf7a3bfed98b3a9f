package media

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
)

// Options says how copies are made.
type Options struct {
	Limits  Limits
	Tools   Tools
	Scratch string        // folder for files in work; empty is the system's
	Time    time.Duration // most that one file may take; zero is five minutes
}

// Sanitiser makes copies of files that hold what is seen and heard and nothing
// else.
type Sanitiser struct {
	limits  Limits
	tools   Tools
	scratch string
	time    time.Duration
	memory  *semaphore.Weighted
}

// Derived is what staff see of a file.
type Derived struct {
	Kind Kind // of the copy: video without pictures has become sound
	Copy File
	// Screen is a picture made small enough to be drawn upon while somebody
	// waits; zero where the copy is, and for all but pictures.
	Screen File
	Thumb  File // zero for sound, and for documents that passed as they are
	// Pages of a document whose copy is a book (kit/book).
	Pages int
	// Duration of sound and video; zero where the file does not say.
	Duration time.Duration
	// DownloadOnly marks a document that passed as it is: it is shown nowhere,
	// and whoever downloads it is warned first.
	DownloadOnly bool
}

// File is one derived file in a blob store; Width and Height in pixels are
// zero where there is no picture.
type File struct {
	blob.Ref
	MIME          string
	Width, Height int
}

// Put stores a finished file; (*blob.Store).Put is one.
type Put func(ctx context.Context, r io.Reader) (blob.Ref, error)

// draft is a Derived whose files still lie in the scratch folder, under these
// names; an empty name is a file that there is not.
type draft struct {
	Derived
	copy, screen, thumb string
}

const (
	scratchName = "qingfeng-media-"
	defaultTime = 5 * time.Minute
	// staleAfter is when a scratch folder counts as left by a killed server.
	staleAfter = 4
)

// New returns a Sanitiser and removes what killed servers left in the scratch
// folder.
func New(o Options) (_ *Sanitiser, err error) {
	defer fault.Wrap(&err, "media.New")
	s := &Sanitiser{limits: o.Limits, tools: o.Tools, scratch: o.Scratch, time: o.Time, memory: semaphore.NewWeighted(memory)}
	if s.scratch == "" {
		s.scratch = os.TempDir()
	}
	if s.time == 0 {
		s.time = defaultTime
	}
	if err := s.tidy(); err != nil {
		return nil, err
	}
	return s, nil
}

// tidy removes folders that nobody can be working in any more.
func (s *Sanitiser) tidy() error {
	entries, err := os.ReadDir(s.scratch)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(e.Name(), scratchName) {
			continue
		}
		if err == nil && clock.System().Sub(info.ModTime()) > staleAfter*s.time {
			err = os.RemoveAll(filepath.Join(s.scratch, e.Name()))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Sanitise makes the copies of the file in r, which Inspect found to be of
// type t, and hands them to put once all of them are made. When it fails there
// is no copy, and the fault says why; it may be called again.
func (s *Sanitiser) Sanitise(ctx context.Context, t Type, in io.ReadSeeker, put Put) (Derived, error) {
	return s.derive(ctx, t, in, put, s.remux)
}

// Disguise is Sanitise with the voices changed in what is heard; in other files
// there are none.
func (s *Sanitiser) Disguise(ctx context.Context, t Type, in io.ReadSeeker, put Put) (Derived, error) {
	return s.derive(ctx, t, in, put, s.disguise)
}

// work makes the copies of a file in a folder.
type work func(ctx context.Context, t Type, in io.ReadSeeker, dir string) (draft, error)

func (s *Sanitiser) derive(ctx context.Context, t Type, in io.ReadSeeker, put Put, play work) (_ Derived, err error) {
	defer fault.Wrap(&err, "media.Sanitise(%s)", t.MIME)
	ctx, cancel := context.WithTimeout(ctx, s.time)
	defer cancel()
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return Derived{}, err
	}
	if t.Kind == Document && !s.prints(t) {
		ref, err := put(ctx, in)
		return Derived{Kind: Document, Copy: File{Ref: ref, MIME: t.MIME}, DownloadOnly: true}, err
	}
	dir, err := os.MkdirTemp(s.scratch, scratchName)
	if err != nil {
		return Derived{}, err
	}
	defer discard(ctx, dir)
	start := play
	switch t.Kind {
	case Image:
		start = s.picture
	case Document:
		start = s.document
	case Audio, Video:
	}
	d, err := start(ctx, t, in, dir)
	if err != nil {
		return Derived{}, err
	}
	return publish(ctx, d, put)
}

// discard removes a folder of work.
func discard(ctx context.Context, dir string) {
	if err := os.RemoveAll(dir); err != nil {
		slog.ErrorContext(ctx, "scratch folder of media not removed", "err", err)
	}
}

// publish stores finished files.
func publish(ctx context.Context, d draft, put Put) (Derived, error) {
	for _, f := range [...]struct {
		path string
		to   *File
	}{{d.copy, &d.Copy}, {d.screen, &d.Screen}, {d.thumb, &d.Thumb}} {
		if f.path == "" {
			continue
		}
		in, err := os.Open(f.path)
		if err != nil {
			return Derived{}, err
		}
		f.to.Ref, err = put(ctx, in)
		_ = in.Close() // only read
		if err != nil {
			return Derived{}, err
		}
	}
	return d.Derived, nil
}

// save writes what a tool will read.
func save(in io.Reader, path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, in)
	return errors.Join(err, f.Close())
}

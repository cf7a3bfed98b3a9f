package backup

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"github.com/klauspost/compress/zstd"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const (
	fileMode   = 0o600
	folderMode = 0o700
	bufferSize = 1 << 20
	// mostWindow bounds the memory that a compressed file can ask for.
	mostWindow = 8 << 20
)

// packer writes a compressed file of a backup and sums what lands on disk.
type packer struct {
	file *os.File
	sum  hash.Hash
	size int64
	zip  *zstd.Encoder
	out  *bufio.Writer // what is to be compressed
}

func pack(folder, name string) (*packer, error) {
	f, err := os.OpenFile(filepath.Join(folder, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode) //nolint:gosec // a fixed name in the operator's folder
	if err != nil {
		return nil, err
	}
	p := &packer{file: f, sum: sha256.New()}
	p.zip, err = zstd.NewWriter(io.MultiWriter(f, p.sum, counter{&p.size}),
		zstd.WithWindowSize(mostWindow), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	p.out = bufio.NewWriterSize(p.zip, bufferSize)
	return p, nil
}

// done ends the file and says what is in it.
func (p *packer) done() (File, error) {
	err := errors.Join(p.out.Flush(), p.zip.Close(), p.file.Close())
	return File{filepath.Base(p.file.Name()), p.size, hex.EncodeToString(p.sum.Sum(nil))}, err
}

// drop gives up a file that nobody will read.
func (p *packer) drop() { _, _ = p.zip.Close(), p.file.Close() }

// counter counts what is written.
type counter struct{ n *int64 }

// Write implements io.Writer.
func (c counter) Write(p []byte) (int, error) {
	*c.n += int64(len(p))
	return len(p), nil
}

// unpacker reads a file that packer wrote, and sums it again.
type unpacker struct {
	want File
	file *os.File
	raw  io.Reader
	sum  hash.Hash
	size int64
	zip  *zstd.Decoder
	in   *bufio.Reader // what was compressed
}

func unpack(folder string, want File) (*unpacker, error) {
	f, err := openRegular(filepath.Join(folder, want.Name))
	if err != nil {
		return nil, err
	}
	u := &unpacker{want: want, file: f, sum: sha256.New()}
	u.raw = io.TeeReader(f, io.MultiWriter(u.sum, counter{&u.size}))
	u.zip, err = zstd.NewReader(u.raw, zstd.WithDecoderMaxWindow(mostWindow), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	u.in = bufio.NewReaderSize(u.zip, bufferSize)
	return u, nil
}

// done reads to the end of the file and reports whether it is what the manifest
// says.
func (u *unpacker) done() error {
	if _, err := io.Copy(io.Discard, u.raw); err != nil {
		return err
	}
	return u.want.is(u.size, u.sum)
}

func (u *unpacker) close() {
	u.zip.Close()
	_ = u.file.Close() // nothing was written
}

// is reports whether a file has the size and the sum that the manifest says.
func (f File) is(size int64, sum hash.Hash) error {
	if size != f.Size {
		return fmt.Errorf("%d bytes instead of %d", size, f.Size)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != f.SHA256 {
		return fmt.Errorf("SHA-256 is %s instead of %s", got, f.SHA256)
	}
	return nil
}

// judge reads a file whole and compares it with what is said of it.
func (f File) judge(path string, buffer []byte) error {
	file, err := openRegular(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // nothing is written
	sum := sha256.New()
	n, err := io.CopyBuffer(sum, struct{ io.Reader }{file}, buffer)
	if err != nil {
		return err
	}
	return f.is(n, sum)
}

// openRegular opens a file and nothing else: no link, no device, no pipe that
// would keep its reader waiting.
func openRegular(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0) //nolint:gosec // names come from a fixed list or are sums
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is not a file", path)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// outage tells what to do about a full disk and leaves every other error alone.
func outage(err error, path string) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		f := fault.New(fault.Unavailable, i18n.T("%s 所在的磁盘已满", "the disk of %s is full"), path).
			WithFix(i18n.T("请腾出空间或换一块磁盘后重做；未完成的部分不会被当作备份", "make room or take another disk and do it again; what is unfinished passes for nothing"))
		return fmt.Errorf("%w: %w", f, err)
	}
	return err
}

// judged reads r and reports at its end whether it was the file.
func judged(r io.Reader, f File) io.Reader {
	return &judging{r: r, want: f, sum: sha256.New()}
}

type judging struct {
	r    io.Reader
	want File
	sum  hash.Hash
	size int64
}

// Read implements io.Reader.
func (j *judging) Read(p []byte) (int, error) {
	n, err := j.r.Read(p)
	j.sum.Write(p[:n])
	j.size += int64(n)
	if errors.Is(err, io.EOF) {
		if wrong := j.want.is(j.size, j.sum); wrong != nil {
			return n, damaged(j.want.Name, wrong)
		}
	}
	return n, err
}

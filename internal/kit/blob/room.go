package blob

import (
	"fmt"
	"io"
	"syscall"

	"golang.org/x/sys/unix"
)

// Files leave so much of a disk free, or a twentieth of a small one: the database
// lies there too, and whoever sends files until nothing fits keeps nobody from
// reporting.
const (
	spare     = 512 << 20
	smallPart = 20
)

// room is how many bytes files may still take on the disk of a folder.
func room(path string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return 0, fmt.Errorf("blob: room: %w", err)
	}
	size := int64(s.Bsize)                                                        //nolint:unconvert // another type elsewhere
	return int64(s.Bavail)*size - min(spare, int64(s.Blocks)*size/smallPart), nil //nolint:gosec // no disk has 2^63 bytes
}

// careful writes while there is room.
type careful struct {
	to   io.Writer
	free func() (int64, error)
}

// Write implements io.Writer.
func (c careful) Write(p []byte) (int, error) {
	left, err := c.free()
	if err == nil && left < int64(len(p)) {
		err = fmt.Errorf("blob: what is left of the disk is not for files: %w", syscall.ENOSPC)
	}
	if err != nil {
		return 0, err
	}
	return c.to.Write(p)
}

package backup

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// entry is a line of the list of blobs: its address, which is the SHA-256 of the
// bytes that are stored there, and how many these are; or why there are none:
//
//	<address> <bytes>
//	<address> gone
//	<address> lost
//
// Lines are in the order of addresses, each once.
type entry struct {
	address string
	size    int64
	why     string // gone or lost, where there are none
}

const (
	gone = "gone"
	lost = "lost"
)

func (e entry) line() string {
	if e.why != "" {
		return e.address + " " + e.why + "\n"
	}
	return e.address + " " + strconv.FormatInt(e.size, 10) + "\n"
}

func (c *BlobCount) add(e entry) {
	switch e.why {
	case gone:
		c.Gone++
	case lost:
		c.Lost++
	default:
		c.Kept++
		c.Bytes += e.size
	}
}

// entries reads a list of blobs.
type entries struct {
	in     *bufio.Reader
	buffer []byte
	last   string
}

// next returns io.EOF after the last line.
func (x *entries) next() (e entry, err error) {
	line, err := readLine(x.in, &x.buffer)
	if err != nil {
		return e, err
	}
	if e, err = parseEntry(string(line)); err != nil {
		return e, err
	}
	if e.address <= x.last {
		return e, errors.New("addresses are not in order")
	}
	x.last = e.address
	return e, nil
}

func parseEntry(line string) (e entry, err error) {
	address, what, _ := strings.Cut(line, " ")
	if !isSum(address) {
		return e, errors.New("a line without an address")
	}
	if what == gone || what == lost {
		return entry{address: address, why: what}, nil
	}
	size, err := strconv.ParseInt(what, 10, 64)
	if err == nil && (size < 0 || strconv.FormatInt(size, 10) != what) {
		err = fmt.Errorf("%q is no size", what)
	}
	return entry{address: address, size: size}, err
}

// all reads the list to its end.
func (x *entries) all(f func(entry) error) error {
	for {
		e, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := f(e); err != nil {
			return err
		}
	}
}

package backup

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// entry is a line of the list of blobs: its address, and the content that is
// stored there; or why there is none:
//
//	<address> <SHA-256 of the content> <bytes>
//	<address> gone
//	<address> lost
//
// Lines are in the order of addresses, each once.
type entry struct {
	address string
	content string // empty when there is none
	size    int64
	why     string // gone or lost
}

const (
	gone = "gone"
	lost = "lost"
)

func (e entry) line() string {
	if e.content == "" {
		return e.address + " " + e.why + "\n"
	}
	return e.address + " " + e.content + " " + strconv.FormatInt(e.size, 10) + "\n"
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
	words := strings.Split(line, " ")
	if !isSum(words[0]) {
		return e, errors.New("a line without an address")
	}
	e.address = words[0]
	switch {
	case len(words) == 2 && (words[1] == gone || words[1] == lost):
		e.why = words[1]
		return e, nil
	case len(words) == 3 && isSum(words[1]):
		e.content = words[1]
		e.size, err = strconv.ParseInt(words[2], 10, 64)
		if err == nil && (e.size < 0 || strconv.FormatInt(e.size, 10) != words[2]) {
			err = fmt.Errorf("%q is no size", words[2])
		}
		return e, err
	}
	return e, errors.New("a line that says nothing")
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

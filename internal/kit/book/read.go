package book

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Book is a book that Writer wrote.
type Book struct {
	in    io.ReadSeeker
	table int64 // where the list of objects begins
	pages int
}

// tailSize is enough of the end of a book to hold where its list of objects is.
const tailSize = 64

// errNoBook says that a file was written by something else, or is damaged.
var errNoBook = errors.New("book: not a book")

// Open reads the list of pages of a book.
func Open(in io.ReadSeeker) (*Book, error) {
	size, err := in.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	b := &Book{in: in}
	tail, err := b.part(max(0, size-tailSize), min(size, tailSize))
	if err != nil {
		return nil, err
	}
	mark := bytes.LastIndex(tail, []byte("startxref\n"))
	if mark < 0 || !bytes.HasSuffix(tail, []byte("\n%%EOF\n")) {
		return nil, errNoBook
	}
	if _, err := fmt.Sscanf(string(tail[mark:]), tailForm, &b.table); err != nil || b.table <= 0 || b.table >= size {
		return nil, errNoBook
	}
	head, err := b.part(b.table, min(tailSize, size-b.table))
	if err != nil {
		return nil, err
	}
	objects := 0
	if _, err := fmt.Sscanf(string(head), "xref\n0 %d\n", &objects); err != nil || objects <= firstPage || (objects-firstPage)%perPage != 0 {
		return nil, errNoBook
	}
	// The list lies behind the pages, and is as long as it says.
	first := int64(len(fmt.Sprintf("xref\n0 %d\n", objects)))
	if b.table += first; b.table+int64(objects)*entrySize > size {
		return nil, errNoBook
	}
	b.pages = (objects - firstPage) / perPage
	return b, nil
}

// Pages returns how many pages there are.
func (b *Book) Pages() int { return b.pages }

// mostPage bounds the bytes of one picture.
const mostPage = 64 << 20

// Page returns the picture of a page, as JPEG; the first page is 0.
func (b *Book) Page(i int) ([]byte, error) {
	if i < 0 || i >= b.pages {
		return nil, fmt.Errorf("book: no page %d of %d", i+1, b.pages)
	}
	number := firstPage + perPage*i
	entry, err := b.part(b.table+int64(number)*entrySize, entrySize)
	if err != nil {
		return nil, err
	}
	var at int64
	if _, err := fmt.Sscanf(string(entry), entryForm, &at); err != nil || at <= 0 || at >= b.table {
		return nil, errNoBook
	}
	head, err := b.part(at, min(256, b.table-at))
	if err != nil {
		return nil, err
	}
	text, _, found := bytes.Cut(head, []byte("stream\n"))
	_, length, sized := strings.Cut(string(text), "/Length ")
	size := int64(0)
	if _, err := fmt.Sscanf(length, "%d>>", &size); err != nil || !found || !sized || size <= 0 || size > mostPage || at+size >= b.table {
		return nil, errNoBook
	}
	return b.part(at+int64(len(text)+len("stream\n")), size)
}

// part reads n bytes from a place.
func (b *Book) part(at, n int64) ([]byte, error) {
	if _, err := b.in.Seek(at, io.SeekStart); err != nil {
		return nil, err
	}
	data := make([]byte, n)
	_, err := io.ReadFull(b.in, data)
	return data, err
}

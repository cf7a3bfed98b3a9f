package keyring

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Note is a small file outside of the database, which one server keeps for
// itself. Its last line is a code under a key of the ring: nobody who lacks the
// ring can write one that is believed. An older one can be put in its place by
// whoever can write to the folder, and then only tells less.
type Note struct {
	path string
	key  []byte
}

// Note returns the note of a purpose at a path.
func (r *Ring) Note(path, purpose string) *Note { return &Note{path, r.Key("note " + purpose)} }

// Read returns what the note says. Faults: NotFound where there is none;
// Conflict for one that was not written under this ring.
func (n *Note) Read() ([]byte, error) {
	text, err := os.ReadFile(n.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, i18n.T("没有文件 %s", "there is no file %s"), n.path)
	}
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	content, code, _ := bytes.Cut(text, []byte(codeBegin))
	if !hmac.Equal(append([]byte(codeBegin), code...), n.code(content)) {
		return nil, fault.New(fault.Conflict, i18n.T("文件 %s 被改动过，或属于另一套密钥", "the file %s was altered, or belongs to another key ring"), n.path)
	}
	return content, nil
}

// Change replaces what the note says by what f makes of it, which is nil where
// there is no note yet. It is on the disk when Change returns. Two who change it
// at once come one after the other. Faults: Conflict, as Read.
func (n *Note) Change(f func(old []byte) ([]byte, error)) error {
	return n.change(f, func(err error) error { return err })
}

// Replace is Change of a note that may also be one that was altered: f is given
// nothing then.
func (n *Note) Replace(f func(old []byte) ([]byte, error)) error {
	return n.change(f, func(err error) error {
		if fault.Is(err, fault.Conflict) {
			return nil
		}
		return err
	})
}

func (n *Note) change(f func(old []byte) ([]byte, error), bear func(error) error) error {
	end, err := turn(n.path)
	if err != nil {
		return err
	}
	defer end()
	old, err := n.Read()
	if err != nil && !fault.Is(err, fault.NotFound) {
		if err := bear(err); err != nil {
			return err
		}
	}
	content, err := f(old)
	if err != nil {
		return err
	}
	return putAt(n.path, append(content, n.code(content)...), func(temp string) error { return os.Rename(temp, n.path) })
}

// codeBegin stands before the code of a note; no content holds it.
const codeBegin = "\ncode "

func (n *Note) code(content []byte) []byte {
	h := hmac.New(sha256.New, n.key)
	_, _ = h.Write(content) // never fails
	return []byte(codeBegin + hex.EncodeToString(h.Sum(nil)) + "\n")
}

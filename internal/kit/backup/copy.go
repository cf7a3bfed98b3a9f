package backup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

const (
	// settleBytes and settleFiles are how much may wait for the disk: what a
	// killed backup has to copy again.
	settleBytes = 4 << 30
	settleFiles = 8192
)

// arrival is a blob that was written and waits for the disk.
type arrival struct{ from, content string }

// wanted is a blob that the snapshot names, and what an earlier backup knows of
// it.
type wanted struct {
	address string
	known   entry
}

// copyBlobs brings all blobs that the snapshot names into the folder, and
// writes the list of them.
func (m *making) copyBlobs(ctx context.Context) error {
	names, err := os.Open(filepath.Join(m.folder, namesFile))
	if err != nil {
		return err
	}
	defer func() { _ = names.Close() }() // nothing is written
	known, done := m.earlier()
	defer done()
	list, err := pack(m.folder, blobsFile)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(names)
	for more := true; more; {
		var work []wanted
		for len(work) < batch && lines.Scan() {
			work = append(work, wanted{lines.Text(), known(lines.Text())})
		}
		more = len(work) == batch
		if err := m.copyBatch(ctx, work, list.out); err != nil {
			list.drop()
			return err
		}
	}
	file, err := list.done()
	m.manifest.Files = append(m.manifest.Files, file)
	return errors.Join(err, lines.Err())
}

// earlier returns a function that finds an address in the newest backup of the
// folder; it is asked in the order of addresses. A backup whose list is not
// whole is not asked.
func (m *making) earlier() (known func(address string) entry, done func()) {
	none := func(string) entry { return entry{} }
	names, err := Names(m.path)
	if err != nil || len(names) == 0 {
		return none, func() {}
	}
	folder := filepath.Join(m.path, names[len(names)-1])
	manifest, err := readManifest(folder)
	if err != nil || manifest.file(blobsFile).judge(filepath.Join(folder, blobsFile), make([]byte, bufferSize)) != nil {
		return none, func() {}
	}
	file, err := unpack(folder, manifest.file(blobsFile))
	if err != nil {
		return none, func() {}
	}
	list := &entries{in: file.in}
	var at entry
	return func(address string) entry {
		for at.address < address && err == nil {
			at, err = list.next()
		}
		if err != nil || at.address != address {
			return entry{}
		}
		return at
	}, file.close
}

// copyBatch looks after some blobs and writes their lines, in the order of
// addresses.
func (m *making) copyBatch(ctx context.Context, work []wanted, list io.Writer) error {
	entries, arrivals := make([]entry, len(work)), make([]arrival, len(work))
	errs := many(ctx, len(work), func(i int, buffer []byte) (err error) {
		entries[i], arrivals[i], err = m.copyOne(ctx, work[i], buffer)
		return err
	})
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for i, e := range entries {
		m.manifest.Blobs.add(e)
		if arrivals[i].from != "" {
			m.pending = append(m.pending, arrivals[i])
			m.waiting += e.size
			m.copied += e.size
		}
		if _, err := io.WriteString(list, e.line()); err != nil {
			return err
		}
	}
	if m.waiting < settleBytes && len(m.pending) < settleFiles {
		return nil
	}
	return m.settle()
}

// copyOne copies a blob unless the folder has it.
func (m *making) copyOne(ctx context.Context, w wanted, buffer []byte) (e entry, a arrival, err error) {
	if w.known.size > 0 && m.has(w.address, w.known.size) {
		return w.known, a, nil
	}
	in, size, err := m.Blobs.Open(ctx, w.address)
	if fault.Is(err, fault.NotFound) {
		e, err = m.missing(ctx, w.address)
		return e, a, err
	}
	if err != nil {
		return e, a, err
	}
	defer func() { _ = in.Close() }() // nothing is written
	e = entry{address: w.address, size: size}
	if m.has(w.address, size) { // a killed backup had brought it to its place
		return e, a, nil
	}
	a = arrival{m.arriving(w.address), w.address}
	sum, err := receive(a.from, in, buffer)
	if err == nil && sum != w.address { // damaged, which verify says as well
		return entry{address: w.address, why: lost}, arrival{}, os.Remove(a.from)
	}
	return e, a, err
}

// receive writes a file that is on disk only after the next sync.
func receive(path string, in io.Reader, buffer []byte) (sum string, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode) //nolint:gosec // named after a sum
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.CopyBuffer(io.MultiWriter(f, h), struct{ io.Reader }{in}, buffer)
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, f.Close())
}

// missing says why a blob that the snapshot names is not there.
func (m *making) missing(ctx context.Context, address string) (e entry, err error) {
	e = entry{address: address, why: gone}
	err = m.DB.Read(ctx, func(r db.Reader) error {
		still, err := named(r, m.Tables, address)
		if still {
			e.why = lost
		}
		return err
	})
	return e, err
}

// settle moves what has arrived to its place, once it is on disk.
func (m *making) settle() error {
	if err := m.sync(); err != nil {
		return err
	}
	for _, a := range m.pending {
		to := content(m.path, a.content)
		if err := os.MkdirAll(filepath.Dir(to), folderMode); err != nil {
			return err
		}
		if err := os.Rename(a.from, to); err != nil {
			return err
		}
	}
	m.pending, m.waiting = nil, 0
	return nil
}

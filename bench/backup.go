package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
)

// A city's files: what telephones send are photographs of some megabytes,
// small pictures of them, and a few recordings.
const (
	photoSize     = 3 << 20
	recordingSize = 60 << 20
	thumbSize     = 20 << 10
)

// backup measures a first backup of a data folder with some gigabytes of files
// against copying the folder and telling the disk to keep the copy, in turns.
func backup(ctx context.Context, s *settings) ([]line, error) {
	data, bytes, err := s.filled(ctx, s.files<<20)
	if err != nil {
		return nil, err
	}
	var ours, theirs, again []float64
	for range s.turns {
		target := filepath.Join(s.dir, "copy")
		floor, err1 := timed(func() error {
			return errors.Join(command(ctx, "cp", "-r", data, target), command(ctx, "sync", "-f", target))
		})
		err2 := os.RemoveAll(target)
		program, err3 := timed(func() error { return command(ctx, s.program, "backup", "--data", data, target) })
		err3 = errors.Join(err3, holds(target, bytes))
		second, err4 := timed(func() error { return command(ctx, s.program, "backup", "--data", data, target) })
		if err := errors.Join(err1, err2, err3, err4, os.RemoveAll(target)); err != nil {
			return nil, err
		}
		mb := float64(bytes) / 1e6
		ours, theirs, again = append(ours, mb/program.Seconds()), append(theirs, mb/floor.Seconds()), append(again, second.Seconds())
	}
	r := ratios(ours, theirs)
	size := fmt.Sprintf("%.1f GB of files", float64(bytes)/1e9)
	return []line{
		{what: "backup of " + size, floor: fmt.Sprintf("cp -r and sync: %.0f MB/s", median(theirs)), figure: fmt.Sprintf("%.0f MB/s", median(ours)),
			ratio: median(r), goal: "≥ 0.5", spread: span(r)},
		{what: "second backup of them", figure: fmt.Sprintf("%.1f s", median(again)), spread: span(again)},
	}, os.RemoveAll(data)
}

// holds makes sure that a backup has so many bytes: one that left the files out
// would be fast.
func holds(folder string, least int64) error {
	found := int64(0)
	err := filepath.WalkDir(folder, func(_ string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			found += info.Size()
		}
		return err
	})
	if err == nil && found < least {
		err = fmt.Errorf("the backup has %d bytes of %d", found, least)
	}
	return err
}

// filled makes a data folder with so many bytes of files, which rows of the
// database name as attachments.
func (s *settings) filled(ctx context.Context, most int64) (data string, written int64, err error) {
	data = filepath.Join(s.dir, "files")
	if err := command(ctx, s.program, "migrate", "--data", data); err != nil {
		return "", 0, err
	}
	e := engineOf(s.dir, "files", "")
	db, err := sql.Open(e.driver, e.source)
	if err != nil {
		return "", 0, fmt.Errorf("files: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	noise := rand.NewChaCha8([32]byte{2})
	for n := 0; written < most; n++ {
		size := int64(photoSize)
		switch {
		case n%40 == 39:
			size = recordingSize
		case n%2 == 1:
			size = thumbSize
		}
		sum, err := writeBlob(filepath.Join(data, "blobs", "blob"), io.LimitReader(noise, size))
		if err != nil {
			return "", 0, err
		}
		_, err = db.ExecContext(ctx, `insert into attachment (id, owner_kind, owner_id, upload, source, staff, name, claimed, kind, size, original, original_at, state, created_at)
			values ($1, 'report', '', $1, 'reporter', '', '', '', 'image', $2, $3, $3, 'ready', 0)`, fmt.Sprintf("%08d", n), size, sum)
		if err != nil {
			return "", 0, fmt.Errorf("attachment: %w", err)
		}
		written += size
	}
	return data, written, command(ctx, "sync", "-f", data)
}

// writeBlob writes a file under its SHA-256, as kit/blob does.
func writeBlob(folder string, r io.Reader) (sum string, err error) {
	f, err := os.CreateTemp(folder, "")
	if err != nil {
		return "", fmt.Errorf("blob: %w", err)
	}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, h), r)
	sum = hex.EncodeToString(h.Sum(nil))
	if err := errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("blob: %w", err)
	}
	return sum, os.Rename(f.Name(), filepath.Join(folder, sum[:2], sum))
}

// command runs a program to its end.
func command(ctx context.Context, name string, args ...string) error {
	if said, err := exec.CommandContext(ctx, name, args...).CombinedOutput(); err != nil { //nolint:gosec // the program under measurement, and cp
		return fmt.Errorf("%s: %w\n%s", name, err, said)
	}
	return nil
}

package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// uploadSize is what a telephone records in some minutes.
const uploadSize = 50 << 20

// upload measures an upload in one request of the resumable protocol against
// a bare handler that writes what comes into a file and syncs it.
func upload(ctx context.Context, s *settings) (lines []line, err error) {
	c, err := s.demo(ctx, "upload", "", "--cases", "20")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.stop()) }()
	f, err := s.bare(ctx, "upload-floor", "file", "-source", filepath.Join(s.dir, "upload-floor.bin"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.stop()) }()
	data := voice()
	var ours, theirs []float64
	for range max(5, s.turns) {
		floor, err1 := timed(func() error { return put(ctx, f.base+"/", data) })
		program, err2 := timed(func() error { return tus(ctx, c.base+"/api/v1/uploads", data) })
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		ours, theirs = append(ours, uploadSize/1e6/program.Seconds()), append(theirs, uploadSize/1e6/floor.Seconds())
	}
	r := ratios(ours, theirs)
	return []line{{what: "upload of 50 MB", floor: fmt.Sprintf("bare handler, write and fsync: %.0f MB/s", median(theirs)),
		figure: fmt.Sprintf("%.0f MB/s", median(ours)), ratio: median(r), goal: "≥ 0.5", spread: span(r)}}, nil
}

// voice is a recording in WAV, of noise: 16 bits, one channel, 48 kHz.
func voice() []byte {
	noise := rand.NewChaCha8([32]byte{1})
	data := make([]byte, uploadSize)
	_, _ = noise.Read(data) // never fails
	head := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uploadSize-8)...)
	head = append(head, "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"...)
	head = binary.LittleEndian.AppendUint32(head, 48_000)
	head = binary.LittleEndian.AppendUint32(head, 96_000)
	head = append(head, "\x02\x00\x10\x00data"...)
	copy(data, binary.LittleEndian.AppendUint32(head, uploadSize-44))
	return data
}

func timed(f func() error) (time.Duration, error) {
	begin := time.Now()
	err := f()
	return time.Since(begin), err
}

func put(ctx context.Context, url string, data []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	_, err = send(http.DefaultClient, req, http.StatusCreated)
	return err
}

// tus creates an upload and sends everything in one piece.
func tus(ctx context.Context, url string, data []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, nil)
	if err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	req.Header.Set("Tus-Resumable", "1.0.0")
	req.Header.Set("Upload-Length", strconv.Itoa(len(data)))
	req.Header.Set("Upload-Metadata", "filename dm9pY2Uud2F2") // voice.wav
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	_ = res.Body.Close()
	at, err := res.Location()
	if err != nil {
		return fmt.Errorf("upload answered %s: %w", res.Status, err)
	}
	if req, err = http.NewRequestWithContext(ctx, http.MethodPatch, at.String(), bytes.NewReader(data)); err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	req.Header.Set("Tus-Resumable", "1.0.0")
	req.Header.Set("Upload-Offset", "0")
	req.Header.Set("Content-Type", "application/offset+octet-stream")
	_, err = send(http.DefaultClient, req, http.StatusNoContent)
	return err
}

// fileWriter writes every body into the same file and syncs it.
func fileWriter(path string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, err := os.Create(path) //nolint:gosec // a path of this command's own
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, err = io.Copy(f, r.Body)
		if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusCreated)
	})
}

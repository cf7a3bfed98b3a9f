package app

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/intake"
)

// receiptCommand is for whoever holds a receipt file.
type receiptCommand struct {
	Verify receiptVerifyCommand `cmd:"" help:"Check a saved receipt file, without the network."`
}

type receiptVerifyCommand struct {
	File       string   `arg:"" help:"The file as it was saved from the receipt page." type:"existingfile"`
	Key        string   `help:"The log's public key, from somewhere else than the file."`
	Checkpoint string   `help:"File of a checkpoint from somewhere else, which must agree with that of the proof." type:"existingfile"`
	Proof      string   `help:"File of a proof in place of the one in the receipt file." type:"existingfile"`
	Witness    []string `help:"Public key of a witness who must have signed the checkpoint; may be repeated."`
	Own        []string `name:"file" help:"A photograph, recording or document of yours, to be compared with those that were received with the report; may be repeated." type:"existingfile" sep:"none"`
}

// Run says what holds, and fails when anything does not.
func (c *receiptVerifyCommand) Run(w io.Writer) error {
	f, err := readReceipt(c.File)
	if err != nil {
		return err
	}
	with, err := c.against()
	if err != nil {
		return err
	}
	wrong := 0
	for _, found := range f.Verify(with, clock.System()) {
		mark := "✓"
		if !found.Holds {
			mark, wrong = "✗", wrong+1
		}
		if _, err := fmt.Fprintln(w, mark, printable(found.Text.In(terminalLang()))); err != nil {
			return fmt.Errorf("receipt: %w", err)
		}
	}
	if wrong > 0 {
		return fault.New(fault.Conflict, i18n.T("凭证不成立：%d 处不符，见上", "the receipt does not hold: see the lines marked ✗ above (%d)"), wrong)
	}
	last := i18n.T("凭证成立。", "The receipt holds.")
	if c.Key == "" {
		last = i18n.T("凭证成立，但前提是上面的公钥确属该日志。", "The receipt holds, if the key above is that of the log.")
	}
	_, err = fmt.Fprintln(w, last.In(terminalLang()))
	return err
}

// printable shows what a file of somebody's holds without what would move a
// terminal: a forged file must not draw its own verdict.
func printable(text string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return unicode.ReplacementChar
		}
		return c
	}, text)
}

func readReceipt(path string) (f intake.ReceiptFile, err error) {
	file, err := os.Open(path) //nolint:gosec // the path is the reporter's
	if err != nil {
		return f, fmt.Errorf("receipt: %w", err)
	}
	f, err = intake.ReadReceiptFile(file)
	return f, errors.Join(err, file.Close())
}

// against reads what the file is compared with.
func (c *receiptVerifyCommand) against() (with intake.Against, err error) {
	with.Key, with.Witnesses = c.Key, c.Witness
	err = fault.First(
		func() (err error) { with.Checkpoint, err = readIf(c.Checkpoint); return err },
		func() (err error) { with.Proof, err = readIf(c.Proof); return err },
		func() (err error) { with.Files, err = ownFiles(c.Own); return err },
	)
	return with, err
}

// ownFiles reckons the SHA-256 of files, whatever their size.
func ownFiles(paths []string) (files []intake.OwnFile, err error) {
	for _, path := range paths {
		sum, err := sha256Of(path)
		if err != nil {
			return nil, fmt.Errorf("receipt: %w", err)
		}
		files = append(files, intake.OwnFile{Name: filepath.Base(path), SHA256: sum})
	}
	return files, nil
}

func sha256Of(path string) (string, error) {
	file, err := os.Open(path) //nolint:gosec // the path is the reporter's
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(h, file)
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, file.Close())
}

// readIf reads a file, if one was named.
func readIf(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	text, err := os.ReadFile(path) //nolint:gosec // the path is the operator's
	return string(text), err
}

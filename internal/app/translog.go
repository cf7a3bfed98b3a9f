package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/intake"
)

// logCommand shows the transparency log.
type logCommand struct {
	Key        logKeyCommand        `cmd:"" help:"Print the log's public key, to be made known."`
	Checkpoint logCheckpointCommand `cmd:"" help:"Print the latest signed checkpoint, to be kept elsewhere."`
}

type logKeyCommand struct {
	Place `embed:""`
}

// Run prints the public key.
func (c *logKeyCommand) Run(ctx context.Context, w io.Writer) error {
	if err := c.exists(); err != nil {
		return err
	}
	return at(ctx, c.Place, func(s *System) error {
		_, err := fmt.Fprintln(w, s.Log.Key())
		return err
	})
}

type logCheckpointCommand struct {
	Place `embed:""`
}

// Run signs what waits and prints the head.
func (c *logCheckpointCommand) Run(ctx context.Context, w io.Writer) error {
	if err := c.exists(); err != nil {
		return err
	}
	return at(ctx, c.Place, func(s *System) error {
		if err := s.Log.Sequence(ctx); err != nil {
			return err
		}
		text, err := s.Log.Latest(ctx)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		return err
	})
}

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
}

// Run says what holds, and fails when anything does not.
func (c *receiptVerifyCommand) Run(w io.Writer) error {
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("receipt: %w", err)
	}
	f, err := intake.ReadReceiptFile(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	with := intake.Against{Key: c.Key, Witnesses: c.Witness}
	if with.Checkpoint, err = readIf(c.Checkpoint); err != nil {
		return err
	}
	if with.Proof, err = readIf(c.Proof); err != nil {
		return err
	}
	wrong := 0
	for _, found := range f.Verify(with, clock.System()) {
		mark := "✓"
		if !found.Holds {
			mark, wrong = "✗", wrong+1
		}
		if _, err := fmt.Fprintln(w, mark, found.Text.In(terminalLang())); err != nil {
			return fmt.Errorf("receipt: %w", err)
		}
	}
	if wrong > 0 {
		return fault.New(fault.Conflict, i18n.T("凭证不成立：%d 处不符，见上", "the receipt does not hold: %d things are wrong, see above"), wrong)
	}
	last := i18n.T("凭证成立。", "The receipt holds.")
	if c.Key == "" {
		last = i18n.T("凭证成立，但前提是上面的公钥确属该日志。", "The receipt holds, if the key above is that of the log.")
	}
	_, err = fmt.Fprintln(w, last.In(terminalLang()))
	return err
}

// readIf reads a file, if one was named.
func readIf(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	text, err := os.ReadFile(path) //nolint:gosec // the path is the operator's
	return string(text), err
}

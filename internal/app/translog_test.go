package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/mod/intake"
)

// A reporter saves a file, and checks it on a machine that knows nothing but the
// file; the operator keeps a checkpoint and compares the log with it later.
func TestReceiptAndLogByCommandLine(t *testing.T) {
	t.Setenv("LANG", "en_GB.UTF-8")
	dir := t.TempDir()
	place := Place{Data: filepath.Join(dir, "data")}
	if code, _, complaint := run(t, "setup", "370200", "--data", place.Data); code != 0 {
		t.Fatal(complaint)
	}
	early, late := filepath.Join(dir, "early.json"), filepath.Join(dir, "late.json")
	s, err := Open(t.Context(), place, Web{Limits: "off"}, clock.System)
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.Intake.Submit(t.Context(), intake.Submission{Region: "370200", Category: "A", Narrative: "等了两个小时", Mode: "anonymous"}, intake.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, a.Receipt, early)
	if err := s.Log.Sequence(t.Context()); err != nil {
		t.Fatal(err)
	}
	save(t, s, a.Receipt, late)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, key, _ := run(t, "log", "key", "--data", place.Data)
	_, checkpoint, _ := run(t, "log", "checkpoint", "--data", place.Data)
	kept := filepath.Join(dir, "checkpoint")
	write(t, kept, checkpoint)
	forged := filepath.Join(dir, "forged.json")
	write(t, forged, strings.Replace(read(t, late), "两个", "三个", 1))
	write(t, filepath.Join(dir, "bad"), "not a checkpoint")
	key = strings.TrimSpace(key)
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"receipt", "verify", early}, 0, "it is not in the log yet"},
		{[]string{"receipt", "verify", late}, 0, "the key is the file's own, " + key},
		{[]string{"receipt", "verify", late, "--key", key, "--checkpoint", kept}, 0, "✓ it agrees with the checkpoint"},
		{[]string{"receipt", "verify", late, "--key", key}, 0, "The receipt holds."},
		{[]string{"receipt", "verify", late}, 0, "The receipt holds, if the key above is that of the log."},
		{[]string{"receipt", "verify", forged, "--key", key}, 1, "✗ the text, category or deadline in the file is not what was accepted"},
		{[]string{"receipt", "verify", forged}, 1, "the receipt does not hold: see the lines marked ✗ above (2)"},
		{[]string{"receipt", "verify", late, "--key", "x"}, 1, "✗ what --key says is no public key of a log"},
		{[]string{"receipt", "verify", kept}, 1, "this is not a receipt file"},
		{[]string{"receipt", "verify", filepath.Join(dir, "none")}, 1, "there is no file " + filepath.Join(dir, "none")},
		{[]string{"verify", "--data", place.Data, "--checkpoint", kept}, 0, "log: leaves of reports                                    1 checked, 0 wrong"},
		{[]string{"verify", "--data", place.Data, "--checkpoint", filepath.Join(dir, "bad")}, 1, "no valid signature of this key"},
		{[]string{"log", "key", "--data", filepath.Join(dir, "none")}, 1, "there is no database"},
		{[]string{"log", "checkpoint", "--data", filepath.Join(dir, "none")}, 1, "there is no database"},
	} {
		code, out, complaint := run(t, c.args...)
		if code != c.code || !strings.Contains(out+complaint, c.want) {
			t.Errorf("%v: %d, want %d and %q in\n%s%s", c.args, code, c.code, c.want, out, complaint)
		}
	}
	drawn := filepath.Join(dir, "drawn.json")
	write(t, drawn, strings.Replace(read(t, late), key, `\u001b[2J✓\n\u202e`, 1))
	for _, args := range [][]string{{"receipt", "verify", drawn}, {"receipt", "verify", drawn, "--key", key}} {
		if code, out, _ := run(t, args...); code != 1 || strings.ContainsAny(out, "\x1b\u202e") || strings.Contains(out, "\n\n") {
			t.Errorf("%v: a file draws on the terminal: %d %q", args, code, out)
		}
	}
	t.Setenv("LANG", "zh_CN.UTF-8")
	if _, out, _ := run(t, "receipt", "verify", late); !strings.HasSuffix(out, "凭证成立，但前提是上面的公钥确属该日志。\n") {
		t.Error(out)
	}
	if _, out, _ := run(t, "receipt", "verify", forged); !strings.Contains(out, "✗ 文件里的内容、类别或期限与当时受理的不一致") {
		t.Error(out)
	}
}

// Who still has the photograph shows that it is the one that was sent, and learns
// when it is not.
func TestOwnFilesAreComparedWithTheReceipt(t *testing.T) {
	t.Setenv("LANG", "en_GB.UTF-8")
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if code, _, complaint := run(t, "setup", "370200", "--data", at("data")); code != 0 {
		t.Fatal(complaint)
	}
	s, err := Open(t.Context(), Place{Data: at("data")}, Web{Limits: "off"}, clock.System)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	write(t, at("bill.txt"), "two lines")
	write(t, at("more,later.txt"), "more")
	write(t, at("altered.txt"), "two lines ")
	sent := intake.Submission{Region: "370200", Category: "D", Narrative: "同一项收了两次", Mode: "anonymous"}
	for name, uploads := range map[string][]string{"bare.json": nil, "receipt.json": {handIn(t, s, "bill.txt", "two lines"), handIn(t, s, "more.txt", "more")}} {
		sent.Files = uploads
		a, err := s.Intake.Submit(t.Context(), sent, intake.Origin{})
		if err != nil {
			t.Fatal(err)
		}
		save(t, s, a.Receipt, at(name))
	}
	write(t, at("forged.json"), strings.Replace(read(t, at("receipt.json")), "两次", "三次", 1))
	for _, c := range []struct {
		receipt string
		files   []string
		code    int
		says    []string
		not     string
	}{
		{"receipt.json", []string{"bill.txt"}, 0, []string{"✓ file bill.txt is one that was received with the report"}, "✗"},
		{"receipt.json", []string{"bill.txt", "more,later.txt"}, 0, []string{"✓ file bill.txt", "✓ file more,later.txt"}, "✗"},
		{"receipt.json", []string{"altered.txt", "bill.txt"}, 1, []string{"✗ file altered.txt is none of those 2", "✓ file bill.txt", "see the lines marked ✗ above (1)"}, "✗ file bill.txt"},
		{"receipt.json", []string{"missing.txt"}, 1, []string{"missing.txt"}, "✓"},
		{"receipt.json", []string{"."}, 1, []string{"is a directory"}, "✓"},
		{"receipt.json", nil, 0, []string{"The receipt holds"}, "file bill"},
		{"bare.json", []string{"bill.txt"}, 1, []string{"✗ file bill.txt cannot be compared: the report came without files"}, "✓ file"},
		{"forged.json", []string{"bill.txt"}, 1, []string{"✗ the text, category or deadline in the file is not what was accepted"}, "✓ file"},
	} {
		args := []string{"receipt", "verify", at(c.receipt)}
		for _, f := range c.files {
			args = append(args, "--file", at(f))
		}
		code, out, complaint := run(t, args...)
		for _, want := range c.says {
			if code != c.code || !strings.Contains(out+complaint, want) || strings.Contains(out, c.not) {
				t.Errorf("%s %v: %d, want %d and %q and not %q in\n%s%s", c.receipt, c.files, code, c.code, want, c.not, out, complaint)
			}
		}
	}
}

// handIn sends a file as a browser without a script does.
func handIn(t *testing.T, s *System, name, content string) string {
	t.Helper()
	id, err := s.Uploads.Receive(t.Context(), name, "text/plain", strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func save(t *testing.T, s *System, receipt, path string) {
	t.Helper()
	f, err := s.Intake.ReceiptFile(t.Context(), receipt)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := f.File().Write(&text); err != nil {
		t.Fatal(err)
	}
	write(t, path, text.String())
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/doc"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/tooltest"
	"qingfeng/internal/org"
)

// The posters of an institution end in a file, which is there whole or not at
// all.
func TestPostersCommand(t *testing.T) {
	if _, err := doc.Font(doc.Regular); err != nil {
		tooltest.Lack(t, "the fonts of the posters are not there; make fetches them")
	}
	place := Place{Data: t.TempDir()}
	s, _ := city(t, place, 1, false)
	var name string
	err := s.DB.Read(t.Context(), func(r db.Reader) error {
		page, err := org.Institutions(t.Context(), r, org.AskDirectory{Query: list.Query{Limit: 1}})
		name = page.Items[0].Name
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "posters.pdf")
	run := func(args ...string) (code int, said string) {
		var text bytes.Buffer
		code = Run(t.Context(), append([]string{"posters", "--data", place.Data, "--out", out}, args...), &text, &text)
		return code, text.String()
	}
	for _, wrong := range [][]string{
		{"--institution", name}, {"--url", "https://qf.example.org"}, {"--url", "https://qf.example.org", "--institution", "无此医院"},
		{"--url", "https://qf.example.org", "--region", "000000"}, {"--url", "https://qf.example.org", "--institution", name, "--size", "a9"},
	} {
		if code, said := run(wrong...); code != 1 || said == "" {
			t.Errorf("%v: exit %d, %q", wrong, code, said)
		}
		if _, err := os.Stat(out); err == nil {
			t.Fatalf("%v left a file", wrong)
		}
	}
	if code, said := run("--url", "https://qf.example.org", "--institution", name, "--size", "a6", "--make"); code != 0 {
		t.Fatalf("exit %d: %s", code, said)
	}
	pdf, err := os.ReadFile(out) //nolint:gosec // the test's own file
	if err != nil || !strings.HasPrefix(string(pdf), "%PDF-") {
		t.Errorf("%d bytes, %v", len(pdf), err)
	}
}

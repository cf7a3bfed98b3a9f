package app

import (
	"strings"
	"testing"
	"unicode"

	"github.com/alecthomas/kong"
)

// Every text of help has its Chinese, and no Chinese is left of a text that is gone.
func TestHelpIsInBothLanguages(t *testing.T) {
	parser, err := kong.New(&commands{}, kong.Name("qingfeng"), kong.Description(description))
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{"": true}
	for _, help := range helpTexts(parser.Model.Node) {
		said[*help] = true
		if *help != "" && helpZH[*help] == "" {
			t.Errorf("no Chinese for %q", *help)
		}
	}
	said[parser.Model.HelpFlag.Help] = true
	for en, zh := range helpZH {
		if !said[en] {
			t.Errorf("nothing says %q", en)
		}
		if !strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("no Chinese: %q", zh)
		}
	}
}

// The frame that the parser writes around help is Chinese too.
func TestHelpSpeaksTheTerminalsLanguage(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"serve", "--help"}, {"restore", "--help"}} {
		t.Setenv("LANG", "zh_CN.UTF-8")
		if _, out, _ := run(t, args...); !strings.HasPrefix(out, "用法：qingfeng") || strings.Contains(out, "Flags:") || strings.Contains(out, "for more information") {
			t.Errorf("%v: %s", args, out)
		}
		t.Setenv("LANG", "en")
		if _, out, _ := run(t, args...); !strings.HasPrefix(out, "Usage: qingfeng") || !strings.Contains(out, "\nFlags:\n") {
			t.Errorf("%v: %s", args, out)
		}
	}
}

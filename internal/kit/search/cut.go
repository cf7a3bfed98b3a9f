package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// run is a piece of folded text without a gap: of Chinese (or Japanese or
// Korean) characters, or of other letters and digits.
type run struct {
	text    string
	chinese bool
}

// longestWord is how many characters of a word tell it from others.
const longestWord = 64

// cut parts folded text into runs.
func cut(text string) []run {
	var runs []run
	start, last := 0, gap
	for i, r := range text + " " { // the space ends the last run
		c := classOf(r)
		if c == last {
			continue
		}
		if last != gap {
			runs = append(runs, runOf(text[start:i], last))
		}
		start, last = i, c
	}
	return runs
}

func runOf(text string, c class) run {
	if c == word {
		text = first(text, longestWord)
	}
	return run{text, c == chinese}
}

// fold gives letters that people take for the same the same form.
func fold(text string) string {
	return strings.ToLower(norm.NFKC.String(strings.ToValidUTF8(text, " ")))
}

// first returns the first n characters of s.
func first(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// class tells the characters of which runs are made from those between them.
type class uint8

const (
	gap class = iota
	word
	chinese
)

func classOf(r rune) class {
	switch {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
		return chinese
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		return word
	}
	return gap
}

// single reports whether the run is one Chinese character.
func (r run) single() bool { return r.chinese && utf8.RuneCountInString(r.text) == 1 }

// pairs returns the pairs of neighbours in a Chinese run.
func (r run) pairs() []string {
	cs := []rune(r.text)
	ps := make([]string, 0, len(cs))
	for i := range len(cs) - 1 {
		ps = append(ps, string(cs[i:i+2]))
	}
	return ps
}

// words returns what stands for the run in an index, in order.
func (r run) words() []string {
	if !r.chinese {
		return []string{r.text}
	}
	_, last := utf8.DecodeLastRuneInString(r.text)
	return append(r.pairs(), r.text[len(r.text)-last:])
}

// words returns what stands for all runs, parted by spaces.
func words(runs []run) string {
	var all []string
	for _, r := range runs {
		all = append(all, r.words()...)
	}
	return strings.Join(all, " ")
}

package authn

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const (
	minPassword = 12
	maxPassword = 128
	// own is how many characters must be left of a password without what
	// everybody begins one with.
	own = 6
)

//go:embed easy.txt
var easyText string

// CheckPassword refuses a password that is too short, too long, of one kind
// of character, made of what everybody chooses, or that holds a name of its
// owner: the user name, or the name of the person.
func CheckPassword(password string, names ...string) error {
	n := utf8.RuneCountInString(password)
	var bad fault.Fields
	bad.Refuse(n < minPassword, "password", i18n.T("密码至少 %d 个字符", "the password needs at least %d characters"), minPassword)
	bad.Refuse(n > maxPassword, "password", i18n.T("密码最多 %d 个字符", "the password may have at most %d characters"), maxPassword)
	if n > maxPassword {
		return bad.Err() // nobody needs to know what else is wrong with a book
	}
	bad.Refuse(kinds(password) < 2, "password", i18n.T("密码应包含字母、数字、符号中的至少两种", "use at least two of letters, digits and symbols"))
	bad.Refuse(holdsName(password, names), "password", i18n.T("密码不能包含用户名或姓名", "the password may not hold the user name or your name"))
	bad.Refuse(n >= minPassword && ownPart(password) < own, "password",
		i18n.T("密码太常见，容易被猜到；建议用几个不相关的词连成一句", "this password is easy to guess; a few unrelated words make a better one"))
	return bad.Err()
}

func holdsName(password string, names []string) bool {
	lower := strings.ToLower(password)
	return slices.ContainsFunc(names, func(name string) bool {
		name = strings.ToLower(strings.TrimSpace(name))
		return utf8.RuneCountInString(name) > 1 && strings.Contains(lower, name)
	})
}

func kinds(s string) int {
	var letter, digit, other int
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letter = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return letter + digit + other
}

// plain undoes the habit of writing letters as digits and signs.
func plain(s string) string {
	return strings.NewReplacer("@", "a", "4", "a", "0", "o", "$", "s", "3", "e", "!", "i", "1", "l", "5", "s").Replace(s)
}

// ownPart counts the characters of a password that are left when easy words,
// dates, rows of keys and repetitions are taken out, whichever way its letters
// are written; each character counts once.
func ownPart(password string) int {
	lower := strings.ToLower(password)
	words := easyWords()
	return min(distinct(without(lower, words)), distinct(without(plain(lower), words)))
}

// easyWords returns the words of easy.txt, the longest first.
func easyWords() (words []string) {
	for line := range strings.Lines(easyText) {
		if !strings.HasPrefix(line, "#") {
			words = append(words, strings.Fields(line)...)
		}
	}
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}

func without(s string, words []string) string {
	for _, w := range words {
		s = strings.ReplaceAll(s, w, " ")
	}
	return dropRuns([]rune(dropYears(s)))
}

// dropYears takes years of living people out, with month and day when they follow.
func dropYears(s string) string {
	var kept strings.Builder
	for i := 0; i < len(s); {
		n := 0
		for i+n < len(s) && s[i+n] >= '0' && s[i+n] <= '9' {
			n++
		}
		if century := s[i:min(i+2, len(s))]; n >= 4 && (century == "19" || century == "20") {
			i += min(n, 8)
			continue
		}
		kept.WriteString(s[i : i+max(n, 1)])
		i += max(n, 1)
	}
	return kept.String()
}

// dropRuns leaves one character of what rises, falls or repeats by one step.
func dropRuns(rs []rune) string {
	var kept []rune
	for i, r := range rs {
		if i > 0 && r-rs[i-1] >= -1 && r-rs[i-1] <= 1 {
			continue
		}
		kept = append(kept, r)
	}
	return string(kept)
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		if !unicode.IsSpace(r) && r != unicode.ReplacementChar {
			seen[r] = true
		}
	}
	return len(seen)
}

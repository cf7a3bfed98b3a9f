package org

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// personal are the forms of numbers that stand for one person, however they are grouped.
type personal struct{ identity, mobile []*regexp.Regexp }

// A day of birth stands inside of the number of an identity card (GB 11643): other
// numbers of that length in groups, like two dates, are none.
var personalForms = sync.OnceValue(func() personal {
	const gap, must = `[\s\v\p{Z}\-－—]?`, `[\s\v\p{Z}\-－—]`
	return personal{
		identity: forms(`\d{17,}[\dXx]`,
			`[1-9](?:`+gap+`\d){5}`+gap+`(?:1`+gap+`9|2`+gap+`0)(?:`+gap+`\d){2}`+gap+`(?:0`+gap+`\d|1`+gap+`[0-2])`+gap+`[0-3]`+gap+`\d(?:`+gap+`\d){3}`+gap+`[\dXx]`),
		mobile: forms(`1[3-9]\d`+gap+`\d{4}`+gap+`\d{4}`, `1[3-9]\d`+gap+`\d{3}`+gap+`\d{5}`, `1`+must+`[3-9](?:`+must+`\d){9}`),
	}
})

func forms(patterns ...string) (all []*regexp.Regexp) {
	for _, p := range patterns {
		all = append(all, regexp.MustCompile(p))
	}
	return all
}

// IdentityNumbers are the places of a text, in bytes, that hold the number of an identity
// card: with spaces or hyphens between its digits too, and in wide digits.
func IdentityNumbers(text string) [][]int { return numbersOf(text, personalForms().identity) }

// MobileNumbers are the places of a text, in bytes, that hold the number of a mobile,
// written as people do: 138 0000 1234, 138-000-01234, 1 3 8 0 0 0 0 1 2 3 4, in wide
// digits too.
func MobileNumbers(text string) [][]int { return numbersOf(text, personalForms().mobile) }

// numbersOf finds numbers that do not go on on either side, in the order of the text.
func numbersOf(text string, forms []*regexp.Regexp) (all [][]int) {
	narrow, at := narrowDigits(text)
	for _, form := range forms {
		for from := 0; from < len(narrow); {
			m := form.FindStringIndex(narrow[from:])
			if m == nil {
				break
			}
			begin, end := from+m[0], from+m[1]
			if !digitAt(narrow, begin-1) && !digitAt(narrow, end) {
				all, from = append(all, []int{at[begin], at[end]}), end
				continue
			}
			for from = begin + 1; digitAt(narrow, from); from++ { // none begins amid digits
			}
		}
	}
	slices.SortFunc(all, slices.Compare)
	return slices.CompactFunc(all, slices.Equal)
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

// narrowDigits writes wide digits as narrow ones: at is where each byte, and the end,
// stood in the text.
func narrowDigits(text string) (narrow string, at []int) {
	var b strings.Builder
	for i, r := range text {
		switch {
		case r >= '０' && r <= '９':
			r += '0' - '０'
		case r == 'Ｘ' || r == 'ｘ':
			r = 'X'
		}
		size := b.Len()
		b.WriteRune(r)
		for range b.Len() - size {
			at = append(at, i)
		}
	}
	return b.String(), append(at, len(text))
}

package org

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// The longest texts, in characters.
const (
	maxName = 100
	maxText = 300
)

// trim takes the blanks off both ends of texts that a person typed or copied,
// those without width among them.
func trim(texts ...*string) {
	for _, t := range texts {
		*t = strings.TrimFunc(*t, func(c rune) bool { return unicode.IsSpace(c) || unicode.Is(unicode.Cf, c) })
	}
}

// unseen are characters that show nothing themselves and change what is read
// around them: controls, those without width, and turns of direction. A name
// with one could pass for another, in a list, across a picture or at the end of
// a file's name.
func unseen(c rune) bool {
	return unicode.IsControl(c) || unicode.In(c, unicode.Cf, unicode.Zl, unicode.Zp)
}

// required refuses a name that is missing, too long or holds what no name holds.
func required(bad *fault.Fields, field, text string) {
	bad.Refuse(text == "", field, i18n.T("请填写此项", "please fill this in"))
	optional(bad, field, text, maxName)
}

// optional refuses a text that is too long or holds what cannot be seen.
func optional(bad *fault.Fields, field, text string, most int) {
	bad.AtMost(most, field, text)
	bad.Refuse(strings.ContainsFunc(text, unseen) || !utf8.ValidString(text), field,
		i18n.T("含有换行、不可见或改变文字方向的字符，请重新输入", "it holds a line break, or a character that cannot be seen or that turns the direction of reading; please type it again"))
}

// phone refuses what cannot be called; none at all is fine.
func phone(bad *fault.Fields, field, text string) {
	bad.Refuse(text != "" && !ValidPhone(text), field, i18n.T("电话号码不对，如 0532-12345678、13812345678、12345", "not a telephone number such as 0532-12345678, 13812345678 or 12345"))
	optional(bad, field, text, maxName)
}

// oneOf refuses what a dictionary does not know, naming what it does; nothing
// at all is fine.
func oneOf(bad *fault.Fields, field, code string, list []Entry) {
	if code == "" || position(list, code) >= 0 {
		return
	}
	if len(list) == 0 {
		bad.Refuse(true, field, i18n.T("请留空", "leave it empty"))
		return
	}
	all := make([]i18n.Text, len(list))
	for i, e := range list {
		all[i] = e.Name
	}
	bad.Refuse(true, field, i18n.T("应为：%s", "must be one of: %s"), i18n.Some(all, 12))
}

// reason refuses to act without one.
func reason(r string) error {
	if strings.TrimSpace(r) == "" {
		return fault.Field("reason", i18n.T("请写明原因", "please give the reason"))
	}
	return nil
}

// patch collects the names of the fields that a change really changes.
type patch struct{ fields []string }

// set takes the new value of a field, where there is one.
func set[T comparable](p *patch, field string, to *T, from *T) {
	if from != nil && *from != *to {
		*to = *from
		p.fields = append(p.fields, field)
	}
}

// Contains adds the condition that one of columns holds q.
func Contains(w *db.Where, q string, columns ...string) { w.AndContains(q, columns...) }

// Within adds the condition that column, a materialised path, lies at or below
// one of paths.
func Within(w *db.Where, column string, paths []string) { w.AndBelow(column, paths...) }

// Told narrows as Within to rows that a unit may not all be told of: where a path is
// that of a region to all, where it is that of a unit to those under a condition.
func Told(w *db.Where, column string, paths []string, told string) {
	regions := slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return !authz.Regional(p) })
	w.AndAny(func(w *db.Where) { Within(w, column, regions) }, func(w *db.Where) {
		Within(w, column, paths)
		w.And(told)
	})
}

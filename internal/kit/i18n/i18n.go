package i18n

import (
	"context"
	"fmt"
	"strings"
)

// Lang is a language that the program speaks, as a BCP 47 tag.
type Lang string

// The languages of the program. Chinese is the default.
const (
	ZH Lang = "zh-CN"
	EN Lang = "en"
)

// Text is one message in every language of the program.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// T pairs a Chinese text with its English twin. Neither may be empty in a
// text that a person sees.
func T(zh, en string) Text { return Text{ZH: zh, EN: en} }

// Same is a text that reads alike in every language: a name, a code, what somebody typed.
func Same(s string) Text { return T(s, s) }

// With fills the verbs of both texts. Where the order of the words differs,
// the texts use explicit indexes (%[2]s).
func (t Text) With(args ...any) Text {
	if len(args) == 0 {
		return t
	}
	return Text{ZH: fmt.Sprintf(t.ZH, localise(ZH, args)...), EN: fmt.Sprintf(t.EN, localise(EN, args)...)}
}

// localise lets a Text be an argument of another Text.
func localise(l Lang, args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(Text); ok {
			a = t.In(l)
		}
		out[i] = a
	}
	return out
}

// Some names the first few of a list, as one text.
func Some(names []Text, most int) Text {
	var zh, en []string
	for _, n := range names[:min(most, len(names))] {
		zh, en = append(zh, n.ZH), append(en, n.EN)
	}
	out := T(strings.Join(zh, "、"), strings.Join(en, ", "))
	if len(names) > most {
		out.ZH, out.EN = out.ZH+" 等", out.EN+" and others"
	}
	return out
}

// In returns the text in language l.
func (t Text) In(l Lang) string {
	if l == EN {
		return t.EN
	}
	return t.ZH
}

// Zero reports whether there is no text at all.
func (t Text) Zero() bool { return t.ZH == "" && t.EN == "" }

type langKey struct{}

// WithLang returns a context whose texts are in l.
func WithLang(ctx context.Context, l Lang) context.Context {
	return context.WithValue(ctx, langKey{}, l)
}

// From returns the language of ctx, Chinese when it names none.
func From(ctx context.Context) Lang {
	if l, ok := ctx.Value(langKey{}).(Lang); ok {
		return l
	}
	return ZH
}

// Here returns the text in the language of ctx.
func (t Text) Here(ctx context.Context) string { return t.In(From(ctx)) }

// Parse reads a language that a person or a browser names; anything that
// does not ask for English is Chinese.
func Parse(s string) Lang {
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(s)), "en") {
		return EN
	}
	return ZH
}

package i18n_test

import (
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/i18n"
)

func TestLanguageOfContext(t *testing.T) {
	text := i18n.T("诉求", "case")
	for lang, want := range map[i18n.Lang]string{i18n.ZH: "诉求", i18n.EN: "case", "": "诉求", "fr": "诉求"} {
		if got := text.Here(i18n.WithLang(t.Context(), lang)); got != want {
			t.Errorf("%q: got %q", lang, got)
		}
	}
	if i18n.From(t.Context()) != i18n.ZH {
		t.Error("without a wish the language is not Chinese")
	}
}

func TestWithFillsBothTexts(t *testing.T) {
	for name, c := range map[string]struct{ got, want i18n.Text }{
		"words in another order": {i18n.T("%s于%d时", "at %[2]d, %[1]s").With("签收", 9), i18n.T("签收于9时", "at 9, 签收")},
		"a text in a text":       {i18n.T("没有找到%s", "no %s").With(i18n.T("诉求", "case")), i18n.T("没有找到诉求", "no case")},
		"no argument":            {i18n.T("完成 100%", "100% done").With(), i18n.T("完成 100%", "100% done")},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %+v", name, c.got)
		}
	}
}

func TestSomeNamesTheFirstFew(t *testing.T) {
	names := []i18n.Text{i18n.T("甲", "A"), i18n.T("乙", "B"), i18n.T("丙", "C")}
	for most, want := range map[int]i18n.Text{3: i18n.T("甲、乙、丙", "A, B, C"), 2: i18n.T("甲、乙 等", "A, B and others")} {
		if got := i18n.Some(names, most); got != want {
			t.Errorf("%d of three: got %v, want %v", most, got, want)
		}
	}
}

func TestZero(t *testing.T) {
	if !(i18n.Text{}).Zero() || i18n.T("有", "").Zero() || i18n.T("", "some").Zero() {
		t.Error("a text is empty only when both languages are")
	}
}

func TestSameReadsAlike(t *testing.T) {
	if got := i18n.Same("A-1"); got.In(i18n.ZH) != "A-1" || got.In(i18n.EN) != "A-1" {
		t.Errorf("%+v", got)
	}
}

func TestParse(t *testing.T) {
	for s, want := range map[string]i18n.Lang{
		"en": i18n.EN, "EN-us": i18n.EN, " en;q=0.9": i18n.EN, "en-GB,zh;q=0.5": i18n.EN,
		"": i18n.ZH, "zh-CN": i18n.ZH, "zh,en": i18n.ZH, "de": i18n.ZH, "xen": i18n.ZH,
	} {
		if got := i18n.Parse(s); got != want {
			t.Errorf("Parse(%q) = %s, want %s", s, got, want)
		}
	}
}

// Whatever a browser says, the answer is a language that the program speaks.
func TestParseKnowsOnlyItsLanguages(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		got := i18n.Parse(rapid.String().Draw(rt, "header"))
		if got != i18n.ZH && got != i18n.EN {
			rt.Fatalf("got %q", got)
		}
	})
}

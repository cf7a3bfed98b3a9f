package violation_test

import (
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/violation"
)

func TestEveryCodeFindsItself(t *testing.T) {
	seen := map[string]bool{}
	once := func(code string, name i18n.Text) {
		if seen[code] {
			t.Errorf("%s stands twice", code)
		}
		if seen[code] = true; name.ZH == "" || name.EN == "" {
			t.Errorf("%s has no name in both languages", code)
		}
	}
	for _, g := range violation.Groups() {
		once(g.Code, g.Name)
		if found, item, ok := violation.Find(g.Code); !ok || found.Code != g.Code || item.Code != "" {
			t.Errorf("%s finds %s %s", g.Code, found.Code, item.Code)
		}
		for _, it := range g.Items {
			once(it.Code, it.Name)
			if found, item, ok := violation.Find(it.Code); !ok || found.Code != g.Code || item.Code != it.Code {
				t.Errorf("%s finds %s %s", it.Code, found.Code, item.Code)
			}
			if violation.GroupOf(it.Code) != g.Code {
				t.Errorf("%s is of %s", it.Code, violation.GroupOf(it.Code))
			}
		}
	}
	if len(violation.Groups()) != 15 {
		t.Errorf("%d groups, want 15 (domain.md 0.24)", len(violation.Groups()))
	}
}

func TestNameSaysGroupAndItem(t *testing.T) {
	for code, want := range map[string]string{"V08": "红包回扣", "V0802": "红包回扣 · 收受红包礼品", "V0306": "药械保健品 · 院外指定地点购药", "X1": "X1"} {
		if got := violation.Name(code).ZH; got != want {
			t.Errorf("%s is %s, want %s", code, got, want)
		}
	}
}

func TestUnknownCodesAreRefused(t *testing.T) {
	for _, code := range []string{"", "V", "V00", "V16", "V0800", "V0808", "V080", "F02", "V08021"} {
		if err := violation.Check("violation", code); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", code, err)
		}
	}
	if err := violation.Check("violation", "V0801"); err != nil {
		t.Error(err)
	}
}

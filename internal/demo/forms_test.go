package demo

import (
	"strings"
	"testing"

	"qingfeng/internal/kit/form"
)

// Of those who were checked no more can be unqualified, whatever the share would be.
func TestChecklistHoldsPartsAgainstTheWhole(t *testing.T) {
	text, err := formFiles.ReadFile("form/inspection.json")
	if err != nil {
		t.Fatal(err)
	}
	f, err := form.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		checked, unqualified int
		refused              bool
	}{{10, 12, true}, {10, 11, true}, {0, 1, true}, {10, 10, false}, {0, 0, false}} {
		_, err := f.Check(map[string]any{"checked": c.checked, "unqualified": c.unqualified})
		if refused := err != nil && strings.Contains(err.Error(), "answers.qualified"); refused != c.refused {
			t.Errorf("%d unqualified of %d: %v", c.unqualified, c.checked, err)
		}
	}
}

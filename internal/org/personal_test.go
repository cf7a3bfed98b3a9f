package org_test

import (
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/org"
)

func TestPersonalNumbersAreFoundHoweverTheyAreWritten(t *testing.T) {
	for text, want := range map[string][]string{
		"":                               nil,
		"电话13800001234。":                 {"13800001234"},
		"138 0000 1234、138-0000-1234":    {"138 0000 1234", "138-0000-1234"},
		"138 000 01234":                  {"138 000 01234"},
		"138　0000　1234":                  {"138　0000　1234"},
		"1 3 8 0 0 0 0 1 2 3 4":          {"1 3 8 0 0 0 0 1 2 3 4"},
		"１３８００００１２３４":                    {"１３８００００１２３４"},
		"2026-07-28 13800001234":         {"13800001234"},
		"130 13800001234":                {"13800001234"},
		"编号138000012345":                 nil,
		"编号9913800001234":                nil,
		"12800001234":                    nil,
		"罚款1380元，没收0001234元":             nil,
		"2026-07-28 至 2026-08-30，共 12 次": nil,
		"2026-07-28 2026-08-30 12":       nil,
	} {
		if got := cut(text, org.MobileNumbers(text)); !slices.Equal(got, want) {
			t.Errorf("mobiles in %q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string][]string{
		"":                       nil,
		"身份证37020219900101123x。": {"37020219900101123x"},
		"370202 19900101 1234":   {"370202 19900101 1234"},
		"3702 0219 9001 0112 3X": {"3702 0219 9001 0112 3X"},
		"370202-19900101-123X":   {"370202-19900101-123X"},
		"３７０２０２１９９００１０１１２３Ｘ": {"３７０２０２１９９００１０１１２３Ｘ"},
		"370202 20150101 1234":     {"370202 20150101 1234"},
		"370202 19901301 1234":     nil,
		"370202 18900101 1234":     nil,
		"2026-07-28 2026-08-30 12": nil,
		"鲁卫罚〔2026〕12号":             nil,
		"1234567890123456789":      {"1234567890123456789"},
	} {
		if got := cut(text, org.IdentityNumbers(text)); !slices.Equal(got, want) {
			t.Errorf("identity cards in %q: %q, want %q", text, got, want)
		}
	}
}

// A long run of digits that is no number is read once, and not anew from each of them: each
// time that something is found costs an allocation.
func TestLongRunsOfDigitsAreReadOnce(t *testing.T) {
	text := strings.Repeat("1", 2000) + "X5"
	if n := testing.AllocsPerRun(1, func() { org.IdentityNumbers(text) }); n > 200 {
		t.Errorf("%v allocations", n)
	}
}

func cut(text string, places [][]int) (all []string) {
	for _, at := range places {
		all = append(all, text[at[0]:at[1]])
	}
	return all
}

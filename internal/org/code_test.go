package org_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/org"
)

// The published samples of domain.md 9.4 and what one wrong character makes of
// them.
func TestCheckDigits(t *testing.T) {
	idCard := func(s string) bool { return org.ValidIDCard(s, today()) }
	for _, tc := range []struct {
		name  string
		valid func(string) bool
		good  []string
		bad   []string
	}{
		{"credit code", org.ValidCreditCode,
			[]string{"12100000400000624D", "9144030071526726XG", "91110000802100433B"},
			[]string{"", "12100000400000624E", "9144030071526726XH", "91110000802100433C", "12100000400000624d", "1210000040000062", "I2100000400000624D", "12100000400000624D "}},
		{"organisation code", org.ValidOrganisationCode,
			[]string{"400000624", "71526726X"},
			[]string{"", "400000625", "715267260", "71526726x", "40000062", "4000006244"}},
		{"identity card", idCard,
			[]string{"11010519491231002X", "440524188001010014"},
			[]string{"", "110105194912310021", "11010519491231002x", "11010519490231002X", "99010519491231002X", "110105202612310027", "010105194912310020"}},
		{"mobile", org.ValidMobile,
			[]string{"13800000000", "19912345678"},
			[]string{"", "12345678901", "1380000000", "138000000000", "+8613800000000", "1380000000a"}},
		{"phone", org.ValidPhone,
			[]string{"13800000000", "0532-12345678", "053212345678", "010-65432100", "65432100", "65432100-801", "12345", "120", "400-123-4567", "0532-12345678、13800000000", "110 / 120"},
			[]string{"", "、", "12", "call me", "0532-1234", "13800000000x", "0571-8778388387022776", "=1+1"}},
		{"e-mail", org.ValidEmail,
			[]string{"a@b.cn"},
			[]string{"", "a@b", "a b@c.cn", "@b.cn", "a@b@c.cn", "a@b.cn."}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for _, s := range tc.good {
				if !tc.valid(s) {
					t.Errorf("%q is refused", s)
				}
			}
			for _, s := range tc.bad {
				if tc.valid(s) {
					t.Errorf("%q is accepted", s)
				}
			}
		})
	}
}

func TestCheckCode(t *testing.T) {
	known := func(region string) bool { return region == "370202" }
	for _, tc := range []struct {
		system org.CodeSystem
		value  string
		good   bool
	}{
		{org.CreditCode, "12100000400000624D", true},
		{org.CreditCode, "12100000400000624E", false},
		{org.Registration, "40000062437020211A1001", true},
		{org.Registration, "40000062537020211A1001", false}, // check digit of the first nine
		{org.Registration, "40000062437020311A1001", false}, // region
		{org.Registration, "40000062437020211A1003", false}, // class
		{org.Registration, "40000062437020211A100", false},
		{org.Registration, "370202100101", true},
		{org.Registration, "370203100101", false},
		{org.InsuranceCode, "H37020200001", true},
		{org.InsuranceCode, "H37020300001", false},
		{org.InsuranceCode, "P37020200001", false},
		{org.InsuranceCode, "H3702020000", false},
		{"stamps", "1", false},
	} {
		if err := org.CheckCode(tc.system, tc.value, known); (err == nil) != tc.good {
			t.Errorf("%s %s: %v", tc.system, tc.value, err)
		}
	}
}

const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// complete returns the only last character that makes s valid.
func complete(t interface{ Fatalf(string, ...any) }, s, alphabet string, valid func(string) bool) string {
	found := ""
	for _, c := range alphabet {
		if valid(s + string(c)) {
			if found != "" {
				t.Fatalf("%s has two check digits", s)
			}
			found = s + string(c)
		}
	}
	if found == "" {
		t.Fatalf("%s has no check digit", s)
	}
	return found
}

// changed returns s with one character replaced by another one of alphabet.
func changed(t *rapid.T, s, alphabet string) string {
	i := rapid.IntRange(0, len(s)-1).Draw(t, "place")
	c := rapid.SampledFrom(strings.Split(strings.ReplaceAll(alphabet, s[i:i+1], ""), "")).Draw(t, "character")
	return s[:i] + c + s[i+1:]
}

// Weights that are no multiple of the prime 31 catch every single mistake.
func TestCreditCodeCatchesEveryMistake(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := complete(t, rapid.StringMatching(`[`+creditAlphabet+`]{17}`).Draw(t, "code"), creditAlphabet, org.ValidCreditCode)
		if wrong := changed(t, s, creditAlphabet); org.ValidCreditCode(wrong) {
			t.Errorf("%s and %s are both valid", s, wrong)
		}
	})
}

// Modulo 11 catches every wrong digit; letters have values that differ by 11.
func TestOrganisationCodeCatchesEveryWrongDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := complete(t, rapid.StringMatching(`[0-9]{8}`).Draw(t, "code"), "0123456789X", org.ValidOrganisationCode)
		if wrong := changed(t, s, "0123456789"); org.ValidOrganisationCode(wrong) {
			t.Errorf("%s and %s are both valid", s, wrong)
		}
	})
}

func TestIdentityCardCatchesEveryWrongDigit(t *testing.T) {
	valid := func(s string) bool { return org.ValidIDCard(s, today()) }
	rapid.Check(t, func(t *rapid.T) {
		s := complete(t, "370202"+rapid.StringMatching(`19[0-9]{2}0[1-9][12][0-8][0-9]{3}`).Draw(t, "number"), "0123456789X", valid)
		if wrong := changed(t, s, "0123456789"); valid(wrong) {
			t.Errorf("%s and %s are both valid", s, wrong)
		}
	})
}

func TestCodesNeverPanic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		for _, system := range []org.CodeSystem{org.CreditCode, org.Registration, org.InsuranceCode} {
			_ = org.CheckCode(system, s, func(string) bool { return true })
		}
		_ = org.ValidIDCard(s, today()) || org.ValidPhone(s) || org.ValidEmail(s) || org.ValidOrganisationCode(s)
	})
}

package org

import (
	"regexp"
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Code is a code that an institution carries or has carried.
type Code struct {
	UnitID    string     `json:"unit_id"`
	System    CodeSystem `json:"system" enum:"uscc,registration,insurance"`
	Value     string     `json:"value"`
	ValidFrom time.Time  `json:"valid_from"`
	ValidTo   time.Time  `json:"valid_to,omitzero"`
}

// CheckCode refuses a code that cannot exist in its system: a wrong length, a
// wrong check digit, an unknown region. Known says which GB/T 2260 codes
// exist; the region inside a unified social credit code is not asked for,
// because registrars above the provinces write 100000.
func CheckCode(system CodeSystem, value string, known func(region string) bool) error {
	switch system {
	case CreditCode:
		return refuseUnless(ValidCreditCode(value), i18n.T("统一社会信用代码应为 18 位且校验码正确", "a unified social credit code has 18 characters and a right check digit"))
	case Registration:
		return checkRegistration(value, known)
	case InsuranceCode:
		if err := refuseUnless(insurancePattern.MatchString(value), i18n.T("医保机构代码应为字母 H 加 11 位数字", "an insurance code is the letter H and 11 digits")); err != nil {
			return err
		}
		return checkRegionIn(value[1:7], known)
	}
	return refuseUnless(false, i18n.T("不认识的代码种类", "this system of codes is not known"))
}

var (
	insurancePattern = regexp.MustCompile(`^H\d{11}$`)
	// 9 organisation code, 6 region, 2 economic type, 4 category, 1 class.
	registrationPattern    = regexp.MustCompile(`^[0-9A-Z]{8}[0-9X]\d{6}\d{2}[0-9A-Z]{4}[129]$`)
	oldRegistrationPattern = regexp.MustCompile(`^\d{12}$`) // 6 region, 4 category, 2 sequence
	orgPattern             = regexp.MustCompile(`^[0-9A-Z]{8}[0-9X]$`)
	idPattern              = regexp.MustCompile(`^[1-9]\d{16}[0-9X]$`)
	mobilePattern          = regexp.MustCompile(`^1[3-9]\d{9}$`)
	landlinePattern        = regexp.MustCompile(`^(0\d{2,3}-?)?[1-9]\d{6,7}(-\d{1,6})?$`)
	hotlinePattern         = regexp.MustCompile(`^(1\d{2}|1[02]\d{3}|9[56]\d{3,6}|[48]00-?\d{3}-?\d{4})$`)
	emailPattern           = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@.]+$`)
)

func refuseUnless(ok bool, text i18n.Text) error {
	if ok {
		return nil
	}
	return fault.Field("value", text)
}

func checkRegionIn(code string, known func(string) bool) error {
	return refuseUnless(known(code), i18n.T("代码中的行政区划 %s 不存在", "the region %s in the code does not exist").With(code))
}

func checkRegistration(value string, known func(string) bool) error {
	if oldRegistrationPattern.MatchString(value) {
		return checkRegionIn(value[:6], known)
	}
	text := i18n.T("登记号应为 22 位（前 9 位为组织机构代码）或 12 位数字", "a registration code has 22 characters, the first nine being the organisation code, or 12 digits")
	if err := refuseUnless(registrationPattern.MatchString(value), text); err != nil {
		return err
	}
	text = i18n.T("登记号前 9 位组织机构代码的校验码不对", "the check digit of the organisation code (first nine characters) is wrong")
	if err := refuseUnless(ValidOrganisationCode(value[:9]), text); err != nil {
		return err
	}
	return checkRegionIn(value[9:15], known)
}

// tidyCode writes a code the way it is stored: capitals without blanks.
func tidyCode(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(s), ""))
}

// creditAlphabet is the alphabet of GB 32100-2015: I, O, S, V and Z are left
// out because they look like digits.
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// ValidCreditCode reports whether s is a unified social credit code of 18
// characters with the right check digit (GB 32100-2015).
func ValidCreditCode(s string) bool {
	if len(s) != 18 {
		return false
	}
	sum, weight := 0, 1
	for i := range 17 {
		v := strings.IndexByte(creditAlphabet, s[i])
		if v < 0 {
			return false
		}
		sum += v * weight
		weight = weight * 3 % 31 // the weights of the standard are the powers of 3
	}
	return s[17] == creditAlphabet[(31-sum%31)%31]
}

// ValidOrganisationCode reports whether s is an organisation code of nine
// characters with the right check digit (GB 11714-1997).
func ValidOrganisationCode(s string) bool {
	if !orgPattern.MatchString(s) {
		return false
	}
	sum := 0
	for i, weight := range [...]int{3, 7, 9, 10, 5, 8, 4, 2} {
		v := int(s[i] - '0')
		if s[i] >= 'A' {
			v = int(s[i]-'A') + 10
		}
		sum += v * weight
	}
	return s[8] == "0X987654321"[sum%11]
}

// ValidIDCard reports whether s is a resident identity number (GB 11643-1999):
// a province that exists, a date of birth before today, the right check
// digit. Counties are not looked up: people keep the number of a county that
// was abolished.
func ValidIDCard(s string, today time.Time) bool {
	if !idPattern.MatchString(s) || !strings.Contains(provinces, s[:2]+" ") {
		return false
	}
	born, err := time.ParseInLocation("20060102", s[6:14], clock.Shanghai)
	if err != nil || born.Year() < 1800 || born.After(today) {
		return false
	}
	sum := 0
	for i, weight := range [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * weight
	}
	return s[17] == "10X98765432"[sum%11]
}

// provinces is the first two digits of every GB/T 2260 code, and 83, which
// residence permits for Taiwan residents begin with.
const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

// ValidMobile reports whether s is a mobile number of the mainland.
func ValidMobile(s string) bool { return mobilePattern.MatchString(s) }

// ValidPhone reports whether s is one telephone number or several, divided
// by 、 or a comma or slash: mobile, landline with or without area code and
// extension, or a short service number such as 12345, 120 or 400-….
func ValidPhone(s string) bool {
	numbers := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,/；; ", r) })
	for _, n := range numbers {
		if !mobilePattern.MatchString(n) && !landlinePattern.MatchString(n) && !hotlinePattern.MatchString(n) {
			return false
		}
	}
	return len(numbers) > 0
}

// ValidEmail reports whether s looks like an e-mail address.
func ValidEmail(s string) bool { return emailPattern.MatchString(s) }

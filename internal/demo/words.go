package demo

import (
	"fmt"
	"strings"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/org"
)

// kindOf puts the story's word for a kind into the dictionary's.
func kindOf(in story.Institution) string {
	if in.Kind == "专科医院" {
		for _, e := range org.InstitutionKinds() {
			if e.Hospital && strings.HasSuffix(in.Name, e.Name.ZH) {
				return e.Code
			}
		}
		return "special-other"
	}
	for _, e := range org.InstitutionKinds() {
		if e.Name.ZH == in.Kind {
			return e.Code
		}
	}
	switch in.Kind {
	case "疾控中心":
		return "cdc"
	case "采供血机构":
		return "blood"
	case "社区卫生服务站":
		return "community-station"
	case "门诊部":
		return "outpatient-general"
	}
	return "clinic"
}

func entryCode(list []org.Entry, name string) string {
	for _, e := range list {
		if e.Name.ZH == name {
			return e.Code
		}
	}
	return ""
}

func placeKind(word string) org.PlaceKind {
	switch word {
	case "门诊":
		return org.Clinic
	case "病区":
		return org.Ward
	case "窗口":
		return org.Window
	case "大厅":
		return org.Hall
	}
	return org.Other
}

// creditCode makes a valid unified social credit code for the n-th
// institution: the check digits are the ones that fit.
func creditCode(region string, n int) string {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	for _, c := range "0123456789X" {
		body := fmt.Sprintf("12%s%08d%c", region, 90_000_000+n, c)
		if !org.ValidOrganisationCode(body[8:17]) {
			continue
		}
		for _, last := range alphabet {
			if code := body + string(last); org.ValidCreditCode(code) {
				return code
			}
		}
	}
	panic("demo: no check digit fits")
}

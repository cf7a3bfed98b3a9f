package org

import (
	"slices"
	"strings"

	"qingfeng/internal/kit/i18n"
)

// Entry is one value of a dictionary. Codes never change: they are stored.
type Entry struct {
	Code string    `json:"code"`
	Name i18n.Text `json:"name"`
	// Hospital says that an institution of this kind counts as a hospital
	// where a rule speaks of hospitals (domain.md 0.6: coverage of 100 %).
	Hospital bool `json:"hospital,omitempty"`
}

func entry(code, zh, en string) Entry { return Entry{Code: code, Name: i18n.T(zh, en)} }
func hospital(code, zh, en string) Entry {
	return Entry{Code: code, Name: i18n.T(zh, en), Hospital: true}
}

// InstitutionKinds lists what an institution may be: the kinds of WS 218 in
// the composition of the implementation rules of 《医疗机构管理条例》
// (domain.md 9.2). Hospitals are those that the statistics count so: nursing
// homes are, maternal and child health institutions are not.
func InstitutionKinds() []Entry {
	return append(hospitalKinds(), []Entry{
		entry("mch-hospital", "妇幼保健院", "Maternal and child health hospital"),
		entry("mch-station", "妇幼保健所（站）", "Maternal and child health station"),
		entry("disease-control-hospital", "专科疾病防治院", "Specialised disease control hospital"),
		entry("disease-control-station", "专科疾病防治所（站）", "Specialised disease control station"),
		entry("community-center", "社区卫生服务中心", "Community health centre"),
		entry("community-station", "社区卫生服务站", "Community health station"),
		entry("township-central", "中心乡镇卫生院", "Central township health centre"),
		entry("township", "乡镇卫生院", "Township health centre"),
		entry("subdistrict", "街道卫生院", "Subdistrict health centre"),
		entry("village", "村卫生室", "Village clinic"),
		entry("outpatient-general", "综合门诊部", "General outpatient department"),
		entry("outpatient-tcm", "中医门诊部", "Chinese medicine outpatient department"),
		entry("outpatient-special", "专科门诊部", "Specialised outpatient department"),
		entry("outpatient-dental", "口腔门诊部", "Dental outpatient department"),
		entry("outpatient-aesthetic", "医疗美容门诊部", "Aesthetic outpatient department"),
		entry("clinic", "诊所", "Clinic"),
		entry("health-post", "卫生所", "Health post"),
		entry("infirmary", "医务室", "Infirmary"),
		entry("emergency-center", "急救中心", "Emergency centre"),
		entry("emergency-station", "急救站", "Emergency station"),
		entry("clinical-laboratory", "临床检验中心", "Clinical laboratory centre"),
		entry("medical-laboratory", "医学检验实验室", "Medical laboratory"),
		entry("pathology", "病理诊断中心", "Pathology centre"),
		entry("imaging", "影像诊断中心", "Imaging centre"),
		entry("dialysis", "血液透析中心", "Haemodialysis centre"),
		entry("checkup", "健康体检中心", "Health examination centre"),
		entry("internet", "互联网医院", "Internet hospital"),
		entry("blood", "采供血机构", "Blood service"),
		entry("cdc", "疾病预防控制中心", "Centre for disease control and prevention"),
		entry("supervision", "卫生监督机构", "Health inspection office"),
	}...)
}

func hospitalKinds() []Entry {
	return []Entry{
		hospital("general", "综合医院", "General hospital"),
		hospital("tcm", "中医医院", "Chinese medicine hospital"),
		hospital("integrated", "中西医结合医院", "Integrated Chinese and Western medicine hospital"),
		hospital("ethnic", "民族医医院", "Ethnic medicine hospital"),
		hospital("special-dental", "口腔医院", "Dental hospital"),
		hospital("special-eye", "眼科医院", "Eye hospital"),
		hospital("special-ent", "耳鼻喉科医院", "Ear, nose and throat hospital"),
		hospital("special-tumour", "肿瘤医院", "Cancer hospital"),
		hospital("special-heart", "心血管病医院", "Cardiovascular hospital"),
		hospital("special-chest", "胸科医院", "Chest hospital"),
		hospital("special-blood", "血液病医院", "Haematology hospital"),
		hospital("special-maternity", "妇产医院", "Maternity hospital"),
		hospital("special-children", "儿童医院", "Children's hospital"),
		hospital("special-mental", "精神病医院", "Psychiatric hospital"),
		hospital("special-infectious", "传染病医院", "Infectious disease hospital"),
		hospital("special-skin", "皮肤病医院", "Skin hospital"),
		hospital("special-tuberculosis", "结核病医院", "Tuberculosis hospital"),
		hospital("special-orthopaedic", "骨科医院", "Orthopaedic hospital"),
		hospital("special-rehabilitation", "康复医院", "Rehabilitation hospital"),
		hospital("special-plastic", "整形外科医院", "Plastic surgery hospital"),
		hospital("special-aesthetic", "美容医院", "Aesthetic hospital"),
		hospital("special-other", "其他专科医院", "Other specialised hospital"),
		hospital("nursing", "护理院", "Nursing home"),
	}
}

// Levels lists the grades of institutions, the highest first (domain.md 9.2).
func Levels() []Entry {
	return []Entry{
		entry("3S", "三级特等", "Level 3 special"),
		entry("3A", "三级甲等", "Level 3 grade A"),
		entry("3B", "三级乙等", "Level 3 grade B"),
		entry("3C", "三级丙等", "Level 3 grade C"),
		entry("3", "三级未定等", "Level 3 ungraded"),
		entry("2A", "二级甲等", "Level 2 grade A"),
		entry("2B", "二级乙等", "Level 2 grade B"),
		entry("2C", "二级丙等", "Level 2 grade C"),
		entry("2", "二级未定等", "Level 2 ungraded"),
		entry("1A", "一级甲等", "Level 1 grade A"),
		entry("1B", "一级乙等", "Level 1 grade B"),
		entry("1C", "一级丙等", "Level 1 grade C"),
		entry("1", "一级未定等", "Level 1 ungraded"),
		entry("0", "未定级", "No level"),
	}
}

// Ownerships lists who may own an institution.
func Ownerships() []Entry {
	return []Entry{
		entry("public", "公立", "Public"),
		entry("private", "民营", "Private"),
		entry("joint", "中外合资", "Sino-foreign joint venture"),
	}
}

// Natures lists the classes by purpose: the classified management of
// institutions (分类管理), non-profit split by who runs it.
func Natures() []Entry {
	return []Entry{
		entry("government", "非营利性（政府办）", "Non-profit, run by government"),
		entry("nonprofit", "非营利性（非政府办）", "Non-profit, not run by government"),
		entry("profit", "营利性", "For profit"),
	}
}

// CodeSystem names a system of institution codes.
type CodeSystem string

// The systems of codes; an institution has at most one current code in each.
const (
	CreditCode    CodeSystem = "uscc"         // 统一社会信用代码, GB 32100-2015
	Registration  CodeSystem = "registration" // 医疗机构登记号, WS 218, 22 characters or 12 digits
	InsuranceCode CodeSystem = "insurance"    // 医保定点医疗机构代码
)

// CodeSystems lists the systems of codes.
func CodeSystems() []Entry {
	return []Entry{
		entry(string(CreditCode), "统一社会信用代码", "Unified social credit code"),
		entry(string(Registration), "医疗机构登记号", "Registration code"),
		entry(string(InsuranceCode), "医保机构代码", "Insurance code"),
	}
}

// Dictionaries is every closed list that the console fills its fields from.
type Dictionaries struct {
	UnitKinds   []Entry `json:"unit_kinds"`
	Kinds       []Entry `json:"institution_kinds"`
	Levels      []Entry `json:"levels"`
	Ownerships  []Entry `json:"ownerships"`
	Natures     []Entry `json:"natures"`
	Subjects    []Entry `json:"subjects" doc:"诊疗科目"`
	AgencyKinds []Entry `json:"agency_kinds"`
	PlaceKinds  []Entry `json:"place_kinds"`
	CodeSystems []Entry `json:"code_systems"`
	ImportKinds []Entry `json:"import_kinds"`
	Roles       []Entry `json:"roles"`
}

// unitKinds lists what a unit may be.
func unitKinds() []Entry {
	return []Entry{
		entry(string(Commission), "卫生健康委", "Health commission"),
		entry(string(Agency), "协同部门", "Partner authority"),
		entry(string(Institution), "医疗卫生机构", "Institution"),
		entry(string(Department), "科室", "Department"),
	}
}

// agencyKinds lists the authorities in the order in which they are declared.
func agencyKinds() []Entry {
	names := AgencyNames()
	return named([]AgencyKind{Insurance, Market, Police, Discipline, Publicity, Development, Hotline}, names)
}

// placeKinds lists the kinds of place in the order in which they are declared.
func placeKinds() []Entry {
	return named([]PlaceKind{Clinic, Ward, Window, Hall, Other}, PlaceNames())
}

func named[K ~string](keys []K, names map[K]i18n.Text) []Entry {
	list := make([]Entry, len(keys))
	for i, k := range keys {
		list[i] = Entry{Code: string(k), Name: names[k]}
	}
	return list
}

// position returns where code stands in a dictionary; -1 when it does not.
func position(list []Entry, code string) int {
	return slices.IndexFunc(list, func(e Entry) bool { return e.Code == code })
}

// names finds the code of an entry that a person names by code or by name.
type names map[string]string

func namesOf(list []Entry) names {
	n := make(names, 3*len(list))
	for _, e := range list {
		for _, said := range []string{e.Name.EN, e.Name.ZH, e.Code} {
			n[plainName(said)] = e.Code
		}
	}
	return n
}

// noCode stands for a word that a dictionary does not have; no dictionary has
// it as a code.
const noCode = "?"

// code returns the code of what was said: empty for nothing, noCode for what
// the dictionary does not have.
func (n names) code(said string) string {
	said = plainName(said)
	if code, ok := n[said]; ok || said == "" {
		return code
	}
	return noCode
}

// plainName takes away what people write differently without meaning it:
// spaces, the width of brackets, the case of letters.
func plainName(s string) string {
	return strings.ToLower(strings.NewReplacer("(", "（", ")", "）", " ", "", "\u3000", "").Replace(s))
}

// NameOf returns what a code of a dictionary is called; the code itself when
// the dictionary does not know it.
func NameOf(list []Entry, code string) i18n.Text {
	if i := position(list, code); i >= 0 {
		return list[i].Name
	}
	return i18n.Same(code)
}

// HospitalKinds returns the codes of the kinds that count as hospitals.
func HospitalKinds() []string {
	var codes []string
	for _, e := range hospitalKinds() {
		codes = append(codes, e.Code)
	}
	return codes
}

// IsHospital reports whether institutions of a kind count as hospitals.
func IsHospital(kind string) bool { return position(hospitalKinds(), kind) >= 0 }

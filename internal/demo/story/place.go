package story

import (
	"slices"
	"strconv"
)

// Department is a department with its subject of practice (诊疗科目).
type Department struct {
	Name    string
	Subject string // dotted code, "03.04"
}

// Departments returns the departments of an institution of that kind: two
// dozen in a hospital, one in a clinic. What treats nobody has none.
func Departments(kind string) []Department {
	switch kind {
	case "综合医院":
		return general()
	case "中医医院":
		return append([]Department{{"中医科", "50"}}, general()[:12]...)
	case "妇幼保健院":
		return []Department{{"产科", "05.02"}, {"妇科", "05.01"}, {"儿科", "07"}, {"乳腺科", "04.01"}, {"儿童保健科", "09"}, {"急诊科", "20"}}
	case "专科医院":
		return general()[:8]
	case "乡镇卫生院", "社区卫生服务中心":
		return []Department{{"全科", "02"}, {"中医科", "50"}, {"儿科", "07"}, {"妇产科", "05"}, {"口腔科", "12"}, {"预防保健科", "01"}}
	case "急救中心", "疾控中心", "采供血机构":
		return nil
	}
	return []Department{{"全科", "02"}}
}

func general() []Department {
	return []Department{
		{"心血管内科", "03.04"}, {"神经内科", "03.03"}, {"呼吸内科", "03.01"}, {"消化内科", "03.02"},
		{"普外科", "04.01"}, {"骨科", "04.03"}, {"急诊科", "20"}, {"康复科", "21"},
		{"内分泌科", "03.07"}, {"肾内科", "03.06"}, {"儿科", "07"}, {"妇产科", "05"},
		{"泌尿外科", "04.04"}, {"神经外科", "04.02"}, {"眼科", "10"}, {"耳鼻喉科", "11"},
		{"口腔科", "12"}, {"皮肤科", "13"}, {"肿瘤科", "19"}, {"中医科", "50"},
		{"精神科", "15"}, {"感染科", "16"}, {"重症医学科", "28"}, {"疼痛科", "27"},
	}
}

// Place is where a code hangs. Kind is 门诊, 病区, 窗口 or 大厅.
type Place struct {
	Name       string
	Kind       string
	Department string // name; empty for halls and windows
}

// Places returns the places of an institution: halls and windows first, then
// waiting areas and wards of its departments.
func Places(i Institution) []Place {
	departments := Departments(i.Kind)
	if len(departments) <= 1 {
		return []Place{{"接诊台", "门诊", only(departments)}}
	}
	out := []Place{
		{"门诊一楼大厅", "大厅", ""}, {"门诊收费窗口", "窗口", ""}, {"门诊药房窗口", "窗口", ""},
	}
	if i.Beds > 0 {
		out = append(out, Place{"出入院结算处", "窗口", ""}, Place{"检验科抽血窗口", "窗口", ""})
	}
	for n, d := range departments {
		out = append(out, Place{"门诊" + floor(n/6+1) + "楼" + d.Name + "候诊区", "门诊", d.Name})
	}
	if i.Beds > 0 {
		for n, d := range departments {
			out = append(out, Place{"住院部" + strconv.Itoa(n/2+3) + "楼" + d.Name + "护士站", "病区", d.Name})
		}
	}
	return slices.Clip(out)
}

// only returns the name of the one department, if there is one.
func only(d []Department) string {
	if len(d) == 0 {
		return ""
	}
	return d[0].Name
}

// floor writes the number of a storey as signs do.
func floor(n int) string { return string([]rune("零一二三四五六七八九")[n%10]) }

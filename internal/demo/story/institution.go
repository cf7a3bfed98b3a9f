package story

import "strings"

// Institution is an invented institution. Kind, Level and Ownership are the
// words of the dictionaries: 综合医院, 三级甲等, 公立.
type Institution struct {
	Name      string
	Region    string // code of its district, or of the city
	Town      string // code of its street or town; empty when it serves a district or the city
	Kind      string
	Level     string
	Ownership string
	Beds      int // 0 where nobody stays overnight
}

// tier is a floor of the health service: how many it can have, and its share
// of a city of any size.
type tier struct {
	share int // percent
	all   []Institution
}

// Institutions returns the n first institutions of the city, at most about
// five thousand, from the great hospitals to the village rooms. Every n has
// some of every tier.
func Institutions(n int) []Institution {
	tiers := []tier{
		{18, cityHospitals()}, {30, districtHospitals()}, {12, privateHospitals()},
		{16, townCentres()}, {8, outpatient()}, {100, small()},
	}
	var out []Institution
	for _, t := range tiers {
		take := min(len(t.all), (n*t.share+99)/100, n-len(out))
		out = append(out, t.all[:take]...)
	}
	return fillUp(out, tiers, n)
}

// fillUp adds what the shares left out, until there are n.
func fillUp(out []Institution, tiers []tier, n int) []Institution {
	have := make(map[string]bool, n)
	for _, i := range out {
		have[i.Name] = true
	}
	for _, t := range tiers {
		for _, i := range t.all {
			if len(out) < n && !have[i.Name] {
				out = append(out, i)
			}
		}
	}
	return out
}

func cityHospitals() []Institution {
	const public = "公立"
	return []Institution{
		{"清江市第一人民医院", CityCode, "", "综合医院", "三级甲等", public, 1800},
		{"清江市中医医院", CityCode, "", "中医医院", "三级甲等", public, 900},
		{"清江市妇幼保健院", CityCode, "", "妇幼保健院", "三级甲等", public, 600},
		{"清江市第二人民医院", CityCode, "", "综合医院", "三级乙等", public, 1100},
		{"清江市儿童医院", CityCode, "", "专科医院", "三级甲等", public, 700},
		{"清江市肿瘤医院", CityCode, "", "专科医院", "三级甲等", public, 800},
		{"清江市第三人民医院", CityCode, "", "综合医院", "三级乙等", public, 750},
		{"清江市口腔医院", CityCode, "", "专科医院", "三级乙等", public, 60},
		{"清江市精神卫生中心", CityCode, "", "专科医院", "三级乙等", public, 500},
		{"清江市急救中心", CityCode, "", "急救中心", "未定级", public, 0},
		{"清江市疾病预防控制中心", CityCode, "", "疾控中心", "未定级", public, 0},
		{"清江市中心血站", CityCode, "", "采供血机构", "未定级", public, 0},
		{"清江市眼科医院", CityCode, "", "专科医院", "三级乙等", public, 200},
		{"清江市康复医院", CityCode, "", "专科医院", "二级甲等", public, 300},
	}
}

func districtHospitals() []Institution {
	var out []Institution
	for _, form := range []Institution{
		{"人民医院", "", "", "综合医院", "二级甲等", "公立", 450},
		{"中医医院", "", "", "中医医院", "二级甲等", "公立", 260},
		{"妇幼保健院", "", "", "妇幼保健院", "二级甲等", "公立", 120},
		{"疾病预防控制中心", "", "", "疾控中心", "未定级", "公立", 0},
		{"第二人民医院", "", "", "综合医院", "二级乙等", "公立", 180},
	} {
		for _, d := range districts() {
			form := form
			form.Name, form.Region = d.name+form.Name, d.code
			out = append(out, form)
		}
	}
	return out
}

// brands are the invented names of private institutions.
func brands() []string {
	return []string{
		"云帆", "明澈", "杏禾", "康桥", "百川", "晨曦", "青藤", "恒心", "嘉禾", "橡树", "南山竹", "启明", "长青",
		"安澜", "松柏", "润生", "若水", "初心", "暖阳", "岐黄里", "白杨", "天和里", "宜家康", "福安里", "佳音",
	}
}

func privateHospitals() []Institution {
	forms := []string{"骨科医院", "眼科医院", "妇产医院", "口腔医院", "康复医院", "综合医院"}
	var out []Institution
	for i, brand := range brands() {
		d := districts()[i%len(districts())]
		form := forms[i%len(forms)]
		kind := "专科医院"
		if form == "综合医院" {
			kind, form = "综合医院", "医院"
		}
		level := []string{"二级未定等", "一级未定等"}[i%2]
		out = append(out, Institution{"清江" + brand + form, d.code, "", kind, level, "民营", 40 + i*7%120})
	}
	return out
}

// eachTown calls visit for the towns of the city, a town of every district
// before the second of any, so that a small city has them everywhere.
func eachTown(visit func(d district, town Region)) {
	var all [][]Region
	for i, d := range districts() {
		all = append(all, towns(d, i))
	}
	for n := range all[0] {
		for i, d := range districts() {
			visit(d, all[i][n])
		}
	}
}

func townCentres() []Institution {
	var out []Institution
	eachTown(func(d district, town Region) {
		i := Institution{town.Name + "社区卫生服务中心", d.code, town.Code, "社区卫生服务中心", "一级甲等", "公立", 0}
		if d.rural {
			i.Name, i.Kind, i.Beds = d.name+town.Name+"卫生院", "乡镇卫生院", 45
		}
		out = append(out, i)
	})
	return out
}

func outpatient() []Institution {
	var out []Institution
	for i, brand := range brands() {
		for j, form := range []string{"综合门诊部", "口腔门诊部", "中医门诊部", "医疗美容门诊部", "血液透析中心", "健康体检中心"} {
			d := districts()[(i+j)%len(districts())]
			kind := strings.TrimPrefix(form, "综合")
			out = append(out, Institution{d.name + brand + form, d.code, "", kind, "未定级", "民营", 0})
		}
	}
	return out
}

// small are stations, clinics and village rooms: whatever the larger tiers
// leave of a city.
func small() []Institution {
	var out []Institution
	villages := []rune("石杨柳桃李杏松竹梅兰菊荷溪湾坪沟岭坝")
	parts := []string{"坝", "庄", "湾", "坪", "沟"}
	for n := range len(villages) * len(parts) {
		round := n
		eachTown(func(d district, town Region) {
			if len(out) >= smallest {
				return
			}
			out = append(out, stall(d, town, round, string(villages[round%len(villages)])+parts[round/len(villages)]))
		})
	}
	return out
}

// smallest bounds the number of the smallest institutions.
const smallest = 4800

// stall is the n-th small institution of a town; place is a village's name.
func stall(d district, town Region, n int, place string) Institution {
	i := Institution{Region: d.code, Town: town.Code, Level: "未定级", Ownership: "民营"}
	switch {
	case d.rural && n%4 != 3:
		i.Name, i.Kind, i.Ownership = d.name+town.Name+place+"村卫生室", "村卫生室", "公立"
	case n%4 == 0:
		i.Name, i.Kind, i.Ownership = town.Name+place+"社区卫生服务站", "社区卫生服务站", "公立"
	default:
		family := []rune(surnames)
		form := []string{"口腔诊所", "中医诊所", "内科诊所"}[n%3]
		i.Name, i.Kind = town.Name+string(family[n%len(family)])+"氏"+form, "诊所"
	}
	return i
}

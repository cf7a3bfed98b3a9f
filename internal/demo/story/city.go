package story

import "strconv"

// Region is a place in the order of GB/T 2260. Codes from 99 belong to no
// province, so nothing here can be mistaken for a real place.
type Region struct {
	Code   string // 6 digits; 9 for a town or street
	Name   string
	Parent string // code of the region above; empty for the province
}

// The codes of the province and of the city.
const (
	ProvinceCode = "990000"
	CityCode     = "990100"
)

// rural tells counties, which have towns, from districts, which have streets.
type district struct {
	code, name string
	rural      bool
}

func districts() []district {
	return []district{
		{"990102", "临江区", false}, {"990103", "北岸区", false}, {"990104", "云山区", false},
		{"990105", "新港区", false}, {"990106", "望湖区", false},
		{"990121", "石桥县", true}, {"990122", "青禾县", true}, {"990123", "白鹭县", true},
	}
}

// townNames are given out to the districts in turn: twelve each.
func townNames() []string {
	return []string{
		"柳溪", "石坝", "双桥", "枫林", "莲塘", "高坪", "竹园", "龙泉湾", "杏花", "桃源里", "清水湾", "月亮湾",
		"望江", "滨河", "银杏", "翠竹", "春晖", "桂花", "江南里", "百草", "文昌里", "书院", "东门", "西关",
		"南浦", "北塘", "青石", "白沙", "长堤", "渡口", "平湖里", "梅岭", "松涛", "云栖", "雁栖里", "鹤鸣",
		"仁和里", "永安里", "太平里", "丰乐", "兴隆", "万福", "庆丰", "和平里", "新华里", "建设里", "朝阳里", "红旗里",
		"沙洲", "芦苇荡", "鱼梁", "橘园", "茶亭", "枣林", "柿子园", "麦浪", "稻香里", "菱角", "荷塘里", "桑园",
		"大坪", "小河", "上湾", "下湾", "新庄", "杨柳", "东沟", "西坡", "河口", "岭南里", "洞桥", "石门里",
		"云雾", "青峰", "玉泉里", "灵岩", "古塔", "铁佛", "钟楼里", "牌坊", "铜铃", "铁索", "金鸡", "银滩",
		"观澜里", "听松", "揽月", "栖霞里", "紫云里", "丹霞里", "碧水", "蓝田里", "绿野", "白云里", "黄泥岗", "乌石",
	}
}

// Regions returns the province, the city, its districts and counties, and
// their streets and towns, each after its parent.
func Regions() []Region {
	out := []Region{{ProvinceCode, "澜江省", ""}, {CityCode, "清江市", ProvinceCode}}
	for _, d := range districts() {
		out = append(out, Region{d.code, d.name, CityCode})
	}
	for i, d := range districts() {
		out = append(out, towns(d, i)...)
	}
	return out
}

// towns returns the towns of the i-th district.
func towns(d district, i int) []Region {
	all := townNames()
	each := len(all) / len(districts())
	out := make([]Region, 0, each)
	for n, name := range all[i*each : (i+1)*each] {
		suffix, code := "街道", 1+n
		if d.rural {
			suffix, code = "镇", 100+n
			if n%4 == 3 {
				suffix, code = "乡", 200+n
			}
		}
		digits := strconv.Itoa(1000 + code)[1:]
		out = append(out, Region{d.code + digits, name + suffix, d.code})
	}
	return out
}

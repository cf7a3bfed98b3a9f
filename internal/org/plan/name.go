package plan

import (
	"regexp"
	"strings"

	"qingfeng/internal/kit/outline"
)

// CommonSurnames are those of nine in ten people. 某 is none.
const CommonSurnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"

// otherSurnames are those that CommonSurnames leaves out; those that a post, a
// unit or a word of office begins with are none here (党, 支, 班, 全, 公, 从).
const otherSurnames = "邬欧俞柳酆鲍费岑倪滕殷毕安常乐时傅皮卞齐康伍元卜平和穆萧湛祁禹狄米贝明臧计伏成茅庞纪舒屈项祝阮蓝闵席季麻强路娄危童颜梅盛刁骆樊凌霍虞柯昝管经房裘缪干解应宗宣贲郁单杭洪包诸左吉钮嵇邢滑裴荣翁荀羊於惠甄曲家封芮羿储靳汲松井富巫乌焦巴弓牧隗山谷车宓蓬郗仰秋仲伊宫宁仇栾甘厉戎祖符景詹束幸司韶郜蓟薄印宿怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘翟贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容古易慎戈庾终暨居衡步都耿满弘匡国文寇广禄阙东殴殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓尧由苗代兰候揭迟商苑褚卫展初仝税岳帅缑亢况有琴晋楚法汝鄢涂钦佘佴伯赏墨哈谯笪年爱阳佟尤施华戚喻柏窦章云葛奚郎鲁昌凤花廉谈邴糜邝苟亓麦粟芦邸植冼"

const doubleSurnames = "欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|东方|司徒|长孙|宇文|端木|南宫|西门|申屠|淳于|单于|呼延|闻人"

// onePerson is a name, by its form; one of two characters may be spread.
const onePerson = `(?:(?:` + doubleSurnames + `)\p{Han}{1,2}|[` + CommonSurnames + otherSurnames + `](?:\p{Han}{1,2}|[\s\x{3000}]+\p{Han})|\p{Han}{2,8}·\p{Han}{2,8})`

// posts are what a word before or behind a name ends with.
const posts = `长|书记|主任|委员|主席|民警|委|员|师|经理|总监|负责人|巡视员|干事|专干|处级|科级|干部|站|所|院|局|科|办|队|会|中心`

var (
	nameAlone = regexp.MustCompile(`^(` + onePerson + `)(?:同志)?$`)
	// nameBehind is a name with a post right before it: 局长王某某.
	nameBehind = regexp.MustCompile(`^\p{Han}*(?:` + posts + `)(` + onePerson + `)(?:同志)?$`)
	// nameBefore is a name with a post right behind it: 王某某副局长.
	nameBefore = regexp.MustCompile(`^((?U:` + onePerson + `))(?:同志)?(?:常务)?副?(?:[局院处科部站所县区市镇乡组]长|书记|主任|主席)$`)
	// noName is what no name ends with.
	noName     = regexp.MustCompile(`[室科部局委办会站所院处组股班长任员记师队层级区县市镇乡村街省旗盟州]$|单位|部门|领导|机构|负责|医院|科室|同志|人员|相关|有关`)
	remark     = regexp.MustCompile(`[（(][^（）()]*[）)]`)
	spreadName = regexp.MustCompile(`^(` + onePerson + `)(?:[\s\x{3000}]|$)`)
	token      = regexp.MustCompile(`[^\s\x{3000}]+`)
	entry      = regexp.MustCompile(`(?:[^、，,；;（()）]|[（(][^（）()]*[）)])+`)
)

// people are those whom a list names, one an item of it: a name, a name and a post in
// whatever order, several names with spaces between them, or a blank, which is an
// empty place.
func (r *reading) people(list outline.Span) (all []outline.Span) {
	for _, m := range r.text.FindAll(list, entry, -1) {
		item := r.text.Trim(m[0])
		if note := r.text.Find(item, remark); note != nil {
			item = r.text.Trim(outline.Span{Start: item.Start, End: note[0].Start})
		}
		all = append(all, r.peopleOf(item)...)
	}
	return all
}

// peopleOf are those of one item.
func (r *reading) peopleOf(item outline.Span) (all []outline.Span) {
	for rest := item; !rest.Empty(); rest = r.text.Trim(rest) {
		if m := r.text.Find(rest, spreadName); len(m) > 0 && isName(r.text.At(m[1])) {
			all = append(all, m[1])
			rest.Start = m[1].End
			continue
		}
		word := r.text.Find(rest, token)[0]
		if name, is := r.nameIn(word); is {
			all = append(all, name)
		}
		rest.Start = word.End
	}
	return all
}

// nameIn is the name that a word is, or has beside a post; an empty place for one
// that is left to be filled in.
func (r *reading) nameIn(word outline.Span) (outline.Span, bool) {
	if unnamed.MatchString(r.text.At(word)) {
		return outline.Span{}, true
	}
	for _, form := range []*regexp.Regexp{nameAlone, nameBehind, nameBefore} {
		if m := r.text.Find(word, form); len(m) > 0 && isName(r.text.At(m[1])) {
			return m[1], true
		}
	}
	return outline.Span{}, false
}

// isName reports whether what has a name's form is none of the words of office that
// have it too.
func isName(text string) bool { return !noName.MatchString(strings.TrimSpace(text)) }

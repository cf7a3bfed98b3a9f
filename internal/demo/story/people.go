package story

import "strings"

// Person is an invented inhabitant.
type Person struct {
	Name   string
	Female bool
	Age    int    // 18 to 88
	Phone  string // eleven digits
}

// Surnames by how common they are: the first ones come up more often.
const surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"

// Characters of given names: for women, for men, for either.
const (
	womanly = "芳娟敏静丽艳娜秀兰英霞燕玲萍红梅莉蓉琴洁慧婷雪倩颖琳蕾薇菲璐瑶佳怡欣妍琪彤悦馨淑珍凤桂香春莲翠巧云月娥"
	manly   = "伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭峰林龙海山国建志德福贵荣庆永长根生水金宝仁义信成泽轩昊宸睿博"
	neutral = "文晓一子思安宁清江远川岚溪林雨晨阳星禾知言之以若亦南北可小新正中立世家学书"
)

// elderly is the age from which names follow the fashion of their time.
const elderly = 55

// person is the stream of people, apart from that of cases.
const personStream = 0x70656F706C65

// Person returns inhabitant n: the same n, the same person. No two of the
// first ten million share a telephone number.
func (g *Generator) Person(n uint64) Person {
	d := dice(mix(g.seed^personStream, n))
	p := Person{Female: d.chance(52), Age: 18 + d.below(40) + d.below(32)}
	p.Name = name(&d, p.Female, p.Age)
	p.Phone = phone(mix(g.seed, personStream), n)
	return p
}

// name invents a name. Single given names are out of fashion among the young.
func name(d *dice, female bool, age int) string {
	family := []rune(surnames)
	given := []rune(manly)
	if female {
		given = []rune(womanly)
	}
	var b strings.Builder
	b.WriteRune(family[min(d.below(len(family)), d.below(len(family)))])
	if d.chance(12) {
		b.WriteRune(one(d, given))
		return b.String()
	}
	first := given
	if age < elderly || d.chance(40) {
		first = []rune(neutral)
	}
	b.WriteRune(one(d, first))
	b.WriteRune(one(d, given))
	return b.String()
}

// The numbers begin with 1540: it has the shape of a mobile number, and no
// operator hands it out, so nobody's telephone rings.
const (
	prefix = "1540"
	room   = 10_000_000
	// stride is coprime to room, so n × stride visits every number once.
	stride = 7_654_321
)

// phone returns the number of inhabitant n.
func phone(seed, n uint64) string {
	at := (n%room*stride + seed%room) % room
	digits := []byte(prefix + "0000000")
	for i := len(digits) - 1; at > 0; i-- {
		digits[i] = byte('0' + at%10)
		at /= 10
	}
	return string(digits)
}

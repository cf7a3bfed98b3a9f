package sanction

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// somebody is a person whose certificate has letters.
func somebody() Subject {
	return Subject{Kind: Practitioner, Name: "张三", Certificate: "ZS20200012"}
}

func TestMaskedText(t *testing.T) {
	unit := Subject{Kind: Institution, Name: "临江区第一医院"}
	for _, c := range []struct {
		x        Subject
		whole    bool
		in, want string
	}{
		{somebody(), false, "张三重复收费。", "张某重复收费。"},
		{somebody(), false, "张 三、张　三重复收费。", "张某、张某重复收费。"},
		{somebody(), true, "张 三，证书 zs 20200012", "张 三，证书 ***"},
		{somebody(), false, "证书zs20200012、Zs2020 0012、ZS20200012", "证书***、***、***"},
		{somebody(), false, "电话13800001234,13900001234，编号138000012345", "电话***,***，编号138000012345"},
		{somebody(), false, "身份证37020219900101123x，370202199001011234", "身份证***，***"},
		{somebody(), false, "电话138 0000 1234、１３９００００１２３４，身份证370202 19900101 123X", "电话***、***，身份证***"},
		{Subject{Kind: Person, Name: "张某"}, false, "张某没有全名。", "张某没有全名。"},
		{Subject{Kind: Person, Name: "张三"}, false, "张三没有证书。", "张某没有证书。"},
		{Subject{Kind: Person, Name: "张三", Certificate: "370202199001011234"}, false, "张三，3702021990 01011234，370202199001011234", "张某，***，***"},
		{Subject{Kind: Practitioner, Name: "张三", Certificate: "***"}, false, "张三，电话13800001234，证书***", "张某，电话***，证书***"},
		{Subject{Kind: Practitioner, Name: "张三", Certificate: "*1 *"}, false, "张三，证书*1*", "张某，证书***"},
		{Subject{Kind: Person, Name: "某 某", Certificate: "*"}, false, "某某、某 某的证书是 *。", "某某、某 某的证书是 *。"},
		{unit, false, "临江区第一医院，电话13800001234", "临江区第一医院，电话***"},
		{somebody(), false, "", ""},
	} {
		if got := c.x.masked(c.in, c.whole); got != c.want {
			t.Errorf("%q is %q, want %q", c.in, got, c.want)
		}
	}
}

// What a proposal begins with is never refused, and of a text that tells nothing not a
// word is lost.
func TestLawOfMaskedTexts(t *testing.T) {
	x := somebody()
	word := rapid.SampledFrom([]string{"张", "三", "张三", " ", "　", ",", "被罚", "ZS20200012", "zs2020 ", "0012", "13800001234", "37020219900101123X", "370202 19900101", "-1234", "138 0000", "１３８０", "9"})
	rapid.Check(t, func(rt *rapid.T) {
		in, whole := strings.Join(rapid.SliceOfN(word, 0, 12).Draw(rt, "words"), ""), rapid.Bool().Draw(rt, "whole")
		got := x.masked(in, whole)
		if left := x.untold(got, whole); len(left) > 0 {
			rt.Fatalf("%q became %q, which tells %v", in, got, left)
		}
		if len(x.untold(in, whole)) == 0 && got != in {
			rt.Fatalf("%q became %q and told nothing", in, got)
		}
	})
}

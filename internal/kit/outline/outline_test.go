package outline

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// tree draws the headings of a text, one a line: depth, number, title.
func tree(text string) string {
	t := Text([]rune(text))
	var b strings.Builder
	var walk func([]*Heading, string)
	walk = func(all []*Heading, indent string) {
		for _, h := range all {
			fmt.Fprintf(&b, "%s%s|%s|%s\n", indent, t.At(h.Number), t.At(h.Title), t.At(h.Body))
			walk(h.Children, indent+"  ")
		}
	}
	walk(t.Parse(Span{End: len(t)}), "")
	return b.String()
}

func TestHeadings(t *testing.T) {
	for what, c := range map[string]struct{ text, want string }{
		"as GB/T 9704 numbers them": {"一、总体要求\n（一）目标。做好工作。\n1、第一项内容\n（1）细节内容\n二、工作要求\n抓好落实。",
			"一|总体要求|\n  （一）|目标|做好工作。\n    1|第一项内容|\n      （1）|细节内容|\n二|工作要求|抓好落实。\n"},
		"lines lost": {"特制定本方案。一、指导思想以人民为中心，做好工作。二、工作任务（一）自查。各单位自查。（二）整改。各单位整改。",
			"一|指导思想|以人民为中心，做好工作。\n二|工作任务|\n  （一）|自查|各单位自查。\n  （二）|整改|各单位整改。\n"},
		"a number that is cited":          {"一、任务\n按照第三、四条办理。", "一|任务|按照第三、四条办理。\n"},
		"not the next of its list":        {"一、任务\n办好。三、不是标题。", "一|任务|办好。三、不是标题。\n"},
		"a page number in the sentence":   {"一、安排\n" + strings.Repeat("各单位要认真做好这一项工作", 6) + "\n2、结合实际部署。", "一|安排|" + strings.Repeat("各单位要认真做好这一项工作", 6) + "\n2、结合实际部署。\n"},
		"a decimal":                       {"一、任务\n1.5万元以上的。", "一|任务|1.5万元以上的。\n"},
		"a date behind the title":         {"一、步骤\n（一）动员阶段（2021年7月31日前）。开会。", "一|步骤|\n  （一）|动员阶段|（2021年7月31日前）。开会。\n"},
		"in brackets, behind half a line": {"一、任务（一）规范收费。各单位自查。责任科室：财务科（二）规范用药。各科点评。", "一|任务|\n  （一）|规范收费|各单位自查。责任科室：财务科\n  （二）|规范用药|各科点评。\n"},
		"cited in brackets":               {"一、任务\n（一）收费。按第（二）项和（二）款办。", "一|任务|\n  （一）|收费|按第（二）项和（二）款办。\n"},
		"behind a space":                  {"一、任务 规范收费 责任科室：财务科 二、要求 抓好落实", "一|任务|规范收费 责任科室：财务科\n二|要求|抓好落实\n"},
		"behind a line without a stop":    {"一、任务\n" + strings.Repeat("各单位要认真做好这一项工作", 6) + "\n二、要求\n抓好。", "一|任务|" + strings.Repeat("各单位要认真做好这一项工作", 6) + "\n二|要求|抓好。\n"},
		"a list with short titles":        {"一、任务\n1.把好关。严格审核协议。\n2.自查阶段（2025年4月—6月）：各单位自查。\n3.检查收费情况。（责任科室：财务科）\n4.检查用药情况。\n二、要求\n抓好。", "一|任务|\n  1|把好关|严格审核协议。\n  2|自查阶段|（2025年4月—6月）：各单位自查。\n  3||检查收费情况。（责任科室：财务科）\n  4||检查用药情况。\n二|要求|抓好。\n"},
		"a list that is cut off":          {"一、任务\n1.检查收费情况；\n2.检查用药情\n", "一|任务|\n  1||检查收费情况；\n  2||检查用药情\n"},
		"a date in digits":                {"一、步骤\n（一）动员阶段（2021.7.1-2021.7.31）。开会。", "一|步骤|\n  （一）|动员阶段|（2021.7.1-2021.7.31）。开会。\n"},
		"a part that runs on":             {"一、对象\n（一）检查范围各级各类医疗机构，重点是民营医院和门诊部。（二）检查时间另行通知。", "一|对象|\n  （一）|检查范围|各级各类医疗机构，重点是民营医院和门诊部。\n  （二）|检查时间|另行通知。\n"},
		"above ten":                       {"九、甲\n十、乙\n十一、丙", "九|甲|\n十|乙|\n十一|丙|\n"},
		"nothing":                         {"没有标题的一段话。", ""},
	} {
		t.Run(what, func(t *testing.T) {
			if got := tree(c.text); got != c.want {
				t.Errorf("%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestValueOfNumbers(t *testing.T) {
	for number, want := range map[string]int{"一": 1, "九": 9, "十": 10, "十一": 11, "二十": 20, "九十九": 99, "（三）": 3, "12": 12, "(7)": 7} {
		if got := valueOf(number); got != want {
			t.Errorf("%s: %d, want %d", number, got, want)
		}
	}
}

func TestPlacesAreCountedInCharacters(t *testing.T) {
	text := Text([]rune("甲乙ab丙丁ab"))
	found := text.FindAll(Span{Start: 1, End: len(text)}, regexp.MustCompile(`a(b)(x)?`), -1)
	if len(found) != 2 || found[0][0] != (Span{2, 4}) || found[1][1] != (Span{7, 8}) || !found[1][2].Empty() {
		t.Errorf("%v", found)
	}
}

func TestLawOfSpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"一、", "二、", "（一）", "（二）", "1、", "2.", "（1）", "\n", "。", "任务", "各单位要", " ", "步骤(2021年7月)", "x"})).Draw(t, "parts")
		text := Text([]rune(strings.Join(parts, "")))
		last := 0
		var walk func([]*Heading, Span)
		walk = func(all []*Heading, within Span) {
			for _, h := range all {
				if h.Number.Start < last || h.Whole.Start < within.Start || h.Whole.End > within.End || h.Whole.End < h.Number.End {
					t.Fatalf("%q: %+v in %+v", string(text), h, within)
				}
				last = h.Number.End
				if !h.Title.Empty() && (h.Title.Start < h.Number.End || h.Title.End > h.Whole.End) || !h.Body.Empty() && (h.Body.Start < h.Title.End || h.Body.End > h.Whole.End) {
					t.Fatalf("%q: %+v", string(text), h)
				}
				walk(h.Children, h.Whole)
			}
		}
		walk(text.Parse(Span{End: len(text)}), Span{End: len(text)})
	})
}

// A place before the last one is found from there, not from the beginning: the groups
// of each match lie before its end.
func TestPlacesAreWalkedToOnce(t *testing.T) {
	text := strings.Repeat("一、", 10_000)
	r := newRuler(text)
	for _, m := range regexp.MustCompile(`(一)、`).FindAllStringSubmatchIndex(text, -1) {
		for _, b := range m {
			if got, want := r.at(b), b/len("一"); got != want {
				t.Fatalf("byte %d is character %d, want %d", b, got, want)
			}
		}
	}
	if most := 10 * len(text); r.walked > most {
		t.Errorf("%d steps for %d bytes", r.walked, len(text))
	}
}

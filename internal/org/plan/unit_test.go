package plan

import "testing"

func TestTaskWithoutItsUnits(t *testing.T) {
	for text, want := range map[string]string{
		"规范收费行为。": "规范收费行为。",
		"公示价格。（责任单位：市医保局、市卫健委）":                "公示价格。",
		"公示价格（牵头单位：市医保局；配合单位：市卫健委（疾控局））。核对清单。": "公示价格。核对清单。",
		"公示价格。\n责任单位：市医保局；配合单位：市卫健委。\n核对清单。":   "公示价格。\n\n核对清单。",
		"公示价格。（市医保局牵头，市卫健委配合）":                 "公示价格。",
		"检查负责人的执业资格（含外聘）。":                     "检查负责人的执业资格（含外聘）。",
		"责任单位：市医保局": "",
	} {
		if got := WithoutUnits(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

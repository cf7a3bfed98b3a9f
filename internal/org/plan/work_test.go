package plan_test

import (
	"strings"
	"testing"

	"qingfeng/internal/kit/costtest"
	"qingfeng/internal/org/plan"
)

// Whatever a document repeats within one sentence or list, reading it is no more work
// than its length.
func TestLongSentencesAreLittleWork(t *testing.T) {
	const head = "整治工作方案\n为了加强管理，保障人民群众的健康权益，结合本地实际，制定本方案，请各单位认真组织实施，确保取得实效，不得走过场，务必落实到位。\n一、工作目标\n实现全覆盖。\n"
	for what, text := range map[string]string{
		"shares of one sentence":   head + "二、工作任务\n检查" + strings.Repeat("覆盖率5%，", 20_000),
		"days of one sentence":     head + "二、工作任务\n检查。报送" + strings.Repeat("5日前、", 20_000),
		"units of one task":        head + "二、工作任务\n（一）检查。（责任单位：" + strings.Repeat("甲，牵头单位：", 20_000) + "）",
		"units that do something":  head + "二、工作任务\n（一）检查。（" + strings.Repeat("甲牵头，", 20_000) + "）",
		"names of one role":        head + "二、工作任务\n检查。\n组" + strings.Repeat(" ", 100_000) + "长：" + strings.Repeat("张三、", 20_000),
		"rows of no task":          head + "二、工作任务\n任务|责任单位\n" + strings.Repeat("|甲\n", 20_000),
		"marks before a title":     strings.Repeat("附件：", 20_000) + head + "二、工作任务\n检查。",
		"tasks that are announced": strings.ReplaceAll(head, "一、工作目标\n实现", "") + strings.Repeat("任务如下：\n", 20_000),
		"tasks without numbers":    head + "二、工作任务\n" + strings.Repeat("复查大额票据。与医院核对，确保真实。", 5_000),
		"stages in a row":          head + strings.Repeat("自查阶段（3月至5月）；", 10_000),
		"units in brackets":        head + "二、工作任务\n1、检查。" + strings.Repeat("（医务科、药剂科", 10_000),
		"who does it":              head + "二、工作任务\n" + strings.Repeat("（一）由医务科会同药剂科，检查。\n", 5_000),
		"items with bullets":       head + "二、工作任务\n" + strings.Repeat("● 检查票据。\n", 20_000),
		"roles of one line":        head + "二、工作任务\n检查。\n" + strings.Repeat("组长：张三 ", 20_000),
		"lines of a card":          strings.Repeat("名称：发文单位：文号：\n", 10_000) + head + "二、工作任务\n检查。",
		"a spread heading":         head + strings.Repeat("二、工 作 任 ", 20_000) + "\n检查。",
		"roles behind words":       head + "二、工作任务\n检查。\n" + strings.Repeat("甲组长：张三 ", 20_000),
		"roles left open":          head + "二、工作任务\n检查。\n" + strings.Repeat("组长：\n1、检查。\n", 5_000),
		"numbers of a head":        strings.Repeat("清江市卫生局\n清卫发2026)9\n", 10_000) + head + "二、工作任务\n检查。",
		"agencies of a title":      strings.Repeat("清江市卫生局、", 20_000) + "关于印发方案的通知\n" + head + "二、工作任务\n检查。",
		"lost beginnings":          strings.Repeat("。（二）（二）", 20_000) + head,
		"many numbers":             head + "二、工作任务\n" + strings.Repeat("一、1、", 20_000),
	} {
		t.Run(what, func(t *testing.T) {
			costtest.AtMost(t, 300<<20, func() {
				if _, err := plan.Parse(text); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

package story

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
)

func city(t testing.TB, seed uint64) *Generator {
	t.Helper()
	g, err := New(seed)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func tell(t testing.TB, g *Generator, ask Ask) Case {
	t.Helper()
	c, err := g.Case(ask)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// texts returns the texts of a case by name.
func (c Case) texts() map[string]string {
	out := map[string]string{
		"title": c.Title, "narrative": c.Narrative, "wish": c.Wish, "finding": c.Finding, "cause": string(c.Cause),
		"root cause": c.RootCause, "measures": c.Measures, "reply": c.Reply, "remark": c.CallbackRemark,
	}
	for i, l := range c.Dialogue {
		out[fmt.Sprint("line ", i)] = l.Text
	}
	return out
}

// TestTaxonomy compares the leaves with the dictionary, name by name.
func TestTaxonomy(t *testing.T) {
	want := map[string]string{
		"A 服务态度": "冷漠生硬 推诿 语言不当 隐私不尊重",
		"B 就医流程": "挂号退号 预约 等候 窗口 转诊转院 住院安排 出院结算 病历复印",
		"C 医疗质量": "诊断治疗 手术 护理 用药差错 院感 急救延误",
		"D 医疗费用": "乱收费 重复或分解收费 未告知加项 费用清单 退费 价格公示",
		"E 合理诊疗": "过度检查 过度用药 过度治疗 院外购药 检查互认",
		"F 红包回扣": "索要 收受红包礼品 回扣 提成 宴请旅游",
		"G 医保":   "骗保线索 结算报销 异地就医 冒名",
		"H 依法执业": "非法行医 超范围 无资质 出租科室 虚假证明 医托",
		"I 广告宣传": "虚假广告 夸大疗效 网络宣传", "J 环境后勤": "卫生 停车 食堂 厕所 设施 无障碍",
		"K 公共卫生": "疫苗接种 传染病 献血 妇幼 健康档案 体检",
		"L 医患纠纷": "死亡争议 赔偿 封存病历 鉴定", "M 隐私与信息": "信息泄露 病历外泄", "N 统方与采购": "商业统方 采购问题",
		"O 安全隐患": "消防 用电燃气 设备 房屋", "P 基层机构与村医": "乡镇卫生院 村卫生室 社区服务", "Q 政策咨询": "政策 办事流程 就医咨询",
		"R 意见建议": "服务改进 管理改进", "S 表扬": "医生 护士 其他人员", "Z 其他": "其他",
	}
	got := map[string]string{}
	for _, l := range city(t, 1).Leaves() {
		group := l.Group + " " + l.GroupName
		got[group] = strings.TrimSpace(got[group] + " " + l.Name)
	}
	for group, leaves := range want {
		if got[group] != leaves {
			t.Errorf("%s: %q instead of %q", group, got[group], leaves)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d groups instead of %d", len(got), len(want))
	}
}

func TestSameSeedSameText(t *testing.T) {
	one, two, other := city(t, 42), city(t, 42), city(t, 43)
	differ := 0
	for n := range uint64(300) {
		ask := Ask{Leaf: "ABCDEFGHIJKLMNOPQRSZ"[n%20 : n%20+1], Number: n}
		a := tell(t, one, ask)
		// Asked in another order, and of another generator of the same seed.
		tell(t, two, Ask{Leaf: ask.Leaf, Number: 300 - n})
		if b := tell(t, two, ask); !reflect.DeepEqual(a, b) {
			t.Fatalf("case %d differs", n)
		}
		if tell(t, other, ask).Narrative != a.Narrative {
			differ++
		}
	}
	if differ < 290 {
		t.Errorf("another seed changes only %d of 300", differ)
	}
}

func TestOrderDoesNotMatterUnderConcurrency(t *testing.T) {
	g := city(t, 5)
	want := make([]Case, 400)
	for n := range want {
		want[n] = tell(t, g, Ask{Leaf: "A", Number: uint64(n)})
	}
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for n := len(want) - 1 - worker; n >= 0; n -= 4 {
				if c, err := g.Case(Ask{Leaf: "A", Number: uint64(n)}); err != nil || !reflect.DeepEqual(c, want[n]) {
					t.Errorf("case %d differs (%v)", n, err)
				}
			}
		})
	}
	all.Wait()
}

// hole finds what a template must never leave behind.
var hole = regexp.MustCompile(`[{}|~]|%!|//|。。|，，|，。|。，|、。|；。|。；|！。|。！|^[，。；、]|\d日日`)

func TestTextsAreWhole(t *testing.T) {
	g := city(t, 7)
	leaves := g.Leaves()
	least, most := MaxNarrative, 0
	for n := range 6_000 {
		c := tell(t, g, Ask{Leaf: leaves[n%len(leaves)].Code, Number: uint64(n)})
		for name, text := range c.texts() {
			if text == "" || !utf8.ValidString(text) || hole.MatchString(text) {
				t.Fatalf("%s of case %d (%s): %q, at %q", name, n, c.Leaf.Code, text, hole.FindString(text))
			}
		}
		size := utf8.RuneCountInString(c.Narrative)
		least, most = min(least, size), max(most, size)
		if title := utf8.RuneCountInString(c.Title); title < 3 || title > MaxTitle {
			t.Fatalf("title of %d characters: %s", title, c.Title)
		}
	}
	if least < MinNarrative || most > MaxNarrative {
		t.Errorf("narratives have %d to %d characters", least, most)
	}
	t.Logf("narratives have %d to %d characters", least, most)
}

// TestNarrativesDiffer asks for more than 90 in a hundred, and of replies,
// which an office writes alike, for 80.
func TestNarrativesDiffer(t *testing.T) {
	g := city(t, 11)
	leaves := g.Leaves()
	const n = 20_000
	narratives, replies := map[string]bool{}, map[string]bool{}
	for i := range n {
		c := tell(t, g, Ask{Leaf: leaves[i%len(leaves)].Code, Number: uint64(i)})
		narratives[c.Narrative], replies[c.Reply] = true, true
	}
	if len(narratives) < n*90/100 || len(replies) < n*80/100 {
		t.Errorf("%d narratives and %d replies of %d differ", len(narratives), len(replies), n)
	}
	t.Logf("%.1f %% of narratives and %.1f %% of replies differ", 100*float64(len(narratives))/n, 100*float64(len(replies))/n)
}

// TestLengthsVary checks that short and long letters are both common.
func TestLengthsVary(t *testing.T) {
	g := city(t, 3)
	short, long := 0, 0
	for n := range 5000 {
		switch size := utf8.RuneCountInString(tell(t, g, Ask{Leaf: "ABCDEFGH"[n%8 : n%8+1], Number: uint64(n)}).Narrative); {
		case size < 60:
			short++
		case size > 180:
			long++
		}
	}
	if short < 500 || long < 150 {
		t.Errorf("%d short and %d long of 5000", short, long)
	}
}

func TestEveryEventIsTold(t *testing.T) {
	g := city(t, 1)
	for _, leaf := range g.book.leaves {
		var told strings.Builder
		for n := range uint64(70 * len(leaf.events)) {
			told.WriteString(tell(t, g, Ask{Leaf: leaf.leaf.Code, Number: n}).Narrative)
		}
		for _, e := range leaf.events {
			if mark := longest(e.say); !strings.Contains(told.String(), mark) {
				t.Errorf("%s: nobody tells %q", leaf.leaf.Code, mark)
			}
		}
	}
}

// longest returns the longest run of plain characters in t: what to look for
// in a text, whatever the slots hold and the hurried leave out.
func longest(t template) string {
	best := ""
	for _, n := range t {
		for run := range strings.FieldsFuncSeq(n.text, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
			if len(run) > len(best) {
				best = run
			}
		}
	}
	return best
}

func TestTheSceneIsKept(t *testing.T) {
	g := city(t, 9)
	scene := Scene{Institution: "石桥县大坪镇卫生院", Department: "妇产科", Place: "二楼走廊", Person: "洪医生", On: time.Date(2026, 7, 8, 9, 0, 0, 0, clock.Shanghai)}
	named := map[string]int{}
	for n := range uint64(3000) {
		c := tell(t, g, Ask{Leaf: "A", Number: n, Scene: scene})
		all := c.Title + c.Narrative + c.Reply
		for _, word := range []string{"石桥县大坪镇卫生院", "妇产科", "二楼走廊", "洪医生", "7月8"} {
			if strings.Contains(all, word) {
				named[word]++
			}
		}
		for _, wrong := range []string{"第一人民医院", "骨科", "我爷爷", "我老公", "我父亲"} {
			if strings.Contains(all, wrong) {
				t.Fatalf("%s in a case of %s: %s", wrong, scene.Department, all)
			}
		}
	}
	for _, word := range []string{"石桥县大坪镇卫生院", "妇产科", "二楼走廊", "洪医生", "7月8"} {
		if named[word] < 100 {
			t.Errorf("%s is named %d times in 3000", word, named[word])
		}
	}
}

// TestTheCastFits lets a department that nobody knows, and those with patients
// of their own, be named by the scene.
func TestTheCastFits(t *testing.T) {
	g := city(t, 10)
	for department, wrong := range map[string][]string{
		"儿科":   {"我父亲", "我老公", "我奶奶"},
		"泌尿外科": {"我母亲", "我妻子"},
		"航天科":  {"我家孩子"},
	} {
		for n := range uint64(2000) {
			c := tell(t, g, Ask{Leaf: "C02", Number: n, Scene: Scene{Department: department}})
			for _, w := range wrong {
				if strings.Contains(c.Narrative, w) {
					t.Fatalf("%s in %s: %s", w, department, c.Narrative)
				}
			}
		}
	}
}

func TestTextsOfACaseAgree(t *testing.T) {
	g := city(t, 12)
	amount := regexp.MustCompile(`等候(\d+)分钟`)
	for n := range uint64(2000) {
		c := tell(t, g, Ask{Leaf: "等候", Number: n})
		m := amount.FindStringSubmatch(c.Title)
		if m != nil && strings.Contains(c.Narrative, "等了") && !strings.Contains(c.Narrative, m[1]+"分钟") {
			t.Fatalf("%s\n%s", c.Title, c.Narrative)
		}
		if c.Outcome == Untrue && strings.Contains(c.Finding, "认定属实") {
			t.Fatalf("untrue and true: %s", c.Finding)
		}
	}
}

func TestPrescribedEndings(t *testing.T) {
	g := city(t, 2)
	for _, leaf := range g.Leaves() {
		outcomes := g.Outcomes(leaf.Kind)
		if len(outcomes) == 0 {
			t.Errorf("%s cannot end", leaf.Kind)
		}
		for _, o := range outcomes {
			for _, r := range []Rating{Content, Fair, Unhappy} {
				if c := tell(t, g, Ask{Leaf: leaf.Code, Outcome: o, Rating: r}); c.Outcome != o || c.Rating != r {
					t.Errorf("%s: asked for %s %s, got %s %s", leaf.Code, o, r, c.Outcome, c.Rating)
				}
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	g := city(t, 2)
	for name, ask := range map[string]Ask{
		"leaf":    {Leaf: "X99"},
		"empty":   {},
		"outcome": {Leaf: "S", Outcome: Untrue},
		"word":    {Leaf: "A", Outcome: "随便"},
	} {
		if c, err := g.Case(ask); !fault.Is(err, fault.Invalid) || c.Title != "" {
			t.Errorf("%s: %v, %v", name, c.Title, err)
		}
	}
}

func TestAnyScene(t *testing.T) {
	g := city(t, 4)
	rapid.Check(t, func(t *rapid.T) {
		c, err := g.Case(Ask{
			Leaf: rapid.SampledFrom(g.Leaves()).Draw(t, "leaf").Name, Number: rapid.Uint64().Draw(t, "number"),
			Scene: Scene{
				Institution: rapid.String().Draw(t, "institution"), Department: rapid.String().Draw(t, "department"),
				Place: rapid.String().Draw(t, "place"), Person: rapid.String().Draw(t, "person"),
			},
		})
		size := utf8.RuneCountInString(c.Narrative)
		if err != nil || !utf8.ValidString(c.Narrative) || size > MaxNarrative {
			t.Fatalf("%v, %d characters", err, size)
		}
	})
}

func TestBrokenTextsAreFaults(t *testing.T) {
	sound, err := texts.ReadFile("text/words.txt")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ words, section string }{
		"no words":         {"", ""},
		"unknown slot":     {string(sound), "[A 投诉 服务态度]\nmore {没有这个词}。"},
		"open brace":       {string(sound), "[A 投诉 服务态度]\nmore {科。"},
		"closing brace":    {string(sound), "[A 投诉 服务态度]\nmore 科}。"},
		"unknown key":      {string(sound), "[A 投诉 服务态度]\nmehr 科。"},
		"short event":      {string(sound), "[A01 冷漠]\n* 只有标题"},
		"nobody speaks":    {string(sound), "[A 投诉 服务态度]\nask 谁？"},
		"cause":            {string(sound), "[A 投诉 服务态度]\ncause 没有分类"},
		"leaf of no group": {string(sound), "[X01 冷漠]\n* 一 // 二 // 三"},
		"weight":           {string(sound), "[voice 投诉 许多]"},
		"heading":          {string(sound), "[a b c d e]"},
		"slips":            {string(sound), "[slips]\n在 zai4"},
		"circle":           {string(sound) + "\n甲: {乙}\n乙: {甲}\n", ""},
		"columns":          {string(sound) + "\n甲,乙: 一,二 | 三\n", ""},
		"no colon":         {string(sound) + "\n甲\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			from := fstest.MapFS{"text/words.txt": {Data: []byte(c.words)}, "text/leaf/a.txt": {Data: []byte(c.section)}}
			if name == "no words" {
				delete(from, "text/words.txt")
			}
			if _, err := load(from); err == nil {
				t.Error("accepted")
			}
		})
	}
}

// BenchmarkCase tells one case of every leaf in turn.
func BenchmarkCase(b *testing.B) {
	g := city(b, 1)
	leaves := g.Leaves()
	scene := Scene{Institution: "清江市第一人民医院", Department: "骨科"}
	n, size := uint64(0), 0
	b.ReportAllocs()
	for b.Loop() {
		c, err := g.Case(Ask{Leaf: leaves[n%uint64(len(leaves))].Code, Number: n, Scene: scene})
		if err != nil {
			b.Fatal(err)
		}
		size += len(c.Narrative)
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "cases/s")
	b.ReportMetric(float64(size)/float64(n), "bytes/narrative")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		city(b, 1)
	}
}

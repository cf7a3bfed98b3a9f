package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/org/plan"
)

// runs runs a command and returns what it printed, in Chinese.
func runs(t *testing.T, args ...string) (out, errs string, code int) {
	t.Helper()
	t.Setenv("LC_ALL", "zh_CN.UTF-8")
	var o, e strings.Builder
	code = Run(t.Context(), args, &o, &e)
	return o.String(), e.String(), code
}

// lying is a file with a text.
func lying(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const inventedPlan = `清江市卫生健康委员会文件
清卫发〔2026〕12号
清江市医疗服务专项整治实施方案
为规范服务，制定本方案。
一、工作目标
让群众看病更放心。
二、重点任务
（一）治理收费。查处重复收费、分解收费等问题，公开价格。（牵头单位：市医保局；配合单位：市卫生健康委、市市场监管局）
三、实施步骤
（一）自查自纠阶段（2026年3月1日至3月31日）。各机构自查，查出的问题立行立改，完成机构总数的40%。
（二）总结阶段（20__年__月）。请各区于2026年12月10日前报送工作总结。
`

func TestPlanOfAFileIsRead(t *testing.T) {
	path := lying(t, "plan.txt", inventedPlan)
	out, errs, code := runs(t, "plan", "parse", "--json", path)
	if code != 0 {
		t.Fatal(errs)
	}
	var got struct{ Plans []plan.Plan }
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got.Plans) != 1 {
		t.Fatalf("%v\n%s", err, out)
	}
	p := got.Plans[0]
	if p.DocNumber == nil || *p.DocNumber != "清卫发〔2026〕12号" || len(p.Tasks) != 1 || p.Tasks[0].Lead == nil || *p.Tasks[0].Lead != "市医保局" || len(p.Tasks[0].Units) != 3 {
		t.Errorf("%s", out)
	}
	if len(p.Stages) != 2 || p.Stages[0].End == nil || *p.Stages[0].End != "2026-03-31" || p.Stages[1].Start != nil || len(p.Milestones) != 1 || len(p.Reports) != 1 || *p.Reports[0].Due != "2026-12-10" {
		t.Errorf("%s", out)
	}
	text := []rune(inventedPlan)
	if s := p.Spans["/doc_number"]; string(text[s[0]:s[1]]) != *p.DocNumber {
		t.Errorf("%v is not the place of the number", s)
	}
	if out, _, code := runs(t, "plan", "parse", path); code != 0 || !strings.Contains(out, "文号\t清卫发〔2026〕12号") {
		t.Errorf("%d\n%s", code, out)
	}
}

// A date that no calendar has is printed for whoever reads the plan.
func TestPlanWithAnImpossibleDateSaysSo(t *testing.T) {
	path := lying(t, "plan.txt", strings.Replace(inventedPlan, "2026年3月1日", "2026年2月30日", 1))
	if out, _, code := runs(t, "plan", "parse", path); code != 0 || !strings.Contains(out, "没有这一天，请核实\t2026年2月30日") {
		t.Errorf("%d\n%s", code, out)
	}
}

func TestFileThatIsNoPlanIsRefused(t *testing.T) {
	for what, text := range map[string]string{"a speech": "同志们：\n" + strings.Repeat("今年的工作取得了明显成效。", 20), "nothing": " "} {
		if out, errs, code := runs(t, "plan", "parse", lying(t, "x.txt", text)); code == 0 || out != "" || errs == "" {
			t.Errorf("%s: %d %q %q", what, code, out, errs)
		}
	}
}

// redrawn is the file of a draw, made by its list and its witnesses.
func redrawn(t *testing.T, r inspection.Record) string {
	t.Helper()
	seed, err := r.Seed()
	if err == nil {
		r.Result, err = inspection.Draw(r.List, seed)
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := r.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestDrawOfAFileIsMadeAgain(t *testing.T) {
	list := inspection.List{Targets: []inspection.Target{{ID: "a", Name: "甲门诊部"}, {ID: "b", Name: "乙门诊部"}}, Inspectors: []inspection.Inspector{{ID: "x"}, {ID: "y"}, {ID: "z"}},
		Shares: []inspection.Share{{Per10000: 5000}}, Recusals: []inspection.Recusal{}}
	list.Sort()
	r := inspection.Record{Terms: inspection.Terms{Algorithm: inspection.Algorithm, ListHash: list.Hash(), DrawnAt: "2026-07-28T09:00:00+08:00",
		Witnesses: []inspection.Witness{{Name: "甲", Commitment: inspection.Commit("1"), Secret: "1"}, {Name: "乙", Commitment: inspection.Commit("2"), Secret: "2"}}},
		List: list, Replacements: []inspection.Replacement{}}
	text := redrawn(t, r)
	if out, errs, code := runs(t, "draw", "verify", lying(t, "draw.json", text)); code != 0 || !strings.Contains(out, "抽取成立") || !strings.Contains(out, "没有本系统作见证") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	forged := strings.NewReplacer(`"target": "a"`, `"target": "b"`, `"target": "b"`, `"target": "a"`).Replace(text)
	r.Witnesses = append(r.Witnesses, inspection.Witness{Name: inspection.Program, Commitment: inspection.Commit("3"), Secret: "3"})
	if out, errs, code := runs(t, "draw", "verify", lying(t, "draw.json", redrawn(t, r))); code != 0 || strings.Contains(out, "没有本系统作见证") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	if out, errs, code := runs(t, "draw", "verify", lying(t, "draw.json", forged)); code == 0 || out != "" || !strings.Contains(errs, "第 1 项") {
		t.Errorf("%d %s %s", code, out, errs)
	}
}

package campaign

import "testing"

// A sentence of a document names what is sent and never its own days; what somebody
// called a report stays.
func TestReturnsAreCalledByWhatIsSent(t *testing.T) {
	const by = "（2027-03-26 前报送）"
	for _, x := range []struct{ kind, title, want string }{
		{TableReport, "各县区于2027年1月23日、2027年3月19日前上报工作量化统计表", "工作量化统计表" + by},
		{TableReport, "各区（县）卫生健康委员会于2026年10月20日前报送统计表", "统计表" + by},
		{TableReport, "各单位每月25日前将专项整治工作量化统计表报送市卫生健康委", "专项整治工作量化统计表" + by},
		{TableReport, "请各区于2026年12月10日前报送工作总结和工作量化统计表", "工作量化统计表" + by},
		{TableReport, "2026年12月底前，各县区报送市卫生健康委员会量化统计表", "量化统计表" + by},
		{TableReport, "各县区于2027年1月23日前上报有关数据", "统计表" + by},
		{TextReport, "请各区于2026年12月10日前报送工作总结", "工作总结" + by},
		{TextReport, "7月20日前将总结报院行风办，抄送医务科", "总结" + by},
		{TextReport, "各县区于每季度末月20日前报送市卫生健康委员会整治情况报告，统计表由市里汇总", "整治情况报告" + by},
		{TextReport, "2026年8月5日前报局监察室", "报告" + by},
		{TextReport, "各县区于2027年1月23日前上报工作量化统计表，3月26日前报送工作总结", "工作总结" + by},
		{TextReport, "各县区于2027年1月23日前报送阶段报告，3月26日前报送工作总结", "工作总结" + by},
		{TextReport, "各县区于2027年1月23日前上报工作量化统计表，4月10日前报送工作总结", "工作总结" + by},
		{TextReport, "各县区于2027年1月23日前报送统计表", "统计表" + by},
		{TextReport, "各县区于2026年11月15日、2026年12月15日前报送工作进展", "工作进展" + by},
		{TextReport, "各县区将于2026年11月15日前报送市卫健委整治进展情况", "整治进展情况" + by},
		{TextReport, "结合整治情况，各县区于2026年11月15日前报送工作总结", "工作总结" + by},
		{TableReport, "全年量化统计表", "全年量化统计表"},
		{TableReport, "八月统计表", "八月统计表"},
		{TextReport, "阶段报告", "阶段报告"},
		{TextReport, "年底总结", "年底总结"},
		{TextReport, "整治前后情况报告", "整治前后情况报告"},
		{TextReport, "年度市级报告", "年度市级报告"},
	} {
		d := Duty{Title: x.title, Kind: x.kind, Due: "2027-03-26"}
		if got := d.called(); got != x.want {
			t.Errorf("%s: %s, want %s", x.title, got, x.want)
		}
	}
}

// A sentence may name several days. Each is that of what its own clause speaks of.
func TestDutyIsOfTheClauseOfItsDay(t *testing.T) {
	const table, words = TableReport, TextReport
	for _, x := range []struct {
		text string
		days map[Day]string
	}{
		{"各县区于2027年1月23日、2027年3月19日前上报工作量化统计表，4月10日前报送工作总结。", map[Day]string{"2027-01-23": table, "2027-03-19": table, "2027-04-10": words}},
		{"工作总结于12月10日前报送，量化统计表于12月5日前报送", map[Day]string{"2026-12-10": words, "2026-12-05": table}},
		{"11月23日前报送总结、1月23日前报送统计表", map[Day]string{"2026-11-23": words, "2027-01-23": table}},
		{"请于6月底前，将统计表报市局，12月末前提交报告", map[Day]string{"2026-06-30": table, "2026-12-31": words}},
		{"统计表由各区填写，于8月5日前，9月5日前上报，10月8日前交总结", map[Day]string{"2026-08-05": table, "2026-09-05": table, "2026-10-08": words}},
		{"于7月5日前上报截至6月30日的统计表", map[Day]string{"2026-07-05": table}},
		{"每月5日前报送统计表，12月10日前报送总结", map[Day]string{"": table, "2026-12-10": words}},
		{"12月10日前报送总结和统计表", map[Day]string{"2026-12-10": table}},
		{"12月10日前报送总结", map[Day]string{"2026-12-10": words, "": words}},
	} {
		for day, want := range x.days {
			if d := dutyOf(x.text, day); d.Kind != want || d.Title != x.text || d.Due != day {
				t.Errorf("%s, %q: %+v, want %s", x.text, day, d, want)
			}
		}
	}
}

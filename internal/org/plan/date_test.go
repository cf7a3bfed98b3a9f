package plan

import (
	"fmt"
	"reflect"
	"testing"
)

// A day that no calendar has is no value, and is shown with its place; what is only
// left open is no doubt.
func TestDateThatNoCalendarHasIsADoubt(t *testing.T) {
	const source = `清江市收费行为专项整治方案
为规范医疗机构收费行为，维护患者合法权益，结合本市实际，制定本方案，请各单位认真组织实施。
一、实施步骤
（一）自查自纠阶段（%s至%s）。各医疗机构对照任务逐项自查。
（二）集中整治阶段（2018年3月1日至9月30日）。各区（县）组织监督检查。
`
	for _, c := range []struct {
		from, to string
		doubts   []string // pointer and text
	}{
		{"2018年2月28日", "2020年2月29日", nil},
		{"2018年1月1日", "2月28日", nil},
		{"2018年2月29日", "3月31日", []string{"/stages/0/start 2018年2月29日"}},
		{"2018年1月1日", "4月31日", []string{"/stages/0/end 4月31日"}},
		{"2018年13月1日", "2018年0月9日", []string{"/stages/0/start 2018年13月1日", "/stages/0/end 2018年0月9日"}},
		{"20__年2月30日", "x月x日", nil},
		{"2月30日", "3月31日", nil},
	} {
		text := fmt.Sprintf(source, c.from, c.to)
		plans, err := Parse(text)
		if err != nil || len(plans) != 1 || len(plans[0].Stages) != 2 {
			t.Errorf("%s to %s: %+v: %v", c.from, c.to, plans, err)
			continue
		}
		var doubts []string
		for _, x := range plans[0].Doubts {
			if at := string([]rune(text)[x.At[0]:x.At[1]]); at != x.Text {
				t.Errorf("%q stands where %q is said to", at, x.Text)
			}
			doubts = append(doubts, x.Pointer+" "+x.Text)
			if _, valued := plans[0].Spans[x.Pointer]; valued {
				t.Errorf("%s has a value", x.Pointer)
			}
		}
		if !reflect.DeepEqual(doubts, c.doubts) {
			t.Errorf("%s to %s: %v, want %v", c.from, c.to, doubts, c.doubts)
		}
	}
}

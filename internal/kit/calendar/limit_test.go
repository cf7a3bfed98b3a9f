package calendar_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/fault"
)

func TestParseLimit(t *testing.T) {
	for text, want := range map[string]calendar.Limit{
		"24h": {24, calendar.Hours}, "7d": {7, calendar.Days}, "5wd": {5, calendar.WorkingDays},
		"16wh": {16, calendar.WorkingHours}, " 3660D ": {3660, calendar.Days}, "1WD": {1, calendar.WorkingDays},
	} {
		if got, err := calendar.ParseLimit(text); err != nil || got != want {
			t.Errorf("ParseLimit(%q) = %v, %v", text, got, err)
		}
	}
}

func TestParseLimitRefusals(t *testing.T) {
	for _, text := range []string{"", "5", "d", "0d", "-1d", "3661d", "5 wd", "5w", "5dw", "5hd", "1.5h", "+5d5d", "五d", "99999999999999999999d", "5m"} {
		if got, err := calendar.ParseLimit(text); !fault.Is(err, fault.Invalid) || got != (calendar.Limit{}) {
			t.Errorf("ParseLimit(%q) = %v, %v", text, got, err)
		}
	}
}

func TestLimitText(t *testing.T) {
	for text, want := range map[string][2]string{
		"24h": {"24小时", "24 hours"}, "1d": {"1天", "1 day"}, "5wd": {"5个工作日", "5 working days"}, "1wh": {"1个工作小时", "1 working hour"},
	} {
		if got := limit(t, text).Text(); got.ZH != want[0] || got.EN != want[1] {
			t.Errorf("%s in words: %v", text, got)
		}
	}
}

func TestLimitJSON(t *testing.T) {
	type settings struct {
		Finish calendar.Limit `json:"finish"`
	}
	b, err := json.Marshal(settings{limit(t, "5wd")})
	if err != nil || string(b) != `{"finish":"5wd"}` {
		t.Errorf("%s, %v", b, err)
	}
	if _, err := json.Marshal(settings{}); err == nil {
		t.Error("a limit without a unit was written")
	}
	var s settings
	if err := json.Unmarshal([]byte(`{"finish":"5 weeks"}`), &s); !fault.Is(err, fault.Invalid) {
		t.Errorf("err = %v, want Invalid", err)
	}
}

func TestLimitRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyLimit(t)
		if got, err := calendar.ParseLimit(l.String()); err != nil || got != l {
			t.Fatalf("%v became %v, %v", l, got, err)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9]{0,6}[dhw]{0,3}`).Draw(t, "text")
		if l, err := calendar.ParseLimit(s); err == nil && !l.Valid() {
			t.Fatalf("%q was read as %v", s, l)
		}
	})
}

package official

import (
	"regexp"
	"time"

	"qingfeng/internal/kit/clock"
)

// documentNumber is the form of a 发文字号 (7.2.5): the letters of the body, the
// whole year in 〔〕, the number without 第 and without leading zeros.
var documentNumber = regexp.MustCompile(`^\p{Han}{2,15}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号$`)

// Day writes a date as documents do (7.3.5.4): 2026年7月8日, of the day in Shanghai.
func Day(t time.Time) string { return t.In(clock.Shanghai).Format("2006年1月2日") }

package calendar

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// notice is the JSON form in which holiday-cn publishes a year.
type notice struct {
	Year   int      `json:"year"`
	Papers []string `json:"papers"`
	Days   []struct {
		Date  string `json:"date"`
		IsOff *bool  `json:"isOffDay"`
	} `json:"days"`
}

// ParseYear reads the holiday-cn JSON file of one year, as an administrator
// imports it when the notice is out. The fault is Invalid and names every day
// that is wrong; the file is taken whole or not at all.
func ParseYear(want int, data []byte) (y Year, err error) {
	var n notice
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &n); err != nil {
		return y, fault.Field("file", i18n.T("文件不是 holiday-cn 格式的 JSON", "the file is not JSON in the form of holiday-cn")).
			WithFix(i18n.T("请选择该年份的 JSON 文件，例如 2027.json", "Choose the JSON file of the year, for example 2027.json"))
	}
	if n.Year != want {
		return y, fault.Field("year", i18n.T("要导入的是 %d 年，文件却是 %d 年的", "the year to import is %d, but the file is for %d"), want, n.Year)
	}
	if y, err = n.read(); err != nil {
		return Year{}, err
	}
	if err = y.Check(); err != nil {
		return Year{}, err
	}
	return y, nil
}

func (n notice) read() (Year, error) {
	y := Year{Year: n.Year, Source: n.Papers}
	if len(n.Days) > maxNamed {
		return y, fault.Field("days", i18n.T("一年最多列 %d 天", "a year may name at most %d days"), maxNamed)
	}
	var bad fault.Fields
	var before time.Time // the day off named just before
	for i, d := range n.Days {
		t, err := time.ParseInLocation(time.DateOnly, d.Date, clock.Shanghai)
		field := fmt.Sprintf("days[%d]", i)
		bad.Refuse(err != nil, field, i18n.T("没有“%s”这一天", `there is no day "%s"`), d.Date)
		bad.Refuse(d.IsOff == nil, field, i18n.T("“%s”没有写明放假还是上班", `"%s" does not say whether it is off`), d.Date)
		switch {
		case err != nil || d.IsOff == nil:
		case *d.IsOff:
			y.Off, before = append(y.Off, t), t
		case dayOf(t) == dayOf(before)+1 && !dayOf(t).weekend():
			// "Work resumes on Monday" (2020-02-03): true of any weekday.
		default:
			y.Work = append(y.Work, t)
		}
	}
	return y, bad.Err()
}

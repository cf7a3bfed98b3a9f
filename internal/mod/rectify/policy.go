package rectify

import (
	"context"
	"time"

	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// PressAfter is how many days after the deadline lateness goes how far.
type PressAfter struct {
	Press   int `json:"press"`
	Talk    int `json:"talk"`
	Account int `json:"account"`
}

// How far lateness goes, in the order of Problem.Pressed.
const (
	pressed     = 1
	talked      = 2
	accountable = 3
)

var (
	pressAfter = config.Define("rectify.escalation", PressAfter{Press: 1, Talk: 15, Account: 30},
		i18n.T("整改超期后第几天提级督办、约谈、问责。文件没有规定统一天数，请按本地办法填写", "how many days after the deadline a problem is pressed from above, leads to a talk, to accountability; no rule sets these days, so choose those of your place"),
		i18n.T("自然日", "days"), checkPress)
	atOnceDays = config.Define("rectify.at_once_days", 3,
		i18n.T("“立行立改”的问题没有填写期限时，几天内改完", "within how many days a problem is put right at once, where no deadline is named"), i18n.T("自然日", "days"), config.Between(1, 30))
	lookAfter = config.Define("rectify.look_back_days", 90,
		i18n.T("销号后多少天回头看", "how many days after closing somebody looks whether the problem has come back"), i18n.T("自然日", "days"), config.Between(1, 730))
)

func checkPress(p PressAfter) error {
	if p.Press < 0 || p.Talk <= p.Press || p.Account <= p.Talk || p.Account > 365 {
		return fault.Field("value", i18n.T("天数应依次增大，且在0至365之间", "the days must rise and lie between 0 and 365"))
	}
	return nil
}

// reached is how far lateness has gone at an instant.
func (p PressAfter) reached(due, now time.Time) int {
	for level, days := range []int{p.Account, p.Talk, p.Press} {
		if !now.Before(due.AddDate(0, 0, days)) {
			return accountable - level
		}
	}
	return 0
}

// inForce reads a setting for a path as it is now.
func inForce[T any](ctx context.Context, s *Service, k config.Key[T], path string) (T, error) {
	v, _, err := config.At(ctx, s.Settings, k, path, s.Now())
	return v, err
}

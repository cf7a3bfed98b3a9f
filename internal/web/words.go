package web

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/casework"
)

// standing says where a case stands, in words that no office uses among
// itself. A state that is not here is shown as casework names it.
var standing = map[casework.State]i18n.Text{
	casework.Received:   i18n.T("已经收到，正在安排受理", "We have it and are about to take it up"),
	casework.Accepted:   i18n.T("已经受理，正在交给承办单位", "It is accepted and on its way to the unit in charge"),
	casework.Dispatched: i18n.T("已经交给承办单位，等对方签收", "It was sent to the unit in charge, which has to sign for it"),
	casework.Handling:   i18n.T("正在办理", "It is being handled"),
	casework.Reviewing:  i18n.T("已有处理结果，正在审核", "There is a result; it is being reviewed"),
	casework.Calling:    i18n.T("已经答复，请您评价", "There is an answer; please tell us what you think"),
	casework.Archived:   i18n.T("已经办完", "It is finished"),
	casework.Rejected:   i18n.T("没有受理，原因写在下面", "It was not accepted; the reason is below"),
	casework.Merged:     i18n.T("与同一件事的另一份反映合并办理", "It goes on together with another report of the same matter"),
	casework.Withdrawn:  i18n.T("您已撤回", "You withdrew it"),
}

// sentence begins a text as a sentence begins; faults in English do not.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

func stateWords(ctx context.Context, p casework.Progress) string {
	if text, ok := standing[p.State]; ok {
		return text.Here(ctx)
	}
	return p.StateText
}

// dayOf writes a day as people say it; the year only when it is not now's.
func dayOf(ctx context.Context, t, now time.Time) string {
	t, now = t.In(clock.Shanghai), now.In(clock.Shanghai)
	zh, en := "1月2日", "2 January"
	if t.Year() != now.Year() {
		zh, en = "2006年1月2日", "2 January 2006"
	}
	return t.Format(i18n.T(zh, en).Here(ctx))
}

// momentOf writes a day with its time.
func momentOf(ctx context.Context, t, now time.Time) string {
	return dayOf(ctx, t, now) + " " + t.In(clock.Shanghai).Format("15:04")
}

// byWhen writes a deadline: "8月4日" for one that ends with a day, with its time
// for one that ends within it. A deadline that falls on a midnight is the end
// of the day before.
func byWhen(ctx context.Context, due, now time.Time) string {
	if due.Equal(clock.Day(due)) {
		return dayOf(ctx, due.Add(-time.Second), now)
	}
	return momentOf(ctx, due, now)
}

// timeLeft says how long it is until a deadline, or for how long it has been
// over, in the largest unit of which there is more than one.
func timeLeft(ctx context.Context, due, now time.Time) string {
	d := due.Sub(now)
	over := d < 0
	if over {
		d = -d
	}
	n, zh, en := int(d.Hours()), "小时", "hours"
	switch {
	case d >= 48*time.Hour:
		n, zh, en = int(d.Hours()/24), "天", "days"
	case d < time.Hour:
		n, zh, en = int(d.Minutes()), "分钟", "minutes"
	}
	if n == 1 {
		en = strings.TrimSuffix(en, "s")
	}
	if over {
		return say(ctx, "已超过 %[1]d %[2]s", "%[1]d %[3]s late", n, zh, en)
	}
	return say(ctx, "还有 %[1]d %[2]s", "%[1]d %[3]s left", n, zh, en)
}

// dialled is the part of a telephone number as people write it that a
// telephone can dial: the first number of several, without its extension.
func dialled(phone string) string {
	var b strings.Builder
	for _, c := range phone {
		switch {
		case '0' <= c && c <= '9', c == '+' && b.Len() == 0:
			b.WriteRune(c)
		case strings.ContainsRune("-– ()（）.", c):
		default:
			return b.String()
		}
	}
	return b.String()
}

// grouped cuts a receipt into fours, as people read it aloud.
func grouped(receipt string) []string {
	var parts []string
	for ; len(receipt) > 4; receipt = receipt[4:] {
		parts = append(parts, receipt[:4])
	}
	return append(parts, receipt)
}

// spelled writes a receipt digit by digit for a screen reader, which would
// otherwise read a number of billions.
func spelled(receipt string) string {
	groups := grouped(receipt)
	for i, g := range groups {
		groups[i] = strings.Join(strings.Split(g, ""), " ")
	}
	return strings.Join(groups, ", ")
}

// awaited reports whether the reporter still waits for an answer by a day.
func awaited(p casework.Progress) bool {
	return !p.Deadline.IsZero() && p.State.Open() && p.State != casework.Calling
}

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
	casework.Withdrawn:  i18n.T("您已撤回", "You withdrew it"),
}

// sentence begins a text as a sentence begins; faults in English do not.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// stateWords says where a case stands.
func stateWords(ctx context.Context, p casework.Progress) string {
	switch {
	case p.Recorded:
		return say(ctx, "工作人员登记了您撤回这件事", "A member of staff recorded that you withdrew it")
	case p.Answered != nil && p.State == casework.Calling:
		return say(ctx, "已经收到您的评价", "We have your answers")
	}
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
// for one that ends within it. A deadline on a midnight, or in the hour after it
// where a pause has moved one, is the end of the day before: a day is promised
// that is never too late.
func byWhen(ctx context.Context, due, now time.Time) string {
	if due.Sub(clock.Day(due)) < time.Hour {
		return dayOf(ctx, due.Add(-time.Hour), now)
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

// afterAnswer says what happens once the three questions are answered.
func afterAnswer(ctx context.Context, p casework.Progress) string {
	switch {
	case p.Objecting:
		return say(ctx, "您要求重新办理的意见正由另外的人审核，结果会写在本页。", "Somebody else is deciding whether it is handled again, as you asked; the decision will stand on this page.")
	case p.State == casework.Calling && p.Answered.Solved == "no":
		return say(ctx, "您说没有解决：会由专人决定重新办理还是归档，结果会写在本页。您也可以在下面写明理由，要求重新办理。",
			"You said that it is not solved: a person decides whether it is handled again or archived, and you read it on this page. You may also say below why it should be handled again.")
	case p.Answered.Solved != "yes" || p.Answered.Satisfied == "unsatisfied" || p.Answered.Satisfied == "fair":
		return say(ctx, "您的评价已计入考核。如果要求重新办理，请在下面写明理由。", "Your answers count for the assessment. If it should be handled again, please say why below.")
	}
	return say(ctx, "您的评价已计入考核。", "Your answers count for the assessment.")
}

// chosen is what was answered to one of the three questions, in its words.
func chosen(ctx context.Context, q question, a casework.Answers) string {
	given := map[string]string{fieldContacted: a.Contacted, fieldSolved: a.Solved, fieldSatisfied: a.Satisfied}[q.field]
	for _, o := range q.answers {
		if o.value == given {
			return o.text.Here(ctx)
		}
	}
	return given
}

// awaited reports whether the reporter still waits for an answer by a day.
func awaited(p casework.Progress) bool {
	return !p.Deadline.IsZero() && p.State.Open() && p.State != casework.Calling
}

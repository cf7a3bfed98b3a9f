package rectify

import (
	"time"

	"qingfeng/internal/kit/i18n"
)

func kindWord(kind string) i18n.Text {
	if kind == aHazard {
		return i18n.T("隐患", "Hazard")
	}
	return i18n.T("问题", "Problem")
}

func gradeWord(grade string) i18n.Text {
	if grade == major {
		return i18n.T("重大", "Major")
	}
	return i18n.T("一般", "General")
}

func howWord(how string) i18n.Text {
	switch how {
	case "on_site":
		return i18n.T("现场", "On site")
	case "papers":
		return i18n.T("资料", "Papers")
	}
	return i18n.Text{}
}

// lookWord says what a look back found.
func lookWord(p Problem) i18n.Text {
	switch {
	case p.State == Held:
		return i18n.T("合格", "Held")
	case p.Rebounds > 0:
		return i18n.T("反弹", "Came back")
	}
	return i18n.Text{}
}

// evidenceWord says what shows that a problem was put right.
func evidenceWord(p Problem) any {
	if p.Evidence > 0 {
		return i18n.T("附件%d份", "%d files").With(p.Evidence)
	}
	return p.Paper
}

// when is a time as a cell takes it: none is empty.
func when(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

package web

import (
	"context"
	"net/http"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/mod/intake"
)

const (
	// logAt is the public page of the log; what it is made of is served below.
	logAt = "/log"
	// mostHeads is how many checkpoints the page lists.
	mostHeads = 20
	// shortHash is how much of a hash is read at a glance, in characters.
	shortHash = 12
)

// logView is the public page of the log.
type logView struct {
	view
	tlog.Overview
	Name, Key string
	Problem   *httpapi.Problem // why nothing can be shown
	Now       time.Time
}

// publicLog shows what the log has signed. One that is stopped has a page too,
// which says so and shows nothing.
func (p *Pages) publicLog(w http.ResponseWriter, r *http.Request) error {
	page := logView{view: p.view(r), Name: p.Intake.Log.Name(), Key: p.Intake.Log.Key(), Now: p.Now()}
	status := http.StatusOK
	o, err := p.Intake.Log.Overview(r.Context(), mostHeads)
	if fault.Is(err, fault.Unavailable) {
		page.Problem, status = httpapi.ProblemOf(r.Context(), err), http.StatusServiceUnavailable
	} else if err != nil {
		return err
	}
	page.Overview = o
	return p.show(w, r, status, logPage(page))
}

// added is how many entries a checkpoint of the list has more than the one before
// it; -1 for the last of the list, where that is not known.
func (l logView) added(i int) int64 {
	if i+1 == len(l.Recent) {
		return -1
	}
	return l.Recent[i].Size - l.Recent[i+1].Size
}

// inLog is how the public log stands to a report, as its page shows it.
type inLog struct {
	intake.InLog
	Now time.Time
}

// wrong says what is wrong, and what to do; empty where all is well.
func (l inLog) wrong(ctx context.Context) string {
	switch l.State {
	case intake.LogWaiting, intake.LogShown:
		return ""
	case intake.LogShownLate:
		return say(ctx, "公开日志收录得比承诺的 %s 晚，因此答复期限何时定下无法证明；内容未被改动。",
			"The log took it up later than the promised %s, so it cannot be proven when the deadline was set. The text is unaltered.", momentOf(ctx, l.By, l.Now))
	case intake.LogOverdue:
		return say(ctx, "公开日志承诺在 %s 前收录，至今没有。请保存凭证文件，并把它交给上级或监督机关。",
			"The log promised to show it by %s and does not. Please save the proof file and show it to a superior authority.", momentOf(ctx, l.By, l.Now))
	case intake.LogMissing:
		return say(ctx, "公开日志里没有这件诉求：记录可能被删改。请保存好以前下载的凭证，并告诉上级或监督机关。",
			"The log has no entry for this report: records may have been removed. Keep the proof file that you saved before, and tell a superior authority.")
	case intake.LogDoubtful:
		return say(ctx, "现在存着的与受理时不一致：记录可能被改动。请保存好以前下载的凭证，并告诉上级或监督机关。",
			"What is stored now is not what was accepted: records may have been altered. Keep the proof file that you saved before, and tell a superior authority.")
	case intake.LogForgotten:
		return say(ctx, "保存期已满，内容已按规定销毁，不能再出具证明。以前下载的凭证仍然有效。",
			"The time for keeping it is over and the content was destroyed by rule; it can no longer be proven. A proof file that you saved before still holds.")
	case intake.LogUnknown:
	}
	return say(ctx, "公开日志目前给不出证明，运营者须先查明原因。您的诉求照常办理，以前下载的凭证仍然有效。",
		"The public log can prove nothing at present; the operator must find out why. Your report is handled as usual, and a proof file that you saved before still holds.")
}

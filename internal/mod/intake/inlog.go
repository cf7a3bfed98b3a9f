package intake

import (
	"context"
	"errors"
	"fmt"
	"time"

	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/fault"
)

// LogState is how the public log stands to a report.
type LogState string

// The states, in the order in which a report may go through them.
const (
	LogUnknown   LogState = "unknown"   // nothing can be proven at present: the log is stopped, or does not answer
	LogWaiting   LogState = "waiting"   // not in the log yet, and within what was promised
	LogShown     LogState = "shown"     // in the log in time, unaltered
	LogShownLate LogState = "late"      // in the log and unaltered, later than promised
	LogOverdue   LogState = "overdue"   // not in the log, though the promised time is over
	LogMissing   LogState = "missing"   // the report has no leaf
	LogDoubtful  LogState = "doubtful"  // what is stored is not what was accepted
	LogForgotten LogState = "forgotten" // what was said was destroyed by rule, and with it the proof
)

// InLog is what a reporter is told of the own report in the public log. Times are
// zero where the state does not say them.
type InLog struct {
	State    LogState
	Leaf     int64     // number in the log, from 0; where it is shown
	Since    time.Time // when the first head that shows it was signed; where it is shown
	By       time.Time // by when the log has promised to show it
	Deadline time.Time // of the answer, as promised at acceptance
}

// Proven reports whether text and deadline are shown to be those of acceptance.
func (l InLog) Proven() bool {
	return l.State == LogWaiting || l.State == LogShown || l.State == LogShownLate
}

// InLog checks the report of a receipt as "receipt verify" checks its file, by the
// same rules, and says how it stands. A log that is stopped is LogUnknown and no
// fault: the page of the case does not hang on it. An error comes with LogUnknown
// too. Fault: NotFound for an unknown receipt.
func (s *Service) InLog(ctx context.Context, receipt string) (l InLog, err error) {
	defer fault.Wrap(&err, "intake.InLog")
	l.State = LogUnknown
	id, err := s.Resolve(ctx, receipt)
	if err != nil || s.Log.Stopped() != nil {
		return l, err
	}
	f, err := s.receiptFileOf(ctx, id)
	switch {
	case err == nil:
		return f.judge(Against{Key: s.Log.Key()}, s.Now()).inLog()
	case fault.Is(err, fault.NotFound), fault.Is(err, fault.Gone):
		l.State = LogForgotten
	case fault.Is(err, fault.Conflict):
		l.State = LogMissing
	case errors.Is(err, crypt.ErrTampered):
		l.State = LogDoubtful
	default:
		return l, err
	}
	return l, nil
}

// inLog sums up what was found.
func (j *judge) inLog() (l InLog, err error) {
	l = InLog{State: LogDoubtful, By: j.promised.By}
	if !j.intact {
		return l, nil
	}
	if d := j.file.Report.Deadline; d != "" {
		if l.Deadline, err = time.Parse(provenTime, d); err != nil {
			return InLog{State: LogUnknown}, fmt.Errorf("deadline: %w", err)
		}
	}
	shown := j.head.Note != ""
	if shown {
		l.Leaf, l.Since = j.leaf, j.head.At
	}
	switch {
	case j.file.Proof == "" && j.now.After(l.By):
		l.State = LogOverdue
	case j.file.Proof == "":
		l.State = LogWaiting
	case shown && l.Since.After(l.By):
		l.State = LogShownLate
	case shown && !l.Since.IsZero():
		l.State = LogShown
	}
	return l, nil
}

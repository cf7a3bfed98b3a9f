package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/mod/rectify"
	"qingfeng/internal/mod/sanction"
	"qingfeng/internal/mod/system"
	"qingfeng/internal/org"
)

// logCommand shows the transparency log.
type logCommand struct {
	Key        logKeyCommand        `cmd:"" help:"Print the log's public key, to be made known."`
	Checkpoint logCheckpointCommand `cmd:"" help:"Print the latest signed checkpoint, to be kept elsewhere."`

	AcceptRestore logAcceptRestoreCommand `cmd:"" help:"Have the log go on from a backup that was restored on purpose. It says so for ever."`
	AcceptRows    logAcceptRowsCommand    `cmd:"" help:"Have the log go on from rows that were changed behind the back of the program, as they are now. It says so for ever."`
	AcceptOutage  logAcceptOutageCommand  `cmd:"" help:"Say why nothing was signed for a time, so that verify does not call its leaves late. It says so for ever."`
}

type logKeyCommand struct {
	Place `embed:""`
}

// Run prints the public key.
func (c *logKeyCommand) Run(ctx context.Context, w io.Writer) error {
	return atExisting(ctx, c.Place, func(s *System) error {
		_, err := fmt.Fprintln(w, s.Log.Key())
		return err
	})
}

type logCheckpointCommand struct {
	Place `embed:""`
}

// Run signs what waits and prints the head.
func (c *logCheckpointCommand) Run(ctx context.Context, w io.Writer) error {
	return atExisting(ctx, c.Place, func(s *System) error {
		if err := s.Log.Sequence(ctx); err != nil {
			return err
		}
		text, err := s.Log.Latest(ctx)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		return err
	})
}

type logAcceptRestoreCommand struct {
	Place  `embed:""`
	Size   int64  `required:"" help:"How many leaves the log of the restored database has, as verify says."`
	Reason string `required:"" help:"Why it was restored."`
}

// Run accepts the database as it stands.
func (c *logAcceptRestoreCommand) Run(ctx context.Context, w io.Writer) error {
	return atExisting(ctx, c.Place, func(s *System) error {
		x, err := s.Log.AcceptRestore(ctx, c.Size, c.Reason)
		switch {
		case err != nil:
			return err
		case x.Was < 0:
			say(w, i18n.T("日志从 %d 条继续；此前签发过多少条不得而知。这已写入日志。请重启各台服务器，并拷贝 %s", "The log goes on from %d leaves; how many were signed before nobody knows. The log says so. Restart each server, and copy %s to it."), x.From, s.Place.logNote())
		default:
			say(w, i18n.T("日志从 %d 条继续，此前签发过 %d 条。这已写入日志。请重启各台服务器，并拷贝 %s", "The log goes on from %d leaves; %d were signed before. The log says so. Restart each server, and copy %s to it."), x.From, x.Was, s.Place.logNote())
		}
		return nil
	})
}

type logAcceptRowsCommand struct {
	Place  `embed:""`
	Rows   int    `required:"" help:"How many rows verify says are not as last changed, or had been altered before."`
	Reason string `required:"" help:"Who changed them, and why they are right."`
}

// Run accepts the rows as they stand.
func (c *logAcceptRowsCommand) Run(ctx context.Context, w io.Writer) error {
	return atExisting(ctx, c.Place, func(s *System) error {
		return noted(w, s.Log.AcceptRows(ctx, c.Rows, c.Reason))
	})
}

type logAcceptOutageCommand struct {
	Place  `embed:""`
	From   string `required:"" help:"When it began, as 2026-07-28T09:00."`
	Until  string `required:"" help:"When it was over."`
	Reason string `required:"" help:"Why nothing was signed."`
}

// Run writes the outage into the log.
func (c *logAcceptOutageCommand) Run(ctx context.Context, w io.Writer) error {
	from, err := minuteOf("from", c.From)
	if err != nil {
		return err
	}
	until, err := minuteOf("until", c.Until)
	if err != nil {
		return err
	}
	return atExisting(ctx, c.Place, func(s *System) error {
		return noted(w, s.Log.AcceptOutage(ctx, tlog.Outage{From: from, Until: until, Reason: c.Reason}))
	})
}

// noted says that the log has what it was told, unless it refused.
func noted(w io.Writer, refused error) error {
	if refused == nil {
		say(w, i18n.T("已写入日志。", "The log says so."))
	}
	return refused
}

// cover tells the log what it is about: records that are written once, and rows
// that change.
func (s *System) cover() {
	s.Log.Cover(s.Intake.Logged(), s.Files.Logged(), s.Audit.Logged(), s.Trail.Logged())
	s.Log.Cover(s.Casework.Logged()...)
	s.Log.Cover(s.Inspections.Logged())
	s.Log.Stand(slices.Concat(
		org.StandingTables(), authn.StandingTables(), form.StandingTables(),
		campaign.StandingTables(), inspection.StandingTables(), sanction.StandingTables(),
	)...)
	s.Log.Stand(figure.StandingTable(), config.StandingTable(), intake.StandingTable(), casework.StandingTable(), rectify.StandingTable(), system.StandingTable())
	s.DB.Watch(s.Log)
}

// guardLog looks whether the log goes on from what was signed. Where it does not,
// the program runs without it.
func (s *System) guardLog(ctx context.Context) error {
	if err := s.Log.Guard(ctx); err != nil && s.Log.Stopped() == nil {
		return err
	}
	return nil
}

// adopt gives facts that are older than the log their leaves. A log that is
// stopped keeps nobody from reporting.
func (s *System) adopt(ctx context.Context) {
	if err := s.Log.Adopt(ctx); err != nil {
		s.logStands(ctx, err)
	}
}

// logStands says loudly that the log has stopped, or that it goes on.
func (s *System) logStands(ctx context.Context, stopped error) {
	if stopped == nil {
		slog.InfoContext(ctx, "the transparency log goes on")
		return
	}
	slog.ErrorContext(ctx, "THE TRANSPARENCY LOG IS STOPPED", "err", stopped)
}

// longWait is how long a leaf may wait before people are told: the sequencer
// comes once a minute.
const longWait = 10 * time.Minute

// logAlarms is what is wrong with the log, for people.
func (s *System) logAlarms(ctx context.Context) (alarms []i18n.Text) {
	if e, ok := errors.AsType[*fault.Error](s.Log.Stopped()); ok {
		alarms = append(alarms, e.Text)
	}
	waits, err := s.Log.Waits(ctx)
	if err != nil {
		return append(alarms, i18n.T("日志读不出来", "the log cannot be read"))
	}
	if waits > longWait {
		alarms = append(alarms, i18n.T("有记录等待进入日志已 %d 分钟，请检查后台任务 log.sequence", "records have waited for the log for %d minutes; look at the background job log.sequence").With(int(waits.Minutes())))
	}
	return alarms
}

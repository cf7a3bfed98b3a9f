package inspection

import (
	"context"
	"errors"
	"strings"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// There is what a phone is told of the version that is in the way.
type There struct {
	ID         string    `json:"id"`
	Number     int       `json:"number"`
	By         string    `json:"by"`
	ByName     string    `json:"by_name"`
	ReceivedAt time.Time `json:"received_at"`
}

// inTheWay is the conflict with a version that is there already: it says whose that
// is, so that both can be shown and one be chosen.
func inTheWay(r db.Reader, v VisitRecord, text i18n.Text) error {
	names, err := org.StaffNames(r, []string{v.GivenBy})
	if err != nil {
		return err
	}
	e := fault.New(fault.Conflict, text).WithFix(i18n.T("第 %d 版由 %s 提交。您填写的仍在手机上：对照后可保留已有的，或说明原因作为新一版提交",
		"version %d is by %s. What you filled in is still on the phone: compare, then keep what is there, or hand yours in as a new version with the reason"), v.Number, names[v.GivenBy])
	e.Hint = There{ID: v.ID, Number: v.Number, By: v.GivenBy, ByName: names[v.GivenBy], ReceivedAt: v.ReceivedAt}
	return e
}

// keptVisit returns the visit that is there under the identifier of another, and
// whether there is one. Fault: Conflict where it says something else.
func keptVisit(r db.Reader, v VisitRecord) (VisitRecord, bool, error) {
	kept, err := db.One[VisitRecord](r, `select `+visitColumns+` from inspection_visit where id = $1`, v.ID)
	switch {
	case errors.Is(err, db.ErrNone):
		return v, false, nil
	case err != nil:
		return v, false, err
	case kept.Digest == v.Digest:
		return kept, true, nil
	case kept.TaskID != v.TaskID || kept.GivenBy != v.GivenBy:
		// Of another's record nothing is told, not even whose it is.
		return v, false, fault.Field("id", i18n.T("这个编号已被使用，请换一个新的编号提交", "this identifier is taken; hand it in under a new one"))
	}
	return v, false, inTheWay(r, kept, i18n.T("这份现场记录已经交过，内容与现在的不同", "this visit was handed in already and says something else"))
}

// latestVisit is the version in force; one without a number where there is none.
func latestVisit(r db.Reader, task string) (VisitRecord, error) {
	v, err := db.One[VisitRecord](r, `select `+visitColumns+` from inspection_visit where task_id = $1 order by number desc limit 1`, task)
	if errors.Is(err, db.ErrNone) {
		err = nil
	}
	return v, err
}

// follows refuses a version that is not based on the one in force, or gives no
// reason why there is another.
func (in VisitInput) follows(r db.Reader, last VisitRecord) error {
	if in.BasedOn != last.Number {
		if last.Number == 0 {
			return fault.Field("based_on", i18n.T("还没有现场记录可以更正，请作为第一版提交", "there is no visit yet that could be corrected; hand it in as the first"))
		}
		return inTheWay(r, last, i18n.T("该任务已有更新的现场记录", "there is a newer visit of this task"))
	}
	if last.Number > 0 {
		return because(strings.TrimSpace(in.Reason))
	}
	return nil
}

// HandIn takes a visit from a phone. The same again is the same visit. Faults:
// Invalid, NotFound, Forbidden, and Conflict with what is there (There), or once the
// inspection has a result.
func (s *Service) HandIn(ctx context.Context, in org.PostedTo[VisitInput]) (out VisitDetail, err error) {
	b := in.Body
	if err := b.check(s.now()); err != nil {
		return out, err
	}
	var h handed
	if h, err = read(ctx, s, func(r db.Reader) (handed, error) { return s.handed(ctx, r, in.ID, b) }); err != nil {
		return out, err
	}
	if !h.kept {
		if err := s.prepare(ctx, &h, b); err != nil {
			return out, err
		}
	}
	return write(ctx, s, func(tx *db.Tx) (VisitDetail, error) { return s.handIn(ctx, tx, in.ID, b, h) })
}

// handed is a visit on its way in.
type handed struct {
	task    Task
	visit   VisitRecord
	last    VisitRecord
	kept    bool
	answers form.Ready
}

// handed looks at all that a visit depends on.
func (s *Service) handed(ctx context.Context, r db.Reader, task string, in VisitInput) (h handed, err error) {
	if h.task, err = visibleTask(ctx, r, task); err != nil {
		return h, err
	}
	mine, err := inTeam(ctx, r, task)
	if err != nil {
		return h, err
	}
	if !mine {
		return h, fault.New(fault.Forbidden, i18n.T("只有该任务的检查人员可以提交现场记录", "only the inspectors of this task hand in a visit"))
	}
	if h.visit, err = in.record(ctx, h.task, s.now()); err != nil {
		return h, err
	}
	if h.visit, h.kept, err = keptVisit(r, h.visit); err != nil || h.kept {
		return h, err
	}
	if err := undecided(r, h.task); err != nil {
		return h, err
	}
	team, err := teamOf(r, task)
	if err != nil {
		return h, err
	}
	if h.last, err = latestVisit(r, task); err != nil {
		return h, err
	}
	return h, fault.First(
		func() error { _, err := s.visiting(ctx, r, h.task); return err },
		func() error { return in.follows(r, h.last) },
		func() error { return in.signed(team, authz.From(ctx).ID) },
	)
}

// visiting is the state that a visit leads to.
func (s *Service) visiting(ctx context.Context, r db.Reader, t Task) (TaskState, error) {
	has, guards, err := s.hands(ctx, r, t)
	if err != nil {
		return t.State, err
	}
	return taskLife().Move(t.State, doVisit, has, guards...)
}

// prepare checks the answers and moves the files to where they are taken.
func (s *Service) prepare(ctx context.Context, h *handed, in VisitInput) (err error) {
	if h.answers, err = s.answered(ctx, *h, in); err != nil {
		return err
	}
	_, err = s.Files.Prepare(ctx, in.uploads())
	return err
}

// answered checks the answers to the checklist of a task.
func (s *Service) answered(ctx context.Context, h handed, in VisitInput) (form.Ready, error) {
	if h.task.FormID == "" {
		if in.FormVersion > 0 || len(in.Answers) > 0 {
			return form.Ready{}, fault.Field("answers", i18n.T("该任务没有检查表，请刷新任务", "this task has no checklist; refresh the task"))
		}
		return form.Ready{}, nil
	}
	if in.FormVersion == 0 {
		return form.Ready{}, fault.Field("form_version", i18n.T("请写明检查表的版本", "say which version of the checklist it is"))
	}
	g := form.Given{ID: in.ID, FormID: h.task.FormID, Version: in.FormVersion, Path: h.task.Path, Subject: "visit:" + h.task.ID, Answers: in.Answers, FilledAt: in.EndedAt}
	if h.last.FormID != "" {
		g.Replaces = h.last.ID
	}
	return s.Forms.Prepare(ctx, g)
}

// handIn keeps a visit that was found right, unless something has come between.
func (s *Service) handIn(ctx context.Context, tx *db.Tx, task string, in VisitInput, h handed) (out VisitDetail, err error) {
	now, err := s.handed(ctx, tx.Reader, task, in)
	if err != nil {
		return out, err
	}
	if now.kept {
		return s.visitDetail(tx.Reader, now.visit)
	}
	if now.last.ID != h.last.ID {
		return out, inTheWay(tx.Reader, now.last, i18n.T("该任务已有更新的现场记录", "there is a newer visit of this task"))
	}
	t, was, v := now.task, now.task.State, now.visit
	if t.State, err = s.visiting(ctx, tx.Reader, t); err != nil {
		return out, err
	}
	if t.StartedAt.IsZero() {
		t.StartedAt = v.ReceivedAt
	}
	err = fault.First(
		func() error { return saveTask(tx, t) },
		func() error { return save(tx, "inspection_visit", visitColumns, v.values()) },
		func() error {
			if t.FormID == "" {
				return nil
			}
			_, _, err := s.Forms.Answer(ctx, tx, h.answers)
			return err
		},
		func() error {
			return s.Files.Attach(ctx, tx, attach.Handed{Owner: attach.Owner{Kind: VisitKind, ID: v.ID}, From: attach.FromStaff}, in.uploads())
		},
		func() error {
			return s.step(ctx, tx, ofTask, t.ID, doVisit, string(was), string(t.State), v.Reason, map[string]any{"visit": v.ID, "number": v.Number})
		},
		func() (err error) { out, err = s.visitDetail(tx.Reader, v); return err },
	)
	return out, err
}

package inspection

import (
	"context"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

// VisitFileInput asks for a file of a visit.
type VisitFileInput struct {
	ID string `path:"id" doc:"Of the version of the visit."`
	attach.Wanted
}

// OpenVisitFile returns the sanitised copy of a photo, a signature or a file that the
// checklist asked for, with the name of the actor across what is seen, to whoever may
// read the visit. What is taken away is noted in the audit log. Fault: NotFound.
func (s *Service) OpenVisitFile(ctx context.Context, in VisitFileInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "inspection.OpenVisitFile(%s)", in.File)
	var v VisitRecord
	var t Task
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		if v, err = db.Find[VisitRecord](r, aVisit, `select `+visitColumns+` from inspection_visit where id = $1`, in.ID); err != nil {
			return err
		}
		t, err = readableVisits(ctx, r, v.TaskID)
		return err
	})
	if err != nil {
		return f, err
	}
	of := attach.Sight{Record: t.ID, Number: t.Number, Took: "inspection.visit_file_download"}
	return attach.Reading{DB: s.DB, Audit: s.Audit, Now: s.now}.Open(ctx, in.Wanted, of, func(l attach.Look) (httpapi.File, error) {
		return s.Files.OpenOf(ctx, in.File, l, v.owners()...)
	})
}

// owners are the records on which the files of a visit hang: itself, and its answers
// to the checklist.
func (v VisitRecord) owners() []attach.Owner {
	all := []attach.Owner{{Kind: VisitKind, ID: v.ID}}
	if v.FormID != "" {
		all = append(all, attach.Owner{Kind: form.OwnerKind, ID: v.ID})
	}
	return all
}

var aVisit = i18n.T("现场记录", "visit")

// readableVisits returns a task whose visits the actor may read: its inspectors, and
// those who may read where it is ordered; all of them hold Visit, which the endpoints
// ask for. Fault: NotFound.
func readableVisits(ctx context.Context, r db.Reader, task string) (Task, error) {
	t, err := visibleTask(ctx, r, task)
	if err != nil {
		return t, err
	}
	mine, err := inTeam(ctx, r, t.ID)
	if err == nil && !mine && !authz.From(ctx).Covers(Read, t.OwnerPath) {
		err = fault.Missing(aTask)
	}
	return t, err
}

package inspection

import (
	"context"
	"strings"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

// VisitFileInput asks for a file of a visit.
type VisitFileInput struct {
	ID       string         `path:"id" doc:"Of the version of the visit."`
	File     string         `path:"file"`
	Variant  attach.Variant `query:"variant" enum:"copy,thumb,page" default:"copy"`
	Page     int            `query:"page" minimum:"1" maximum:"1000" default:"1" doc:"Of a document, for the variant page."`
	Download bool           `query:"download"`
}

// OpenVisitFile returns the sanitised copy of a photo, a signature or a file that the
// checklist asked for, with the name of the actor across what is seen, to whoever may
// read the visit. What is taken away is noted in the audit log. Fault: NotFound.
func (s *Service) OpenVisitFile(ctx context.Context, in VisitFileInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "inspection.OpenVisitFile(%s)", in.File)
	var file attach.File
	var t Task
	err = s.DB.Read(ctx, func(r db.Reader) error {
		v, err := db.Find[VisitRecord](r, aVisit, `select `+visitColumns+` from inspection_visit where id = $1`, in.ID)
		if err != nil {
			return err
		}
		if t, err = readableVisits(ctx, r, v.TaskID); err != nil {
			return err
		}
		file, err = s.Files.ByID(r, in.File)
		if err == nil && !v.brought(file) {
			err = fault.Missing(i18n.T("附件", "file"))
		}
		return err
	})
	if err != nil {
		return f, err
	}
	me, at := authz.From(ctx), s.now().In(clock.Shanghai)
	l := attach.Look{Variant: in.Variant, Page: in.Page, Download: in.Download, Suffix: me.Name + " " + at.Format("20060102-1504"),
		Words: strings.Join([]string{me.Name, at.Format("2006-01-02 15:04"), t.Number}, " ")}
	if f, err = s.Files.Open(ctx, file, l); err != nil || !in.Download {
		return f, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		return s.Audit.Append(ctx, tx, "inspection.visit_file_download", t.ID, "", "file", in.File)
	})
	if err != nil && f.Content != nil {
		_ = f.Content.Close() // only read
	}
	return f, err
}

// brought reports whether a file came with a visit, or with its answers to the
// checklist.
func (v VisitRecord) brought(f attach.File) bool {
	return f.OwnerID == v.ID && (f.OwnerKind == VisitKind || f.OwnerKind == form.OwnerKind && v.FormID != "")
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

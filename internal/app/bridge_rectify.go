package app

import (
	"context"
	"errors"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/rectify"
)

// The kinds of records on which the files of a problem hang: what was found, and
// what shows that it was put right.
const (
	ofProblem       = "problem"
	ofRectification = "rectification"
)

// problemFiles keeps the files of problems.
type problemFiles struct{ files *attach.Service }

// Prepare moves uploads to where Attach takes them.
func (x problemFiles) Prepare(ctx context.Context, uploads []string) ([]string, error) {
	return x.files.Prepare(ctx, uploads)
}

// Attach hangs uploads on a problem.
func (x problemFiles) Attach(ctx context.Context, tx *db.Tx, problem string, evidence bool, uploads []string) error {
	owner := attach.Owner{Kind: ofProblem, ID: problem}
	if evidence {
		owner.Kind = ofRectification
	}
	return x.files.Attach(ctx, tx, attach.Handed{Owner: owner, From: attach.FromStaff}, uploads)
}

// Of returns the files of a problem: what was found, then what was done.
func (x problemFiles) Of(r db.Reader, problem string) ([]rectify.ProblemFile, error) {
	found, err1 := x.files.List(r, attach.Owner{Kind: ofProblem, ID: problem})
	done, err2 := x.files.List(r, attach.Owner{Kind: ofRectification, ID: problem})
	out := []rectify.ProblemFile{}
	for _, f := range append(found, done...) {
		out = append(out, rectify.ProblemFile{ID: f.ID, Name: f.Name, Kind: f.Kind, State: string(f.State), Evidence: f.OwnerKind == ofRectification, By: f.Staff,
			Size: f.Size, At: f.CreatedAt, Pages: f.Pages})
	}
	return out, errors.Join(err1, err2)
}

// Shown counts the evidence of problems.
func (x problemFiles) Shown(r db.Reader, problems []string) (map[string]int, error) {
	return attach.Counts(r, ofRectification, problems)
}

// Open opens the sanitised copy of a file of a problem.
func (x problemFiles) Open(ctx context.Context, problem, file string, l attach.Look) (httpapi.File, error) {
	return x.files.OpenOf(ctx, file, l, attach.Owner{Kind: ofProblem, ID: problem}, attach.Owner{Kind: ofRectification, ID: problem})
}

// problemSources names the records that problems come from: cases and
// inspections, to who may read them, and nothing else of them.
type problemSources struct{ *casework.Service }

// OriginOf returns the record that a problem comes from, or nothing.
func (x problemSources) OriginOf(ctx context.Context, r db.Reader, source, id string) (from rectify.Origin, err error) {
	switch source {
	case rectify.FromCase:
		from, err = x.caseOf(ctx, r, id)
	case rectify.FromInspection:
		from.Record, from.Number, err = inspection.WhereFound(ctx, r, id)
	}
	if fault.Is(err, fault.NotFound) {
		return rectify.Origin{}, nil
	}
	return from, err
}

func (x problemSources) caseOf(ctx context.Context, r db.Reader, id string) (rectify.Origin, error) {
	if err := x.Visible(ctx, r, id); err != nil {
		return rectify.Origin{}, err
	}
	numbers, err := casework.Numbers(r, []string{id})
	return rectify.Origin{Record: id, Number: numbers[id]}, err
}

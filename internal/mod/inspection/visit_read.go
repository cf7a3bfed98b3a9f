package inspection

import (
	"cmp"
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/org"
)

// VisitDetail is a version of a visit with what was answered.
type VisitDetail struct {
	VisitRecord
	Answers  map[string]any `json:"answers"`
	Files    []VisitFile    `json:"files"`
	Answered []AnswerFile   `json:"answered" doc:"Files that the checklist asked for."`
	ByName   string         `json:"by_name"`
	ClockOff int            `json:"clock_off" doc:"Seconds by which the phone's clock was behind."`
	Skewed   bool           `json:"skewed" doc:"The clock of the phone was off: its times are not to be relied on."`
}

// VisitFile is a photo of a visit, or the drawing of a signature.
type VisitFile struct {
	attach.File
	OfficerID string `json:"officer_id,omitempty" doc:"Whose signature it is; empty where it is none."`
}

// filesOf are the photos and the drawn signatures of a visit.
func (s *Service) filesOf(r db.Reader, v VisitRecord) ([]VisitFile, error) {
	files, err := s.Files.List(r, attach.Owner{Kind: VisitKind, ID: v.ID})
	whose := map[string]string{}
	for _, x := range v.Signatures {
		whose[x.Upload] = x.OfficerID
	}
	out := make([]VisitFile, len(files))
	for i, f := range files {
		out[i] = VisitFile{f, whose[f.Upload]}
	}
	return out, err
}

// AnswerFile is a file that an answer names.
type AnswerFile struct {
	attach.File
	Answer string `json:"answer" doc:"What the answer names it by."`
}

// filesOfAnswers are the files that the checklist of a visit asked for: they hang on its
// answers, which have its identifier.
func (s *Service) filesOfAnswers(r db.Reader, v VisitRecord) ([]AnswerFile, error) {
	files, err := s.Files.List(r, attach.Owner{Kind: form.OwnerKind, ID: v.ID})
	out := make([]AnswerFile, len(files))
	for i, f := range files {
		out[i] = AnswerFile{f, f.Upload}
	}
	return out, err
}

func (s *Service) visitDetail(r db.Reader, v VisitRecord) (out VisitDetail, err error) {
	clues, err := cluesOf(r, v.TaskID)
	if err != nil {
		return out, err
	}
	v.conceal(clues)
	out = VisitDetail{VisitRecord: v, Answers: map[string]any{}, Answered: []AnswerFile{}}
	off, skewed := v.ClockOff()
	out.ClockOff, out.Skewed = int(off/time.Second), skewed
	names, err := org.StaffNames(r, []string{v.GivenBy})
	if err != nil {
		return out, err
	}
	out.ByName = names[v.GivenBy]
	if v.FormID != "" {
		a, err := form.AnswerByID(r, v.ID)
		if err != nil {
			return out, err
		}
		out.Answers = a.Values
		if out.Answered, err = s.filesOfAnswers(r, v); err != nil {
			return out, err
		}
	}
	out.Files, err = s.filesOf(r, v)
	return out, err
}

// ListVisits lists the versions of a visit, the latest first, for its inspectors and
// for those who may read where it is ordered. Fault: NotFound.
func (s *Service) ListVisits(ctx context.Context, in org.ByID) ([]VisitDetail, error) {
	return read(ctx, s, func(r db.Reader) ([]VisitDetail, error) {
		t, err := readableVisits(ctx, r, in.ID)
		if err != nil {
			return nil, err
		}
		all, err := db.All[VisitRecord](r, `select `+visitColumns+` from inspection_visit where task_id = $1 order by number desc`, t.ID)
		out := make([]VisitDetail, len(all))
		for i := 0; err == nil && i < len(all); i++ {
			out[i], err = s.visitDetail(r, all[i])
		}
		return out, err
	})
}

// checkVisits looks at what makes a visit whole.
func checkVisits(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	answered, err := db.Values[string](r, `select v.id from inspection_visit v join form_answer a on a.id = v.id and a.subject = 'visit:' || v.task_id order by v.id`)
	if err != nil {
		return 0, err
	}
	last := map[string]int{}
	for v, err := range db.Each[VisitRecord](r, `select `+visitColumns+` from inspection_visit order by task_id, number`) {
		if err != nil {
			return n, err
		}
		n++
		if last[v.TaskID]++; last[v.TaskID] != v.Number {
			report("visit %s is version %d of its task and should be %d", v.ID, v.Number, last[v.TaskID])
		}
		if len(v.Signatures) < teamSize || v.Signatures[0].OfficerID == cmp.Or(v.Signatures[1].OfficerID, v.Signatures[0].OfficerID) {
			report("visit %s is not signed by two", v.ID)
		}
		if _, found := slices.BinarySearch(answered, v.ID); found != (v.FormID != "") {
			report("visit %s has not the answers that it should", v.ID)
		}
	}
	return n, nil
}

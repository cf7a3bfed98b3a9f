package sanction

import (
	"context"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// GradeRule says how a grade follows from what happened in the months before.
type GradeRule struct {
	Months  int      `json:"months" doc:"How far back measures count."`
	Weights []Weight `json:"weights"`
	Point   int      `json:"point" doc:"Weight of one point for irregular practice."`
	B       int      `json:"b" doc:"From which score on the grade is B; below it is A."`
	C       int      `json:"c"`
	D       int      `json:"d" doc:"Who is on the blacklist has D whatever the score."`
}

// Weight is what a measure counts for a grade.
type Weight struct {
	Kind  MeasureKind `json:"kind"`
	Score int         `json:"score"`
}

func defaultGrades() GradeRule {
	return GradeRule{Months: 24, Point: 1, B: 1, C: 12, D: 40, Weights: []Weight{{"circular", 3}, {Warning, 4}, {Fine, 8}, {"confiscate", 8}, {"suspend", 20}, {"close", 20},
		{"revoke_subject", 30}, {Revoke, 100}, {"revoke_certificate", 100}, {"insurance_suspend", 12}, {"insurance_end", 40}}}
}

func (g GradeRule) check() error {
	var bad fault.Fields
	bad.Refuse(g.Months < 1 || g.Point < 0, "value", i18n.T("回看月数至少为1，分值不能为负", "at least one month is looked back, and no weight is negative"))
	bad.Refuse(g.B < 1 || g.C <= g.B || g.D <= g.C, "value", i18n.T("B、C、D 级的起点应依次升高", "B, C and D must begin at rising scores"))
	for _, w := range g.Weights {
		_, known := imposable(w.Kind)
		bad.Refuse(!known || w.Score < 0, "value", i18n.T("没有“%s”这种措施，或分值为负", `there is no measure "%s", or its weight is negative`), string(w.Kind))
	}
	return bad.Err()
}

// grade is the grade of a score.
func (g GradeRule) grade(score int, blacklisted bool) string {
	switch {
	case blacklisted || score >= g.D:
		return "D"
	case score >= g.C:
		return "C"
	case score >= g.B:
		return "B"
	}
	return "A"
}

// Grade is a grade that a subject had from some time on.
type Grade struct {
	ID        string    `json:"id"`
	SubjectID string    `json:"-"`
	Path      string    `json:"-"`
	Grade     string    `json:"grade"`
	Score     int       `json:"score"`
	Version   string    `json:"version" doc:"Version of the rule."`
	GradedAt  time.Time `json:"graded_at"`
}

// regrade reckons the grade of a subject anew, and keeps it where it changed.
func (s *Service) regrade(ctx context.Context, tx *db.Tx, subject string) error {
	x, err := byID[Subject](tx.Reader, subjectTable, subjectWord, subject)
	if err != nil {
		return err
	}
	rule, version, err := config.At(ctx, s.Settings, gradeRule, x.Path, s.Now())
	if err != nil {
		return err
	}
	score, err := rule.score(tx.Reader, subject, addMonths(clock.Day(s.Now()), -rule.Months))
	if err != nil {
		return err
	}
	black, err := db.Value[int64](tx.Reader, `select count(*) from sanction_black where subject_id = $1 and state = 'listed'`, subject)
	if err != nil {
		return err
	}
	now := rule.grade(score, black > 0)
	if now == x.Grade {
		return nil
	}
	x.Grade = now
	g := Grade{ID: db.NewID(), SubjectID: x.ID, Path: x.Path, Grade: now, Score: score, Version: version, GradedAt: s.now()}
	return fault.First(func() error { return save(tx, subjectTable, x.ID, x) }, func() error { return save(tx, gradeTable, g.ID, g) })
}

// GradeOf returns the grade of an institution on its credit record, as far as the actor
// may read that; empty without one.
func GradeOf(ctx context.Context, r db.Reader, unit string) (string, error) {
	var w db.Where
	w.And("kind = 'institution' and unit = ?", unit)
	seen(authz.From(ctx), &w, subjectTable)
	grades, err := db.Values[string](r, `select grade from `+subjectTable+` `+w.String(), w.Args()...)
	if err != nil || len(grades) == 0 {
		return "", err
	}
	return grades[0], nil
}

// score adds up what counts of a subject since a day.
func (g GradeRule) score(r db.Reader, subject string, since time.Time) (int, error) {
	type count struct {
		Kind MeasureKind
		N    int64
	}
	cs, err := db.All[count](r, `select kind, count(*) as n from sanction_measure where subject_id = $1 and revoked_on is null and decided_on >= $2 group by kind`, subject, since)
	if err != nil {
		return 0, err
	}
	points, err := db.Value[int64](r, `select coalesce(sum(total), 0) from sanction_point where subject_id = $1 and scheme = 'practice' and state <> 'voided' and confirmed_on >= $2`, subject, since)
	total := int(points) * g.Point
	for _, c := range cs {
		for _, w := range g.Weights {
			if w.Kind == c.Kind {
				total += int(c.N) * w.Score
			}
		}
	}
	return total, err
}

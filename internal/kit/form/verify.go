package form

import (
	"context"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/verify"
)

// Checks are the invariants of forms.
func Checks() []verify.Check {
	return []verify.Check{
		{Name: "answers fit the version of the form that they were given to", Run: checkAnswers},
		{Name: "forms are in force in their latest version", Run: checkVersions},
	}
}

// checkAnswers checks every answer anew and compares it with what is counted.
func checkAnswers(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	forms := map[string]*Form{}
	for after := ""; ; {
		var w db.Where
		w.And("a.id > ?", after)
		page, err := find(r, &w, ` order by a.id limit 500`)
		if err != nil || len(page) == 0 {
			return n, err
		}
		for _, a := range page {
			f, err := formOf(r, forms, a.VersionID)
			if err == nil {
				err = checkAnswer(r, f, a, report)
			}
			if err != nil {
				return n, err
			}
		}
		n, after = n+len(page), page[len(page)-1].ID
	}
}

// formOf parses each version once.
func formOf(r db.Reader, known map[string]*Form, version string) (f *Form, err error) {
	if known[version] == nil {
		v, err := versionByID(r, version)
		if err != nil {
			return nil, err
		}
		known[version], err = v.Parsed()
		if err != nil {
			return nil, err
		}
	}
	return known[version], nil
}

func checkAnswer(r db.Reader, f *Form, a Answer, report func(string, ...any)) error {
	values, wrong := f.Check(a.Values)
	text, err := content(values)
	if err != nil {
		return err
	}
	if wrong != nil || text != a.Content {
		report("answer %s is not what its form accepts", a.ID)
	}
	kept, err := db.All[row](r, `select field, item, number, text, ref, at from form_value where answer_id = $1 and form_id = $2`, a.ID, a.FormID)
	if err != nil {
		return err
	}
	want := rowsOf(f.flat(a.Values))
	slices.SortFunc(kept, row.before)
	slices.SortFunc(want, row.before)
	if !slices.Equal(kept, want) {
		report("answer %s says something else than is counted", a.ID)
	}
	return nil
}

func checkVersions(_ context.Context, r db.Reader, report func(string, ...any)) (int, error) {
	all, err := db.All[struct {
		ID            string
		Current, Last int
	}](r, `select f.id, f.current, coalesce((select max(n) from form_version v where v.form_id = f.id), 0) as last from form f order by f.id`)
	for _, x := range all {
		if x.Current != x.Last {
			report("form %s is in force as version %d, but there is version %d", x.ID, x.Current, x.Last)
		}
	}
	return len(all), err
}

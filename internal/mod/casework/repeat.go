package casework

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Repeat is a case that may be about the same matter, and why.
type Repeat struct {
	Row
	Likeness int         `json:"likeness" doc:"How much the texts have in common, in percent; 0 where one may not be compared."`
	Reasons  []i18n.Text `json:"reasons"`
	Joins    bool        `json:"joins" doc:"It was there first and still stands: the case can be merged into it."`
}

// Repeats is the candidates, the likeliest first.
type Repeats struct {
	Items []Repeat `json:"items"`
}

const (
	// repeatSpan is how far back a matter is looked for.
	repeatSpan = 90 * 24 * time.Hour
	// repeatCandidates bounds what one suggestion reads.
	repeatCandidates = 40
	// alike is from which likeness on two texts are said to be alike. Reports of
	// the same event by two people share about a third of their pairs of
	// characters; reports of different matters in one category about a tenth.
	alike = 30
	// kin is from which likeness on place and time say something: below it two
	// reports from one hall are two matters.
	kin = 20
)

// SuggestRepeats returns cases that the actor may see which may be repeats of
// one, or which it may repeat (重复诉求并入首件): about the same institution, in
// the same category, within 90 days, and near in place, time or words. Texts
// that are sealed are not compared. A person decides; merging is a step of its
// own.
func (s *Service) SuggestRepeats(ctx context.Context, in ByID) (out Repeats, err error) {
	defer fault.Wrap(&err, "casework.SuggestRepeats(%s)", in.ID)
	out.Items = []Repeat{}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, err := seen(ctx, r, in.ID)
		if err != nil || c.Institution == "" {
			return err
		}
		q, args := repeatText(ctx, c)
		cs, err := db.All[Case](r, q, args...)
		if err != nil {
			return err
		}
		rows, err := s.rows(r, cs)
		if err != nil {
			return err
		}
		out.Items, err = s.compare(ctx, r, c, rows)
		return err
	})
	return out, err
}

// repeatText finds the latest cases of an institution in a category, of those that
// the actor may see: what is bounded is only what is shown, so that the others
// push nothing out.
func repeatText(ctx context.Context, c Case) (string, []any) {
	var w db.Where
	visible(ctx, &w)
	w.And("n.case_id = c.id")
	return `select ` + caseColumns + ` from case_file c where ` + w.Bind(`c.institution = ? and c.category = ? and c.received_at between ? and ? and c.id <> ?`,
		c.Institution, c.Category, c.ReceivedAt.Add(-repeatSpan), c.ReceivedAt.Add(repeatSpan), c.ID) +
		` and c.state not in ('merged', 'withdrawn') and exists (select 1 from case_node n ` + w.String() + `) order by c.received_at desc ` + w.Bind(`limit ?`, repeatCandidates), w.Args()
}

// compare says of each candidate why it may be the same matter, and leaves out
// those of which there is nothing to say.
func (s *Service) compare(ctx context.Context, r db.Reader, c Case, rows []Row) ([]Repeat, error) {
	cs := []Case{c}
	for _, row := range rows {
		cs = append(cs, row.Case)
	}
	pairs, err := s.pairs(ctx, r, cs)
	if err != nil {
		return nil, err
	}
	kept, err := keptOut(r, idsOf(cs)...)
	if err != nil {
		return nil, err
	}
	joins := life().Allows(c.State, doMerge, Merged)
	out := []Repeat{}
	for _, row := range rows {
		x := Repeat{Row: row, Likeness: likeness(pairs[c.ID], pairs[row.ID]), Joins: joins && mayMerge(c, row.Case, kept) == nil}
		if x.Reasons = reasons(c, row.Case, x.Likeness, pairs[c.ID] != nil && pairs[row.ID] != nil); len(x.Reasons) > 0 {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b Repeat) int {
		return cmp.Or(cmp.Compare(b.Likeness, a.Likeness), cmp.Compare(len(b.Reasons), len(a.Reasons)), a.ReceivedAt.Compare(b.ReceivedAt))
	})
	return out, nil
}

// joins reports whether a case may go on under another one: that one is about the
// same institution, or the same place where no institution is named, was there
// first and is still open. What it was answered before is not for strangers.
func (c Case) joins(into Case) bool {
	same := c.Institution == into.Institution && (c.Institution != "" || c.Path == into.Path)
	return c.ID != into.ID && same && into.State.Open() && !into.ReceivedAt.After(c.ReceivedAt)
}

// reasons names what two cases have in common beside institution and category.
// The same place within a week is none by itself: many report from one hall. Where
// a text may not be compared, department and item must do.
func reasons(a, b Case, likeness int, compared bool) (why []i18n.Text) {
	apart := a.ReceivedAt.Sub(b.ReceivedAt).Abs()
	if likeness >= alike {
		why = append(why, i18n.T("内容相近（%d%%）", "similar words (%d %%)").With(likeness))
	}
	if likeness >= kin && a.Place != "" && a.Place == b.Place && apart <= sameMatter {
		why = append(why, i18n.T("同一地点，一周之内", "the same place, within a week"))
	}
	if (likeness >= kin || !compared) && a.Item != "" && a.Item == b.Item && a.Department != "" && a.Department == b.Department && apart <= sameMatter {
		why = append(why, i18n.T("同一科室、同一细类，一周之内", "the same department and item, within a week"))
	}
	return why
}

// pairs returns the pairs of characters of what was said in each of some cases;
// none where the text is sealed.
func (s *Service) pairs(ctx context.Context, r db.Reader, cs []Case) (map[string]map[string]bool, error) {
	open := slices.DeleteFunc(slices.Clone(cs), func(c Case) bool { return c.Sealed })
	said, err := s.Content.Narratives(ctx, r, idsOf(open))
	of := make(map[string]map[string]bool, len(open))
	for _, c := range open {
		of[c.ID] = pairsOf(c.Title + " " + said[c.ID])
	}
	return of, err
}

// longest is how much of a text is compared, in characters.
const longest = 2000

func pairsOf(text string) map[string]bool {
	set := map[string]bool{}
	for _, run := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		rs := []rune(run)
		for i := 0; i+1 < len(rs) && len(set) < longest; i++ {
			set[string(rs[i:i+2])] = true
		}
	}
	return set
}

// likeness is the share of pairs that two texts have in common, in percent
// (Jaccard).
func likeness(a, b map[string]bool) int {
	both := 0
	for pair := range a {
		if b[pair] {
			both++
		}
	}
	if all := len(a) + len(b) - both; all > 0 {
		return 100 * both / all
	}
	return 0
}

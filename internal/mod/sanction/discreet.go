package sanction

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// place is where a text tells what the public may not read.
type place struct {
	from, to int
	instead  string // what the public reads there
	why      i18n.Text
}

// untold are the places of a text that tell more of a subject than the public may read,
// from its beginning on; whole: it may read names in full. Places may overlap.
func (x Subject) untold(text string, whole bool) (all []place) {
	add := func(at [][]int, instead string, why i18n.Text) {
		for _, p := range at {
			all = append(all, place{p[0], p[1], instead, why})
		}
	}
	personal := i18n.T("公示内容含有身份证号或手机号，请删去", "the text holds the number of an identity card or a mobile; please take it out")
	add(org.IdentityNumbers(text), "***", personal)
	add(org.MobileNumbers(text), "***", personal)
	// What is put instead may not be found in its turn: 张某 has no other name to keep.
	hide := func(pattern, instead string, why i18n.Text) {
		if found := regexp.MustCompile(pattern); !found.MatchString(instead) {
			add(found.FindAllStringIndex(text, -1), instead, why)
		}
	}
	if x.Kind.natural() && x.Certificate != "" {
		// Digits on either side go with it: what is left of a number may look like another.
		hide(`(?i)\d*`+spaced(x.Certificate)+`\d*`, "***", i18n.T("公示内容含有执业证书编号，请删去", "the text holds the number of the certificate; please take it out"))
	}
	if x.Kind.natural() && !whole {
		hide(spaced(x.Name), initial(x.Name), i18n.T("公示内容写有全名，请改为“%s”", `the text holds the whole name; please write "%s"`).With(initial(x.Name)))
	}
	slices.SortStableFunc(all, func(a, b place) int { return cmp.Compare(a.from, b.from) })
	return all
}

// spaced is a pattern of words, however they are spaced.
func spaced(words string) string {
	var letters []string
	for _, letter := range strings.Join(strings.Fields(words), "") {
		letters = append(letters, regexp.QuoteMeta(string(letter)))
	}
	return strings.Join(letters, `[\s\v\x{85}\p{Z}]*`) // as strings.Fields has it
}

// initial is a name as the public reads it: 张某, 欧阳某.
func initial(name string) string {
	for _, double := range []string{"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "端木", "独孤", "南宫", "长孙", "宇文", "轩辕"} {
		if strings.HasPrefix(name, double) {
			return double + "某"
		}
	}
	for _, first := range name {
		return string(first) + "某"
	}
	return ""
}

// masked is a text without what of a subject the public may not read. What is put
// instead may leave beside it what tells something now: it is masked in its turn.
func (x Subject) masked(text string, whole bool) string {
	for {
		told := x.untold(text, whole)
		if len(told) == 0 {
			return text
		}
		text = without(text, told)
	}
}

// without is a text with something else in some of its places, of which those that
// overlap are one.
func without(text string, places []place) string {
	var out strings.Builder
	done := 0
	for _, p := range places {
		if p.from >= done {
			out.WriteString(text[done:p.from] + p.instead)
		}
		done = max(done, p.to)
	}
	return out.String() + text[done:]
}

// wholeNames reports whether the public reads the names of natural persons in full.
func (s *Service) wholeNames(ctx context.Context, path string, at time.Time) (bool, error) {
	named, err := setting(ctx, s, publicNames, path, at)
	return named == "full", err
}

// passage is what the public reads in one place.
type passage struct{ field, text string }

// discreet refuses words for the public that tell more of a natural person than
// the setting lets it, and gives the publication the name that it lets.
func (s *Service) discreet(ctx context.Context, r db.Reader, p *Publication, said ...passage) error {
	x, err := byID[Subject](r, subjectTable, subjectWord, p.SubjectID)
	if err != nil {
		return err
	}
	whole, err := s.wholeNames(ctx, p.Path, p.ProposedAt)
	if err != nil {
		return err
	}
	if x.Kind.natural() && !whole {
		p.Name = initial(x.Name)
	}
	var bad fault.Fields
	for _, one := range said {
		told := map[i18n.Text]bool{}
		for _, at := range x.untold(one.text, whole) {
			bad.Refuse(!told[at.why], one.field, at.why)
			told[at.why] = true
		}
	}
	return bad.Err()
}

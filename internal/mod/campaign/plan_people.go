package campaign

import (
	"regexp"
	"strings"

	"qingfeng/internal/kit/outline"
)

var (
	roleLine = regexp.MustCompile(`^((?:常\s*务\s*)?(?:副\s*)?(?:组\s*长|主\s*任|总\s*指\s*挥)|成\s*员|召\s*集\s*人|联\s*络\s*员)\s*[:：]\s*`)
	post     = regexp.MustCompile(`主任|局长|科长|书记|院长|委员|处长|主席|[县区市]长|组成员|副主|部长|负责人|护士长|站长`)
	named    = regexp.MustCompile(`^(\p{Han}{2,4})(?:同志)?[\s\x{3000}]+`)
	unnamed  = regexp.MustCompile(`^\p{Han}?` + blank + `+`)
	token    = regexp.MustCompile(`[^\s\x{3000}、，,；;]+`)
	person   = regexp.MustCompile(`^\p{Han}{2,4}$`)
	office   = regexp.MustCompile(`(?:^|[，,。；;\n])\s*(\p{Han}{2,4}?)(?:同志)?(?:兼任|兼|担任|任|为)(办公室(?:副?主任|秘书|联络员))`)
)

// readLeaders takes the leading group, from the lines that begin with a role.
func (r *reading) readLeaders() {
	var role outline.Span
	for _, line := range r.lines(r.whole) {
		rest := line
		if m := r.text.Find(line, roleLine); m != nil && m[1].Length() <= longestRole {
			role, rest.Start = m[1], m[0].End
		} else if role.Empty() || !r.goesOn(line) {
			role = outline.Span{}
			continue
		}
		r.readPeople(role, rest)
	}
	for _, m := range r.text.FindAll(r.whole, office, -1) {
		r.addLeader(m[2], m[1])
	}
}

// goesOn reports whether a line has more of those who were named above it: names
// alone, or one with a post.
func (r *reading) goesOn(line outline.Span) bool {
	text := r.text.At(line)
	if unnamed.MatchString(text) || named.MatchString(text) && post.MatchString(text) && !strings.ContainsAny(text, "。") {
		return true
	}
	for _, name := range r.names(line) {
		if !person.MatchString(squeezed(r.text.At(name))) {
			return false
		}
	}
	return true
}

// readPeople takes those of one line: one with a post, or names alone.
func (r *reading) readPeople(role, rest outline.Span) {
	text := r.text.At(rest)
	switch {
	case unnamed.MatchString(text):
		r.addLeader(role, outline.Span{})
	case post.MatchString(text):
		name := outline.Span{}
		if m := r.text.Find(rest, named); m != nil {
			name = m[1]
		}
		if !name.Empty() {
			r.addLeader(role, name)
		}
	default:
		for _, name := range r.names(rest) {
			if person.MatchString(squeezed(r.text.At(name))) {
				r.addLeader(role, name)
			}
		}
	}
}

// names are the names of a list; one of two characters may be spread.
func (r *reading) names(within outline.Span) (all []outline.Span) {
	for _, m := range r.text.FindAll(within, token, -1) {
		at := m[0]
		if n := len(all); n > 0 && at.End-at.Start == 1 && all[n-1].End-all[n-1].Start == 1 {
			all[n-1].End = at.End
			continue
		}
		all = append(all, at)
	}
	return all
}

func (r *reading) addLeader(role, name outline.Span) {
	n := len(r.plan.Leaders)
	if n == mostItems {
		return
	}
	x := PlanLeader{Role: r.keep(squeezed(r.text.At(role)), role, "/leaders/%d/role", n)}
	if !name.Empty() {
		x.Name = r.keep(squeezed(r.text.At(name)), name, "/leaders/%d/name", n)
	}
	r.plan.Leaders = append(r.plan.Leaders, x)
}

// squeezed is a text without white space.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

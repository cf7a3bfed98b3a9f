package plan

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"qingfeng/internal/kit/outline"
)

const (
	gap       = `[\s\x{3000}]*`
	groupRole = `(?:常` + gap + `务` + gap + `|执` + gap + `行` + gap + `|第` + gap + `一` + gap + `)?(?:副` + gap + `)?(?:组` + gap + `长|主` + gap + `任|总` + gap + `指` + gap + `挥|指` + gap + `挥` + gap + `长)|成` + gap + `员|组` + gap + `员|召` + gap + `集` + gap + `人|联` + gap + `络` + gap + `员`
)

const officeRole = `办公室(?:副?主任|秘书|联络员)`

var (
	// roleLabel is a role before whom it is given; roleBegins is what can stand before the
	// first of a line, which may be the name of the group or a heading that runs into it.
	roleLabel  = regexp.MustCompile(`((?:办公室)?(?:` + groupRole + `))` + gap + `[:：]` + gap)
	roleBegins = regexp.MustCompile(`(?:^|[；;，,。：:）)]|小组|领导|机构|名单|如下)[\s\x{3000}]*$`)
	// numberedLine is the number of an item, at the beginning of its line.
	numberedLine = regexp.MustCompile(`^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、.．])`)
	unnamed      = regexp.MustCompile(`^\p{Han}?` + blank + `+|^略$`)
	// takesRole is somebody who becomes something: 由局长王某某任组长.
	takesRole = regexp.MustCompile(`([^，,。；;：:\n（）()]{2,60}?)(?:同志)?(?:担任|兼任|兼|任|为)((?:常务|执行|第一)?副?(?:组长|总指挥|指挥长|召集人)|` + officeRole + `)`)
	// roleTaken is the same the other way round: 组长由王某某担任.
	roleTaken = regexp.MustCompile(`((?:常务|执行|第一)?副?组长|副?总指挥|` + officeRole + `|副?主任)由([^，。；;：:\n（）()]{2,60}?)(?:同志)?(?:兼任|担任|兼)`)
	// roleName is somebody right behind a role in a sentence: 第一组组长王某某，负责…….
	roleName = regexp.MustCompile(`(?:^|[，,；;。：:、]|组|由)(副?组长)(` + onePerson + `)[，,；;。、（(]`)
	// noNameBegins is what a sentence goes on with behind a role, and some names begin with.
	noNameBegins = regexp.MustCompile(`^[由应任为会和成单时要及经负同全]`)
	// members are whom a group is made of: 成员王某某、李某某组成.
	members = regexp.MustCompile(`(成员|组员)(?:由|有|为|包括)?([^的。；;：:\n][^。；;：:\n]{1,200}?)组成`)
	// beforeName ends what stands before a name in a sentence.
	beforeName = regexp.MustCompile(`^.*(?:由|成立|以)`)
)

// inRole is somebody of the leading group, where it stands; the name is empty where
// it is left open.
type inRole struct{ role, name outline.Span }

// readLeaders takes the leading group: lines that begin with a role, and sentences
// that give somebody one.
func (r *reading) readLeaders() {
	all := append(r.leadersOfLines(), r.leadersOfSentences()...)
	slices.SortStableFunc(all, func(a, b inRole) int {
		return cmp.Compare(max(a.role.Start, a.name.Start), max(b.role.Start, b.name.Start))
	})
	for _, x := range all {
		r.addLeader(x)
	}
}

// leadersOfLines are those behind the roles of a line, and of the lines below it that
// go on with names.
func (r *reading) leadersOfLines() (all []inRole) {
	var role, open outline.Span // open has nothing behind it in its line
	empty := false              // nobody has that role yet
	add := func(list outline.Span) {
		for _, name := range r.people(list) {
			all, empty = append(all, inRole{role, name}), false
		}
	}
	for _, line := range r.lines(r.whole) {
		labels := r.roleLabels(line)
		if !open.Empty() && r.leavesOpen(line, labels) {
			all = append(all, inRole{role: open})
		}
		open = outline.Span{}
		before := line
		if len(labels) > 0 {
			before.End = labels[0][0].Start
		}
		rest := before
		if empty {
			rest = r.sentence(before)
		}
		if !role.Empty() && r.goesOn(rest) {
			add(rest)
		}
		if rest != before || !r.goesOn(before) {
			role = outline.Span{}
		}
		for i, m := range labels {
			list := outline.Span{Start: m[0].End, End: line.End}
			if i+1 < len(labels) {
				list.End = labels[i+1][0].Start
			}
			role, empty = m[1], true
			if list.Empty() {
				open = role
			}
			add(r.sentence(list))
		}
	}
	return all
}

// leavesOpen reports whether a line ends the place of a role that nobody stands in: it
// is the next role, or an item that names nobody.
func (r *reading) leavesOpen(line outline.Span, labels [][]outline.Span) bool {
	if len(labels) > 0 {
		return labels[0][0].Start == line.Start
	}
	return r.text.Find(line, numberedLine) != nil && !r.goesOn(line)
}

// sentence is a place up to the end of its first sentence.
func (r *reading) sentence(within outline.Span) outline.Span {
	if all := r.sentences(within); len(all) > 0 {
		within.End = all[0].End
	}
	return within
}

// roleLabels are the roles of a line before whom they are given: at its beginning,
// behind a mark or the name of the group, and any behind the first.
func (r *reading) roleLabels(line outline.Span) (all [][]outline.Span) {
	for _, m := range r.text.FindAll(line, roleLabel, -1) {
		before := outline.Span{Start: max(line.Start, m[0].Start-nearRole), End: m[0].Start}
		if m[1].Length() <= longestRole && (len(all) > 0 || roleBegins.MatchString(r.text.At(before))) {
			all = append(all, m)
		}
	}
	return all
}

// longestOfPeople is how long a line can be that goes on with names.
const longestOfPeople = 60

// goesOn reports whether a line has more of those who were named above it.
func (r *reading) goesOn(line outline.Span) bool {
	return line.End-line.Start <= longestOfPeople && !strings.ContainsAny(r.text.At(line), "。:：") && len(r.people(line)) > 0
}

// leadersOfSentences are those who become something in a sentence.
func (r *reading) leadersOfSentences() (all []inRole) {
	add := func(role, list outline.Span) {
		if m := r.text.Find(list, beforeName); m != nil {
			list.Start = m[0].End
		}
		for _, name := range r.people(list) {
			all = append(all, inRole{role, name})
		}
	}
	for _, m := range r.text.FindAll(r.whole, takesRole, -1) {
		add(m[2], r.untilVerb(m[1]))
	}
	for _, form := range []*regexp.Regexp{roleTaken, members} {
		for _, m := range r.text.FindAll(r.whole, form, -1) {
			add(m[1], m[2])
		}
	}
	for _, m := range r.text.FindAll(r.whole, roleName, -1) {
		if name := r.text.At(m[2]); isName(name) && !noNameBegins.MatchString(name) {
			all = append(all, inRole{m[1], m[2]})
		}
	}
	return all
}

var otherRole = regexp.MustCompile(`^.{2,}?(任|为)`)

// untilVerb leaves out another role that somebody has before the one that is meant:
// 王某某任专干兼任办公室主任.
func (r *reading) untilVerb(list outline.Span) outline.Span {
	if m := r.text.Find(list, otherRole); m != nil {
		if name, is := r.nameIn(outline.Span{Start: list.Start, End: m[1].Start}); is && !name.Empty() {
			list.End = m[1].Start
		}
	}
	return list
}

// addLeader keeps somebody once in a role.
func (r *reading) addLeader(x inRole) {
	n := len(r.plan.Leaders)
	if n == mostItems {
		return
	}
	role, name := squeezed(r.text.At(x.role)), squeezed(r.text.At(x.name))
	if name != "" && slices.ContainsFunc(r.plan.Leaders, func(y Leader) bool { return Said(y.Role) == role && Said(y.Name) == name }) {
		return
	}
	kept := Leader{Role: r.keep(role, x.role, "/leaders/%d/role", n)}
	if !x.name.Empty() {
		kept.Name = r.keep(name, x.name, "/leaders/%d/name", n)
	}
	r.plan.Leaders = append(r.plan.Leaders, kept)
}

// squeezed is a text without white space.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

package plan

import (
	"regexp"

	"qingfeng/internal/kit/outline"
)

// bullet begins an item whose number got lost, or that never had one.
var bullet = regexp.MustCompile(`(?:^|\n)[ \t\x{3000}]*([.．、·•●◆■▪○◇]\s*)\p{Han}`)

// leastBullets is how many of them make a list.
const leastBullets = 2

// bullets are the items of a list that have a bullet, and no number.
func (r *reading) bullets(body outline.Span) (all []outline.Span) {
	found := r.text.FindAll(body, bullet, -1)
	for i, m := range found {
		item := outline.Span{Start: m[1].End, End: body.End}
		if i+1 < len(found) {
			item.End = found[i+1][0].Start
		}
		all = append(all, item)
	}
	if len(all) < leastBullets {
		return nil
	}
	return all
}

// readBullets takes the items of such a list, and reports whether there are any.
func (r *reading) readBullets(h *outline.Heading) bool {
	all := r.bullets(h.Body)
	for _, item := range all {
		r.addTask(&outline.Heading{Title: outline.Span{Start: item.Start, End: item.Start}, Body: item, Whole: item}, h)
	}
	return len(all) > 0
}

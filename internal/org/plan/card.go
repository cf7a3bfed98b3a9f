package plan

import (
	"regexp"

	"qingfeng/internal/kit/outline"
)

// What the card says that a site puts before a document: its name, who issued it, and
// under which number.
var (
	cardTitle  = regexp.MustCompile(`(?m)(?:^|[\s|])(?:名` + gap + `称|标` + gap + `题)\s*[:：][ \t\x{3000}|]*([^|\s]{6,80})(?:[\s|]|$)`)
	cardIssuer = regexp.MustCompile(`(?m)(?:^|[\s|])(?:发文|制发|印发|发布)(?:单位|机关|机构)\s*[:：][ \t\x{3000}|]*(\p{Han}{3,30})(?:[\s|]|$)`)
	cardNumber = regexp.MustCompile(`(?m)(?:^|[\s|])(?:文` + gap + `号|发文字号)\s*[:：][ \t\x{3000}|]*([^\s，。,(（《|]{1,15}?` + number + `)`)
)

// readCard fills in what the document itself does not say.
func (r *reading) readCard(head outline.Span) {
	if m := r.text.Find(head, cardTitle); r.plan.Title == nil && m != nil && titles(r.text.At(m[1])) {
		r.plan.Title = r.take(m[1], "/title")
	}
	if m := r.text.Find(head, cardNumber); r.plan.DocNumber == nil && m != nil {
		r.plan.DocNumber = r.take(m[1], "/doc_number")
	}
	if m := r.text.Find(head, cardIssuer); r.plan.Issuer == nil && m != nil && r.isAgency(m[1]) {
		r.plan.Issuer = r.keepIssuer(m[1])
	}
}

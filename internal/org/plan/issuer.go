package plan

import (
	"regexp"
	"strings"

	"qingfeng/internal/kit/outline"
)

// issues is who may issue a document, by what such names end with.
const issues = `\p{Han}{3,30}?(?:委员会|委|局|厅|部|院|办公厅|办公室|中心|政府|党组|监督所)`

var (
	signedDate = regexp.MustCompile(`(?m)^[ \t\x{3000}]*(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[一二三四五六七八九〇○零Ｏ]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)[ \t\x{3000}]*$`)
	agencyLine = regexp.MustCompile(`^[\p{Han}（）()、 \t\x{3000}]{3,60}$`)
	agencyEnd  = regexp.MustCompile(`(委员会|委|局|厅|部|院|办公厅|办公室|秘书局|综合司|司|署|中心|政府|医院|领导小组|党组|卫生院|办|联合会|总工会|协会|监督所|支队|大队)$`)
	// headOf is the head of a document: who issues it, in large letters.
	headOf = regexp.MustCompile(`^(` + issues + `)文件`)
	// runOnSignature is a signature that runs into the last sentence, at the end of a line.
	runOnSignature = regexp.MustCompile(`(?m)[。；;]\s*([\p{Han}Xx×*]{3,30}?)[ \t\x{3000}]*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[ \t\x{3000}]*$`)
	// headlined is who begins the title of a notice, which may be several, or the first of
	// them: 清江市卫生局、清江市公安局关于印发……的通知, 清江市卫生局等3部门关于…….
	headlined = regexp.MustCompile(`^[ \t\x{3000}]*(` + issues + `(?:[、\s]+` + issues + `)*)(?:等[\d一二三四五六七八九十]{1,3}个?(?:部门|单位))?关于(?:印发|转发|开展|做好|进一步|组织|加强)`)
	// citedEnd ends a title in a line that has not its beginning.
	citedEnd = regexp.MustCompile(`^[^《]*》`)
	// imprint is the line at the end that says who printed it and when.
	imprint = regexp.MustCompile(`^(\p{Han}{3,30})[\s\x{3000}]+\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*印发$`)
)

// issuer is who signs above the date, in the head or at the end, who stands above
// "关于印发" or the document's number, whose head it has, who printed it, or who begins
// its title.
func (r *reading) issuer(head outline.Span) *string {
	lines, all := r.lines(head), r.lines(r.whole)
	if at := r.signature(lines); !at.Empty() {
		return r.keepIssuer(at)
	}
	if at := r.signature(all); !at.Empty() {
		return r.keepIssuer(at)
	}
	for i, line := range lines {
		if i > 0 && (r.text.Find(line, ofNotice) != nil || r.isNumber(line)) && r.isAgency(lines[i-1]) {
			return r.keepIssuer(lines[i-1])
		}
		if m := r.text.Find(line, headOf); m != nil {
			return r.keepIssuer(m[1])
		}
	}
	for _, line := range all {
		if m := r.text.Find(line, imprint); len(m) > 0 && r.isAgency(m[1]) {
			return r.keepIssuer(m[1])
		}
	}
	if m := r.text.Find(r.whole, runOnSignature); len(m) > 0 && agencyEnd.MatchString(r.text.At(m[1])) {
		return r.keepIssuer(m[1])
	}
	for _, line := range lines {
		if m := r.text.Find(line, headlined); m != nil && strings.Contains(r.text.At(line), "通知") && r.text.Find(line, citedEnd) == nil {
			return r.keepIssuer(m[1])
		}
	}
	return nil
}

func (r *reading) keepIssuer(at outline.Span) *string {
	return r.keep(strings.Join(strings.Fields(r.text.At(at)), " "), at, "/issuer")
}

// signature is who stands right above a date that has a line of its own.
func (r *reading) signature(lines []outline.Span) outline.Span {
	for i, line := range lines {
		first := i
		for r.text.Find(line, signedDate) != nil && first > 0 && r.isAgency(lines[first-1]) {
			first--
		}
		if first < i {
			return outline.Span{Start: lines[first].Start, End: lines[i-1].End}
		}
	}
	return outline.Span{}
}

func (r *reading) isAgency(line outline.Span) bool {
	text := r.text.At(line)
	return agencyLine.MatchString(text) && agencyEnd.MatchString(text)
}

// signedAt is where what is below the headings ends: at the signature or imprint
// behind the last of them, or at the end.
func (r *reading) signedAt() int {
	if len(r.heads) == 0 {
		return r.whole.End
	}
	lines := r.lines(outline.Span{Start: r.heads[len(r.heads)-1].Whole.Start, End: r.whole.End})
	if at := r.signature(lines[1:]); !at.Empty() {
		return at.Start
	}
	for _, line := range lines {
		if imprint.MatchString(r.text.At(line)) {
			return line.Start
		}
	}
	return r.whole.End
}

package official

// sizes of the name in a red head, in half points: as large as fits a line.
const (
	largestIssuer  = 104
	smallestIssuer = 52
)

// head is what stands above the title (7.2).
func (d Document) head() []paragraph {
	switch d.Kind {
	case Notice:
		number := run{text: roomy(d.Number)}
		return []paragraph{d.issuer(35), {look: lookNumber, space: 2 * linePitch, ruled: true, runs: []run{number}}}
	case Report:
		return []paragraph{d.issuer(35), d.numberAndSigner()}
	case Bulletin:
		return []paragraph{d.issuer(10), {look: lookNumber, space: linePitch, runs: []run{{text: "第" + itoa(d.Issue) + "期"}}}, d.editorAndDay()}
	case Summary:
	}
	return nil
}

// roomy is a text, or room to write one in.
func roomy(text string) string {
	if text == "" {
		return "　　　　"
	}
	return text
}

// issuer is the red name, so many millimetres below the upper edge of the type
// area.
func (d Document) issuer(below float64) paragraph {
	fits := int(2 * float64(portrait().room()) / 20 / (length(d.Issuer) + 0.5))
	size := min(largestIssuer, max(smallestIssuer, fits))
	p := paragraph{look: lookIssuer, space: mm(below), high: size * 12, runs: []run{{text: d.Issuer, size: size}}}
	if size > fits {
		p = p.balanced(d.Issuer, size)
	}
	return p
}

// numberAndSigner is the line of a report: the number one character from the
// left, who signed one from the right (7.2.5, 7.2.6).
func (d Document) numberAndSigner() paragraph {
	p := sides(roomy(d.Number), "签发人：")
	p.runs = append(p.runs, run{text: roomy(d.Signer), font: kai})
	p.space = 2 * linePitch
	return p
}

// editorAndDay is the line of a bulletin.
func (d Document) editorAndDay() paragraph { return sides(d.Editor, Day(d.Date)) }

// sides is a line over the red one, with a text at either side.
func sides(left, right string) paragraph {
	// The line is as wide as the type area, so the texts are moved in by spaces
	// and not by indents, which would move the line as well.
	const one = "　"
	return paragraph{look: lookFlush, ruled: true, tab: portrait().room() - em, runs: []run{{text: one + left}, {text: right, tab: true}}}
}

package official

// enclosed names what goes with the document, below its text (7.3.4).
func (d Document) enclosed() (all []paragraph) {
	const mark = "附件："
	if len(d.Enclosed) == 1 {
		return []paragraph{{look: lookFlush, keeps: true, space: linePitch, left: ems(5), hang: ems(3), runs: []run{{text: mark + d.Enclosed[0].Title}}}}
	}
	for i, e := range d.Enclosed {
		number := itoa(i+1) + "."
		p := paragraph{look: lookFlush, keeps: true, left: ems(5 + length(number)), hang: ems(length(number)), runs: []run{{text: number + e.Title}}}
		if i == 0 {
			p.space, p.hang, p.runs[0].text = linePitch, p.hang+ems(3), mark+p.runs[0].text
		}
		all = append(all, p)
	}
	return all
}

// signed is the signature and the date (7.3.5).
func (d Document) signed() []paragraph {
	signature, day := d.unsealed()
	above := linePitch
	if d.Kind == Notice || d.Kind == Report {
		signature, day = d.underSeal()
		above *= 2 // a seal needs room
	}
	if d.Signature == "" {
		day.space = above
		return []paragraph{day}
	}
	signature.space, signature.keeps = above, true
	return []paragraph{signature, day}
}

// underSeal is signature and date where a seal is put on them: the date four
// characters from the right, the signature in the middle above it (7.3.5.1). Both
// stand in the middle of the same room, which is exact however wide a typeface
// has its digits.
func (d Document) underSeal() (signature, day paragraph) {
	date := Day(d.Date)
	signature, day = plain(lookSigned, d.Signature), plain(lookSigned, date)
	signature.left = ems(max(0, min(perLine-2*4-length(date), perLine-length(d.Signature))))
	day.left = signature.left
	return signature, day
}

// unsealed is the same without a seal: the signature two characters from the
// right, the date's first character two behind that of the signature; a date too
// long for that is itself two from the right (7.3.5.2). Both are measured from the
// left, so that they fit each other however wide a typeface has its digits.
func (d Document) unsealed() (signature, day paragraph) {
	date := Day(d.Date)
	signature, day = plain(lookFlush, d.Signature), plain(lookFlush, date)
	signature.left = ems(max(0, min(perLine-2-length(d.Signature), perLine-4-length(date))))
	day.left = signature.left + ems(2)
	return signature, day
}

// Lines of a colophon (7.4.1), in twips: 0.35 and 0.25 mm.
const (
	thick = 20
	thin  = 14
)

// colophon is what stands at the foot of the last page (7.4): thick lines above
// and below, a thin one between.
func (d Document) colophon() (all []paragraph) {
	if d.Copies != "" {
		p := plain(lookPrint, "抄送："+d.Copies+"。")
		p.left, p.right, p.hang = size4*40, size4*10, size4*30
		all = append(all, across(thick), p)
	}
	if d.PrintedBy != "" {
		above := thick
		if len(all) > 0 {
			above = thin
		}
		all = append(all, across(above), paragraph{look: lookPrint, tab: portrait().room() - size4*10, runs: []run{{text: d.PrintedBy}, {text: Day(d.Date) + "印发", tab: true}}})
	}
	if len(all) == 0 {
		return nil
	}
	all = append(all, across(thick))
	for i := range all {
		all[i].frame = true
	}
	// LibreOffice takes paragraphs for a frame when another one follows.
	return append(all, plain(lookGap, ""))
}

// across is a line as wide as the type area. It is a paragraph with nothing but a
// ground, because LibreOffice makes no frame of paragraphs that have borders.
func across(high int) paragraph {
	return paragraph{look: lookGap, black: true, space: 40, after: 40, high: high}
}

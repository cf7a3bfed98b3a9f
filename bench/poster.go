package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"github.com/skip2/go-qrcode"

	"qingfeng/internal/kit/doc"
	"qingfeng/internal/kit/i18n"
)

// posterCount is how many posters a large hospital hangs up at once.
const posterCount = 1000

// posters measures a thousand A6 posters against as many bare pages with a
// code each.
func posters(_ context.Context, s *settings) ([]line, error) {
	list := make([]doc.Poster, posterCount)
	for i := range list {
		list[i] = doc.Poster{Title: i18n.T("扫码反映 件件有回音", "Scan to report"), Heading: "清江市第一人民医院", Subheading: fmt.Sprintf("心内科门诊 %d 诊室", i+1),
			URL: posterURL(i), CheckLabel: i18n.T("核对词", "Check words"), CheckWords: "春风 小桥", Telephone: "0990-862320", Footer: i18n.T("清江市卫生健康委员会", "Health Commission")}
	}
	ours, theirs, err := s.inTurns(barePages, func() error { return doc.Posters(io.Discard, doc.A6, list) })
	if err != nil {
		return nil, err
	}
	r := ratios(ours, theirs)
	return []line{{what: "1,000 A6 posters", floor: fmt.Sprintf("bare PDF pages, a vector code each: %.2f s", 1/median(theirs)),
		figure: fmt.Sprintf("%.2f s", 1/median(ours)), ratio: median(r), spread: span(r)}}, nil
}

func posterURL(i int) string { return fmt.Sprintf("https://12345.example.org/q/%016d", i) }

// barePages draws each code as rectangles on an empty page.
func barePages() error {
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: 105, Ht: 148}})
	for i := range posterCount {
		code, err := qrcode.New(posterURL(i), qrcode.Medium)
		if err != nil {
			return fmt.Errorf("floor: %w", err)
		}
		pdf.AddPage()
		for y, row := range code.Bitmap() {
			for x, dark := range row {
				if dark {
					pdf.Rect(20+float64(x), 30+float64(y), 1, 1, "F")
				}
			}
		}
	}
	if err := pdf.Output(&strings.Builder{}); err != nil {
		return fmt.Errorf("floor: %w", err)
	}
	return nil
}

package prose

import (
	"context"
	"errors"
	"strings"
	"testing"

	"qingfeng/internal/kit/ooxml/ooxmltest"

	"qingfeng/internal/kit/costtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tool"
)

// numberedAs is a document of so many numbered paragraphs, whose number is written so.
func numberedAs(t *testing.T, template string, paragraphs int) []byte {
	t.Helper()
	return ooxmltest.Pack(t, map[string]string{
		"word/numbering.xml": strings.Replace(numberingPart, `"%1、"`, `"`+template+`"`, 1),
		"word/document.xml":  document(strings.Repeat(listed("0", "甲"), paragraphs)),
	})
}

// A document of some kilobytes does not fill the memory.
func TestSmallFilesAreLittleWork(t *testing.T) {
	for what, c := range map[string]struct {
		content []byte
		want    fault.Kind
	}{
		"a number of many characters": {numberedAs(t, strings.Repeat("第", 60_000)+"%1", 2000), 0},
		"text without end":            {ooxmltest.Pack(t, map[string]string{"word/document.xml": document(strings.Repeat(paragraph(strings.Repeat("x", 1<<20)), 9))}), fault.TooLarge},
		"levels without end":          {ooxmltest.Pack(t, map[string]string{"word/document.xml": document(paragraph("甲")), "word/numbering.xml": `<w:numbering ` + space + `><w:abstractNum>` + strings.Repeat(`<w:lvl/>`, 1<<17) + `</w:abstractNum></w:numbering>`}), 0},
		"depth without end":           {ooxmltest.Pack(t, map[string]string{"word/document.xml": document(strings.Repeat("<w:p>", 1<<17))}), fault.Invalid},
	} {
		t.Run(what, func(t *testing.T) {
			r := New()
			costtest.AtMost(t, 256<<20, func() {
				_, err := r.Read(t.Context(), c.content)
				if c.want == 0 && err != nil || c.want != 0 && !fault.Is(err, c.want) {
					t.Errorf("%v, want %v", err, c.want)
				}
			})
		})
	}
}

// Word writes no longer number, so none is written.
func TestLongestNumber(t *testing.T) {
	for template, want := range map[string]string{strings.Repeat("第", mostTemplate-2) + "%1": strings.Repeat("第", mostTemplate-2) + "一甲", strings.Repeat("第", mostTemplate-1) + "%1": "甲"} {
		if got, err := New().Read(t.Context(), numberedAs(t, template, 1)); err != nil || strings.TrimSpace(got) != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
}

// A few are read at a time, and whoever leaves waits no longer.
func TestDocumentsWaitForTheirTurn(t *testing.T) {
	r := New()
	if err := r.turn.Acquire(t.Context(), atATime); err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := r.Read(ctx, []byte("一、目标")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	r.turn.Release(atATime)
	if _, err := r.Read(ctx, ooxmltest.Pack(t, map[string]string{"word/document.xml": document(paragraph("甲"))})); !errors.Is(err, context.Canceled) || fault.KindOf(err) != fault.Internal {
		t.Error(err)
	}
	if _, err := r.Read(t.Context(), []byte("一、目标")); err != nil {
		t.Error(err)
	}
}

// Without what bounds it, no tool reads a pdf.
func TestPDFNeedsItsBounds(t *testing.T) {
	for _, r := range []*Reader{{turn: New().turn, box: tool.Box{Nice: "/x"}, pdfText: "/x"}, {turn: New().turn, box: tool.Box{Limit: "/x"}, pdfText: "/x"}, {turn: New().turn, box: tool.Box{Limit: "/x", Nice: "/x"}}} {
		if _, err := r.Read(t.Context(), []byte("%PDF-1.7\nnothing")); !fault.Is(err, fault.Unavailable) {
			t.Error(err)
		}
	}
}

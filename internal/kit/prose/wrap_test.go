package prose

import (
	"bytes"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tooltest"
)

// A page breaks lines in sentences, dates and lists of names, and not between titles,
// items and signatures.
func TestLinesThatAPageBroke(t *testing.T) {
	line := strings.Repeat("各单位要认真做好这一项工作", 2) // 52 half characters
	for what, c := range map[string]struct{ text, want string }{
		"a sentence":        {line + "，\n" + line + "并\n" + line + "在\n七月底前完成。\n", line + "，" + line + "并" + line + "在七月底前完成。\n"},
		"a date":            {line + "，\n" + line + "，\n" + line[:len(line)-6] + "20\n26年7月底完成。\n", line + "，" + line + "，" + line[:len(line)-6] + "20\n26年7月底完成。\n"},
		"over a page":       {line + "，\n" + line + "，\n" + line + "\n— 1 —\n\f完成。\n", line + "，" + line + "，" + line + "完成。\n"},
		"a new item":        {line + "，\n" + line + "\n（二）整改\n" + line + "\n组长：王某\n", line + "，" + line + "\n（二）整改\n" + line + "\n组长：王某\n"},
		"the end of one":    {line + "。\n" + line + "：\n" + line + "。\n完成。\n", line + "。\n" + line + "：\n" + line + "。\n完成。\n"},
		"an indented one":   {line + "\n　　完成\n" + line + "\n" + line + "\n", line + "\n　　完成\n" + line + line + "\n"},
		"set to both edges": {line + "，\n" + line + "，\n" + line + "在\n" + strings.Join(strings.Split("各单位要认真做好这一项工作在七月", ""), " ") + "\n底前完成。\n", line + "，" + line + "，" + line + "在" + strings.Join(strings.Split("各单位要认真做好这一项工作在七月", ""), " ") + "\n底前完成。\n"},
		"short lines":       {"清江市收费行为\n整治方案\n清江市医院\n", "清江市收费行为\n整治方案\n清江市医院\n"},
	} {
		if got := joined(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
}

// A scan has pages and no text: it is refused with the way out.
func TestAScanIsRefused(t *testing.T) {
	tooltest.Need(t, "pdftotext")
	p := fpdf.New("P", "mm", "A4", "")
	p.AddPage()
	p.Rect(20, 20, 100, 100, "F")
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	if got, err := New().Read(t.Context(), b.Bytes()); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "no text") {
		t.Errorf("%q, %v", got, err)
	}
}

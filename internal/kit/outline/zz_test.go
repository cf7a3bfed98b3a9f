package outline

import ("testing";"os";"fmt";"strings")

func dump(t Text, hs []*Heading, in string, b *strings.Builder) {
	for _, h := range hs {
		body := t.At(h.Body); r := []rune(body); if len(r) > 25 { body = string(r[:12])+"…"+string(r[len(r)-10:]) }
		fmt.Fprintf(b, "%s%s|%s|%s\n", in, t.At(h.Number), t.At(h.Title), strings.ReplaceAll(body,"\n","⏎"))
		dump(t, h.Children, in+"   ", b)
	}
}
func TestDump(t *testing.T) {
	x, _ := os.ReadFile(os.Getenv("F"))
	txt := Text([]rune(string(x)))
	var b strings.Builder
	dump(txt, txt.Parse(Span{0,len(txt)}), "", &b)
	fmt.Println(b.String())
}

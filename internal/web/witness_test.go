package web_test

import (
	"strings"
	"testing"

	"qingfeng/internal/mod/inspection"
)

// What a witness gets wrong is said, at the field and above it.
func TestWitnessIsToldWhatIsWrong(t *testing.T) {
	each(t, func(w *world) {
		d := got(w.Inspections.Freeze(w.as("office"), posted(inspection.FreezeInput{Of: inspection.OfDays, Title: "Days", Region: "990100", Count: 3, From: "2026-08-01", To: "2026-08-31", Witnesses: []string{"Ann", "Bob"}})))(w)
		seat := func(i int) string { return "/w/" + d.Links[i].Token }
		w.holds(w.get(seat(0)+"?lang=zh"), 200, "printf %s '随机数' | sha256sum")
		w.holds(w.get(seat(0)+"?lang=en"), 200, "printf %s 'secret' | sha256sum")
		refused := func(field, value, zh, en string) {
			for lang, want := range map[string]string{"zh": zh, "en": en} {
				a := w.post(seat(0)+"?lang="+lang, fields{{name: field, value: value}})
				w.holds(a, 422, want)
				if n := strings.Count(a.page.text(), want); n != 2 {
					t.Errorf("%s %q: %q is said %d times in %s", field, value, want, n, a.page.text())
				}
			}
		}
		for _, none := range []string{"", "short", strings.Repeat("g", 64)} {
			refused("commitment", none, "摘要应为 64 位十六进制数字", "he digest is 64 hexadecimal digits")
		}
		for i := range 2 {
			got(w.Inspections.CommitSecret(t.Context(), d.Links[i].Token, inspection.Commit("secret of mine "+d.Links[i].Witness)))(w)
		}
		for _, wrong := range []string{"", "short", strings.Repeat("x", 201)} {
			refused("secret", wrong, "随机数应为 8 到 200 个字符", "he secret has 8 to 200 characters")
		}
		refused("secret", "secret of mine Bob", "与您事先提交的摘要不符", "t is not the one that you committed to")
		w.holds(w.post(seat(0), fields{{name: "commitment", value: strings.Repeat("0", 64)}}), 409, "您已经提交过摘要，不能更改")
	})
}

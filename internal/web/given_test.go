package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"
)

// The reporter has voices changed by a tick, without a script, in what is sent
// with the report and later; the page lists what arrived, with both ends of its
// SHA-256, and does not ask again.
func TestGivenFiles(t *testing.T) {
	each(t, func(w *world) {
		for _, ticked := range []bool{false, true} {
			action, f := w.get(w.form()).page.filled(t, "id", "report")
			f = f.with("category", "D", "narrative", "同一项收了两次").file("bill.txt", "two lines")
			if ticked {
				f = f.with("mask_voice", "1")
			}
			before := w.count("attachment_wish")
			receipt := w.accepted(w.post(action, f))
			if n := w.count("attachment_wish") - before; (n == 1) != ticked {
				t.Errorf("ticked %t: %d wishes", ticked, n)
			}
			page := w.post("/r", fields{{name: "receipt", value: receipt}})
			sum := sha256.Sum256([]byte("two lines"))
			digits := hex.EncodeToString(sum[:])
			if !strings.Contains(page.text, "bill.txt") || !strings.Contains(page.text, digits[:8]+"…"+digits[56:]) || !strings.Contains(page.text, "正在做安全处理") {
				t.Errorf("ticked %t: the page does not tell what arrived", ticked)
			}
			if asks := strings.Contains(page.text, "变声后再给办理人员听"); asks == ticked {
				t.Errorf("ticked %t: asked again %t", ticked, asks)
			}
			if ticked {
				continue
			}
			action, f = page.page.filled(t, "action", "/r/evidence")
			if a := w.post(action, f.with("mask_voice", "1").file("more.txt", "more")); a.status != http.StatusOK || w.count("attachment_wish") != before+1 || strings.Contains(a.text, "变声后再给办理人员听") {
				t.Errorf("a tick beside what is added: %d, %d wishes", a.status, w.count("attachment_wish"))
			}
		}
	})
}

package rates

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/official"
	"qingfeng/internal/kit/prose"
)

// circularOf reads the text of the official document of a pack.
func (w *world) circularOf(t *testing.T, id string, lang i18n.Lang) (name, text string) {
	t.Helper()
	file, err := w.ExportPack(i18n.WithLang(w.analyst(), lang), ExportPackInput{PackInput: PackInput{ID: id}, Format: AsCircular})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	if text, err = prose.New().Read(t.Context(), out.Bytes()); err != nil {
		t.Fatal(err)
	}
	return file.Name, text
}

func TestTheCircularHasTheFiguresOfThePage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-04-06 10:00:00"), w.fact("2026-05-06 10:00:00"), w.fact("2026-05-07 10:00:00"))
		const id = "990101.month.20260501"
		p, err := w.Pack(w.analyst(), PackInput{ID: id})
		if err != nil {
			t.Fatal(err)
		}
		name, text := w.circularOf(t, id, i18n.ZH)
		if name != "青山省清江市临江区月度通报 2026年5月.docx" {
			t.Errorf("called %s", name)
		}
		for _, want := range []string{
			"临江区卫生健康局文件\n", "关于青山省清江市临江区2026年5月群众诉求办理情况的通报\n", "各有关单位：\n", "统计2026年5月1日00:00至2026年6月1日00:00受理的诉求",
			"本期数据尚未签发，签发前可能变化。", "一、总体情况\n本期受理诉求2件（比上期增长100.00%）", "截至2026年6月10日09:00，超期未办结1000+件，派单未签收2件，快到期1件",
			"个承办单位本期没有诉求，不列入下表。", "疑难诉求60件", "附件：青山省", "2026年6月10日\n",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("without %q:\n%s", want, text)
			}
		}
		squeezed := strings.ReplaceAll(text, " \t", "\t") // between cells
		for _, table := range p.Tables {
			for _, r := range table.Rows {
				if r.Raw.Counts.Received == 0 {
					continue
				}
				row := []string{r.Name, strconv.Itoa(r.Raw.Counts.Received), strconv.Itoa(r.Assessed.Counts.Sample), percent(r.Assessed.Response)}
				if !strings.Contains(squeezed, "\t"+strings.Join(row, "\t")+"\t") {
					t.Errorf("%s: without the row %v:\n%s", table.Subject, row, squeezed)
				}
			}
		}
		if _, english := w.circularOf(t, id, i18n.EN); english != text {
			t.Error("the document is another one in English")
		}
		if _, err := w.Sign(w.director(), SignInput{ID: id}); err != nil {
			t.Fatal(err)
		}
		w.at = w.at.AddDate(0, 0, 3)
		if _, text = w.circularOf(t, id, i18n.ZH); strings.Contains(text, "尚未签发") || !strings.Contains(text, "2026年6月10日印发") {
			t.Errorf("signed off:\n%s", text)
		}
	})
}

// What people wrote must not keep a document from being made, nor forge it.
func TestACircularTakesWhateverCasesAreCalled(t *testing.T) {
	p := Pack{Region: "某区", At: moment(t, "2026-06-10 09:00:00"), Hard: []HardCase{{Number: "QF-1", Title: "一行\n\x00两行\u202e</w:t>", LeadName: "=1+1"}}}
	if _, err := official.File("x", p.circular("某区卫生健康局")); err != nil {
		t.Fatal(err)
	}
	p = Pack{Region: "某区", At: p.At}
	if _, err := official.File("x", p.circular("某区卫生健康局")); err != nil {
		t.Errorf("an empty pack: %v", err)
	}
}

package sheet_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"qingfeng/internal/kit/costtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

// look gives a workbook styles: formats by code, and so many looks of each.
func look(parts map[string]string, looks int, codes ...string) {
	const references = "xl/_rels/workbook.xml.rels"
	parts[references] = strings.Replace(parts[references], "</Rel", `<Relationship Id="s" Type="x/styles" Target="/xl/styles.xml"/></Rel`, 1)
	formats, cells := "", ""
	for i, code := range codes {
		formats += fmt.Sprintf(`<numFmt numFmtId="%d" formatCode=%q/>`, 200+i, code)
		cells += strings.Repeat(fmt.Sprintf(`<xf numFmtId="%d"/>`, 200+i), looks)
	}
	parts["xl/styles.xml"] = `<styleSheet><numFmts>` + formats + `</numFmts><cellXfs>` + cells + `</cellXfs></styleSheet>`
}

// numbers is a row of numbers in so many columns.
func numbers(n, columns int) string {
	return fmt.Sprintf(`<row r="%d">`, n) + strings.Repeat(`<c s="0"><v>7</v></c>`, columns) + `</row>`
}

// A workbook of some kilobytes is no work for hours: whatever it says once and
// refers to often is looked at once, or as far as a cell reaches.
func TestSmallFilesAreLittleWork(t *testing.T) {
	long := strings.Repeat("１", 1<<18)
	many := func(n int, row func(int) string) []string {
		rows := make([]string, n)
		for i := range rows {
			rows[i] = row(i + 2)
		}
		return rows
	}
	shared := func(columns int) func(int) string {
		return func(n int) string {
			return fmt.Sprintf(`<row r="%d">`, n) + strings.Repeat(`<c t="s"><v>0</v></c>`, columns) + `</row>`
		}
	}
	for what, make := range map[string]func() map[string]string{
		"zeros before a number": func() map[string]string {
			parts := book(append([]string{row(1, "编码")}, many(200, func(n int) string { return numbers(n, 64) })...)...)
			look(parts, 1, strings.Repeat("0", 1<<20))
			return parts
		},
		"a format of many looks": func() map[string]string {
			parts := book(row(1, "编码"), row(2, "A1"))
			look(parts, 5000, "y"+strings.Repeat("_x", 1<<16))
			return parts
		},
		"a long text in dates": func() map[string]string {
			parts := book(append([]string{row(1, "x", "开业日期")}, many(400, shared(3))...)...)
			shareTexts(parts, `<si><t>`+long+`</t></si>`)
			return parts
		},
		"a long text as headers": func() map[string]string {
			parts := book(append(many(20, shared(64)), row(30, "编码"), row(31, "A1"))...)
			shareTexts(parts, `<si><t>`+long+`</t></si>`)
			return parts
		},
		"one sheet a thousand times": func() map[string]string {
			parts := book(row(1, strings.Repeat("x", 1<<20)), row(2, "A1"))
			parts["xl/workbook.xml"] = strings.Replace(parts["xl/workbook.xml"], "<sheets>", "<sheets>"+strings.Repeat(`<sheet name="二" r:id="b"/>`, 1000), 1)
			return parts
		},
		"merged cells of long names": func() map[string]string {
			parts := book(row(1, "编码"), row(2, "A1"))
			parts["xl/worksheets/s.xml"] = strings.Replace(parts["xl/worksheets/s.xml"], "</worksheet>",
				"<mergeCells>"+strings.Repeat(`<mergeCell ref="B9:B`+strings.Repeat("0", 1<<16)+`10"/>`, 200)+"</mergeCells></worksheet>", 1)
			return parts
		},
	} {
		t.Run(what, func(t *testing.T) {
			content := pack(t, make())
			costtest.AtMost(t, 200<<20, func() {
				s, err := sheet.Read(t.Context(), bytes.NewReader(content), "x.xlsx", columns())
				if err != nil && !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooLarge) {
					t.Error(err)
				}
				if s == nil {
					return
				}
				for _, name := range s.Report().Ignored {
					if len(name) > 1000 {
						t.Errorf("a column is called by %d bytes", len(name))
					}
				}
			})
		})
	}
}

// What is refused counts like what is taken: it is as much work.
func TestRefusedTextsCount(t *testing.T) {
	text := strings.Repeat("a", 100_000) // more than a cell holds
	code := []sheet.Column{{Name: "code", Header: i18n.T("编码", "Code")}}
	if _, err := sheet.Read(t.Context(), bytes.NewReader(refers(t, sheet.MaxText/len(text)+1, text)), "x.xlsx", code); !fault.Is(err, fault.TooLarge) {
		t.Error(err)
	}
}

// Zeros before a number are those of Excel, as far as a number has digits.
func TestZerosOfAFormat(t *testing.T) {
	for code, want := range map[string]string{"00": "07", strings.Repeat("0", 40): strings.Repeat("0", 31) + "7", strings.Repeat("0", 256): "7"} {
		parts := book(row(1, "编码"), numbers(2, 1))
		look(parts, 1, code)
		if s := readXLSX(t, pack(t, parts)); s.Rows[0].Text("code") != want {
			t.Errorf("%d zeros: %q", len(code), s.Rows[0].Text("code"))
		}
	}
}

func TestRowsOutsideOfASheet(t *testing.T) {
	if e := refusal(t, "x.xlsx", pack(t, book(row(1, "编码"), row(1_048_577, "A1")))); !strings.Contains(e.Text.ZH, "损坏") {
		t.Errorf("got %+v", e)
	}
}

// Whoever left waits for nothing.
func TestReadingEndsWithItsContext(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	leave()
	for name, content := range map[string][]byte{"x.xlsx": pack(t, book(row(1, "编码"), row(2, "A1"))), "x.csv": []byte("编码\nA1\n")} {
		if _, err := sheet.Read(ctx, bytes.NewReader(content), name, columns()); !errors.Is(err, context.Canceled) || fault.KindOf(err) != fault.Internal {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Rows that hold nothing are counted: a file of some kilobytes has
// millions of them.
func TestEmptyRowsAreCounted(t *testing.T) {
	code := []sheet.Column{{Name: "code", Header: i18n.T("编码", "Code")}}
	empty := func(n int) string { return strings.Repeat(`<row><c s="0"/></row>`, n) }
	_, err := sheet.Read(t.Context(), bytes.NewReader(pack(t, book(row(1, "编码"), row(2, "A1"), empty(sheet.MaxEmpty+1)))), "x.xlsx", code)
	if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != fault.TooLarge || !strings.Contains(e.Text.ZH, "空行") {
		t.Errorf("below the rows: %v", err)
	}
	few := pack(t, book(row(1, "编码"), row(2, "A1"), empty(1000)))
	if s, err := sheet.Read(t.Context(), bytes.NewReader(few), "x.xlsx", code); err != nil || len(s.Rows) != 1 {
		t.Errorf("a thousand of them: %v", err)
	}
}

// held is a file that is read until somebody lets go of it.
type held struct {
	begun chan<- struct{}
	let   <-chan struct{}
}

func (h held) Read([]byte) (int, error) {
	h.begun <- struct{}{}
	<-h.let
	return 0, io.EOF
}

// Two files are read at a time; who waits for a turn stops waiting with the context.
func TestFilesAreReadInTurns(t *testing.T) {
	reader, begun, let := sheet.New(), make(chan struct{}), make(chan struct{})
	done := make(chan error)
	for range 2 {
		go func() {
			_, err := reader.Read(t.Context(), held{begun, let}, "x.csv", nil)
			done <- err
		}()
		<-begun
	}
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		_, err := reader.Read(ctx, held{begun, let}, "x.csv", nil)
		done <- err
	}()
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("the third: %v", err)
	}
	close(let)
	for range 2 {
		if err := <-done; !fault.Is(err, fault.Invalid) {
			t.Errorf("an empty file: %v", err)
		}
	}
	if _, err := reader.Read(t.Context(), strings.NewReader(""), "x.csv", nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("after them: %v", err)
	}
}

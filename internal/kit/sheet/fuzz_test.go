package sheet_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/sheet"
)

// FuzzCSV: no text makes the reader panic. What cannot be read is refused in
// words, and a row that is not complained of has what has to be in it.
func FuzzCSV(f *testing.F) {
	for _, text := range []string{"机构编码,床位数\nA1,5\n", "编码;金额\nA1;3,5 万元\n", "code\topened\nA1\t2026-02-29\n", "\xef\xbb\xbf编码\r\nA1\r\n\r\n", "编码,编码\nA1,A1\n", "\"编码", "编码\n\"A\"\"1\"\n",
		"编码,登记时间,公立\nA1,45000.5,是\nA1,1900-01-00,maybe\n", "\xb1\xe0\xc2\xeb\nA1\n", "编码,床位数\n,99999999999999999999\n", ""} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) { read(t, "x.csv", text) })
}

// FuzzXLSX is the same for workbooks.
func FuzzXLSX(f *testing.F) {
	f.Add(excel(f, func(_ *excelize.File, set func(string, any, ...string)) {
		head(set)
		for cell, v := range map[string]any{"A2": "A1", "B2": 5, "C2": "3.5万元", "D2": 45000, "A3": "A2", "B3": "x", "C3": -1, "D3": "2026-02-29"} {
			set(cell, v)
		}
	}))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("PK\x05\x06" + string(make([]byte, 18))))
	f.Fuzz(func(t *testing.T, content []byte) { read(t, "x.xlsx", content) })
}

// read reads a file and looks at what came of it.
func read(t *testing.T, name string, content []byte) {
	t.Helper()
	s, err := sheet.Read(t.Context(), bytes.NewReader(content), name, columns())
	if err != nil {
		if s != nil || !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooLarge) {
			t.Errorf("%+v, %v", s, err)
		}
		return
	}
	if len(s.Rows) == 0 || len(s.Rows) > sheet.MaxRows {
		t.Errorf("%d rows", len(s.Rows))
	}
	codes := map[string]bool{}
	for _, row := range s.Accept(true) {
		code := row.Text("code")
		if code == "" || codes[code] {
			t.Errorf("row %d passes with the code %q", row.Number, code)
		}
		codes[code] = true
	}
}

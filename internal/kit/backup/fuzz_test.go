package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Whatever parses says the same when it is written again, and names nothing but
// the files of a backup.
func FuzzManifest(f *testing.F) {
	sum := strings.Repeat("ab", 32)
	whole := `{"format":1,"program":"0","made_at":"2026-11-22T03:01:00Z","engine":"sqlite","schema":{"org":2},"tables":[{"name":"unit","rows":3}],
		"blobs":{"kept":1,"bytes":2,"gone":0,"lost":0},"files":[{"name":"rows.jsonl.zst","size":1,"sha256":"` + sum + `"},{"name":"blobs.txt.zst","size":1,"sha256":"` + sum + `"}]}`
	for _, text := range []string{whole, "{}", "null", "", strings.Replace(whole, "rows.jsonl.zst", "../rows", 1), strings.Replace(whole, `"format":1`, `"format":9`, 1), whole + whole} {
		f.Add([]byte(text), true)
		f.Add([]byte(text), false)
	}
	f.Fuzz(func(t *testing.T, text []byte, sealed bool) {
		if sealed {
			text = fmt.Appendf(bytes.Clone(text), "sha256 %x\n", sha256.Sum256(text))
		}
		m, err := parseManifest(text)
		if err != nil {
			return
		}
		for _, file := range m.Files {
			if file.Name != rowsFile && file.Name != blobsFile && file.Name != keysFile {
				t.Errorf("names %q", file.Name)
			}
		}
		again, err := m.encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := parseManifest(again)
		if diff := cmp.Diff(m, back); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	})
}

// Whatever is read are rows as wide as their table, of values that a database
// takes, and writing them again gives rows that read the same.
func FuzzRows(f *testing.F) {
	for _, text := range []string{
		"{\"table\":\"unit\",\"columns\":[\"id\",\"n\"]}\n[\"a\",1]\n[null,-9223372036854775808]\n",
		"{\"table\":\"t\",\"columns\":[\"a\"]}\n[{\"bytes\":\"AP8=\"}]\n[{\"text\":\"/w==\"}]\n",
		"[1]\n", "{}\n", "\n", "{\"table\":\"t\",\"columns\":[\"a\"]}\n[1.5]\n", "{\"table\":\"t\",\"columns\":[\"a\",\"a\"]}\n",
		"{\"table\":\"t; drop\",\"columns\":[\"a\"]}\n", "{\"table\":\"t\",\"columns\":[\"a\"]}\n[[1]]\n", "{\"table\":\"t\",\"columns\":[\"a\"]}\n[1]", "{\"table\":\"t\",\"columns\":[\"a\"]}\n[\"\\u0000\"]\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		first, err := collect(t, text)
		if err != nil {
			return
		}
		var again bytes.Buffer
		lines := json.NewEncoder(&again)
		for _, table := range first {
			if err := lines.Encode(table.tableHead); err != nil {
				t.Fatal(err)
			}
			for _, row := range table.rows {
				if err := dumpRow(lines, append([]any{}, row...)); err != nil {
					t.Fatal(err)
				}
			}
		}
		second, err := collect(t, again.Bytes())
		if err != nil || fmt.Sprintf("%#v", first) != fmt.Sprintf("%#v", second) {
			t.Errorf("%v\n%#v\n%#v", err, first, second)
		}
	})
}

type readTable struct {
	tableHead
	rows [][]any
}

func collect(t *testing.T, text []byte) (tables []readTable, err error) {
	err = readDump(bufio.NewReaderSize(bytes.NewReader(text), 16),
		func(h tableHead) error {
			tables = append(tables, readTable{tableHead: h})
			return nil
		},
		func(row []any) error {
			last := &tables[len(tables)-1]
			if len(row) != len(last.Columns) {
				t.Errorf("%d values, %d columns", len(row), len(last.Columns))
			}
			last.rows = append(last.rows, row)
			return nil
		})
	return tables, err
}

// Whatever is read is in order and names nothing but sums.
func FuzzList(f *testing.F) {
	a, b := strings.Repeat("a", 64), strings.Repeat("b", 64)
	for _, text := range []string{a + " 12\n" + b + " gone\n", b + " lost\n" + a + " lost\n", a + " ../x 1\n", a + " -1\n", a + " 01\n", a + " 1 \n", "\n", a} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var again strings.Builder
		last := ""
		err := (&entries{in: bufio.NewReaderSize(bytes.NewReader(text), 16)}).all(func(e entry) error {
			if e.address <= last || !isSum(e.address) || e.size < 0 {
				t.Errorf("%+v after %s", e, last)
			}
			last = e.address
			again.WriteString(e.line())
			return nil
		})
		if err == nil && again.String() != string(text) {
			t.Errorf("%q was written again as %q", text, again.String())
		}
	})
}

// Every value that a column can hold comes back as it went.
func TestLawOfValues(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		value := rapid.OneOf(
			rapid.Just[any](nil), rapid.Map(rapid.Int64(), func(n int64) any { return n }), rapid.Map(rapid.String(), func(s string) any { return s }),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) any { return b }), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) any { return string(b) }))
		row := rapid.SliceOfN(value, 1, 8).Draw(rt, "row")
		var text bytes.Buffer
		lines := json.NewEncoder(&text)
		lines.SetEscapeHTML(false)
		if err := dumpRow(lines, append([]any{}, row...)); err != nil {
			rt.Fatal(err)
		}
		got, err := parseRow(bytes.TrimSuffix(text.Bytes(), []byte("\n")))
		if diff := cmp.Diff(row, got, cmp.Comparer(bytes.Equal)); err != nil || diff != "" {
			rt.Fatalf("%v %s", err, diff)
		}
	})
}

// A line that never ends does not fill the memory.
func TestEndlessLine(t *testing.T) {
	var buffer []byte
	_, err := readLine(bufio.NewReader(endless{}), &buffer)
	if err == nil || len(buffer) > longestLine+(1<<20) {
		t.Errorf("%d bytes, %v", len(buffer), err)
	}
	if err := dumpRow(json.NewEncoder(&bytes.Buffer{}), []any{strings.Repeat("x", longestLine/8+1)}); err == nil {
		t.Error("wrote a row that no reader takes")
	}
}

// endless is a line without an end.
type endless struct{}

// Read implements io.Reader.
func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

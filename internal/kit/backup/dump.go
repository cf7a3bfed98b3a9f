package backup

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"qingfeng/internal/kit/db"
)

// The rows of a backup are lines of JSON. A line that is an object begins a
// table; the lines after it, which are arrays, are its rows:
//
//	{"table":"unit","columns":["id","name","closed_at"]}
//	["019e…","市卫生健康委",null]
//
// Numbers are whole and have at most 64 bits. Bytes are {"bytes":"<base64>"};
// so is text that is not UTF-8, as {"text":"<base64>"}, which PostgreSQL will
// refuse and SQLite takes back as it was.
type tableHead struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
}

// longestLine bounds the memory that one row can ask for.
const longestLine = 128 << 20

// plainText is what stands for values that JSON has no form for.
type plainText struct {
	Bytes *string `json:"bytes,omitempty"`
	Text  *string `json:"text,omitempty"`
}

// dumpTable writes the rows of a table that are kept and returns how many
// there are.
func dumpTable(r db.Reader, w io.Writer, t Table) (n int64, err error) {
	columns, err := db.Columns(r, t.Name)
	if err != nil {
		return 0, err
	}
	head := tableHead{Table: t.Name}
	for _, c := range columns {
		if c.Kind == db.Other {
			return 0, fmt.Errorf("column %s.%s has a type that no backup can hold", t.Name, c.Name)
		}
		head.Columns = append(head.Columns, c.Name)
	}
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	if err := lines.Encode(head); err != nil {
		return 0, err
	}
	for row, err := range db.Raw(r, "select "+strings.Join(head.Columns, ", ")+" from "+t.Name+t.where("where")) {
		if err != nil {
			return n, err
		}
		if err := dumpRow(lines, row); err != nil {
			return n, fmt.Errorf("table %s: %w", t.Name, err)
		}
		n++
	}
	return n, nil
}

func dumpRow(lines *json.Encoder, row []any) error {
	size := 0
	for i, v := range row {
		switch v := v.(type) {
		case nil, int64:
		case string:
			size += len(v)
			if !utf8.ValidString(v) {
				text := base64.StdEncoding.EncodeToString([]byte(v))
				row[i] = plainText{Text: &text}
			}
		case []byte:
			size += len(v)
			text := base64.StdEncoding.EncodeToString(v)
			row[i] = plainText{Bytes: &text}
		default:
			return fmt.Errorf("a value of type %T", v)
		}
	}
	if size > longestLine/8 { // JSON may need six bytes for one
		return fmt.Errorf("a row of %d bytes", size)
	}
	return lines.Encode(row)
}

// readDump gives each table and each of its rows to the functions. Rows have as
// many values as the table has columns: nil, int64, string or []byte.
func readDump(in *bufio.Reader, table func(tableHead) error, row func([]any) error) error {
	width, buffer := -1, []byte(nil)
	for {
		line, err := readLine(in, &buffer)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if line[0] == '{' {
			head, err := parseHead(line)
			if err == nil {
				width, err = len(head.Columns), table(head)
			}
			if err != nil {
				return err
			}
			continue
		}
		values, err := parseRow(line)
		if err != nil {
			return err
		}
		if len(values) != width {
			return fmt.Errorf("a row of %d values among %d columns", len(values), width)
		}
		if err := row(values); err != nil {
			return err
		}
	}
}

// readLine returns the next line without its end, in a buffer that the next
// call uses again.
func readLine(in *bufio.Reader, buffer *[]byte) ([]byte, error) {
	*buffer = (*buffer)[:0]
	for {
		part, err := in.ReadSlice('\n')
		*buffer = append(*buffer, part...)
		switch {
		case len(*buffer) > longestLine:
			return nil, errors.New("a line is too long")
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(*buffer) > 0:
			return nil, io.ErrUnexpectedEOF
		case err != nil:
			return nil, err
		case len(*buffer) == 1:
			return nil, errors.New("an empty line")
		}
		return (*buffer)[:len(*buffer)-1], nil
	}
}

func parseHead(line []byte) (head tableHead, err error) {
	if err := decode(line, &head); err != nil {
		return head, err
	}
	seen := map[string]bool{}
	for _, name := range append([]string{head.Table}, head.Columns...) {
		if !isName(name) {
			return head, fmt.Errorf("%q is no name", name)
		}
	}
	for _, name := range head.Columns {
		if seen[name] {
			return head, fmt.Errorf("column %s twice", name)
		}
		seen[name] = true
	}
	if len(head.Columns) == 0 {
		return head, errors.New("a table without columns")
	}
	return head, nil
}

func parseRow(line []byte) ([]any, error) {
	var values []any
	if err := decode(line, &values); err != nil {
		return nil, err
	}
	for i, v := range values {
		plain, err := parseValue(v)
		if err != nil {
			return nil, err
		}
		values[i] = plain
	}
	return values, nil
}

func parseValue(v any) (any, error) {
	switch v := v.(type) {
	case nil, string:
		return v, nil
	case json.Number:
		return strconv.ParseInt(v.String(), 10, 64)
	case map[string]any:
		bytes, isBytes := v["bytes"].(string)
		text, isText := v["text"].(string)
		if len(v) != 1 || isBytes == isText {
			break
		}
		raw, err := base64.StdEncoding.DecodeString(bytes + text)
		if isText {
			return string(raw), err
		}
		return raw, err
	}
	return nil, fmt.Errorf("a value of type %T", v)
}

// decode reads one JSON value and nothing after it.
func decode(line []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows on the line")
	}
	return nil
}

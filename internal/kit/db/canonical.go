package db

import (
	"fmt"
	"strconv"
)

// Canonical writes a row so that no two rows are written alike, and one row alike
// whatever engine it was read from: each value by what it is and, where nothing
// else ends it, how long. Values of the program are taken as they are stored. What
// is not set is neither zero nor the empty text. Digests that are stored are made of
// it: it stays as it is.
func Canonical(row ...any) string {
	b := make([]byte, 0, 16*len(row))
	for _, value := range row {
		switch v := plainOne(value).(type) {
		case nil:
			b = append(b, '-')
		case int64:
			b = append(strconv.AppendInt(append(b, 'i'), v, 10), ';')
		case string:
			b = append(strconv.AppendInt(append(b, 't'), int64(len(v)), 10), ':')
			b = append(b, v...)
		case []byte:
			b = append(strconv.AppendInt(append(b, 'b'), int64(len(v)), 10), ':')
			b = append(b, v...)
		default: // of no type that the program stores
			b = fmt.Appendf(b, "%T %v;", v, v)
		}
	}
	return string(b)
}

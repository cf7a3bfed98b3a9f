package db

import "strings"

// text returns q in the dialect of d. Rewritten texts are kept, for programs
// have a fixed number of them.
func (d *DB) text(q string) string {
	if d.dialect == Postgres {
		return q
	}
	if t, ok := d.texts.Load(q); ok {
		return t.(string) //nolint:errcheck,forcetypeassert // only texts are stored
	}
	t := questionMarks(q)
	d.texts.Store(q, t)
	return t
}

// questionMarks turns $n into ?n outside of string literals, quoted names and
// comments. SQLite takes $1 for a name and binds names in order of
// appearance, silently; ?1 is a position.
func questionMarks(q string) string {
	var b strings.Builder
	b.Grow(len(q))
	for i := 0; i < len(q); {
		n := opaque(q[i:])
		if n == 0 {
			n = 1
			if q[i] == '$' && i+1 < len(q) && isDigit(q[i+1]) {
				b.WriteByte('?')
				i++
				continue
			}
		}
		b.WriteString(q[i : i+n])
		i += n
	}
	return b.String()
}

// opaque returns the length of the literal, quoted name or comment that q
// begins with, or 0.
func opaque(q string) int {
	for _, o := range [...]struct{ open, shut string }{{"'", "'"}, {`"`, `"`}, {"--", "\n"}, {"/*", "*/"}} {
		if !strings.HasPrefix(q, o.open) {
			continue
		}
		end := strings.Index(q[len(o.open):], o.shut)
		if end < 0 {
			return len(q)
		}
		return len(o.open) + end + len(o.shut)
	}
	return 0
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

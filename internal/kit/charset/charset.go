// Package charset reads the texts that Chinese offices write.
//
// A file says nowhere in which letters it is written. It is UTF-8, with or
// without a mark; UTF-16 with a mark; and otherwise GB18030, which takes in GBK
// and GB2312, as older programs of Chinese Windows write them.
package charset

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// ErrBinary says that a file is no text.
var ErrBinary = errors.New("charset: no text")

// LostError names the first line with a character that cannot be read.
type LostError struct{ Line int }

func (e *LostError) Error() string {
	return fmt.Sprintf("charset: a character in line %d cannot be read", e.Line)
}

// Decode returns what a file says. With a LostError the text has U+FFFD where a
// character is lost.
func Decode(content []byte) (string, error) {
	from := unicode.UTF8
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xfe")), bytes.HasPrefix(content, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.HasPrefix(content, []byte("\xef\xbb\xbf")):
		content = content[3:]
	case !utf8.Valid(content):
		from = simplifiedchinese.GB18030
	}
	text, err := from.NewDecoder().Bytes(content)
	if err != nil || bytes.IndexByte(text, 0) >= 0 {
		return "", ErrBinary
	}
	// A decoder puts U+FFFD where it is lost; a text may also hold one by itself.
	sign := []byte(string(utf8.RuneError))
	if at := bytes.Index(text, sign); at >= 0 && !bytes.Contains(content, sign) {
		return string(text), &LostError{1 + bytes.Count(text[:at], []byte("\n"))}
	}
	return string(text), nil
}

package charset_test

import (
	"errors"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/charset"
)

// Whatever the office wrote it in, a text says the same.
func TestLawOfEncodings(t *testing.T) {
	mark := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	big := unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	written := map[string]encoding.Encoding{"UTF-8 with a mark": unicode.UTF8BOM, "UTF-16LE": mark, "UTF-16BE": big, "GB18030": simplifiedchinese.GB18030}
	rapid.Check(t, func(rt *rapid.T) {
		text := "整治" + rapid.StringMatching(`[\p{Han}A-Za-z0-9，。\n]{0,30}`).Draw(rt, "text")
		for name, in := range written {
			bytes, err := in.NewEncoder().Bytes([]byte(text))
			if err != nil {
				rt.Fatal(err)
			}
			if got, err := charset.Decode(bytes); got != text || err != nil {
				rt.Fatalf("%s: %q, %v, want %q", name, got, err, text)
			}
		}
		if got, err := charset.Decode([]byte(text)); got != text || err != nil {
			rt.Fatalf("UTF-8: %q, %v", got, err)
		}
	})
}

func TestWhatCannotBeRead(t *testing.T) {
	if _, err := charset.Decode([]byte("a\x00b")); !errors.Is(err, charset.ErrBinary) {
		t.Errorf("binary: %v", err)
	}
	text, err := charset.Decode([]byte("\xd5\xfb\n\xd6\xce\xff\n"))
	lost, ok := errors.AsType[*charset.LostError](err)
	if !ok || lost.Line != 2 || text != "整\n治\ufffd\n" {
		t.Errorf("%q, %v", text, err)
	}
	if text, err := charset.Decode([]byte("整\ufffd治")); err != nil || text != "整\ufffd治" {
		t.Errorf("a mark of its own: %q, %v", text, err)
	}
}

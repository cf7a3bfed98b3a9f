package ooxml

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"testing"

	"qingfeng/internal/kit/ooxml/ooxmltest"

	"qingfeng/internal/kit/costtest"
)

func open(t testing.TB, part string) *Archive {
	t.Helper()
	a, err := Open(ooxmltest.Pack(t, map[string]string{"xl/A.xml": part}))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func nothing(*xml.Decoder, xml.Token) error { return nil }

func TestPartsAreReadToTheirEnd(t *testing.T) {
	a := open(t, `<a xmlns:x="y"><x:b c="d">text</x:b><e/></a>`)
	var said []string
	err := a.Each(t.Context(), "/XL/a.xml", func(_ *xml.Decoder, token xml.Token) error {
		switch e := token.(type) {
		case xml.StartElement:
			said = append(said, e.Name.Space+"<"+e.Name.Local)
		case xml.CharData:
			said = append(said, string(e))
		case xml.EndElement:
			said = append(said, e.Name.Space+">"+e.Name.Local)
		}
		return nil
	})
	if got := strings.Join(said, " "); err != nil || got != "<a y<b text y>b <e >e >a" {
		t.Errorf("%s: %v", got, err)
	}
	if !a.Has(`XL\a.xml`) || a.Has("b.xml") || a.Each(t.Context(), "b.xml", nil) != nil {
		t.Error("a part that there is not")
	}
	var v struct {
		B string `xml:"b"`
	}
	if err := a.Decode(t.Context(), "xl/a.xml", &v); err != nil || v.B != "text" {
		t.Errorf("%+v, %v", v, err)
	}
	for what, part := range map[string]string{"breaks off": `<a><b>`, "crosses": `<a><b></a></b>`, "ends twice": `<a/></a>`, "is cut": `<a`} {
		if err := open(t, part).Each(t.Context(), "xl/a.xml", nothing); err == nil {
			t.Errorf("a part that %s passes", what)
		}
	}
}

func TestBounds(t *testing.T) {
	deep := strings.Repeat("<a>", mostDepth) + strings.Repeat("</a>", mostDepth)
	for what, c := range map[string]struct {
		part string
		ok   bool
	}{
		"as deep as may be":  {deep, true},
		"deeper":             {"<a>" + deep + "</a>", false},
		"as much at a time":  {"<a>" + strings.Repeat("x", mostHeld-10_000) + "</a>", true},
		"more at a time":     {"<a>" + strings.Repeat("x", mostHeld+10_000) + "</a>", false},
		"much, bit by bit":   {"<a>" + strings.Repeat("<b>"+strings.Repeat("x", 1<<20)+"</b>", 9) + "</a>", true},
		"a long attribute":   {`<a b="` + strings.Repeat("x", mostHeld+10_000) + `"/>`, false},
		"a depth to fill up": {strings.Repeat("<a>", 1<<16), false},
	} {
		t.Run(what, func(t *testing.T) {
			a := open(t, c.part)
			costtest.AtMost(t, 512<<20, func() {
				if err := a.Each(t.Context(), "xl/a.xml", nothing); (err == nil) != c.ok {
					t.Error(err)
				}
			})
		})
	}
}

func TestWorkIsBoundedInAll(t *testing.T) {
	for what, spend := range map[string]func(*Archive){
		"elements": func(a *Archive) { a.elements = 5 },
		"bytes":    func(a *Archive) { a.left = 50 },
	} {
		a := open(t, "<a>"+strings.Repeat("<b/>", 3)+"</a>")
		spend(a)
		read := func() error { return a.Each(t.Context(), "xl/a.xml", nothing) }
		first := read()
		if err := errors.Join(read(), read(), read()); first != nil || !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v, then %v", what, first, err)
		}
	}
}

func TestReadingEndsWithItsContext(t *testing.T) {
	a := open(t, "<a>"+strings.Repeat("<b/>", 100_000)+"</a>")
	ctx, leave := context.WithCancel(t.Context())
	seen := 0
	err := a.Each(ctx, "xl/a.xml", func(*xml.Decoder, xml.Token) error {
		leave()
		seen++
		return nil
	})
	if !errors.Is(err, context.Canceled) || seen > 10_000 {
		t.Errorf("%d tokens later: %v", seen, err)
	}
}

func TestLongListIsNotRead(t *testing.T) {
	parts := map[string]string{}
	for i := range 2 * mostParts {
		parts[fmt.Sprint(i)] = ""
	}
	if _, err := Open(ooxmltest.Pack(t, parts)); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	for i := range 100 {
		parts[strings.Repeat("x", 60_000)+fmt.Sprint(i)] = ""
	}
	if _, err := Open(ooxmltest.Pack(t, parts)); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}

package doc_test

import (
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"io"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"qingfeng/internal/kit/doc"
)

// The element is drawn as a browser draws it, and a reader reads it.
func TestSVGIsRead(t *testing.T) {
	const url = "https://12345.example.org/r#1234567890123456"
	svg := doc.SVG(url)
	if strings.Contains(svg, "1234567890123456") || strings.Contains(svg, "style=") {
		t.Error("the element spells its content, or carries a style that a strict policy refuses")
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(draw(t, svg, 8))
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil || read.GetText() != url {
		t.Errorf("read %v, %v", read, err)
	}
}

func TestSVGOfTooLongAnAddressIsEmpty(t *testing.T) {
	if svg := doc.SVG(strings.Repeat("x", 5000)); svg != "" {
		t.Errorf("%d bytes", len(svg))
	}
}

// draw paints the rectangles of the element's paths at so many pixels a unit.
func draw(t *testing.T, svg string, scale int) image.Image {
	t.Helper()
	var picture *image.Gray
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if err == io.EOF { //nolint:errorlint // a decoder returns it bare
			return picture
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		attrs := map[string]string{}
		for _, a := range start.Attr {
			attrs[a.Name.Local] = a.Value
		}
		switch start.Name.Local {
		case "svg":
			var w, h int
			if _, err := fmt.Sscanf(attrs["viewBox"], "0 0 %d %d", &w, &h); err != nil {
				t.Fatal(err)
			}
			picture = image.NewGray(image.Rect(0, 0, w*scale, h*scale))
		case "path":
			paint(t, picture, attrs["d"], attrs["fill"] == "#fff", scale)
		}
	}
}

func paint(t *testing.T, picture *image.Gray, path string, white bool, scale int) {
	t.Helper()
	ink := color.Gray{}
	if white {
		ink.Y = 255
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(path, "z"), "z") {
		var x, y, w, h, back int
		if _, err := fmt.Sscanf(strings.ReplaceAll(part, "h-", "b"), "M%d %dh%dv%db%d", &x, &y, &w, &h, &back); err != nil {
			t.Fatalf("%s: %v", part, err)
		}
		for py := y * scale; py < (y+h)*scale; py++ {
			for px := x * scale; px < (x+w)*scale; px++ {
				picture.SetGray(px, py, ink)
			}
		}
	}
}

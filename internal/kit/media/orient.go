package media

import (
	"bufio"
	"encoding/binary"
	"image"
	"io"
)

// JPEG is a row of segments: a mark of two bytes, a length of two bytes that
// counts itself, content. A camera's notes (Exif 2.32, 4.5) stand in one of the
// first; they are a TIFF file whose tag 0x0112 says how the camera was held.

const (
	exifMark       = 0xE1
	startOfScan    = 0xDA
	tagOrientation = 0x0112
	upright        = 1
)

// orientation returns how a JPEG must be turned, from 1 (not at all) to 8.
// Whatever cannot be understood is upright.
func orientation(r io.Reader) int {
	in := bufio.NewReader(r)
	if _, err := in.Discard(2); err != nil {
		return upright
	}
	for {
		head := make([]byte, 4)
		if _, err := io.ReadFull(in, head); err != nil || head[0] != 0xFF || head[1] == startOfScan {
			return upright
		}
		length := int(binary.BigEndian.Uint16(head[2:])) - 2
		if length < 0 {
			return upright
		}
		if head[1] != exifMark {
			if _, err := in.Discard(length); err != nil {
				return upright
			}
			continue
		}
		notes := make([]byte, length)
		if _, err := io.ReadFull(in, notes); err != nil {
			return upright
		}
		if o := orientationOf(notes); o != 0 {
			return o
		}
	}
}

// orientationOf reads the notes; 0 when they say nothing.
func orientationOf(notes []byte) int {
	const intro = "Exif\x00\x00"
	if len(notes) < len(intro)+8 || string(notes[:len(intro)]) != intro {
		return 0
	}
	tiff := notes[len(intro):]
	var order binary.ByteOrder = binary.LittleEndian
	if string(tiff[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 0
		}
		if order.Uint16(entries) == tagOrientation {
			if o := int(order.Uint16(entries[8:])); 1 <= o && o <= 8 {
				return o
			}
			return 0
		}
		entries = entries[12:]
	}
	return 0
}

// turn returns the picture as it was seen. Orientations above 4 lie on their
// side.
func turn(src *image.RGBA, o int) *image.RGBA {
	if o <= upright || o > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if o > 4 {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := turned(o, x, y, w-1, h-1)
			copy(dst.Pix[dst.PixOffset(tx, ty):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return dst
}

// turned tells where a pixel goes; right and bottom are the last of their kind.
func turned(o, x, y, right, bottom int) (tx, ty int) {
	switch o {
	case 2:
		return right - x, y
	case 3:
		return right - x, bottom - y
	case 4:
		return x, bottom - y
	case 5:
		return y, x
	case 6:
		return bottom - y, x
	case 7:
		return bottom - y, right - x
	case 8:
		return y, right - x
	}
	return x, y
}

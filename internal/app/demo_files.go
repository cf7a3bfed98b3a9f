package app

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"sync"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/doc"
	"qingfeng/internal/kit/fault"
)

// photographer returns what uploads an invented photograph, which is made once.
func (s *System) photographer() func(context.Context) (string, error) {
	made := sync.OnceValues(inventedPhoto)
	return func(ctx context.Context) (string, error) {
		photo, err := made()
		if err != nil {
			return "", err
		}
		return s.Uploads.Receive(ctx, "整改后.jpg", "", bytes.NewReader(photo))
	}
}

// sketch uploads the n-th of some invented signatures.
func (s *System) sketch(ctx context.Context, n int) (string, error) {
	var b bytes.Buffer
	if err := png.Encode(&b, inventedSignature(n)); err != nil {
		return "", err
	}
	return s.Uploads.Receive(ctx, "签名.png", "", &b)
}

// inventedSignature is a line that a pen might draw.
func inventedSignature(n int) image.Image {
	const wide, high, pen = 360, 140, 3
	img := image.NewGray(image.Rect(0, 0, wide, high))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	for i := range 4 * wide {
		t := float64(i) / (4 * wide)
		x := int(30 + 300*t + 22*math.Sin(2*math.Pi*t*float64(5+n)))
		y := int(high/2 + 38*math.Sin(2*math.Pi*t*float64(3+2*n))*math.Cos(5*t) + 9*math.Sin(2*math.Pi*t*11))
		draw.Draw(img, image.Rect(x, y, x+pen, y+pen), image.Black, image.Point{}, draw.Src)
	}
	return img
}

// inventedUpload brings in an invented paper.
func (s *System) inventedUpload(ctx context.Context) (string, error) {
	bill, err := inventedBill()
	if err != nil {
		return "", err
	}
	return s.Uploads.Receive(ctx, "回执.pdf", "", bytes.NewReader(bill))
}

// withFiles is how many of the newest cases of a demo that are open have files.
const withFiles = 12

// giveFiles hangs invented files on the newest cases of a demo that are open: a
// picture, a bill and a recording. Their copies are made once the program serves.
func (s *System) giveFiles(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "demo files")
	ctx = authz.With(ctx, authz.System())
	var ids []string
	err = s.DB.Read(ctx, func(r db.Reader) error {
		ids, err = db.Values[string](r, `select id from case_file where closed_at is null order by received_at desc, id limit $1`, withFiles)
		return err
	})
	if err != nil {
		return err
	}
	bill, err := inventedBill()
	if err != nil {
		return err
	}
	photo, err := inventedPhoto()
	if err != nil {
		return err
	}
	files := []struct {
		name string
		data []byte
	}{{"现场照片.jpg", photo}, {"收费清单.pdf", bill}, {"录音.wav", inventedSound()}}
	for _, id := range ids {
		var uploads []string
		for _, f := range files {
			upload, err := s.Uploads.Receive(ctx, f.name, "", bytes.NewReader(f.data))
			if err != nil {
				return err
			}
			uploads = append(uploads, upload)
		}
		if _, err := s.Files.Prepare(ctx, uploads); err != nil {
			return err
		}
		err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			return s.Files.Attach(ctx, tx, attach.Handed{Owner: ofReport(id), From: attach.FromReporter}, uploads)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// inventedBill is a document of one bill that nobody got.
func inventedBill() ([]byte, error) {
	rows := [][]string{{"诊察费", "1", "25.00"}, {"一次性材料", "2", "180.00"}, {"一次性材料（重复）", "2", "180.00"}, {"合计", "", "385.00"}}
	f := doc.File{Title: "收费清单", Subtitle: "示例，纯属虚构", Contents: "目录", Chapters: []doc.Chapter{{Heading: "明细", Pieces: []doc.Piece{{
		Rows: rows, Columns: []doc.Column{{Heading: "项目", Share: 0.6}, {Heading: "数量", Share: 0.15}, {Heading: "金额（元）", Share: 0.25}}}}}}}
	var b bytes.Buffer
	err := f.Write(&b)
	return b.Bytes(), err
}

// inventedPhoto is a corridor with a lamp, as far as that can be reckoned. It is no
// larger than a newcomer will wait for: each copy of it is sanitised.
func inventedPhoto() ([]byte, error) {
	const wide, high = 1200, 900
	img := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			u, v := math.Abs(float64(x)/wide-0.5), math.Abs(float64(y)/high-0.45)
			depth := max(u, v*1.1)
			light := int(235 - 330*math.Abs(depth-0.12)*(1-depth))
			c := shade(light, light, light*11/12)
			if v > u && float64(y) > 0.45*high { // the floor
				c = shade(light/2, light*3/5, light*3/5)
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	err := jpeg.Encode(&b, img, nil)
	return b.Bytes(), err
}

func shade(r, g, b int) color.RGBA {
	return color.RGBA{uint8(r), uint8(g), uint8(b), 255} //nolint:gosec // between 60 and 235
}

// inventedSound is three seconds of a hum that rises and falls.
func inventedSound() []byte {
	const rate, seconds = 16000, 3
	var pcm []byte
	for i := range rate * seconds {
		at := float64(i) / rate
		wave := math.Sin(2*math.Pi*170*at+6*math.Sin(2*math.Pi*1.5*at)) + math.Sin(2*math.Pi*340*at)/2
		pcm = binary.LittleEndian.AppendUint16(pcm, uint16(int16(7000*wave))) //nolint:gosec // the bits of a sample
	}
	b := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(36+len(pcm)))...) //nolint:gosec // three seconds
	b = append(b, "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"...)
	b = binary.LittleEndian.AppendUint32(b, rate)
	b = binary.LittleEndian.AppendUint32(b, 2*rate)
	b = append(b, "\x02\x00\x10\x00data"...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(pcm))) //nolint:gosec // three seconds
	return append(b, pcm...)
}

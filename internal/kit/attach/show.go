package attach

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path"
	"strings"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/book"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/media"
)

// Variant says which copy of a file is wanted.
type Variant string

// The variants. The original is not among them.
const (
	Whole Variant = "copy"
	Thumb Variant = "thumb"
	Page  Variant = "page" // of a document, as a picture
)

// Look is how somebody looks at a file.
type Look struct {
	Variant  Variant
	Page     int    // the first is 1
	Download bool   // to be kept, and not only seen
	Words    string // who looks, when and at what: drawn across what is seen
	Suffix   string // who and when, for the name of a download
}

// Open returns the sanitised copy of a file, or its small picture. Across a
// picture or page stand the words of the look; into the container of sound and
// video go the same words where they are taken away, for nothing can be drawn on
// those in the time that somebody waits. The small picture carries none.
func (s *Service) Open(ctx context.Context, f File, l Look) (out httpapi.File, err error) {
	defer fault.Wrap(&err, "attach.Open(%s)", f.ID)
	switch f.State {
	case Pending:
		return out, fault.New(fault.Unavailable, i18n.T("附件正在处理，请稍候", "the file is being prepared; please wait a moment"))
	case Failed:
		return out, fault.New(fault.Conflict, i18n.T("附件未能安全处理，暂不显示", "the file could not be made safe and is not shown")).
			WithFix(i18n.T("可以重试；仍不行请联系管理员", "try again; if that fails too, ask the administrator"))
	case Ready:
	}
	sealed, err := s.sealed(ctx, f)
	if err != nil {
		return out, err
	}
	v := viewing{s, sealed, f, l}
	switch {
	case l.Variant == Thumb:
		return v.thumb(ctx)
	case f.Kind == string(media.Image):
		return v.picture(ctx)
	case f.Pages > 0 && l.Variant == Page && !l.Download:
		return v.page(ctx)
	case f.Pages > 0:
		return v.book(ctx)
	case l.Variant == Page:
		return out, fault.Missing(i18n.T("页面", "page"))
	case f.Kind == string(media.Document):
		return v.stored(ctx, f.Copy, f.CopyType, false)
	case l.Download:
		return v.tagged(ctx)
	}
	return v.stored(ctx, f.Copy, f.CopyType, true)
}

// viewing is one look at one file.
type viewing struct {
	s      *Service
	sealed *blob.Store
	File
	Look
}

// stored answers with what lies in the store as it is.
func (v viewing) stored(ctx context.Context, at, kind string, inline bool) (httpapi.File, error) {
	content, _, err := v.sealed.Open(ctx, at)
	return httpapi.File{Name: v.called(media.Ending(kind)), ContentType: kind, Inline: inline, Content: content}, err
}

func (v viewing) thumb(ctx context.Context) (httpapi.File, error) {
	if v.Thumb == "" {
		return httpapi.File{}, fault.Missing(i18n.T("缩略图", "thumbnail"))
	}
	content, _, err := v.sealed.Open(ctx, v.Thumb)
	return httpapi.File{Name: v.Name, ContentType: "image/jpeg", Inline: true, Content: content}, err
}

// picture draws on the copy for the screen, or on the whole one for a download.
func (v viewing) picture(ctx context.Context) (out httpapi.File, err error) {
	at := v.Copy
	if !v.Download && v.Screen != "" {
		at = v.Screen
	}
	content, _, err := v.sealed.Open(ctx, at)
	if err != nil {
		return out, err
	}
	drawn, err := v.s.stamp.Picture(ctx, content, v.Words)
	return v.drawn(drawn), errors.Join(err, content.Close())
}

// page draws on one page of a document.
func (v viewing) page(ctx context.Context) (out httpapi.File, err error) {
	if v.Page < 1 || v.Page > v.Pages {
		return out, fault.Missing(i18n.T("页面", "page"))
	}
	content, b, err := v.opened(ctx)
	if err != nil {
		return out, err
	}
	drawn, err := v.s.stamp.Page(ctx, b, v.Page-1, v.Words)
	return v.drawn(drawn), errors.Join(err, content.Close())
}

// drawn answers with a picture.
func (v viewing) drawn(data []byte) httpapi.File {
	return httpapi.File{Name: v.called(".jpg"), ContentType: "image/jpeg", Inline: !v.Download, Write: func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}}
}

// book draws on all pages of a document while they are being sent.
func (v viewing) book(ctx context.Context) (out httpapi.File, err error) {
	content, b, err := v.opened(ctx)
	if err != nil {
		return out, err
	}
	return httpapi.File{Name: v.called(".pdf"), ContentType: v.CopyType, Write: func(w io.Writer) error {
		return errors.Join(v.s.stamp.Book(ctx, b, v.Words, w), content.Close())
	}}, nil
}

// opened opens the copy of a document.
func (v viewing) opened(ctx context.Context) (io.Closer, *book.Book, error) {
	content, _, err := v.sealed.Open(ctx, v.Copy)
	if err != nil {
		return nil, nil, err
	}
	b, err := book.Open(content)
	if err != nil {
		return nil, nil, errors.Join(err, content.Close())
	}
	return content, b, nil
}

// tagged writes the words into the container of sound or video.
func (v viewing) tagged(ctx context.Context) (out httpapi.File, err error) {
	content, _, err := v.sealed.Open(ctx, v.Copy)
	if err != nil {
		return out, err
	}
	tagged, err := v.s.media.Tag(ctx, v.CopyType, content, v.Words)
	if err = errors.Join(err, content.Close()); err != nil {
		return out, err
	}
	return httpapi.File{Name: v.called(media.Ending(v.CopyType)), ContentType: v.CopyType, Content: tagged}, nil
}

// called is the name of what is handed out: that of the file, with the ending of
// what it has become, and of a download who took it and when.
func (v viewing) called(ext string) string {
	name := v.Name
	if ext == "" {
		ext = path.Ext(name)
	}
	name = strings.TrimSuffix(name, path.Ext(name))
	if v.Download && v.Suffix != "" {
		name += " " + v.Suffix
	}
	return name + ext
}

// Original opens the original of a file, whatever became of its copy, after
// reading it once to make sure that it is what was received. Fault: Conflict when
// it is not, Gone when it was destroyed.
func (s *Service) Original(ctx context.Context, f File) (_ io.ReadSeekCloser, err error) {
	defer fault.Wrap(&err, "attach.Original(%s)", f.ID)
	sealed, err := s.sealed(ctx, f)
	if err != nil {
		return nil, err
	}
	content, _, err := sealed.Open(ctx, f.OriginalAt)
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	_, err = io.Copy(sum, content)
	if err == nil && hex.EncodeToString(sum.Sum(nil)) != f.Original {
		err = fault.New(fault.Conflict, i18n.T("原件与收到时的 SHA-256 不符，没有交出", "the original is not what was received: its SHA-256 differs; it was not handed out")).
			WithFix(i18n.T("请立即告诉管理员，并运行 qingfeng verify", "tell the administrator at once, and run qingfeng verify"))
	}
	if err == nil {
		_, err = content.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, content.Close())
	}
	return content, nil
}

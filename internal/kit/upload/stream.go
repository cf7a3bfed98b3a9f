package upload

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"strings"
	"unicode"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Receive takes a whole file that comes as one stream, such as a part of a
// form, and returns the id of the upload, to be kept and taken like any other.
// What the sender calls the file is shortened and cleaned rather than refused.
// Faults: Invalid when it is empty, TooLarge, and those of Accept. An error of
// r is returned as it is; then nothing stays behind.
func (s *Service) Receive(ctx context.Context, name, mediaType string, r io.Reader) (id string, err error) {
	defer fault.Wrap(&err, "upload.Receive")
	up := row{ID: rand.Text(), Name: tidyName(name, s.rules.Name), Type: tidyType(mediaType), ExpiresAt: s.now().Add(s.rules.Lifetime)}
	key := s.vault.Batch()
	k, err := key.Create(keyOf(up.ID))
	if err != nil {
		return "", err
	}
	sealed := s.store.Under(k)
	st, err := sealed.Stage(ctx, io.LimitReader(r, s.rules.Size+1))
	if err != nil {
		return "", err
	}
	up.Size, up.Received, up.SHA256, up.Address = st.Size, st.Size, st.SHA256, st.Address
	if err = s.rules.check(st.Size); err == nil {
		err = s.accept(ctx, sealed, up, st)
	}
	if err == nil {
		err = s.insertWhole(ctx, up, st, key, k)
	}
	if err != nil {
		return "", errors.Join(err, s.store.Discard(context.WithoutCancel(ctx), st.Name))
	}
	return up.ID, nil
}

// insertWhole stores an upload that arrived in one piece.
func (s *Service) insertWhole(ctx context.Context, up row, st blob.Staged, key *crypt.Batch, k crypt.Key) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := errors.Join(key.Store(tx), insert(tx, up, k)); err != nil {
			return err
		}
		if _, err := advance(tx, up.ID, "", up.Size, st.Ref); err != nil { // nobody holds it
			return err
		}
		return insertPiece(tx, up.ID, 0, st)
	})
}

// check refuses a file by its size.
func (r Rules) check(size int64) error {
	switch {
	case size == 0:
		return fault.New(fault.Invalid, i18n.T("这是一个空文件", "this file is empty")).WithFix(i18n.T("请另选文件", "please choose another file"))
	case size > r.Size:
		return fault.New(fault.TooLarge, i18n.T("文件太大，最多 %d MB", "the file is too large; at most %d MB"), r.Size>>20).
			WithFix(i18n.T("请压缩、裁剪或分成几个文件后再上传", "please compress, trim or split it and upload again"))
	}
	return nil
}

// tidyName makes a storable name of at most most characters, keeping the end,
// which says what kind of file it is.
func tidyName(name string, most int) string {
	name = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return -1
		}
		return c
	}, strings.ToValidUTF8(name, "�"))
	runes := []rune(name)
	return string(runes[max(0, len(runes)-most):])
}

func tidyType(mediaType string) string {
	if len(mediaType) > maxType || !plain(mediaType) {
		return ""
	}
	return mediaType
}

package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Limits of a form as it comes over the line.
const (
	mostForm  = 1 << 30 // bytes of the whole, its files included
	mostText  = 4 << 20 // bytes of all texts together: a million Chinese characters come back to be shortened
	mostParts = 200
	mostFiles = 20
)

// The names of fields that are read in more than one place.
const (
	fieldFiles  = "files"
	fieldUpload = "upload" // a file that arrived with an earlier form: its id, a space, its name
	fieldDo     = "do"     // the button that was pressed, where a form has several
)

// filled is a form as it came: what was typed, which files arrived, and what
// is wrong with either. It is shown again as it is.
type filled struct {
	text  map[string]string
	files []file
	wrong complaints
	room  int   // bytes that texts may still take
	shut  error // why no more files are stored
}

// file is an upload that belongs to the form.
type file struct {
	ID, Name string
	came     bool // with this very form
}

// token is how a file travels in the form.
func (f file) token() string { return f.ID + " " + f.Name }

// complaints are what is wrong with a form, in the order in which people read
// it; one without a field is about the whole.
type complaints []fault.Detail

// of returns the first complaint about a field.
func (c complaints) of(field string) i18n.Text {
	for _, d := range c {
		if d.Field == field {
			return d.Text
		}
	}
	return i18n.Text{}
}

// add keeps one complaint for each field: a person mends one thing at a time.
func (c *complaints) add(field string, text i18n.Text, args ...any) {
	if c.of(field).Zero() {
		*c = append(*c, fault.Detail{Field: field, Text: text.With(args...)})
	}
}

func newFilled() filled { return filled{text: map[string]string{}, room: mostText} }

// ids are the uploads of the form.
func (f filled) ids() []string {
	ids := make([]string, len(f.files))
	for i, x := range f.files {
		ids[i] = x.ID
	}
	return ids
}

// receiver stores a file that comes with a form and returns its id.
type receiver func(ctx context.Context, name, mediaType string, r io.Reader) (string, error)

// door is where the files of a form come in. The zero door lets none in.
type door struct {
	// may is asked before each file, with the texts that came before it. Once it
	// has refused, no more files are stored, and the form is refused with that.
	may     func(text map[string]string) error
	receive receiver
	// parts is how many parts a form has at most; zero takes mostParts.
	parts int
}

// readForm reads a form as it streams in, to its end: texts may come behind
// files that were refused. What could be read is returned even when the rest
// could not. A fault that it returns is about the transport or from the door;
// what is wrong with the content is in the form's complaints.
func readForm(w http.ResponseWriter, r *http.Request, d door) (f filled, err error) {
	f = newFilled()
	body := http.MaxBytesReader(w, r.Body, mostForm)
	r.Body = body
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/x-www-form-urlencoded" {
		err = f.readPairs(body, cmp.Or(d.parts, mostParts))
	} else {
		err = f.readParts(r, d)
	}
	if err == nil {
		err = f.shut
	}
	return f, explainBroken(err)
}

// explainBroken turns what a broken or oversized body makes the readers say
// into plain words.
func explainBroken(err error) error {
	if err == nil {
		return nil
	}
	if _, over := errors.AsType[*http.MaxBytesError](err); over {
		return fault.New(fault.TooLarge, i18n.T("一次提交的附件合计太大，最多 %d MB", "the files of one form are too large together; at most %d MB"), mostForm>>20).
			WithFix(i18n.T("请少选几个附件，其余的提交后凭回执号补充", "please choose fewer; you can add the others later with your receipt"))
	}
	if fault.KindOf(err) != fault.Internal {
		return err
	}
	if _, ours := errors.AsType[*storageError](err); ours {
		return err
	}
	return fault.New(fault.Invalid, i18n.T("内容没有完整送达", "the form did not arrive completely")).
		WithFix(i18n.T("请检查网络后再提交一次", "please check your connection and send it again"))
}

// storageError is a failure of ours while a form was read.
type storageError struct{ error }

// Unwrap implements errors.
func (e *storageError) Unwrap() error { return e.error }

// readPairs reads a form without files.
func (f *filled) readPairs(body io.Reader, most int) error {
	const escaped = 3 // one byte may be written as three
	raw, err := io.ReadAll(io.LimitReader(body, escaped*mostText+1))
	if err != nil {
		return err
	}
	if len(raw) > escaped*mostText {
		return &http.MaxBytesError{Limit: escaped * mostText}
	}
	pairs, err := url.ParseQuery(string(raw))
	if err != nil {
		return fmt.Errorf("web.readPairs: %w", err)
	}
	if len(pairs) > most {
		return errTooManyParts(most)
	}
	for name, values := range pairs {
		for _, v := range values {
			if err := f.takeText(name, strings.NewReader(v)); err != nil {
				return err
			}
		}
	}
	return nil
}

func errTooManyParts(most int) error {
	return fault.New(fault.Invalid, i18n.T("表单的项目太多，最多 %d 项", "the form has too many parts; at most %d"), most).
		WithFix(i18n.T("请从本页面重新提交", "please send it from this page"))
}

// readParts reads a form with files.
func (f *filled) readParts(r *http.Request, d door) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	most := cmp.Or(d.parts, mostParts)
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("web.readParts: %w", err)
		}
		if n == most {
			return errTooManyParts(most)
		}
		if part.FileName() == "" {
			err = f.takeText(part.FormName(), part)
		} else {
			err = f.takeFile(r.Context(), incoming{part.FormName(), part.FileName(), part.Header.Get("Content-Type"), part}, d)
		}
		if err != nil {
			return err
		}
	}
}

// takeText takes one field as far as there is room, makes storable text of it
// and complains where it was none.
func (f *filled) takeText(name string, r io.Reader) error {
	raw, err := io.ReadAll(io.LimitReader(r, int64(f.room)+1))
	if err != nil {
		return err
	}
	if len(raw) > f.room {
		raw = raw[:f.room]
		f.wrong.add(name, i18n.T("内容太长，放不下，请删减", "this is too long to be taken; please shorten it"))
		if _, err := io.Copy(io.Discard, r); err != nil {
			return err
		}
	}
	f.room -= len(raw)
	text := string(raw)
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		f.wrong.add(name, i18n.T("含有无法识别的字符，请检查后重新输入", "it holds characters that cannot be read; please check and type it again"))
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "�"), "\x00", "")
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if name == fieldUpload {
		f.keep(text)
	} else if _, twice := f.text[name]; !twice {
		f.text[name] = text
	}
	return nil
}

// keep takes a file that arrived with an earlier form, once.
func (f *filled) keep(token string) {
	id, name, _ := strings.Cut(token, " ")
	if id == "" || slices.Contains(f.ids(), id) || f.full(name) {
		return
	}
	f.files = append(f.files, file{ID: id, Name: name})
}

// full reports whether a form has as many files as it may, and complains of one more.
func (f *filled) full(name string) bool {
	if len(f.files) < mostFiles {
		return false
	}
	f.wrong.add(fieldFiles, i18n.T("最多 %d 个附件，没有收下“%s”", `at most %d files; "%s" was not taken`), mostFiles, name)
	return true
}

// incoming is a file on its way in.
type incoming struct {
	field, name, mediaType string
	io.Reader
}

// takeFile hands one file on. A file that is refused is read to its end, so
// that the fields behind it are not lost.
func (f *filled) takeFile(ctx context.Context, in incoming, d door) error {
	if in.field != fieldFiles || d.receive == nil {
		_, err := io.Copy(io.Discard, in)
		return err
	}
	name := strings.ToValidUTF8(in.name, "�")
	if f.full(name) {
		_, err := io.Copy(io.Discard, in)
		return err
	}
	if f.shut == nil {
		f.shut = d.may(f.text)
	}
	if f.shut != nil {
		f.lost(name)
		_, err := io.Copy(io.Discard, in)
		return err
	}
	in.Reader = &source{Reader: in.Reader}
	id, err := d.receive(ctx, name, in.mediaType, in)
	if err == nil {
		f.files = append(f.files, file{id, name, true})
		return nil
	}
	return f.refused(in, name, err)
}

// lost says that a file has to be chosen again.
func (f *filled) lost(name string) {
	f.wrong.add(fieldUpload, i18n.T("“%s”没有保存下来，请重新选择", `"%s" was not kept; please choose it again`), name)
}

// source remembers what went wrong on the sender's side.
type source struct {
	io.Reader
	failed error
}

// Read implements io.Reader.
func (s *source) Read(b []byte) (int, error) {
	n, err := s.Reader.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = err
	}
	return n, err
}

// refused tells apart a file that is refused, a sender that broke off and a
// failure of ours.
func (f *filled) refused(in incoming, name string, err error) error {
	if s, ok := in.Reader.(*source); ok && s.failed != nil {
		return s.failed
	}
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != fault.Invalid && e.Kind != fault.TooLarge {
		return &storageError{err}
	}
	f.wrong.add(fieldFiles, i18n.T("“%s”：%s。%s", `"%s": %s. %s`), name, e.Text, e.Fix)
	_, err = io.Copy(io.Discard, in)
	return err
}

package upload

import (
	"crypto/rand"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const (
	version     = "1.0.0"
	extensions  = "creation,creation-with-upload,checksum,expiration,termination"
	contentType = "application/offset+octet-stream"
)

// Handler serves the protocol at prefix, an absolute path such as
// "/api/v1/uploads", and everything right below it.
func (s *Service) Handler(prefix string) http.Handler {
	return &handler{s, strings.TrimSuffix(prefix, "/")}
}

type handler struct {
	*Service
	prefix string
}

// ServeHTTP implements http.Handler.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	head := w.Header()
	head.Set("Tus-Resumable", version)
	head.Set("Cache-Control", "no-store")
	head.Set("X-Content-Type-Options", "nosniff")
	if err := h.route(w, r); err != nil {
		answer(w, r, err)
	}
}

func (h *handler) route(w http.ResponseWriter, r *http.Request) error {
	id := strings.Trim(strings.TrimPrefix(r.URL.Path, h.prefix), "/")
	method := r.Method
	if m := r.Header.Get("X-HTTP-Method-Override"); m != "" && method == http.MethodPost {
		method = m // for networks that know only GET and POST
	}
	if method == http.MethodOptions {
		h.options(w)
		return nil
	}
	if r.Header.Get("Tus-Resumable") != version {
		w.Header().Set("Tus-Version", version)
		return refuse(http.StatusPreconditionFailed, fault.Invalid, i18n.T("不支持此版本的上传协议", "this version of the upload protocol is not supported"))
	}
	if !utf8.ValidString(id) || strings.ContainsRune(id, 0) {
		return errUnknown() // no database could look it up
	}
	serve, allowed := h.of(method, id)
	if serve == nil {
		w.Header().Set("Allow", allowed)
		return refuse(http.StatusMethodNotAllowed, fault.Invalid, i18n.T("此处不支持该方法", "this method is not supported here"))
	}
	return serve(w, r, id)
}

// of returns what serves a method, and which methods there are.
func (h *handler) of(method, id string) (serve func(http.ResponseWriter, *http.Request, string) error, allowed string) {
	if id == "" {
		if method == http.MethodPost {
			serve = h.create
		}
		return serve, "OPTIONS, POST"
	}
	switch method {
	case http.MethodHead:
		serve = h.head
	case http.MethodPatch:
		serve = h.patch
	case http.MethodDelete:
		serve = h.terminate
	}
	return serve, "OPTIONS, HEAD, PATCH, DELETE"
}

func (h *handler) options(w http.ResponseWriter) {
	head := w.Header()
	head.Set("Tus-Version", version)
	head.Set("Tus-Extension", extensions)
	head.Set("Tus-Checksum-Algorithm", "sha1,sha256")
	head.Set("Tus-Max-Size", strconv.FormatInt(h.rules.Size, 10))
	w.WriteHeader(http.StatusNoContent)
}

func (h *handler) create(w http.ResponseWriter, r *http.Request, _ string) (err error) {
	defer fault.Wrap(&err, "upload.create")
	up, err := h.announced(r)
	if err != nil {
		return err
	}
	in, err := newBody(w, r, up.Size)
	if err != nil {
		return err
	}
	err = h.db.InTx(r.Context(), func(tx *db.Tx) error {
		k, err := h.vault.Create(tx, keyOf(up.ID))
		if err != nil {
			return err
		}
		return insert(tx, up, k)
	})
	if err != nil {
		return err
	}
	if r.Header.Get("Content-Type") == contentType {
		if up, err = h.receive(r.Context(), up.ID, 0, in); err != nil {
			return err
		}
		setOffset(w.Header(), up)
	}
	w.Header().Set("Location", h.prefix+"/"+up.ID)
	setExpiry(w.Header(), up)
	w.WriteHeader(http.StatusCreated)
	return nil
}

// announced reads what a request says about the file that will come.
func (h *handler) announced(r *http.Request) (row, error) {
	size, err := strconv.ParseUint(r.Header.Get("Upload-Length"), 10, 63)
	switch {
	case err != nil:
		return row{}, errMalformed("Upload-Length")
	case size == 0:
		return row{}, fault.New(fault.Invalid, i18n.T("这是一个空文件", "this file is empty")).WithFix(i18n.T("请另选文件", "please choose another file"))
	case size > uint64(h.rules.Size): //nolint:gosec // a limit is not negative
		return row{}, fault.New(fault.TooLarge, i18n.T("文件太大，最多 %d MB", "the file is too large; at most %d MB"), h.rules.Size>>20).
			WithFix(i18n.T("请压缩、裁剪或分成几个文件后再上传", "please compress, trim or split it and upload again"))
	}
	m, err := parseMetadata(r.Header.Get("Upload-Metadata"), h.rules.Name)
	return row{
		ID:   rand.Text(),
		Size: int64(size), //nolint:gosec // parsed as 63 bits
		Name: m.name, Type: m.mediaType,
		ExpiresAt: h.now().Add(h.rules.Lifetime),
	}, err
}

func (h *handler) head(w http.ResponseWriter, r *http.Request, id string) (err error) {
	defer fault.Wrap(&err, "upload.head")
	up, err := h.settled(r.Context(), id)
	if err != nil {
		return err
	}
	setOffset(w.Header(), up)
	setExpiry(w.Header(), up)
	setMetadata(w.Header(), up)
	w.Header().Set("Upload-Length", strconv.FormatInt(up.Size, 10))
	w.WriteHeader(http.StatusOK)
	return nil
}

func (h *handler) patch(w http.ResponseWriter, r *http.Request, id string) (err error) {
	defer fault.Wrap(&err, "upload.patch")
	if r.Header.Get("Content-Type") != contentType {
		return refuse(http.StatusUnsupportedMediaType, fault.Invalid, i18n.T("内容类型应为 %s", "the content type must be %s"), contentType)
	}
	at, err := strconv.ParseUint(r.Header.Get("Upload-Offset"), 10, 63)
	if err != nil {
		return errMalformed("Upload-Offset")
	}
	up, err := h.find(r.Context(), id)
	if err != nil {
		return err
	}
	in, err := newBody(w, r, up.Size-int64(at)) //nolint:gosec // parsed as 63 bits
	if err != nil {
		return err
	}
	if up, err = h.receive(r.Context(), id, int64(at), in); err != nil { //nolint:gosec // parsed as 63 bits
		return err
	}
	setOffset(w.Header(), up)
	setExpiry(w.Header(), up)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (h *handler) terminate(w http.ResponseWriter, r *http.Request, id string) (err error) {
	defer fault.Wrap(&err, "upload.terminate")
	if err := h.Discard(r.Context(), id); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func setOffset(h http.Header, up row) {
	h.Set("Upload-Offset", strconv.FormatInt(up.Received, 10))
}

func setExpiry(h http.Header, up row) {
	h.Set("Upload-Expires", up.ExpiresAt.UTC().Format(http.TimeFormat))
}

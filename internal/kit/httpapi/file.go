package httpapi

import (
	"context"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"qingfeng/internal/kit/authz"
)

// File is an answer of bytes.
type File struct {
	Name        string // offered as the name to save under; empty shows it in the page
	ContentType string
	Inline      bool // show in the browser even though it has a name
	// One of the two: Write streams the bytes; Content allows ranges.
	Write   func(io.Writer) error
	Content io.ReadSeekCloser
}

// Download makes an endpoint that answers with a File.
func Download[In any](pattern, summary string, needs authz.Permission, f func(context.Context, In) (File, error)) Endpoint {
	return download(pattern, summary, Permitted, needs, f)
}

// PublicDownload is Download for everybody.
func PublicDownload[In any](pattern, summary string, f func(context.Context, In) (File, error)) Endpoint {
	return download(pattern, summary, Open, "", f)
}

func download[In any](pattern, summary string, access Access, needs authz.Permission, f func(context.Context, In) (File, error)) Endpoint {
	e := named(pattern, summary, access, needs)
	e.mount = func(api huma.API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{"200": {
			Description: "The file.",
			Content:     map[string]*huma.MediaType{"*/*": {Schema: &huma.Schema{Type: "string", Format: "binary"}}},
		}}
		huma.Register(api, op, func(ctx context.Context, in *In) (*huma.StreamResponse, error) {
			file, err := call(ctx, in, f)
			if err != nil {
				return nil, problemOf(ctx, err)
			}
			return &huma.StreamResponse{Body: func(c huma.Context) {
				r, w := humago.Unwrap(c)
				Serve(w, r, file)
			}}, nil
		})
	}
	return e
}

// Serve answers r with file. What a person uploaded must never run in our
// pages, so nothing is sniffed, nothing but the given type is claimed, and what
// is opened by itself may do nothing at all.
func Serve(w http.ResponseWriter, r *http.Request, file File) {
	h := w.Header()
	h.Set("Content-Type", file.ContentType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	h.Set("Cache-Control", "private, no-store")
	if file.Name != "" {
		kind := "attachment"
		if file.Inline {
			kind = "inline"
		}
		h.Set("Content-Disposition", mime.FormatMediaType(kind, map[string]string{"filename": file.Name}))
	}
	if file.Content != nil {
		defer func() { _ = file.Content.Close() }()
		http.ServeContent(w, r, "", time.Time{}, file.Content)
		return
	}
	if err := file.Write(w); err != nil {
		// The status line is gone: cut the connection, so that half a file
		// never looks like a whole one.
		panic(http.ErrAbortHandler)
	}
}

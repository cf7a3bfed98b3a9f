package httpapi

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Version is the path prefix of the API that scripts rely on.
const Version = "/api/v1"

// API serves endpoints and describes them.
type API struct {
	huma      huma.API
	endpoints []Endpoint
}

// New returns an API that serves on mux. It sets huma's hooks for problems
// and for lists, which are global to huma and the same for every API.
func New(mux *http.ServeMux, title, version string) *API {
	huma.DefaultArrayNullable = false
	huma.ValidateStrictCasing = true // encoding/json takes every spelling of a name, and the last of them: the rules would see another
	huma.NewErrorWithContext = problemOfStatus
	huma.NewError = func(status int, msg string, _ ...error) huma.StatusError { return &Problem{Title: msg, Status: status} } // the shape, to describe it
	config := huma.DefaultConfig(title, version)
	config.CreateHooks = nil // no "$schema" in bodies
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.OpenAPIPath = "/api/openapi"
	config.DocsPath = ""
	config.SchemasPath = ""
	config.DefaultFormat = "application/json"
	config.Formats = map[string]huma.Format{"application/json": format, "json": format}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: "qf_session", Description: "Set by POST /api/v1/session."},
	}
	return &API{huma: humago.New(mux, config)}
}

var format = huma.Format{Marshal: marshal, Unmarshal: unmarshal}

func marshal(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

var (
	errNotUTF8 = errors.New("body is not UTF-8")
	errNull    = errors.New("body holds a null character")
	errTwice   = errors.New("body names a field twice")
)

// unmarshal refuses what a database cannot store as text, and a field that is
// there twice, instead of mending it silently as encoding/json does: huma checks
// one reading of a body and hands on another.
func unmarshal(data []byte, v any) error {
	if !utf8.Valid(data) {
		return errNotUTF8
	}
	if holdsNull(data) {
		return errNull
	}
	if err := json.Unmarshal(data, v); err != nil {
		return err
	}
	if _, checked := v.(*any); checked && repeats(data) {
		return errTwice
	}
	return nil
}

// repeats reports whether an object in valid JSON text has a name twice.
func repeats(data []byte) bool {
	type level struct {
		names map[string]bool // nil in a list
		named bool            // a name was read, and not its value
	}
	open := []level{{}}
	for d := json.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if err != nil {
			return false // the end
		}
		in := &open[len(open)-1]
		name, text := token.(string)
		if in.names != nil && !in.named && text {
			if in.names[name] {
				return true
			}
			in.names[name], in.named = true, true
			continue
		}
		in.named = false
		switch token {
		case json.Delim('{'):
			open = append(open, level{names: map[string]bool{}})
		case json.Delim('['):
			open = append(open, level{})
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		}
	}
}

// holdsNull reports whether JSON text holds the escape of U+0000.
func holdsNull(data []byte) bool {
	for i := 0; i+5 < len(data); i++ {
		if data[i] != '\\' {
			continue
		}
		if string(data[i+1:i+6]) == "u0000" {
			return true
		}
		i++ // whatever is escaped begins no escape
	}
	return false
}

// storable refuses, like unmarshal, an address that holds what a database
// cannot take as text.
func storable(u url.URL) error {
	query, err := url.QueryUnescape(u.RawQuery)
	if text := u.Path + query; err != nil || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return fault.New(fault.Invalid, i18n.T("网址或查询条件含有无法识别的字符", "the address or a filter holds characters that cannot be understood")).
			WithFix(i18n.T("请重新输入查询条件", "please type the filter again"))
	}
	return nil
}

// Mount registers endpoints. It panics on one that names no permission and
// does not say that it needs none, on a path registered twice, and on uniqueItems.
func (a *API) Mount(es ...Endpoint) {
	for _, e := range es {
		if e.Access == Permitted && e.Needs == "" {
			panic("httpapi: " + e.Method + " " + e.Path + " names no permission")
		}
		e.Path = Version + e.Path
		a.endpoints = append(a.endpoints, e)
		e.mount(a.huma, a.operation(e))
	}
	for name, schema := range a.huma.OpenAPI().Components.Schemas.Map() {
		for field, p := range schema.Properties {
			if p.UniqueItems {
				panic("httpapi: " + name + "." + field + " wants unique items")
			}
		}
	}
}

// Endpoints lists what is mounted, in order, with full paths.
func (a *API) Endpoints() []Endpoint { return a.endpoints }

// Specification returns the OpenAPI 3.1 document.
func (a *API) Specification() ([]byte, error) { return a.huma.OpenAPI().YAML() }

func (a *API) operation(e Endpoint) huma.Operation {
	op := huma.Operation{
		OperationID: operationID(e),
		Method:      e.Method,
		Path:        e.Path,
		Summary:     e.Summary,
		Tags:        []string{tag(e.Path)},
		Metadata:    map[string]any{},
	}
	if e.Access != Open {
		op.Security = []map[string][]string{{"session": {}}}
		op.Description = "Permission: " + string(e.Needs)
	}
	op.Middlewares = huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
		// Answers are about people: no proxy and no disk keeps them.
		ctx.SetHeader("Cache-Control", "no-store")
		if err := cmp.Or(admit(ctx.Context(), e), storable(ctx.URL())); err != nil {
			writeProblem(a.huma, ctx, err)
			return
		}
		next(ctx)
	}}
	return op
}

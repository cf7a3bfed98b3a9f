package httpapi

import (
	"reflect"
	"regexp"
	"strings"
	"unicode"

	"github.com/danielgtaylor/huma/v2"
)

// operationID makes a stable name such as "post-cases-id-dispatch".
func operationID(e Endpoint) string {
	path := strings.NewReplacer("/", "-", "{", "", "}", "").Replace(strings.TrimPrefix(e.Path, Version))
	return strings.ToLower(e.Method) + path
}

// tag groups endpoints by the first part of their path.
func tag(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, Version+"/"), "/")
	return first
}

var qualified = regexp.MustCompile(`(?:[\w./-]*/)?(\w+)\.(\w+)`)

// schemaName names the schema of a type after its package and itself, such as
// "IntakeCode", so that two modules may each have a Code. The arguments of a
// generic type follow: "ListPageCaseworkRow".
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Name() == "" || t.PkgPath() == "" {
		return huma.DefaultSchemaNamer(t, hint)
	}
	name := t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:] + "." + t.Name()
	var b strings.Builder
	for _, m := range qualified.FindAllStringSubmatch(name, -1) {
		b.WriteString(title(m[1]) + title(m[2]))
	}
	return b.String()
}

func title(s string) string {
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

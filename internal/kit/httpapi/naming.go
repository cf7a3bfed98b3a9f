package httpapi

import "strings"

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

// Package httpapi turns use cases into HTTP endpoints. Modules never import
// net/http.
//
// A use case is a function func(ctx, In) (Out, error). Do registers it under a
// method, a path and a permission; Public registers one that strangers may
// call, and the list of those is printed by the golden specification. Mount
// panics on an endpoint that names no permission.
//
// In is a struct whose fields carry the tags path, query or header, and a
// field Body for the JSON body; it may have a method Validate() error. Out is
// any type that JSON can hold; File and Stream answer with bytes instead.
//
// The order is fixed: who is it, may they, is the input well-formed, is it
// valid, run. Errors become RFC 9457 problems in the language of the request.
// A fault is shown; any other error is logged under a number and shown as
// that number only. No value that a person sent is ever echoed or logged. What
// no database takes as text (bytes that are not UTF-8, the null character) is
// refused in bodies and addresses alike. A field of a body is spelled as it is
// and there once: what is checked is what is read. No field carries the tag
// uniqueItems, on which huma panics when items are lists; Mount refuses it.
package httpapi

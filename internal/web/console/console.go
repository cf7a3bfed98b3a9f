// Package console carries the staff console inside the program, as Vite built
// it. It owns no behaviour: web serves the files. In a fresh clone the folder
// holds only a note, and web says that the console is not built.
package console

import (
	"embed"
	"io/fs"
)

// Vite may begin names with an underscore, which embed leaves out unless told
// to take all.
//
//go:embed all:dist
var built embed.FS

// Files returns the built console; index.html is missing from it when it was
// not built.
func Files() fs.FS {
	sub, err := fs.Sub(built, "dist")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	return sub
}

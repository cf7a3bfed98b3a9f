package doc

import (
	"fmt"
	"strings"
)

// SVG returns the QR code of url as an SVG element that fills the width it is
// given, black on white with its quiet zone, whatever the colours of the page
// around it. It is empty when url does not fit into any code (about 1,600
// bytes), so show the address beside it. Nothing of url appears in the
// element as text.
func SVG(url string) string {
	grid, err := modules(url)
	if err != nil {
		return ""
	}
	var path strings.Builder
	for _, r := range bars(grid) {
		_, _ = fmt.Fprintf(&path, "M%d %dh%dv%dh-%dz", r.x, r.y, r.w, r.h, r.w) // a Builder never fails
	}
	n := len(grid)
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges" aria-hidden="true">`+
		`<path fill="#fff" d="M0 0h%dv%dh-%dz"/><path fill="#000" d="%s"/></svg>`, n, n, n, n, n, path.String())
}

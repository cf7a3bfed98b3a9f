package org

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
)

// gbt2260 lists the divisions that ship with the program, a code and a name
// each line (regions/README.md says where they come from).
//
//go:embed regions/gbt2260.txt
var gbt2260 string

// NewRegion returns a division by its GB/T 2260 code of six digits. The
// divisions above it are found by zeroing the tail: 370202 lies in 370200,
// which lies in 370000. Below a municipality the second level is a grouping
// without an office of its own (110100 市辖区); a prefecture without counties
// (441900 东莞) ends at the second level.
func NewRegion(code, name string) Region {
	g := Region{Code: code, Name: name, Path: "/"}
	for _, above := range []string{code[:2] + "0000", code[:4] + "00", code} {
		if strings.HasSuffix(g.Path, "/"+above+"/") {
			continue
		}
		g.Parent = lastNode(g.Path)
		g.Path += above + "/"
		g.Level++
		if above == code {
			break
		}
	}
	return g
}

// RegionPart returns the regions that a path begins with, "/" where it begins
// with a unit. The node of a region is its code, digits alone; that of a unit is
// an identifier, which never is.
func RegionPart(path string) string {
	end := 1
	for end < len(path) {
		node, _, whole := strings.Cut(path[end:], "/")
		if !whole || strings.Trim(node, "0123456789") != "" {
			break
		}
		end += len(node) + 1
	}
	return path[:min(end, len(path))]
}

// standardRegions returns the divisions of GB/T 2260, in order of code.
func standardRegions() []Region {
	var regions []Region
	for line := range strings.Lines(gbt2260) {
		code, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		regions = append(regions, NewRegion(code, name))
	}
	return regions
}

// LoadRegions stores the divisions of GB/T 2260 that are not there yet and
// corrects names that have changed. It may be called at every start. Regions
// that were added or closed otherwise stay as they are.
func LoadRegions(tx *db.Tx) error {
	missing, err := unknownRegions(tx.Reader, standardRegions())
	if err != nil {
		return fmt.Errorf("org.LoadRegions: %w", err)
	}
	return InsertRegion(tx, missing...)
}

// unknownRegions returns those of regions that are not stored under the name
// that they have.
func unknownRegions(r db.Reader, regions []Region) ([]Region, error) {
	stored, err := db.All[Region](r, `select * from region`)
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(stored))
	for _, g := range stored {
		names[g.Code] = g.Name
	}
	return slices.DeleteFunc(regions, func(g Region) bool { return names[g.Code] == g.Name }), nil
}

// isGrouping reports whether a division only groups what lies below it and
// has no office: people leave it out when they name a place.
func isGrouping(g Region) bool {
	return g.Level == 2 && slices.Contains([]string{"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}, g.Name)
}

// RegionName returns the name of a region as people write it, from the top
// down: 北京市东城区, 山东省青岛市市南区. Fault: NotFound.
func RegionName(r db.Reader, code string) (string, error) {
	g, err := RegionByCode(r, code)
	if err != nil {
		return "", err
	}
	above, err := regionsByCode(r, authz.Nodes(g.Path))
	if err != nil {
		return "", err
	}
	return joinNames(above), nil
}

// joinNames writes the names of regions that lie in each other as one.
func joinNames(regions []Region) string {
	var b strings.Builder
	for _, g := range regions {
		if !isGrouping(g) {
			b.WriteString(g.Name)
		}
	}
	return b.String()
}

// regionsByCode returns the regions of codes that exist, from the top down.
func regionsByCode(r db.Reader, codes []string) ([]Region, error) {
	var w db.Where
	w.AndIn("code", codes)
	return db.All[Region](r, `select * from region `+w.String()+` order by path`, w.Args()...)
}

// regionsInUse returns the regions where a unit of one of kinds is open, and
// those above them, in order of path: the regions that somebody looks for.
func regionsInUse(r db.Reader, kinds ...string) ([]Region, error) {
	var w db.Where
	open := w.Bind("u.closed_at is null") + " and " + w.In("u.kind", kinds)
	own, err := db.All[Region](r, `select g.* from region g where exists (select 1 from unit u where u.region = g.code and `+open+`) order by g.path`, w.Args()...)
	if err != nil {
		return nil, fmt.Errorf("org.regionsInUse: %w", err)
	}
	var codes []string
	for _, g := range own {
		codes = append(codes, authz.Nodes(g.Path)...)
	}
	slices.Sort(codes)
	return regionsByCode(r, slices.Compact(codes))
}

// lastNode returns the node that a path ends with; empty for the root.
func lastNode(path string) string {
	nodes := authz.Nodes(path)
	if len(nodes) == 0 {
		return ""
	}
	return nodes[len(nodes)-1]
}

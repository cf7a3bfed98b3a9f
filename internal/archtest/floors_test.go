package archtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestFloors(t *testing.T) {
	tree := readProject(t)
	report(t, checkFloors(tree))
	report(t, checkModules(tree))
	report(t, checkOneWiringList(tree))
}

// The floors of the house, counted from the ground.
const (
	ground = iota // stands beside the house: imports nothing of ours
	kit
	org
	mod
	front // report, web and demo
	app
	cmd
)

// place is where a package stands. Packages of one unit may import each other.
type place struct {
	floor int
	unit  string
}

// placeOf finds the floor of the package in folder; false means that the
// drawing has no such place.
func placeOf(folder string) (place, bool) {
	parts := strings.Split(folder, "/")
	switch {
	case parts[0] == "cmd", parts[0] == "bench":
		return place{cmd, parts[0]}, true
	case parts[0] != "internal" || len(parts) < 2:
		return place{}, false
	}
	switch area := parts[1]; area {
	case "archtest":
		return place{ground, area}, true
	case "kit":
		return place{kit, area}, len(parts) > 2
	case "org":
		return place{org, area}, true
	case "mod":
		return place{mod, strings.Join(parts[1:], "/")}, len(parts) == 3
	case "report", "web", "demo":
		return place{front, area}, true
	case "app":
		return place{app, area}, true
	}
	return place{}, false
}

// mayImport is the one rule of the floors.
func (p place) mayImport(other place) bool {
	return other.floor != ground && (other.floor < p.floor || other.unit == p.unit)
}

// checkFloors complains of packages outside the drawing and of imports that do
// not lead downwards, those of tests included.
func checkFloors(tree []source) []string {
	var complaints []string
	for folder, files := range packages(tree) {
		from, ok := placeOf(folder)
		if !ok {
			complaints = append(complaints, folder+" stands on no floor")
			continue
		}
		for _, s := range files {
			for _, imported := range ours(s) {
				if to, ok := placeOf(imported); !ok || !from.mayImport(to) {
					complaints = append(complaints, fmt.Sprintf("%s imports %s, which is not on a floor below", s.path, imported))
				}
			}
		}
	}
	return complaints
}

// ours returns the folders of the project's own packages that s imports. A
// test that stands outside the package it tests imports it, which is no
// import in the drawing.
func ours(s source) []string {
	var folders []string
	for _, p := range s.imports() {
		folder, own := strings.CutPrefix(p, module+"/")
		if own && folder != s.folder() {
			folders = append(folders, folder)
		}
	}
	return folders
}

// checkModules complains of modules that speak HTTP or SQL by themselves. Their
// tests may.
func checkModules(tree []source) []string {
	var complaints []string
	for _, s := range tree {
		if s.isTest() || !strings.HasPrefix(s.path, "internal/mod/") {
			continue
		}
		for _, p := range s.imports() {
			if within(p, "net/http") || within(p, "database/sql") {
				complaints = append(complaints, fmt.Sprintf("%s imports %s; the kit does that for modules", s.path, p))
			}
		}
	}
	return complaints
}

func within(p, parent string) bool { return p == parent || strings.HasPrefix(p, parent+"/") }

// checkOneWiringList complains of packages other than app that know every
// module. It says nothing while there is only one module to know.
func checkOneWiringList(tree []source) []string {
	all := map[string]bool{}
	known := map[string]map[string]bool{}
	for _, s := range tree {
		if strings.HasPrefix(s.path, "internal/mod/") && s.code != nil {
			all[s.folder()] = true
		}
		for _, imported := range ours(s) {
			if strings.HasPrefix(imported, "internal/mod/") && !s.isTest() {
				set := known[s.folder()]
				if set == nil {
					set = map[string]bool{}
					known[s.folder()] = set
				}
				set[imported] = true
			}
		}
	}
	var complaints []string
	for folder, set := range known {
		if len(all) > 1 && len(set) == len(all) && folder != "internal/app" {
			complaints = append(complaints, folder+" imports every module; only internal/app may")
		}
	}
	slices.Sort(complaints)
	return complaints
}

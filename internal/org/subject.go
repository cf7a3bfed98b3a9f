package org

import (
	_ "embed"
	"strconv"
	"strings"
)

// subjects lists the 诊疗科目 of 卫医发〔1994〕27号 with its additions
// (domain.md 9.3): code, Chinese and English name, a tabulator between them.
//
//go:embed subjects.txt
var subjects string

// Subjects lists the 诊疗科目 by which departments are registered, in order of
// code.
func Subjects() []Entry {
	var list []Entry
	for line := range strings.Lines(subjects) {
		code, names, _ := strings.Cut(strings.TrimSpace(line), "\t")
		zh, en, _ := strings.Cut(names, "\t")
		list = append(list, entry(code, zh, en))
	}
	return list
}

// SubjectKey returns the place of a subject in the catalogue. The parts of a
// code are whole numbers: 03.10 comes after 03.9. Whatever is no code comes
// first.
func SubjectKey(code string) int {
	major, minor, _ := strings.Cut(code, ".")
	m, err := strconv.Atoi(major)
	if err != nil || m < 0 || m > 99 {
		return 0
	}
	n, _ := strconv.Atoi(minor) // no second part counts as zero
	return m*1000 + n
}

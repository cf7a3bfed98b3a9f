package official

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

// node is an element of XML, or a text where it has no name.
type node struct {
	name  string
	attrs []string // names and values in turn
	kids  []node
	text  string
}

// el makes an element of WordprocessingML: el("jc", "val", "right") is
// <w:jc w:val="right"/>. A name or attribute with a prefix keeps it, and one
// that begins with a colon has none.
func el(name string, attrs ...string) node {
	for i := 0; i < len(attrs); i += 2 {
		attrs[i] = prefixed(attrs[i])
	}
	return node{name: prefixed(name), attrs: attrs}
}

func prefixed(name string) string {
	switch strings.Index(name, ":") {
	case 0:
		return name[1:]
	case -1:
		return "w:" + name
	default:
		return name
	}
}

// with returns the element with more in it.
func (n node) with(kids ...node) node {
	n.kids = append(slices.Clip(n.kids), kids...)
	return n
}

// val is an element with one attribute, w:val.
func val(name, value string) node { return el(name, "val", value) }

// num is val for a number.
func num(name string, n int) node { return val(name, strconv.Itoa(n)) }

// words is a text that keeps its spaces.
func words(text string) node {
	return el("t", "xml:space", "preserve").with(node{text: text})
}

func (n node) write(b *bytes.Buffer) {
	if n.name == "" {
		_ = xml.EscapeText(b, []byte(n.text)) // a buffer takes all
		return
	}
	b.WriteString("<" + n.name)
	for i := 0; i < len(n.attrs); i += 2 {
		b.WriteString(" " + n.attrs[i] + `="`)
		_ = xml.EscapeText(b, []byte(n.attrs[i+1]))
		b.WriteString(`"`)
	}
	if len(n.kids) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteString(">")
	for _, kid := range n.kids {
		kid.write(b)
	}
	b.WriteString("</" + n.name + ">")
}

// part is the element as a part of the file.
func (n node) part() []byte {
	b := bytes.NewBufferString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
	n.write(b)
	return b.Bytes()
}

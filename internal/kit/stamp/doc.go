// Package stamp draws who looks at a picture across it, each time that somebody
// looks.
//
// Rules
//
//   - What is drawn is part of the picture: it is decoded, drawn upon and encoded
//     again, so that no program takes a layer off it.
//   - The words run upwards across the whole picture, so often that no part of
//     it as large as a page's third can be cut out without them, and faintly: a
//     dark ground is made a little lighter and a light one a little darker.
//     Nothing under them is lost to an eye that wants to read it.
//   - Nothing drawn upon is stored.
//   - All pictures that are drawn upon at one time share one budget of memory;
//     a burst of them waits. A book is drawn upon a page at a time while it is
//     being sent.
//   - A program without its font shows no picture rather than one without words.
//
// This tells who let a picture out. It does not keep a person with patience and
// a paint program from taking it off.
package stamp

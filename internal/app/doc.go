// Package app puts the program together. It is the only package that knows
// every module: command line → settings → database → modules → server → jobs.
//
//	cli.go     commands and flags
//	system.go  the wiring: every part, made once, in one list
//	roles.go   which role may do what
//	bridge.go  what one module asks of another, put into the other's words
//	server.go  the web server around it
package app

// Package app puts the program together. It is the only package that knows
// every module: command line → settings → database → modules → server → jobs.
//
//	cli.go     commands and flags
//	admin.go   commands for whoever installs the program
//	backup.go  commands that copy and restore
//	table.go   what a backup does with each table
//	system.go  the wiring: every part, made once, in one list
//	roles.go   which role may do what
//	bridge.go  what one module asks of another, put into the other's words
//	channels.go  mail and webhook, as the command line names them
//	server.go  the web server around it
package app

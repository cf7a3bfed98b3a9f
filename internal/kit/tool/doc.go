// Package tool runs the programs of the machine that read what strangers send.
//
// A tool is a child process behind prlimit and nice: bounded time, memory, open
// files and size of what it writes, low priority, no environment. Where it is given
// a folder, it works there. It is ended with everything that it started, when its
// time is over or nobody waits for it any more. What it prints is bounded, and of
// what it complains the beginning is kept.
//
// Without prlimit and nice no tool is started.
package tool

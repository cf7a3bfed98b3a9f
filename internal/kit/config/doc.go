// Package config holds the settings that people change while the program
// runs: limits, weights, thresholds, switches. (How the process starts, its
// addresses and folders, is internal/app's command line.)
//
// Nearly every number differs by city, province or hospital, so a setting is
// declared once in code with its kind, default and explanation, and changed
// by adding a version: a value with a scope (a node of the organisation tree),
// a day from which it is in force, a source and a reason. Versions are never
// edited. The value in force is the version with the longest scope that covers
// the place, and among those the latest that is effective at the event's time.
// A computed result stores the identifier of the version that it used.
package config

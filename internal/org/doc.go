// Package org holds the nouns that every module shares: regions, units,
// places, people and roles.
//
// # The tree
//
// Regions (GB/T 2260) and units form one tree; a node's materialised path
// lists the nodes from the top down to itself:
//
//	/990000/990100/990102/                     a district
//	/990000/990100/990102/<commission>/        its health commission
//	/990000/990100/990102/<agency>/            an agency of the district
//	/990000/990100/990102/<institution>/       a hospital in it
//	/990000/990100/990102/<institution>/<department>/
//
// so whatever lies below a node has the node's path as prefix. A role is
// granted at a node; a commission's people are granted theirs at the region.
//
// # Kinds of unit
//
//	commission   health commission of a region
//	agency       another authority: insurance, market regulation, police,
//	             discipline inspection, publicity, development and reform, 12345 centre
//	institution  a medical or health institution (WS 218 kinds)
//	department   a department of an institution, by 诊疗科目
//
// A place (clinic, ward, window, hall) belongs to a department or straight to
// an institution; it is where a code hangs, not a unit: nobody works for it.
//
// # Codes
//
// An institution carries up to three codes, each unique in its system and kept
// with the days it was valid: the unified social credit code (GB 32100-2015,
// with check digit), the 22-character registration code of WS 218 (whose first
// nine are the GB 11714 organisation code) or its 12-digit predecessor, and the
// national insurance code (H + region + sequence).
//
// # People
//
// A member of staff belongs to one unit and may hold several roles, each at a
// node. The system administrator keeps units and settings, the security
// administrator accounts and roles, the audit administrator reads the log;
// nobody may hold two of the three (domain.md 10, separation of duties).
//
// Nothing is deleted: units are closed, places retired, accounts closed, grants
// revoked, codes ended.
package org

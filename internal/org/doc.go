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
// so whatever lies below a node has the node's path as prefix (Within). A role
// is granted at a node; a commission's people are granted theirs at the region.
//
// The divisions of GB/T 2260 ship with the program (LoadRegions); a region's
// parents are found by zeroing the tail of its code (NewRegion). A division
// that is abolished is closed and stays: codes and paths speak of it.
//
// # Kinds of unit
//
//	commission   health commission of a region, one each
//	agency       another authority: insurance, market regulation, police,
//	             discipline inspection, publicity, development and reform, 12345 centre
//	institution  a medical or health institution (WS 218 kinds)
//	department   a department of an institution, by 诊疗科目, or an office
//
// A place (clinic, ward, window, hall) belongs to a department or straight to
// an institution; it is where a code hangs, not a unit: nobody works for it. It
// may change hands within its institution and never leaves it.
//
// No unit moves in the tree: it is closed and made anew, because paths are
// stored in every record that it ever touched. Among the open units of one
// parent and kind no name comes twice. A unit that still holds departments,
// places or people is closed only when all of that shall be closed as well;
// nobody closes the unit that they belong to.
//
// # Codes
//
// An institution carries up to three codes, each unique in its system and kept
// with the days it was valid (domain.md 9.4):
//
//   - the unified social credit code (GB 32100-2015, check digit modulo 31);
//   - the 22-character registration code of WS 218, whose first nine are the
//     GB 11714 organisation code and whose next six are a region that exists,
//     or its 12-digit predecessor;
//   - the national insurance code, H + region + sequence.
//
// What cannot exist is refused. Closing an institution ends its codes, so that
// its successor may carry them.
//
// # People
//
// A member of staff belongs to one unit and may hold several roles, each at a
// node. The list of roles and what they allow is the program's (Service.Roles).
// Everybody with org.read sees names of units, and name, title and unit of
// people; telephone, e-mail, numbers, accounts and roles only within the own
// scope.
//
//   - The system administrator keeps units and settings, the security
//     administrator accounts and roles, the audit administrator reads the log;
//     nobody may hold two of the three, or one of them and any other role
//     (domain.md 10, separation of duties). Their passwords are reset at the
//     machine alone.
//   - Nobody grants or revokes their own roles, administers their own account,
//     or grants beyond their own scope.
//   - Whose unit or roles lie beyond one's scope, that person's account one may
//     not touch: a reset password is the whole of somebody's rights.
//   - Therefore nobody is reset unseen. It needs a reason; the person and the
//     audit administrators of the unit are told; the person's page lists for a
//     year, out of the log, what others did to the account.
//   - Whoever gave a person the first step of signing in (a one-time password
//     that is not replaced yet, an identity of single sign-on) does not take the
//     second factors away, and the other way round. One administrator alone gets
//     past a password, and never past a second factor.
//   - Whoever last gave an account its password, or its identity, does not make
//     one of the three administrators of it, nor gives an account to one:
//     another security administrator does, or the machine (Appoint). So taking a
//     role away, resetting and granting it again leads nowhere. Every change of
//     who is an administrator is told to the audit administrators.
//   - Whoever moves to another unit first gives up the roles of the old post; a
//     closed account has none and comes back without.
//
// # Signing in
//
// A one-time password is shown once and opens nothing but the choice of
// another, for a week when it is the first and for a day when it is not. An
// unknown name, a wrong password, an account without one and a closed account get
// one answer after the same work. A changed or reset password ends every session.
// The log names no account for an unknown name: people type passwords there.
//
//   - Attempts at a name, and at its codes, are slowed down, never locked out. A
//     browser in which the owner signed in before is counted apart, so that a
//     flood of guesses slows down other guesses and not the owner.
//   - Whoever has a second factor owes a second step; until then the person is
//     a stranger. Whoever holds a role that asks for one (FactorRoles) and has
//     none may set one up and do nothing else; the last one is not taken away.
//     A new factor ends the sessions that began without it.
//   - To change second factors one types the password once more.
//   - Lost factors are reset by the security administrator for a reason, which
//     ends all sessions; those of the three administrators at the machine alone.
//   - Single sign-on takes the first step for a subject that is linked to an
//     account: by its owner, by the security administrator, or because the
//     operator trusts a claim to tell the user name. Anybody else is refused.
//   - An account that nobody used for as many days as DormantDays says sleeps:
//     it is closed to signing in and keeps its roles. Its owner is told a week
//     before; the security administrator wakes it, or the machine.
//   - Volunteers sign in by a personal link and a PIN (light.go, ADR 19): to an account
//     that holds nothing but light roles, and only while the link stands.
//   - Whoever leaves can hand all open work to one successor, or none of it.
//
// What accounts are held to is the security administrator's to say, and no
// setting among others (config.Setting.Keeper).
//
// # Imports
//
// Institutions, departments, places and staff come in from xlsx and csv
// (kit/sheet). A file is checked row by row under the rules above, against what
// is stored and against itself; a file with one bad row imports nothing unless
// the good rows alone are asked for. An import reaches no further than the
// scope of whoever imports.
//
// # What is never done
//
// Nothing is deleted: units are closed, places retired, accounts closed, grants
// revoked, codes ended, each with time and reason in the log. Checks re-reads
// all of it.
package org

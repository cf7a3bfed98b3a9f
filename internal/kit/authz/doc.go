// Package authz decides who may do what, where.
//
//   - A permission is a name such as "case.dispatch". An endpoint names one;
//     without it the server does not start.
//   - A role is granted at a node of the organisation tree and holds for
//     everything below: scope is a prefix of a materialised path such as
//     "/990000/990100/".
//   - What nobody granted is denied. An actor without grants may do nothing.
//   - Row rules beyond scope (a conflict of interest, a named handler) live in
//     the queries of the module that owns the rows; they use Actor.Lineage.
//
// The actor of a request travels in its context. Background work acts as
// System, which is never the actor of a request.
package authz

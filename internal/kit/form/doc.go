// Package form keeps forms that people make, their versions, and what is answered
// to them.
//
// # What a form is
//
// A JSON Schema 2020-12 document. What a schema can say, it says in the schema's
// own keywords, so that any validator understands it; what it cannot say stands in
// keywords that begin with x-. The vocabulary is closed: Parse refuses all else,
// by its place (a JSON pointer), with what is known there. What follows from other
// keywords (type, enum, format, allOf …) may be left out; Schema writes it.
//
// The document: $schema, type, additionalProperties, properties, required, allOf;
// x-title {zh, en}; x-sections [{zh, en, fields}], which give the order and in
// which every field stands once; x-retired, the fields of earlier versions that
// are asked no more.
//
// Every field: x-kind, x-label {zh, en}, x-help {zh, en}, default (text, number,
// money, date, choice), and x-when {field, equals, required}: it is asked only
// where a choice of one that stands above it was answered so. A field that is
// always asked is required by the document, one with a condition by its x-when.
//
//	kind         its keywords                                an answer
//	text         x-long, minLength, maxLength                "…"
//	number       x-unit, x-decimals 0–4, minimum, maximum    12.5
//	money        x-in yuan|wan, minimum, maximum (分)         分, a whole number
//	date                                                     "2026-07-28", a day that there is
//	choice       x-options [{code, zh, en, retired}],        "code", or ["code", …]
//	             x-many, minItems, maxItems
//	person                                                   {"staff": id} or {"name": "…"}
//	institution                                              id of the unit
//	place                                                    id of the place
//	file         minItems, maxItems (20)                     [id of the upload, …]
//	signature                                                {"file": id of the upload} or {"name": "…"}
//	computed     x-formula, x-of number|money, x-unit,       made by the form
//	             x-decimals, minimum, maximum (分)
//
// A formula has names of number, money and computed fields, numbers, + - * / ( )
// and sum(a, b). Money and numbers are told apart: they are not added to each
// other, money is not multiplied by money. Reckoning is exact and is rounded at
// the end, halves away from zero. What is computed with something empty is empty,
// but a sum leaves it out; a division by zero gives empty. A bound of what is computed
// holds answers against each other: what is refunded is not more than was overcharged
// where "overcharged - refunded" is at least 0.
//
// # Rules
//
//   - Check looks at all answers at once and says one thing about each field that
//     is wrong, in both languages. What is computed is computed here; what a sender
//     computed is not looked at. An answer to a field that is not asked, or that
//     the form does not have, is refused and not dropped.
//   - The console checks with the same vocabulary (console/src/parts/answer).
//     testdata/vectors.json holds both sides to the same words.
//   - A draft is saved sound or not. Publish makes a version of it, which is never
//     changed; an answer keeps the version that it was given to.
//   - Answers are handed in under an identifier that the sender makes. The same
//     again is kept once; something else under the same identifier is a conflict.
//   - An answer to a version that is in force no more is taken, and one that was
//     filled in before the form was retired: a telephone may have been out of
//     reach. It stays with its version.
//   - An answer is corrected by another, which names it. The corrected one stays
//     and is not counted.
//   - What answers say is kept a second time, flat (form_value), so that fields
//     are counted and summed by SQL. Checks compares the two.
//
// # A new version and old answers
//
// A version that would lock answers out is refused; Effects says beforehand which
// field it is about and how many answers. It is judged by the answers that there
// are: all those that were not corrected are given to the new version.
//
//	a field is gone                       refused, unless x-retired names it: it is kept beside
//	its kind or unit is another           refused: add a field, retire this one
//	an option is gone that was chosen     refused: mark it as retired
//	a bound that answers do not keep      refused
//	required, without a default,          refused
//	where answers do not have it
//	a field, option or condition is new   safe
//	it is computed otherwise              safe: what was computed stays
//
// Kept beside: the field is asked no more, its answers stay where they are, and
// exports have its column after those that are asked.
//
// # For modules
//
// Prepare before the transaction, Answer in it, with the record that the answers
// belong to as Subject ("visit:<id>"); AnswersOf and AnswerByID read; Tally and Sum
// count by field; SheetOf gives the columns and cells of an export. Files hang on
// the answer (OwnerKind).
//
// A form belongs to a node of the organisation and has a purpose, which is the
// module's word. Everybody who is signed in reads forms; who makes them and who
// reads answers is given by the caller as two permissions, each held at a path.
package form

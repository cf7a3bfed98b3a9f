// Package story tells the cases of an imagined city: what people complain of,
// ask, propose and praise, and how their cases end. It fills demonstrations and
// load tests with text that reads as if people had written it.
//
// It owns words and names, nothing else. It knows no database and no module of
// the program; whoever builds a demo asks it for texts and stores them.
//
// # Rules
//
//   - Everything is invented. The city (清江市), its districts (codes from 99,
//     which no province has), institutions, people and companies do not exist;
//     telephone numbers have the shape of mobile numbers under a prefix that is
//     not handed out. Drugs are named by their generic names.
//   - The same seed tells the same cases. A text depends on the seed, the
//     number of the case, its leaf and what the caller prescribes, not on the
//     order of the calls, so that several goroutines can share a Generator.
//   - The texts of one case agree. Names, amounts, waits, the wish, the cause
//     and the measures are the same in title, narrative, finding, reply and
//     dialogue; who is ill suits the department.
//   - Every leaf of the taxonomy (design: domain 9.1) has its own events, and
//     every event says what turned out. Leaves are coded by the letter of their
//     group and their place in it: A01 冷漠生硬, J06 无障碍.
//   - People differ: plain, angry, old, formal, curt, hurried, and those who
//     tell a story. A narrative has 15 to 600 characters, and some have the
//     slips of the pen of people who type with one finger.
//
// # How a text is made
//
// The words stand in text/words.txt, the matters in text/leaf, the manners of
// writing in text/voice; template.go describes their notation. New compiles
// them once. A case throws dice for its leaf, event, voice and cast, and
// writes all its texts into one buffer, which keeps half a million cases
// cheap.
package story

// Package outline finds the numbered headings of a Chinese official document in
// its plain text: 一、, （一）, 1、, （1）, as GB/T 9704-2012 (7.3.3) numbers them.
//
// # What it owns
//
// The tree of headings, and where in the text each number, title and body
// stands. What a heading is about is its reader's business.
//
// # Rules
//
//   - Places are counted in characters (Unicode code points) of the whole text,
//     which is never changed: whoever shows a value can mark it in its source.
//   - A number begins a line, or follows the end of a sentence: texts that went
//     through web pages have lost their lines.
//   - Within a line only the next number of a list counts, so that "见第三、四条"
//     is no heading.
//   - A number with Chinese digits that is the next of its list begins a heading at
//     the beginning of a line, whatever stands above it; 二、 also behind a space, or
//     before the words of a heading, and （二） also behind a word. Nobody else's lists have such numbers.
//   - A number of one character (㈠, ⒈, ⑴) is one of its level. A list may begin right
//     behind the heading above it, and leave out levels (二、内容1、……).
//   - A text that lost its beginning goes on with the number that it has: （二） behind the
//     end of a sentence, where （三） follows.
//   - Another number that begins a line in the middle of a sentence is a page's or a
//     list's of somebody else, and no heading.
//   - A title ends with its line, its sentence, a colon or a date in brackets, which may
//     have lost its numbers. Where it runs into the body without any of them it ends with
//     the word that headings of such documents end with (任务, 步骤, 要求 …), which may
//     be spread (目　标); otherwise there is none.
//   - An item of a list (1、, （1）) has a title where that has a line of its own, or
//     is short and goes on with more than a remark about units; a sentence with a comma
//     is shorter for that. The last words of a text that was cut off are no title.
package outline

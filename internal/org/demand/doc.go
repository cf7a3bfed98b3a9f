// Package demand holds the vocabulary of 诉求 that every module shares: what a
// report is about (category and item), what kind of demand it is, by which
// channel it came, in which mode the reporter stands, how urgent it is and how
// it may end.
//
// The tree of categories is one for codes, hospitals and the 12345 hotline.
// A category is a letter, an item the letter and two digits: F is 红包回扣,
// F02 is 收受红包礼品. Some categories are sensitive: reports in them go to the
// discipline line and stay hidden from the unit they are about.
//
// Source: shared dictionaries of the field (12345 practice, 接诉即办 rules);
// where a city uses other names it maps them on import.
package demand

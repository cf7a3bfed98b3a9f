// Package violation holds the taxonomy of what is done wrong in health care that
// every module shares: inspections find it, ledgers have it rectified, penalties
// name it, campaigns count it.
//
// It has two levels: V08 is 红包回扣, V0802 is 收受红包礼品. A group alone may be
// named where the item is not known yet. The codes are this program's own; a city
// that uses others maps them on import.
//
// Source: the plans and notices of special rectification campaigns (domain.md
// 0.24), and the hazards of domain.md 5.6 under V13.
package violation

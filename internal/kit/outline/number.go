package outline

import "strconv"

// Number writes the number of the nth heading of a level, with its mark: 一、,
// （一）, 1., （1）.
func Number(level, n int) string {
	switch level {
	case 1:
		return Chinese(n) + "、"
	case 2:
		return "（" + Chinese(n) + "）"
	case 3:
		return strconv.Itoa(n) + "."
	default:
		return "（" + strconv.Itoa(n) + "）"
	}
}

// Chinese writes a number below a hundred in Chinese characters, another one in
// digits.
func Chinese(n int) string {
	const digits = "零一二三四五六七八九"
	digit := func(i int) string { return string([]rune(digits)[i]) }
	switch {
	case n < 0 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return digit(n)
	}
	text := "十"
	if n >= 20 {
		text = digit(n/10) + text
	}
	if n%10 > 0 {
		text += digit(n % 10)
	}
	return text
}

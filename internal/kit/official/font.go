package official

// face is a typeface by its name in documents.
type face string

// The typefaces of the standard (5.2.2, 7.2, 7.3).
const (
	fangsong face = "仿宋_GB2312"
	kai      face = "楷体_GB2312"
	hei      face = "黑体"
	title    face = "方正小标宋简体"
	song     face = "宋体"
)

// fonts is the part that says what to take where a typeface is not installed.
// Word reads one alternative only, of at most 31 characters ([MS-OI29500],
// 2.1.262), and goes by the family where that is missing as well.
func fonts() node {
	all := el("fonts", "xmlns:w", nsWord)
	for _, f := range []struct {
		name        face
		instead     string
		family, pan string
	}{
		{fangsong, "仿宋", "modern", "02010609030101010101"},
		{kai, "楷体", "modern", "02010609030101010101"},
		{hei, "SimHei", "auto", "02010609060101010101"},
		{title, "宋体", "script", "03000509000000000000"},
		{song, "SimSun", "auto", "02010600030101010101"},
	} {
		all = all.with(el("font", "name", string(f.name)).with(
			val("altName", f.instead), val("panose1", f.pan), val("charset", "86"), val("family", f.family), val("pitch", "default")))
	}
	return all
}

// in is the property of a run or style that sets it in a typeface.
func (f face) in() node {
	return el("rFonts", "ascii", string(f), "hAnsi", string(f), "eastAsia", string(f), "cs", string(f))
}

package story

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"qingfeng/internal/kit/clock"
)

// scenery marks the words that the scene of a case overrides.
type scenery uint8

const (
	sNone scenery = iota
	sInstitution
	sSort // what people call the institution: 医院, 卫生院, 诊所
	sDepartment
	sPlace
	sDoctor
	sDate
	sPatient // from the cast
)

// sceneries are the names of those words in words.txt.
func sceneries() map[string]scenery {
	return map[string]scenery{
		"院": sInstitution, "家": sSort, "科": sDepartment, "处": sPlace, "医": sDoctor, "时": sDate, "患": sPatient,
	}
}

// writer writes the texts of one case, one after the other, into one buffer:
// a single allocation makes all its strings.
type writer struct {
	buf       []byte
	seed      uint64
	dice      dice
	scene     Scene
	leaf      *theme
	event     *event
	voice     *voice
	cause     *cause
	treatment value // of the word 科
	patient   value // of the word 患
	title     span
	used      [pieces]int // how often a piece was taken in the present text
}

// span is a text inside the buffer.
type span struct{ from, to int }

func (s span) in(all string) string { return all[s.from:s.to] }

// begin starts a new text. Pieces are taken from the start of their order
// again, so that every text of the case speaks of the same wish, cause and
// measures.
func (w *writer) begin() int {
	w.used = [pieces]int{}
	return len(w.buf)
}

func (w *writer) end(from int) span { return span{from, len(w.buf)} }

// text writes one of list as a text of its own.
func (w *writer) text(list []template) span {
	from := w.begin()
	w.write(one(&w.dice, list))
	return w.end(from)
}

// write writes t with the numbers of the writer's dice.
func (w *writer) write(t template) {
	for i := range t {
		w.buf = append(w.buf, t[i].text...)
		if s := t[i].slot; s != nil {
			w.slot(s)
		}
	}
}

func (w *writer) slot(s *slot) {
	switch s.op {
	case opWord:
		outer := w.dice
		w.dice = dice(mix(w.seed, s.word.id))
		w.word(s)
		w.dice = outer
	case opFresh:
		w.word(s)
	case opNumber:
		w.number(s.low + s.step*w.dice.below(s.n))
	case opChoice:
		w.write(one(&w.dice, s.choices))
	case opPiece:
		w.piece(s.piece)
	}
}

// word writes a word: from the scene or the cast if they have it, from the
// list otherwise.
func (w *writer) word(s *slot) {
	if s.column == 0 && s.word.scene != sNone && w.stage(s.word.scene) {
		return
	}
	var v value
	switch {
	case s.op == opWord && s.word.scene == sDepartment:
		v = w.treatment
	case s.word.scene == sPatient:
		v = w.patient
	default:
		v = one(&w.dice, s.word.values)
	}
	if s.column > 0 {
		// The columns of a value share the choice but not the numbers after it.
		w.dice = dice(mix(uint64(w.dice), uint64(s.column)))
	}
	w.write(v[s.column])
}

// stage writes what the scene says, and reports whether it says anything.
func (w *writer) stage(s scenery) bool {
	said := ""
	switch s {
	case sInstitution:
		said = w.scene.Institution
	case sSort:
		said = sortOf(w.scene.Institution)
	case sDepartment:
		said = w.scene.Department
	case sPlace:
		said = w.scene.Place
	case sDoctor:
		said = w.scene.Person
	case sDate:
		return w.date()
	case sNone, sPatient: // the words say it
	}
	w.buf = append(w.buf, said...)
	return said != ""
}

// date writes the day of the scene; people remember the date half of the
// time and otherwise say “last Wednesday”, which the words supply.
func (w *writer) date() bool {
	if w.scene.On.IsZero() || w.dice.chance(50) {
		return false
	}
	_, month, day := w.scene.On.In(clock.Shanghai).Date()
	w.number(int(month))
	w.buf = append(w.buf, "月"...)
	w.number(day)
	hours := [...]string{"日", "号", "日上午", "日下午", "号早上", "号晚上", "日中午"}
	w.buf = append(w.buf, hours[w.dice.below(len(hours))]...)
	return true
}

// sortOf returns what people call an institution of that name.
func sortOf(name string) string {
	for _, s := range []string{"医院", "卫生院", "服务中心", "服务站", "保健院", "卫生室", "门诊部", "诊所", "中心"} {
		if strings.HasSuffix(name, s) {
			return s
		}
	}
	return ""
}

// number writes n in digits.
func (w *writer) number(n int) {
	if n >= 10 {
		w.number(n / 10)
	}
	w.buf = append(w.buf, byte('0'+n%10))
}

// piece writes the next piece of that name.
func (w *writer) piece(p piece) {
	switch p {
	case pHead:
		w.part(p, 0, w.event.head)
	case pSay:
		w.part(p, 0, w.event.say)
	case pYes:
		w.part(p, 0, w.event.yes)
	case pNo:
		if w.event.no == nil {
			w.next(p, w.leaf.no)
			return
		}
		w.part(p, 0, w.event.no)
	case pMore:
		w.next(p, w.leaf.more)
	case pWish:
		w.next(p, w.leaf.wish)
	case pCause:
		w.part(p, 0, w.cause.text)
	case pFix:
		w.next(p, w.leaf.fix)
	case pOpen:
		w.next(p, w.voice.open)
	case pFeel:
		w.next(p, w.voice.feel)
	case pClose:
		w.next(p, w.voice.close)
	case pTitle:
		w.buf = append(w.buf, w.buf[w.title.from:w.title.to]...)
	case pieces: // how many there are, none of them
	}
}

// part writes a piece with numbers that are its own, so that it reads the same
// in every text of the case.
func (w *writer) part(p piece, turn int, t template) {
	outer := w.dice
	w.dice = dice(mix(w.seed, 1<<32+uint64(p)<<8+uint64(turn)))
	w.write(t)
	w.dice = outer
}

// next writes the piece of list whose turn it is. The first turn is chosen by
// the case, so two texts of one case agree; later turns follow in order, so
// one text does not repeat itself.
func (w *writer) next(p piece, list []template) {
	first := dice(mix(w.seed, 1<<33+uint64(p)))
	turn := (first.below(len(list)) + w.used[p]) % len(list)
	w.used[p]++
	w.part(p, turn, list[turn])
}

// shorten cuts the text that began at from to at most most characters, at the
// end of a sentence.
func (w *writer) shorten(from, most int) {
	text := w.buf[from:]
	// No text has more characters than bytes, which is cheaper to know.
	if len(text) <= most || utf8.RuneCount(text) <= most {
		return
	}
	size := 0
	for range most {
		_, n := utf8.DecodeRune(text[size:])
		size += n
	}
	if stop := bytes.LastIndex(text[:size], []byte("。")); stop > 0 {
		size = stop + len("。")
	}
	w.buf = w.buf[:from+size]
}

// slip confuses one pair of characters in the text that began at from, as
// people do who type with their finger.
func (w *writer) slip(from int, slips [][2]string) {
	text := w.buf[from:]
	start := w.dice.below(len(slips))
	for i := range slips {
		pair := slips[(start+i)%len(slips)]
		if at := bytes.Index(text, []byte(pair[0])); at >= 0 {
			copy(text[at:], pair[1])
			return
		}
	}
}

// bare drops the punctuation of the text that began at from, as people do who
// write in a hurry.
func (w *writer) bare(from int) {
	text := w.buf[from:]
	out := text[:0]
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		if strings.ContainsRune("，。；", r) {
			out = append(out, ' ')
		} else {
			out = append(out, text[:n]...)
		}
		text = text[n:]
	}
	w.buf = w.buf[:from+len(bytes.TrimRight(out, " "))]
}

// shout ends the text in exclamation marks.
func (w *writer) shout(from int) {
	if text, ok := bytes.CutSuffix(w.buf[from:], []byte("。")); ok {
		w.buf = w.buf[:from+len(text)]
		for range 1 + w.dice.below(3) {
			w.buf = append(w.buf, "！"...)
		}
	}
}

package sanction

import (
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/i18n"
)

// The permissions of sanctions.
const (
	Read    authz.Permission = "sanction.read"
	Manage  authz.Permission = "sanction.manage"
	Publish authz.Permission = "sanction.publish" // approve what the public reads, and withdraw it
)

// Word is an entry of a closed list.
type Word[K ~string] struct {
	Code K         `json:"code"`
	Name i18n.Text `json:"name"`
}

func word[K ~string](code K, zh, en string) Word[K] { return Word[K]{code, i18n.T(zh, en)} }

// nameOf says what a code of a list stands for.
func nameOf[K ~string](words []Word[K], code K) i18n.Text {
	for _, w := range words {
		if w.Code == code {
			return w.Name
		}
	}
	return i18n.Same(string(code))
}

func listed[K ~string](words []Word[K], code K) bool {
	return slices.ContainsFunc(words, func(w Word[K]) bool { return w.Code == code })
}

// Kind tells what sort of subject is punished.
type Kind string

// The kinds of subject.
const (
	Institution  Kind = "institution"
	Practitioner Kind = "practitioner" // with a certificate number
	Person       Kind = "person"       // anybody else, such as who practises without a licence
)

// Kinds lists them.
func Kinds() []Word[Kind] {
	return []Word[Kind]{word(Institution, "机构", "Institution"), word(Practitioner, "执业人员", "Practitioner"), word(Person, "其他人员", "Other person")}
}

// natural reports whether a subject is a natural person.
func (k Kind) natural() bool { return k != Institution }

// Layer is a rung of the chain of responsibility (domain.md 0.21).
type Layer string

// The layers, from below.
const (
	PartyLayer  Layer = "party"
	OfficeLayer Layer = "office"
	DeputyLayer Layer = "deputy"
	HeadLayer   Layer = "head"
)

// Layers lists them.
func Layers() []Word[Layer] {
	return []Word[Layer]{word(PartyLayer, "当事人", "Person concerned"), word(OfficeLayer, "职能部门负责人", "Head of the office in charge"),
		word(DeputyLayer, "分管领导", "Deputy in charge"), word(HeadLayer, "主要领导", "Principal leader")}
}

// Rung is a measure that an institution takes against one of its people, from
// the lightest to the heaviest.
type Rung string

// Rungs lists the ladder of domain.md 0.21.
func Rungs() []Word[Rung] {
	return []Word[Rung]{word[Rung]("criticism", "批评教育", "Criticism"), word[Rung]("ethics", "记入医德考评档案", "Entered into the ethics file"),
		word[Rung]("honours", "取消当年评优评职", "No honours or promotion this year"), word[Rung]("post", "低聘、缓聘、解聘", "Lower, later or no appointment"),
		word[Rung]("suspend", "责令暂停执业", "Practice suspended"), word[Rung]("revoke", "吊销执业证书", "Certificate revoked"), word[Rung]("justice", "移送司法", "Handed to justice")}
}

// Stamp is a moment as tables keep it.
func stampOf(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// masked hides the middle of a certificate number.
func masked(number string) string {
	const head, tail = 3, 2
	runes := []rune(number)
	if len(runes) <= head+tail {
		return string(slices.Repeat([]rune{'*'}, len(runes)))
	}
	for i := head; i < len(runes)-tail; i++ {
		runes[i] = '*'
	}
	return string(runes)
}

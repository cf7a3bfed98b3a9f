package inspection

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Algorithm names how a list and a seed become a result.
const Algorithm = "qingfeng-draw/v1"

// teamSize is how many inspectors go to a target (行政处罚法 42: at least two).
const teamSize = 2

// witnesses is how many people at least give a secret to the seed, beside the program.
const witnesses = 2

// Target is somebody who may be inspected.
type Target struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	District string `json:"district"`
	Kind     string `json:"kind"`
	Credit   string `json:"credit"`
	// Last are the inspectors of the last time, who do not come together again.
	Last []string `json:"last,omitempty"`
	// Drawn says that an earlier draw of the plan took it: it counts for the share
	// and is not taken again.
	Drawn bool `json:"drawn,omitempty"`
	// Spared says that the years before have inspected it often enough: it counts
	// for the size of its stratum and is not taken.
	Spared bool `json:"spared,omitempty"`
}

// Inspector is somebody who may inspect.
type Inspector struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Unit string `json:"unit"`
	Load int    `json:"load,omitempty"` // targets from earlier draws of the period
}

// Share is how many of a stratum are drawn, in ten-thousandths. What is empty
// stands for all.
type Share struct {
	District string `json:"district,omitempty"`
	Kind     string `json:"kind,omitempty"`
	Credit   string `json:"credit,omitempty"`
	Per10000 int    `json:"per_10000"`
}

// Recusal keeps an inspector from a target, by kinship, former work or a complaint.
type Recusal struct {
	Inspector string `json:"inspector"`
	Target    string `json:"target"`
}

// List is what is frozen before a draw.
type List struct {
	// Of is what is drawn where that is no target for inspectors: districts, days.
	Of         string      `json:"of,omitempty"`
	Targets    []Target    `json:"targets"`
	Inspectors []Inspector `json:"inspectors"`
	Shares     []Share     `json:"shares"`
	Recusals   []Recusal   `json:"recusals"`
}

// Witness is somebody who gives a secret: first its hash, in hexadecimal digits of
// SHA-256, then the secret.
type Witness struct {
	Name       string `json:"name"`
	Commitment string `json:"commitment"`
	Secret     string `json:"secret"`
}

// Commit is what a witness says before the draw.
func Commit(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// digest hashes texts so that no two lists of texts are hashed alike.
type digest struct{ hash.Hash }

func (d digest) add(texts ...string) {
	for _, x := range texts {
		_, _ = fmt.Fprintf(d, "%d:%s", len(x), x) // a hash never fails
	}
}

// Sort puts a list into the order in which it is hashed and drawn from.
func (l *List) Sort() {
	slices.SortFunc(l.Targets, func(a, b Target) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(l.Inspectors, func(a, b Inspector) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(l.Shares, func(a, b Share) int {
		return cmp.Or(cmp.Compare(a.District, b.District), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Credit, b.Credit))
	})
	slices.SortFunc(l.Recusals, func(a, b Recusal) int {
		return cmp.Or(cmp.Compare(a.Inspector, b.Inspector), cmp.Compare(a.Target, b.Target))
	})
	for i := range l.Targets {
		slices.Sort(l.Targets[i].Last)
	}
}

// Hash is the SHA-256 of a sorted list, in hexadecimal digits.
func (l *List) Hash() string {
	d := digest{sha256.New()}
	d.add(Algorithm)
	if l.Of != "" {
		d.add("of", l.Of)
	}
	for _, x := range l.Targets {
		what := "target"
		switch {
		case x.Drawn:
			what = "drawn"
		case x.Spared:
			what = "spared"
		}
		d.add(what, x.ID, x.Name, x.District, x.Kind, x.Credit, strings.Join(x.Last, " "))
	}
	for _, x := range l.Inspectors {
		d.add("inspector", x.ID, x.Name, x.Unit, fmt.Sprint(x.Load))
	}
	for _, x := range l.Shares {
		d.add("share", x.District, x.Kind, x.Credit, fmt.Sprint(x.Per10000))
	}
	for _, x := range l.Recusals {
		d.add("recusal", x.Inspector, x.Target)
	}
	return hex.EncodeToString(d.Sum(nil))
}

// Check refuses a list from which nothing can be drawn. Faults: Invalid.
func (l *List) Check() error {
	var bad fault.Fields
	bad.Refuse(len(l.Targets) == 0, "targets", i18n.T("检查对象名录是空的，请先登记或导入检查对象，或放宽抽取范围", "there is nobody on the list of targets; enter or import some, or draw from a wider scope"))
	bad.Refuse(l.Of == "" && len(l.Inspectors) < teamSize, "inspectors", i18n.T("检查人员不足两人，请先登记或导入检查人员", "there are fewer than two inspectors; enter or import some"))
	bad.Refuse(len(l.Shares) == 0, "shares", i18n.T("没有抽取比例", "there is no share to be drawn"))
	for i, x := range l.Shares {
		bad.Refuse(x.Per10000 < 0 || x.Per10000 > 10000, fmt.Sprintf("shares[%d]", i), i18n.T("抽取比例应在 0 到 100% 之间", "a share is between 0 and 100 %"))
	}
	for i := 1; i < len(l.Targets); i++ {
		bad.Refuse(l.Targets[i].ID == l.Targets[i-1].ID, "targets", i18n.T("检查对象重复：%s", "a target is on the list twice: %s").With(l.Targets[i].ID))
	}
	for i := 1; i < len(l.Inspectors); i++ {
		bad.Refuse(l.Inspectors[i].ID == l.Inspectors[i-1].ID, "inspectors", i18n.T("检查人员重复：%s", "an inspector is on the list twice: %s").With(l.Inspectors[i].ID))
	}
	return bad.Err()
}

// Terms is what a seed is made of.
type Terms struct {
	Algorithm string    `json:"algorithm"`
	ListHash  string    `json:"list_hash"`
	DrawnAt   string    `json:"drawn_at"` // RFC 3339
	Witnesses []Witness `json:"witnesses"`
}

// people is how many witnesses there are beside the program.
func (t Terms) people() int {
	if t.HasProgram() {
		return len(t.Witnesses) - 1
	}
	return len(t.Witnesses)
}

// Seed makes the seed. Faults: Invalid for too few witnesses, or a secret that is
// not the one that was committed to.
func (t Terms) Seed() ([]byte, error) {
	var bad fault.Fields
	bad.Refuse(t.Algorithm != Algorithm, "algorithm", i18n.T("不认识的抽取算法", "an unknown algorithm"))
	bad.Refuse(t.people() < witnesses, "witnesses", i18n.T("见证人不足两名", "there are fewer than two witnesses"))
	d := digest{sha256.New()}
	d.add(t.Algorithm, t.ListHash, t.DrawnAt)
	for i, w := range t.Witnesses {
		bad.Refuse(w.Secret == "" || Commit(w.Secret) != w.Commitment, fmt.Sprintf("witnesses[%d]", i), i18n.T("见证人 %s 的随机数与事先公布的摘要不符", "the secret of %s is not the one committed to").With(w.Name))
		for _, other := range t.Witnesses[:i] {
			bad.Refuse(other.Name == w.Name || other.Commitment == w.Commitment, fmt.Sprintf("witnesses[%d]", i), i18n.T("见证人重复：%s", "the same witness twice: %s").With(w.Name))
		}
		d.add(w.Name, w.Commitment, w.Secret)
	}
	return d.Sum(nil), bad.Err()
}

package sanction

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Measure is what a decision imposes: one row each, so that everything that is
// counted is a count or a sum of rows.
type Measure struct {
	ID          string      `json:"id"`
	PenaltyID   string      `json:"penalty_id"`
	SubjectID   string      `json:"-"`
	SubjectKind Kind        `json:"-"`
	Path        string      `json:"-"`
	Region      string      `json:"-"`
	Institution string      `json:"-"`
	Violation   string      `json:"-"` // the first that the penalty names
	CampaignID  string      `json:"-"`
	Kind        MeasureKind `json:"kind"`
	Penal       bool        `json:"penal" doc:"An administrative penalty, and not another measure."`
	AmountFen   int64       `json:"amount_fen" doc:"In 分; 0 where it is not about money."`
	AmountText  i18n.Text   `json:"amount_text" db:"-"`
	Months      int         `json:"months" doc:"How long it lasts; 0 where it is not about time."`
	Note        string      `json:"note" doc:"What else is to be said: which department, which goods."`
	DecidedOn   time.Time   `json:"decided_on"`
	RevokedOn   time.Time   `json:"revoked_on,omitzero" doc:"When a change or annulment took it away."`
}

// MeasureKind is the kind of a measure.
type MeasureKind string

// The kinds that rules speak of.
const (
	Warning MeasureKind = "warning"
	Fine    MeasureKind = "fine"
	Revoke  MeasureKind = "revoke_licence"
)

// Imposable says what a kind of measure needs.
type Imposable struct {
	Word[MeasureKind]
	Penal    bool   `json:"penal" doc:"An administrative penalty (行政处罚法 art. 9)."`
	Money    bool   `json:"money" doc:"Has an amount."`
	Months   bool   `json:"months" doc:"Has a length."`
	Against  []Kind `json:"against,omitempty" doc:"Against whom; empty is everybody."`
	Register string `json:"register" doc:"Where it is recorded instead of in a decision: points, blacklist or transfers; none: the outcome of an inspection."`
}

// Measures lists every outcome of domain.md 4.3. Those with a register of their
// own are named here so that all speak of them alike.
func Measures() []Imposable {
	of := func(code MeasureKind, zh, en string) Imposable { return Imposable{Word: word(code, zh, en)} }
	penal := func(m Imposable, against ...Kind) Imposable {
		m.Penal, m.Against = true, against
		return m
	}
	money := func(m Imposable) Imposable { m.Money = true; return m }
	lasting := func(m Imposable) Imposable { m.Months = true; return m }
	in := func(register string, m Imposable) Imposable { m.Register = register; return m }
	return []Imposable{
		in("none", of("clear", "无问题", "Nothing found")),
		of("correct", "责令改正", "Ordered to correct"), of("opinion", "监督意见书", "Written opinion"), of("talk", "约谈", "Called in"),
		penal(of("circular", "通报", "Criticised by circular")), penal(of(Warning, "警告", "Warning")), penal(money(of(Fine, "罚款", "Fine"))),
		penal(money(of("confiscate", "没收违法所得", "Illegal income confiscated"))),
		penal(lasting(of("suspend", "暂停执业", "Practice suspended")), Practitioner), penal(lasting(of("close", "责令停业", "Ordered to close")), Institution, Person),
		penal(of("revoke_subject", "吊销诊疗科目", "Department struck from the licence"), Institution), penal(of(Revoke, "吊销许可证", "Licence revoked"), Institution),
		penal(of("revoke_certificate", "吊销执业证", "Certificate revoked"), Practitioner), of("deregister", "注销", "Deregistered"),
		in("points", of("points", "不良记分", "Points")), lasting(of("insurance_suspend", "暂停医保协议", "Insurance agreement suspended")),
		of("insurance_end", "解除医保协议", "Insurance agreement ended"), money(of("recover", "追回基金", "Fund recovered")),
		in("blacklist", of("blacklist", "列入黑名单", "Blacklisted")), in("transfers", of("to_police", "移送公安", "Sent to the police")),
		in("transfers", of("to_discipline", "移送纪检监察", "Sent to discipline inspection")), in("transfers", of("to_insurance", "移送医保", "Sent to the insurance")),
		in("transfers", of("to_market", "移送市监", "Sent to market regulation")), in("transfers", of("to_cyberspace", "移送网信", "Sent to cyberspace administration")),
		money(of("refund", "责令退赔", "Ordered to refund")),
	}
}

func imposable(kind MeasureKind) (Imposable, bool) {
	all := Measures()
	if i := slices.IndexFunc(all, func(m Imposable) bool { return m.Code == kind }); i >= 0 {
		return all[i], true
	}
	return Imposable{}, false
}

// NewMeasure is a measure as it is typed.
type NewMeasure struct {
	Kind      MeasureKind `json:"kind" maxLength:"40"`
	AmountFen int64       `json:"amount_fen,omitempty" minimum:"0" maximum:"100000000000" doc:"In 分, never in 元 or 万元."`
	Months    int         `json:"months,omitempty" minimum:"0" maximum:"1200"`
	Note      string      `json:"note,omitempty" maxLength:"500"`
}

// check refuses measures that say too little or too much.
func (n NewMeasure) check(bad *fault.Fields, field string, against Kind) {
	m, known := imposable(n.Kind)
	if !known {
		bad.Refuse(true, field+".kind", i18n.T("没有这种措施，请从列表中选择", "there is no such measure; please choose one from the list"))
		return
	}
	bad.Refuse(m.Register != "", field+".kind", i18n.T("“%s”在各自的台账登记，不写入处罚决定", `"%s" is recorded in a register of its own, not in a decision`), m.Name)
	bad.Refuse(len(m.Against) > 0 && !slices.Contains(m.Against, against), field+".kind", i18n.T("“%s”不适用于这类对象", `"%s" is not for this kind of subject`), m.Name)
	bad.Refuse(m.Money && n.AmountFen == 0, field+".amount_fen", i18n.T("请填写金额（元）", "please give the amount in yuan"))
	bad.Refuse(!m.Money && n.AmountFen != 0, field+".amount_fen", i18n.T("“%s”没有金额", `"%s" has no amount`), m.Name)
	bad.Refuse(m.Months && n.Months == 0, field+".months", i18n.T("请填写期限（月）", "please say for how many months"))
	bad.Refuse(!m.Months && n.Months != 0, field+".months", i18n.T("“%s”没有期限", `"%s" has no length`), m.Name)
}

// checkMeasures refuses a decision without measures, with one of them twice, or
// with one that makes no sense.
func checkMeasures(ms []NewMeasure, against Kind) error {
	var bad fault.Fields
	bad.Refuse(len(ms) == 0, "measures", i18n.T("请至少选择一项措施；不予处罚请用“撤案”", `please choose at least one measure; where nothing is imposed, drop the case`))
	seen := map[MeasureKind]bool{}
	for i, m := range ms {
		field := "measures[" + strconv.Itoa(i) + "]"
		m.check(&bad, field, against)
		bad.Refuse(seen[m.Kind], field+".kind", i18n.T("同一措施只能写一次", "each measure stands once"))
		seen[m.Kind] = true
	}
	return bad.Err()
}

// PublicMeasure is a measure as a publication keeps it: without its note, which is for the
// file.
type PublicMeasure struct {
	Kind      MeasureKind `json:"kind"`
	AmountFen int64       `json:"amount_fen"`
	Months    int         `json:"months"`
}

// imposedBy are the measures that stand, as a publication keeps them.
func imposedBy(ms []Measure) []PublicMeasure {
	out := []PublicMeasure{}
	for _, m := range ms {
		if m.RevokedOn.IsZero() {
			out = append(out, PublicMeasure{m.Kind, m.AmountFen, m.Months})
		}
	}
	return out
}

// text says what is imposed: 罚款 3000.00 元, 暂停执业 6 个月.
func (m PublicMeasure) text() i18n.Text {
	known, _ := imposable(m.Kind)
	switch {
	case m.AmountFen > 0:
		return i18n.T("%[1]s %[2]s", "%[1]s: %[2]s").With(known.Name, Money(m.AmountFen))
	case m.Months == 1:
		return i18n.T("%[1]s 1 个月", "%[1]s: 1 month").With(known.Name)
	case m.Months > 0:
		return i18n.T("%[1]s %[2]d 个月", "%[1]s: %[2]d months").With(known.Name, m.Months)
	}
	return known.Name
}

// fineOf is the sum of the fines among measures that stand.
func fineOf(ms []Measure) (fen int64) {
	for _, m := range ms {
		if m.Kind == Fine && m.RevokedOn.IsZero() {
			fen += m.AmountFen
		}
	}
	return fen
}

// Money writes an amount with its unit: 331 万元 is never a mere 331.
func Money(fen int64) i18n.Text {
	yuan := decimal(fen, 100, 2)
	if fen < fenPerWan {
		return i18n.T(yuan+" 元", yuan+" yuan")
	}
	wan := strings.TrimRight(strings.TrimRight(decimal(fen, fenPerWan, 6), "0"), ".")
	return i18n.T(yuan+" 元（"+wan+" 万元）", yuan+" yuan")
}

// fenPerWan is how many 分 are 1 万元.
const fenPerWan = 1_000_000

// decimal writes n ÷ unit with so many digits after the point, exactly.
func decimal(n, unit int64, digits int) string {
	rest := strconv.FormatInt(n%unit, 10)
	return strconv.FormatInt(n/unit, 10) + "." + strings.Repeat("0", digits-len(rest)) + rest
}

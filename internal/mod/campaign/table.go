package campaign

import (
	"slices"

	"qingfeng/internal/kit/i18n"
)

// Way is where the numbers of a row come from.
type Way string

// The ways.
const (
	Typed    Way = "typed"
	Counted  Way = "figure" // what modules publish; typed where nobody publishes it
	Quotient Way = "share"  // what one row is of another
	Summed   Way = "sum"    // of its sub-rows
)

// Money is the unit in which an amount is typed and shown. It is kept in 分.
type Money string

// The units of money; none is a number of things.
const (
	NoMoney Money = ""
	Yuan    Money = "yuan"
	WanYuan Money = "wan"
)

// Bound says that a row is never more than another.
type Bound struct {
	Row  string `json:"row" maxLength:"60"`
	Soft bool   `json:"soft" doc:"A remark is enough where it is more."`
}

// Row is a line of the statistics table.
type Row struct {
	Key      string              `json:"key" maxLength:"60" doc:"Kept as long as the row means the same."`
	Group    string              `json:"group" maxLength:"100"`
	Label    string              `json:"label" maxLength:"100"`
	Unit     string              `json:"unit" maxLength:"20" doc:"家, 户次, 万元, %"`
	Way      Way                 `json:"way" enum:"typed,figure,share,sum"`
	Figure   string              `json:"figure,omitempty" maxLength:"80"`
	Dims     map[string][]string `json:"dims,omitempty" doc:"Narrows the figure; {campaign} stands for the campaign itself."`
	Part     string              `json:"part,omitempty" maxLength:"60" doc:"Row above the line of a share."`
	Whole    string              `json:"whole,omitempty" maxLength:"60"`
	Parent   string              `json:"parent,omitempty" maxLength:"60" doc:"Row of which this one is a part: all parts make the whole."`
	Decimals int                 `json:"decimals" minimum:"0" maximum:"6"`
	Money    Money               `json:"money" enum:",yuan,wan"`
	Distinct bool                `json:"distinct" doc:"Counts different things: never the sum of what others counted."`
	Stock    bool                `json:"stock" doc:"What there is on a day: may fall."`
	Follows  bool                `json:"follows,omitempty" doc:"Follows on what it is compared with, often in a later period, as a fine follows the filing: only the cumulative is compared."`
	AtMost   []Bound             `json:"at_most" nullable:"false" maxItems:"10"`
}

// Columns of the table that hold numbers.
const (
	thisPeriod = iota
	sinceStart
	lastYear
	width
)

// columnNames are those of the API.
func columnNames() [width]string { return [width]string{"period", "total", "last_year"} }

func columnTexts() [width]i18n.Text {
	return [width]i18n.Text{i18n.T("本期数", "This period"), i18n.T("累计数", "Cumulative"), i18n.T("上年同期", "Same period of last year")}
}

// Table is a version of the rows of a campaign's table.
type Table struct {
	Version int   `json:"version" doc:"0: nobody has changed the usual rows yet."`
	Rows    []Row `json:"rows" nullable:"false"`
}

// compared are the columns in which a row keeps below others.
func (r Row) compared() []int {
	if r.Follows {
		return []int{sinceStart}
	}
	return []int{thisPeriod, sinceStart, lastYear}
}

// at is where a row stands; -1 for nowhere.
func (t Table) at(key string) int {
	return slices.IndexFunc(t.Rows, func(r Row) bool { return r.Key == key })
}

// parts are the places of the rows of which one is the whole.
func (t Table) parts(key string) (at []int) {
	for i, r := range t.Rows {
		if r.Parent == key {
			at = append(at, i)
		}
	}
	return at
}

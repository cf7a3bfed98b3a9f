package form

import (
	"qingfeng/internal/kit/i18n"
)

// Kind says what a field asks for.
type Kind string

// The kinds of fields; there are no others.
const (
	Text        Kind = "text"
	Number      Kind = "number"
	Money       Kind = "money"
	Date        Kind = "date"
	Choice      Kind = "choice"
	Person      Kind = "person"
	Institution Kind = "institution"
	Place       Kind = "place"
	File        Kind = "file"
	Signature   Kind = "signature"
	Computed    Kind = "computed"
)

// Bounds of what a form may hold.
const (
	mostFields   = 200
	mostSections = 30
	mostOptions  = 200
	mostFiles    = 20
	mostShort    = 200   // characters of a short text, and of a label
	mostLong     = 10000 // characters of a long text
	mostHelp     = 1000
	mostFormula  = 500
	mostID       = 64 // characters of the identifier of a person, a unit, a place or a file
	mostName     = 100
)

// Field is one question of a form.
type Field struct {
	ID       string
	Kind     Kind
	Label    i18n.Text
	Help     i18n.Text
	Required bool // where it is asked
	When     *When
	Default  any // what a form begins with; nil for nothing

	Long bool // of a text: several lines
	// Least and Most bound the characters of a text, and the items of a choice of
	// many and of files.
	Least, Most int

	Unit     i18n.Text // of a number and of a computed number
	Decimals int       // of a number and of a computed number: 0 to 4
	Min, Max Decimal   // of a number, of money (分) and of what is computed
	Wan      bool      // of money: it is entered in 万元, not in 元

	Many    bool // of a choice
	Options []Option

	Formula string // of a computed field
	Of      Kind   // of a computed field: Number or Money
	formula *formula
}

// When says that a field is asked only where a choice of one was answered so.
type When struct {
	Field  string
	Equals string
}

// Option is one answer of a choice.
type Option struct {
	Code  string
	Label i18n.Text
	// Retired is one that is not offered any more; answers from before have it.
	Retired bool
}

// Section is a heading with the fields below it.
type Section struct {
	Title  i18n.Text
	Fields []string
}

// Form is a schema that was parsed: it can check answers and compute.
type Form struct {
	Title    i18n.Text
	Sections []Section
	Retired  []string // fields of earlier versions that are asked no more
	fields   map[string]*Field
	order    []*Field // as they are asked
	computed []*Field // each after those that it computes with
	document map[string]any
	judge    judge
}

// Fields returns the fields in the order in which they are asked.
func (f *Form) Fields() []*Field { return f.order }

// Field returns a field, nil where the form has none of the name.
func (f *Form) Field(id string) *Field { return f.fields[id] }

// Offered are the codes that an answer may give.
func (f *Field) Offered() []string {
	codes := []string{}
	for _, o := range f.Options {
		if !o.Retired {
			codes = append(codes, o.Code)
		}
	}
	return codes
}

// LabelOf is what a code of a choice says; the code itself where nobody says.
func (f *Field) LabelOf(code string) i18n.Text {
	for _, o := range f.Options {
		if o.Code == code {
			return o.Label
		}
	}
	return i18n.Same(code)
}

// refers reports whether answers name something that is kept elsewhere.
func (f *Field) refers() bool {
	return f.Kind == Person || f.Kind == Institution || f.Kind == Place
}

// counts reports whether answers are numbers, of which a formula can make use.
func (f *Field) counts() bool { return f.Kind == Number || f.Kind == Money || f.Kind == Computed }

// worth is Number or Money: what the numbers of a field stand for.
func (f *Field) worth() Kind {
	if f.Kind == Computed {
		return f.Of
	}
	return f.Kind
}

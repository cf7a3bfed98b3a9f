package form

import (
	"math/big"
	"slices"

	"qingfeng/internal/kit/i18n"
)

// checkFormulas reads the formulas, finds the order in which they can be
// computed, and sees that none adds money to a number.
func (f *Form) checkFormulas(n node) {
	readable := true
	for _, field := range f.order {
		if field.Kind == Computed {
			readable = f.understand(n, field) && readable
		}
	}
	if !readable || !f.sortComputed(n) {
		return
	}
	for _, field := range f.computed {
		at := fieldAt(n, field.ID)
		worth, said := f.worth(field.formula)
		n.bad.Refuse(!said.Zero(), at+"/x-formula", said)
		n.bad.Refuse(said.Zero() && worth != field.Of, at+"/x-of", saidWorth, string(worth), string(field.Of))
	}
}

// understand reads the formula of a field and complains where it cannot.
func (f *Form) understand(n node, field *Field) bool {
	at := fieldAt(n, field.ID) + "/x-formula"
	x, wrong := readFormula(field.Formula)
	n.bad.Refuse(x == nil, at, saidFormula, wrong)
	if x == nil {
		return false
	}
	field.formula = x
	fine := true
	for _, id := range x.names() {
		known := f.fields[id] != nil && f.fields[id].counts()
		n.bad.Refuse(!known, at, saidOperand, id)
		fine = fine && known
	}
	return fine
}

// sortComputed puts computed fields after those that they need, and refuses a
// circle by the names of the fields in it.
func (f *Form) sortComputed(n node) bool {
	done, path := map[string]bool{}, []string{}
	var visit func(field *Field) bool
	visit = func(field *Field) bool {
		if i := slices.Index(path, field.ID); i >= 0 {
			n.bad.Refuse(true, fieldAt(n, field.ID)+"/x-formula", saidCircle, f.named(append(path[i:], field.ID)))
			return false
		}
		if field.Kind != Computed || done[field.ID] {
			return true
		}
		path = append(path, field.ID)
		for _, id := range field.formula.names() {
			if !visit(f.fields[id]) {
				return false
			}
		}
		path = path[:len(path)-1]
		done[field.ID], f.computed = true, append(f.computed, field)
		return true
	}
	for _, field := range f.order {
		if !visit(field) {
			return false
		}
	}
	return true
}

// worth tells whether a formula gives money or a number, or what is wrong with it.
func (f *Form) worth(x *formula) (Kind, i18n.Text) {
	switch {
	case x.field != "":
		return f.fields[x.field].worth(), i18n.Text{}
	case x.value != nil:
		return Number, i18n.Text{}
	}
	kinds := make([]Kind, len(x.args))
	for i, a := range x.args {
		var said i18n.Text
		if kinds[i], said = f.worth(a); !said.Zero() {
			return "", said
		}
	}
	return worthOf(x.op, kinds)
}

func worthOf(op byte, of []Kind) (Kind, i18n.Text) {
	alike := !slices.ContainsFunc(of, func(k Kind) bool { return k != of[0] })
	switch {
	case op == '*' && alike && of[0] == Money:
		return "", saidSquare
	case op == '*' && !alike:
		return Money, i18n.Text{}
	case op == '/' && alike:
		return Number, i18n.Text{}
	case op == '/' && of[0] == Number:
		return "", saidInverse
	case op == '/':
		return Money, i18n.Text{}
	case !alike:
		return "", saidMixed
	}
	return of[0], i18n.Text{}
}

// unfit is a field whose result cannot be, and why.
type unfit struct {
	field *Field
	said  i18n.Text
}

// compute adds what can be computed to answers that are sound. What is asked no
// more by a condition is not computed. Those whose result is too large, or beyond
// their bounds, are returned.
func (f *Form) compute(values map[string]any) (odd []unfit) {
	numbers := map[string]*big.Rat{}
	for _, field := range f.order {
		if v, there := values[field.ID]; there && field.counts() && field.Kind != Computed {
			if d, is := decimalOf(v); is == sound {
				numbers[field.ID] = d.rat()
			}
		}
	}
	for _, field := range f.computed {
		delete(values, field.ID)
		r := field.formula.eval(numbers)
		if r == nil || !field.asked(values) {
			continue
		}
		d, fits := round(r, field.Decimals)
		if !fits {
			odd = append(odd, unfit{field, saidTooBig.With(field.Label)})
			continue
		}
		numbers[field.ID] = d.rat()
		if said, ok := field.bounded(d); !ok {
			odd = append(odd, unfit{field, said})
			continue
		}
		values[field.ID] = d.number()
	}
	return odd
}

package form

import (
	"math/big"
	"slices"
	"strings"
)

// sumName is the one function that there is.
const sumName = "sum"

// formula is a node of a formula: a number, the name of a field, or an operation.
type formula struct {
	op    byte // + - * / s(um); 0 for a number and for a field
	args  []*formula
	field string
	value *big.Rat // of a number
}

// names are the fields that a formula makes use of, each once.
func (x *formula) names() (ids []string) {
	if x.field != "" {
		return []string{x.field}
	}
	for _, a := range x.args {
		for _, id := range a.names() {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// eval computes a formula. Nil is empty: what is computed with something empty
// is, but for a sum, which leaves it out, and so is a division by zero.
func (x *formula) eval(values map[string]*big.Rat) *big.Rat {
	switch {
	case x.field != "":
		return values[x.field]
	case x.value != nil:
		return x.value
	}
	args := make([]*big.Rat, len(x.args))
	for i, a := range x.args {
		args[i] = a.eval(values)
	}
	if x.op == 's' {
		return sumOf(args)
	}
	return apply(x.op, args[0], args[1])
}

func sumOf(args []*big.Rat) (sum *big.Rat) {
	for _, a := range args {
		switch {
		case a == nil:
		case sum == nil:
			sum = new(big.Rat).Set(a)
		default:
			sum.Add(sum, a)
		}
	}
	return sum
}

func apply(op byte, a, b *big.Rat) *big.Rat {
	out := new(big.Rat)
	switch {
	case a == nil || b == nil, op == '/' && b.Sign() == 0:
		return nil
	case op == '+':
		return out.Add(a, b)
	case op == '-':
		return out.Sub(a, b)
	case op == '*':
		return out.Mul(a, b)
	}
	return out.Quo(a, b)
}

// parser reads a formula from left to right.
type parser struct {
	text string
	at   int
}

// readFormula reads a formula; where it cannot, it tells the character at which it
// gave up, counted from one, and 0 otherwise.
func readFormula(text string) (*formula, int) {
	p := &parser{text: text}
	x := p.sum()
	p.space()
	if x == nil || p.at < len(p.text) {
		return nil, p.at + 1
	}
	return x, 0
}

func (p *parser) space() {
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
}

// take passes over one of some characters; 0 where none of them is next.
func (p *parser) take(among string) byte {
	p.space()
	if p.at == len(p.text) || strings.IndexByte(among, p.text[p.at]) < 0 {
		return 0
	}
	p.at++
	return p.text[p.at-1]
}

func (p *parser) sum() *formula     { return p.chain("+-", p.product) }
func (p *parser) product() *formula { return p.chain("*/", p.factor) }

// chain reads operands with operators between them, the first bound first.
func (p *parser) chain(ops string, operand func() *formula) *formula {
	x := operand()
	for x != nil {
		op := p.take(ops)
		if op == 0 {
			return x
		}
		y := operand()
		if y == nil {
			return nil
		}
		x = &formula{op: op, args: []*formula{x, y}}
	}
	return nil
}

func (p *parser) factor() *formula {
	if p.take("(") == 0 {
		return p.leaf()
	}
	x := p.sum()
	if x == nil || p.take(")") == 0 {
		return nil
	}
	return x
}

// while passes over characters as long as they are among some.
func (p *parser) while(among func(byte) bool) string {
	from := p.at
	for p.at < len(p.text) && among(p.text[p.at]) {
		p.at++
	}
	return p.text[from:p.at]
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' || c == '.' }
func isName(c byte) bool  { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' }

// leaf reads a number, a name, or a sum.
func (p *parser) leaf() *formula {
	p.space()
	from := p.at
	if digits := p.while(isDigit); digits != "" {
		if !plainNumber(digits) {
			p.at = from
			return nil
		}
		r, _ := new(big.Rat).SetString(digits)
		return &formula{value: r}
	}
	switch name := p.while(isName); name {
	case "":
		return nil
	case sumName:
		return p.arguments()
	default:
		return &formula{field: name}
	}
}

// plainNumber reports whether digits are a number such as 12 or 0.25.
func plainNumber(digits string) bool {
	whole, part, dot := strings.Cut(digits, ".")
	return whole != "" && len(whole) <= 12 && len(part) <= 4 && (!dot || part != "") && !strings.Contains(part, ".")
}

func (p *parser) arguments() *formula {
	if p.take("(") == 0 {
		return nil
	}
	x := &formula{op: 's'}
	for {
		a := p.sum()
		if a == nil {
			return nil
		}
		x.args = append(x.args, a)
		if p.take(",") == 0 {
			break
		}
	}
	if p.take(")") == 0 {
		return nil
	}
	return x
}

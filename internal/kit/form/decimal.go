package form

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Scale is how many parts of Decimal make one.
const Scale = 10000

// Decimal is a number with at most four decimals, in ten-thousandths: sums of
// such numbers are right to the last digit. Money is a Decimal of 分.
type Decimal int64

// Largest bounds every number of a form. Up to it, a browser that reckons with
// floating-point numbers loses no decimal.
const Largest Decimal = 100_000_000_000 * Scale

// String writes the number as JSON does, without zeros at its end.
func (d Decimal) String() string {
	s := strconv.FormatFloat(float64(d)/Scale, 'f', -1, 64)
	return s
}

// Float is the number as spreadsheets take it.
func (d Decimal) Float() float64 { return float64(d) / Scale }

func (d Decimal) rat() *big.Rat { return big.NewRat(int64(d), Scale) }

// whole returns the integer that the number is; false where it is none.
func (d Decimal) whole() (int64, bool) { return int64(d) / Scale, d%Scale == 0 }

// step is the smallest difference between two numbers of so many decimals.
func step(decimals int) Decimal {
	return Decimal(math.Pow10(4 - decimals))
}

// numeral says what is known about a value that should be a number.
type numeral uint8

const (
	sound    numeral = iota
	noNumber         // it is none
	tooFine          // more than four decimals
	tooFar           // beyond Largest
)

// decimalOf reads a number of JSON, however Go holds it.
func decimalOf(v any) (Decimal, numeral) {
	text, ok := digits(v)
	if !ok {
		return 0, noNumber
	}
	whole, part, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	part = strings.TrimRight(part, "0")
	switch {
	case len(whole) > 12:
		return beyond(text), tooFar
	case len(part) > 4:
		return 0, tooFine
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", 4-len(part)), 10, 64)
	if err != nil {
		return 0, noNumber
	}
	d := Decimal(n)
	if strings.HasPrefix(text, "-") {
		d = -d
	}
	if d > Largest || d < -Largest {
		return beyond(text), tooFar
	}
	return d, sound
}

// beyond is a number outside of all bounds, on the side where the text is.
func beyond(text string) Decimal {
	if strings.HasPrefix(text, "-") {
		return -Largest - 1
	}
	return Largest + 1
}

// digits writes a number without an exponent. A number too far away to be told
// exactly stays so.
func digits(v any) (string, bool) {
	switch n := v.(type) {
	case json.Number:
		if !strings.ContainsAny(n.String(), "eE") {
			return n.String(), n != ""
		}
		f, err := n.Float64()
		if err != nil { // beyond all numbers that there are
			return strconv.FormatFloat(math.Copysign(math.MaxFloat64, f), 'f', -1, 64), true
		}
		return digits(f)
	case float64:
		return strconv.FormatFloat(n, 'f', -1, 64), !math.IsNaN(n) && !math.IsInf(n, 0)
	case int:
		return strconv.Itoa(n), true
	case int64:
		return strconv.FormatInt(n, 10), true
	case Decimal:
		return n.String(), true
	}
	return "", false
}

// number is the decimal as answers and schemas hold it.
func (d Decimal) number() json.Number { return json.Number(d.String()) }

// round brings an exact number to so many decimals, halves away from zero; false
// where it is beyond Largest.
func round(r *big.Rat, decimals int) (Decimal, bool) {
	unit := int64(step(decimals))
	scaled := new(big.Rat).Mul(r, big.NewRat(Scale/unit, 1))
	num, den := new(big.Int).Abs(scaled.Num()), scaled.Denom()
	num.Add(num.Mul(num, big.NewInt(2)), den)
	n := num.Quo(num, new(big.Int).Mul(den, big.NewInt(2)))
	n.Mul(n, big.NewInt(unit))
	if n.Cmp(big.NewInt(int64(Largest))) > 0 {
		return 0, false
	}
	d := Decimal(n.Int64())
	if r.Sign() < 0 {
		d = -d
	}
	return d, true
}

// inUnits shows 分 in 元 or 万元.
func inUnits(fen Decimal, wan bool) string {
	per := int64(100)
	if wan {
		per = 1_000_000
	}
	text := new(big.Rat).Mul(fen.rat(), big.NewRat(1, per)).FloatString(6)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}

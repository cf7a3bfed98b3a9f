import { type Fraction, scale } from './decimal'

/** Values by the names of fields; what is empty is absent. */
export type Known = ReadonlyMap<string, Fraction>

/** A formula that was read: it computes, and undefined is empty. */
export interface Formula {
  eval: (known: Known) => Fraction | undefined
  names: string[]
}

type Eval = Formula['eval']

/** Reads a formula of names, numbers, + - * / ( ) and sum(a, b); undefined where it is none. */
export function readFormula(text: string): Formula | undefined {
  const reader = new Reader(text)
  const evaluate = reader.sum()
  return evaluate && reader.atEnd() ? { eval: evaluate, names: [...reader.names] } : undefined
}

class Reader {
  private at = 0
  readonly names = new Set<string>()
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  atEnd(): boolean {
    return /^ *$/.test(this.text.slice(this.at))
  }

  /** Passes over what a pattern finds next, and returns it. */
  private take(pattern: RegExp): string | undefined {
    const found = new RegExp(`^ *(${pattern.source})`).exec(this.text.slice(this.at))
    if (!found) return undefined
    this.at += found[0].length
    return found[1]
  }

  sum(): Eval | undefined {
    return this.chain(/[+-]/, () => this.product())
  }

  private product(): Eval | undefined {
    return this.chain(/[*/]/, () => this.factor())
  }

  /** Operands with operators between them, the first bound first. */
  private chain(operators: RegExp, operand: () => Eval | undefined): Eval | undefined {
    let left = operand()
    while (left) {
      const operator = this.take(operators)
      if (operator === undefined) return left
      const right = operand()
      if (!right) return undefined
      left = joined(operator, left, right)
    }
    return undefined
  }

  private factor(): Eval | undefined {
    if (this.take(/\(/) === undefined) return this.leaf()
    const inner = this.sum()
    return inner && this.take(/\)/) !== undefined ? inner : undefined
  }

  private leaf(): Eval | undefined {
    const digits = this.take(/[0-9.]+/)
    if (digits !== undefined) return constant(digits)
    const name = this.take(/[a-z0-9_]+/)
    if (name === undefined) return undefined
    if (name === 'sum') return this.total()
    this.names.add(name)
    return (known) => known.get(name)
  }

  private total(): Eval | undefined {
    const parts: Eval[] = []
    if (this.take(/\(/) === undefined) return undefined
    do {
      const part = this.sum()
      if (!part) return undefined
      parts.push(part)
    } while (this.take(/,/) !== undefined)
    if (this.take(/\)/) === undefined) return undefined
    return (known) =>
      parts
        .map((part) => part(known))
        .reduce((sum, one) => (sum && one ? add(sum, one) : (sum ?? one)), undefined)
  }
}

function constant(digits: string): Eval | undefined {
  if (!/^\d{1,12}(\.\d{1,4})?$/.test(digits)) return undefined
  const [whole = '', part = ''] = digits.split('.')
  const value = { n: BigInt(whole + part.padEnd(4, '0')), d: scale }
  return () => value
}

function joined(operator: string, left: Eval, right: Eval): Eval {
  return (known) => {
    const a = left(known)
    const b = right(known)
    return a && b && apply(operator, a, b)
  }
}

function apply(operator: string, a: Fraction, b: Fraction): Fraction | undefined {
  switch (operator) {
    case '+':
      return add(a, b)
    case '-':
      return add(a, { n: -b.n, d: b.d })
    case '*':
      return { n: a.n * b.n, d: a.d * b.d }
    default:
      if (b.n === 0n) return undefined
      return b.n < 0n ? { n: -a.n * b.d, d: -a.d * b.n } : { n: a.n * b.d, d: a.d * b.n }
  }
}

function add(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
}

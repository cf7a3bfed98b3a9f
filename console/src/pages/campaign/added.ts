/**
 * What a unit typed and what is summed below it, exactly; what cannot be read yet is no number
 * and undefined, and nothing and nothing is nothing.
 */
export function added(own: string, below: string): string | undefined {
  const both = [own, below].map(plain).filter((one) => one !== '')
  if (both.length === 0) return ''
  if (both.some((one) => !/^\d+(\.\d+)?$/.test(one))) return undefined
  const places = Math.max(...both.map((one) => fraction(one).length))
  const sum = both
    .map((one) => BigInt((one.split('.')[0] ?? '') + fraction(one).padEnd(places, '0')))
    .reduce((all, one) => all + one)
  const digits = String(sum).padStart(places + 1, '0')
  const cut = digits.length - places
  const rest = digits.slice(cut).replace(/0+$/, '')
  return digits.slice(0, cut) + (rest && `.${rest}`)
}

/** As the server reads it: full-width digits, blanks and commas between thousands are the same number. */
function plain(typed: string): string {
  const text = typed.normalize('NFKC').trim()
  return /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text
}

function fraction(number: string): string {
  return number.split('.')[1] ?? ''
}

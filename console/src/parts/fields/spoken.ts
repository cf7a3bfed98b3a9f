/** How many 分 the units have that people write behind an amount. */
const fenPer: Record<string, number> = {
  分: 1,
  角: 10,
  元: 100,
  圆: 100,
  块: 100,
  千元: 100_000,
  万: 1_000_000,
  万元: 1_000_000,
  亿: 10_000_000_000,
  亿元: 10_000_000_000,
}

/** An amount with the unit that was written behind it. */
export interface Spoken {
  number: number
  unit: string
  per: number
}

/** Reads an amount that names its unit, such as 5万元; undefined for a mere number. */
export function spokenAmount(text: string): Spoken | undefined {
  const said = /^[¥\s]*(-?[\d,]+(?:\.\d+)?)\s*(\D+)$/.exec(text.normalize('NFKC').trim())
  const [, digits = '', unit = ''] = said ?? []
  const per = fenPer[unit.trim()]
  return per === undefined
    ? undefined
    : { number: Number(digits.replaceAll(',', '')), unit: unit.trim(), per }
}

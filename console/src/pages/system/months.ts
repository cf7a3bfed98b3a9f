/** A day that knows its date, `YYYY-MM-DD`. */
interface Dated {
  date: string
}

/** The days of a year as twelve months of weeks from Monday to Sunday, with gaps before the first day. */
export function monthsOf<D extends Dated>(days: D[]): (D | undefined)[][][] {
  return Array.from({ length: 12 }, (_, month) => {
    const mine = days.filter(({ date }) => Number(date.slice(5, 7)) === month + 1)
    const gaps = mine[0] ? weekday(mine[0].date) : 0
    const cells: (D | undefined)[] = [...Array<undefined>(gaps).fill(undefined), ...mine]
    return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
      cells.slice(week * 7, week * 7 + 7),
    )
  })
}

/** Monday is 0. A calendar day has no zone, so it is read as one of UTC. */
function weekday(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
}

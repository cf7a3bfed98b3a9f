import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { api, read } from '@/api/client'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Section } from '@/parts/record/Section'
import { monthsOf } from './months'
import type { Schemas } from './schemas'

type Day = Schemas['SystemDay']

/** A year as twelve small months: what is worked, what is off, what is made up for. */
export function YearGrid({ year }: { year: number }) {
  const t = useT()
  const days = useQuery({
    queryKey: ['system', 'year', year],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/calendar/{year}', { params: { path: { year } }, signal })),
  })
  if (days.error) return <ProblemAlert error={days.error} onRetry={days.refetch} />
  if (!days.data) return <Skeleton active />
  return (
    <Section title={t(`${year} 年`, `${year}`)} extra={<Legend />}>
      <div className="qf-months">
        {monthsOf(days.data.days ?? []).map((weeks, at) => (
          <Month key={monthNames[at]} month={at + 1} weeks={weeks} />
        ))}
      </div>
      {(days.data.sources ?? []).map((source) => (
        <p key={source} className="qf-faint">
          {t('依据：', 'Source: ')}
          {source}
        </p>
      ))}
    </Section>
  )
}

function Month({ month, weeks }: { month: number; weeks: (Day | undefined)[][] }) {
  const t = useT()
  const names = weekdays(t)
  return (
    <table className="qf-month">
      <caption>{t(`${month} 月`, monthNames[month - 1] ?? '')}</caption>
      <thead>
        <tr>
          {names.map((day) => (
            <th key={day} scope="col">
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day)?.date}>
            {week.map((day, column) => (
              <td key={names[column]}>{day && <DayCell day={day} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DayCell({ day }: { day: Day }) {
  const t = useT()
  const marks = { holiday: t('休', 'off'), makeup: t('班', 'on'), work: '', weekend: '' }
  const names = {
    holiday: t('放假', 'Holiday'),
    makeup: t('调休上班', 'Worked weekend'),
    work: t('工作日', 'Working day'),
    weekend: t('周末', 'Weekend'),
  }
  return (
    <span className={`qf-day qf-day-${day.kind}`} title={`${day.date} ${names[day.kind]}`}>
      {Number(day.date.slice(8))}
      <small>{marks[day.kind]}</small>
    </span>
  )
}

function Legend() {
  const t = useT()
  return (
    <span className="qf-faint">
      {t('休 = 放假，班 = 调休上班', 'off = holiday, on = worked weekend')}
    </span>
  )
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function weekdays(t: Translate): string[] {
  return t('一 二 三 四 五 六 日', 'Mo Tu We Th Fr Sa Su').split(' ')
}

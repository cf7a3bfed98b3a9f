import { useT } from '@/i18n/useT'
import { StatNumber } from '@/parts/record/StatNumber'
import { StatRow } from '@/parts/record/StatRow'
import type { BenchBox } from './boxes'

/** Numbers of the workbench side by side. */
export function BoxRow({ boxes }: { boxes: BenchBox[] }) {
  const t = useT()
  return (
    <StatRow>
      {boxes.map(({ key, label, value, to, tone, note }) => (
        <StatNumber
          key={key}
          label={t(label)}
          value={value}
          to={to}
          tone={tone}
          note={note && t(note)}
        />
      ))}
    </StatRow>
  )
}

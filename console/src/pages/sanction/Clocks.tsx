import { useT } from '@/i18n/useT'
import { Deadline } from '@/parts/record/Deadline'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { type Clock, named, useDictionary } from './sanctionApi'
import './sanction.css'

/** The limits of a record, and how they stand. */
export function Clocks({ clocks }: { clocks: Clock[] | null }) {
  const t = useT()
  const words = useDictionary()
  return (
    <Section title={t('期限', 'Limits')}>
      {!clocks?.length && <span className="qf-faint">{t('没有期限', 'No limits')}</span>}
      {clocks?.map((clock) => (
        <div key={clock.id} className="qf-sanction-clock">
          <span>
            {t(named(words.clocks, clock.kind))}{' '}
            <span className="qf-faint">
              <When at={clock.due_at} due />
            </span>
          </span>
          {/* Asking for a hearing is the party's affair: nobody here is late with it. */}
          {clock.kind !== 'hearing' && (
            <Deadline from={clock.started_on} due={clock.due_at} doneAt={clock.met_on} />
          )}
        </div>
      ))}
    </Section>
  )
}

/** The limit that ends first of those that run. */
export function nextClock(clocks: Clock[] | null): Clock | undefined {
  return (clocks ?? [])
    .filter((clock) => !clock.met_on && clock.kind !== 'hearing')
    .sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at))[0]
}

import { useT } from '@/i18n/useT'
import { Deadline } from '@/parts/record/Deadline'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import type { CaseDetail } from './caseApi'
import { endedWith } from './ended'
import { useCaseWords } from './useCaseWords'
import { limitName, type Words, wordOf } from './words'

/** The clocks of a case, each with its limit and what is left of it. */
export function CaseClocks({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const { clocks: names } = useCaseWords()
  const { clocks, case: row } = detail
  if (clocks.length === 0) return null
  return (
    <Section title={t('时限', 'Clocks')}>
      <ul className="qf-case-clocks">
        {inOrder(clocks, names).map((clock) => (
          <li key={`${clock.kind}.${clock.unit_id}.${clock.started_at}`}>
            <span>
              {t(wordOf(names, clock.kind))} {clock.unit_name && <span>{clock.unit_name} </span>}
              <span className="qf-faint">
                {t(limitName(clock.time_limit))}
                {clock.extended > 0 && (
                  <>
                    {t('，已延期到 ', ', extended to ')}
                    <When at={clock.due_at} due />
                  </>
                )}
              </span>
            </span>
            {endedWith(row, clock.met_at) ? (
              <span className="qf-faint">{t('随本件终止', 'Ended with the case')}</span>
            ) : (
              <Deadline
                from={clock.started_at}
                due={clock.due_at}
                doneAt={clock.met_at}
                paused={clock.paused_at !== undefined}
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** In the order in which a case passes them. */
function inOrder(clocks: CaseDetail['clocks'], names: Words): CaseDetail['clocks'] {
  const order = Object.keys(names)
  return [...clocks].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

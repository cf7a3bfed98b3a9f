import type { ReactNode } from 'react'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { StateOf } from './StateOf'
import { type Credit, named, useDictionary } from './sanctionApi'

/** The records that hang on a subject, kind by kind; kinds without any are left out. */
export function SubjectRecords({ credit }: { credit: Credit }) {
  const t = useT()
  const words = useDictionary()
  return (
    <>
      <Lines title={t('处罚案件', 'Penalties')} rows={credit.penalties}>
        {(p) => (
          <>
            <When at={p.filed_on} precision="date" />{' '}
            <InnerLink to={`/inspection/penalties/${p.id}`}>{p.number}</InnerLink>{' '}
            <StateOf of="penalty" state={p.state} />{' '}
            {(credit.measures ?? [])
              .filter((one) => one.penalty_id === p.id && !one.revoked_on)
              .map((one) => t(named(words.measures, one.kind)))
              .join(t('、', ', '))}
          </>
        )}
      </Lines>
      <Lines title={t('记分', 'Points')} rows={credit.points}>
        {(p) => (
          <>
            <When at={p.confirmed_on} precision="date" />{' '}
            <InnerLink to={`/inspection/points/${p.id}`}>{p.number}</InnerLink>{' '}
            <StateOf of="points" state={p.state} /> {t(named(words.schemes, p.scheme))} {p.total}{' '}
            {t('分', 'points')}
          </>
        )}
      </Lines>
      <Lines title={t('记分后果', 'Consequences of points')} rows={credit.consequences}>
        {(c) => (
          <>
            {t(c.effect_zh, c.effect_en)}（{c.total} {t('分', 'points')}）{' '}
            <StateOf of="consequence" state={c.state} />
          </>
        )}
      </Lines>
      <Lines title={t('黑名单', 'Blacklist')} rows={credit.blacklist}>
        {(b) => (
          <>
            {b.number} <StateOf of="blacklist" state={b.state} /> {b.reason}
          </>
        )}
      </Lines>
      <Lines title={t('移送', 'Transfers')} rows={credit.transfers}>
        {(one) => (
          <>
            <InnerLink to={`/inspection/transfers/${one.id}`}>{one.number}</InnerLink>{' '}
            {t(named(words.agencies, one.agency))} <StateOf of="transfer" state={one.state} />
          </>
        )}
      </Lines>
      <Lines title={t('一票否决', 'Vetoes')} rows={credit.vetoes}>
        {(v) => (
          <>
            {(v.uses ?? []).map((use) => t(named(words.uses, use))).join(t('、', ', '))}{' '}
            {t('至', 'until')} <When at={v.until_on} due />
          </>
        )}
      </Lines>
    </>
  )
}

interface LinesProps<Row> {
  title: string
  rows: Row[] | null
  children: (row: Row) => ReactNode
}

function Lines<Row extends { id: string }>({ title, rows, children }: LinesProps<Row>) {
  if (!rows?.length) return null
  return (
    <Section title={title}>
      {rows.map((row) => (
        <p key={row.id}>{children(row)}</p>
      ))}
    </Section>
  )
}

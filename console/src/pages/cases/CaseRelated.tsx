import { useQuery } from '@tanstack/react-query'
import { useT } from '@/i18n/useT'
import { PlainRows } from '@/parts/list/PlainRows'
import { Section } from '@/parts/record/Section'
import { type CaseDetail, repeatsQuery } from './caseApi'
import { caseLink, columnsOfRelated } from './columns'
import { offers } from './nextStep'
import { useCaseWords } from './useCaseWords'

/** The cases that belong to this one, but for those that stand among its possible repeats. */
export function CaseRelated({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const words = useCaseWords()
  const merges = offers(detail, 'merge')
  const { data: repeats } = useQuery({ ...repeatsQuery(detail.case.id), enabled: merges })
  const above = new Set(merges ? repeats?.map(({ id }) => id) : [])
  const rows = detail.related.filter(({ id }) => !above.has(id))
  if (rows.length === 0) return null
  return (
    <Section title={t('相关诉求', 'Related cases')}>
      <PlainRows
        keyOf={(row) => row.id}
        rows={rows}
        columns={columnsOfRelated(t, words)}
        linkOf={caseLink}
        empty=""
      />
    </Section>
  )
}

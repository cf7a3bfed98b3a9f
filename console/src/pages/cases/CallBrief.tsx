import { useQuery } from '@tanstack/react-query'
import { useT } from '@/i18n/useT'
import { Facts } from '@/parts/record/Facts'
import { caseQuery } from './caseApi'
import { ReporterLine } from './ReporterLine'

/** What who calls a reporter back must have in sight: whom, about what, and what was answered. */
export function CallBrief({ id }: { id: string }) {
  const t = useT()
  const { data } = useQuery(caseQuery(id))
  if (!data) return null
  const { case: row, content, reporters } = data
  return (
    <div className="qf-case-brief">
      <Facts
        facts={[
          { label: t('编号', 'Number'), value: row.number, wide: true },
          {
            label: t('诉求人', 'Reporter'),
            value: reporters
              .slice(0, 1)
              .map((one) => <ReporterLine key={one.report} id={row.id} reporter={one} />),
            wide: true,
          },
          { label: t('反映内容', 'Report'), value: content.narrative, wide: true },
          { label: t('答复', 'Reply'), value: row.reply || '—', wide: true },
        ]}
      />
    </div>
  )
}

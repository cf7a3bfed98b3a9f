import { useQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { taskColumns } from '@/pages/inspection/taskColumns'
import { useInspectionWords } from '@/pages/inspection/useInspectionWords'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { PlainRows } from '@/parts/list/PlainRows'
import { Section } from '@/parts/record/Section'
import { inspectionBoxes } from './areas'
import { BoxRow } from './BoxRow'
import { boxesFor } from './boxes'

/** What inspections want of the person. */
export function InspectionDesk() {
  const t = useT()
  const can = useCan()
  const words = useInspectionWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['inspection', 'desk'],
    queryFn: () => read(api.GET('/api/v1/inspection/desk')),
  })
  if (error) return <ProblemAlert error={error} onRetry={refetch} />
  return (
    <Section title={t('监督检查', 'Inspection')}>
      <BoxRow boxes={boxesFor(inspectionBoxes, data?.counts, can)} />
      {data && data.next.length > 0 && (
        <>
          <h3>{t('我最先到期的检查', 'My inspections due first')}</h3>
          <PlainRows
            keyOf={(row) => row.id}
            rows={data.next}
            columns={taskColumns(t, words).filter(({ key }) => shown.includes(key))}
            linkOf={(row) => `/inspection/tasks/${row.id}`}
            empty=""
          />
        </>
      )}
    </Section>
  )
}

const shown = ['target', 'kind', 'state', 'team', 'due']

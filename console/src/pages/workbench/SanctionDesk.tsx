import { useQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Section } from '@/parts/record/Section'
import { sanctionBoxes } from './areas'
import { BoxRow } from './BoxRow'
import { boxesFor } from './boxes'

/** What penalties, points, transfers and publications want of the person. */
export function SanctionDesk() {
  const t = useT()
  const can = useCan()
  const { data, error, refetch } = useQuery({
    queryKey: ['sanction', 'desk'],
    queryFn: () => read(api.GET('/api/v1/sanctions/desk')),
  })
  if (error) return <ProblemAlert error={error} onRetry={refetch} />
  return (
    <Section title={t('处罚与公示', 'Penalties and publication')}>
      <BoxRow boxes={boxesFor(sanctionBoxes, data, can)} />
    </Section>
  )
}

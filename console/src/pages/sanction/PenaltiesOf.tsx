import { useQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { filingFor, type Origin } from './origin'
import { StateOf } from './StateOf'

/** The penalties that were filed for what another record found, and the way to file one. */
export function PenaltiesOf({ origin }: { origin: Origin }) {
  const can = useCan()
  return can('sanction.read') ? <Penalties origin={origin} files={can('sanction.manage')} /> : null
}

function Penalties({ origin, files }: { origin: Origin; files: boolean }) {
  const t = useT()
  const { source, source_id } = origin
  const { data } = useQuery({
    queryKey: ['penalties', source, source_id],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/v1/sanctions/penalties', {
          params: { query: { source, source_id } },
          signal,
        }),
      ),
  })
  const penalties = data?.items ?? []
  if (penalties.length === 0 && !files) return null
  return (
    <Section
      title={t('行政处罚', 'Penalties')}
      extra={files && <InnerLink to={filingFor(origin)}>{t('立案', 'File a penalty')}</InnerLink>}
    >
      {penalties.length === 0 && <span className="qf-faint">{t('没有立案', 'None')}</span>}
      {penalties.map((one) => (
        <p key={one.id}>
          <InnerLink to={`/inspection/penalties/${one.id}`}>{one.number}</InnerLink> {one.name}{' '}
          <StateOf of="penalty" state={one.state} />{' '}
          <span className="qf-faint">
            <When at={one.filed_on} precision="date" />
          </span>
        </p>
      ))}
    </Section>
  )
}

import { useQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { InnerLink } from '@/url/InnerLink'
import { problemLink } from './rectifyApi'

interface LedgerLinkProps {
  source: 'inspection'
  /** Identifier of what the source found. */
  found: string
}

/** Leads from what was found to the problem that the ledger opened for it. */
export function LedgerLink({ source, found }: LedgerLinkProps) {
  const t = useT()
  const may = useCan()('rectify.read')
  const { data } = useQuery({
    queryKey: ['problems', source, found],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/v1/problems', { params: { query: { source, source_id: found } }, signal }),
      ),
    enabled: may,
  })
  const problem = data?.items?.[0]
  if (!problem) return null
  return (
    <InnerLink to={problemLink(problem)}>
      {t('台账', 'In the ledger')} {problem.number}
    </InnerLink>
  )
}

import { useQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { UnitName } from './UnitName'

/** The name of a region or a unit, of which the code, the identifier or the path is known. */
export function NodeName({ node }: { node: string }) {
  const t = useT()
  if (node === '/') return t('全部', 'Everywhere')
  const last = node.split('/').filter(Boolean).at(-1) ?? ''
  if (last === '') return '—'
  return /^\d{6}$/.test(last) ? <RegionName code={last} /> : <UnitName id={last} />
}

function RegionName({ code }: { code: string }) {
  const { data } = useQuery({
    queryKey: ['org', 'region', code],
    queryFn: async ({ signal }) =>
      (await read(api.GET('/api/v1/org/regions', { params: { query: { q: code } }, signal }))) as {
        code: string
        name: string
      }[],
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data?.find((region) => region.code === code)?.name ?? code
}

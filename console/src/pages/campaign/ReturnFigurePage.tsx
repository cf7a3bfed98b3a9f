import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Skeleton, Table } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Page } from '@/parts/Page'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { returnOf } from './returnApi'

/** The very rows that a figure of a return counts now. */
export default function ReturnFigurePage() {
  const at = useParams({ strict: false }) as { return: string; row: string; column: string }
  const whole = useQuery(returnOf(at.return, 0))
  if (whole.error) return <ProblemAlert error={whole.error} onRetry={whole.refetch} />
  if (!whole.data) return <Skeleton active />
  const line = whole.data.lines.find((one) => one.key === at.row)
  const behind = line?.source[Number(at.column)]
  return behind ? <Rows name={line?.label ?? ''} of={behind} /> : null
}

function Rows({ name, of }: { name: string; of: Schemas['CampaignBehind'] }) {
  const t = useT()
  const found = useInfiniteQuery({
    queryKey: ['figure', of],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      read(
        api.GET('/api/v1/figures/{name}/rows', {
          params: {
            path: { name: of.figure },
            query: {
              path: of.path,
              from: of.from,
              until: of.until,
              narrow: of.narrow,
              ...(pageParam && { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  })
  if (found.error) return <ProblemAlert error={found.error} onRetry={found.refetch} />
  if (!found.data) return <Skeleton active />
  return (
    <Page title={t(`数据明细：${name}`, `Rows behind: ${name}`)}>
      <Table<Schemas['FigureRow']>
        size="small"
        rowKey="id"
        dataSource={found.data.pages.flatMap((page) => page.items)}
        pagination={false}
        columns={[
          {
            title: t('编号', 'Number'),
            render: (_, one) =>
              one.link ? <InnerLink to={one.link}>{one.label}</InnerLink> : one.label,
          },
          { title: t('时间', 'When'), render: (_, one) => <When at={one.at} /> },
        ]}
      />
      {found.hasNextPage && (
        <Button onClick={() => found.fetchNextPage()}>{t('更多', 'More')}</Button>
      )}
    </Page>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Skeleton, Table } from 'antd'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Page } from '@/parts/Page'
import { InnerLink } from '@/url/InnerLink'
import { cellOf, returnOf } from './returnApi'
import { numberColumns } from './returnWords'

/** The returns that make up a number. */
export default function ReturnRowPage() {
  const t = useT()
  const at = useParams({ strict: false }) as { id: string; return: string; row: string }
  const whole = useQuery(returnOf(at.return, 0))
  const found = useQuery(cellOf(at.return, at.row))
  const error = whole.error ?? found.error
  if (error) return <ProblemAlert error={error} onRetry={found.refetch} />
  if (!found.data || !whole.data) return <Skeleton active />
  const line = whole.data.lines.find((one) => one.key === at.row)
  const name = `${line?.label ?? at.row}（${line?.unit ?? ''}）`
  return (
    <Page title={t(`数据构成：${name}`, `What makes up: ${name}`)}>
      <Table<Schemas['CampaignCellPart']>
        size="small"
        rowKey="return"
        dataSource={found.data}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t('单位', 'Unit'),
            render: (_, one) => (
              <InnerLink to={`/campaign/list/${at.id}/returns/${one.return}`}>
                {one.unit_name}
                {one.own && t('（本级填报）', ' (typed itself)')}
              </InnerLink>
            ),
          },
          ...numberColumns.map((column, i) => ({
            key: column.key,
            title: t(column.title),
            align: 'right' as const,
            render: (_: unknown, one: Schemas['CampaignCellPart']) => one.values[i] || '—',
          })),
        ]}
      />
    </Page>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Breadcrumb, Input, Table } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Page } from '@/parts/Page'
import { useLater } from '@/time/useLater'
import { InnerLink } from '@/url/InnerLink'
import { single } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'
import { OpenState } from './OpenState'

type Region = Schemas['OrgRegion']

/** The regions of GB/T 2260, level by level or by name. */
export default function RegionsPage() {
  const t = useT()
  const [params, change] = useUrlParams()
  const parent = single(params.parent)
  const [typed, setTyped] = useState('')
  const q = useLater(typed.trim())
  const regions = useQuery({
    queryKey: ['org', 'regions', parent ?? '', q],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/v1/org/regions', {
          params: { query: q ? { q } : parent ? { parent } : {} },
          signal,
        }),
      ) as Promise<Region[]>,
  })
  return (
    <Page title={t('行政区划', 'Regions')}>
      <div className="qf-stack">
        <Input.Search
          allowClear
          aria-label={t('按名称或代码查找', 'Find by name or code')}
          placeholder={t('按名称或代码查找', 'Find by name or code')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {!q && parent && (
          <Breadcrumb
            items={[
              { key: 'top', title: <InnerLink to="/system/regions">{t('全国', 'All')}</InnerLink> },
              { key: 'here', title: parent },
            ]}
          />
        )}
        {regions.error ? (
          <ProblemAlert error={regions.error} onRetry={regions.refetch} />
        ) : (
          <Table<Region>
            size="small"
            className="qf-table"
            rowKey="code"
            loading={regions.isPending}
            dataSource={regions.data ?? []}
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{ emptyText: t('没有下级地区', 'No regions below') }}
            columns={[
              {
                key: 'code',
                title: t('代码', 'Code'),
                dataIndex: 'code',
                width: 120,
                className: 'qf-number',
              },
              {
                key: 'name',
                title: t('名称', 'Name'),
                render: (_, region) =>
                  region.level < 3 ? (
                    <InnerLink to={`/system/regions?parent=${region.code}`}>
                      {region.name}
                    </InnerLink>
                  ) : (
                    region.name
                  ),
              },
              {
                key: 'state',
                title: t('状态', 'State'),
                width: 120,
                render: (_, region) => (
                  <OpenState closedAt={region.closed ? 'closed' : undefined} />
                ),
              },
            ]}
            onRow={(region) => ({ onDoubleClick: () => change({ parent: region.code }) })}
          />
        )}
      </div>
    </Page>
  )
}

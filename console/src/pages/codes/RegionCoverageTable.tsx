import { useQuery } from '@tanstack/react-query'
import { Table } from 'antd'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { InnerLink } from '@/url/InnerLink'
import { Covered } from './Covered'
import { type RegionCoverage, regionCoverageQuery } from './codeApi'

/** The coverage region by region; a region leads to its institutions. */
export function RegionCoverageTable() {
  const t = useT()
  const { data, error, refetch } = useQuery(regionCoverageQuery)
  if (error) return <ProblemAlert error={error} onRetry={refetch} />
  return (
    <Table<RegionCoverage>
      size="small"
      className="qf-table"
      rowKey="region"
      loading={!data}
      dataSource={data ?? []}
      pagination={false}
      locale={{ emptyText: t('这里没有地区', 'No regions here') }}
      columns={[
        {
          key: 'name',
          title: t('地区', 'Region'),
          render: (_, one) => (
            <InnerLink to={`/casework/coverage?region=${one.region}`}>{one.name}</InnerLink>
          ),
        },
        {
          key: 'institutions',
          title: t('机构', 'Institutions'),
          dataIndex: 'institutions',
          align: 'right',
        },
        {
          key: 'bare',
          title: t('一个码都没有的机构', 'Institutions without any'),
          dataIndex: 'bare',
          align: 'right',
        },
        {
          key: 'total',
          title: t('全部地点', 'All places'),
          render: (_, one) => <Covered of={one.total} />,
        },
        {
          key: 'clinics',
          title: t('诊室', 'Clinics'),
          render: (_, one) => <Covered of={one.clinics} />,
        },
        { key: 'wards', title: t('病区', 'Wards'), render: (_, one) => <Covered of={one.wards} /> },
        {
          key: 'silent',
          title: t('30 天没人扫', 'Silent for 30 days'),
          align: 'right',
          render: (_, one) =>
            one.total.silent === 0 ? (
              0
            ) : (
              <InnerLink to={`/casework/codes?state=silent&region=${one.region}`}>
                {one.total.silent}
              </InnerLink>
            ),
        },
      ]}
    />
  )
}

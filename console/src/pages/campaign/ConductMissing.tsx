import { useQuery } from '@tanstack/react-query'
import { Button, Collapse, Table } from 'antd'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { useWords } from '@/pages/org/dictionaries'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { type Unstaffed, withoutConduct } from './conductApi'
import './campaign.css'

/** The units that need somebody full-time and have nobody, each with the way to enter one. */
export function ConductMissing({ onEnter }: { onEnter: (unit: string) => void }) {
  const t = useT()
  const words = useWords()
  const may = useCan()('campaign.report')
  const { data, error, refetch } = useQuery(withoutConduct)
  if (error) return <ProblemAlert error={error} onRetry={refetch} />
  const units = data?.units ?? []
  if (units.length === 0) return null
  return (
    <Collapse
      className="qf-conduct-missing"
      items={[
        {
          key: 'missing',
          label: t(
            `${units.length} 家单位应有专职人员而没有`,
            `${units.length} units need somebody full-time and have nobody`,
          ),
          children: (
            <Table<Unstaffed>
              size="small"
              rowKey="unit"
              dataSource={units}
              pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
              scroll={{ x: 'max-content' }}
              columns={[
                { title: t('单位', 'Unit'), dataIndex: 'name' },
                {
                  title: t('类别', 'Kind'),
                  render: (_, one) =>
                    one.kind === 'commission'
                      ? t('卫生健康部门', 'Commission')
                      : words.name('levels', one.level),
                },
                {
                  title: t('兼职人数', 'Beside other work'),
                  align: 'right',
                  dataIndex: 'others',
                },
                {
                  title: t('操作', 'Actions'),
                  hidden: !may,
                  render: (_, one) => (
                    <Button type="link" size="small" onClick={() => onEnter(one.unit)}>
                      {t('登记', 'Enter')}
                    </Button>
                  ),
                },
              ]}
            />
          ),
        },
      ]}
    />
  )
}

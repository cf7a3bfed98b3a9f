import { Table } from 'antd'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { InnerLink } from '@/url/InnerLink'
import type { ReturnDetail } from './returnApi'
import { returnStates, returnTones } from './returnWords'

/** The returns that one sums: how many count, and who is still missing. */
export function ReturnBelow({ of }: { of: ReturnDetail }) {
  const t = useT()
  const all = of.below.length
  return (
    <Section
      title={t(
        `下级报表：${all} 家中计入 ${of.reported} 家`,
        `Returns below: ${of.reported} of ${all} counted`,
      )}
    >
      <Table<ReturnDetail['below'][number]>
        size="small"
        rowKey="id"
        dataSource={[...of.below].sort((a, b) => a.counted - b.counted)}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          {
            title: t('单位', 'Unit'),
            render: (_, one) => (
              <InnerLink to={`/campaign/list/${of.campaign}/returns/${one.id}`}>
                {one.unit_name}
              </InnerLink>
            ),
          },
          {
            title: t('状态', 'State'),
            render: (_, one) => (
              <StateTag tone={returnTones[one.state]}>{t(returnStates[one.state])}</StateTag>
            ),
          },
          {
            title: t('计入汇总', 'Counted'),
            render: (_, one) =>
              one.counted > 0
                ? t(`第 ${one.counted} 版`, `revision ${one.counted}`)
                : t('未计入', 'not yet'),
          },
        ]}
      />
    </Section>
  )
}

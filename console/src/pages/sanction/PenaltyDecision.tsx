import { Alert } from 'antd'
import { useT } from '@/i18n/useT'
import { countColumn } from '@/parts/list/column'
import { PlainRows } from '@/parts/list/PlainRows'
import { Facts } from '@/parts/record/Facts'
import { Money } from '@/parts/record/Money'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { named, type PenaltyDetail, useDictionary } from './sanctionApi'

type Measure = NonNullable<PenaltyDetail['measures']>[number]

/** What was decided, served and paid. */
export function PenaltyDecision({ detail }: { detail: PenaltyDetail }) {
  const t = useT()
  const words = useDictionary()
  if (!detail.decided_on) return null
  const day = (at: string | undefined) => <When at={at} precision="date" />
  return (
    <Section title={t('决定与执行', 'Decision and execution')}>
      <div className="qf-stack">
        {detail.owed_fen > 0 && detail.served_on && (
          <Alert
            type={detail.late_now_fen > 0 ? 'warning' : 'info'}
            showIcon
            title={
              <>
                {t('未缴罚款 ', 'Unpaid ')}
                <Money fen={detail.owed_fen} withUnit />
                {detail.late_now_fen > 0 && (
                  <>
                    {t('，今日缴纳应加处 ', '; paid today, the late fee is ')}
                    <Money fen={detail.late_now_fen} withUnit />
                  </>
                )}
              </>
            }
          />
        )}
        <PlainRows<Measure>
          rows={detail.measures}
          keyOf={(one) => one.id}
          empty={t('没有措施', 'No measures')}
          columns={[
            {
              key: 'kind',
              primary: true,
              title: t('措施', 'Measure'),
              cell: (one) => (
                <>
                  {t(named(words.measures, one.kind))}{' '}
                  {one.revoked_on && <StateTag>{t('已撤销', 'Revoked')}</StateTag>}
                </>
              ),
            },
            countColumn('amount', t('金额（元）', 'Amount (yuan)'), (one) =>
              one.amount_fen ? <Money fen={one.amount_fen} /> : '—',
            ),
            countColumn('months', t('期限（月）', 'Months'), (one) => one.months || '—'),
            { key: 'note', title: t('备注', 'Note'), long: true, cell: (one) => one.note },
          ]}
        />
        <Facts
          facts={[
            { label: t('决定书文号', 'Number'), value: detail.decision_no },
            { label: t('决定', 'Decided'), value: day(detail.decided_on) },
            ...(detail.late_reason
              ? [{ label: t('超期原因', 'Why late'), value: detail.late_reason, wide: true }]
              : []),
            { label: t('送达', 'Served'), value: day(detail.served_on) },
            { label: t('缴款', 'Paid'), value: day(detail.paid_on) },
            { label: t('已缴罚款', 'Fine paid'), value: <Money fen={detail.paid_fen} withUnit /> },
            {
              label: t('加处罚款（应缴/实缴）', 'Late fee (due / paid)'),
              value: (
                <>
                  <Money fen={detail.late_fen} /> / <Money fen={detail.late_paid_fen} withUnit />
                </>
              ),
            },
            { label: t('执行完毕', 'Carried out'), value: day(detail.executed_on) },
            { label: t('结案', 'Closed'), value: day(detail.closed_on) },
          ]}
        />
      </div>
    </Section>
  )
}

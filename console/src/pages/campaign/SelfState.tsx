import { Space } from 'antd'
import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'

interface SelfStateProps {
  of: { state: string; begun: boolean; revoked: boolean }
  /** The last day is over. */
  over: boolean
}

/** Where the self-examination of an institution stands. */
export function SelfState({ of, over }: SelfStateProps) {
  const t = useT()
  return (
    <Space size={4}>
      <Sent of={of} over={over} />
      {of.revoked && <StateTag tone="bad">{t('链接已停用', 'Link revoked')}</StateTag>}
    </Space>
  )
}

function Sent({ of, over }: SelfStateProps) {
  const t = useT()
  if (of.state === 'done') return <StateTag tone="good">{t('已自查', 'Sent')}</StateTag>
  if (of.state === 'ended') return <StateTag>{t('不再要求', 'Not asked any more')}</StateTag>
  if (over) return <StateTag tone="bad">{t('逾期未交', 'Overdue')}</StateTag>
  if (of.begun) return <StateTag tone="active">{t('填写中', 'Begun')}</StateTag>
  return <StateTag tone="warn">{t('未自查', 'Not yet')}</StateTag>
}

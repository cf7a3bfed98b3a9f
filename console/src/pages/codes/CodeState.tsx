import { Space } from 'antd'
import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'
import type { CodeLine } from './codeApi'

/** How a code stands, and what somebody should look at. */
export function CodeState({ code }: { code: CodeLine }) {
  const t = useT()
  return (
    <Space size={4} wrap>
      {code.state === 'live' && <StateTag tone="good">{t('在用', 'Live')}</StateTag>}
      {code.state === 'replaced' && <StateTag>{t('已换码', 'Replaced')}</StateTag>}
      {code.state === 'revoked' && <StateTag tone="bad">{t('已停用', 'Revoked')}</StateTag>}
      {code.silent && <StateTag tone="warn">{t('30 天没人扫', 'Silent for 30 days')}</StateTag>}
      {code.place_closed && code.state === 'live' && (
        <StateTag tone="warn">{t('地点已停用', 'Place retired')}</StateTag>
      )}
    </Space>
  )
}

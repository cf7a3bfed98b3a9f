import { Space } from 'antd'
import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'
import { type LookLine, lookResults, lookResultTones, lookStates } from './lookApi'

/** Where the look back at an institution stands, and what was found. */
export function LookState({ of, over = false }: { of: LookLine; over?: boolean }) {
  const t = useT()
  const late = over && of.state === 'open'
  const result = of.state === 'checked' ? lookResults[of.result] : undefined
  return (
    <Space size={4}>
      {result ? (
        <StateTag tone={lookResultTones[of.result] ?? 'neutral'}>
          {t(`复查${result.zh}`, result.en)}
        </StateTag>
      ) : (
        <StateTag tone={late ? 'bad' : of.state === 'open' ? 'warn' : 'neutral'}>
          {late ? t('逾期未复查', 'Overdue') : t(lookStates[of.state])}
        </StateTag>
      )}
      {of.asked_by && <StateTag tone="active">{t('申请移出', 'Asked off')}</StateTag>}
    </Space>
  )
}

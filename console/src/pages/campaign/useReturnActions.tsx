import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { settings } from '@/settings/settings'
import { useGo } from '@/url/useGo'
import { countedBelow } from './countedBelow'
import { type ReturnDetail, stepReturn } from './returnApi'
import { returnActs } from './returnWords'

type Step = 'sign' | 'send-back' | 'correct'

const steps: Step[] = ['send-back', 'correct', 'sign']

/** What the person may do with a return that is submitted or signed. */
export function useReturnActions(of: ReturnDetail): { primary: ReactNode; more: ReactNode } {
  const t = useT()
  const go = useGo()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Step>()
  const may = of.shown === of.revision ? steps.filter((step) => of.actions.includes(step)) : []
  const button = (step: Step) => (
    <Button
      key={step}
      type={step === 'sign' ? 'primary' : 'default'}
      onClick={() => setAsked(step)}
    >
      {t(returnActs[step] ?? { zh: step, en: step })}
    </Button>
  )
  const questions: Record<Step, string> = {
    sign: [
      countedBelow(t, of),
      t(
        '审签后数字固定下来，更正会成为新的版本。',
        'Its numbers stand once it is signed; a correction is a new revision.',
      ),
    ].join(''),
    'send-back': t('退回填报单位修改。', 'The unit has to change it.'),
    correct: t(
      '重新填报；已审签的版本保留，更正审签前仍按它汇总。',
      'It is filled in again; what was signed stays, and counts until the correction is signed.',
    ),
  }
  return {
    primary: may.includes('sign') && button('sign'),
    more: (
      <>
        {of.kind === 'table' && (
          <Button onClick={() => go(`/campaign/list/${of.campaign}/returns/${of.id}/year`)}>
            {t('各期数据', 'Period by period')}
          </Button>
        )}
        {of.kind === 'table' && (
          <Button
            href={`/api/v1/returns/${of.id}/export?revision=${of.shown}&lang=${settings().language}`}
          >
            {t('导出表格', 'Export')}
          </Button>
        )}
        {may.filter((step) => step !== 'sign').map(button)}
        {asked && (
          <ConfirmReason
            name={`return.${asked}.${of.id}`}
            title={t(returnActs[asked] ?? { zh: asked, en: asked })}
            question={questions[asked]}
            reason={asked === 'sign' ? undefined : 'required'}
            confirm={async (reason) => {
              try {
                await stepReturn(of.id, { action: asked, reason, mark: of.mark })
              } finally {
                await queries.invalidateQueries({ queryKey: ['return'] })
              }
            }}
            onClose={() => setAsked(undefined)}
          />
        )}
      </>
    ),
  }
}

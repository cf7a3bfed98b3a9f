import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { useUrlForm } from '@/url/useUrlForm'
import { CheckLookDrawer } from './CheckLookDrawer'
import { type LookDetail, lookActs, takeOff } from './lookApi'

type Step = 'ask_off' | 'refuse_off' | 'off'

const steps: Step[] = ['ask_off', 'refuse_off', 'off']

/** What the person may do with an institution that is looked at again. */
export function useLookActions(of: LookDetail): { primary: ReactNode; more: ReactNode } {
  const t = useT()
  const queries = useQueryClient()
  const checking = useUrlForm('check')
  const [asked, setAsked] = useState<Step>()
  const name = (step: Step) => t(lookActs[step] ?? { zh: step, en: step })
  const questions: Record<Step, string> = {
    ask_off: t('另一个人同意后才移出名单。', 'It is taken off the list once somebody else agrees.'),
    refuse_off: t('留在名单上，继续复查。', 'It stays on the list.'),
    off: t(
      '移出后不再复查；以后又有新的事由会重新列入。',
      'Nobody looks at it any more, unless there is a later reason.',
    ),
  }
  return {
    primary: of.actions.includes('check') && (
      <Button type="primary" onClick={() => checking.show()}>
        {t('登记复查', 'Record the look back')}
      </Button>
    ),
    more: (
      <>
        {steps
          .filter((step) => of.actions.includes(step))
          .map((step) => (
            <Button key={step} danger={step === 'off'} onClick={() => setAsked(step)}>
              {name(step)}
            </Button>
          ))}
        <CheckLookDrawer of={of} url={checking} />
        {asked && (
          <ConfirmReason
            name={`look.${asked}.${of.id}`}
            title={name(asked)}
            question={questions[asked]}
            reason="required"
            danger={asked === 'off'}
            confirm={async (reason) => {
              await takeOff(of.id, asked, reason)
              await queries.invalidateQueries()
            }}
            onClose={() => setAsked(undefined)}
          />
        )}
      </>
    ),
  }
}

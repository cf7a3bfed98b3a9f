import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'

/** A step that is asked about before it is taken. */
export interface ReasonStep {
  act: string
  label: Text
  /** What will happen, in one sentence. */
  question: Text
  /** Whether a reason is asked for. */
  reason?: 'optional' | 'required'
  danger?: boolean
  /** Undoes a step: never the next one. */
  undoes?: boolean
}

/** The buttons of the steps that may be taken: the first as the primary one, the others beside it. */
export function useReasonSteps(
  name: string,
  steps: ReasonStep[],
  take: (act: string, reason: string) => Promise<unknown>,
): { primary: ReactNode; more: ReactNode } {
  const t = useT()
  const [asked, setAsked] = useState<ReasonStep>()
  const first = steps.find((step) => !step.danger && !step.undoes)
  const button = (step: ReasonStep) => (
    <Button
      key={step.act}
      type={step === first ? 'primary' : 'default'}
      danger={step.danger ?? false}
      onClick={() => setAsked(step)}
    >
      {t(step.label)}
    </Button>
  )
  return {
    primary: first && button(first),
    more: (
      <>
        {steps.filter((step) => step !== first).map(button)}
        {asked && (
          <ConfirmReason
            name={`${name}.${asked.act}`}
            title={t(asked.label)}
            question={t(asked.question)}
            reason={asked.reason}
            danger={asked.danger}
            confirm={async (reason) => {
              await take(asked.act, reason)
            }}
            onClose={() => setAsked(undefined)}
          />
        )}
      </>
    ),
  }
}

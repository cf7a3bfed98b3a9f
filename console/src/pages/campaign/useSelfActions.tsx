import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { RemindSelf } from './RemindSelf'
import { relink, type SelfDetail } from './selfcheckApi'

type Step = 'remind' | 'relink' | 'revoke'

const steps: Step[] = ['revoke', 'relink', 'remind']

/** What the campaign office may do with the self-examination of an institution. */
export function useSelfActions(
  id: string,
  of: SelfDetail,
): { primary: ReactNode; more: ReactNode } {
  const t = useT()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Step>()
  const may = steps.filter(
    (step) => of.actions.includes(step) && !(step === 'remind' && (of.over || of.revoked)),
  )
  const names: Record<Step, string> = {
    remind: t('催报', 'Remind'),
    relink: t('换发链接', 'Give another link'),
    revoke: t('停用链接', 'Revoke the link'),
  }
  const button = (step: Step) => (
    <Button
      key={step}
      type={step === 'remind' ? 'primary' : 'default'}
      danger={step === 'revoke'}
      onClick={() => setAsked(step)}
    >
      {names[step]}
    </Button>
  )
  return {
    primary: may.includes('remind') && button('remind'),
    more: (
      <>
        {may.filter((step) => step !== 'remind').map(button)}
        {asked === 'remind' && (
          <RemindSelf id={id} units={[of.unit]} left={1} onClose={() => setAsked(undefined)} />
        )}
        {(asked === 'relink' || asked === 'revoke') && (
          <ConfirmReason
            name={`selfcheck.${asked}.${id}.${of.unit}`}
            title={names[asked]}
            question={
              asked === 'revoke'
                ? t(
                    '旧链接立即打不开，机构不能再填报；已提交和暂存的内容都在。',
                    'It opens nothing from now on. What was sent and kept stays.',
                  )
                : t(
                    '旧链接立即打不开，请把新链接交给机构；已提交和暂存的内容都在。',
                    'The old one opens nothing from now on; hand over the new one. What was sent and kept stays.',
                  )
            }
            reason="required"
            danger={asked === 'revoke'}
            confirm={async (reason) => {
              await relink(id, of.unit, asked === 'revoke', reason)
              await queries.invalidateQueries({ queryKey: ['campaign', id] })
            }}
            onClose={() => setAsked(undefined)}
          />
        )}
      </>
    ),
  }
}

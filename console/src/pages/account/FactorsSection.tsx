import { useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { CodeEnrol } from './CodeEnrol'
import { FactorForm, type FactorStep } from './FactorForm'
import { FactorRow } from './FactorRow'
import type { Factors } from './factors'
import { PasskeyRows } from './PasskeyRows'
import { RecoveryCodes } from './RecoveryCodes'

/** The second step of signing in: codes of a telephone, passkeys, recovery codes, single sign-on. */
export function FactorsSection({ factors }: { factors: Factors }) {
  const t = useT()
  const client = useQueryClient()
  const [step, setStep] = useState<FactorStep>()
  const [codes, setCodes] = useState<string[]>()
  const finish = (shown: string[] = []) => {
    setStep(undefined)
    if (shown.length > 0) setCodes(shown)
    client.invalidateQueries({ queryKey: ['account'] })
  }
  const some = factors.code || factors.passkeys.length > 0
  return (
    <Section
      title={t('第二重验证', 'Second step of signing in')}
      extra={
        <StateTag tone={some ? 'good' : 'warn'}>
          {some ? t('已启用', 'In use') : t('未启用', 'Not in use')}
        </StateTag>
      }
    >
      <CodeRow factors={factors} onStep={setStep} />
      <PasskeyRows factors={factors} onStep={setStep} />
      {some && (
        <FactorRow
          title={t('恢复码', 'Recovery codes')}
          hint={t(`还剩 ${factors.recovery} 个`, `${factors.recovery} left`)}
        >
          <Button onClick={() => setStep({ kind: 'recovery' })}>
            {t('重新生成', 'Make new ones')}
          </Button>
        </FactorRow>
      )}
      {factors.sso && <LinkRow factors={factors} onStep={setStep} />}
      {step?.kind === 'confirm' && (
        <Modal
          open
          title={t('绑定动态口令', 'Set up codes')}
          footer={null}
          onCancel={() => finish()}
        >
          <CodeEnrol secret={step.secret} onDone={finish} />
        </Modal>
      )}
      {step && step.kind !== 'confirm' && (
        <FactorForm step={step} onStep={setStep} onDone={finish} />
      )}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </Section>
  )
}

interface RowProps {
  factors: Factors
  onStep: (step: FactorStep) => void
}

function CodeRow({ factors, onStep }: RowProps) {
  const t = useT()
  const title = t('手机动态口令', 'Codes of a telephone')
  if (factors.code) {
    return (
      <FactorRow
        title={title}
        hint={
          <>
            {t('绑定于', 'Since')} <When at={factors.code_at} />
          </>
        }
      >
        <Button danger onClick={() => onStep({ kind: 'code.remove' })}>
          {t('停用', 'Remove')}
        </Button>
      </FactorRow>
    )
  }
  return (
    <FactorRow
      title={title}
      hint={t(
        '身份验证器每 30 秒显示一个新口令。',
        'An authenticator app shows a new code every 30 seconds.',
      )}
    >
      <Button type="primary" onClick={() => onStep({ kind: 'code' })}>
        {t('绑定', 'Set up')}
      </Button>
    </FactorRow>
  )
}

function LinkRow({ factors: { sso, linked }, onStep }: RowProps) {
  const t = useT()
  return (
    <FactorRow
      title={sso}
      hint={
        linked
          ? t('已关联，可用它登录。', 'Linked; you can sign in with it.')
          : t('关联后可用它登录。', 'Once linked, you can sign in with it.')
      }
    >
      {!linked && <Button onClick={() => onStep({ kind: 'link' })}>{t('关联', 'Link')}</Button>}
    </FactorRow>
  )
}

import { Modal } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ActionForm } from '@/parts/form/ActionForm'
import { addPasskey, type PasskeyValues, type Proof } from './factors'
import { PasskeyName } from './PasskeyName'
import { ProofField } from './ProofField'

type Passkey = Schemas['AuthnPasskey']

/** What is being done about a second factor. */
export type FactorStep =
  | { kind: 'code' | 'code.remove' | 'recovery' | 'passkey' | 'link' }
  | { kind: 'passkey.remove' | 'passkey.name'; key: Passkey }
  | { kind: 'confirm'; secret: Schemas['AuthnSecret'] }

interface FactorFormProps {
  step: Exclude<FactorStep, { kind: 'confirm' }>
  onStep: (next: FactorStep) => void
  /** Gets recovery codes that are to be shown. */
  onDone: (codes?: string[]) => void
}

/** Asks for what a change of the second factors needs. */
export function FactorForm({ step, onStep, onDone }: FactorFormProps) {
  const t = useT()
  const titles = {
    code: t('绑定动态口令', 'Set up codes'),
    'code.remove': t('停用动态口令', 'Remove the telephone'),
    recovery: t('重新生成恢复码', 'Make new recovery codes'),
    passkey: t('添加通行密钥', 'Add a passkey'),
    'passkey.remove': t('删除通行密钥', 'Remove the passkey'),
    'passkey.name': t('修改名称', 'Rename'),
    link: t('关联单点登录', 'Link single sign-on'),
  }
  const naming = step.kind === 'passkey' || step.kind === 'passkey.name'
  const run = async (values: PasskeyValues) => {
    const next = await send(step, values)
    if (Array.isArray(next)) onDone(next)
    else onStep({ kind: 'confirm', secret: next })
  }
  return (
    <Modal open title={titles[step.kind]} footer={null} onCancel={() => onDone()} destroyOnHidden>
      <ActionForm<PasskeyValues, void>
        name={`account.${step.kind}`}
        secret={['password']}
        danger={step.kind.endsWith('remove')}
        {...('key' in step && { initial: { name: step.key.name } })}
        submit={run}
        submitLabel={t('继续', 'Go on')}
        onCancel={() => onDone()}
      >
        {naming && <PasskeyName />}
        {step.kind !== 'passkey.name' && <ProofField />}
      </ActionForm>
    </Modal>
  )
}

/** Does it; the secret of a telephone, or recovery codes to be shown. */
async function send(
  step: FactorFormProps['step'],
  values: PasskeyValues,
): Promise<Schemas['AuthnSecret'] | string[]> {
  const body: Proof = values.password ? { password: values.password } : {}
  if (step.kind === 'code') return read(api.POST('/api/v1/session/code', { body }))
  if (step.kind === 'passkey') return addPasskey(values)
  if (step.kind === 'recovery') {
    return (await read(api.POST('/api/v1/session/recovery', { body }))).codes
  }
  if (step.kind === 'link') {
    const way = await read(api.POST('/api/v1/session/sso/link', { body }))
    window.location.assign(way.address) // the provider goes on from there
  }
  if (step.kind === 'code.remove') await api.POST('/api/v1/session/code/remove', { body })
  if ('key' in step) {
    const params = { path: { id: step.key.id } }
    if (step.kind === 'passkey.name') {
      await api.PATCH('/api/v1/session/passkeys/{id}', { params, body: { name: values.name } })
    } else {
      await api.POST('/api/v1/session/passkeys/{id}/remove', { params, body })
    }
  }
  return []
}

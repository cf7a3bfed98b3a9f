import { translator } from '@/i18n/text'
import { settings } from '@/settings/settings'
import { ApiProblem } from './problem'

/** Whether this browser knows passkeys and their forms in JSON. */
export function knowsPasskeys(): boolean {
  return 'PublicKeyCredential' in globalThis && 'parseRequestOptionsFromJSON' in PublicKeyCredential
}

/** Asks the person's passkeys to sign; `options` as the server gave them. */
export function askPasskey(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON,
  )
  return answer(() => navigator.credentials.get({ publicKey }))
}

/** Has a passkey made; `options` as the server gave them. */
export function makePasskey(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  )
  return answer(() => navigator.credentials.create({ publicKey }))
}

async function answer(ask: () => Promise<Credential | null>): Promise<unknown> {
  try {
    return ((await ask()) as PublicKeyCredential).toJSON()
  } catch {
    const t = translator(settings().language)
    throw new ApiProblem({
      status: -1,
      title: t('没有使用通行密钥', 'No passkey was used'),
      detail: t(
        '操作被取消，或这台设备上没有可用的通行密钥。请重试，或换一种方式。',
        'It was cancelled, or this device has no passkey for it. Try again or use another way.',
      ),
    })
  }
}

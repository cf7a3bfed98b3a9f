import { Button } from 'antd'
import { knowsPasskeys } from '@/api/passkey'
import { useT } from '@/i18n/useT'
import { When } from '@/parts/record/When'
import type { FactorStep } from './FactorForm'
import { FactorRow } from './FactorRow'
import type { Factors } from './factors'

interface PasskeyRowsProps {
  factors: Factors
  onStep: (step: FactorStep) => void
}

/** The passkeys, and the way to one more where they can be used. */
export function PasskeyRows({ factors, onStep }: PasskeyRowsProps) {
  const t = useT()
  return (
    <>
      {factors.passkeys.map((key) => (
        <FactorRow
          key={key.id}
          title={t(`通行密钥：${key.name}`, `Passkey: ${key.name}`)}
          hint={
            <>
              {t('添加于', 'Added')} <When at={key.added_at} /> · {t('最近使用', 'last used')}{' '}
              <When at={key.used_at} />
            </>
          }
        >
          <Button onClick={() => onStep({ kind: 'passkey.name', key })}>
            {t('改名', 'Rename')}
          </Button>
          <Button danger onClick={() => onStep({ kind: 'passkey.remove', key })}>
            {t('删除', 'Remove')}
          </Button>
        </FactorRow>
      ))}
      {factors.passkey && knowsPasskeys() && (
        <FactorRow
          title={t('通行密钥', 'Passkeys')}
          hint={t(
            '用指纹、面容或设备密码登录，不必输入密码。',
            'Sign in by finger, face or PIN of a device, without a password.',
          )}
        >
          <Button onClick={() => onStep({ kind: 'passkey' })}>{t('添加', 'Add')}</Button>
        </FactorRow>
      )}
    </>
  )
}

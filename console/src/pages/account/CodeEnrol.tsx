import { Form, Input, QRCode, Typography } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ActionForm } from '@/parts/form/ActionForm'
import './account.css'

interface CodeEnrolProps {
  secret: Schemas['AuthnSecret']
  /** Gets the recovery codes, none when the person has some already. */
  onDone: (codes: string[]) => void
}

/** Shows the secret for a telephone and takes its first code. */
export function CodeEnrol({ secret, onDone }: CodeEnrolProps) {
  const t = useT()
  return (
    <>
      <p>
        {t(
          '用手机上的身份验证器（如微软、谷歌验证器，或支持 TOTP 的密码管理器）扫描二维码，再输入它显示的六位数字。',
          'Scan the code with an authenticator app on your telephone, then type the six digits that it shows.',
        )}
      </p>
      <div className="qf-enrol">
        <QRCode value={secret.url} size={168} color="#000000" bgColor="#ffffff" />
        <div>
          <div className="qf-faint">{t('不能扫描时手动输入', 'If you cannot scan')}</div>
          <Typography.Text copyable className="qf-enrol-key">
            {secret.secret}
          </Typography.Text>
        </div>
      </div>
      <ActionForm<{ code: string }, string[]>
        name="account.code.confirm"
        secret={['code']}
        submitLabel={t('绑定', 'Set up')}
        submit={async (body) =>
          (await read(api.POST('/api/v1/session/code/confirm', { body }))).codes
        }
        onDone={onDone}
      >
        <Form.Item name="code" label={t('六位动态口令', 'Six digits')} required>
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} autoFocus />
        </Form.Item>
      </ActionForm>
    </>
  )
}

import { SafetyOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { knowsPasskeys } from '@/api/passkey'
import { type Entered, logInByCode, logInByPasskey, type Second } from '@/api/session'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'

interface SecondStepProps {
  ways: Second
  onDone: (entered: Entered) => void
  onBack: () => void
}

/** The second step: a code of the telephone, a recovery code or a passkey. */
export function SecondStep({ ways, onDone, onBack }: SecondStepProps) {
  const t = useT()
  const code = useMutation({ mutationFn: logInByCode, onSuccess: onDone })
  const passkey = useMutation({ mutationFn: logInByPasskey, onSuccess: onDone })
  const withPasskey = ways.passkey && knowsPasskeys()
  const typed = ways.code || ways.recovery
  const error = code.error ?? passkey.error
  return (
    <div className="qf-login-ways">
      {typed && (
        <Form<{ code: string }>
          layout="vertical"
          requiredMark={false}
          size="large"
          onFinish={code.mutate}
        >
          <Form.Item
            name="code"
            label={
              ways.code
                ? t('手机上的六位动态口令', 'Six digits from your telephone')
                : t('恢复码', 'Recovery code')
            }
            extra={
              ways.recovery &&
              t('手机不在身边时，可以输入一个恢复码。', 'A recovery code will do, too.')
            }
            rules={[{ required: true, message: t('请填写口令', 'Please enter the code') }]}
          >
            <Input
              prefix={<SafetyOutlined />}
              autoComplete="one-time-code"
              autoFocus
              maxLength={40}
            />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={code.isPending}>
            {t('验证', 'Verify')}
          </Button>
        </Form>
      )}
      {error && <ProblemAlert error={error} />}
      {withPasskey && (
        <Button
          size="large"
          block
          type={typed ? 'default' : 'primary'}
          loading={passkey.isPending}
          onClick={() => passkey.mutate(undefined)}
        >
          {t('使用通行密钥', 'Use a passkey')}
        </Button>
      )}
      <Button type="link" onClick={onBack}>
        {t('换一个账号', 'Use another account')}
      </Button>
    </div>
  )
}

import { LockOutlined, UserOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { type Entered, logIn } from '@/api/session'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'

interface Credentials {
  username: string
  password: string
}

/** User name and password; a refusal is shown in the server's words and keeps the name. */
export function FirstStep({ onDone }: { onDone: (entered: Entered) => void }) {
  const t = useT()
  const entering = useMutation({ mutationFn: logIn, onSuccess: onDone })
  const need = (word: string) => [{ required: true, message: word }]
  return (
    <Form<Credentials>
      layout="vertical"
      requiredMark={false}
      size="large"
      onFinish={entering.mutate}
    >
      <Form.Item
        name="username"
        label={t('用户名', 'User name')}
        rules={need(t('请填写用户名', 'Please enter your user name'))}
      >
        <Input prefix={<UserOutlined />} autoComplete="username" autoFocus />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('密码', 'Password')}
        rules={need(t('请填写密码', 'Please enter your password'))}
      >
        <Input.Password prefix={<LockOutlined />} autoComplete="current-password" />
      </Form.Item>
      {entering.error && <ProblemAlert error={entering.error} />}
      <Button type="primary" htmlType="submit" block loading={entering.isPending}>
        {t('登录', 'Sign in')}
      </Button>
    </Form>
  )
}

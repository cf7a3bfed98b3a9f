import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Skeleton } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { changePerson, type Entered, useUser } from '@/api/session'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Drafts } from '@/parts/form/draft'
import { Redirect } from '@/url/Redirect'
import { EntryPage } from './EntryPage'

/** Signing in by a personal link: what opens it is in the part of the address that is sent to
 * nobody. It stays there, so that the page can be kept on the telephone. */
export function LinkPage() {
  const t = useT()
  const user = useUser()
  const client = useQueryClient()
  const [token] = useState(() => location.hash.slice(1))
  const asks = useQuery({
    queryKey: ['link', token],
    queryFn: () => read(api.POST('/api/v1/session/link', { body: { token } })),
    retry: false,
    gcTime: 0,
    enabled: token !== '',
  })
  if (user) return <Redirect to="/" search={{}} />
  const enter = ({ user: person }: Entered) => {
    if (!person) return
    new Drafts(person.id).dropOthers()
    changePerson(client, person)
  }
  return (
    <EntryPage title={t('社会监督员登录', 'Social supervisors')}>
      {token === '' &&
        t(
          '请扫描发给您的二维码，或打开完整的链接。',
          'Please scan your code, or open the whole link.',
        )}
      {asks.error && <ProblemAlert error={asks.error} />}
      {token !== '' && asks.isPending && <Skeleton active />}
      {asks.data && <PinForm token={token} first={!asks.data.chosen} onDone={enter} />}
    </EntryPage>
  )
}

interface PinFormProps {
  token: string
  /** The PIN is chosen now. */
  first: boolean
  onDone: (entered: Entered) => void
}

function PinForm({ token, first, onDone }: PinFormProps) {
  const t = useT()
  const entering = useMutation({
    mutationFn: ({ phone, pin }: { phone?: string; pin: string }) =>
      first
        ? read(api.POST('/api/v1/session/link/first', { body: { token, pin, phone: phone ?? '' } }))
        : read(api.POST('/api/v1/session/link/enter', { body: { token, pin } })),
    onSuccess: onDone,
  })
  const digits = (n: number, word: string) => [
    { pattern: new RegExp(`^\\d{${n}}$`), required: true, message: word },
  ]
  return (
    <Form<{ phone?: string; pin: string }>
      layout="vertical"
      requiredMark={false}
      size="large"
      onFinish={entering.mutate}
    >
      {first && (
        <Form.Item
          name="phone"
          label={t('您的手机号后四位', 'The last four digits of your telephone number')}
          rules={digits(4, t('请填写四位数字', 'Four digits, please'))}
        >
          <Input inputMode="numeric" maxLength={4} autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item
        name="pin"
        label={
          first
            ? t('设置六位数字 PIN', 'Choose a PIN of six digits')
            : t('六位数字 PIN', 'PIN of six digits')
        }
        extra={
          first &&
          t(
            '以后打开链接都要输入，请记住，不要告诉别人。',
            'You need it each time. Remember it, and tell nobody.',
          )
        }
        rules={digits(6, t('请填写六位数字', 'Six digits, please'))}
      >
        <Input.Password inputMode="numeric" maxLength={6} autoComplete="off" />
      </Form.Item>
      {entering.error && <ProblemAlert error={entering.error} />}
      <Button type="primary" htmlType="submit" block loading={entering.isPending}>
        {t('进入', 'Go on')}
      </Button>
    </Form>
  )
}

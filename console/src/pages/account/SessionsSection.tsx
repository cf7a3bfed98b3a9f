import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { ActionForm } from '@/parts/form/ActionForm'
import { Section } from '@/parts/record/Section'
import { SessionFacts } from './SessionFacts'
import './account.css'

type Session = Schemas['AuthnSession']

const queryKey = ['account', 'sessions']

/** Where one is signed in, and how to sign out there. */
export function SessionsSection() {
  const t = useT()
  const client = useQueryClient()
  const [naming, setNaming] = useState<Session>()
  const list = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await read(api.GET('/api/v1/session/list', { signal }))).items,
  })
  const again = () => client.invalidateQueries({ queryKey })
  const ending = useMutation({
    mutationFn: async (id: string | undefined) => {
      if (id === undefined) await api.POST('/api/v1/session/list/end')
      else await api.POST('/api/v1/session/list/{id}/end', { params: { path: { id } } })
    },
    onSuccess: again,
  })
  const others = (list.data ?? []).some((one) => !one.current)
  return (
    <Section
      title={t('登录会话', 'Sessions')}
      extra={
        others && (
          <Button size="small" danger onClick={() => ending.mutate(undefined)}>
            {t('退出其他全部', 'End all others')}
          </Button>
        )
      }
    >
      {(list.error ?? ending.error) && <ProblemAlert error={list.error ?? ending.error} />}
      {(list.data ?? []).map((one) => (
        <div className="qf-row" key={one.id}>
          <SessionFacts session={one} />
          <div className="qf-row-actions">
            <Button onClick={() => setNaming(one)}>{t('命名', 'Name it')}</Button>
            {!one.current && (
              <Button danger onClick={() => ending.mutate(one.id)}>
                {t('退出', 'Sign out')}
              </Button>
            )}
          </div>
        </div>
      ))}
      <p className="qf-faint">
        {t(
          '为保护隐私，系统不记录网络地址和浏览器，您可以自己起个名字来辨认。',
          'To protect you, neither address nor browser is stored; a name of your own helps to tell them apart.',
        )}
      </p>
      {naming && (
        <Modal
          open
          title={t('给这个登录起名', 'Name this session')}
          footer={null}
          onCancel={() => setNaming(undefined)}
        >
          <ActionForm<{ name: string }, unknown>
            name={`account.session.${naming.id}`}
            initial={{ name: naming.name }}
            submit={(body) =>
              api.PATCH('/api/v1/session/list/{id}', { params: { path: { id: naming.id } }, body })
            }
            onDone={() => {
              setNaming(undefined)
              again()
            }}
            onCancel={() => setNaming(undefined)}
          >
            <Form.Item name="name" label={t('名称', 'Name')} required>
              <Input maxLength={limits.OrgNewName.name} autoComplete="off" />
            </Form.Item>
          </ActionForm>
        </Modal>
      )}
    </Section>
  )
}

import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { useGo } from '@/url/useGo'
import { type UrlForm, useUrlForm } from '@/url/useUrlForm'
import type { Task } from './inspectionApi'
import { publishing } from './publishing'
import { ResultForm } from './ResultForm'

type Asked = 'start' | 'unable' | 'confirm' | 'send-back' | 'publish' | 'replace'

/** What the person may do with a task now; the first is what has to be done next. */
export function TaskActions({ task }: { task: Task }) {
  const t = useT()
  const entering = useUrlForm('result')
  const swapping = useUrlForm('inspector')
  const go = useGo()
  const [asking, setAsking] = useState<Asked>()
  const can = (task.can ?? []).filter(({ name }) => name !== 'draw' && name !== 'assign')
  const act = (name: string) => {
    if (name === 'visit') return go(`/inspection/visit/${task.id}`)
    if (name === 'conclude') return entering.show()
    if (name === 'replace' && task.state !== 'unable') return swapping.show()
    setAsking(name as Asked)
  }
  return (
    <>
      {can.map(({ name, text }, at) => (
        <Button key={name} type={at === 0 ? 'primary' : 'default'} onClick={() => act(name)}>
          {name === 'replace' && task.state !== 'unable'
            ? t('更换检查人员', 'Replace an inspector')
            : t(text)}
        </Button>
      ))}
      {asking && <AskTask task={task} asked={asking} onClose={() => setAsking(undefined)} />}
      <ResultForm task={task} url={entering} />
      <SwapForm task={task} url={swapping} />
    </>
  )
}

function AskTask({ task, asked, onClose }: { task: Task; asked: Asked; onClose: () => void }) {
  const t = useT()
  const params = { path: { id: task.id } }
  const words: Record<Asked, string> = {
    start: t('现在开始检查？', 'Begin the inspection now?'),
    unable: t('写明为什么无法检查；之后可以递补。', 'Say why; another can then take its place.'),
    confirm: t(
      '复核即表示您看过并同意。录入结果、或退回过涉及违法违规的结果的人不能复核。',
      'By confirming it you answer for it too. Who entered it cannot, nor who sent back a result that named a violation.',
    ),
    'send-back': t(
      '退回给检查人员重新录入；这次的结果会保留。涉及违法违规的，重新录入后须由您以外的人复核或公示。',
      'It is entered anew by the inspectors, and what it says is kept. Where it names a violation, somebody else than you confirms or publishes the next.',
    ),
    publish: publishing(task, t),
    replace: t(
      '由抽取的顺序决定下一个对象，任何人不能挑选。',
      'The order of the draw says who is next; nobody chooses.',
    ),
  }
  const confirm = async (reason: string) => {
    const body = { reason }
    switch (asked) {
      case 'start':
        await read(api.POST('/api/v1/inspection/tasks/{id}/start', { params }))
        break
      case 'confirm':
        await read(api.POST('/api/v1/inspection/tasks/{id}/confirm', { params }))
        break
      case 'publish':
        await read(api.POST('/api/v1/inspection/tasks/{id}/publish', { params }))
        break
      case 'unable':
        await read(api.POST('/api/v1/inspection/tasks/{id}/unable', { params, body }))
        break
      case 'send-back':
        await read(api.POST('/api/v1/inspection/tasks/{id}/send-back', { params, body }))
        break
      case 'replace':
        await read(api.POST('/api/v1/inspection/tasks/{id}/replace', { params, body }))
    }
  }
  const act = task.can?.find(({ name }) => name === asked)?.text
  const reasoned = asked === 'unable' || asked === 'send-back' || asked === 'replace'
  return (
    <ConfirmReason
      name={`inspection.${asked}.${task.id}`}
      title={
        act
          ? t(`${act.zh}：${task.target_name}`, `${act.en}: ${task.target_name}`)
          : task.target_name
      }
      question={words[asked]}
      reason={reasoned ? 'required' : undefined}
      confirm={confirm}
      onClose={onClose}
    />
  )
}

function SwapForm({ task, url }: { task: Task; url: UrlForm }) {
  const t = useT()
  return (
    <FormDrawer<{ officer: string; reason: string }, unknown>
      name={`inspection.swap.${task.id}`}
      title={t('更换检查人员', 'Replace an inspector')}
      url={url}
      submit={(body) =>
        read(
          api.POST('/api/v1/inspection/tasks/{id}/replace', {
            params: { path: { id: task.id } },
            body,
          }),
        )
      }
    >
      <Form.Item
        name="officer"
        label={t('谁不能去', 'Who cannot go')}
        required
        extra={t('由抽取的顺序决定换成谁。', 'The order of the draw says who goes instead.')}
      >
        <Select
          options={(task.team ?? []).map((one) => ({ value: one.officer_id, label: one.name }))}
        />
      </Form.Item>
      <Form.Item name="reason" label={t('原因', 'Reason')} required>
        <LongText />
      </Form.Item>
    </FormDrawer>
  )
}

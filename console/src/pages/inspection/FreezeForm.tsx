import { App, Button, Form, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import { ApiProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { useWords } from '@/pages/org/dictionaries'
import { NodePicker } from '@/pages/org/NodePicker'
import type { Schemas } from '@/pages/system/schemas'
import { DateField } from '@/parts/fields/DateField'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { useGo } from '@/url/useGo'
import type { UrlForm } from '@/url/useUrlForm'
import { FreezePreview } from './FreezePreview'
import { useInspectionWords } from './useInspectionWords'
import { WitnessLinks } from './WitnessLinks'

type Frozen = Schemas['InspectionFrozenDraw']
type Asked = Schemas['InspectionFreezeInput']
type Asking = { preview: Schemas['InspectionPreview']; answer: (sure: boolean) => void }

interface FreezeFormProps {
  url: UrlForm
  /** A batch says itself what is drawn. */
  batch?: { id: string; title: string }
}

/** Freezes a list once it was shown how many it gives, and hands out the links of the witnesses. */
export function FreezeForm({ url, batch }: FreezeFormProps) {
  const t = useT()
  const go = useGo()
  const { modal } = App.useApp()
  const [asking, setAsking] = useState<Asking>()
  const freeze = async (body: Asked) => {
    const preview = await read(api.POST('/api/v1/inspection/draws/preview', { body }))
    const sure = await new Promise<boolean>((answer) => setAsking({ preview, answer }))
    setAsking(undefined)
    if (sure) return read(api.POST('/api/v1/inspection/draws', { body }))
    const title = t('名录还没有冻结', 'The list is not frozen')
    throw new ApiProblem({ status: 0, title })
  }
  const done = (draw: Frozen) => {
    modal.info({
      title: t('把链接分别交给见证人', 'Give each witness the link'),
      width: 640,
      content: <WitnessLinks links={draw.links ?? []} />,
      okText: t('都交给了', 'All have theirs'),
    })
    go(`/inspection/draws/${draw.id}`)
  }
  return (
    <>
      <FormDrawer<Asked, Frozen>
        name={`inspection.freeze.${batch?.id ?? ''}`}
        title={t('冻结名录，准备抽取', 'Freeze the list')}
        url={url}
        initial={{ of: 'targets', witnesses: ['', ''], ...(batch && { title: batch.title }) }}
        submitLabel={t('下一步', 'Next')}
        submit={(body) => freeze({ ...body, ...(batch && { of: 'targets', batch: batch.id }) })}
        onDone={done}
      >
        <p className="qf-faint">
          {t(
            '冻结后公布名录的摘要，谁也不能再改名录；由见证人的随机数决定抽中谁。',
            'The hash of the list is published then, and nobody can change the list; the secrets of the witnesses decide who is drawn.',
          )}
        </p>
        <Form.Item name="title" label={t('抽取名称', 'Title')} required>
          <Input maxLength={limits.InspectionFreezeInput.title} />
        </Form.Item>
        {!batch && <ScopeFields />}
        <Form.List name="witnesses">
          {(fields, { add, remove }, { errors }) => (
            <Form.Item label={t('见证人（至少两名）', 'Witnesses, at least two')} required>
              <div className="qf-stack">
                {fields.map(({ key, name }) => (
                  <Form.Item key={key} name={name} noStyle>
                    <Input placeholder={t('姓名', 'Name')} maxLength={50} />
                  </Form.Item>
                ))}
                <div>
                  <Button size="small" onClick={() => add('')}>
                    {t('再加一名', 'One more')}
                  </Button>{' '}
                  {fields.length > 2 && (
                    <Button size="small" onClick={() => remove(fields.length - 1)}>
                      {t('减一名', 'One less')}
                    </Button>
                  )}
                </div>
                <Form.ErrorList errors={errors} />
              </div>
            </Form.Item>
          )}
        </Form.List>
      </FormDrawer>
      {asking && <AskFreeze {...asking} />}
    </>
  )
}

/** Says how many will be drawn, and asks whether the list is frozen. */
function AskFreeze({ preview, answer }: Asking) {
  const t = useT()
  return (
    <Modal
      open
      width={960}
      // However many groups there are, the buttons stay in sight.
      styles={{ body: { maxHeight: '60vh', overflow: 'auto' } }}
      bodyProps={{ tabIndex: 0 }}
      title={t(
        `将抽取 ${preview.drawn} 个，现在冻结名录？`,
        `${preview.drawn} will be drawn. Freeze the list now?`,
      )}
      okText={t('冻结名录', 'Freeze')}
      cancelText={t('返回修改', 'Back')}
      onOk={() => answer(true)}
      onCancel={() => answer(false)}
    >
      <FreezePreview preview={preview} />
    </Modal>
  )
}

/** What is drawn, where no batch of a plan says so. */
function ScopeFields() {
  const t = useT()
  const words = useInspectionWords()
  const org = useWords()
  return (
    <>
      <Form.Item name="of" label={t('抽什么', 'Of')} required>
        <Select options={words.options('lots')} />
      </Form.Item>
      <Form.Item name="region" label={t('地区', 'Region')} required>
        <NodePicker />
      </Form.Item>
      <Form.Item noStyle dependencies={['of']}>
        {({ getFieldValue }) =>
          getFieldValue('of') === 'targets' ? (
            <>
              <Form.Item name="kinds" label={t('对象类别（不选为全部）', 'Kinds; none is all')}>
                <Select
                  mode="multiple"
                  showSearch={{ optionFilterProp: 'label' }}
                  options={org.options('institution_kinds')}
                />
              </Form.Item>
              <Form.Item
                name="due_on"
                label={t('检查期限', 'Last day of the inspections')}
                required
              >
                <DateField />
              </Form.Item>
            </>
          ) : (
            <Form.Item name="count" label={t('抽几个', 'How many')} required>
              <InputNumber min={1} max={9999} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item noStyle dependencies={['of']}>
        {({ getFieldValue }) =>
          getFieldValue('of') === 'days' && (
            <>
              <Form.Item name="from" label={t('起始日期', 'First day')} required>
                <DateField />
              </Form.Item>
              <Form.Item name="to" label={t('截止日期', 'Last day')} required>
                <DateField />
              </Form.Item>
            </>
          )
        }
      </Form.Item>
    </>
  )
}

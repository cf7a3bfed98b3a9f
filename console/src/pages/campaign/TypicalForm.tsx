import { Checkbox, Form, Input } from 'antd'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import { ViolationSelect } from '@/pages/sanction/ViolationSelect'
import { InstitutionPicker } from '@/parts/fields/InstitutionPicker'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import type { TypicalBody, TypicalDetail } from './typicalApi'

interface TypicalFormProps {
  /** Names the draft. */
  name: string
  url: UrlForm
  initial: Partial<TypicalBody>
  submit: (body: TypicalBody) => Promise<TypicalDetail>
  onDone?: (made: TypicalDetail) => void
}

/** Writes or changes a typical case. */
export function TypicalForm({ name, url, initial, submit, onDone }: TypicalFormProps) {
  const t = useT()
  return (
    <FormDrawer<TypicalBody, TypicalDetail>
      name={name}
      title={t('典型案例', 'Typical case')}
      url={url}
      width={720}
      initial={initial}
      submit={({ text = '', category = '', anonymous = false, ...rest }) =>
        submit({ ...rest, text, category, anonymous })
      }
      submitLabel={t('保存', 'Save')}
      {...(onDone && { onDone })}
    >
      <Form.Item name="title" label={t('标题', 'Title')} required>
        <Input
          maxLength={limits.CampaignTypicalBody.title}
          placeholder={t('如：某医院分解收费案', 'A hospital that split its charges')}
        />
      </Form.Item>
      <Form.Item name="category" label={t('违规类别', 'Violation')} required>
        <ViolationSelect />
      </Form.Item>
      <Form.Item name="unit" label={t('涉及机构', 'Institution')}>
        <InstitutionPicker />
      </Form.Item>
      <Form.Item
        name="anonymous"
        valuePropName="checked"
        extra={t(
          '不选时，公布的案例会写明机构名称。',
          'Otherwise the institution is named when the case is published.',
        )}
      >
        <Checkbox>{t('公布时不写机构名称', 'Do not name the institution')}</Checkbox>
      </Form.Item>
      <Form.Item
        name="text"
        label={t('案情和处理结果', 'What happened, and what came of it')}
        required
        extra={t(
          '不写姓名、证件号码和电话，个人写成“张某”；保存后会标出可能的姓名和号码。',
          'Name nobody: write people as 张某. What looks like a name or a number is marked once it is saved.',
        )}
      >
        <LongText rows={10} />
      </Form.Item>
    </FormDrawer>
  )
}

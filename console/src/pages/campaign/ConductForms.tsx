import { Checkbox, Form, Input } from 'antd'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { DateField } from '@/parts/fields/DateField'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { showInstant } from '@/time/shanghai'
import type { UrlForm } from '@/url/useUrlForm'
import { addConduct, endConduct } from './conductApi'

interface ConductFormProps {
  url: UrlForm
  onDone: () => void
}

/** Enters somebody; the address may name the unit. */
export function AddConductForm({ url, onDone }: ConductFormProps) {
  const t = useT()
  return (
    <FormDrawer<Schemas['CampaignAddConductBody'], unknown>
      name="campaign.conduct.add"
      title={t('登记行风建设人员', 'Enter who keeps the conduct')}
      url={url}
      initial={{ full_time: true, ...(url.subject && { unit: url.subject }) }}
      submit={({ post = '', ...body }) => addConduct({ ...body, post })}
      submitLabel={t('登记', 'Enter')}
      onDone={onDone}
    >
      <Form.Item name="unit" label={t('单位', 'Unit')} required>
        <OrgPicker />
      </Form.Item>
      <Form.Item name="name" label={t('姓名', 'Name')} required>
        <Input maxLength={limits.CampaignAddConductBody.name} />
      </Form.Item>
      <Form.Item name="post" label={t('职务', 'Post')}>
        <Input maxLength={limits.CampaignAddConductBody.post} />
      </Form.Item>
      <Form.Item name="since" label={t('起始日期', 'Since')} required>
        <DateField />
      </Form.Item>
      <Form.Item name="full_time" valuePropName="checked">
        <Checkbox>{t('专职，不兼其他工作', 'Full-time, with no other work')}</Checkbox>
      </Form.Item>
    </FormDrawer>
  )
}

/** Says that somebody does it no longer; whose post or time changes is entered anew. */
export function EndConductForm({ url, onDone }: ConductFormProps) {
  const t = useT()
  const id = url.subject ?? ''
  return (
    <FormDrawer<{ until?: string }, unknown>
      key={id}
      name={`campaign.conduct.end.${id}`}
      title={t('不再担任', 'Does it no longer')}
      url={url}
      initial={{ until: showInstant(Date.now(), 'date') }}
      submit={({ until = '' }) => endConduct(id, until)}
      submitLabel={t('登记', 'Enter')}
      onDone={onDone}
    >
      <Form.Item
        name="until"
        label={t('截止日期', 'Until')}
        required
        extra={t(
          '登记后不能修改；职务或专兼职有变化的，再登记一次。',
          'It cannot be changed afterwards. Whose post or time changes is entered once more.',
        )}
      >
        <DateField />
      </Form.Item>
    </FormDrawer>
  )
}

import { Form, Input, Select } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { DateField } from '@/parts/fields/DateField'
import { LongText } from '@/parts/fields/LongText'
import { MoneyField } from '@/parts/fields/MoneyField'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { TimeField } from '@/parts/fields/TimeField'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { useUrlForm } from '@/url/useUrlForm'

interface NewCase {
  title: string
  category: string
  reporter?: string
  occurred_on?: string
  called_at?: string
  unit?: string
  amount_fen?: number
}

/** A form with every kind of field. */
export function CaseForm() {
  const t = useT()
  const url = useUrlForm('case')
  return (
    <FormDrawer<NewCase, unknown>
      name="gallery.case"
      title={t('登记诉求', 'Enter a case')}
      url={url}
      submit={(body) => read(api.POST('/gallery/cases' as never, { body } as never))}
      submitLabel={t('登记', 'Enter')}
    >
      <Form.Item name="title" label={t('反映的问题', 'What happened')} required>
        <LongText rows={4} />
      </Form.Item>
      <Form.Item name="category" label={t('类别', 'Category')} required>
        <Select
          options={['红包', '回扣', '服务态度', '收费'].map((value) => ({ value, label: value }))}
        />
      </Form.Item>
      <Form.Item name="reporter" label={t('称呼', 'Name')}>
        <Input />
      </Form.Item>
      <Form.Item name="unit" label={t('被反映单位', 'Unit concerned')}>
        <OrgPicker />
      </Form.Item>
      <Form.Item name="occurred_on" label={t('发生日期', 'Day')}>
        <DateField />
      </Form.Item>
      <Form.Item name="called_at" label={t('来电时间', 'Time of the call')}>
        <TimeField />
      </Form.Item>
      <Form.Item name="amount_fen" label={t('涉及金额', 'Amount')}>
        <MoneyField />
      </Form.Item>
    </FormDrawer>
  )
}

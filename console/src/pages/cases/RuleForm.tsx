import { Form, Select } from 'antd'
import { useUser } from '@/api/session'
import { useT } from '@/i18n/useT'
import { NodePicker } from '@/pages/org/NodePicker'
import { LongText } from '@/parts/fields/LongText'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { OrgsPicker } from '@/parts/fields/OrgsPicker'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import { addRule } from './caseApi'
import { optionsOf } from './options'
import { useCaseWords } from './useCaseWords'

type Rule = Parameters<typeof addRule>[0]

/** Adds a row to the dispatch catalogue. */
export function RuleForm({ url }: { url: UrlForm }) {
  const t = useT()
  const { catalogue, classes, targets } = useCaseWords()
  // Sensitive reports always take the discipline line, so no row is about them.
  const choosable = catalogue
    .filter((category) => !category.sensitive)
    .map(({ code, name }) => ({ value: code, label: t(name) }))
  return (
    <FormDrawer<Rule, void>
      name="catalogue.rule"
      title={t('新增派单规则', 'Add a row to the catalogue')}
      url={url}
      initial={{ target: 'concerned', scope: useScope() }}
      submit={addRule}
    >
      <Form.Item name="category" label={t('类别', 'Category')}>
        <Select allowClear placeholder={t('全部', 'All')} options={choosable} />
      </Form.Item>
      <Form.Item name="class" label={t('诉求类型', 'Kind')}>
        <Select allowClear placeholder={t('全部', 'All')} options={optionsOf(classes, t)} />
      </Form.Item>
      <Form.Item
        name="scope"
        label={t('适用范围', 'Where it holds')}
        required
        extra={t(
          '在这个地区及以下各级有效；默认为您的管辖范围。',
          'It holds there and everywhere below; yours to begin with.',
        )}
      >
        <NodePicker by="path" />
      </Form.Item>
      <Form.Item name="target" label={t('主办', 'Leads')} required>
        <Select options={optionsOf(targets, t)} />
      </Form.Item>
      <Form.Item
        noStyle
        shouldUpdate={(before: Partial<Rule>, now: Partial<Rule>) => before.target !== now.target}
      >
        {({ getFieldValue }) =>
          getFieldValue('target') === 'unit' && (
            <Form.Item name="unit_id" label={t('承办单位', 'Unit')} required>
              <OrgPicker />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="helpers" label={t('协办单位', 'Helping units')}>
        <OrgsPicker />
      </Form.Item>
      <Form.Item name="reason" label={t('依据', 'Why')} required>
        <LongText />
      </Form.Item>
    </FormDrawer>
  )
}

/** The path of the region that the person belongs to. */
function useScope(): string {
  const regions = (useUser()?.path ?? '').split('/').filter((part) => /^\d{6}$/.test(part))
  return regions.length > 0 ? `/${regions.join('/')}/` : ''
}

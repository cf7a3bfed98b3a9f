import { useQueryClient } from '@tanstack/react-query'
import { Form, Radio, Select } from 'antd'
import { useT } from '@/i18n/useT'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { showInstant } from '@/time/shanghai'
import type { UrlForm } from '@/url/useUrlForm'
import { checkLook, type LookDetail, type LookFound, lookResults } from './lookApi'

interface CheckLookDrawerProps {
  of: LookDetail
  url: UrlForm
}

/** Records what was found: by an inspection that the institution had, or in words. */
export function CheckLookDrawer({ of, url }: CheckLookDrawerProps) {
  const t = useT()
  const queries = useQueryClient()
  return (
    <FormDrawer<LookFound, unknown>
      name={`look.check.${of.id}`}
      title={t('登记复查', 'Record the look back')}
      url={url}
      submit={({ result, inspection, note }) =>
        checkLook(of.id, { result, ...(inspection && { inspection }), ...(note && { note }) })
      }
      onDone={() => queries.invalidateQueries()}
    >
      <Form.Item name="result" label={t('结论', 'Result')} required>
        <Radio.Group
          options={Object.entries(lookResults).map(([value, name]) => ({ value, label: t(name) }))}
        />
      </Form.Item>
      <Form.Item
        name="inspection"
        label={t('检查任务', 'Inspection')}
        extra={
          of.inspections.length > 0
            ? t('事由发生后对它做过的检查。', 'Those that it had since the first reason.')
            : t(
                '事由发生后还没有检查过它，请在下面写明怎样复查的。',
                'It had none since the first reason; say below how it was looked at.',
              )
        }
      >
        <Select
          allowClear
          disabled={of.inspections.length === 0}
          placeholder={t('请选择', 'Choose')}
          options={of.inspections.map(({ id, number, at }) => ({
            value: id,
            label: `${number} · ${showInstant(at, 'date')}`,
          }))}
        />
      </Form.Item>
      <Form.Item
        name="note"
        label={t('复查情况', 'What was found')}
        extra={t(
          '没有选检查任务时必填：何时、何人、怎样复查，发现什么。',
          'Needed where no inspection is chosen: when, who, how, and what was found.',
        )}
      >
        <LongText />
      </Form.Item>
    </FormDrawer>
  )
}

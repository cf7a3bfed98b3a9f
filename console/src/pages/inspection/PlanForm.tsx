import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import { useWords } from '@/pages/org/dictionaries'
import { NodePicker } from '@/pages/org/NodePicker'
import type { Schemas } from '@/pages/system/schemas'
import { DateField } from '@/parts/fields/DateField'
import { LongText } from '@/parts/fields/LongText'
import { regionOf } from '@/parts/fields/regionOf'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Section } from '@/parts/record/Section'
import { useGo } from '@/url/useGo'
import type { UrlForm } from '@/url/useUrlForm'
import { itemsQuery, type Plan } from './inspectionApi'

interface PlanFormProps {
  url: UrlForm
  /** The draft that it changes; otherwise it writes one. */
  plan?: Plan
}

/** Writes the plan of a year, or changes it while it is a draft. */
export function PlanForm({ url, plan }: PlanFormProps) {
  const t = useT()
  const go = useGo()
  return (
    <FormDrawer<Schemas['InspectionPlanInput'], Plan>
      name={`inspection.plan.${plan?.id ?? ''}`}
      title={plan ? t('修改年度计划', 'Change the plan') : t('起草年度计划', 'Write a plan')}
      url={url}
      width={640}
      initial={
        plan
          ? planValues(plan)
          : { batches: [{ title: '', draw_on: '', due_on: '', portion: 100 }] }
      }
      submit={(body) => {
        if (!plan) return read(api.POST('/api/v1/inspection/plans', { body }))
        const params = { path: { id: plan.id } }
        return read(api.POST('/api/v1/inspection/plans/{id}', { params, body }))
      }}
      {...(!plan && { onDone: ({ id }) => go(`/inspection/plans/${id}`) })}
    >
      <Form.Item name="region" label={t('地区', 'Region')} required>
        <NodePicker />
      </Form.Item>
      <Form.Item name="year" label={t('年度', 'Year')} required>
        <InputNumber min={2000} max={2200} />
      </Form.Item>
      <Form.Item name="title" label={t('名称', 'Title')} required>
        <Input maxLength={limits.InspectionPlanInput.title} />
      </Form.Item>
      <Form.List name="batches">
        {(fields, { add, remove }, { errors }) => (
          <div className="qf-stack">
            {fields.map(({ key, name }) => (
              <Section
                key={key}
                title={t(`第 ${name + 1} 批`, `Batch ${name + 1}`)}
                extra={
                  fields.length > 1 && (
                    <Button size="small" onClick={() => remove(name)}>
                      {t('删去', 'Remove')}
                    </Button>
                  )
                }
              >
                <BatchFields name={name} />
              </Section>
            ))}
            <Button onClick={() => add({ portion: 100 })}>{t('再加一批', 'One more batch')}</Button>
            <Form.ErrorList errors={errors} />
          </div>
        )}
      </Form.List>
      <Form.Item name="note" label={t('说明', 'Note')}>
        <LongText />
      </Form.Item>
    </FormDrawer>
  )
}

function BatchFields({ name }: { name: number }) {
  const t = useT()
  const words = useWords()
  const items = useQuery(itemsQuery).data ?? []
  return (
    <>
      <Form.Item name={[name, 'title']} label={t('批次名称', 'Title')} required>
        <Input maxLength={limits.InspectionBatchInput.title} />
      </Form.Item>
      <Form.Item name={[name, 'draw_on']} label={t('抽取日期', 'Day of the draw')} required>
        <DateField />
      </Form.Item>
      <Form.Item
        name={[name, 'due_on']}
        label={t('检查期限', 'Last day of the inspections')}
        required
      >
        <DateField />
      </Form.Item>
      <Form.Item
        name={[name, 'portion']}
        label={t('累计完成全年比例（%）', 'Portion of the year by then (%)')}
        required
      >
        <InputNumber min={1} max={100} />
      </Form.Item>
      <Form.Item name={[name, 'kinds']} label={t('对象类别（不选为全部）', 'Kinds; none is all')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={words.options('institution_kinds')}
        />
      </Form.Item>
      <Form.Item name={[name, 'items']} label={t('检查事项', 'Items')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={items
            .filter((one) => one.active)
            .map((one) => ({ value: one.id, label: one.name }))}
        />
      </Form.Item>
    </>
  )
}

function planValues(plan: Plan): Partial<Schemas['InspectionPlanInput']> {
  const region = regionOf(plan.path)
  return {
    ...(region && { region }),
    year: plan.year,
    title: plan.title,
    note: plan.note,
    batches: (plan.batches ?? []).map(({ title, draw_on, due_on, ...more }) => ({
      title,
      draw_on: draw_on.slice(0, 10),
      due_on: due_on.slice(0, 10),
      portion: more.portion,
      kinds: more.kinds,
      items: more.items,
      districts: more.districts,
    })),
  }
}

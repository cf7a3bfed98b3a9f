import { Form, InputNumber, Select } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { NodePicker } from '@/pages/org/NodePicker'
import type { Schemas } from '@/pages/system/schemas'
import { DateField } from '@/parts/fields/DateField'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { useGo } from '@/url/useGo'
import type { UrlForm } from '@/url/useUrlForm'
import { ChecklistSelect } from './ChecklistSelect'
import type { Task } from './inspectionApi'
import { OfficersSelect, PastTaskSelect, TargetSelect } from './LibrarySelect'
import { useInspectionWords } from './useInspectionWords'

/** Has a target inspected that nobody drew. */
export function AssignForm({ url }: { url: UrlForm }) {
  const t = useT()
  const go = useGo()
  const words = useInspectionWords()
  return (
    <FormDrawer<Schemas['InspectionAssignInput'], Task>
      name="inspection.assign"
      title={t('指派检查', 'Assign an inspection')}
      url={url}
      submitLabel={t('指派', 'Assign')}
      submit={(body) => read(api.POST('/api/v1/inspection/tasks', { body }))}
      onDone={(task) => go(`/inspection/tasks/${task.id}`)}
    >
      <Form.Item name="kind" label={t('检查方式', 'Kind')} required>
        <Select options={words.options('kinds').filter((one) => one.value !== 'double_random')} />
      </Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) => (
          <>
            {getFieldValue('kind') === 'special' && (
              <Form.Item name="round" label={t('第几轮', 'Round')} required>
                <InputNumber min={1} max={999} />
              </Form.Item>
            )}
            {getFieldValue('kind') === 'look_back' && (
              <Form.Item
                name="look_back_of"
                label={t('回头看的检查', 'Inspection that is looked back at')}
                required
              >
                <PastTaskSelect />
              </Form.Item>
            )}
          </>
        )}
      </Form.Item>
      <Form.Item name="region" label={t('组织检查的地区', 'Region that inspects')} required>
        <NodePicker />
      </Form.Item>
      <Form.Item name="target_id" label={t('检查对象', 'Target')} required>
        <TargetSelect />
      </Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) => (
          <Form.Item
            name="officers"
            label={t('检查人员（至少两名）', 'Inspectors, at least two')}
            required
          >
            <OfficersSelect monitors={getFieldValue('kind') === 'monitor'} />
          </Form.Item>
        )}
      </Form.Item>
      <Form.Item name="form_id" label={t('检查表', 'Checklist')}>
        <ChecklistSelect />
      </Form.Item>
      <Form.Item name="due_on" label={t('检查期限', 'Due')} required>
        <DateField />
      </Form.Item>
      <Form.Item name="reason" label={t('检查缘由', 'Why')} required>
        <LongText />
      </Form.Item>
    </FormDrawer>
  )
}

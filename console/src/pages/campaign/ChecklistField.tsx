import { useQuery } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { useT } from '@/i18n/useT'
import { checklistForms, type SelfProgress } from './selfcheckApi'

interface ChecklistFieldProps {
  /** How many tasks the plan has. */
  tasks: number
  /** What institutions are asked by now. */
  now: SelfProgress['checklist']
}

/** By what institutions examine themselves: the tasks of the plan, or a form. */
export function ChecklistField({ tasks, now }: ChecklistFieldProps) {
  const t = useT()
  const { data = [], isLoading } = useQuery(checklistForms)
  const nameOf = (name: { zh: string; en: string }, version: number) =>
    t(`${name.zh}（第 ${version} 版）`, `${name.en} (version ${version})`)
  const gone = now.id !== '' && !isLoading && !data.some((form) => form.id === now.id)
  return (
    <Form.Item
      name="form_id"
      label={t('自查清单', 'Checklist')}
      extra={t(
        '选表时，表中人人都答的单选题逐题成为一项，按保存时生效的版本；每项答无问题、有问题或不适用。已提交的保留当时的清单。',
        'Of a form, each single choice that everybody is asked is a line, in the version in force when you save; the answers are no problem, a problem, or does not apply. What was sent keeps its own lines.',
      )}
    >
      <Select
        loading={isLoading}
        showSearch={{ optionFilterProp: 'label' }}
        options={[
          {
            value: '',
            label:
              tasks > 0
                ? t(`方案的任务（${tasks} 项）`, `The tasks of the plan (${tasks})`)
                : t('方案没有任务，按问题类别逐类自查', 'The kinds of problems, for want of tasks'),
          },
          ...data.map((form) => ({
            value: form.id,
            label: nameOf({ zh: form.name_zh, en: form.name_en }, form.current),
          })),
          ...(gone ? [{ value: now.id, label: nameOf(now.name, now.version) }] : []),
        ]}
      />
    </Form.Item>
  )
}

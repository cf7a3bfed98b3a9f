import { Button, Form, Input, Select, TreeSelect } from 'antd'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { DateField } from '@/parts/fields/DateField'
import { LongText } from '@/parts/fields/LongText'
import { TimeField } from '@/parts/fields/TimeField'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import type { Task } from './inspectionApi'
import { useInspectionWords } from './useInspectionWords'

/** Enters what came of an inspection. */
export function ResultForm({ task, url }: { task: Task; url: UrlForm }) {
  const t = useT()
  const words = useInspectionWords()
  return (
    <FormDrawer<Schemas['InspectionResultInput'], unknown>
      name={`inspection.result.${task.id}`}
      title={t('录入检查结果', 'Enter the result')}
      url={url}
      width={640}
      submit={(body) =>
        read(
          api.POST('/api/v1/inspection/tasks/{id}/conclude', {
            params: { path: { id: task.id } },
            body,
          }),
        )
      }
    >
      <Form.Item name="inspected_at" label={t('检查时间', 'Inspected')} required>
        <TimeField />
      </Form.Item>
      <Form.Item name="conclusion" label={t('结论', 'Conclusion')} required>
        <Select options={words.options('conclusions')} />
      </Form.Item>
      <Form.List name="problems">
        {(fields, { add, remove }) => (
          <Form.Item label={t('发现的问题', 'Problems')}>
            <div className="qf-stack">
              {fields.map(({ key, name }) => (
                <div key={key} className="qf-stack">
                  <Form.Item
                    name={[name, 'category']}
                    label={t('违法违规类别', 'Violation')}
                    required
                  >
                    <TreeSelect
                      treeData={words.violations}
                      showSearch={{ treeNodeFilterProp: 'title' }}
                    />
                  </Form.Item>
                  <Form.Item name={[name, 'text']} label={t('问题描述', 'What is wrong')} required>
                    <LongText />
                  </Form.Item>
                  <Form.Item
                    name={[name, 'due_on']}
                    label={t(
                      '整改期限（当场改正的留空）',
                      'Put right by; empty where it was on the spot',
                    )}
                  >
                    <DateField />
                  </Form.Item>
                  <Button size="small" onClick={() => remove(name)}>
                    {t('删去这一条', 'Remove')}
                  </Button>
                </div>
              ))}
              <Button onClick={() => add({})}>{t('添加问题', 'Add a problem')}</Button>
            </div>
          </Form.Item>
        )}
      </Form.List>
      <Form.Item name="opinion_no" label={t('监督意见书号', 'Number of the opinion')}>
        <Input maxLength={limits.InspectionResultInput.opinion_no} />
      </Form.Item>
      <Form.Item name="note" label={t('说明', 'Note')}>
        <LongText />
      </Form.Item>
    </FormDrawer>
  )
}

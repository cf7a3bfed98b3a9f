import { useQuery } from '@tanstack/react-query'
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
import { type Task, visitsQuery } from './inspectionApi'
import { useInspectionWords } from './useInspectionWords'
import type { VisitDetail } from './visit/visit'

/** Enters what came of an inspection; it begins with what the visit found. */
export function ResultForm({ task, url }: { task: Task; url: UrlForm }) {
  const visits = useQuery({ ...visitsQuery(task.id), enabled: url.open })
  if (visits.isPending) return null
  return <ResultFields task={task} url={url} visit={visits.data?.[0]} />
}

type Result = Schemas['InspectionResultInput']

/** What of a visit is part of the result. What social supervisors found is decided on one by one. */
function foundBy(task: Task, visit: VisitDetail): Partial<Result> {
  // What became a clue says nothing any more.
  const found =
    task.kind === 'monitor' ? [] : (visit.problems ?? []).filter(({ text }) => text !== '')
  const problems = found.map(({ category, text, due_on }) => ({
    category,
    text,
    ...(due_on && { due_on }),
  }))
  // A clock that is off says nothing of when it was.
  return visit.skewed ? { problems } : { inspected_at: visit.ended_at, problems }
}

interface ResultFieldsProps {
  task: Task
  url: UrlForm
  visit: VisitDetail | undefined
}

function ResultFields({ task, url, visit }: ResultFieldsProps) {
  const t = useT()
  const words = useInspectionWords()
  return (
    <FormDrawer<Result, unknown>
      name={`inspection.result.${task.id}`}
      title={t('录入检查结果', 'Enter the result')}
      url={url}
      width={640}
      {...(visit && { initial: foundBy(task, visit) })}
      submit={(body) =>
        read(
          api.POST('/api/v1/inspection/tasks/{id}/conclude', {
            params: { path: { id: task.id } },
            body,
          }),
        )
      }
    >
      {visit && (
        <p className="qf-faint">
          {t(
            `已带入现场记录第 ${visit.number} 版的内容，请核对。`,
            `This begins with what the visit found, version ${visit.number}; please look over it.`,
          )}
        </p>
      )}
      <Form.Item name="inspected_at" label={t('检查时间', 'Inspected')} required>
        <TimeField />
      </Form.Item>
      <Form.Item name="conclusion" label={t('结论', 'Conclusion')} required>
        <Select options={words.options('conclusions')} />
      </Form.Item>
      <Form.List name="problems">
        {(fields, { add, remove }, { errors }) => (
          <Form.Item
            label={t('发现的问题', 'Problems')}
            extra={t(
              '红包、回扣、统方等廉洁问题提交后转为线索，交纪检办理，不写进结果；没有其他问题的，结论选“未发现问题”。',
              'Matters of integrity become clues for the discipline line and do not stand in the result; where nothing else was found the conclusion is “No problem found”.',
            )}
          >
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
              <Form.ErrorList errors={errors} />
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

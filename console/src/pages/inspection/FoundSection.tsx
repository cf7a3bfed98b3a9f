import { useQuery } from '@tanstack/react-query'
import { Button, Form, Radio } from 'antd'
import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { violationName } from '@/pages/sanction/violationName'
import type { Schemas } from '@/pages/system/schemas'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { DateField } from '@/parts/fields/DateField'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { useUrlForm } from '@/url/useUrlForm'
import { cluesQuery, type Task, wordsQuery } from './inspectionApi'

type Found = Schemas['InspectionSifted']

/** What social supervisors found, and what the office made of each of it. */
export function FoundSection({ task }: { task: Task }) {
  const can = useCan()
  if (task.kind !== 'monitor' || !can('inspection.manage')) return null
  return <FoundList task={task} />
}

function FoundList({ task }: { task: Task }) {
  const t = useT()
  const found = useQuery(cluesQuery(task.id))
  const deciding = useUrlForm('found')
  const all = found.data ?? []
  const about = all.find((one) => String(one.number) === deciding.subject)
  return (
    <Section title={t('社会监督员的发现', 'What the supervisors found')}>
      {found.error && <ProblemAlert error={found.error} onRetry={found.refetch} />}
      {found.data && all.length === 0 && t('现场记录中没有问题。', 'The visit names no problem.')}
      <div className="qf-stack">
        {all.map((one) => (
          <FoundLine
            key={one.number}
            one={one}
            onDecide={() => deciding.show(String(one.number))}
          />
        ))}
      </div>
      {about && <DecideForm task={task} one={about} url={deciding} />}
    </Section>
  )
}

function FoundLine({ one, onDecide }: { one: Found; onDecide: () => void }) {
  const t = useT()
  const groups = useQuery(wordsQuery).data?.violations ?? []
  const fates = {
    '': t('待核实', 'To be decided'),
    ledger: t('随结果列入台账', 'Goes into the ledger'),
    clue: t('已转为线索', 'Passed on as a clue'),
    none: t('不成立', 'Does not hold'),
  }
  return (
    <div>
      <div>
        {one.number}.{' '}
        {one.text || t('内容只在线索中可见', 'What it says is told in the clue alone')}
      </div>
      <div>
        {one.category && (
          <span className="qf-faint">{t(violationName(groups, one.category))} </span>
        )}
        <StateTag tone={one.fate === '' ? 'warn' : 'neutral'}>{fates[one.fate]}</StateTag>
        {one.reason && <span className="qf-faint"> {one.reason}</span>}
        {one.fate === '' && (
          <Button size="small" type="link" onClick={onDecide}>
            {t('核实', 'Decide')}
          </Button>
        )}
      </div>
    </div>
  )
}

interface DecideFormProps {
  task: Task
  one: Found
  url: ReturnType<typeof useUrlForm>
}

function DecideForm({ task, one, url }: DecideFormProps) {
  const t = useT()
  return (
    <FormDrawer<Pick<Schemas['InspectionSiftInput'], 'fate' | 'due_on' | 'reason'>, unknown>
      name={`inspection.found.${one.visit_id}.${one.number}`}
      title={t('核实发现', 'Decide what becomes of it')}
      url={url}
      submit={(body) =>
        read(
          api.POST('/api/v1/inspection/tasks/{id}/clues', {
            params: { path: { id: task.id } },
            body: { ...body, visit_id: one.visit_id, number: one.number },
          }),
        )
      }
    >
      <p>{one.text}</p>
      <Form.Item name="fate" label={t('处理', 'What becomes of it')} required>
        <Radio.Group
          options={[
            ...(one.integrity
              ? []
              : [{ value: 'ledger', label: t('列入问题台账', 'Into the ledger') }]),
            { value: 'clue', label: t('转为线索', 'A clue') },
            ...(one.integrity ? [] : [{ value: 'none', label: t('不成立', 'Does not hold') }]),
          ]}
        />
      </Form.Item>
      {one.integrity && (
        <p className="qf-faint">
          {t(
            '廉洁问题只能转为线索，交纪检办理；发现人的姓名按诉求人保护。',
            'A matter of integrity goes to the discipline line. Who found it is protected as a reporter is.',
          )}
        </p>
      )}
      <Form.Item noStyle dependencies={['fate']}>
        {({ getFieldValue }) => (
          <>
            {getFieldValue('fate') === 'ledger' && (
              <Form.Item name="due_on" label={t('整改期限', 'To be put right by')}>
                <DateField />
              </Form.Item>
            )}
            {getFieldValue('fate') === 'none' && (
              <Form.Item name="reason" label={t('原因', 'Why')} required>
                <LongText />
              </Form.Item>
            )}
          </>
        )}
      </Form.Item>
    </FormDrawer>
  )
}

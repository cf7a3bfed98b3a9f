import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Form, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { useWords } from '@/pages/org/dictionaries'
import type { Schemas } from '@/pages/system/schemas'
import { Can } from '@/parts/Can'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Page } from '@/parts/Page'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { useUrlForm } from '@/url/useUrlForm'
import { type Target, targetQuery } from './inspectionApi'
import { RecusalTable } from './RecusalTable'
import { TaskState } from './TaskState'
import { useInspectionWords } from './useInspectionWords'

/** One target: credit, recusals, inspections. */
export default function TargetPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const target = useQuery(targetQuery(id))
  if (target.error) return <ProblemAlert error={target.error} onRetry={target.refetch} />
  if (!target.data) return <Skeleton active />
  return <TargetView target={target.data} />
}

function TargetView({ target }: { target: Target }) {
  const t = useT()
  const words = useWords()
  return (
    <Page title={target.name} actions={<TargetActions target={target} />}>
      <div className="qf-stack">
        <Section
          title={t('基本情况', 'On record')}
          extra={
            <StateTag tone={target.active ? 'good' : 'neutral'}>
              {target.active ? t('在册', 'Active') : t('停用', 'Inactive')}
            </StateTag>
          }
        >
          <Facts
            facts={[
              { label: t('类别', 'Kind'), value: words.name('institution_kinds', target.kind) },
              { label: t('等级', 'Level'), value: words.name('levels', target.level) || '—' },
              {
                label: t('抽查信用等级', 'Inspection class'),
                value: target.credit || t('未评', 'Not rated'),
              },
              ...(target.on_record
                ? [{ label: t('信用档案等级', 'On the credit record'), value: target.on_record }]
                : []),
              { label: t('许可证号', 'Licence'), value: target.licence || '—' },
              ...(target.reason
                ? [{ label: t('停用原因', 'Why inactive'), value: target.reason, wide: true }]
                : []),
            ]}
          />
        </Section>
        <TargetHistory target={target} />
        <Section title={t('应回避的检查人员', 'Recused inspectors')}>
          <RecusalTable recusals={target.recusals ?? []} of="officer_name" />
        </Section>
      </div>
    </Page>
  )
}

function TargetHistory({ target }: { target: Target }) {
  const t = useT()
  const kinds = useInspectionWords()
  return (
    <>
      <Section title={t('抽查信用等级变化', 'Inspection classes')}>
        {(target.ratings ?? []).map((one) => (
          <p key={one.id}>
            <When at={one.at} /> {one.was || '—'} → {one.class || '—'}　{one.reason}
          </p>
        ))}
        {(target.ratings ?? []).length === 0 && t('还没有评定', 'Not rated yet')}
      </Section>
      <Section title={t('检查', 'Inspections')}>
        {(target.tasks ?? []).map((one) => (
          <p key={one.id}>
            <InnerLink to={`/inspection/tasks/${one.id}`}>{one.number}</InnerLink>{' '}
            {kinds.name('kinds', one.kind)} <TaskState task={one} />
          </p>
        ))}
        {(target.tasks ?? []).length === 0 && t('没有检查记录', 'None')}
      </Section>
    </>
  )
}

function TargetActions({ target }: { target: Target }) {
  const t = useT()
  const rating = useUrlForm('credit')
  const words = useInspectionWords()
  const [asking, setAsking] = useState(false)
  const params = { path: { id: target.id } }
  const label = target.active ? t('停用', 'Take out') : t('恢复', 'Take in again')
  return (
    <Can permission="inspection.manage">
      <Button onClick={() => setAsking(true)}>{label}</Button>
      <Button type="primary" onClick={() => rating.show()}>
        {t('调整抽查信用等级', 'Change the class')}
      </Button>
      <FormDrawer<Schemas['InspectionRate'], unknown>
        name={`inspection.credit.${target.id}`}
        title={t('调整抽查信用等级', 'Change the class')}
        url={rating}
        {...(target.on_record && { initial: { class: target.on_record } })}
        submit={(body) =>
          read(api.POST('/api/v1/inspection/targets/{id}/credit', { params, body }))
        }
      >
        <Form.Item
          name="class"
          label={t('抽查信用等级', 'Inspection class')}
          required
          extra={
            target.on_record
              ? t(
                  `决定抽查比例。该机构的信用档案（由处罚、记分得出）为 ${target.on_record} 级，已按此建议。`,
                  `It decides which share is drawn. On the credit record, which follows from sanctions, the institution is of class ${target.on_record}: that is proposed.`,
                )
              : t('决定抽查比例。', 'It decides which share is drawn.')
          }
        >
          <Select options={words.options('credits')} />
        </Form.Item>
        <Form.Item name="reason" label={t('评定依据', 'On what grounds')} required>
          <LongText />
        </Form.Item>
      </FormDrawer>
      {asking && (
        <ConfirmReason
          name={`inspection.active.${target.id}`}
          title={label}
          question={t('停用的对象不参加抽取。', 'Who is not active is not drawn.')}
          reason="required"
          confirm={async (reason) => {
            const body = { active: !target.active, reason }
            await read(api.POST('/api/v1/inspection/targets/{id}/active', { params, body }))
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Can>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/useT'
import { useCampaignFact } from '@/pages/campaign/CampaignLink'
import { PenaltiesOf } from '@/pages/sanction/PenaltiesOf'
import { Can } from '@/parts/Can'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Facts } from '@/parts/record/Facts'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { EventLine } from './EventLine'
import { FoundSection } from './FoundSection'
import { type Task, taskQuery, visitsQuery } from './inspectionApi'
import { TaskActions } from './TaskActions'
import { EarlierResults, TaskResult } from './TaskResult'
import { TaskState } from './TaskState'
import { useInspectionWords } from './useInspectionWords'
import { VisitView } from './visit/VisitView'

/** One inspection: who, whom, what was found, what became of it. */
export default function TaskPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const task = useQuery(taskQuery(id))
  if (task.error) return <ProblemAlert error={task.error} onRetry={task.refetch} />
  if (!task.data) return <Skeleton active />
  return <TaskView task={task.data} />
}

function TaskView({ task }: { task: Task }) {
  const t = useT()
  const words = useInspectionWords()
  const campaign = useCampaignFact(task.campaign_id)
  return (
    <RecordLayout
      header={
        <RecordHeader
          number={task.number}
          title={task.target_name}
          state={<TaskState task={task} />}
          primary={<TaskActions task={task} />}
        />
      }
      aside={
        <Section title={t('经过', 'History')}>
          <EventLine events={task.events ?? []} names={task.names} />
        </Section>
      }
    >
      {task.late && (
        <Alert
          type="error"
          showIcon
          title={t('结果超过公示时限，请尽快公示。', 'The result should be public already.')}
        />
      )}
      <Section title={t('任务', 'Task')}>
        <Facts
          facts={[
            { label: t('检查方式', 'Kind'), value: words.name('kinds', task.kind) },
            {
              label: t('检查对象', 'Target'),
              value: (
                <InnerLink to={`/inspection/targets/${task.target_id}`}>
                  {task.target_name}
                </InnerLink>
              ),
            },
            { label: t('抽查信用等级', 'Inspection class'), value: task.credit || '—' },
            { label: t('许可证号', 'Licence'), value: task.licence || '—' },
            { label: t('检查期限', 'Due'), value: <When at={task.due_at} due /> },
            ...(task.draw_id
              ? [
                  {
                    label: t('抽取', 'Draw'),
                    value: (
                      <InnerLink to={`/inspection/draws/${task.draw_id}`}>
                        {t('抽取室', 'Draw room')}
                      </InnerLink>
                    ),
                  },
                ]
              : []),
            ...campaign,
            ...(task.reason
              ? [{ label: t('缘由', 'Reason'), value: task.reason, wide: true }]
              : []),
            {
              label: t('检查事项', 'Items'),
              value: task.item_list?.map((item) => item.name).join('、') || '—',
              wide: true,
            },
            {
              label: t('检查人员', 'Inspectors'),
              value: task.team
                ?.map(
                  (one) => `${one.name}（${[one.cert_no, one.agency].filter(Boolean).join('，')}）`,
                )
                .join('；'),
              wide: true,
            },
          ]}
        />
      </Section>
      <FoundSection task={task} />
      {task.conclusion && <TaskResult task={task} />}
      {task.conclusion && (
        <PenaltiesOf
          origin={{ source: 'inspection', source_id: task.id, campaign_id: task.campaign_id }}
        />
      )}
      <EarlierResults task={task} />
      <Can permission="inspection.visit">
        <TaskVisits task={task} />
      </Can>
    </RecordLayout>
  )
}

/** What was handed in on the spot: the version in force, and on request those before. */
function TaskVisits({ task }: { task: Task }) {
  const t = useT()
  const visits = useQuery(visitsQuery(task.id))
  const [all, setAll] = useState(false)
  if (visits.error) return <ProblemAlert error={visits.error} onRetry={visits.refetch} />
  const versions = visits.data ?? []
  const before = versions.length - 1
  return (
    <>
      {versions.slice(0, all ? undefined : 1).map((one) => (
        <VisitView key={one.id} visit={one} team={task.team ?? []} />
      ))}
      {before > 0 && !all && (
        <Button onClick={() => setAll(true)}>
          {t(`显示之前的 ${before} 版`, `Show earlier versions (${before})`)}
        </Button>
      )}
    </>
  )
}

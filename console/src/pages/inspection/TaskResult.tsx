import { useT } from '@/i18n/useT'
import { LedgerLink } from '@/pages/rectify/LedgerLink'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import type { Task } from './inspectionApi'
import { useInspectionWords } from './useInspectionWords'

type Problem = NonNullable<Task['problems']>[number]

/** The result of an inspection as it stands. */
export function TaskResult({ task }: { task: Task }) {
  const t = useT()
  const words = useInspectionWords()
  return (
    <Section title={t('检查结果', 'Result')}>
      <Facts
        facts={[
          { label: t('结论', 'Conclusion'), value: words.name('conclusions', task.conclusion) },
          { label: t('检查时间', 'Inspected'), value: <When at={task.inspected_at} /> },
          { label: t('监督意见书号', 'Opinion'), value: task.opinion_no || '—' },
          { label: t('公示期限', 'Public by'), value: <When at={task.publish_due_at} due /> },
          { label: t('公示时间', 'Published'), value: <When at={task.published_at} /> },
          { label: t('复核时间', 'Confirmed'), value: <When at={task.checked_at} /> },
          ...(task.note ? [{ label: t('说明', 'Note'), value: task.note, wide: true }] : []),
        ]}
      />
      {(task.problems ?? []).map((one) => (
        <FoundLine key={one.id} one={one} inLedger />
      ))}
      {task.clues > 0 && (
        <p className="qf-faint">
          {t(
            `另有 ${task.clues} 条廉洁问题已转为线索，内容只在线索中可见。`,
            `Beside these, ${task.clues} matters of integrity became clues; what they say is told there alone.`,
          )}
        </p>
      )}
    </Section>
  )
}

/** What results said that were sent back, the latest first. */
export function EarlierResults({ task }: { task: Task }) {
  const t = useT()
  const words = useInspectionWords()
  return (task.sent_back ?? []).map((was) => (
    <Section
      key={was.id}
      title={t(`第 ${was.number} 次退回的结果`, `Result that was sent back (${was.number})`)}
    >
      <Facts
        facts={[
          { label: t('结论', 'Conclusion'), value: words.name('conclusions', was.conclusion) },
          { label: t('检查时间', 'Inspected'), value: <When at={was.inspected_at} /> },
          { label: t('监督意见书号', 'Opinion'), value: was.opinion_no || '—' },
          { label: t('录入人', 'Entered by'), value: task.names[was.concluded_by] ?? '—' },
          { label: t('退回人', 'Sent back by'), value: task.names[was.by] ?? '—' },
          { label: t('退回时间', 'Sent back'), value: <When at={was.at} /> },
          { label: t('退回原因', 'Why'), value: was.reason, wide: true },
          ...(was.note ? [{ label: t('说明', 'Note'), value: was.note, wide: true }] : []),
        ]}
      />
      {(was.problems ?? []).map((one) => (
        <FoundLine key={one.id} one={one} />
      ))}
    </Section>
  ))
}

function FoundLine({ one, inLedger }: { one: Problem; inLedger?: boolean }) {
  const t = useT()
  const words = useInspectionWords()
  return (
    <p>
      {one.number}. {words.violation(one.category)}
      {t('：', ': ')}
      {one.text}{' '}
      {one.due_at && (
        <span className="qf-faint">
          {t('整改期限', 'put right by')} <When at={one.due_at} due />
        </span>
      )}{' '}
      {inLedger && <LedgerLink source="inspection" found={one.id} />}
    </p>
  )
}

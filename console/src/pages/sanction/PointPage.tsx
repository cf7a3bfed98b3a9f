import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useT } from '@/i18n/useT'
import { Facts } from '@/parts/record/Facts'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { useUrlForm } from '@/url/useUrlForm'
import { Clocks } from './Clocks'
import { pointSteps } from './forms'
import { Life } from './Life'
import { Loaded } from './Loaded'
import { SanctionForm } from './SanctionForm'
import { StateOf } from './StateOf'
import { StepButtons } from './StepButtons'
import { named, pointQuery, useDictionary } from './sanctionApi'
import { violationName } from './violationName'

/** One event of points. */
export default function PointPage() {
  const { id = '' } = useParams({ strict: false })
  const t = useT()
  const words = useDictionary()
  const step = useUrlForm('do')
  const day = (at: string | undefined) => <When at={at} precision="date" />
  return (
    <Loaded query={useQuery(pointQuery(id))}>
      {(p) => (
        <>
          <RecordLayout
            header={
              <RecordHeader
                number={p.number}
                title={`${p.name} ${p.total} ${t('分', 'points')}`}
                state={<StateOf of="points" state={p.state} />}
                primary={<StepButtons actions={p.actions} forms={pointSteps} onStep={step.show} />}
              />
            }
            aside={
              <>
                <Clocks clocks={p.clocks} />
                <Life trail={p.trail} steps={words.other_steps} />
              </>
            }
          >
            <Section title={t('记分', 'Points')}>
              <Facts
                facts={[
                  {
                    label: t('对象', 'Subject'),
                    value: (
                      <InnerLink to={`/inspection/credit/${p.subject_id}`}>{p.name}</InnerLink>
                    ),
                  },
                  { label: t('办法', 'Scheme'), value: t(named(words.schemes, p.scheme)) },
                  {
                    label: t('违规类别', 'Violation'),
                    value: t(violationName(words.violations, p.violation)),
                    wide: true,
                  },
                  { label: t('条款', 'Clause'), value: p.rule, wide: true },
                  {
                    label: t('分值', 'Points'),
                    value: `${p.points} × ${p.times} ${t(named(words.pers, p.per))} = ${p.total}`,
                  },
                  {
                    label: t('本周期累计（本年）', 'Total of the cycle (year)'),
                    value: t(
                      `${p.cycle_total}（${p.year_total}）`,
                      `${p.cycle_total} (${p.year_total})`,
                    ),
                  },
                  { label: t('发现', 'Found'), value: day(p.found_on) },
                  { label: t('确认', 'Confirmed'), value: day(p.confirmed_on) },
                  { label: t('通知书编号', 'Notice'), value: p.notice_no || '—' },
                  { label: t('送达', 'Served'), value: day(p.served_on) },
                  ...(p.shift_reason
                    ? [{ label: t('从轻或从重', 'Lighter or heavier'), value: p.shift_reason }]
                    : []),
                  { label: t('陈述申辩', 'Defence'), value: p.defence || '—', wide: true },
                  ...(p.void_reason
                    ? [{ label: t('撤销理由', 'Why void'), value: p.void_reason, wide: true }]
                    : []),
                ]}
              />
            </Section>
          </RecordLayout>
          <SanctionForm form={pointSteps[step.subject ?? '']} url={step} id={p.id} />
        </>
      )}
    </Loaded>
  )
}

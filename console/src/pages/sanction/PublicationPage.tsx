import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useT } from '@/i18n/useT'
import { Deadline } from '@/parts/record/Deadline'
import { Facts } from '@/parts/record/Facts'
import { Money } from '@/parts/record/Money'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { useUrlForm } from '@/url/useUrlForm'
import { Clocks, nextClock } from './Clocks'
import { publicationSteps } from './forms'
import { Life } from './Life'
import { Loaded } from './Loaded'
import { SanctionForm } from './SanctionForm'
import { StateOf } from './StateOf'
import { StepButtons } from './StepButtons'
import {
  named,
  type PublicationDetail,
  type PublicMeasure,
  publicationQuery,
  useDictionary,
} from './sanctionApi'

/** One publication, as the public reads it, and who stands behind it. */
export default function PublicationPage() {
  const { id = '' } = useParams({ strict: false })
  const t = useT()
  const words = useDictionary()
  const step = useUrlForm('do')
  return (
    <Loaded query={useQuery(publicationQuery(id))}>
      {(p) => {
        const clock = nextClock(p.clocks)
        return (
          <>
            <RecordLayout
              header={
                <RecordHeader
                  number={p.number}
                  title={p.title}
                  state={<StateOf of="publication" state={p.state} />}
                  deadline={clock && <Deadline from={clock.started_on} due={clock.due_at} />}
                  primary={
                    <StepButtons actions={p.actions} forms={publicationSteps} onStep={step.show} />
                  }
                />
              }
              aside={
                <>
                  <Clocks clocks={p.clocks} />
                  <Life trail={p.trail} steps={words.other_steps} />
                </>
              }
            >
              <PublicFacts p={p} />
              <Section title={t('来源与审批', 'Where from, and by whom')}>
                <Facts
                  facts={[
                    {
                      label: t('来源', 'From'),
                      value:
                        p.kind === 'penalty' ? (
                          <InnerLink to={`/inspection/penalties/${p.record}`}>
                            {t('处罚案件', 'Penalty')}
                          </InnerLink>
                        ) : (
                          <InnerLink to="/inspection/credit?view=blacklist">
                            {t('黑名单', 'Blacklist')}
                          </InnerLink>
                        ),
                    },
                    { label: t('拟稿', 'Proposed by'), value: p.proposed_name || '—' },
                    { label: t('审批', 'Approved by'), value: p.approved_name || '—' },
                    { label: t('批准时间', 'Approved'), value: <When at={p.approved_at} /> },
                  ]}
                />
              </Section>
            </RecordLayout>
            <SanctionForm form={publicationSteps[step.subject ?? '']} url={step} id={p.id} />
          </>
        )
      }}
    </Loaded>
  )
}

/** What the public reads. */
function PublicFacts({ p }: { p: PublicationDetail }) {
  const t = useT()
  const measures = p.measures ?? []
  return (
    <Section title={t('公众看到的', 'What the public reads')}>
      <Facts
        facts={[
          { label: t('名称', 'Name'), value: p.name },
          {
            label: p.kind === 'penalty' ? t('决定书文号', 'Decision number') : t('编号', 'Number'),
            value: p.number,
          },
          { label: t('内容', 'Text'), value: p.text, wide: true },
          ...(measures.length > 0
            ? [
                {
                  label: t('处罚内容', 'Imposed'),
                  value: <Imposed measures={measures} />,
                  wide: true,
                },
              ]
            : []),
          ...(p.basis ? [{ label: t('依据', 'Law'), value: p.basis, wide: true }] : []),
          {
            label: t('决定日期', 'Decided'),
            value: <When at={p.decided_on} precision="date" />,
          },
          ...(p.served_on
            ? [
                {
                  label: t('送达日期', 'Served'),
                  value: <When at={p.served_on} precision="date" />,
                },
              ]
            : []),
          {
            label: t('公示期', 'In public'),
            value: (
              <>
                <When at={p.from_on} precision="date" /> ~ <When at={p.until_on} due />
              </>
            ),
          },
          ...(p.reason
            ? [{ label: t('撤回或不批准理由', 'Reason'), value: p.reason, wide: true }]
            : []),
        ]}
      />
    </Section>
  )
}

/** What a penalty imposes: each measure with its amount, or how long it lasts. */
function Imposed({ measures }: { measures: readonly PublicMeasure[] }) {
  const t = useT()
  const words = useDictionary()
  return measures.map((one, i) => (
    <Fragment key={one.kind}>
      {i > 0 && t('；', '; ')}
      {t(named(words.measures, one.kind))}
      {one.amount_fen > 0 && (
        <>
          {' '}
          <Money fen={one.amount_fen} withUnit />
        </>
      )}
      {one.months > 0 &&
        t(` ${one.months} 个月`, one.months === 1 ? ' 1 month' : ` ${one.months} months`)}
    </Fragment>
  ))
}

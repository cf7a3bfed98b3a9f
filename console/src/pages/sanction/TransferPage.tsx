import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useT } from '@/i18n/useT'
import { mediaOfFile } from '@/parts/media/fileMedia'
import { MediaViewer } from '@/parts/media/MediaViewer'
import { Deadline } from '@/parts/record/Deadline'
import { Facts } from '@/parts/record/Facts'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { useUrlForm } from '@/url/useUrlForm'
import { Clocks, nextClock } from './Clocks'
import { transferSteps } from './forms'
import { Life } from './Life'
import { Loaded } from './Loaded'
import { SanctionForm } from './SanctionForm'
import { StateOf } from './StateOf'
import { StepButtons } from './StepButtons'
import { named, type TransferDetail, transferQuery, useDictionary } from './sanctionApi'

/** One transfer: what went to whom, its receipt and its result. */
export default function TransferPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useQuery(transferQuery(id))}>{(data) => <Transfer detail={data} />}</Loaded>
}

function Transfer({ detail }: { detail: TransferDetail }) {
  const t = useT()
  const words = useDictionary()
  const step = useUrlForm('do')
  const clock = nextClock(detail.clocks)
  const day = (at: string | undefined) => <When at={at} precision="date" />
  return (
    <>
      <RecordLayout
        header={
          <RecordHeader
            number={detail.number}
            title={`${detail.name} → ${t(named(words.agencies, detail.agency))}`}
            state={<StateOf of="transfer" state={detail.state} />}
            deadline={clock && <Deadline from={clock.started_on} due={clock.due_at} />}
            primary={
              <StepButtons actions={detail.actions} forms={transferSteps} onStep={step.show} />
            }
          />
        }
        aside={
          <>
            <Clocks clocks={detail.clocks} />
            <Life trail={detail.trail} steps={words.other_steps} />
          </>
        }
      >
        <Section title={t('移送', 'Transfer')}>
          <Facts
            facts={[
              {
                label: t('对象', 'Subject'),
                value: (
                  <InnerLink to={`/inspection/credit/${detail.subject_id}`}>
                    {detail.name}
                  </InnerLink>
                ),
              },
              { label: t('移送部门', 'To whom'), value: t(named(words.agencies, detail.agency)) },
              { label: t('事项', 'Matter'), value: detail.matter, wide: true },
              {
                label: t('材料清单', 'Materials'),
                value: (detail.materials ?? []).join(t('；', '; ')) || '—',
                wide: true,
              },
              { label: t('移送', 'Sent'), value: day(detail.sent_on) },
              { label: t('回执', 'Receipt'), value: detail.receipt_no || '—' },
              { label: t('回执日期', 'Receipt on'), value: day(detail.receipt_on) },
              { label: t('结果日期', 'Result on'), value: day(detail.result_on) },
              { label: t('结果', 'Result'), value: detail.result || '—', wide: true },
              ...(detail.reason
                ? [{ label: t('说明', 'Note'), value: detail.reason, wide: true }]
                : []),
            ]}
          />
        </Section>
        {(detail.files ?? []).length > 0 && (
          <Section title={t('回执文件', 'Receipt')}>
            <MediaViewer
              media={(detail.files ?? []).map((file) =>
                mediaOfFile(`/api/v1/sanctions/transfers/${detail.id}/files/${file.id}`, file),
              )}
            />
          </Section>
        )}
      </RecordLayout>
      <SanctionForm form={transferSteps[step.subject ?? '']} url={step} id={detail.id} />
    </>
  )
}

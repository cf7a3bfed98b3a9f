import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useT } from '@/i18n/useT'
import { Loaded } from '@/pages/sanction/Loaded'
import { Facts } from '@/parts/record/Facts'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { CampaignLink } from './CampaignLink'
import { DeedTrail } from './DeedTrail'
import { DraftWaits } from './DraftWaits'
import { TypicalForm } from './TypicalForm'
import { saveTypical, type TypicalDetail, typicalOf } from './typicalApi'
import { typicalActs, typicalStates, typicalTones, warningKinds } from './typicalWords'
import { useTypicalActions } from './useTypicalActions'
import { WarnedText } from './WarnedText'

/** A typical case: its text, who may be named in it, and what becomes of it. */
export default function TypicalPage() {
  const { typical } = useParams({ strict: false }) as { typical: string }
  return <Loaded query={useQuery(typicalOf(typical))}>{(of) => <TypicalRecord of={of} />}</Loaded>
}

function TypicalRecord({ of }: { of: TypicalDetail }) {
  const t = useT()
  const changing = useUrlForm('change')
  const actions = useTypicalActions(of, changing.show)
  const { title, text, category, unit, anonymous, revision } = of
  return (
    <>
      <RecordLayout
        header={
          <RecordHeader
            number={of.number}
            title={title}
            state={<StateTag tone={typicalTones[of.state]}>{t(typicalStates[of.state])}</StateTag>}
            {...actions}
          />
        }
        aside={<DeedTrail deeds={of.trail} acts={typicalActs} />}
      >
        {of.waiting && <DraftWaits of={of.waiting} until={t('审定', 'approve it')} />}
        {of.actions.includes('save') && !of.actions.includes('approve') && (
          <Alert
            type="info"
            showIcon
            title={t(
              '写好后送审，由他人在本页审定，才能公布。',
              'Once it is right, hand it in: somebody else approves it on this page; then it can be published.',
            )}
          />
        )}
        {of.warnings.length > 0 && <Warnings of={of} />}
        <Section title={t('案情和处理结果', 'What happened, and what came of it')}>
          <WarnedText
            text={text}
            warnings={of.warnings.filter((warning) => warning.field === 'text')}
          />
        </Section>
        <Section title={t('基本情况', 'Basics')}>
          <TypicalFacts of={of} />
        </Section>
      </RecordLayout>
      <TypicalForm
        name={`campaign.typical.${of.id}.${revision}`}
        url={changing}
        initial={{ title, text, category, anonymous, ...(unit && { unit }) }}
        submit={(body) => saveTypical(of.id, { ...body, revision })}
      />
    </>
  )
}

function Warnings({ of }: { of: TypicalDetail }) {
  const t = useT()
  return (
    <Alert
      type="warning"
      showIcon
      title={t(
        `有 ${of.warnings.length} 处可能写明了是谁`,
        `Somebody may be named (${of.warnings.length})`,
      )}
      description={
        <>
          <div>
            {of.warnings
              .map((warning) => `${t(warningKinds[warning.kind])} ${warning.text}`)
              .join(t('、', ', '))}
          </div>
          <div>
            {t(
              '请改为“张某”“某医院”等写法；确需保留的，审定时要说明理由。系统认不出所有姓名，请通读全文。',
              'Write 张某 or 某医院 instead; what has to stay needs a reason when it is approved. Not every name is recognised: please read the whole text.',
            )}
          </div>
        </>
      }
    />
  )
}

function TypicalFacts({ of }: { of: TypicalDetail }) {
  const t = useT()
  const day = (at: string | undefined) => (at ? <When at={at} precision="date" /> : '—')
  return (
    <Facts
      facts={[
        {
          label: t('专项行动', 'Campaign'),
          value: <CampaignLink id={of.campaign_id} />,
        },
        {
          label: t('违规类别', 'Violation'),
          value: `${of.category} ${t(of.category_name)}`,
        },
        { label: t('涉及机构', 'Institution'), value: of.unit_name || '—' },
        {
          label: t('公布时', 'When published'),
          value: of.anonymous
            ? t('不写机构名称', 'the institution is not named')
            : t('写明机构名称', 'the institution is named'),
        },
        { label: t('起草人', 'Written by'), value: of.writer || '—' },
        { label: t('审定人', 'Approved by'), value: of.approver || '—' },
        { label: t('公布日期', 'Published'), value: day(of.published_at) },
        { label: t('撤下日期', 'Withdrawn'), value: day(of.withdrawn_at) },
      ]}
    />
  )
}

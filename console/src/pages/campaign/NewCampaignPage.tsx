import { useQuery } from '@tanstack/react-query'
import { Form, Segmented } from 'antd'
import { useState } from 'react'
import { useUser } from '@/api/session'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { regionOf } from '@/parts/fields/regionOf'
import { ActionForm } from '@/parts/form/ActionForm'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'
import { useGo } from '@/url/useGo'
import {
  type DraftSource,
  draftCampaign,
  type PlanValues,
  type ReadOut,
  type ReadPlan,
  type Template,
  templates,
  wholeContent,
} from './campaignApi'
import { DocumentChoice } from './DocumentChoice'
import { PlanFields } from './PlanFields'
import { SourcePane } from './SourcePane'
import { TemplateChoice } from './TemplateChoice'

/** What a new campaign begins with. */
interface Begun {
  key: string
  title: string
  content: PlanValues['content']
  source?: DraftSource
  read?: ReadPlan['read']
}

/** Begins a campaign: from a pattern, or from the official document, read and shown beside. */
export default function NewCampaignPage() {
  const t = useT()
  const home = useHomeRegion()
  const [region, setRegion] = useState<string>()
  const [way, setWay] = useState('document')
  const [begun, setBegun] = useState<Begun>()
  const code = region ?? home ?? ''
  const read = ({ text }: ReadOut, plan: ReadPlan, nth: number) =>
    setBegun({
      key: `read.${nth}`,
      title: plan.title,
      content: plan.content,
      source: { text, nth },
      read: plan.read,
    })
  const pick = (template: Template) =>
    setBegun({ key: template.code, title: '', content: template.content })
  return (
    <Page title={t('新建专项', 'New campaign')}>
      {begun ? (
        <PlanDraft key={begun.key} begun={begun} region={code} />
      ) : (
        <div className="qf-stack">
          <Section title={t('在哪里开展', 'Where it is carried out')}>
            <Form layout="vertical">
              <Form.Item
                label={t('地区', 'Region')}
                extra={t(
                  '由这个地区的卫生健康委牵头。',
                  'It is led by the health commission of the region.',
                )}
              >
                <OrgPicker
                  regions
                  label={t('地区', 'Region')}
                  value={code || undefined}
                  onChange={setRegion}
                />
              </Form.Item>
            </Form>
          </Section>
          <Section title={t('从哪里开始', 'What to begin with')}>
            <div className="qf-stack">
              <Segmented
                value={way}
                onChange={setWay}
                options={[
                  { value: 'document', label: t('已印发的方案', 'The plan as issued') },
                  { value: 'template', label: t('模板', 'A pattern') },
                ]}
              />
              {way === 'document' ? (
                <DocumentChoice region={code} onRead={read} />
              ) : (
                <Patterns onPick={pick} />
              )}
            </div>
          </Section>
        </div>
      )}
    </Page>
  )
}

function Patterns({ onPick }: { onPick: (template: Template) => void }) {
  const found = useQuery(templates)
  if (found.error) return <ProblemAlert error={found.error} onRetry={found.refetch} />
  return <TemplateChoice templates={found.data ?? []} onPick={onPick} />
}

/** The region in which the person works. */
function useHomeRegion(): string | undefined {
  return regionOf(useUser()?.path ?? '')
}

function PlanDraft({ begun, region }: { begun: Begun; region: string }) {
  const t = useT()
  const go = useGo()
  const form = (
    <ActionForm<PlanValues, { id: string }>
      name={`campaign.new.${begun.key}`}
      initial={{ title: begun.title, content: wholeContent(begun.content) }}
      submit={(values) => draftCampaign({ ...values, region }, begun.source)}
      submitLabel={t('保存草稿', 'Save the draft')}
      onDone={({ id }) => go(`/campaign/list/${id}`)}
    >
      <PlanFields />
    </ActionForm>
  )
  if (!begun.read || !begun.source) return form
  return (
    <SourcePane text={begun.source.text} read={begun.read}>
      {form}
    </SourcePane>
  )
}

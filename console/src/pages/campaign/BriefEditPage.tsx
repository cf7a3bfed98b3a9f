import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Checkbox, Form, Input } from 'antd'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import { Loaded } from '@/pages/sanction/Loaded'
import type { Schemas } from '@/pages/system/schemas'
import { ActionForm } from '@/parts/form/ActionForm'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'
import { useGo } from '@/url/useGo'
import { BriefBlocks } from './BriefBlocks'
import { type BriefDetail, briefOf, saveBrief } from './briefApi'
import './brief.css'

/** Changes the words of a brief. */
export default function BriefEditPage() {
  const { brief } = useParams({ strict: false }) as { brief: string }
  return <Loaded query={useQuery(briefOf(brief))}>{(of) => <BriefForm of={of} />}</Loaded>
}

type Values = Omit<Schemas['CampaignSaveBriefBody'], 'revision'>

function BriefForm({ of }: { of: BriefDetail }) {
  const t = useT()
  const go = useGo()
  const back = () => go(`/campaign/list/${of.campaign_id}/briefs/${of.id}`)
  return (
    <Page title={t(`修改：${of.title}`, `Change: ${of.title}`)}>
      <ActionForm<Values, BriefDetail>
        name={`campaign.brief.${of.id}.${of.revision}`}
        initial={{ title: of.title, blocks: of.blocks, anew: false }}
        submit={(values) => saveBrief(of.id, { ...values, revision: of.revision })}
        submitLabel={t('保存', 'Save')}
        onDone={back}
        onCancel={back}
      >
        <div className="qf-stack">
          <Section title={t('标题', 'Title')}>
            <Form.Item name="title" label={t('标题', 'Title')} required>
              <Input maxLength={limits.CampaignSaveBriefBody.title} />
            </Form.Item>
          </Section>
          <p className="qf-faint">
            {t(
              '双方括号里是数据的名称，印出来是它的数值。有哪些数据见各节的“插入数据”，中文、英文名称都可以写。',
              'Double brackets hold the name of a figure, in whose place its value is printed. “Put in a figure” lists them; Chinese and English names will do.',
            )}
          </p>
          <BriefBlocks facts={of.facts} />
          <Form.Item
            name="anew"
            valuePropName="checked"
            extra={t(
              '不选时，文中数据仍是起草或上次采用时的数。',
              'Otherwise they stay what they were when they were taken.',
            )}
          >
            <Checkbox>{t('保存时采用现在的数据', 'Take the figures of now')}</Checkbox>
          </Form.Item>
        </div>
      </ActionForm>
    </Page>
  )
}

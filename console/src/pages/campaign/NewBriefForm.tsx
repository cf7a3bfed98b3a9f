import { Form, Input, Radio } from 'antd'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { useGo } from '@/url/useGo'
import type { UrlForm } from '@/url/useUrlForm'
import { type BriefDetail, draftBrief } from './briefApi'
import { briefKinds } from './briefWords'

/** Begins a brief or the summary; the server puts the first text together. */
export function NewBriefForm({ campaign, url }: { campaign: string; url: UrlForm }) {
  const t = useT()
  const go = useGo()
  return (
    <FormDrawer<Schemas['CampaignNewBrief'], BriefDetail>
      name={`campaign.brief.${campaign}`}
      title={t('起草简报或总结', 'Write a brief or the summary')}
      url={url}
      initial={{ kind: 'brief' }}
      submit={(body) => draftBrief(campaign, body)}
      submitLabel={t('生成初稿', 'Put a first text together')}
      onDone={(brief) => go(`/campaign/list/${campaign}/briefs/${brief.id}`)}
    >
      <Form.Item name="kind" label={t('种类', 'Kind')} required>
        <Radio.Group
          options={Object.entries(briefKinds).map(([value, name]) => ({ value, label: t(name) }))}
        />
      </Form.Item>
      <Form.Item
        name="title"
        label={t('标题', 'Title')}
        required
        extra={t('简报的期号在印发时由系统编排。', 'A brief gets its number when it is issued.')}
      >
        <Input maxLength={limits.CampaignNewBrief.title} />
      </Form.Item>
    </FormDrawer>
  )
}

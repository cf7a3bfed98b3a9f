import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Section } from '@/parts/record/Section'
import { type CampaignDetail, sourceOf } from './campaignApi'
import { spansOf } from './marks'
import { SourceText } from './SourceText'

/** The document from which a campaign was drafted: open beside a draft, to be opened later on. */
export function CampaignSource({ campaign }: { campaign: CampaignDetail }) {
  const t = useT()
  const [open, setOpen] = useState(campaign.state === 'draft')
  return (
    <Section title={t('来源文件', 'Source document')}>
      <div className="qf-stack">
        <p className="qf-faint">
          {t(
            '方案起草时识别的原文，标出的是采用的内容；以后调整方案，原文不变。',
            'The text from which the plan was drafted; what was taken is marked. It stays as it was, however the plan is amended.',
          )}
        </p>
        <div>
          <Button aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t('收起原文', 'Hide the text') : t('查看原文', 'Show the text')}
          </Button>
        </div>
        {open && <Whole id={campaign.id} />}
      </div>
    </Section>
  )
}

function Whole({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(sourceOf(id))
  if (error) return <ProblemAlert error={error} onRetry={refetch} />
  if (!data) return <Skeleton active />
  return <SourceText text={data.text} spans={spansOf(data.read, undefined)} at={undefined} />
}

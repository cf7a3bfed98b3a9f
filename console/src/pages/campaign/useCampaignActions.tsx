import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { useGo } from '@/url/useGo'
import { type CampaignDetail, stepCampaign } from './campaignApi'
import { StartCampaign } from './StartCampaign'
import { stepNames } from './words'

type Step = 'start' | 'close' | 'reopen' | 'drop'

const steps: Step[] = ['start', 'close', 'reopen', 'drop']

/** What the person may do with a campaign: the next step first, everything else beside it. */
export function useCampaignActions(campaign: CampaignDetail): {
  primary: ReactNode
  more: ReactNode
} {
  const t = useT()
  const go = useGo()
  const [asked, setAsked] = useState<Step>()
  const may = steps.filter((step) => campaign.actions.includes(step))
  const next = campaign.state === 'draft' ? 'start' : undefined
  const edits = campaign.actions.includes('save') || campaign.actions.includes('amend')
  const button = (step: Step) => (
    <Button
      key={step}
      type={step === next ? 'primary' : 'default'}
      danger={step === 'drop'}
      onClick={() => setAsked(step)}
    >
      {t(stepNames[step])}
    </Button>
  )
  return {
    primary: next && may.includes(next) && button(next),
    more: (
      <>
        {campaign.state !== 'draft' && (
          <Button onClick={() => go(`/campaign/list/${campaign.id}/returns`)}>
            {t('报表', 'Returns')}
          </Button>
        )}
        {edits && (
          <Button onClick={() => go(`/campaign/list/${campaign.id}/plan`)}>
            {campaign.state === 'draft'
              ? t('修改方案', 'Change the plan')
              : t('调整方案', 'Amend the plan')}
          </Button>
        )}
        {may.filter((step) => step !== next).map(button)}
        {asked === 'start' && <StartCampaign of={campaign} onClose={() => setAsked(undefined)} />}
        {asked && asked !== 'start' && (
          <ConfirmReason
            name={`campaign.${asked}.${campaign.id}`}
            title={t(stepNames[asked])}
            question={questionOf(asked, t)}
            reason="required"
            danger={asked === 'drop'}
            confirm={async (reason) => {
              await stepCampaign(campaign.id, asked, reason)
            }}
            onClose={() => setAsked(undefined)}
          />
        )}
      </>
    ),
  }
}

function questionOf(step: Exclude<Step, 'start'>, t: ReturnType<typeof useT>): string {
  switch (step) {
    case 'close':
      return t('确认专项行动已经结束？', 'Is the campaign over?')
    case 'reopen':
      return t('重新启动这次专项行动？', 'Begin this campaign again?')
    default:
      return t('取消后不能恢复。', 'A campaign that is dropped does not come back.')
  }
}

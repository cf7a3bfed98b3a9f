import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Modal, Radio } from 'antd'
import { useState } from 'react'
import { type ApiProblem, asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { pathOf } from '@/parts/form/placeErrors'
import { InnerLink } from '@/url/InnerLink'
import { writeParams } from '@/url/params'
import { type CampaignDetail, type Past, stepCampaign } from './campaignApi'

/** Asks before a campaign starts: what is missing, and what becomes of days that are over. */
export function StartCampaign({ of, onClose }: { of: CampaignDetail; onClose: () => void }) {
  const t = useT()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<ApiProblem>()
  const [past, choose] = useState<Past>()
  const { mutate, isPending } = useMutation({
    mutationFn: () => stepCampaign(of.id, 'start', '', past),
    onSuccess: async () => {
      await queries.invalidateQueries()
      onClose()
    },
    onError: (error) => setAsked(asProblem(error)),
  })
  const over = asked?.errors.some(aboutPast) ?? false
  return (
    <Modal
      open
      title={t('启动', 'Start')}
      onCancel={onClose}
      destroyOnHidden
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t('取消', 'Cancel')}
        </Button>,
        <Button
          key="start"
          type="primary"
          loading={isPending}
          disabled={over && !past}
          onClick={() => mutate()}
        >
          {t('确定', 'Confirm')}
        </Button>,
      ]}
    >
      <p>
        {t(
          '启动后，本地区的单位都能看到方案，公众网站立即公示名称、目标、阶段和覆盖率。之后的调整要写明原因，公众也能看到何时调整过。',
          'Once it runs every unit of the region sees the plan, and the public page shows its name, goal, stages and coverage at once. Amending it needs a reason, and the public sees when that was done.',
        )}
      </p>
      {asked && !over && <Missing problem={asked} campaign={of.id} />}
      {asked && over && (
        <>
          <Alert
            type="warning"
            showIcon
            role="alert"
            title={t('这些期限已经过去', 'These days are over')}
            description={<Places problem={asked} campaign={of.id} />}
          />
          <Radio.Group
            className="qf-start-past"
            value={past}
            onChange={(event) => choose(event.target.value)}
            options={[
              {
                value: 'leave',
                label: t('不再要求（没有人因此逾期）', 'Leave them: nobody is late'),
              },
              {
                value: 'owe',
                label: t('仍然要求（启动即逾期）', 'Ask for them all the same: late at once'),
              },
            ]}
          />
        </>
      )}
    </Modal>
  )
}

function aboutPast(error: { location: string }): boolean {
  return pathOf(error.location).join() === 'past'
}

/** What keeps it from starting, each with the way to its place in the plan. */
function Missing({ problem, campaign }: { problem: ApiProblem; campaign: string }) {
  const t = useT()
  if (problem.errors.length === 0) return <ProblemAlert error={problem} />
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('还缺以下内容，补齐后再启动', 'Something is lacking before it can start')}
      description={<Places problem={problem} campaign={campaign} />}
    />
  )
}

function Places({ problem, campaign }: { problem: ApiProblem; campaign: string }) {
  return (
    <ul className="qf-start-places">
      {problem.errors
        .filter((error) => !aboutPast(error))
        .map((error) => (
          <li key={error.location + error.message}>
            <InnerLink
              to={`/campaign/list/${campaign}/plan${writeParams({ at: pathOf(error.location).join('.') })}`}
            >
              {error.message}
            </InnerLink>
          </li>
        ))}
    </ul>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Progress, Skeleton } from 'antd'
import { useT } from '@/i18n/useT'
import { useWords } from '@/pages/org/dictionaries'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { StatNumber } from '@/parts/record/StatNumber'
import { StatRow } from '@/parts/record/StatRow'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { writeParams } from '@/url/params'
import { type Coverage, coverageOf } from './campaignApi'
import { kindsText } from './kindsText'
import { percentOf } from './percent'
import './campaign.css'

/** How many institutions were inspected, by district and kind, against the milestones. */
export function CampaignCoverage({ id }: { id: string }) {
  const t = useT()
  const found = useQuery(coverageOf(id))
  if (found.error) return <ProblemAlert error={found.error} onRetry={found.refetch} />
  if (!found.data) return <Skeleton active />
  const { all, regions, kinds, milestones, plans, on, by_name } = found.data
  const rows = (narrow: object) => `/campaign/list/${id}/institutions${writeParams({ ...narrow })}`
  return (
    <Section title={t(`机构覆盖（截至 ${on}）`, `Institutions covered (as of ${on})`)}>
      <StatRow>
        <StatNumber label={t('应查机构', 'In scope')} value={all.in_scope} to={rows({})} />
        <StatNumber
          label={t('已查机构', 'Inspected')}
          value={all.inspected}
          to={by_name ? rows({ inspected: 'yes' }) : undefined}
        />
        <StatNumber
          label={t('未查机构', 'Not yet')}
          value={all.in_scope - all.inspected}
          to={by_name ? rows({ inspected: 'no' }) : undefined}
        />
        <StatNumber label={t('覆盖率', 'Coverage')} value={percentOf(all)} />
      </StatRow>
      <Milestones milestones={milestones} />
      {plans.length > 1 && <Plans plans={plans} />}
      <Bars title={t('按地区', 'By region')} of={regions} to={(region) => rows({ region })} />
      <Bars title={t('按类别', 'By kind')} of={kinds} to={(kind) => rows({ kind })} />
    </Section>
  )
}

function Bars(props: { title: string; of: Coverage['regions']; to: (key: string) => string }) {
  return (
    <>
      <h3>{props.title}</h3>
      {props.of.map((one) => (
        <div key={one.key} className="qf-cover-row">
          <InnerLink to={props.to(one.key)}>{one.name}</InnerLink>
          <Progress
            percent={one.in_scope ? Math.floor((100 * one.inspected) / one.in_scope) : 0}
            showInfo={false}
            aria-label={one.name}
          />
          <span>
            {one.inspected} / {one.in_scope} <span className="qf-faint">{percentOf(one)}</span>
          </span>
        </div>
      ))}
    </>
  )
}

function Milestones({ milestones }: { milestones: Coverage['milestones'] }) {
  const t = useT()
  const words = useWords()
  if (milestones.length === 0) return null
  return (
    <>
      <h3>{t('节点', 'Milestones')}</h3>
      {milestones.map((one) => (
        <div key={`${one.due} ${one.percent} ${one.kinds.join()}`} className="qf-cover-row">
          <span>{one.due}</span>
          <span>
            {t(`覆盖 ${one.percent}%`, `${one.percent}% covered`)}{' '}
            <span className="qf-faint">{kindsText(one.kinds, words, t)}</span>
          </span>
          <span>
            {one.inspected} / {one.in_scope}{' '}
            <StateTag tone={one.met ? 'good' : one.past ? 'bad' : 'neutral'}>
              {one.met
                ? t('已达到', 'Met')
                : one.past
                  ? t('未达到', 'Missed')
                  : t('未到期', 'Not due')}
            </StateTag>{' '}
            {one.later && (
              <span className="qf-faint">
                {t(
                  `含到期后补录：${one.later.inspected} / ${one.later.in_scope}`,
                  `with what was entered later: ${one.later.inspected} / ${one.later.in_scope}`,
                )}
              </span>
            )}
          </span>
        </div>
      ))}
    </>
  )
}

/** The plan as it started and was amended: what is due is judged by the plan of its day. */
function Plans({ plans }: { plans: Coverage['plans'] }) {
  const t = useT()
  const words = useWords()
  const goals = (at: number) =>
    (plans[at]?.milestones ?? []).map((one) => {
      const kinds = one.kinds.length > 0 ? ` ${kindsText(one.kinds, words, t)}` : ''
      return t(
        `${one.due || '…'} 前覆盖 ${one.percent}%${kinds}`,
        `${one.percent}% by ${one.due || '…'}${kinds}`,
      )
    })
  return (
    <>
      <h3>{t('历次方案', 'The plan and its amendments')}</h3>
      <p className="qf-faint">
        {t(
          '到期的节点按当时的方案评判，以后调整方案不改变结果；公众也能看到。',
          'What was due is judged by the plan of that day, and no later amendment changes it. The public sees this, too.',
        )}
      </p>
      {plans.map((plan, at) => {
        const same = at > 0 && demands(plan) === demands(plans[at - 1])
        return (
          <div key={plan.since ?? at} className="qf-plan-version">
            <When at={plan.since} precision="date" />
            <span>{at === 0 ? t('启动', 'Started') : t('调整', 'Amended')}</span>
            <span>
              {same
                ? t('节点未变', 'the same milestones')
                : goals(at).join(t('；', '; ')) || t('没有节点', 'no milestones')}
            </span>
          </div>
        )
      })}
    </>
  )
}

/** What a version of the plan demands, to be compared: words name the first kinds alone. */
const demands = (plan?: Coverage['plans'][number]) =>
  JSON.stringify(plan?.milestones.map((one) => [one.due, one.percent, one.kinds]))

import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useT } from '@/i18n/useT'
import { StatNumber } from '@/parts/record/StatNumber'
import { StatRow } from '@/parts/record/StatRow'
import { InnerLink } from '@/url/InnerLink'
import { campaignOf } from './campaignApi'
import type { SelfProgress } from './selfcheckApi'
import './selfcheck.css'

interface SelfCountsProps {
  id: string
  progress: SelfProgress
}

/** Which campaign it is, until when, and the numbers; each leads to its institutions. */
export function SelfCounts({ id, progress }: SelfCountsProps) {
  const t = useT()
  const { all, over, stage, until, checklist, lines } = progress
  const { data } = useQuery(campaignOf(id))
  const at = (query: string) => `/campaign/list/${id}/selfcheck${query}`
  const missing = all.due - all.done
  return (
    <div className="qf-stack qf-round-head">
      <p className="qf-faint qf-campaign-line">
        {data && <InnerLink to={`/campaign/list/${id}`}>{data.title}</InnerLink>}
        {' · '}
        {t(`“${stage}”阶段，截止 ${until}`, `Stage “${stage}”, until ${until}`)}
        {' · '}
        {checklist.id
          ? t(
              `清单：${checklist.name.zh}（第 ${checklist.version} 版，${lines.length} 项）`,
              `Checklist: ${checklist.name.en} (version ${checklist.version}, ${lines.length} lines)`,
            )
          : t(`清单：${lines.length} 项`, `Checklist: ${lines.length} lines`)}
      </p>
      {over && missing > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t(
            `自查已于 ${until} 截止，还有 ${missing} 家没有提交，链接已打不开。`,
            `It ended on ${until}; ${missing} institutions sent nothing, and the links open nothing.`,
          )}
        />
      )}
      <StatRow>
        <StatNumber label={t('应自查', 'Asked')} value={all.due} to={at('')} />
        <StatNumber label={t('已自查', 'Sent')} value={all.done} to={at('?state=done')} />
        <StatNumber label={t('填写中', 'Begun')} value={all.begun} to={at('?state=begun')} />
        <StatNumber
          label={over ? t('逾期未交', 'Overdue') : t('未自查', 'Not yet')}
          value={missing}
          to={at('?state=due')}
          tone={over && missing > 0 ? 'bad' : 'plain'}
        />
        <StatNumber
          label={t('链接已停用', 'Link revoked')}
          value={all.revoked}
          to={at('?state=revoked')}
        />
        <StatNumber
          label={t('发现问题', 'Problems')}
          value={all.problems}
          to="/inspection/problems?source=self"
          note={t(`其中已整改 ${all.corrected} 个`, `${all.corrected} put right at once`)}
        />
      </StatRow>
    </div>
  )
}

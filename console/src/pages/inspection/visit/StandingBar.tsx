import { Button, Input } from 'antd'
import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'
import { standings } from './standings'
import { useOnline } from './useOnline'
import { nextVersion, type Visit } from './visit'

interface StandingBarProps {
  visit: Visit
  onReady: () => void
  onResume: () => void
  onHandIn: () => void
  change: (part: Partial<Visit>) => void
}

/** Where the visit stands, always in sight, and what can be done with it as a whole. */
export function StandingBar({ visit, onReady, onResume, onHandIn, change }: StandingBarProps) {
  const t = useT()
  const online = useOnline()
  const { tone, says } = standings[visit.standing]
  const open = visit.standing === 'kept' || visit.standing === 'refused'
  return (
    <div className="qf-visit-bar">
      <div className="qf-visit-state" role="status">
        <StateTag tone={tone}>{t(says)}</StateTag>
        {!online && <StateTag tone="warn">{t('没有网络', 'No network')}</StateTag>}
        {visit.complaint && <span>{visit.complaint}</span>}
      </div>
      {open && visit.basedOn > 0 && (
        <Input
          value={visit.reason}
          aria-label={t('更正原因', 'Why it is corrected')}
          placeholder={t('更正原因', 'Why it is corrected')}
          maxLength={500}
          onChange={({ target }) => change({ reason: target.value })}
        />
      )}
      {open && (
        <Button type="primary" block onClick={onReady}>
          {t('提交现场记录', 'Hand in')}
        </Button>
      )}
      {visit.standing === 'waiting' && (
        <div className="qf-visit-choices">
          <Button onClick={onResume}>{t('继续修改', 'Go on editing')}</Button>
          <Button type="primary" onClick={onHandIn}>
            {t('现在上传', 'Send now')}
          </Button>
        </div>
      )}
      {visit.standing === 'sent' && (
        <Button
          onClick={() => change({ ...nextVersion(visit, visit.basedOn, ''), standing: 'kept' })}
        >
          {t('更正', 'Correct it')}
        </Button>
      )}
    </div>
  )
}

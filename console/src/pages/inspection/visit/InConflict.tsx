import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { When } from '@/parts/record/When'
import { visitsQuery } from '../inspectionApi'
import { VisitView } from './VisitView'
import { dropVisit, nextVersion, type Visit } from './visit'

interface InConflictProps {
  owner: string
  visit: Visit
  change: (part: Partial<Visit>) => void
  handIn: () => void
}

/** Both versions, what is there above and what is on the phone below, and what can be done. */
export function InConflict({ owner, visit, change, handIn }: InConflictProps) {
  const t = useT()
  const [reason, setReason] = useState(visit.reason)
  const id = visit.task.id
  const versions = useQuery(visitsQuery(id))
  const there = versions.data?.[0]
  const handInNext = () => {
    const after = there?.number ?? visit.there?.number ?? visit.basedOn
    change({ ...nextVersion(visit, after, reason.trim()), standing: 'waiting' })
    setTimeout(handIn)
  }
  const takeTheirs = async () => {
    await dropVisit(owner, id)
    globalThis.location.reload()
  }
  return (
    <>
      <Alert
        type="error"
        showIcon
        title={t(
          '服务器上已有另一份现场记录，您填写的仍在手机上',
          'Another visit is on the server; yours is still on this phone',
        )}
        description={
          <>
            {visit.there?.by_name}，<When at={visit.there?.received_at} />
          </>
        }
      />
      {versions.error && <ProblemAlert error={versions.error} onRetry={versions.refetch} />}
      {there && (
        <>
          <h2>{t('服务器上的', 'On the server')}</h2>
          <VisitView visit={there} team={visit.task.team} />
        </>
      )}
      <div className="qf-visit-choices">
        <Input
          value={reason}
          maxLength={500}
          aria-label={t('为什么用我的', 'Why mine')}
          placeholder={t('为什么用我的', 'Why mine')}
          onChange={({ target }) => setReason(target.value)}
        />
        <Button type="primary" disabled={reason.trim() === '' || !there} onClick={handInNext}>
          {t('用我的，作为新一版提交', 'Hand in mine as a new version')}
        </Button>
        <Popconfirm
          title={t(
            '手机上填写的会被删除，不能恢复。',
            'What you filled in on this phone is deleted for good.',
          )}
          okText={t('删去', 'Drop it')}
          onConfirm={takeTheirs}
        >
          <Button danger disabled={!there}>
            {t('用已有的，删去手机上的', 'Keep what is there, drop mine')}
          </Button>
        </Popconfirm>
      </div>
      <h2>{t('手机上的（我填写的）', 'On this phone: mine')}</h2>
    </>
  )
}

import { Alert } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { standings } from './standings'
import { takePack, useHandIn } from './useVisit'
import { keptVisits, onVisits, type Pack, type PackedTask, type Visit } from './visit'
import '@/parts/list/list.css'

interface KeptVisitsProps {
  owner: string
  online: boolean
}

/**
 * What this phone has: without a network the open inspections that were taken along, with one
 * the visits that the server does not have yet.
 */
export function KeptVisits({ owner, online }: KeptVisitsProps) {
  const t = useT()
  const { visits, pack, error } = useKept(owner)
  useHandIn(owner)
  const unsent = visits.filter(({ standing }) => standing !== 'sent')
  const tasks = online ? unsent.map(({ task }) => task) : takenAlong(pack, unsent)
  if (online && tasks.length === 0) return null
  if (!online && error !== undefined) return <ProblemAlert error={error} />
  return (
    <div className="qf-stack">
      {!online && (
        <Alert
          type="info"
          showIcon
          title={t(
            '没有网络：这里是已带在手机上的检查，可以照常填写，联网后自动上传。',
            'No network: these inspections are on this phone. Fill them in as ever; they are sent once there is a network.',
          )}
        />
      )}
      <Section title={t('手机上的现场记录', 'Visits on this phone')}>
        <ul className="qf-cards">
          {tasks.map((task) => (
            <KeptTask
              key={task.id}
              task={task}
              visit={visits.find((one) => one.task.id === task.id)}
            />
          ))}
        </ul>
        {tasks.length === 0 && t('没有带在手机上的检查', 'No inspection is on this phone')}
      </Section>
    </div>
  )
}

function KeptTask({ task, visit }: { task: PackedTask; visit: Visit | undefined }) {
  const t = useT()
  const standing = visit && standings[visit.standing]
  return (
    <li className="qf-card">
      <div className="qf-card-head">
        <InnerLink to={`/inspection/visit/${task.id}`}>{task.target_name}</InnerLink>
        {standing ? (
          <StateTag tone={standing.tone}>{t(standing.says)}</StateTag>
        ) : (
          <StateTag>{t('未开始', 'Not begun')}</StateTag>
        )}
      </div>
      <dl>
        <div>
          <dt>{t('方式', 'Kind')}</dt>
          <dd>{t(task.kind)}</dd>
        </div>
        <div>
          <dt>{t('检查期限', 'Due')}</dt>
          <dd>
            <When at={task.due_at} due />
          </dd>
        </div>
      </dl>
    </li>
  )
}

/** The open inspections, and those whose visit waits although they are open no more. */
function takenAlong(pack: Pack | undefined, unsent: Visit[]): PackedTask[] {
  const open = pack?.tasks ?? []
  const others = unsent.filter(({ task }) => !open.some(({ id }) => id === task.id))
  return [...others.map(({ task }) => task), ...open]
}

/** What is kept of a person, renewed whenever a visit is. */
function useKept(owner: string) {
  const [visits, setVisits] = useState<Visit[]>([])
  const [pack, setPack] = useState<Pack>()
  const [error, setError] = useState<unknown>()
  const look = useCallback(() => void keptVisits(owner).then(setVisits, setError), [owner])
  useEffect(() => {
    look()
    takePack(owner).then(setPack, setError)
    return onVisits(look)
  }, [owner, look])
  return { visits, pack, error }
}

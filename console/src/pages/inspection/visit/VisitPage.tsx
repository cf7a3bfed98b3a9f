import { useParams } from '@tanstack/react-router'
import { Alert, ConfigProvider, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { prepareOffline } from '@/api/offline'
import { useUser } from '@/api/session'
import { useT } from '@/i18n/useT'
import { AnswerForm } from '@/parts/answer/AnswerForm'
import { check } from '@/parts/answer/check'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { SuppliesProvider } from '@/parts/fields/supplies'
import { Page } from '@/parts/Page'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { InConflict } from './InConflict'
import { PhotosField } from './PhotosField'
import { PlaceFields } from './PlaceFields'
import { ProblemsField, pastDue } from './ProblemsField'
import { SignaturesField } from './SignaturesField'
import { StandingBar } from './StandingBar'
import { useSuppliesOf } from './useSuppliesOf'
import { type Change, useHandIn, useVisit } from './useVisit'
import { edited, hasSigned, isOverdue, type Pack, type Visit } from './visit'
import './visit.css'

/** One inspection on the spot, on a phone, with a network or without. */
export default function VisitPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const user = useUser()
  useEffect(() => {
    if (user) prepareOffline(user)
  }, [user])
  return user ? <VisitOf key={id} owner={user.id} task={id} /> : null
}

function VisitOf({ owner, task }: { owner: string; task: string }) {
  const t = useT()
  const { visit, pack, error, change, load } = useVisit(owner, task)
  const handIn = useHandIn(owner)
  if (!visit) {
    if (error) return <ProblemAlert error={error} onRetry={load} />
    if (!pack) return <Skeleton active />
    return (
      <Alert
        type="warning"
        showIcon
        title={t('这项检查不在您的待办中', 'This inspection is not among your open ones')}
        description={t(
          '可能已录入结果，或已换由他人检查。',
          'It may have a result by now, or somebody else inspects it.',
        )}
      />
    )
  }
  return (
    <ConfigProvider componentSize="large">
      <Page title={visit.task.target_name}>
        <div className="qf-stack qf-visit">
          {error !== undefined && <ProblemAlert error={error} />}
          <Filled owner={owner} visit={visit} pack={pack} change={change} handIn={handIn} />
        </div>
      </Page>
    </ConfigProvider>
  )
}

interface FilledProps {
  owner: string
  visit: Visit
  pack: Pack | undefined
  change: (part: Change) => void
  handIn: () => void
}

function Filled({ owner, visit, pack, change, handIn }: FilledProps) {
  const t = useT()
  const [strict, setStrict] = useState(false)
  const open = visit.standing === 'kept' || visit.standing === 'refused'
  const edit = (part: Partial<Visit>) => change((now) => edited(now, part))
  const lacking = lacksOf(visit, owner, t)
  const supplies = useSuppliesOf(visit, pack, change)
  const ready = () => {
    if (lacking.length > 0) return setStrict(true)
    change({ standing: 'waiting', endedAt: new Date().toISOString(), complaint: undefined })
    // What waits is on the disk before it is sent.
    setTimeout(handIn)
  }
  return (
    <>
      <StandingBar
        visit={visit}
        onReady={ready}
        onResume={() => change({ standing: 'kept' })}
        onHandIn={handIn}
        change={change}
      />
      {visit.standing === 'conflict' && (
        <InConflict owner={owner} visit={visit} change={change} handIn={handIn} />
      )}
      {strict && open && lacking.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t('还不能提交', 'It cannot be handed in yet')}
          description={lacking.join('；')}
        />
      )}
      <Section title={t('任务', 'Task')}>
        <Facts
          facts={[
            { label: t('任务号', 'Number'), value: visit.task.number },
            { label: t('检查方式', 'Kind'), value: t(visit.task.kind) },
            { label: t('许可证号', 'Licence'), value: visit.task.licence || '—' },
            { label: t('检查期限', 'Due'), value: <When at={visit.task.due_at} due /> },
            { label: t('事项', 'Items'), value: visit.task.items?.join('；') || '—', wide: true },
          ]}
        />
      </Section>
      {visit.form && (
        <SuppliesProvider value={supplies}>
          <AnswerForm
            schema={visit.form.document}
            value={visit.answers}
            onChange={(answers) => edit({ answers })}
            readOnly={!open}
            strict={strict}
          />
        </SuppliesProvider>
      )}
      <fieldset disabled={!open} className="qf-visit-parts">
        <PhotosField
          photos={visit.photos}
          disabled={!open}
          onChange={(photos) => edit({ photos })}
        />
        <ProblemsField
          found={visit.problems}
          violations={pack?.violations ?? []}
          disabled={!open}
          onChange={(problems) => edit({ problems })}
        />
        <PlaceFields visit={visit} disabled={!open} onChange={edit} />
        <SignaturesField
          team={visit.task.team ?? []}
          me={owner}
          signed={visit.signatures}
          disabled={!open}
          unsigned={visit.unsigned === true}
          onChange={(signatures) => edit({ signatures })}
        />
      </fieldset>
    </>
  )
}

/** What has to be filled in before the visit can be handed in. */
function lacksOf(visit: Visit, owner: string, t: ReturnType<typeof useT>): string[] {
  const lacks: string[] = []
  if (visit.form && check(visit.form.document, visit.answers).complaints.length > 0) {
    lacks.push(
      t('检查表没有填完或有误', 'the checklist is not complete, or something in it is wrong'),
    )
  }
  if (visit.problems.some((one) => !one.category || one.text.trim().length < 5)) {
    lacks.push(
      t(
        '每个问题须有类别和至少5个字的描述',
        'each problem has a category and at least 5 characters',
      ),
    )
  }
  if (visit.problems.some(isOverdue)) lacks.push(t(pastDue))
  if (Object.values(visit.signatures).filter(hasSigned).length < 2) {
    lacks.push(t('须有两名检查人员签名', 'two inspectors have to sign'))
  }
  lacks.push(...wrongNames(visit, owner, t))
  if (visit.basedOn > 0 && visit.reason.trim() === '') {
    lacks.push(t('请写明更正原因', 'say why it is corrected'))
  }
  return lacks
}

/** What is wrong with names that are typed in place of signatures. */
function wrongNames(visit: Visit, owner: string, t: ReturnType<typeof useT>): string[] {
  return Object.entries(visit.signatures).flatMap(([who, { name }]) => {
    const member = visit.task.team?.find(({ officer_id }) => officer_id === who)
    if (name === undefined) return []
    if (member?.staff_id !== owner) {
      return [
        t(
          '输入姓名只能代表本人，另一名检查人员请手写签名',
          'a name typed is only the own; have the other inspector draw',
        ),
      ]
    }
    const right = name.trim() === member.name
    return right
      ? []
      : [t('输入的姓名须与检查人员一致', 'a name typed must be that of the inspector')]
  })
}

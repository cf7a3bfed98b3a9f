import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { NodeName } from '@/parts/fields/NodeName'
import { Page } from '@/parts/Page'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { EventLine } from './EventLine'
import { type Monitor, monitorQuery } from './inspectionApi'
import { MonitorForm } from './MonitorForm'
import { MonitorLink } from './MonitorLink'
import { LinkState, TrainingState } from './MonitorState'
import { RecusalTable } from './RecusalTable'

/** One social supervisor: appointment, training, personal link. */
export default function MonitorPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const monitor = useQuery(monitorQuery(id))
  if (monitor.error) return <ProblemAlert error={monitor.error} onRetry={monitor.refetch} />
  if (!monitor.data) return <Skeleton active />
  return <MonitorView monitor={monitor.data} />
}

function MonitorView({ monitor }: { monitor: Monitor }) {
  const t = useT()
  return (
    <Page title={monitor.name} actions={<MonitorActions monitor={monitor} />}>
      <div className="qf-stack">
        <Section
          title={t('名册', 'On record')}
          extra={
            <StateTag tone={monitor.active ? 'good' : 'neutral'}>
              {monitor.active ? t('在任', 'Appointed') : t('离任', 'Left')}
            </StateTag>
          }
        >
          <Facts
            facts={[
              { label: t('身份', 'Walk of life'), value: monitor.walk },
              { label: t('手机号', 'Telephone'), value: monitor.phone },
              {
                label: t('监督区域', 'Where they visit'),
                value: monitor.districts.map((code) => <NodeName key={code} node={code} />),
              },
              { label: t('聘请单位', 'Recruited by'), value: monitor.recruited_by },
              {
                label: t('聘请日期', 'Recruited on'),
                value: <When at={monitor.recruited_on} precision="date" />,
              },
              { label: t('培训', 'Training'), value: <TrainingState one={monitor} /> },
              { label: t('培训内容', 'Trained in'), value: monitor.training || '—' },
              {
                label: t('聘期自', 'Term from'),
                value: <When at={monitor.term_from} precision="date" />,
              },
              {
                label: t('聘期至', 'Term until'),
                value: <When at={monitor.term_until} precision="date" />,
              },
              ...(monitor.reason
                ? [{ label: t('离任原因', 'Why they left'), value: monitor.reason, wide: true }]
                : []),
            ]}
          />
        </Section>
        <LinkSection monitor={monitor} />
        <Section title={t('回避', 'Recusals')}>
          <RecusalTable recusals={monitor.recusals ?? []} of="target_name" />
        </Section>
        <Section title={t('经过', 'History')}>
          <EventLine events={monitor.events ?? []} names={monitor.names} />
        </Section>
      </div>
    </Page>
  )
}

function LinkSection({ monitor }: { monitor: Monitor }) {
  const t = useT()
  const { link } = monitor
  return (
    <Section title={t('个人链接', 'Personal link')} extra={<LinkState one={monitor} />}>
      {link ? (
        <Facts
          facts={[
            { label: t('发放', 'Given'), value: <When at={link.made_at} /> },
            {
              label: t('首次打开', 'First opened'),
              value: link.chosen_at ? <When at={link.chosen_at} /> : '—',
            },
            {
              label: t('最近登录', 'Last signed in'),
              value: link.last_at ? <When at={link.last_at} /> : '—',
            },
            ...(link.ended_at
              ? [{ label: t('停用', 'Ended'), value: <When at={link.ended_at} /> }]
              : []),
          ]}
        />
      ) : (
        t(
          '还没有发放。发放后当面交给本人扫码。',
          'None was given yet. Have the person scan it in your presence.',
        )
      )}
    </Section>
  )
}

type Asked = 'link' | 'end' | 'active'

function MonitorActions({ monitor }: { monitor: Monitor }) {
  const t = useT()
  const changing = useUrlForm('monitor')
  const [asked, setAsked] = useState<Asked>()
  const [given, setGiven] = useState<Schemas['InspectionPersonalLink']>()
  const params = { path: { id: monitor.id } }
  const linked = monitor.link && !monitor.link.ended_at
  const labels: Record<Asked, string> = {
    link: linked ? t('换发链接', 'Replace the link') : t('发放链接', 'Give a link'),
    end: t('停用链接', 'End the link'),
    active: monitor.active ? t('离任', 'Has left') : t('恢复', 'Take in again'),
  }
  const questions: Record<Asked, string> = {
    link: t(
      '生成新的个人链接，只显示一次；原来的链接马上失效。',
      'A new personal link is made and shown once; the old one ends at once.',
    ),
    end: t(
      '链接马上失效，正在使用的也会退出。',
      'It opens nothing any more, and whoever is inside is signed out.',
    ),
    active: monitor.active
      ? t(
          '离任的人不能再指派，个人链接同时失效。',
          'Who has left is not assigned, and the link ends.',
        )
      : t('恢复后须重新发放个人链接。', 'A personal link has to be given anew.'),
  }
  const confirm = async (reason: string) => {
    if (asked === 'link') {
      setGiven(await read(api.POST('/api/v1/inspection/monitors/{id}/link', { params })))
    } else if (asked === 'end') {
      await read(
        api.POST('/api/v1/inspection/monitors/{id}/link/end', { params, body: { reason } }),
      )
    } else {
      const body = { active: !monitor.active, reason }
      await read(api.POST('/api/v1/inspection/officers/{id}/active', { params, body }))
    }
  }
  return (
    <>
      <Button onClick={() => setAsked('active')}>{labels.active}</Button>
      {linked && <Button onClick={() => setAsked('end')}>{labels.end}</Button>}
      <Button onClick={() => changing.show()}>{t('修改', 'Change')}</Button>
      {monitor.active && (
        <Button type="primary" onClick={() => setAsked('link')}>
          {labels.link}
        </Button>
      )}
      <MonitorForm url={changing} monitor={monitor} />
      {asked && (
        <ConfirmReason
          name={`inspection.monitor.${asked}.${monitor.id}`}
          title={labels[asked]}
          question={questions[asked]}
          reason={asked === 'link' ? undefined : 'required'}
          confirm={confirm}
          onClose={() => setAsked(undefined)}
        />
      )}
      {given && (
        <MonitorLink
          link={given}
          lastDay={monitor.term_until}
          onClose={() => setGiven(undefined)}
        />
      )}
    </>
  )
}

import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { App, Button, Skeleton, Typography } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { NodeName } from '@/parts/fields/NodeName'
import { PlainRows } from '@/parts/list/PlainRows'
import { Facts } from '@/parts/record/Facts'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { DrawGroups } from './DrawGroups'
import { DrawState } from './DrawState'
import { EventLine } from './EventLine'
import { type Draw, drawQuery } from './inspectionApi'
import './inspection.css'
import { useInspectionWords } from './useInspectionWords'
import { WitnessLinks } from './WitnessLinks'

/** The draw room: the list's hash, who committed, who revealed, and then the result. */
export default function DrawPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const draw = useQuery(drawQuery(id))
  if (draw.error) return <ProblemAlert error={draw.error} onRetry={draw.refetch} />
  if (!draw.data) return <Skeleton active />
  return <DrawRoom draw={draw.data} />
}

function DrawRoom({ draw }: { draw: Draw }) {
  const t = useT()
  const words = useInspectionWords()
  return (
    <RecordLayout
      header={
        <RecordHeader
          number={draw.number}
          title={draw.title}
          state={<DrawState state={draw.state} />}
          primary={<DrawActions draw={draw} />}
        />
      }
      aside={
        <Section title={t('经过', 'History')}>
          <EventLine events={draw.events ?? []} names={draw.names} />
        </Section>
      }
    >
      <Section title={t('名录', 'List')}>
        <Facts
          facts={[
            { label: t('抽什么', 'Of'), value: words.name('lots', draw.of) },
            { label: t('名录', 'On the list'), value: draw.targets },
            { label: t('检查人员', 'Inspectors'), value: draw.inspectors },
            { label: t('抽中', 'Drawn'), value: draw.drawn },
            { label: t('冻结时间', 'Frozen'), value: <When at={draw.prepared_at} /> },
            {
              label: t(
                '最后一位见证人提交的时间（计入种子）',
                'Last witness committed (goes into the seed)',
              ),
              value: <When at={draw.sealed_at} />,
            },
            {
              label: t('名录摘要', 'Hash of the list'),
              value: (
                <Typography.Text copyable code className="qf-hash">
                  {draw.list_hash}
                </Typography.Text>
              ),
              wide: true,
            },
            ...(draw.reason
              ? [{ label: t('作废原因', 'Why it is void'), value: draw.reason, wide: true }]
              : []),
          ]}
        />
      </Section>
      <Witnesses draw={draw} />
      {draw.drawn > 0 && <Outcome draw={draw} />}
      {draw.of === 'targets' && <DrawGroups groups={draw.groups} ahead={!draw.drawn_at} />}
    </RecordLayout>
  )
}

function Witnesses({ draw }: { draw: Draw }) {
  const t = useT()
  const may = useCan()('inspection.manage')
  const { modal } = App.useApp()
  const [renewing, setRenewing] = useState<string>()
  const renew = async (reason: string) => {
    const params = { path: { id: draw.id, witness: renewing ?? '' } }
    const path = '/api/v1/inspection/draws/{id}/witnesses/{witness}/link'
    const link = await read(api.POST(path, { params, body: { reason } }))
    modal.info({ title: link.witness, width: 640, content: <WitnessLinks links={[link]} /> })
  }
  return (
    <Section title={t('见证人', 'Witnesses')}>
      {(draw.witnesses ?? []).map((one) => (
        <p key={one.id}>
          <strong>{one.program ? t('本系统', 'The program') : one.name}</strong>{' '}
          <WitnessState one={one} />
          {may && draw.state === 'frozen' && !one.commitment && (
            <Button size="small" className="qf-no-print" onClick={() => setRenewing(one.id)}>
              {t('换链接', 'New link')}
            </Button>
          )}
          {one.commitment && (
            <span className="qf-hash-line">
              SHA-256{' '}
              <Typography.Text code className="qf-hash">
                {one.commitment}
              </Typography.Text>
            </span>
          )}
          {one.secret && (
            <span className="qf-hash-line">
              {t('随机数', 'Secret')}{' '}
              <Typography.Text code className="qf-hash">
                {one.secret}
              </Typography.Text>
            </span>
          )}
        </p>
      ))}
      {renewing && (
        <ConfirmReason
          name={`inspection.link.${renewing}`}
          title={t('换一条见证链接', 'A new link')}
          question={t('原来的链接立即失效。', 'The old one ends at once.')}
          reason="required"
          confirm={renew}
          onClose={() => setRenewing(undefined)}
        />
      )}
    </Section>
  )
}

/** How far a witness is. */
function WitnessState({ one }: { one: Schemas['InspectionWitnessSeat'] }) {
  const t = useT()
  if (one.secret) return <StateTag tone="good">{t('已公开', 'Revealed')}</StateTag>
  if (one.commitment) return <StateTag tone="active">{t('已提交摘要', 'Committed')}</StateTag>
  if (one.opened_at)
    return <StateTag>{t('打开过链接，未提交', 'Link opened, not committed')}</StateTag>
  return <StateTag>{t('未提交', 'Not yet')}</StateTag>
}

function Outcome({ draw }: { draw: Draw }) {
  const t = useT()
  return (
    <Section title={t('抽取结果', 'Result')}>
      <PlainRows<Schemas['InspectionOutcome']>
        rows={draw.result}
        keyOf={(one) => one.target}
        empty={t('没有抽中任何对象', 'Nobody was drawn')}
        columns={[
          { key: 'name', primary: true, title: t('抽中', 'Drawn'), cell: (one) => one.name },
          {
            key: 'district',
            title: t('区划', 'District'),
            cell: (one) => <NodeName node={one.district} />,
          },
          {
            key: 'inspectors',
            title: t('检查人员', 'Inspectors'),
            cell: (one) => one.inspectors?.join('、') || '—',
          },
        ]}
      />
      {draw.drawn > (draw.result ?? []).length && (
        <p className="qf-faint">{t('其余见抽取记录文件。', 'The rest is in the record.')}</p>
      )}
    </Section>
  )
}

type Asked = 'draw' | 'void' | 'publish'

function DrawActions({ draw }: { draw: Draw }) {
  const t = useT()
  const [asking, setAsking] = useState<Asked>()
  const made = draw.state === 'made' || draw.state === 'published'
  const params = { path: { id: draw.id } }
  const questions: Record<Asked, string> = {
    draw: t(
      '抽取结果由名录和随机数决定，抽取后不能重来。',
      'The list and the secrets decide; it cannot be done again.',
    ),
    void: t('作废的抽取连同原因仍然公开。', 'A void draw stays public, with the reason.'),
    publish: t(
      '公布后任何人都能下载记录，重新抽一遍核对。',
      'Everybody can download the record then, and repeat the draw.',
    ),
  }
  const confirm = async (reason: string) => {
    if (asking === 'draw') await read(api.POST('/api/v1/inspection/draws/{id}/draw', { params }))
    if (asking === 'void')
      await read(api.POST('/api/v1/inspection/draws/{id}/void', { params, body: { reason } }))
    if (asking === 'publish')
      await read(api.POST('/api/v1/inspection/draws/{id}/publish', { params }))
  }
  return (
    <>
      {made && (
        <Button
          className="qf-no-print"
          icon={<DownloadOutlined />}
          href={`/api/v1/inspection/draws/${draw.id}/record`}
        >
          {t('抽取记录', 'Record')}
        </Button>
      )}
      <Button className="qf-no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>
        {t('打印', 'Print')}
      </Button>
      {(draw.can ?? []).map(({ name, text }) => (
        <Button
          key={name}
          className="qf-no-print"
          {...(name === 'void' ? { danger: true } : { type: 'primary' as const })}
          onClick={() => setAsking(name as Asked)}
        >
          {t(text)}
        </Button>
      ))}
      {asking && (
        <ConfirmReason
          name={`inspection.draw.${asking}.${draw.id}`}
          title={draw.title}
          question={questions[asking]}
          reason={asking === 'void' ? 'required' : undefined}
          danger={asking === 'void'}
          confirm={confirm}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  )
}

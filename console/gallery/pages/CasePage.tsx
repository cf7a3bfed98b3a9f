import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { NotFoundPage } from '@/parts/feedback/NotFoundPage'
import { MediaViewer } from '@/parts/media/MediaViewer'
import type { Media } from '@/parts/media/media'
import { Deadline } from '@/parts/record/Deadline'
import { Facts } from '@/parts/record/Facts'
import { Money } from '@/parts/record/Money'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { Timeline } from '@/parts/record/Timeline'
import { When } from '@/parts/record/When'
import { makeCases } from '../cases'
import { photo } from '../photo'
import { CaseState } from './CaseState'

const media: Media[] = [
  { id: 'm1', name: '收费清单.jpg', type: 'image/jpeg', url: photo, size: 820_000 },
  { id: 'm2', name: '候诊大厅.jpg', type: 'image/jpeg', url: photo, size: 1_240_000 },
  {
    id: 'm3',
    name: '语音说明.m4a',
    type: 'audio/mp4',
    url: 'data:audio/wav;base64,',
    size: 96_000,
  },
  { id: 'm4', name: '住院费用明细.pdf', type: 'application/pdf', url: '#', size: 3_400_000 },
  {
    id: 'm5',
    name: '录像.mp4',
    type: 'video/mp4',
    url: '#',
    withheld: text('正在处理，稍后可看', 'Being processed'),
  },
]

/** A record page with everything a record page has. */
export default function CasePage() {
  const t = useT()
  const { id } = useParams({ strict: false })
  const [asking, setAsking] = useState(false)
  const [all] = useState(() => makeCases(Date.now()))
  const one = all.find((each) => each.id === id)
  if (!one) return <NotFoundPage />
  return (
    <RecordLayout
      header={
        <RecordHeader
          number={one.number}
          title={one.title}
          state={<CaseState state={one.state} />}
          deadline={<Deadline from={one.received_at} due={one.due_at} doneAt={one.closed_at} />}
          more={<Button onClick={() => setAsking(true)}>{t('退单', 'Return')}</Button>}
          primary={<Button type="primary">{t('受理', 'Accept')}</Button>}
        />
      }
      aside={
        <Section title={t('办理过程', 'Timeline')}>
          <Timeline
            entries={[
              {
                id: '3',
                at: one.received_at + 5_400_000,
                title: t('申请延期 2 个工作日', 'Asked for two more working days'),
                actor: '李清 · 东城医院',
                detail: t(
                  '需要调取上月的收费系统日志。',
                  'Last month’s billing log has to be fetched.',
                ),
                tone: 'warn',
              },
              {
                id: '2',
                at: one.received_at + 3_600_000,
                title: t('派单', 'Dispatched'),
                actor: '周敏',
                tone: 'active',
              },
              { id: '1', at: one.received_at, title: t('收到反映', 'Received') },
            ]}
          />
        </Section>
      }
    >
      <Section title={t('反映内容', 'Report')}>
        <p>{one.title}。当时在三号窗口，等了两个小时没有人说明原因，希望医院给一个说法。</p>
        <MediaViewer media={media} />
      </Section>
      <Section title={t('基本情况', 'Facts')}>
        <Facts
          facts={[
            { label: t('类别', 'Category'), value: one.category },
            { label: t('地点', 'Place'), value: one.place },
            { label: t('受理时间', 'Received'), value: <When at={one.received_at} /> },
            { label: t('承办人', 'Handler'), value: one.handler },
            { label: t('涉及金额', 'Amount'), value: <Money fen={one.amount_fen} withUnit /> },
          ]}
        />
      </Section>
      {asking && (
        <ConfirmReason
          name={`gallery.return.${one.id}`}
          title={t('退单', 'Return')}
          question={t(
            '退回后由派单人重新指定承办单位。',
            'The dispatcher will choose another unit.',
          )}
          reason="required"
          danger
          confirm={() => Promise.resolve()}
          onClose={() => setAsking(false)}
        />
      )}
    </RecordLayout>
  )
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Skeleton } from 'antd'
import { useState } from 'react'
import { type Text, text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { showSize } from '@/parts/media/media'
import { Facts } from '@/parts/record/Facts'
import type { Tone } from '@/parts/record/StateTag'
import { Timeline } from '@/parts/record/Timeline'
import { When } from '@/parts/record/When'
import { type Custody, custodyQuery, releaseOriginal } from './caseApi'

const words: Record<string, Text> = {
  received: text('收到', 'Received'),
  sealed: text('加密封存原件', 'Original sealed'),
  copied: text('生成脱敏副本', 'Sanitised copy made'),
  failed: text('副本生成失败', 'No copy could be made'),
  retried: text('要求重新生成', 'Tried again'),
  masked: text('决定变声', 'Voices to be changed'),
  opened: text('查看', 'Opened'),
  downloaded: text('下载', 'Downloaded'),
  released: text('调取原件', 'Original released'),
}

const tones: Record<string, Tone> = { failed: 'bad', released: 'warn', copied: 'good' }

interface CaseCustodyProps {
  caseId: string
  /** Whose chain is shown; of none, nothing is. */
  file: string | undefined
  onClose: () => void
}

/** What became of a file: who gave it, what was made of it, and who has seen it. */
export function CaseCustody({ caseId, file, onClose }: CaseCustodyProps) {
  const t = useT()
  return (
    <Drawer
      open={file !== undefined}
      title={t('保管记录', 'Chain of custody')}
      onClose={onClose}
      size={480}
      destroyOnHidden
    >
      {file && <Chain caseId={caseId} file={file} />}
    </Drawer>
  )
}

function Chain({ caseId, file }: { caseId: string; file: string }) {
  const t = useT()
  const { data, error, refetch } = useQuery(custodyQuery(caseId, file))
  const [asking, ask] = useState(false)
  const client = useQueryClient()
  if (error) return <ProblemAlert error={error} onRetry={refetch} />
  if (!data) return <Skeleton active />
  const release = async (reason: string) => {
    await releaseOriginal(caseId, file, reason)
    await client.invalidateQueries({ queryKey: ['case', caseId] })
  }
  return (
    <div className="qf-stack">
      <Facts
        facts={[
          { label: t('文件', 'File'), value: data.file.name || '—', wide: true },
          { label: t('大小', 'Size'), value: showSize(data.file.size) },
          { label: t('收到', 'Received'), value: <When at={data.file.at} /> },
          {
            label: t('原件 SHA-256', 'SHA-256 of the original'),
            value: <code className="qf-digest">{data.file.sha256}</code>,
            wide: true,
          },
        ]}
      />
      <Timeline entries={entriesOf(data, t)} />
      {data.may_release && (
        <Button danger onClick={() => ask(true)}>
          {t('调取原件', 'Have the original')}
        </Button>
      )}
      {asking && (
        <ConfirmReason
          name={`original.${file}`}
          title={t('调取原件', 'Have the original')}
          question={t(
            '原件未经处理，可能暴露诉求人，也可能含有病毒。只在隔离的计算机上打开，并先核对 SHA-256。',
            'The original is as it came: it may give the reporter away, and may hold viruses. Open it only on a computer apart, and compare the SHA-256 first.',
          )}
          reason="required"
          danger
          confirmLabel={t('记录并下载', 'Note and download')}
          confirm={release}
          onClose={() => ask(false)}
        />
      )}
    </div>
  )
}

/** The steps as the timeline shows them, the newest first. */
function entriesOf(custody: Custody, t: ReturnType<typeof useT>) {
  const steps = custody.steps ?? []
  return steps
    .map((step, index) => ({
      id: `${index}`,
      at: step.at,
      title: t(words[step.what] ?? text(step.what, step.what)),
      actor: step.actor === 'reporter' ? t('诉求人', 'Reporter') : step.actor_name,
      detail: step.reason || undefined,
      tone: tones[step.what] ?? ('neutral' as const),
    }))
    .reverse()
}

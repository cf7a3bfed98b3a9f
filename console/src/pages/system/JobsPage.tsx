import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useNarrow } from '@/app/useNarrow'
import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import type { Column } from '@/parts/list/column'
import { EmptyRows } from '@/parts/list/EmptyRows'
import { RowCards } from '@/parts/list/RowCards'
import { RowTable } from '@/parts/list/RowTable'
import { Page } from '@/parts/Page'
import { When } from '@/parts/record/When'
import type { Schemas } from './schemas'

type Letter = Schemas['JobLetter']

/** The background jobs that failed for good, each with a button that has it tried again. */
export default function JobsPage() {
  const t = useT()
  const narrow = useNarrow()
  const [chosen, setChosen] = useState<Letter>()
  const dead = useQuery({
    queryKey: ['system', 'jobs'],
    queryFn: async ({ signal }) =>
      (await read(api.GET('/api/v1/jobs/dead', { signal }))).items ?? [],
  })
  const View = narrow ? RowCards : RowTable
  const columns: Column<Letter>[] = [
    { key: 'kind', title: t('任务', 'Job'), primary: true, cell: (letter) => letter.kind },
    {
      key: 'error',
      title: t('最后的错误', 'Last error'),
      long: true,
      cell: (letter) => letter.last_error,
    },
    {
      key: 'attempts',
      title: t('尝试次数', 'Attempts'),
      align: 'right',
      cell: (letter) => letter.attempts,
    },
    { key: 'at', title: t('创建时间', 'Made'), cell: (letter) => <When at={letter.created_at} /> },
    {
      key: 'revive',
      title: t('操作', 'Actions'),
      cell: (letter) => (
        <Button size="small" onClick={() => setChosen(letter)}>
          {t('重试', 'Try again')}
        </Button>
      ),
    },
  ]
  return (
    <Page title={t('后台任务', 'Background jobs')}>
      {dead.error ? (
        <ProblemAlert error={dead.error} onRetry={dead.refetch} />
      ) : (
        <View
          rows={dead.data ?? []}
          columns={columns}
          keyOf={(letter) => letter.id}
          linkOf={undefined}
          selection={undefined}
          loading={dead.isPending}
          empty={
            <EmptyRows
              empty={{
                title: t('没有失败的任务', 'No failed jobs'),
                hint: t(
                  '多次失败、已停止重试的任务会列在这里。',
                  'Jobs that failed again and again end up here.',
                ),
              }}
              onClear={undefined}
            />
          }
        />
      )}
      {chosen && (
        <ConfirmReason
          name={`system.revive.${chosen.id}`}
          title={t('重试任务', 'Try the job again')}
          question={t(
            '请先确认失败的原因已经消除。',
            'Make sure first that what made it fail is gone.',
          )}
          reason="required"
          confirm={(reason) => revive(chosen.id, reason)}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Page>
  )
}

async function revive(id: string, reason: string): Promise<void> {
  await api.POST('/api/v1/jobs/dead/{id}/revive', { params: { path: { id } }, body: { reason } })
}

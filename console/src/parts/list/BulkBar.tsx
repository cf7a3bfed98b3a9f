import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import type { BulkAction, Refused } from './bulk'
import type { Selection } from './useSelection'

interface BulkBarProps<Row> {
  list: string
  actions: BulkAction<Row>[]
  selection: Selection<Row>
}

/** What can be done to the ticked rows; in sight only while some are ticked. */
export function BulkBar<Row>({ list, actions, selection }: BulkBarProps<Row>) {
  const t = useT()
  const { message, modal } = App.useApp()
  const client = useQueryClient()
  const [asked, setAsked] = useState<BulkAction<Row>>()
  const n = selection.rows.length
  const run = useMutation({
    mutationFn: async ({ action, reason }: { action: BulkAction<Row>; reason: string }) => {
      const refused = await action.run(selection.rows, reason)
      return Array.isArray(refused) ? refused : []
    },
    onSuccess: (refused) => {
      const [done, not] = [n - refused.length, refused.length]
      if (not === 0) message.success(t(`已处理 ${done} 条`, `${done} done`))
      else {
        modal.warning({
          title: t(`已处理 ${done} 条，${not} 条未办`, `${done} done, ${not} not`),
          content: <RefusedRows refused={refused} />,
        })
      }
      selection.keep(refused.map(({ row }) => row))
      setAsked(undefined)
    },
    // What is not known to have been done may have been done all the same.
    onSettled: () => client.invalidateQueries(),
  })
  if (n === 0) return null
  const start = (action: BulkAction<Row>) => {
    if (action.keeps) action.run(selection.rows, '')
    else if (action.ask) setAsked(action)
    else run.mutate({ action, reason: '' }, { onError: (e) => message.error(asProblem(e).message) })
  }
  return (
    <section className="qf-bulk" aria-label={t('批量操作', 'Bulk actions')}>
      <span>{t(`已选 ${n} 条`, `${n} selected`)}</span>
      {actions.map((action) => (
        <Button
          key={action.key}
          size="small"
          danger={action.danger ?? false}
          loading={run.isPending && run.variables.action.key === action.key}
          onClick={() => start(action)}
        >
          {action.label}
        </Button>
      ))}
      <Button size="small" type="link" onClick={selection.clear}>
        {t('取消选择', 'Clear selection')}
      </Button>
      {asked?.ask && (
        <ConfirmReason
          name={`${list}.${asked.key}`}
          title={`${asked.label} · ${t(`${n} 条`, `${n} rows`)}`}
          question={asked.ask.question}
          reason={asked.ask.reason}
          danger={asked.danger}
          confirm={async (reason) => {
            await run.mutateAsync({ action: asked, reason })
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </section>
  )
}

/** What was not done, and why. */
function RefusedRows<Row>({ refused }: { refused: Refused<Row>[] }) {
  const t = useT()
  return (
    <ul className="qf-bulk-refused">
      {refused.map(({ name, why }) => (
        <li key={name}>{t(`${name}：${why}`, `${name}: ${why}`)}</li>
      ))}
    </ul>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { useDrafts } from '@/parts/form/useDrafts'
import { fillReturn, type ReturnDetail, stepReturn, type TypedRow } from './returnApi'
import { byPlace, type Refusal, standing, type Typed } from './returnFaults'

const empty: TypedRow = { period: '', total: '', last_year: '', remark: '' }

function typedOf(of: ReturnDetail): Typed {
  const rows = of.lines.map(({ key, own, remark }) => [
    key,
    { period: own[0] ?? '', total: own[1] ?? '', last_year: own[2] ?? '', remark },
  ])
  return { rows: Object.fromEntries(rows), header: of.header, text: of.text }
}

/** What is being typed, and what becomes of it; a reload loses none of it. */
export function useReturnForm(of: ReturnDetail) {
  const queries = useQueryClient()
  const t = useT()
  const { message } = App.useApp()
  const drafts = useDrafts()
  const draft = `return.${of.id}.${of.edit}`
  const [restored, setRestored] = useState(() => drafts.read(draft) as Partial<Typed> | undefined)
  const stored = typedOf(of)
  const [typed, setTyped] = useState<Typed>({ ...stored, ...restored })
  // What stood in the boxes when the server last said which rules are broken.
  const [answered, setAnswered] = useState(stored)
  const [refusal, setRefusal] = useState<Refusal>()
  const type = (part: (all: Typed) => Partial<Typed>) =>
    setTyped((all) => {
      const next = { ...all, ...part(all) }
      drafts.keep(draft, { ...next })
      return next
    })
  const setRows = (next: (rows: Typed['rows']) => Typed['rows']) =>
    type((all) => ({ rows: next(all.rows) }))
  const [files, setFiles] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const [edit, setEdit] = useState(of.edit)
  const change = (key: string, part: Partial<TypedRow>) =>
    setRows((all) => ({ ...all, [key]: { ...(all[key] ?? empty), ...part } }))
  const save = async (submit: boolean) => {
    setBusy(true)
    const { rows, header, text } = typed
    try {
      const saved = await fillReturn(of.id, {
        edit,
        header,
        ...(of.kind === 'table' ? { rows } : { text, files }),
      })
      drafts.drop(draft)
      setRestored(undefined)
      setEdit(saved.edit)
      setFiles([])
      setAnswered(typed)
      setRefusal(undefined)
      if (submit) await stepReturn(of.id, { action: 'submit', edit: saved.edit })
      message.success(submit ? t('已报送', 'Submitted') : t('已保存', 'Saved'))
    } catch (error) {
      setRefusal({ problem: asProblem(error), typed })
    } finally {
      await queries.invalidateQueries({ queryKey: ['return'] })
      setBusy(false)
    }
  }
  return {
    ...typed,
    change,
    faults: standing(of, answered, typed, t, refusal),
    refused: refusal?.problem,
    rest: byPlace(of, refusal?.problem).rest,
    changeHeader: (part: Partial<Typed['header']>) =>
      type((all) => ({ header: { ...all.header, ...part } })),
    setText: (text: string) => type(() => ({ text })),
    restored,
    discard: () => {
      drafts.drop(draft)
      setRestored(undefined)
      setTyped(stored)
    },
    setFiles,
    busy,
    save,
    take: (found: Record<string, TypedRow>) => setRows((all) => ({ ...all, ...found })),
    zero: () => setRows((all) => filledWithZero(of, all)),
  }
}

/** Puts 0 where the own part of a typed row lacks this period or the cumulative number. */
function filledWithZero(of: ReturnDetail, rows: Record<string, TypedRow>) {
  const all = { ...rows }
  for (const line of of.lines.filter((one) => one.typed)) {
    const row = all[line.key] ?? empty
    all[line.key] = {
      ...row,
      period: row.period || '0',
      total: row.total || line.own_before || '0',
    }
  }
  return all
}

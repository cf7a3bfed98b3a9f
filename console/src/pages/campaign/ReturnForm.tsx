import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Space, Upload } from 'antd'
import { useState } from 'react'
import { type ApiProblem, asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { FilesField } from '@/parts/fields/FilesField'
import { LongText } from '@/parts/fields/LongText'
import { DraftNotice } from '@/parts/form/DraftNotice'
import { useDrafts } from '@/parts/form/useDrafts'
import { ImportProblems } from '@/parts/import/ImportProblems'
import { Section } from '@/parts/record/Section'
import { countedBelow } from './countedBelow'
import { ReturnTable } from './ReturnTable'
import { fillReturn, type ReturnDetail, readSheet, stepReturn, type TypedRow } from './returnApi'
import './campaign.css'

/** Fills in a return: saved as it is, or submitted once it breaks no rule. */
export function ReturnForm({ of }: { of: ReturnDetail }) {
  const t = useT()
  const form = useReturnForm(of)
  // Where nothing stands yet everything is lacking: no reason to begin in red.
  const begun = of.lines.some(({ own }) => own.some((one) => one !== ''))
  return (
    <Form layout="vertical" component="div" className="qf-stack">
      {form.restored && <DraftNotice onDiscard={form.discard} />}
      {form.problem && <ProblemAlert error={form.problem} more={form.rest} />}
      <Section title={t('表头', 'Header')}>
        <HeaderFields header={form.header} change={form.changeHeader} />
      </Section>
      {of.kind === 'table' ? (
        <Section
          title={t('统计表', 'Table')}
          extra={<SheetButtons of={of} take={form.take} zero={form.zero} />}
        >
          <ReturnTable of={begun ? of : { ...of, violations: [] }} typing={form} />
        </Section>
      ) : (
        <Section title={t('报告内容', 'Report')}>
          <LongText
            rows={8}
            value={form.text}
            aria-label={t('报告内容', 'Report')}
            onChange={(event) => form.setText(event.target.value)}
          />
          <p>{of.files.map((file) => file.name).join(t('、', ', '))}</p>
          <FilesField onChange={form.setFiles} />
        </Section>
      )}
      {of.below.length > 0 && <p>{countedBelow(t, of)}</p>}
      <Space style={{ marginTop: 16 }}>
        <Button loading={form.busy} onClick={() => form.save(false)}>
          {t('保存', 'Save')}
        </Button>
        <Button type="primary" loading={form.busy} onClick={() => form.save(true)}>
          {t('保存并报送', 'Save and submit')}
        </Button>
      </Space>
    </Form>
  )
}

type Header = Schemas['CampaignHeader']

function HeaderFields(props: { header: Header; change: (change: Partial<Header>) => void }) {
  const t = useT()
  const fields = [
    { name: 'filler', label: t('填报人', 'Filled in by') },
    { name: 'reviewer', label: t('审核人', 'Reviewed by') },
    { name: 'phone', label: t('联系电话', 'Telephone') },
  ] as const
  return (
    <div className="qf-plan-row">
      {fields.map(({ name, label }) => (
        <Form.Item key={name} label={label} htmlFor={`header-${name}`}>
          <Input
            id={`header-${name}`}
            value={props.header[name]}
            onChange={(event) => props.change({ [name]: event.target.value })}
          />
        </Form.Item>
      ))}
    </div>
  )
}

/** Takes a filled-in workbook, and puts 0 where nothing happened. */
function SheetButtons(props: {
  of: ReturnDetail
  take: (rows: Record<string, TypedRow>) => void
  zero: () => void
}) {
  const t = useT()
  const [read, setRead] = useState<Schemas['CampaignSheetRead']>()
  const [problem, setProblem] = useState<ApiProblem>()
  const choose = async (file: File) => {
    try {
      const found = await readSheet(props.of.id, file)
      setProblem(undefined)
      setRead(found)
      if (found.problems.length === 0) props.take(found.rows)
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  return (
    <Space wrap>
      <Button size="small" onClick={props.zero}>
        {t('空格填 0', 'Fill gaps with 0')}
      </Button>
      <Upload
        accept=".xlsx,.csv"
        showUploadList={false}
        beforeUpload={(file) => {
          choose(file)
          return false
        }}
      >
        <Button size="small">{t('导入表格', 'Read a workbook')}</Button>
      </Upload>
      {problem && <ProblemAlert error={problem} />}
      {read && <ImportProblems problems={read.problems} more={read.more ?? 0} />}
    </Space>
  )
}

const empty: TypedRow = { period: '', total: '', last_year: '', remark: '' }

function typedOf(of: ReturnDetail): Record<string, TypedRow> {
  return Object.fromEntries(
    of.lines.map((line) => [
      line.key,
      {
        period: line.own[0] ?? '',
        total: line.own[1] ?? '',
        last_year: line.own[2] ?? '',
        remark: line.remark,
      },
    ]),
  )
}

/** What a person has typed into a return. */
interface Typed {
  rows: Record<string, TypedRow>
  header: Header
  text: string
}

/** What is being typed, and what becomes of it; a reload loses none of it. */
function useReturnForm(of: ReturnDetail) {
  const queries = useQueryClient()
  const t = useT()
  const { message } = App.useApp()
  const drafts = useDrafts()
  const draft = `return.${of.id}.${of.edit}`
  const [restored, setRestored] = useState(() => drafts.read(draft) as Partial<Typed> | undefined)
  const stored = { rows: typedOf(of), header: of.header, text: of.text }
  const [typed, setTyped] = useState<Typed>({ ...stored, ...restored })
  const { rows, header, text } = typed
  const type = (part: (all: Typed) => Partial<Typed>) =>
    setTyped((all) => {
      const next = { ...all, ...part(all) }
      drafts.keep(draft, { ...next })
      return next
    })
  const setRows = (next: (rows: Typed['rows']) => Typed['rows']) =>
    type((all) => ({ rows: next(all.rows) }))
  const [files, setFiles] = useState<string[]>([])
  const [problem, setProblem] = useState<ApiProblem>()
  const [busy, setBusy] = useState(false)
  const [edit, setEdit] = useState(of.edit)
  const change = (key: string, part: Partial<TypedRow>) =>
    setRows((all) => ({ ...all, [key]: { ...(all[key] ?? empty), ...part } }))
  const save = async (submit: boolean) => {
    setBusy(true)
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
      setProblem(undefined)
      if (submit) await stepReturn(of.id, { action: 'submit', edit: saved.edit })
      message.success(submit ? t('已报送', 'Submitted') : t('已保存', 'Saved'))
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      await queries.invalidateQueries({ queryKey: ['return'] })
      setBusy(false)
    }
  }
  const { wrong, rest } = sorted(problem)
  return {
    rows,
    change,
    wrong,
    rest,
    header,
    changeHeader: (part: Partial<Header>) =>
      type((all) => ({ header: { ...all.header, ...part } })),
    text,
    setText: (text: string) => type(() => ({ text })),
    restored,
    discard: () => {
      drafts.drop(draft)
      setRestored(undefined)
      setTyped(stored)
    },
    setFiles,
    problem,
    busy,
    save,
    take: (found: Record<string, TypedRow>) => setRows((all) => ({ ...all, ...found })),
    zero: () => setRows((all) => filledWithZero(of, all)),
  }
}

/** Puts 0 where a typed row lacks this period or the cumulative number. */
function filledWithZero(of: ReturnDetail, rows: Record<string, TypedRow>) {
  const all = { ...rows }
  for (const line of of.lines.filter((one) => one.typed)) {
    const row = all[line.key] ?? empty
    all[line.key] = {
      ...row,
      period: row.period || '0',
      total: row.total || line.before || '0',
    }
  }
  return all
}

/** Complaints by the row that they are about, and those about none. */
function sorted(problem: ApiProblem | undefined) {
  const wrong: Record<string, string[]> = {}
  const rest: string[] = []
  for (const { location, message } of problem?.errors ?? []) {
    const [, key] = /rows\.([a-z0-9_]+)/.exec(location) ?? []
    if (key) wrong[key] = [...(wrong[key] ?? []), message]
    else rest.push(message)
  }
  return { wrong, rest }
}

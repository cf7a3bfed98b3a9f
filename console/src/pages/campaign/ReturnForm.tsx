import { Button, Form, Input, Space, Upload } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { type ApiProblem, asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { FilesField } from '@/parts/fields/FilesField'
import { LongText } from '@/parts/fields/LongText'
import { DraftNotice } from '@/parts/form/DraftNotice'
import { ImportProblems } from '@/parts/import/ImportProblems'
import { Section } from '@/parts/record/Section'
import { countedBelow } from './countedBelow'
import { ReturnTable } from './ReturnTable'
import { type ReturnDetail, readSheet, type TypedRow } from './returnApi'
import { type Fault, faultsAt } from './returnFaults'
import { useReturnForm } from './useReturnForm'
import './campaign.css'

/** Fills in a return: saved as it is, or submitted once it breaks no rule. */
export function ReturnForm({ of }: { of: ReturnDetail }) {
  const t = useT()
  const form = useReturnForm(of)
  const page = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (form.refused) goToFirst(page.current)
  }, [form.refused])
  return (
    <div ref={page}>
      <Form layout="vertical" component="div" className="qf-stack">
        {form.restored && <DraftNotice onDiscard={form.discard} />}
        <Section title={t('表头', 'Header')}>
          <HeaderFields header={form.header} faults={form.faults} change={form.changeHeader} />
        </Section>
        {of.kind === 'table' ? (
          <TablePart of={of} form={form} />
        ) : (
          <ReportPart of={of} form={form} />
        )}
        <Refused form={form} />
        {of.below.length > 0 && <p>{countedBelow(t, of)}</p>}
        <Space>
          <Button loading={form.busy} onClick={() => form.save(false)}>
            {t('保存', 'Save')}
          </Button>
          <Button type="primary" loading={form.busy} onClick={() => form.save(true)}>
            {t('保存并报送', 'Save and submit')}
          </Button>
        </Space>
      </Form>
    </div>
  )
}

type ReturnFormState = ReturnType<typeof useReturnForm>

interface PartProps {
  of: ReturnDetail
  form: ReturnFormState
}

function TablePart({ of, form }: PartProps) {
  const t = useT()
  // Where nothing stands yet everything is lacking: no reason to begin in red.
  const begun = form.refused || of.lines.some(({ own }) => own.some((one) => one !== ''))
  return (
    <Section
      title={t('统计表', 'Table')}
      extra={<SheetButtons of={of} take={form.take} zero={form.zero} />}
    >
      <ReturnTable of={of} typing={begun ? form : { ...form, faults: [] }} />
    </Section>
  )
}

function ReportPart({ of, form }: PartProps) {
  const t = useT()
  const wrong = faultsAt(form.faults, 'text')
  return (
    <Section title={t('报告内容', 'Report')}>
      <Form.Item {...marked(wrong)}>
        <LongText
          rows={8}
          value={form.text}
          aria-label={t('报告内容', 'Report')}
          aria-invalid={wrong.length > 0}
          onChange={(event) => form.setText(event.target.value)}
        />
      </Form.Item>
      <p>{of.files.map((file) => file.name).join(t('、', ', '))}</p>
      <FilesField onChange={form.setFiles} />
    </Section>
  )
}

/** At the button, for the page may be long: why it was refused, and at how many places. */
function Refused({ form }: { form: ReturnFormState }) {
  const t = useT()
  const left = form.faults.length
  if (!form.refused) return null
  const more =
    left > 0 ? [t(`共 ${left} 处要改，已在原处标红`, `${left} to put right, marked in red`)] : []
  return <ProblemAlert error={form.refused} more={[...form.rest, ...more]} />
}

/** Goes to the first place that is wrong. */
function goToFirst(page: HTMLElement | null) {
  const first = page?.querySelector<HTMLElement>('[aria-invalid="true"], .qf-return-wrong')
  first?.focus({ preventScroll: true })
  first?.scrollIntoView({ block: 'center', inline: 'center' })
}

/** How a field says what is wrong with it. */
function marked(faults: Fault[]) {
  if (faults.length === 0) return {}
  return { validateStatus: 'error', help: faults.map((one) => one.text).join(' ') } as const
}

type Header = Schemas['CampaignHeader']

interface HeaderFieldsProps {
  header: Header
  faults: Fault[]
  change: (change: Partial<Header>) => void
}

function HeaderFields(props: HeaderFieldsProps) {
  const t = useT()
  const wrongIn = (name: string) => faultsAt(props.faults, `header.${name}`)
  const fields = [
    { name: 'filler', label: t('填报人', 'Filled in by') },
    { name: 'reviewer', label: t('审核人', 'Reviewed by') },
    { name: 'phone', label: t('联系电话', 'Telephone') },
  ] as const
  return (
    <div className="qf-plan-row">
      {fields.map(({ name, label }) => (
        <Form.Item key={name} label={label} htmlFor={`header-${name}`} {...marked(wrongIn(name))}>
          <Input
            id={`header-${name}`}
            aria-invalid={wrongIn(name).length > 0}
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
        {t('本级空格填 0', 'Fill own gaps with 0')}
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

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Steps } from 'antd'
import { type ReactNode, useState } from 'react'
import { type ImportMode, type ImportReport, importFile } from '@/api/importFile'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '../feedback/ProblemAlert'
import { useOnce } from '../form/useOnce'
import { ImportCheck } from './ImportCheck'
import { ImportChoice } from './ImportChoice'
import { ImportDone } from './ImportDone'
import './import.css'

interface ImportWizardProps {
  /** The endpoint that takes the file, such as `/api/v1/org/imports/places`. */
  path: string
  /** Where an empty sheet with the right headings is. */
  template?: string
  /** What the sheet must hold, in a sentence or two. */
  hint: string
  /** What the person chose for rows that do not say it, and where they choose it. */
  chosen?: { query: object; fields: ReactNode }
  onDone?: () => void
}

/** Imports a sheet: choose it, see what the server makes of each row, and only then decide. */
export function ImportWizard({ path, template, hint, chosen, onDone }: ImportWizardProps) {
  const t = useT()
  const client = useQueryClient()
  const [file, setFile] = useState<File>()
  // Kept apart from the request: one that fails must not take the report away.
  const [report, setReport] = useState<ImportReport>()
  const sending = useMutation({
    mutationFn: ({ file, mode }: { file: File; mode: ImportMode }) =>
      importFile(path, file, mode, chosen?.query),
    onSuccess: (answer) => {
      setReport(answer)
      if (answer.imported > 0) client.invalidateQueries()
    },
  })
  const restart = () => {
    setFile(undefined)
    setReport(undefined)
    sending.reset()
  }
  const send = useOnce((file: File, mode: ImportMode) => {
    setFile(file)
    return sending.mutateAsync({ file, mode })
  })
  const done = report !== undefined && report.imported > 0
  return (
    <div className="qf-stack">
      <Steps
        size="small"
        responsive={false}
        current={done ? 2 : report ? 1 : 0}
        items={[
          { title: t('选择文件', 'Choose a file') },
          { title: t('核对', 'Check') },
          { title: t('完成', 'Done') },
        ]}
      />
      {sending.error && <ProblemAlert error={sending.error} />}
      {!report && chosen?.fields}
      {!report && (
        <ImportChoice
          hint={hint}
          template={template}
          busy={sending.isPending}
          onChoose={(file) => send(file, 'check')}
        />
      )}
      {report && file && !done && (
        <ImportCheck
          report={report}
          fileName={file.name}
          busy={sending.isPending}
          onRestart={restart}
          onImport={(mode) => send(file, mode)}
        />
      )}
      {done && <ImportDone report={report} onAnother={restart} onDone={onDone} />}
    </div>
  )
}

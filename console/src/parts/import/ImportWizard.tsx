import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Steps } from 'antd'
import { useState } from 'react'
import { type ImportMode, type ImportReport, importFile } from '@/api/importFile'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '../feedback/ProblemAlert'
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
  onDone?: () => void
}

/** Imports a sheet: choose it, see what the server makes of each row, and only then decide. */
export function ImportWizard({ path, template, hint, onDone }: ImportWizardProps) {
  const t = useT()
  const client = useQueryClient()
  const [file, setFile] = useState<File>()
  // Kept apart from the request: one that fails must not take the report away.
  const [report, setReport] = useState<ImportReport>()
  const sending = useMutation({
    mutationFn: ({ file, mode }: { file: File; mode: ImportMode }) => importFile(path, file, mode),
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
  const send = (chosen: File, mode: ImportMode) => {
    setFile(chosen)
    sending.mutate({ file: chosen, mode })
  }
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
      {!report && (
        <ImportChoice
          hint={hint}
          template={template}
          busy={sending.isPending}
          onChoose={(chosen) => send(chosen, 'check')}
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

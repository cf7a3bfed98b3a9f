import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Steps } from 'antd'
import { useState } from 'react'
import { type ImportReport, importFile } from '@/api/importFile'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '../feedback/ProblemAlert'
import { ImportChoice } from './ImportChoice'
import { ImportDone } from './ImportDone'
import { ImportRefusals } from './ImportRefusals'
import './import.css'

interface ImportWizardProps {
  /** The endpoint that takes the file, such as `/api/v1/org/places/import`. */
  path: string
  /** Where an empty sheet with the right headings is. */
  template?: string
  /** What the sheet must hold, in a sentence or two. */
  hint: string
  onDone?: () => void
}

/** Imports a sheet: choose it, see which rows are refused and why, and only then decide about the rest. */
export function ImportWizard({ path, template, hint, onDone }: ImportWizardProps) {
  const t = useT()
  const client = useQueryClient()
  const [file, setFile] = useState<File>()
  // Kept apart from the request: a second request that fails must not take the list of refusals away.
  const [report, setReport] = useState<ImportReport>()
  const sending = useMutation({
    mutationFn: ({ file, validOnly }: { file: File; validOnly: boolean }) =>
      importFile(path, file, validOnly),
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
  const send = (chosen: File, validOnly: boolean) => {
    setFile(chosen)
    sending.mutate({ file: chosen, validOnly })
  }
  const settled = report !== undefined && (report.imported > 0 || !report.refused?.length)
  return (
    <div className="qf-stack">
      <Steps
        size="small"
        current={settled ? 2 : report ? 1 : 0}
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
          onChoose={(chosen) => send(chosen, false)}
        />
      )}
      {report && !settled && (
        <ImportRefusals
          report={report}
          fileName={file?.name ?? ''}
          busy={sending.isPending}
          onRestart={restart}
          onValidOnly={() => file && send(file, true)}
        />
      )}
      {settled && <ImportDone report={report} onAnother={restart} onDone={onDone} />}
    </div>
  )
}

import { Button } from 'antd'
import { useUser } from '@/api/session'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { MoreActions } from '@/parts/record/MoreActions'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { ArchiveButton } from './ArchiveButton'
import { CaseDeadline } from './CaseDeadline'
import { CaseMarks } from './CaseMarks'
import { CaseState } from './CaseState'
import type { CaseDetail } from './caseApi'
import { nameOf, stepsOf } from './nextStep'
import { stepSpecs } from './steps'
import { useCaseWords } from './useCaseWords'

interface CaseHeaderProps {
  detail: CaseDetail
  /** Opens the form of a step. */
  onStep: (name: string) => void
}

/** The head of a case, with the next step as its one primary button. */
export function CaseHeader({ detail, onStep }: CaseHeaderProps) {
  const t = useT()
  const { events } = useCaseWords()
  const { primary, more } = stepsOf(detail, useUser()?.unit)
  const row = detail.case
  const title = (name: string) => t(nameOf(detail, events, name))
  return (
    <RecordHeader
      number={row.number}
      title={row.title}
      state={
        <>
          <CaseState state={row.state} />
          <CaseMarks row={row} />
        </>
      }
      deadline={<CaseDeadline row={row} />}
      primary={
        primary && (
          <Button type="primary" onClick={() => onStep(primary)}>
            {title(primary)}
          </Button>
        )
      }
      more={
        <>
          <Can permission="case.export">
            <ArchiveButton id={row.id} number={row.number} />
          </Can>
          <MoreActions
            actions={more.map((name) => ({
              key: name,
              label: title(name),
              danger: stepSpecs[name]?.danger ?? false,
            }))}
            onChoose={onStep}
          />
        </>
      }
    />
  )
}

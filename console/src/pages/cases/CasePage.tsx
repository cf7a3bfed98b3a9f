import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { asProblem } from '@/api/problem'
import { NotFoundPage } from '@/parts/feedback/NotFoundPage'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { useUrlForm } from '@/url/useUrlForm'
import { CaseClocks } from './CaseClocks'
import { CaseDialogue } from './CaseDialogue'
import { CaseHeader } from './CaseHeader'
import { CasePapers } from './CasePapers'
import { CaseRelated } from './CaseRelated'
import { CaseRepeats } from './CaseRepeats'
import { CaseReport } from './CaseReport'
import { CaseReporters } from './CaseReporters'
import { CaseResult } from './CaseResult'
import { CaseTimeline } from './CaseTimeline'
import { caseQuery } from './caseApi'
import { StepDrawer } from './StepDrawer'
import './cases.css'

/** One case: what was said, what was done, and what comes next. */
export default function CasePage() {
  const { id = '' } = useParams({ strict: false })
  const url = useUrlForm('do')
  const { data, error, refetch } = useQuery(caseQuery(id))
  if (error && asProblem(error).status === 404) return <NotFoundPage />
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />
  if (!data) return <Skeleton active />
  return (
    <>
      <RecordLayout
        header={<CaseHeader detail={data} onStep={url.show} />}
        aside={
          <>
            <CaseClocks detail={data} />
            <CaseTimeline detail={data} />
          </>
        }
      >
        <div className="qf-stack">
          <CaseReport detail={data} />
          <CaseReporters detail={data} />
        </div>
        <CaseRepeats detail={data} onStep={url.show} />
        <CaseResult detail={data} />
        <CasePapers detail={data} onStep={url.show} />
        <CaseDialogue detail={data} />
        <CaseRelated detail={data} />
      </RecordLayout>
      <StepDrawer id={id} url={url} detail={data} />
    </>
  )
}

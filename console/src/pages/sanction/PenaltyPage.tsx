import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Deadline } from '@/parts/record/Deadline'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { useUrlForm } from '@/url/useUrlForm'
import { Clocks, nextClock } from './Clocks'
import { making, penaltySteps } from './forms'
import { Life } from './Life'
import { Loaded } from './Loaded'
import { PenaltyDecision } from './PenaltyDecision'
import { PenaltyFacts } from './PenaltyFacts'
import { PenaltyHeld } from './PenaltyHeld'
import { PenaltyLinks } from './PenaltyLinks'
import { SanctionForm } from './SanctionForm'
import { StateOf } from './StateOf'
import { StepButtons } from './StepButtons'
import { type PenaltyDetail, penaltyQuery, useDictionary } from './sanctionApi'

/** One penalty: what was done, what was decided, what comes next. */
export default function PenaltyPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useQuery(penaltyQuery(id))}>{(data) => <Penalty detail={data} />}</Loaded>
}

function Penalty({ detail }: { detail: PenaltyDetail }) {
  const words = useDictionary()
  const step = useUrlForm('do')
  const publicise = useUrlForm('publicise')
  const clock = nextClock(detail.clocks)
  const shown = (detail.publications ?? []).find((one) => one.state === 'published')
  return (
    <>
      <RecordLayout
        header={
          <RecordHeader
            number={detail.number}
            title={detail.name}
            state={<StateOf of="penalty" state={detail.state} />}
            deadline={clock && <Deadline from={clock.started_on} due={clock.due_at} />}
            primary={
              <StepButtons actions={detail.actions} forms={penaltySteps} onStep={step.show} />
            }
          />
        }
        aside={
          <>
            <Clocks clocks={detail.clocks} />
            <Life trail={detail.trail} steps={words.penalty_steps} />
          </>
        }
      >
        <PenaltyFacts detail={detail} />
        <PenaltyDecision detail={detail} />
        <PenaltyHeld detail={detail} />
        <PenaltyLinks
          detail={detail}
          onPublicise={detail.words ? () => publicise.show() : undefined}
        />
      </RecordLayout>
      <SanctionForm form={penaltySteps[step.subject ?? '']} url={step} id={detail.id} />
      <SanctionForm
        form={detail.words && making.publicise}
        url={publicise}
        known={known(detail.words)}
        extra={{ kind: 'penalty', record: detail.id, ...(shown && { replaces: shown.id }) }}
      />
    </>
  )
}

/** What a proposal begins with; what is not known yet is left to whoever proposes. */
function known(words: PenaltyDetail['words']): object | undefined {
  return (
    words && { ...words, gravity: words.gravity || undefined, months: words.months || undefined }
  )
}

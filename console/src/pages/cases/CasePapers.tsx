import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/useT'
import { Deadline } from '@/parts/record/Deadline'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { CaseRequest } from './CaseRequest'
import type { CaseDetail } from './caseApi'
import { offers } from './nextStep'
import { useCaseWords } from './useCaseWords'
import { wordOf } from './words'

interface CasePapersProps {
  detail: CaseDetail
  /** Opens the form of a step. */
  onStep: (name: string) => void
}

/** What lies in the file of a case; a kind of paper of which there is none is not shown. */
export function CasePapers({ detail, onStep }: CasePapersProps) {
  const t = useT()
  const { investigationKinds, ways } = useCaseWords()
  const nameOf = (id: string) => detail.people[id] ?? ''
  return (
    <>
      <Papers
        title={t('申请与审批', 'Requests')}
        papers={detail.requests}
        show={(one) => (
          <CaseRequest
            request={one}
            decides={offers(detail, 'decide')}
            nameOf={nameOf}
            onStep={onStep}
          />
        )}
      />
      <Papers
        title={t('督办', 'Supervision')}
        papers={detail.supervisions}
        show={(one) => <Order order={one} detail={detail} nameOf={nameOf} onStep={onStep} />}
      />
      <Papers
        title={
          detail.case.returns > 0
            ? t(
                `承办单位（退单 ${detail.case.returns} 次）`,
                `Units (returned: ${detail.case.returns})`,
              )
            : t('承办单位', 'Units')
        }
        papers={detail.assignments}
        show={(one) => <Assignment assignment={one} />}
      />
      <Papers
        title={t('核查记录', 'Investigations')}
        papers={detail.investigations}
        show={(one) => (
          <>
            <div className="qf-case-line">
              <strong>{t(wordOf(investigationKinds, one.kind))}</strong>
              <When at={one.at} />
              <span>{one.place}</span>
              <span className="qf-faint">{one.people.join('、')}</span>
            </div>
            <p className="qf-case-text">{one.summary}</p>
          </>
        )}
      />
      <Papers
        title={t('线索处置', 'Decisions on the clue')}
        papers={detail.dispositions}
        show={(one) => (
          <>
            <div className="qf-case-line">
              <strong>{t(wordOf(ways, one.way))}</strong>
              <span className="qf-faint">
                {nameOf(one.decided_by)} <When at={one.decided_at} />
              </span>
            </div>
            <p className="qf-case-text">{one.reason}</p>
          </>
        )}
      />
      <Papers
        title={t('回访', 'Call-backs')}
        papers={detail.callbacks}
        show={(one) => <CallBack call={one} />}
      />
    </>
  )
}

interface PapersProps<P> {
  title: string
  papers: P[]
  show: (paper: P) => ReactNode
}

function Papers<P extends { id: string }>({ title, papers, show }: PapersProps<P>) {
  if (papers.length === 0) return null
  return (
    <Section title={title}>
      <ul className="qf-case-papers">
        {papers.map((paper) => (
          <li key={paper.id}>{show(paper)}</li>
        ))}
      </ul>
    </Section>
  )
}

function Assignment({ assignment }: { assignment: CaseDetail['assignments'][number] }) {
  const t = useT()
  const { part, unit_name, handler_name, designated, signed_at, ended_at, ended_by, opinion } =
    assignment
  return (
    <>
      <div className="qf-case-line">
        <StateTag tone={part === 'lead' ? 'active' : 'neutral'}>
          {part === 'lead' ? t('主办', 'Lead') : t('协办', 'Helps')}
        </StateTag>
        <strong>{unit_name}</strong>
        {handler_name && <span>{handler_name}</span>}
        {designated && <StateTag tone="warn">{t('指定承办', 'Designated')}</StateTag>}
        <span className="qf-faint">
          {t('派单', 'Dispatched')} <When at={assignment.dispatched_at} />
        </span>
        <span className="qf-faint">
          {signed_at ? (
            <>
              {t('签收', 'Signed')} <When at={signed_at} />
            </>
          ) : (
            !ended_at && t('尚未签收', 'Not signed for yet')
          )}
        </span>
        {ended_at && (
          <span className="qf-faint">
            {ended_by === 'returned' ? t('退单', 'Returned') : t('结束', 'Ended')}{' '}
            <When at={ended_at} />
          </span>
        )}
      </div>
      {opinion && <p className="qf-case-text">{opinion}</p>}
    </>
  )
}

interface OrderProps {
  order: CaseDetail['supervisions'][number]
  detail: CaseDetail
  nameOf: (id: string) => string
  onStep: (name: string) => void
}

function Order({ order, detail, nameOf, onStep }: OrderProps) {
  const t = useT()
  const { levels } = useCaseWords()
  return (
    <>
      <div className="qf-case-line">
        <strong>{t(wordOf(levels, String(order.level)))}</strong>
        <StateTag tone={order.closed_at ? 'good' : 'warn'}>
          {order.closed_at ? t('已销号', 'Closed') : t('未销号', 'Open')}
        </StateTag>
        <span className="qf-faint">
          {nameOf(order.ordered_by)} <When at={order.ordered_at} />
        </span>
        <Deadline from={order.ordered_at} due={order.due_at} doneAt={order.answered_at} />
      </div>
      <p className="qf-case-text">{order.demand}</p>
      {order.answer && (
        <p className="qf-case-text">
          <strong>{t('报告：', 'Report: ')}</strong>
          {order.answer}{' '}
          <span className="qf-faint">
            {nameOf(order.answered_by)} <When at={order.answered_at} />
          </span>
        </p>
      )}
      {order.closed_at && (
        <p className="qf-case-text">
          <strong>{t('销号：', 'Closed: ')}</strong>
          {order.closing}{' '}
          <span className="qf-faint">
            {nameOf(order.closed_by)} <When at={order.closed_at} />
          </span>
        </p>
      )}
      {!order.closed_at && (
        <div className="qf-case-line">
          {offers(detail, 'answer_supervision') && !order.answer && (
            <Button size="small" onClick={() => onStep(`answer.${order.id}`)}>
              {t('报告办理情况', 'Report on it')}
            </Button>
          )}
          {offers(detail, 'end_supervision') && order.answer && (
            <Button size="small" onClick={() => onStep(`end.${order.id}`)}>
              {t('销号', 'Close it')}
            </Button>
          )}
          {offers(detail, 'return_report') && order.answer && (
            <Button size="small" onClick={() => onStep(`again.${order.id}`)}>
              {t('退回报告', 'Send it back')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

function CallBack({ call }: { call: CaseDetail['callbacks'][number] }) {
  const t = useT()
  const { contacted, methods, satisfied, solved } = useCaseWords()
  const said = [
    call.contacted && `${t('联系', 'Contacted')}: ${t(wordOf(contacted, call.contacted))}`,
    call.solved && t(wordOf(solved, call.solved)),
    call.satisfied && t(wordOf(satisfied, call.satisfied)),
  ].filter(Boolean)
  return (
    <>
      <div className="qf-case-line">
        <strong>{t(wordOf(methods, call.method))}</strong>
        <When at={call.at} />
        <StateTag tone={call.valid ? 'good' : 'neutral'}>
          {call.valid ? t('有效', 'Valid') : t('无效', 'Not valid')}
        </StateTag>
        <span>{call.reached ? said.join(' · ') : t('没有联系上', 'Not reached')}</span>
      </div>
      {call.remark && <p className="qf-case-text">{call.remark}</p>}
    </>
  )
}

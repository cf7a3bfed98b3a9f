import { Space } from 'antd'
import { useT } from '@/i18n/useT'
import { categoryName, useLedgerWords } from '@/pages/rectify/rectifyApi'
import { Can } from '@/parts/Can'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { InnerLink } from '@/url/InnerLink'
import type { SelfDetail, SelfProblem } from './selfcheckApi'
import { resultNames, resultTones } from './selfcheckWords'
import './selfcheck.css'

/** The answers of a revision, line by line, and the problems beside the checklist. */
export function SelfAnswers({ of }: { of: SelfDetail }) {
  const t = useT()
  const onLines = new Set(of.lines.map(({ key }) => key))
  const problemOf = (key: string) => of.answers.problems.find((problem) => problem.key === key)
  const beside = of.answers.problems.filter((problem) => !onLines.has(problem.key))
  return (
    <>
      <Section title={t('自查清单', 'Checklist')}>
        <ol className="qf-self-lines">
          {of.lines.map((line) => (
            <li key={line.key}>
              <div className="qf-self-line">
                <span>{line.title}</span>
                <Result result={of.answers.lines[line.key]} />
              </div>
              {of.answers.reasons?.[line.key] && (
                <p className="qf-faint">{of.answers.reasons[line.key]}</p>
              )}
              <Found of={of} problem={problemOf(line.key)} />
            </li>
          ))}
        </ol>
      </Section>
      {beside.length > 0 && (
        <Section title={t('清单之外的问题', 'Problems beside the checklist')}>
          <ol className="qf-self-lines">
            {beside.map((problem) => (
              <li key={problem.key}>
                <div className="qf-self-line">
                  <span>{problem.description}</span>
                  <Result result={problem.result} />
                </div>
                <Found of={of} problem={problem} />
              </li>
            ))}
          </ol>
        </Section>
      )}
    </>
  )
}

function Result({ result }: { result: string | undefined }) {
  const t = useT()
  const name = result && resultNames[result]
  return name ? (
    <StateTag tone={resultTones[result] ?? 'neutral'}>{t(name)}</StateTag>
  ) : (
    <StateTag>{t('当时没有这一项', 'Not asked then')}</StateTag>
  )
}

/** A problem with what is done about it, and what became of it in the ledger. */
function Found({ of, problem }: { of: SelfDetail; problem: SelfProblem | undefined }) {
  const t = useT()
  const words = useLedgerWords()
  if (!problem) return null
  return (
    <Facts
      facts={[
        { label: t('问题', 'Problem'), value: problem.description, wide: true },
        { label: t('类别', 'Kind'), value: t(categoryName(words, problem.category)) },
        { label: t('责任人', 'Responsible'), value: problem.person || '—' },
        { label: t('整改措施', 'Measures'), value: problem.measures || '—', wide: true },
        ...(problem.due ? [{ label: t('整改期限', 'By'), value: problem.due }] : []),
        { label: t('问题台账', 'Ledger'), value: <InLedger of={of} problem={problem} /> },
      ]}
    />
  )
}

function InLedger({ of, problem }: { of: SelfDetail; problem: SelfProblem }) {
  const t = useT()
  const known = of.ledger.find((one) => one.key === problem.key)
  if (!known) return '—'
  const number = known.number || t('编号中', 'being numbered')
  return (
    <Space size={4} wrap>
      <Can permission="rectify.read">
        <InnerLink to={`/inspection/problems/${known.ledger}`}>{number}</InnerLink>
      </Can>
      <StateTag tone={known.closed ? 'good' : 'active'}>{t(known.state)}</StateTag>
      {known.late && <StateTag tone="bad">{t('超期', 'Overdue')}</StateTag>}
    </Space>
  )
}

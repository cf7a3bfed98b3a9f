import { Alert } from 'antd'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { type Fact, Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { CaseFiles } from './CaseFiles'
import type { CaseDetail } from './caseApi'
import { type Question, useCaseWords } from './useCaseWords'
import { type Words, wordOf } from './words'

/** What was said, and where. */
export function CaseReport({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const { categories, channels, classes, urgencies, questions } = useCaseWords()
  const { content, case: row } = detail
  const word = (words: Words, code: string) => (code ? t(wordOf(words, code)) : '—')
  const asked = Object.entries(content.answers ?? {}).map(([key, value]) => ({
    ...answerOf(questions, key, value, t),
  }))
  const facts: Fact[] = [
    { label: t('类别', 'Category'), value: word(categories, row.category) },
    { label: t('诉求类型', 'Kind'), value: word(classes, row.class) },
    { label: t('被反映机构', 'Institution'), value: row.institution_name || '—' },
    { label: t('地点', 'Place'), value: content.place || '—' },
    { label: t('发生日期', 'Happened on'), value: content.occurred_on || '—' },
    { label: t('涉及人员', 'About whom'), value: content.about || '—' },
    ...asked,
    { label: t('渠道', 'Channel'), value: word(channels, row.channel) },
    ...(content.source_no
      ? [{ label: t('来件编号', 'Number at the sender'), value: content.source_no }]
      : []),
    { label: t('紧急程度', 'Urgency'), value: word(urgencies, row.urgency) },
    { label: t('收到', 'Received'), value: <When at={row.received_at} /> },
    { label: t('主办单位', 'Lead unit'), value: row.lead_name || '—' },
  ]
  return (
    <Section title={t('反映内容', 'What was reported')}>
      <div className="qf-stack">
        {content.gone && (
          <Alert
            type="info"
            showIcon
            title={t(
              '保存期已满，内容已销毁；办理经过仍在。',
              'The time for keeping it is over: words were destroyed, the steps stay.',
            )}
          />
        )}
        <p className="qf-case-text">{content.narrative}</p>
        {content.wish && (
          <p className="qf-case-text">
            <strong>{t('诉求人希望：', 'The reporter wishes: ')}</strong>
            {content.wish}
          </p>
        )}
        <CaseFiles detail={detail} />
        <Facts facts={facts} />
      </div>
    </Section>
  )
}

/** A question of the category and what was answered, in words. */
function answerOf(questions: Question[], key: string, value: string, t: Translate) {
  const question = questions.find((one) => one.key === key)
  const unit = question ? t(question.unit) : ''
  const chosen = question?.choices?.find((one) => one.code === value)
  return {
    label: question ? t(question.ask) : key,
    value: chosen ? t(chosen.name) : [value, unit].filter(Boolean).join(' '),
  }
}

import { Form, Input, Select } from 'antd'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { type Question, useCaseWords } from '@/pages/cases/useCaseWords'

/** What the chosen category asks besides. */
export function CategoryQuestions() {
  const t = useT()
  const { questions } = useCaseWords()
  const letter = String(Form.useWatch('category') ?? '').charAt(0)
  return questions
    .filter((question) => question.for?.includes(letter))
    .map((question) => (
      <Form.Item key={question.key} name={['answers', question.key]} label={labelOf(question, t)}>
        <QuestionInput question={question} />
      </Form.Item>
    ))
}

function labelOf({ ask, unit }: Question, t: Translate): string {
  return t(unit) ? t(`${ask.zh}（${unit.zh}）`, `${ask.en} (${unit.en})`) : t(ask)
}

interface QuestionInputProps {
  id?: string
  question: Question
  value?: string
  onChange?: (answer: string | undefined) => void
}

function QuestionInput({ id, question, value, onChange }: QuestionInputProps) {
  const t = useT()
  const shared = { ...(id && { id }) }
  if (question.kind === 'choice') {
    return (
      <Select
        {...shared}
        allowClear
        options={(question.choices ?? []).map(({ code, name }) => ({
          value: code,
          label: t(name),
        }))}
        value={value ?? null}
        onChange={(code) => onChange?.(code ?? undefined)}
      />
    )
  }
  return (
    <Input
      {...shared}
      {...(question.kind === 'amount' && { inputMode: 'decimal' as const })}
      value={value ?? ''}
      onChange={(event) => onChange?.(event.target.value || undefined)}
    />
  )
}

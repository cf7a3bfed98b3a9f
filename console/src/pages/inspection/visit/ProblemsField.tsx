import { Button, Form, TreeSelect } from 'antd'
import { text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { DateField } from '@/parts/fields/DateField'
import { LongText } from '@/parts/fields/LongText'
import { Section } from '@/parts/record/Section'
import { violationTree } from '../useInspectionWords'
import { type Found, isOverdue, type Pack } from './visit'

/** What the server says of a day before the inspection. */
export const pastDue = text('整改期限不能早于今天', 'it cannot be put right before today')

interface ProblemsFieldProps {
  found: Found[]
  violations: NonNullable<Pack['violations']>
  disabled: boolean
  onChange: (found: Found[]) => void
}

/** The problems that were found. */
export function ProblemsField({ found, violations, disabled, onChange }: ProblemsFieldProps) {
  const t = useT()
  const put = (at: number, part: Partial<Found>) =>
    onChange(found.map((one, i) => (i === at ? { ...one, ...part } : one)))
  return (
    <Section title={t('发现的问题', 'Problems')}>
      <Form component="div" layout="vertical" disabled={disabled}>
        {found.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a problem has no name before it is stored
          <div key={at} className="qf-visit-problem">
            <Form.Item
              label={t('违法违规类别', 'Violation')}
              htmlFor={`problem-${at}-category`}
              required
            >
              <TreeSelect
                id={`problem-${at}-category`}
                treeData={violationTree(violations, t)}
                showSearch={{ treeNodeFilterProp: 'title' }}
                {...(one.category && { value: one.category })}
                onChange={(category: string) => put(at, { category })}
              />
            </Form.Item>
            <Form.Item
              label={t('问题描述', 'What is wrong')}
              htmlFor={`problem-${at}-text`}
              required
            >
              <LongText
                id={`problem-${at}-text`}
                value={one.text}
                onChange={({ target }) => put(at, { text: target.value })}
              />
            </Form.Item>
            <Form.Item
              label={t(
                '整改期限（当场改正的留空）',
                'Put right by; empty where it was on the spot',
              )}
              htmlFor={`problem-${at}-due`}
              {...(!disabled &&
                isOverdue(one) && { validateStatus: 'error' as const, help: t(pastDue) })}
            >
              <DateField
                id={`problem-${at}-due`}
                {...(one.due_on && { value: one.due_on })}
                onChange={(day) => put(at, { due_on: day ?? '' })}
              />
            </Form.Item>
            {!disabled && (
              <Button onClick={() => onChange(found.filter((_, i) => i !== at))}>
                {t('删去这一条', 'Remove this problem')}
              </Button>
            )}
          </div>
        ))}
        {!disabled && (
          <Button block onClick={() => onChange([...found, { text: '' }])}>
            {t('添加问题', 'Add a problem')}
          </Button>
        )}
        {disabled && found.length === 0 && t('没有', 'None')}
      </Form>
    </Section>
  )
}

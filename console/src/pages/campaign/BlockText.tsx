import { Select } from 'antd'
import { useT } from '@/i18n/useT'
import { LongText } from '@/parts/fields/LongText'
import type { Fact } from './briefApi'

interface BlockTextProps {
  id?: string
  value?: string
  onChange?: (text: string) => void
  facts: Fact[]
}

/** Paragraphs, into which figures can be put as marks: `[[覆盖率]]` is printed as its value. */
export function BlockText({ id = '', value = '', onChange, facts }: BlockTextProps) {
  const t = useT()
  const filled = filledIn(value, facts)
  const insert = (mark: string) => {
    const at = caretOf(id) ?? value.length
    onChange?.(value.slice(0, at) + mark + value.slice(at))
  }
  return (
    <div className="qf-brief-text">
      <LongText
        id={id}
        rows={3}
        value={value}
        onChange={({ target }) => onChange?.(target.value)}
      />
      {filled !== value && (
        <p className="qf-faint">
          {t('印出来是：', 'In print: ')}
          {filled}
        </p>
      )}
      <Select
        className="qf-wide"
        aria-label={t('插入数据', 'Put in a figure')}
        placeholder={t('在光标处插入数据', 'Put a figure in at the cursor')}
        value={null}
        showSearch={{ optionFilterProp: 'label' }}
        options={facts.map((fact) => ({
          value: `[[${fact.mark}]]`,
          label: t(
            `[[${fact.mark}]] ${fact.text}：${fact.now || '—'}`,
            `[[${fact.mark}]] ${fact.text}: ${fact.now || '—'}`,
          ),
        }))}
        onSelect={(mark) => mark && insert(mark)}
      />
    </div>
  )
}

/** A text with the values in the place of its marks; what is no mark stays. */
function filledIn(text: string, facts: Fact[]): string {
  return text.replaceAll(/\[\[([^[\]\n]*)\]\]/g, (mark, between) => {
    const called = between.trim()
    const fact = facts.find(({ mark, name }) => mark === called || name === called)
    return fact ? fact.value || fact.now || '—' : mark
  })
}

/** Where the cursor stands in a text; a list that is opened does not move it. */
function caretOf(id: string): number | undefined {
  const field = document.getElementById(id)
  return field instanceof HTMLTextAreaElement ? field.selectionStart : undefined
}

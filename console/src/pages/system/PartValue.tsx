import { useT } from '@/i18n/useT'
import { limitName, wordOf } from '@/pages/cases/words'
import type { Part, Spec } from './settingSpec'
import { useCodeWords } from './useCodeWords'

/** A setting in words. A table is shown by the names of its rows; the form has it whole. */
export function SpecValue({ spec, value }: { spec: Spec; value: unknown }) {
  const t = useT()
  if (spec.kind === 'rows') {
    const rows = Array.isArray(value) ? (value as Record<string, unknown>[]) : []
    return (
      <>
        {t(`${rows.length} 条规则：`, `${rows.length} rows: `)}
        {rows.map((row) => String(row.name)).join(t('、', ', '))}
      </>
    )
  }
  if (spec.kind === 'fields') {
    const parts = (value ?? {}) as Record<string, unknown>
    return (
      <>
        {spec.fields
          .filter((field) => parts[field.name] !== undefined)
          .map((field) => (
            <div key={field.name}>
              {t(field.label)}
              {t('：', ': ')}
              <PartValue part={field} value={parts[field.name]} />
            </div>
          ))}
      </>
    )
  }
  return <PartValue part={spec} value={value} />
}

function PartValue({ part, value }: { part: Part; value: unknown }) {
  const t = useT()
  switch (part.kind) {
    case 'switch':
      return value === true ? t('是', 'Yes') : t('否', 'No')
    case 'percent':
      return `${Number(value) * 100}%`
    case 'limit':
      return t(limitName(String(value)))
    case 'choice':
      return t(wordOf(part.words, String(value)))
    case 'codes':
      return <Codes part={part} codes={Array.isArray(value) ? value.map(String) : []} />
    case 'hours':
    case 'numbers':
      return Array.isArray(value) ? value.join(t('、', ', ')) : '—'
    default:
      return String(value)
  }
}

function Codes({ part, codes }: { part: Extract<Part, { kind: 'codes' }>; codes: string[] }) {
  const t = useT()
  const words = useCodeWords(part.words)
  return codes.length === 0 ? '—' : codes.map(words.name).join(t('、', ', '))
}

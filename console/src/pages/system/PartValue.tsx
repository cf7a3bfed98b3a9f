import { useT } from '@/i18n/useT'
import { limitName, wordOf } from '@/pages/cases/words'
import type { Field, Part, Spec } from './settingSpec'
import { useCodeWords } from './useCodeWords'

/** A setting in words. Of a table it shows what each row sets; the form has it whole. */
export function SpecValue({ spec, value }: { spec: Spec; value: unknown }) {
  const t = useT()
  if (spec.kind === 'rows') {
    const rows = Array.isArray(value) ? (value as Record<string, unknown>[]) : []
    return rows.map((row) => <RowValue key={String(row.name)} columns={spec.columns} row={row} />)
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

/** What a row of a table sets; whom it is for stands in the form. */
function RowValue({ columns, row }: { columns: Field[]; row: Record<string, unknown> }) {
  const t = useT()
  const set = columns.filter(
    (column) => (column.kind === 'limit' || column.kind === 'percent') && row[column.name],
  )
  return (
    <div>
      {String(row.name)}
      {t('：', ': ')}
      {set.map((column, at) => (
        <span key={column.name}>
          {at > 0 && t('，', ', ')}
          {t(column.label).replace(/（%）| \(%\)/, '')}{' '}
          <PartValue part={column} value={row[column.name]} />
        </span>
      ))}
    </div>
  )
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

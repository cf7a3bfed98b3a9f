import type { ReactNode } from 'react'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { PlaceName } from '@/parts/fields/PlacePicker'
import { forNow } from '@/parts/fields/supplies'
import { UnitName } from '@/parts/fields/UnitName'
import { unitOf } from './check'
import { inUnits, scale } from './decimal'
import { type Person, StaffName } from './PersonField'
import type { Signature } from './SignatureField'
import type { Field } from './schema'

interface AnswerValueProps {
  field: Field
  value: unknown
}

/** An answer to be read. */
export function AnswerValue({ field, value }: AnswerValueProps) {
  const t = useT()
  if (value === undefined) return '—'
  return shownAs(field, value, t)
}

function shownAs(field: Field, value: unknown, t: Translate): ReactNode {
  switch (field['x-kind']) {
    case 'number':
    case 'money':
    case 'computed':
      return shownNumber(field, value as number, t)
    case 'choice':
      return shownChoice(field, value, t)
    case 'person': {
      const { staff, name } = value as Person
      return staff ? <StaffName id={staff} /> : name
    }
    case 'institution':
      return forNow(value) ?? <UnitName id={value as string} />
    case 'place':
      return forNow(value) ?? <PlaceName id={value as string} />
    case 'file': {
      const n = (value as string[]).length
      return t(`${n} 个文件`, n === 1 ? '1 file' : `${n} files`)
    }
    case 'signature':
      return (value as Signature).name ?? t('已签名', 'Signed')
    default:
      return <span className="qf-said">{String(value)}</span>
  }
}

function shownNumber(field: Field, value: number, t: Translate): string {
  const number = field.money
    ? inUnits(BigInt(Math.round(value)) * scale, field.wan)
    : value.toLocaleString('en', { maximumFractionDigits: 4 })
  return `${number} ${t(unitOf(field))}`.trim()
}

function shownChoice(field: Field, value: unknown, t: Translate): string {
  const codes = Array.isArray(value) ? value : [value]
  const labels = codes.map((code) => {
    const option = field['x-options']?.find((one) => one.code === code)
    return option ? t(option) : String(code)
  })
  return labels.join(t('、', ', '))
}

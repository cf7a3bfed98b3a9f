import type { ReactNode } from 'react'
import type { Text, Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { PlaceName } from '@/parts/fields/PlacePicker'
import { forNow } from '@/parts/fields/supplies'
import { UnitName } from '@/parts/fields/UnitName'
import { unitOf } from './check'
import { inUnits, scale } from './decimal'
import { type Person, StaffName } from './PersonField'
import type { Signature } from './SignatureField'
import type { Field } from './schema'

/** A file that an answer names: what it is called, where it is, and why it stays closed. */
interface AnswerFile {
  name: string
  url: string
  withheld?: Text
}

/** Files by what answers name them by. */
export type AnswerFiles = Readonly<Record<string, AnswerFile>>

interface AnswerValueProps {
  field: Field
  value: unknown
  /** The files that can be opened. */
  files?: AnswerFiles | undefined
}

/** An answer to be read. */
export function AnswerValue({ field, value, files = {} }: AnswerValueProps) {
  const t = useT()
  if (value === undefined) return '—'
  if (field['x-kind'] === 'file') return shownFiles(value as string[], files, t)
  if (field['x-kind'] === 'signature') return shownSignature(value as Signature, files, t)
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
    default:
      return <span className="qf-said">{String(value)}</span>
  }
}

/** Those that can be opened as links; else how many there are. */
function shownFiles(value: string[], files: AnswerFiles, t: Translate): ReactNode {
  const n = value.length
  if (!value.some((id) => files[id])) return t(`${n} 个文件`, n === 1 ? '1 file' : `${n} files`)
  return value.map((id) => (
    <div key={id}>
      {files[id] ? linkTo(files[id], t) : t('未能找到的文件', 'A file that is gone')}
    </div>
  ))
}

function shownSignature({ file, name }: Signature, files: AnswerFiles, t: Translate): ReactNode {
  const drawn = file ? files[file] : undefined
  return drawn
    ? linkTo({ ...drawn, name: t('已签名', 'Signed') }, t)
    : (name ?? t('已签名', 'Signed'))
}

function linkTo({ name, url, withheld }: AnswerFile, t: Translate): ReactNode {
  if (withheld) return `${name} · ${t(withheld)}`
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {name}
    </a>
  )
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

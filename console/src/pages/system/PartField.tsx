import { Input, InputNumber, Select, Switch } from 'antd'
import { useT } from '@/i18n/useT'
import { LimitField } from '@/pages/cases/LimitField'
import { optionsOf } from '@/pages/cases/options'
import type { Part } from './settingSpec'
import { useCodeWords } from './useCodeWords'

interface PartFieldProps {
  id?: string
  part: Part
  label?: string
  value?: unknown
  onChange?: (value: unknown) => void
}

/** The input of one part of a setting. */
export function PartField({ id, part, label, value, onChange }: PartFieldProps) {
  const t = useT()
  const shared = { ...(id && { id }), 'aria-label': label }
  switch (part.kind) {
    case 'number':
      return (
        <InputNumber {...shared} className="qf-wide" value={value as number} onChange={onChange} />
      )
    case 'percent':
      return (
        <InputNumber
          {...shared}
          min={0}
          max={100}
          className="qf-wide"
          value={typeof value === 'number' ? round(value * 100) : null}
          onChange={(percent) => onChange?.(percent === null ? undefined : round(percent) / 100)}
        />
      )
    case 'switch':
      return <Switch {...shared} checked={value === true} onChange={onChange} />
    case 'limit':
      return (
        <LimitField
          label={label}
          {...(id && { id })}
          value={String(value ?? '1d')}
          onChange={(v) => onChange?.(v)}
        />
      )
    case 'choice':
      return (
        <Select
          {...shared}
          className="qf-wide"
          options={optionsOf(part.words, t)}
          value={value as string}
          onChange={onChange}
        />
      )
    case 'codes':
      return <CodesField part={part} id={id} label={label} value={value} onChange={onChange} />
    case 'hours':
    case 'numbers':
      return (
        <Select
          {...shared}
          className="qf-wide"
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', '，', '、', ' ']}
          value={list(value).map(String)}
          onChange={(typed: string[]) =>
            onChange?.(part.kind === 'numbers' ? typed.map(Number).filter(Number.isFinite) : typed)
          }
        />
      )
    case 'text':
      return (
        <Input
          {...shared}
          value={String(value ?? '')}
          onChange={(event) => onChange?.(event.target.value)}
        />
      )
  }
}

interface CodesFieldProps {
  part: Extract<Part, { kind: 'codes' }>
  id: string | undefined
  label: string | undefined
  value: unknown
  onChange: ((value: unknown) => void) | undefined
}

function CodesField({ part, id, label, value, onChange }: CodesFieldProps) {
  const words = useCodeWords(part.words)
  return (
    <Select
      {...(id && { id })}
      aria-label={label}
      className="qf-wide"
      mode="multiple"
      allowClear
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      options={words.options}
      value={list(value).map(String)}
      onChange={onChange}
    />
  )
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

// What binary fractions lose (0.35 × 100) is repaired; a third keeps four digits.
function round(percent: number): number {
  return Math.round(percent * 10_000) / 10_000
}

import { UnitTree } from './UnitTree'

interface OrgPickerProps {
  id?: string
  /** Says what is chosen, where no form label does. */
  label?: string
  value?: string | undefined
  onChange?: (unit: string | undefined) => void
}

/** Chooses one organisation. */
export function OrgPicker({ id, label, value, onChange }: OrgPickerProps) {
  return (
    <UnitTree
      id={id}
      label={label}
      ids={value ? [value] : []}
      multiple={false}
      onPick={([unit]) => onChange?.(unit)}
    />
  )
}

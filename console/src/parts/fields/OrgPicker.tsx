import { UnitTree } from './UnitTree'

interface OrgPickerProps {
  id?: string
  /** Says what is chosen, where no form label does. */
  label?: string
  value?: string | undefined
  /** Regions can be chosen as well. */
  regions?: boolean
  onChange?: (unit: string | undefined) => void
}

/** Chooses one organisation. */
export function OrgPicker({ id, label, value, regions = false, onChange }: OrgPickerProps) {
  return (
    <UnitTree
      id={id}
      label={label}
      ids={value ? [value] : []}
      multiple={false}
      regions={regions}
      onPick={([unit]) => onChange?.(unit)}
    />
  )
}

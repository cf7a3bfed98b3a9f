import { UnitTree } from './UnitTree'

interface OrgsPickerProps {
  id?: string
  /** Says what is chosen, where no form label does. */
  label?: string
  value?: string[]
  onChange?: (units: string[]) => void
}

/** Chooses several organisations. */
export function OrgsPicker({ id, label, value = [], onChange }: OrgsPickerProps) {
  return (
    <UnitTree id={id} label={label} ids={value} multiple onPick={(units) => onChange?.(units)} />
  )
}

import { Alert } from 'antd'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { DrawGroups } from './DrawGroups'

/** How many will be drawn from a list that is not frozen yet. */
export function FreezePreview({ preview }: { preview: Schemas['InspectionPreview'] }) {
  const t = useT()
  const { targets, inspectors, drawn, team_size: team, again } = preview
  if (team === 0) {
    return <p>{t(`名录有 ${targets} 个。`, `There are ${targets} on the list.`)}</p>
  }
  return (
    <div className="qf-stack">
      <p>
        {t(
          `名录有 ${targets} 个检查对象、${inspectors} 名检查人员；每个抽中的对象由 ${team} 人检查，共 ${drawn * team} 人次。`,
          `There are ${targets} targets and ${inspectors} inspectors on the list; ${team} go to each that is drawn, ${drawn * team} turns in all.`,
        )}
      </p>
      {again > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t(
            `名录中有 ${again} 个今年已被其他双随机抽取抽中，本次不计入，仍可能再次抽中。`,
            `${again} on the list have been taken by other draws of this year; they do not count here, and may be drawn again.`,
          )}
        />
      )}
      <DrawGroups groups={preview.groups} ahead />
    </div>
  )
}

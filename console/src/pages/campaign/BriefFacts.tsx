import { Alert, Button } from 'antd'
import { useT } from '@/i18n/useT'
import { type BriefDetail, saveBrief } from './briefApi'
import { useSaving } from './useSaving'

/** The figures that are others now than in the text, and the way to take them anew. */
export function BriefFacts({ of }: { of: BriefDetail }) {
  const t = useT()
  const changed = of.facts.filter((fact) => fact.changed)
  const taking = useSaving(
    () =>
      saveBrief(of.id, {
        title: of.title,
        blocks: of.blocks,
        revision: of.revision,
        anew: true,
      }),
    t('已采用现在的数据', 'The figures are those of now'),
  )
  if (changed.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t('文中数据已有变化', 'Figures in the text have changed')}
      description={
        <>
          {changed.map((fact) => (
            <div key={fact.name}>
              {t(
                `${fact.text}：文中 ${fact.value || '—'}，现在 ${fact.now || '—'}`,
                `${fact.text}: ${fact.value || '—'} in the text, ${fact.now || '—'} now`,
              )}
            </div>
          ))}
          {taking.problem}
        </>
      }
      action={
        of.actions.includes('save') && (
          <Button size="small" loading={taking.busy} onClick={taking.save}>
            {t('采用现在的数据', 'Take those of now')}
          </Button>
        )
      }
    />
  )
}
